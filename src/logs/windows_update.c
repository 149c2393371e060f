/* WindowsUpdate.log as text and ReportingEvents.log (update_line.h has their columns): what Windows
 * Update handed over for installation, and what came back.
 *
 *     Agent     * Title = Security Update for Windows 7 (KB4474419)
 *     Agent     * UpdateId = {5B9BA715-2FAF-4EE4-976F-C65F9F0F05B7}.102
 *     Agent     *   Bundles 1 updates:
 *     Agent     *     {705A6264-...}.102
 *     DnldMgr   Preparing update for install, updateId = {705A6264-...}.102.
 *     Handler   Starting install of CBS update 705A6264-...
 *     Handler   FATAL: CBS called Error with 0x80073712,
 *     Handler   Completed install of CBS update with type=0, ..., installerError=1, hr=0x80073712
 *     Report    REPORT EVENT: {...}  time  1  182  101  {5B9BA715-...}  102  80073712  who  Failure
 *               Content Install  Installation Failure: ... with error 0x80073712: Security Update
 * ...
 *
 * Lines of the handlers name updates by GUID, mostly one of a bundle; which title that is, was said
 * before, and is remembered. Warnings are everywhere in a healthy log, and a search or a download
 * that failed is tried again: only the end of an installation is a verdict, and it is told once,
 * though the log says it up to three times.
 */
#include "base/cursor.h"
#include "logs/update_line.h"

enum {
    BID_LINES = 50,
    UPDATES = 64, /* remembered; an installation of more begins anew */
    TITLE_MOST = 200
};

enum { EVENT_INSTALLING_FAILED = 182, EVENT_INSTALLING_SUCCEEDED = 183 };

struct title {
    char text[TITLE_MOST];
    size_t length;
};

/* An update, or a part of its bundle. */
struct update {
    char guid[CW_GUID];
    size_t parent; /* index of the update that it is a part of; its own when of none */
    /* of the parent alone */
    uint32_t told; /* the code of a failure that was told already */
    struct title title;
};

struct state {
    struct update updates[UPDATES];
    size_t count;
    struct title title; /* that was read last; that of the UpdateId to come */
    size_t parent;      /* that the parts to come belong to */
    struct update *installing;
    char preparing[CW_GUID]; /* what a handler without a GUID in its lines works at */
    bool prepared;
};

static struct cw_str title_of(const struct title *title)
{
    return (struct cw_str){title->text, title->length};
}

static void keep_title(struct title *title, struct cw_str text)
{
    title->length = text.len < TITLE_MOST ? text.len : TITLE_MOST;
    if (title->length > 0)
        memcpy(title->text, text.ptr, title->length);
}

/* The update that a GUID belongs to, or NULL. */
static struct update *find(struct state *state, struct cw_str guid)
{
    for (size_t i = 0; i < state->count; i++) {
        struct update *update = &state->updates[i];
        if (cw_str_eq_nocase(guid, (struct cw_str){update->guid, CW_GUID}))
            return &state->updates[update->parent];
    }
    return NULL;
}

/* `part`: of the bundle of the last one. */
static void remember(struct state *state, struct cw_str guid, bool part)
{
    struct update *known = find(state, guid);
    if (known && !part) {
        known->told = CW_CODE_NONE;
        keep_title(&known->title, title_of(&state->title));
        state->parent = known->parent;
    }
    if (known || (part && state->count == 0))
        return;
    if (state->count == UPDATES) {
        state->count = 0;
        state->installing = NULL;
        if (part)
            return;
    }
    struct update *update = &state->updates[state->count];
    memcpy(update->guid, guid.ptr, CW_GUID);
    update->parent = part ? state->parent : state->count;
    update->told = CW_CODE_NONE;
    update->title = state->title;
    state->parent = update->parent;
    state->count++;
}

/* --- what the agent lists ------------------------------------------------------------------ */

/* Without what decorates it: "  *   Title = x". */
static struct cw_str bare(struct cw_str text)
{
    static const struct cw_str decoration = {" \t*#-:>=", sizeof(" \t*#-:>=") - 1};
    while (text.len > 0 && cw_str_find_char(decoration, text.ptr[0]) != SIZE_MAX)
        text = cw_str_from(text, 1);
    return text;
}

static void read_listing(struct state *state, struct cw_str text)
{
    struct cw_cursor cursor = cw_cursor(text);
    struct cw_str guid;
    if (cw_cursor_literal(&cursor, CW_STR("Title = ")))
        keep_title(&state->title, cw_str_trim(cursor.rest));
    else if (cw_cursor_literal(&cursor, CW_STR("UpdateId = {")) &&
             cw_update_guid(cw_str_head(cursor.rest, CW_GUID), &guid))
        remember(state, guid, false);
    else if (cw_cursor_char(&cursor, '{') &&
             cw_update_guid(cw_str_head(cursor.rest, CW_GUID), &guid))
        remember(state, guid, true);
}

/* --- marks --------------------------------------------------------------------------------- */

/* The KB of the title when it names one, else the title, else what is at hand. */
static void name_update(struct cw_event *event, struct cw_str title, struct cw_str other)
{
    struct cw_str kb = cw_update_kb(title);
    event->name = kb.len ? CW_STR("kb") : CW_STR("update");
    event->value = kb.len ? kb : title.len ? title : other;
    if (event->value.len == 0)
        event->name = CW_STR_NONE;
}

static void name_known(struct cw_event *event, const struct update *update, struct cw_str other)
{
    name_update(event, update ? title_of(&update->title) : CW_STR_NONE, other);
}

static void read_start(struct state *state, struct cw_event *event)
{
    struct cw_str guid;
    if (!cw_update_guid(event->text, &guid))
        return;
    struct update *update = find(state, guid);
    struct cw_str title = update ? title_of(&update->title) : CW_STR_NONE;
    state->installing = update;
    event->mark = CW_MARK_BEGIN;
    event->name = CW_STR("update");
    event->value = title.len ? title : guid;
}

static void read_completion(struct state *state, struct cw_event *event)
{
    struct update *update = state->installing;
    state->installing = NULL;
    event->mark = CW_MARK_END;
    name_known(event, update, CW_STR_NONE);
    if (update && cw_code_is_failure(event->code))
        update->told = event->code;
}

/* A line that tells by itself that an update failed, unless that is known. */
static void tell_failure(struct cw_event *event, struct update *update, struct cw_str other)
{
    if (!cw_code_is_failure(event->code) || (update && update->told == event->code))
        return;
    event->mark = CW_MARK_REPORT;
    name_known(event, update, other);
    if (update)
        update->told = event->code;
}

static void read_preparation(struct state *state, struct cw_event *event)
{
    struct cw_str guid;
    state->prepared = cw_update_guid(event->text, &guid);
    if (state->prepared)
        memcpy(state->preparing, guid.ptr, CW_GUID);
}

/* "... Return code = 0x00000643, Result = Failed, ..."; the code is a Win32 one. */
static void read_command(struct state *state, struct cw_event *event)
{
    static const struct cw_str lead = {"Return code = ", 14};
    size_t at = cw_str_find(event->text, lead);
    if (at == SIZE_MAX || cw_str_find(event->text, CW_STR("Result = Failed")) == SIZE_MAX)
        return;
    struct cw_str written = cw_str_from(event->text, at + lead.len);
    written = cw_str_head(written, cw_str_find_char(written, ','));
    uint32_t code;
    if (!cw_code_parse(written, &code))
        return;
    event->code = code;
    event->code_written = written;
    struct cw_str guid = {state->preparing, state->prepared ? CW_GUID : 0};
    tell_failure(event, state->prepared ? find(state, guid) : NULL, guid);
}

/* "idUpdate={...}.1, resultMapped=80070643, ..." */
static void read_history(struct state *state, struct cw_event *event)
{
    struct cw_str guid;
    if (cw_update_guid(event->text, &guid))
        tell_failure(event, find(state, guid), guid);
}

static const struct {
    const char *beginning;
    void (*read)(struct state *state, struct cw_event *event);
} tellings[] = {
    {"Starting install of CBS update ", read_start},
    {"Completed install of CBS update ", read_completion},
    {"Preparing update for install, ", read_preparation},
    {"Command line install completed. ", read_command},
    {"LogHistory called. ", read_history},
};

static void read_message(struct state *state, struct cw_event *event)
{
    static const struct cw_str warning = {"WARNING: ", 9};
    struct cw_str text = bare(event->text);
    text = cw_str_from(text, cw_str_starts(text, warning) ? warning.len : 0);
    if (cw_str_eq(event->component, CW_STR("Agent")))
        read_listing(state, text);
    for (size_t i = 0; i < sizeof(tellings) / sizeof(tellings[0]); i++) {
        if (cw_str_starts(text, cw_str_c(tellings[i].beginning))) {
            tellings[i].read(state, event);
            return;
        }
    }
}

/* Who installed it may have told of the failure already; the report comes last. */
static void read_report(struct state *state, struct cw_event *event,
                        const struct cw_update_report *report)
{
    struct update *update = find(state, report->update);
    bool failed = report->event == EVENT_INSTALLING_FAILED && cw_code_is_failure(report->code);
    if (!failed && report->event != EVENT_INSTALLING_SUCCEEDED)
        return;
    if (failed)
        event->level = CW_LEVEL_ERROR;
    bool told = failed && update && update->told == report->code;
    if (update)
        update->told = CW_CODE_NONE;
    if (event->code != report->code)
        event->code_written = failed ? report->code_written : CW_STR_NONE;
    event->code = failed ? report->code : CW_CODE_NONE;
    struct cw_str title = cw_update_title(report->rest);
    if (title.len == 0 && update)
        title = title_of(&update->title);
    if (told || (!failed && cw_update_kb(title).len == 0))
        return;
    event->mark = CW_MARK_REPORT;
    name_update(event, title, report->update);
}

static void windows_update_read(void *state, struct cw_event *event)
{
    struct cw_update_report report;
    if (cw_update_report(event->text, &report))
        read_report(state, event, &report);
    else
        read_message(state, event);
}

/* --- lines --------------------------------------------------------------------------------- */

/* A failed call is an error of the handler, who installs; elsewhere the next way is tried. */
static enum cw_level level_of(const struct cw_text_head *head)
{
    struct cw_str text = bare(head->text);
    bool failed = cw_str_find(cw_str_head(head->text, 16), CW_STR("*FAILED*")) != SIZE_MAX;
    bool handler = cw_str_eq(head->component, CW_STR("Handler"));
    if (cw_str_starts(text, CW_STR("FATAL:")) || (failed && handler))
        return CW_LEVEL_ERROR;
    return failed || cw_str_starts(text, CW_STR("WARNING:")) ? CW_LEVEL_WARNING : CW_LEVEL_INFO;
}

static bool windows_update_head(void *state, struct cw_str line, struct cw_text_head *ret_head)
{
    (void)state;
    if (!cw_update_line(line, ret_head))
        return false;
    ret_head->level = level_of(ret_head);
    return true;
}

static int windows_update_bid(struct cw_str head)
{
    unsigned lines = 0;
    unsigned own = 0;
    struct cw_str line;
    struct cw_text_head columns;
    for (; lines < BID_LINES && cw_text_log_line(&head, &line); lines++)
        own += cw_update_line(line, &columns);
    return own * 2 > lines ? 85 : 0;
}

static const struct cw_text_format windows_update = {
    .state_size = sizeof(struct state),
    .head = windows_update_head,
    .read = windows_update_read,
};

const struct cw_format cw_format_windows_update = {
    .log = CW_LOG_WINDOWS_UPDATE,
    .bid = windows_update_bid,
    .parsing = &cw_text_log,
    .records = &windows_update,
};
