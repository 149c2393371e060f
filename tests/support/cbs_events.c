#include "support/cbs_events.h"

enum { READ_SIZES = 80, BLOCKS_OF_MOST = 12, TEXT_MOST = 64 * 1024 * 1024 };

/* --- records as text ----------------------------------------------------------------------- */

static void put_time(struct cw_buf *out, cw_time time)
{
    char text[CW_TIME_TEXT];
    (void)cw_buf_printf(out, "|%s", cw_time_text(time, text));
}

static void put_text(struct cw_buf *out, struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++)
        (void)cw_buf_char(out, text.ptr[i] == '\n' ? '/' : text.ptr[i]);
    (void)cw_buf_char(out, '\n');
}

void view_columns(struct cw_buf *out, const struct cw_event *event)
{
    char time[CW_TIME_TEXT];
    (void)cw_buf_printf(out, "%s|%s|%.*s|%.*s|", cw_time_text(event->time, time),
                        cw_level_name(event->level).ptr, CW_STR_ARG(event->event_id),
                        CW_STR_ARG(event->component));
    if (event->has_sequence)
        (void)cw_buf_printf(out, "%x", (unsigned)event->sequence);
    put_time(out, event->utc);
    (void)cw_buf_char(out, '|');
    put_text(out, event->text);
}

void view_record(struct cw_buf *out, const struct cw_event *event)
{
    char code[CW_CODE_TEXT];
    (void)cw_buf_printf(out, "%d-%d @%d log %d kind %d%s code %s as %.*s in '%.*s%.*s' depth %d",
                        (int)event->line, (int)event->last_line, (int)event->offset,
                        (int)event->log, (int)event->kind,
                        event->incomplete ? " incomplete"
                        : event->joined   ? " joined"
                                          : "",
                        cw_code_text(event->code, code), CW_STR_ARG(event->code_written),
                        CW_STR_ARG(event->name), CW_STR_ARG(event->value), (int)event->scope.depth);
    for (size_t i = 0; i < event->literal_count; i++)
        (void)cw_buf_printf(out, " #%d", (int)event->literals[i]);
    (void)cw_buf_char(out, ' ');
    view_columns(out, event);
}

/* --- reading ------------------------------------------------------------------------------- */

/* The last one is cut in two by a test; the others overlap. */
static const struct cw_str literals[] = {{"Performing", 10}, {"Performing 2", 12},
                                         {"HRESULT", 7},     {"Completion status", 17},
                                         {"CSIPERF:", 8},    {"torn-in-the-middle", 18}};
enum { LITERALS = sizeof(literals) / sizeof(literals[0]) };

struct sink {
    struct cw_buf *out;
    event_view *view;
};

static int take(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct sink *sink = context;
    (void)error;
    sink->view(sink->out, event);
    return CW_OK;
}

struct cw_log_stats read_cbs(struct cw_str log, const struct cbs_reading *how, struct cw_buf *out)
{
    struct sink sink = {out, how->view};
    struct cw_event_sink events = {take, &sink};
    struct cw_filter *filter = NULL;
    assert_int_equal(cw_filter_new(literals, LITERALS, &filter, NULL), CW_OK);
    struct log_reading log_reading = {.format = &cw_format_cbs,
                                      .filter = filter,
                                      .only_literals = how->only_literals,
                                      .piece = how->piece,
                                      .block_lines = how->block_lines};
    struct cw_log_stats stats = read_log(log, &log_reading, events);
    cw_filter_free(filter);
    return stats;
}

void assert_records(const char *log, event_view *view, const char *expected)
{
    struct cbs_reading how = {.view = view};
    struct cw_buf out;
    cw_buf_init(&out, TEXT_MOST);
    (void)read_cbs(cw_str_c(log), &how, &out);
    assert_string_equal(out.data ? out.data : "", expected);
    cw_buf_done(&out);
}

struct cw_log_stats cbs_stats_of(const char *log)
{
    struct cbs_reading how = {.view = view_record};
    struct cw_buf out;
    cw_buf_init(&out, TEXT_MOST);
    struct cw_log_stats stats = read_cbs(cw_str_c(log), &how, &out);
    cw_buf_done(&out);
    return stats;
}

/* --- however it is read -------------------------------------------------------------------- */

static void put_stats(struct cw_buf *out, const struct cw_log_stats *stats)
{
    (void)cw_buf_printf(out, "lines %d records %d stray %d from %d back %d from %d cut %d",
                        (int)stats->lines, (int)stats->records, (int)stats->unrecognized,
                        (int)stats->first_unrecognized, (int)stats->backward_steps,
                        (int)stats->first_backward, (int)stats->cut_records);
    put_time(out, stats->first);
    put_time(out, stats->last);
    (void)cw_buf_printf(out, " offset %d %d\n", stats->has_utc_offset, stats->utc_offset);
}

static void assert_reads_as(struct cw_str log, const struct cbs_reading *how, const char *expected)
{
    struct cw_buf out;
    cw_buf_init(&out, TEXT_MOST);
    struct cw_log_stats stats = read_cbs(log, how, &out);
    put_stats(&out, &stats);
    assert_string_equal(out.data, expected);
    cw_buf_done(&out);
}

/* Only the records that hold a literal. */
static void view_found(struct cw_buf *out, const struct cw_event *event)
{
    if (event->literal_count)
        view_record(out, event);
}

/* Each line of `part` is a line of `whole`, in the same order. */
static void assert_part_of(struct cw_str part, struct cw_str whole)
{
    while (part.len > 0) {
        size_t end = cw_str_find_char(part, '\n') + 1;
        size_t at = cw_str_find(whole, cw_str_head(part, end));
        if (at == SIZE_MAX)
            fail_msg("not among all records: %.*s", (int)end, part.ptr);
        whole = cw_str_from(whole, at + end);
        part = cw_str_from(part, end);
    }
}

static void assert_same_when(struct cw_str log, bool only_literals, struct cw_buf *out)
{
    struct cbs_reading how = {.view = view_record, .only_literals = only_literals};
    struct cw_log_stats stats = read_cbs(log, &how, out);
    size_t records = out->len;
    put_stats(out, &stats);
    for (how.piece = 1; how.piece <= READ_SIZES; how.piece++)
        assert_reads_as(log, &how, out->data);
    for (how.block_lines = 1; how.block_lines <= BLOCKS_OF_MOST; how.block_lines++)
        assert_reads_as(log, &how, out->data);
    out->len = records;
}

/* No record with a literal is missing among those that are asked for by one. */
static void assert_none_missed(struct cw_str log)
{
    struct cbs_reading all = {.view = view_found};
    struct cbs_reading some = {.view = view_found, .only_literals = true};
    struct cw_buf expected;
    struct cw_buf got;
    cw_buf_init(&expected, TEXT_MOST);
    cw_buf_init(&got, TEXT_MOST);
    (void)read_cbs(log, &all, &expected);
    (void)read_cbs(log, &some, &got);
    assert_true(cw_str_eq(cw_buf_str(&got), cw_buf_str(&expected)));
    cw_buf_done(&got);
    cw_buf_done(&expected);
}

void assert_same_however_read(struct cw_str log)
{
    struct cw_buf all;
    struct cw_buf some;
    cw_buf_init(&all, TEXT_MOST);
    cw_buf_init(&some, TEXT_MOST);
    assert_same_when(log, false, &all);
    assert_same_when(log, true, &some);
    assert_part_of(cw_buf_str(&some), cw_buf_str(&all));
    assert_none_missed(log);
    cw_buf_done(&some);
    cw_buf_done(&all);
}
