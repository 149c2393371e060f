/* SetupAPI text logs (setupapi.dev.log and its relatives): lines -> events.
 *
 *     log     = [ header ] { blank | boot | section | stray } ;
 *     header  = "[Device Install Log]" NL { name "=" value NL } [ "[BeginLog]" NL ] ;
 *     boot    = "[Boot Session: " stamp "]" NL ;
 *     section = ">>>  [" title "]" NL ">>>  Section start " stamp NL
 *               { body | continuation | blank }
 *               "<<<  Section end " stamp NL "<<<  [Exit status: " status "]" NL ;
 *
 *     >>>  [Unstage Driver Updates]
 *     >>>  Section start 2023/02/17 06:41:09.750
 *
 * The grammar of single lines is in setupapi_line.c and setupapi_entry.c. Here is what needs a
 * memory: which section is open, which operations are, and the one event that is pending because
 * its next line may belong to it. Excerpts begin and end anywhere, so every line is read for what
 * it says: a body line outside sections is an event like any other, an end without a beginning
 * too, and a section that does not end is ended, marked incomplete, where the next one begins.
 */
#include <stdlib.h>

#include "logs/setupapi_entry.h"
#include "logs/setupapi_state.h"

struct cw_log_parser {
    struct cw_setupapi_state state;
    struct cw_str raw; /* the line at work */
    bool in_header;
    cw_time last_start; /* of the section before */
};

static int setupapi_open(const struct cw_format *format, struct cw_event_sink sink,
                         bool every_event, struct cw_str head, struct cw_log_parser **ret_parser,
                         struct cw_error *error)
{
    (void)every_event; /* these logs are small, and their operations must be followed anyway */
    (void)head;
    struct cw_log_parser *parser = calloc(1, sizeof(*parser));
    if (!parser)
        return cw_fail_nomem(error);
    cw_setupapi_state_init(&parser->state, format->log, sink);
    parser->last_start = CW_TIME_NONE;
    *ret_parser = parser;
    return CW_OK;
}

static void setupapi_close(struct cw_log_parser *parser)
{
    cw_setupapi_state_done(&parser->state);
    free(parser);
}

/* --- entries ------------------------------------------------------------------------------- */

/* The second and further lines of a property's value stand near the value's column, which is no
 * multiple of the indentation. They have no name, or a word in small letters ("to: 'C:..."). */
static bool continues_value(const struct cw_setupapi_pending *pending,
                            const struct cw_setupapi_line *line)
{
    struct cw_str category = {pending->category, pending->category_len};
    struct cw_setupapi_entry entry;
    if (!pending->used || pending->kind != CW_EVENT_PROPERTY || line->level != CW_LEVEL_INFO ||
        line->column % CW_SETUPAPI_INDENT == 0 || line->column <= pending->column ||
        !cw_str_eq(line->category, category))
        return false;
    cw_setupapi_entry_read(line->text, line->level, &entry);
    return entry.kind == CW_EVENT_MESSAGE ||
           (entry.kind == CW_EVENT_PROPERTY && cw_to_lower(entry.name.ptr[0]) == entry.name.ptr[0]);
}

static int on_body(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                   struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    struct cw_setupapi_pending *pending = &state->pending;
    if (continues_value(pending, line))
        return cw_setupapi_join(state, line, error);
    bool command = cw_str_eq(line->category, CW_STR("cmd"));
    int status = cw_setupapi_begin(state, command ? CW_EVENT_COMMAND : CW_EVENT_MESSAGE, error);
    if (status < 0)
        return status;
    pending->level = line->level;
    pending->column = line->column;
    pending->category_len = line->category.len;
    memcpy(pending->category, line->category.ptr, line->category.len);
    return command ? cw_setupapi_set_text(state, line->text, CW_STR_NONE, line->text, error)
                   : cw_setupapi_set_entry(state, line, error);
}

static int on_unknown(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                      struct cw_error *error)
{
    (void)line;
    (void)error;
    cw_log_stats_stray(&parser->state.stats, parser->state.here.line, parser->raw);
    return CW_OK;
}

/* An operation whose line has lost its category. Braces alone are not enough: GUIDs have them. */
static bool is_bare_operation(struct cw_str text)
{
    struct cw_setupapi_entry entry;
    cw_setupapi_entry_read(text, CW_LEVEL_INFO, &entry);
    return (entry.kind == CW_EVENT_OPEN && entry.value.len > 0) ||
           (entry.kind == CW_EVENT_CLOSE && entry.written.len > 0);
}

static bool has_continuations(const struct cw_setupapi_pending *pending)
{
    return pending->used &&
           (pending->kind == CW_EVENT_MESSAGE || pending->kind == CW_EVENT_PROPERTY ||
            pending->kind == CW_EVENT_COMMAND);
}

/* A line without a category, not in the file header. */
static int on_bare_text(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                        struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    const struct cw_setupapi_pending *pending = &state->pending;
    bool joins = has_continuations(pending);
    if (joins && pending->text.len == 0 && pending->category_len > 0)
        return cw_setupapi_set_entry(state, line, error); /* mail wrapped it behind its category */
    bool operation = is_bare_operation(line->text);
    if (joins && state->section.open && !operation)
        return cw_setupapi_join(state, line, error);
    if (!state->section.open && !operation)
        return on_unknown(parser, line, error);
    int status = cw_setupapi_begin(state, CW_EVENT_MESSAGE, error);
    return status < 0 ? status : cw_setupapi_set_entry(state, line, error);
}

static int on_other(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                    struct cw_error *error)
{
    struct cw_str name;
    struct cw_str value;
    if (!parser->in_header || !cw_setupapi_header_read(line->text, &name, &value))
        return on_bare_text(parser, line, error);
    int status = cw_setupapi_begin(&parser->state, CW_EVENT_HEADER, error);
    return status < 0 ? status
                      : cw_setupapi_set_text(&parser->state, line->text, name, value, error);
}

static int on_blank(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                    struct cw_error *error)
{
    (void)line;
    (void)error;
    parser->state.pending.blanks++;
    return CW_OK;
}

/* --- sections ------------------------------------------------------------------------------ */

/* Ends a section that did not end itself, at the last line that belongs to it. */
static int end_open_section(struct cw_setupapi_state *state, struct cw_error *error)
{
    int status = cw_setupapi_flush(state, error);
    if (status == CW_OK && state->section.open) {
        status = cw_setupapi_begin(state, CW_EVENT_SECTION_END, error);
        state->pending.place = state->seen;
        state->pending.last_line = state->seen.line;
        state->pending.incomplete = true;
        state->stats.unclosed_sections++;
    }
    return status == CW_OK ? cw_setupapi_flush(state, error) : status;
}

/* A section begins at the current line; `text` is its title in brackets, or empty. */
static int begin_section(struct cw_setupapi_state *state, struct cw_str text,
                         struct cw_error *error)
{
    struct cw_str title;
    struct cw_str instance;
    cw_setupapi_title_read(text, &title, &instance);
    int status = end_open_section(state, error);
    if (status == CW_OK)
        status = cw_setupapi_begin(state, CW_EVENT_SECTION_START, error);
    if (status == CW_OK)
        status = cw_setupapi_set_text(state, text, title, instance, error);
    if (status == CW_OK)
        status = cw_setupapi_open_section(state, title, instance, error);
    return status;
}

static int on_title(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                    struct cw_error *error)
{
    return begin_section(&parser->state, line->text, error);
}

static void note_start(struct cw_log_parser *parser, cw_time time)
{
    struct cw_log_stats *stats = &parser->state.stats;
    parser->state.section.start = parser->state.section.latest = time;
    if (time == CW_TIME_NONE)
        return;
    cw_log_stats_backward(stats, parser->last_start, time, parser->state.here.line);
    parser->last_start = time;
}

static int on_start(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                    struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    struct cw_setupapi_pending *pending = &state->pending;
    bool titled = pending->used && pending->kind == CW_EVENT_SECTION_START &&
                  pending->place.line == pending->last_line;
    if (!titled) {
        int status = begin_section(state, CW_STR_NONE, error);
        if (status < 0)
            return status;
    }
    pending->last_line = state->here.line;
    pending->time = line->time;
    note_start(parser, line->time);
    return CW_OK;
}

static int on_end(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                  struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    int status = cw_setupapi_begin(state, CW_EVENT_SECTION_END, error);
    if (status < 0)
        return status;
    state->pending.time = line->time;
    return cw_setupapi_set_text(state, CW_STR("Section end"), CW_STR_NONE, CW_STR_NONE, error);
}

static int on_status(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                     struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    const struct cw_setupapi_pending *pending = &state->pending;
    if (!pending->used || pending->kind != CW_EVENT_SECTION_END || pending->has_status) {
        int status = cw_setupapi_begin(state, CW_EVENT_SECTION_END, error);
        if (status < 0)
            return status;
    }
    return cw_setupapi_set_status(state, line->text, error);
}

static int on_boot(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                   struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    int status = end_open_section(state, error);
    if (status == CW_OK)
        status = cw_setupapi_begin(state, CW_EVENT_BOOT, error);
    if (status < 0)
        return status;
    cw_setupapi_close_section(state);
    state->pending.time = state->stats.boot = line->time;
    return cw_setupapi_set_text(state, line->text, CW_STR_NONE, CW_STR_NONE, error);
}

static int on_header(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                     struct cw_error *error)
{
    (void)line;
    int status = end_open_section(&parser->state, error);
    cw_setupapi_close_section(&parser->state);
    parser->in_header = true;
    return status;
}

static int on_begin_log(struct cw_log_parser *parser, const struct cw_setupapi_line *line,
                        struct cw_error *error)
{
    (void)line;
    return cw_setupapi_flush(&parser->state, error);
}

/* --- the format ---------------------------------------------------------------------------- */

static int read_line(struct cw_log_parser *parser, struct cw_str text, struct cw_error *error)
{
    static int (*const handlers[CW_SETUPAPI_LINE_KINDS])(
        struct cw_log_parser *, const struct cw_setupapi_line *, struct cw_error *) = {
        [CW_SETUPAPI_BLANK] = on_blank,     [CW_SETUPAPI_BODY] = on_body,
        [CW_SETUPAPI_TITLE] = on_title,     [CW_SETUPAPI_START] = on_start,
        [CW_SETUPAPI_END] = on_end,         [CW_SETUPAPI_STATUS] = on_status,
        [CW_SETUPAPI_BOOT] = on_boot,       [CW_SETUPAPI_HEADER] = on_header,
        [CW_SETUPAPI_BEGIN] = on_begin_log, [CW_SETUPAPI_ELISION] = on_unknown,
        [CW_SETUPAPI_OTHER] = on_other,
    };
    struct cw_setupapi_line line;
    text = cw_setupapi_without_zeros(text);
    parser->raw = text;
    cw_setupapi_line_read(text, &line);
    if (line.kind != CW_SETUPAPI_OTHER && line.kind != CW_SETUPAPI_BLANK)
        parser->in_header = false;
    int status = handlers[line.kind](parser, &line, error);
    if (line.kind != CW_SETUPAPI_BLANK)
        parser->state.seen = parser->state.here;
    return status;
}

static int setupapi_feed(struct cw_log_parser *parser, const struct cw_block *block,
                         struct cw_error *error)
{
    return cw_setupapi_feed(&parser->state, parser, read_line, block, error);
}

static int setupapi_finish(struct cw_log_parser *parser, struct cw_error *error)
{
    struct cw_setupapi_state *state = &parser->state;
    bool torn = state->torn && state->section.open;
    if (torn && state->pending.used && state->pending.kind != CW_EVENT_SECTION_END)
        state->pending.incomplete = true;
    uint64_t unclosed = state->stats.unclosed_sections;
    state->stats.open_line = state->section.line;
    state->stats.open_offset = state->section.offset;
    bool no_status = state->pending.used && state->pending.kind == CW_EVENT_SECTION_END &&
                     !state->pending.has_status && state->section.open;
    int status = end_open_section(state, error);
    state->stats.ends_unclosed = state->stats.unclosed_sections > unclosed;
    state->stats.ends_in_section = no_status || state->stats.ends_unclosed;
    return status;
}

static void setupapi_stats(const struct cw_log_parser *parser, struct cw_log_stats *ret_stats)
{
    *ret_stats = parser->state.stats;
}

static const struct cw_parsing setupapi_parsing = {
    .open = setupapi_open,
    .close = setupapi_close,
    .feed = setupapi_feed,
    .finish = setupapi_finish,
    .stats = setupapi_stats,
};

const struct cw_format cw_format_setupapi = {
    .log = CW_LOG_SETUPAPI,
    .bid = cw_setupapi_bid,
    .parsing = &setupapi_parsing,
};
