#include "support/setupapi_events.h"

#include <stdio.h>

enum { LOG_MOST = 64 * 1024 * 1024 };

/* --- events as text ------------------------------------------------------------------------ */

static int record(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct recorder *recorder = context;
    (void)error;
    recorder->events++;
    if (recorder->events == recorder->refuse_at)
        return CW_ERR_CLOSED;
    recorder->view(&recorder->text, event);
    return CW_OK;
}

struct cw_event_sink recorder_sink(struct recorder *recorder)
{
    return (struct cw_event_sink){record, recorder};
}

static void put_field(struct cw_buf *out, const char *name, struct cw_str value)
{
    if (value.len)
        (void)cw_buf_printf(out, " %s=%.*s", name, CW_STR_ARG(value));
}

void view_lines(struct cw_buf *out, const struct cw_event *event)
{
    (void)cw_buf_printf(out, "%d", (int)event->line);
    if (event->last_line != event->line)
        (void)cw_buf_printf(out, "-%d", (int)event->last_line);
    put_field(out, "kind", cw_event_kind_name(event->kind));
    (void)cw_buf_printf(out, "%s\n", event->incomplete ? " incomplete" : "");
}

void view_text(struct cw_buf *out, const struct cw_event *event)
{
    (void)cw_buf_printf(out, "%s %s %.*s: %.*s\n", cw_event_kind_name(event->kind).ptr,
                        cw_level_name(event->level).ptr, CW_STR_ARG(event->component),
                        CW_STR_ARG(event->text));
}

void view_names(struct cw_buf *out, const struct cw_event *event)
{
    (void)cw_buf_printf(out, "%s", cw_event_kind_name(event->kind).ptr);
    put_field(out, "name", event->name);
    put_field(out, "value", event->value);
    (void)cw_buf_char(out, '\n');
}

void view_codes(struct cw_buf *out, const struct cw_event *event)
{
    char code[CW_CODE_TEXT];
    (void)cw_buf_printf(out, "%s %s", cw_event_kind_name(event->kind).ptr,
                        event->code ? cw_code_text(event->code, code) : "none");
    put_field(out, "as", event->code_written);
    (void)cw_buf_char(out, '\n');
}

void view_times(struct cw_buf *out, const struct cw_event *event)
{
    char text[CW_TIME_TEXT];
    (void)cw_buf_printf(out, "%d %s\n", (int)event->line, cw_time_text(event->time, text));
}

void view_scope(struct cw_buf *out, const struct cw_event *event)
{
    const struct cw_scope *scope = &event->scope;
    (void)cw_buf_printf(out, "%s", cw_event_kind_name(event->kind).ptr);
    if (scope->in_section)
        (void)cw_buf_printf(out, " [%.*s|%.*s]", CW_STR_ARG(scope->title),
                            CW_STR_ARG(scope->instance));
    for (size_t i = 0; i < scope->depth; i++) {
        const struct cw_operation *operation = &scope->operations[i];
        (void)cw_buf_printf(out, " > %.*s(%.*s)", CW_STR_ARG(operation->name),
                            CW_STR_ARG(operation->argument));
    }
    (void)cw_buf_char(out, '\n');
}

void view_literals(struct cw_buf *out, const struct cw_event *event)
{
    (void)cw_buf_printf(out, "%d", (int)event->line);
    for (size_t i = 0; i < event->literal_count; i++)
        (void)cw_buf_printf(out, " #%d", (int)event->literals[i]);
    (void)cw_buf_char(out, '\n');
}

void view_all(struct cw_buf *out, const struct cw_event *event)
{
    view_lines(out, event);
    view_text(out, event);
    view_names(out, event);
    view_codes(out, event);
    view_times(out, event);
    view_scope(out, event);
    view_literals(out, event);
    (void)cw_buf_printf(out, "offset %d log %d start %d\n", (int)event->offset, (int)event->log,
                        (int)event->scope.line);
    for (size_t i = 0; i < event->scope.depth; i++)
        (void)cw_buf_printf(out, "since %d indent %d\n", (int)event->scope.operations[i].line,
                            (int)event->scope.operations[i].indent);
}

/* --- reading a log ------------------------------------------------------------------------- */

/* What the filter looks for; two of them overlap. */
static const struct cw_str literals[] = {
    {"Failed to set", 13}, {"Add Service", 11}, {"set Image Path", 14}, {"Exit status", 11}};

static struct cw_log_stats read_into(struct cw_str bytes, struct log_reading how,
                                     struct recorder *recorder)
{
    struct cw_filter *filter = NULL;
    size_t count = sizeof(literals) / sizeof(literals[0]);
    assert_int_equal(cw_filter_new(literals, count, &filter, NULL), CW_OK);
    how.format = &cw_format_setupapi;
    how.filter = filter;
    struct cw_log_stats stats = read_log(bytes, &how, recorder_sink(recorder));
    cw_filter_free(filter);
    return stats;
}

struct cw_log_stats read_in_blocks(struct cw_str bytes, size_t lines, struct recorder *recorder)
{
    return read_into(bytes, (struct log_reading){.block_lines = lines}, recorder);
}

struct cw_log_stats read_in_pieces(struct cw_str bytes, size_t piece, struct recorder *recorder)
{
    return read_into(bytes, (struct log_reading){.piece = piece}, recorder);
}

struct recorder new_recorder(event_view *view)
{
    struct recorder recorder = {.view = view};
    cw_buf_init(&recorder.text, LOG_MOST);
    return recorder;
}

void assert_events(const char *log, event_view *view, const char *expected)
{
    struct recorder recorder = new_recorder(view);
    (void)read_in_blocks(cw_str_c(log), BLOCK_LINES_MOST, &recorder);
    assert_string_equal(recorder.text.data ? recorder.text.data : "", expected);
    cw_buf_done(&recorder.text);
}

struct cw_log_stats stats_of(const char *log)
{
    struct recorder recorder = new_recorder(view_lines);
    struct cw_log_stats stats = read_in_blocks(cw_str_c(log), BLOCK_LINES_MOST, &recorder);
    cw_buf_done(&recorder.text);
    return stats;
}

/* NULL data when there is no such file. */
static struct cw_buf read_file(const char *path)
{
    struct cw_buf bytes;
    char piece[4096];
    size_t size;
    cw_buf_init(&bytes, LOG_MOST);
    FILE *file = fopen(path, "rb");
    while (file && (size = fread(piece, 1, sizeof(piece), file)) > 0)
        assert_true(cw_buf_append(&bytes, (struct cw_str){piece, size}));
    if (file)
        (void)fclose(file);
    return bytes;
}

struct cw_buf read_fixture(const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/logs/%s", CW_FIXTURES, name);
    struct cw_buf bytes = read_file(path);
    if (!bytes.data)
        fail_msg("can not read %s", path);
    return bytes;
}
