/* setupapi.log of Windows XP and 2003; of Windows 2000, whose entries have no numbers.
 *
 *     log     = [ "[SetupAPI Log]" NL { name "=" value NL } ] { section } ;
 *     section = "[" date time process "." instance [ title ] "]" NL { entry | continuation } ;
 *     entry   = [ "@" clock ] "#" class number text NL ;
 *     class   = "E" | "W" | "I" | "V" | "T" | "-" ;         error, warning, information, ..., state
 *
 *     [2004/03/02 10:10:10 1234.5 Driver Install]
 *     #E122 Device install failed. Error 5: Access is denied.
 *
 * (Microsoft, "Troubleshooting Device Installation with the SetupAPI Log File".) A section ends
 * where the next one begins, and no line says how. It failed when an entry of class E says so
 * by a code and no later entry says that the installation finished after all: a device without a
 * driver is refused (#E122, 0xe0000219) and then installed as such (#I121). What happens by policy
 * is of class E, too: "an unsigned file will be installed (Policy=Ignore)"; that is a warning.
 */
#include <stdlib.h>

#include "logs/setupapi_entry.h"
#include "logs/setupapi_state.h"
#include "logs/setupapi_xp_line.h"

struct cw_log_parser {
    struct cw_setupapi_state state;
    bool numbered; /* the entries of this log have numbers */
    bool in_header;
    bool cut;               /* the log ends in the middle of a line */
    char entry[4];          /* id of the pending entry; zeros = it is none */
    struct cw_buf decision; /* the last entry that says that the section failed; may be empty */
    struct cw_setupapi_place decided_at;
    uint64_t decided_to;
    uint32_t code;
    struct cw_setupapi_slice written;
    cw_time last_start;
};

/* Entries that name what the section is about; the value stands between `before` and `after`. */
static const struct {
    const char *id, *name, *before, *after;
} properties[] = {
    {"-019", "Searching for hardware ID(s)", ": ", ","},
    {"I063", "Selected driver installs from section", " in \"", "\""},
    {"I123", "Doing full install of", "\"", "\""},
    {"I124", "Doing copy-only install of", "\"", "\""},
    {"I125", "Installing NULL driver for", "\"", "\""},
};

/* Entries of a command line: what stands before it. */
static const struct {
    const char *id, *before;
} commands[] = {{"-198", "Command line processed: "}, {"-199", "with command line: "}};

/* The whole section came to a good end. */
static const char *const successes[] = {"I121", "I141"};

/* What is said of it when policy lets it pass. */
static const char passed[] = "will be installed (Policy=";

static int xp_open(const struct cw_format *format, struct cw_event_sink sink, bool every_event,
                   struct cw_str head, struct cw_log_parser **ret_parser, struct cw_error *error)
{
    (void)every_event;
    struct cw_log_parser *parser = calloc(1, sizeof(*parser));
    if (!parser)
        return cw_fail_nomem(error);
    cw_setupapi_state_init(&parser->state, format->log, sink);
    cw_buf_init(&parser->decision, CW_LIMIT_RECORD);
    parser->last_start = CW_TIME_NONE;
    while (head.len > 0 && !parser->numbered) {
        struct cw_xp_line line;
        size_t end = cw_str_find_char(head, '\n');
        cw_xp_line_read(cw_str_head(head, end), &line);
        parser->numbered = line.kind == CW_XP_ENTRY;
        head = cw_str_from(head, end == SIZE_MAX ? head.len : end + 1);
    }
    *ret_parser = parser;
    return CW_OK;
}

static void xp_close(struct cw_log_parser *parser)
{
    cw_setupapi_state_done(&parser->state);
    cw_buf_done(&parser->decision);
    free(parser);
}

/* --- the verdict of a section -------------------------------------------------------------- */

static void forget_decision(struct cw_log_parser *parser)
{
    cw_buf_clear(&parser->decision);
    parser->code = CW_CODE_NONE;
    parser->written = (struct cw_setupapi_slice){0};
}

static int keep_decision(struct cw_log_parser *parser, uint32_t code, struct cw_str written,
                         struct cw_error *error)
{
    const struct cw_setupapi_pending *pending = &parser->state.pending;
    struct cw_str text = cw_buf_str(&pending->text);
    forget_decision(parser);
    if (!cw_buf_append(&parser->decision, text))
        return cw_fail_nomem(error);
    parser->code = code;
    parser->written = (struct cw_setupapi_slice){(size_t)(written.ptr - text.ptr), written.len};
    parser->decided_at = pending->place;
    parser->decided_to = pending->last_line;
    return CW_OK;
}

static bool is_entry(const struct cw_log_parser *parser, const char *id)
{
    return memcmp(parser->entry, id, sizeof(parser->entry)) == 0;
}

/* All lines of the pending entry are there. */
static int settle(struct cw_log_parser *parser, struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &parser->state.pending;
    uint32_t code;
    struct cw_str written;
    if (!pending->used)
        return CW_OK;
    for (size_t i = 0; i < sizeof(successes) / sizeof(successes[0]); i++) {
        if (is_entry(parser, successes[i]))
            forget_decision(parser);
    }
    if (parser->entry[0] != 'E')
        return CW_OK;
    struct cw_str text = cw_buf_str(&pending->text);
    if (cw_str_find(text, cw_str_c(passed)) == SIZE_MAX && cw_code_find(text, &code, &written) &&
        cw_code_is_failure(code))
        return keep_decision(parser, code, written, error);
    pending->level = CW_LEVEL_WARNING;
    return CW_OK;
}

static int begin(struct cw_log_parser *parser, enum cw_event_kind kind, struct cw_error *error)
{
    int status = settle(parser, error);
    memset(parser->entry, 0, sizeof(parser->entry));
    return status < 0 ? status : cw_setupapi_begin(&parser->state, kind, error);
}

/* A section in which nothing tells success from failure has no known end, and neither has one that
 * is cut. */
static int end_section(struct cw_log_parser *parser, struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    struct cw_setupapi_pending *pending = &state->pending;
    if (!state->section.open)
        return CW_OK;
    int status = begin(parser, CW_EVENT_SECTION_END, error);
    if (status < 0)
        return status;
    bool failed = parser->decision.len > 0;
    pending->place = failed ? parser->decided_at : state->seen;
    pending->last_line = failed ? parser->decided_to : state->seen.line;
    pending->has_status = failed || (parser->numbered && !parser->cut);
    if (failed)
        status = cw_setupapi_set_text(state, cw_buf_str(&parser->decision), CW_STR_NONE,
                                      CW_STR_NONE, error);
    pending->code = parser->code;
    pending->written = parser->written;
    forget_decision(parser);
    return status < 0 ? status : cw_setupapi_flush(state, error);
}

/* --- lines --------------------------------------------------------------------------------- */

static int on_heading(struct cw_log_parser *parser, struct cw_error *error)
{
    int status = end_section(parser, error);
    parser->in_header = true;
    return status;
}

static int on_section(struct cw_log_parser *parser, const struct cw_xp_line *line,
                      struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    int status = end_section(parser, error);
    if (status == CW_OK)
        status = begin(parser, CW_EVENT_SECTION_START, error);
    if (status == CW_OK)
        status = cw_setupapi_set_text(state, line->text, line->title, CW_STR_NONE, error);
    if (status == CW_OK)
        status = cw_setupapi_open_section(state, line->title, CW_STR_NONE, error);
    state->pending.time = line->time;
    state->section.start = state->section.latest = line->time;
    cw_log_stats_backward(&state->stats, parser->last_start, line->time, state->here.line);
    parser->last_start = line->time == CW_TIME_NONE ? parser->last_start : line->time;
    return status;
}

/* Name and value of an entry that names something; both empty for others. */
static bool property_of(const struct cw_xp_line *line, struct cw_str *ret_name,
                        struct cw_str *ret_value)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
        struct cw_str before = cw_str_c(properties[i].before);
        size_t at = cw_str_find(line->text, before);
        if (!cw_str_eq(line->id, cw_str_c(properties[i].id)) || at == SIZE_MAX ||
            !cw_str_starts(line->text, cw_str_c(properties[i].name)))
            continue;
        struct cw_str value = cw_str_from(line->text, at + before.len);
        *ret_name = cw_str_head(line->text, strlen(properties[i].name));
        *ret_value = cw_str_head(value, cw_str_find(value, cw_str_c(properties[i].after)));
        return true;
    }
    return false;
}

static bool command_of(const struct cw_xp_line *line, struct cw_str *ret_command)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        struct cw_str before = cw_str_c(commands[i].before);
        size_t at = cw_str_find(line->text, before);
        if (!cw_str_eq(line->id, cw_str_c(commands[i].id)) || at == SIZE_MAX)
            continue;
        *ret_command = cw_str_from(line->text, at + before.len);
        return true;
    }
    return false;
}

static int on_entry(struct cw_log_parser *parser, const struct cw_xp_line *line,
                    struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    struct cw_str name = CW_STR_NONE;
    struct cw_str value = CW_STR_NONE;
    enum cw_event_kind kind = command_of(line, &value)           ? CW_EVENT_COMMAND
                              : property_of(line, &name, &value) ? CW_EVENT_PROPERTY
                                                                 : CW_EVENT_MESSAGE;
    int status = begin(parser, kind, error);
    if (status < 0)
        return status;
    memcpy(parser->entry, line->id.ptr, sizeof(parser->entry));
    state->pending.level = line->id.ptr[0] == 'E'   ? CW_LEVEL_ERROR
                           : line->id.ptr[0] == 'W' ? CW_LEVEL_WARNING
                                                    : CW_LEVEL_INFO;
    state->pending.time = cw_setupapi_date(&state->section, line->clock);
    return cw_setupapi_set_text(state, line->text, name, value, error);
}

static int on_text(struct cw_log_parser *parser, const struct cw_xp_line *line,
                   struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    struct cw_setupapi_line joined = {.text = line->text, .time = CW_TIME_NONE, .clock = -1};
    struct cw_str name;
    struct cw_str value;
    if (parser->in_header && cw_setupapi_header_read(line->text, &name, &value)) {
        int status = begin(parser, CW_EVENT_HEADER, error);
        return status < 0 ? status : cw_setupapi_set_text(state, line->text, name, value, error);
    }
    if (parser->numbered && parser->entry[0] != '\0')
        return cw_setupapi_join(state, &joined, error);
    if (parser->numbered || !state->section.open) {
        cw_log_stats_stray(&state->stats, state->here.line, line->text);
        return CW_OK;
    }
    int status = begin(parser, CW_EVENT_MESSAGE, error);
    return status < 0 ? status
                      : cw_setupapi_set_text(state, line->text, CW_STR_NONE, CW_STR_NONE, error);
}

static int read_line(struct cw_log_parser *parser, struct cw_str text, struct cw_error *error)
{
    struct cw_xp_line line;
    int status = CW_OK;
    cw_xp_line_read(text, &line);
    if (line.kind == CW_XP_TEXT && line.text.len == 0)
        return CW_OK;
    if (line.kind != CW_XP_TEXT)
        parser->in_header = false;
    switch (line.kind) {
    case CW_XP_HEADING:
        status = on_heading(parser, error);
        break;
    case CW_XP_SECTION:
        status = on_section(parser, &line, error);
        break;
    case CW_XP_ENTRY:
        status = on_entry(parser, &line, error);
        break;
    case CW_XP_TEXT:
        status = on_text(parser, &line, error);
        break;
    }
    parser->state.seen = parser->state.here;
    return status;
}

/* --- the format ---------------------------------------------------------------------------- */

static int xp_feed(struct cw_log_parser *parser, const struct cw_block *block,
                   struct cw_error *error)
{
    return cw_setupapi_feed(&parser->state, parser, read_line, block, error);
}

static int xp_finish(struct cw_log_parser *parser, struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    parser->cut = state->torn && state->section.open;
    state->stats.ends_in_section = parser->cut;
    int status = settle(parser, error);
    if (status == CW_OK)
        status = cw_setupapi_flush(state, error);
    memset(parser->entry, 0, sizeof(parser->entry));
    return status < 0 ? status : end_section(parser, error);
}

static void xp_stats(const struct cw_log_parser *parser, struct cw_log_stats *ret_stats)
{
    *ret_stats = parser->state.stats;
}

static int xp_bid(struct cw_str head)
{
    unsigned sections = 0;
    unsigned entries = 0;
    char newline = cw_str_find_char(head, '\n') == SIZE_MAX ? '\r' : '\n';
    if (cw_str_starts(head, CW_STR("\xEF\xBB\xBF")))
        head = cw_str_from(head, 3);
    while (head.len > 0) {
        struct cw_xp_line line;
        size_t end = cw_str_find_char(head, newline);
        cw_xp_line_read(cw_str_head(head, end), &line);
        if (line.kind == CW_XP_HEADING)
            return 100;
        sections += line.kind == CW_XP_SECTION;
        entries += line.kind == CW_XP_ENTRY;
        head = cw_str_from(head, end == SIZE_MAX ? head.len : end + 1);
    }
    return sections > 0 || entries > 2 ? 95 : 0;
}

static const struct cw_parsing xp_parsing = {
    .open = xp_open,
    .close = xp_close,
    .feed = xp_feed,
    .finish = xp_finish,
    .stats = xp_stats,
};

const struct cw_format cw_format_setupapi_xp = {
    .log = CW_LOG_SETUPAPI_XP,
    .bid = xp_bid,
    .parsing = &xp_parsing,
};
