#include "support/text_events.h"

#include "base/buf.h"

enum { TEXT_MOST = 4 * 1024 * 1024, READ_SIZES = 40 };

static const char *const marks[] = {"-", "begin", "detail", "failure", "success", "end", "report"};

static int take(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct cw_buf *out = context;
    char time[CW_TIME_TEXT];
    char code[CW_CODE_TEXT];
    (void)error;
    (void)cw_buf_printf(out, "%d-%d|%s|%s|%.*s|%s", (int)event->line, (int)event->last_line,
                        cw_time_text(event->time, time), cw_level_name(event->level).ptr,
                        CW_STR_ARG(event->component), marks[event->mark]);
    if (event->value.len)
        (void)cw_buf_printf(out, " %.*s=%.*s", CW_STR_ARG(event->name), CW_STR_ARG(event->value));
    (void)cw_buf_printf(out, "|%s|",
                        event->code == CW_CODE_NONE ? "" : cw_code_text(event->code, code));
    for (size_t i = 0; i < event->text.len; i++)
        (void)cw_buf_char(out, event->text.ptr[i] == '\n' ? '/' : event->text.ptr[i]);
    (void)cw_buf_char(out, '\n');
    return CW_OK;
}

/* `piece` bytes a read; 0 = all. */
static struct cw_log_stats read_log(const struct cw_format *format, struct cw_str log, size_t piece,
                                    struct cw_buf *out)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *reader = NULL;
    struct cw_log_parser *parser = NULL;
    struct cw_event_sink sink = {take, out};
    struct cw_log_stats stats;
    struct cw_block block;
    assert_int_equal(cw_source_memory("log", log, piece, &source, NULL), CW_OK);
    assert_int_equal(cw_line_reader_new(source, NULL, &reader, NULL), CW_OK);
    assert_int_equal(format->parser_new(sink, true, log, &parser, NULL), CW_OK);
    while (cw_line_reader_next(reader, &block, NULL) > 0)
        assert_int_equal(format->feed(parser, &block, NULL), CW_OK);
    assert_int_equal(format->finish(parser, NULL), CW_OK);
    format->stats(parser, &stats);
    format->parser_free(parser);
    cw_line_reader_free(reader);
    cw_source_close(source);
    return stats;
}

void assert_text_events(const struct cw_format *format, const char *log, const char *expected)
{
    for (size_t piece = 0; piece <= READ_SIZES; piece++) {
        struct cw_buf out;
        cw_buf_init(&out, TEXT_MOST);
        (void)read_log(format, cw_str_c(log), piece, &out);
        assert_string_equal(out.data ? out.data : "", expected);
        cw_buf_done(&out);
    }
}

struct cw_log_stats text_stats_of(const struct cw_format *format, const char *log)
{
    struct cw_buf out;
    cw_buf_init(&out, TEXT_MOST);
    struct cw_log_stats stats = read_log(format, cw_str_c(log), 0, &out);
    cw_buf_done(&out);
    return stats;
}
