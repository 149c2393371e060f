#include "support/text_events.h"

#include "base/buf.h"

enum { TEXT_MOST = 4 * 1024 * 1024, READ_SIZES = 40 };

struct view {
    struct cw_buf *out;
    bool only_marks;
};

static void put_mark(struct cw_buf *out, const struct cw_event *event)
{
    (void)cw_buf_printf(out, "%s", event->mark ? cw_mark_name(event->mark).ptr : "-");
    if (event->value.len)
        (void)cw_buf_printf(out, " %.*s=%.*s", CW_STR_ARG(event->name), CW_STR_ARG(event->value));
}

static const char *code_of(const struct cw_event *event, char code[CW_CODE_TEXT])
{
    return event->code == CW_CODE_NONE ? "" : cw_code_text(event->code, code);
}

static int take(void *context, const struct cw_event *event, struct cw_error *error)
{
    const struct view *view = context;
    struct cw_buf *out = view->out;
    char time[CW_TIME_TEXT];
    char code[CW_CODE_TEXT];
    (void)error;
    if (view->only_marks && event->mark == CW_MARK_NONE)
        return CW_OK;
    if (view->only_marks) {
        (void)cw_buf_printf(out, "%d ", (int)event->line);
        put_mark(out, event);
        (void)cw_buf_printf(out, "%s%s\n", event->code == CW_CODE_NONE ? "" : " ",
                            code_of(event, code));
        return CW_OK;
    }
    (void)cw_buf_printf(out, "%d-%d|%s|%s|%.*s|", (int)event->line, (int)event->last_line,
                        cw_time_text(event->time, time), cw_level_name(event->level).ptr,
                        CW_STR_ARG(event->component));
    put_mark(out, event);
    (void)cw_buf_printf(out, "|%s|", code_of(event, code));
    for (size_t i = 0; i < event->text.len; i++)
        (void)cw_buf_char(out, event->text.ptr[i] == '\n' ? '/' : event->text.ptr[i]);
    (void)cw_buf_char(out, '\n');
    return CW_OK;
}

static void assert_view(const struct cw_format *format, const char *log, bool only_marks,
                        const char *expected)
{
    for (size_t piece = 0; piece <= READ_SIZES; piece++) {
        struct cw_buf out;
        struct view view = {&out, only_marks};
        cw_buf_init(&out, TEXT_MOST);
        (void)read_log(cw_str_c(log), &(struct log_reading){.format = format, .piece = piece},
                       (struct cw_event_sink){take, &view});
        assert_string_equal(out.data ? out.data : "", expected);
        cw_buf_done(&out);
    }
}

void assert_text_events(const struct cw_format *format, const char *log, const char *expected)
{
    assert_view(format, log, false, expected);
}

void assert_text_marks(const struct cw_format *format, const char *log, const char *expected)
{
    assert_view(format, log, true, expected);
}

static struct cw_log_stats stats_of(const struct cw_format *format, struct cw_str log)
{
    struct cw_buf out;
    struct view view = {&out, false};
    cw_buf_init(&out, TEXT_MOST);
    struct log_reading how = {.format = format};
    struct cw_log_stats stats = read_log(log, &how, (struct cw_event_sink){take, &view});
    cw_buf_done(&out);
    return stats;
}

void assert_text_cuts(const struct cw_format *format, const char *log)
{
    struct cw_str whole = cw_str_c(log);
    uint64_t most = stats_of(format, whole).records;
    uint64_t lines = 0;
    for (size_t length = 0; length < whole.len; length++) {
        lines += length == 0 || whole.ptr[length - 1] == '\n';
        struct cw_log_stats stats = stats_of(format, cw_str_head(whole, length));
        assert_int_equal(stats.lines,
                         length == 0 || whole.ptr[length - 1] == '\n' ? lines - 1 : lines);
        assert_true(stats.records <= most);
    }
}

struct cw_log_stats text_stats_of(const struct cw_format *format, const char *log)
{
    return stats_of(format, cw_str_c(log));
}
