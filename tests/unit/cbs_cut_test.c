/* Windows cuts a record after 2,048 bytes of payload and goes on in a line with a head of its own,
 * but without a sequence number. */
#include "support/test.h"

#include "base/limits.h"
#include "support/cbs_events.h"

enum { CUT = 2048, LOG_MOST = 4 * 1024 * 1024 };

#define T "2022-11-03 21:40:09"

struct cut_log {
    struct cw_buf log;
    struct cw_buf text; /* that the record must have */
};

/* Appends the columns of a CSI record. */
static void put_head(struct cut_log *cut)
{
    (void)cw_buf_append(&cut->log, CW_STR(CSI(T, "")));
}

/* Appends `size` bytes of payload: lines with `line_end` between them, then digits. */
static void put_payload(struct cut_log *cut, struct cw_str begin, size_t inner_lines,
                        const char *line_end, size_t size)
{
    size_t at = begin.len;
    (void)cw_buf_append(&cut->log, begin);
    if (cw_str_ends(begin, CW_STR(" ")))
        begin = CW_STR_NONE;
    (void)cw_buf_append(&cut->text, begin);
    for (size_t i = 0; i < inner_lines; i++) {
        (void)cw_buf_printf(&cut->log, "%s  (%d)", line_end, (int)(i % 10));
        (void)cw_buf_printf(&cut->text, "/  (%d)", (int)(i % 10));
        at += 5 + strlen(line_end);
    }
    for (; at < size; at++) {
        (void)cw_buf_char(&cut->log, (char)('0' + at % 10));
        (void)cw_buf_char(&cut->text, (char)('0' + at % 10));
    }
}

static void put_line(struct cut_log *cut, const char *line_end)
{
    (void)cw_buf_append(&cut->log, cw_str_c(line_end));
}

static struct cut_log new_cut_log(void)
{
    struct cut_log cut;
    cw_buf_init(&cut.log, LOG_MOST);
    cw_buf_init(&cut.text, LOG_MOST);
    return cut;
}

static void free_cut_log(struct cut_log *cut)
{
    cw_buf_done(&cut->log);
    cw_buf_done(&cut->text);
}

/* Texts of the log's records, one a line. */
static void view_texts(struct cw_buf *out, const struct cw_event *event)
{
    struct cw_buf columns;
    cw_buf_init(&columns, LOG_MOST);
    view_columns(&columns, event);
    struct cw_str text = cw_buf_str(&columns);
    (void)cw_buf_append(out, cw_str_from(text, cw_str_find_last_char(text, '|') + 1));
    cw_buf_done(&columns);
}

static void assert_joined(struct cut_log *cut, size_t records)
{
    struct cw_buf out;
    struct cbs_reading how = {.view = view_texts};
    cw_buf_init(&out, LOG_MOST);
    struct cw_log_stats stats = read_cbs(cw_buf_str(&cut->log), &how, &out);
    (void)cw_buf_char(&cut->text, '\n');
    assert_int_equal(stats.records, records);
    assert_string_equal(out.data, cut->text.data);
    assert_same_however_read(cw_buf_str(&cut->log));
    cw_buf_done(&out);
    free_cut_log(cut);
}

static void a_record_cut_at_2048_bytes_is_joined_again(void **state)
{
    (void)state;
    static const char *const line_ends[] = {"\r\n", "\n"};
    for (size_t i = 0; i < 2; i++) {
        struct cut_log cut = new_cut_log();
        put_head(&cut);
        put_payload(&cut, CW_STR("0000000e "), 0, "", CUT);
        put_line(&cut, line_ends[i]);
        put_head(&cut);
        put_payload(&cut, CW_STR("4eac12122ada0')"), 0, "", 0);
        put_line(&cut, line_ends[i]);
        assert_joined(&cut, 1);
    }
}

static void pieces_form_a_chain_of_any_length(void **state)
{
    (void)state;
    struct cut_log cut = new_cut_log();
    put_head(&cut);
    put_payload(&cut, CW_STR("0000000e "), 0, "", CUT);
    for (int piece = 0; piece < 18; piece++) {
        put_line(&cut, "\r\n");
        put_head(&cut);
        put_payload(&cut, CW_STR_NONE, piece % 3 ? 0 : 4, "\n", piece < 17 ? CUT : 99);
    }
    put_line(&cut, "\r\n");
    assert_joined(&cut, 1);
}

static void inner_lines_are_counted_whatever_their_ends_became(void **state)
{
    (void)state;
    /* As Windows wrote them, and with each inner line end turned into the other form. */
    static const struct {
        const char *wrote, *now;
        size_t inner_lines;
    } cases[] = {{"\n", "\n", 60}, {"\r\n", "\r\n", 60}, {"\r\n", "\n", 60}, {"\n", "\r\n", 60}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cut_log cut = new_cut_log();
        size_t lines = cases[i].inner_lines;
        size_t size = CUT - lines * strlen(cases[i].wrote) + lines * strlen(cases[i].now);
        put_head(&cut);
        put_payload(&cut, CW_STR("0000000e "), lines, cases[i].now, size);
        put_line(&cut, "\r\n");
        put_head(&cut);
        put_payload(&cut, CW_STR("the rest"), 0, "", 0);
        assert_joined(&cut, 1);
    }
}

static void what_was_not_cut_is_not_joined(void **state)
{
    (void)state;
    static const struct {
        size_t size;
        const char *next;
    } cases[] = {
        {CUT - 1, CSI(T, "no number\n")},
        {CUT + 1, CSI(T, "no number\n")},
        {CUT, CSI(T, "0000000f the next record\n")},
        {CUT, CBS(T, "another component\n")},
        {CUT, CSI("2022-11-03 21:40:10", "another second\n")},
        {CUT - 70, CSI(T, "no number\n")},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cut_log cut = new_cut_log();
        put_head(&cut);
        put_payload(&cut, CW_STR("0000000e "), 0, "", cases[i].size);
        put_line(&cut, "\r\n");
        (void)cw_buf_append(&cut.log, cw_str_c(cases[i].next));
        assert_int_equal(cbs_stats_of(cut.log.data).records, 2);
        assert_same_however_read(cw_buf_str(&cut.log));
        free_cut_log(&cut);
    }
}

static void the_pieces_before_do_not_blur_the_measure_of_the_last(void **state)
{
    (void)state;
    struct cut_log cut = new_cut_log();
    put_head(&cut);
    put_payload(&cut, CW_STR("0000000e "), 30, "\n", CUT);
    put_line(&cut, "\r\n");
    put_head(&cut);
    put_payload(&cut, CW_STR_NONE, 0, "", CUT - 20);
    put_line(&cut, "\r\n");
    (void)cw_buf_append(&cut.log, CW_STR(CSI(T, "not the rest of it\r\n")));
    assert_int_equal(cbs_stats_of(cut.log.data).records, 2);
    assert_same_however_read(cw_buf_str(&cut.log));
    free_cut_log(&cut);
}

static void a_joined_record_is_delivered_although_its_literal_was_cut_in_two(void **state)
{
    (void)state;
    struct cut_log cut = new_cut_log();
    put_head(&cut);
    put_payload(&cut, CW_STR("0000000e "), 0, "", CUT - 9);
    put_payload(&cut, CW_STR("torn-in-t"), 0, "", 0);
    put_line(&cut, "\r\n");
    put_head(&cut);
    put_payload(&cut, CW_STR("he-middle"), 0, "", 0);
    put_line(&cut, "\r\n");
    struct cw_buf out;
    struct cbs_reading how = {.view = view_texts, .only_literals = true};
    cw_buf_init(&out, LOG_MOST);
    (void)read_cbs(cw_buf_str(&cut.log), &how, &out);
    assert_true(cw_str_find(cw_buf_str(&out), CW_STR("torn-in-the-middle")) != SIZE_MAX);
    cw_buf_done(&out);
    assert_joined(&cut, 1);
}

static void a_record_beyond_the_limit_is_incomplete_and_counted(void **state)
{
    (void)state;
    struct cw_buf log;
    cw_buf_init(&log, LOG_MOST);
    (void)cw_buf_append(&log, CW_STR(CBS(T, "Long.\n")));
    while (log.len < CW_LIMIT_RECORD + 4096)
        (void)cw_buf_append(&log, CW_STR("  one of very many lines\n"));
    (void)cw_buf_append(&log, CW_STR(CBS(T, "Short.\n")));
    struct cw_buf out;
    struct cbs_reading how = {.view = view_lines, .block_lines = 12};
    cw_buf_init(&out, LOG_MOST);
    struct cw_log_stats stats = read_cbs(cw_buf_str(&log), &how, &out);
    assert_int_equal(stats.cut_records, 1);
    assert_int_equal(stats.records, 2);
    assert_non_null(strstr(out.data, " kind=record incomplete\n"));
    assert_true(cw_str_ends(cw_buf_str(&out), CW_STR(" kind=record\n")));
    cw_buf_done(&out);
    cw_buf_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_cut_at_2048_bytes_is_joined_again),
        cmocka_unit_test(pieces_form_a_chain_of_any_length),
        cmocka_unit_test(inner_lines_are_counted_whatever_their_ends_became),
        cmocka_unit_test(what_was_not_cut_is_not_joined),
        cmocka_unit_test(the_pieces_before_do_not_blur_the_measure_of_the_last),
        cmocka_unit_test(a_joined_record_is_delivered_although_its_literal_was_cut_in_two),
        cmocka_unit_test(a_record_beyond_the_limit_is_incomplete_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
