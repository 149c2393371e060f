#include "support/test.h"

#include "base/buf.h"
#include "support/plain_lines.h"
#include "support/random.h"

enum { LOG_MOST = 16 * 1024 * 1024 };

struct reading {
    struct cw_source *source;
    struct cw_line_reader *reader;
};

static struct reading open_log(struct cw_str bytes, size_t piece, const struct cw_filter *filter)
{
    struct reading log = {0};
    assert_int_equal(cw_source_memory("log", bytes, piece, &log.source, NULL), CW_OK);
    assert_int_equal(cw_line_reader_new(log.source, filter, &log.reader, NULL), CW_OK);
    return log;
}

static void close_log(struct reading *log)
{
    cw_line_reader_free(log->reader);
    cw_source_close(log->source);
}

/* All lines as "1:text|2:text|". */
static void put_lines(struct cw_buf *out, struct cw_str bytes, size_t piece)
{
    struct reading log = open_log(bytes, piece, NULL);
    struct cw_block block;
    int status;
    while ((status = cw_line_reader_next(log.reader, &block, NULL)) > 0) {
        for (size_t i = 0; i < block.line_count; i++) {
            (void)cw_buf_printf(out, "%u:", (unsigned)(block.first_line + i));
            (void)cw_buf_append(out, cw_block_line(&block, i));
            (void)cw_buf_char(out, '|');
        }
    }
    assert_int_equal(status, 0);
    assert_int_equal(cw_line_reader_next(log.reader, &block, NULL), 0);
    assert_false(out->failed);
    close_log(&log);
}

static void assert_as_plain(struct cw_str bytes, size_t piece)
{
    const char *difference = compare_lines(bytes, piece);
    if (difference)
        fail_msg("%zu bytes in pieces of %zu: %s", bytes.len, piece, difference);
}

struct lines_case {
    const char *bytes;
    const char *lines;
};

/* What a reader makes of small logs, whatever the size of the pieces in which they come. */
static void lines_are_the_same_in_pieces_of_any_size(void **state)
{
    (void)state;
    static const struct lines_case cases[] = {
        {"", ""},
        {"\n", "1:|"},
        {"\r\n", "1:|"},
        {"one", "1:one|"},
        {"one\n", "1:one|"},
        {"one\r\n", "1:one|"},
        {"one\ntwo", "1:one|2:two|"},
        {"one\r\ntwo\r\n", "1:one|2:two|"},
        {"one\r\ntwo\nthree\r\n", "1:one|2:two|3:three|"},
        {"\n\none\n\n", "1:|2:|3:one|4:|"},
        {"\r\n\r\none\r\n", "1:|2:|3:one|"},
        {"one\rtwo\rthree", "1:one|2:two|3:three|"},
        {"one\r", "1:one|"},
        {"\r\r", "1:|2:|"},
        {"o\rne\ntwo\r\r\n", "1:o\rne|2:two\r|"},
        {"one\ntwo\r", "1:one|2:two|"},
        {"\xEF\xBB\xBFone\ntwo", "1:one|2:two|"},
        {"\xEF\xBB\xBF", ""},
        {"\xEF\xBB\xBF\n", "1:|"},
        {"\xEF\xBBone\n", "1:\xEF\xBBone|"},
        {"one\n\xEF\xBB\xBFtwo\n", "1:one|2:\xEF\xBB\xBFtwo|"},
        {"a line that is longer than any of the others, so long that no piece of seventy has "
         "it\r\nand one\r\n",
         "1:a line that is longer than any of the others, so long that no piece of seventy has "
         "it|2:and one|"},
    };
    struct cw_buf out;
    cw_buf_init(&out, 1024);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (size_t piece = 0; piece <= 70; piece++) {
            cw_buf_clear(&out);
            put_lines(&out, cw_str_c(cases[i].bytes), piece);
            assert_str(cw_buf_str(&out), cases[i].lines);
            assert_as_plain(cw_str_c(cases[i].bytes), piece);
        }
    }
    cw_buf_done(&out);
}

static void nul_bytes_stay_in_the_text_and_are_counted(void **state)
{
    (void)state;
    const struct cw_str bytes = CW_STR("a\0b\n\0\0\nc\r\n\0");
    for (size_t piece = 0; piece <= bytes.len; piece++) {
        struct reading log = open_log(bytes, piece, NULL);
        struct cw_block block;
        while (cw_line_reader_next(log.reader, &block, NULL) > 0) {
            if (block.first_line == 1)
                assert_int_equal(cw_block_line(&block, 0).len, 3);
        }
        assert_int_equal(cw_line_reader_nuls(log.reader), 4);
        assert_int_equal(cw_line_reader_bytes(log.reader), bytes.len);
        close_log(&log);
        assert_as_plain(bytes, piece);
    }
}

/* --- long lines ---------------------------------------------------------------------------- */

static const size_t pieces[] = {0, 997, 4096, 65535, 65536, 65537, 1000003};

static void assert_as_plain_in_large_pieces(const struct cw_buf *log)
{
    assert_false(log->failed);
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_as_plain(cw_buf_str(log), pieces[i]);
}

/* Letters that tell a line's beginning from its middle. */
static void put_long(struct cw_buf *log, size_t size)
{
    for (size_t i = 0; i < size; i++)
        (void)cw_buf_char(log, (char)('a' + i % 23));
}

static uint64_t count_cut(struct cw_str bytes, uint64_t *ret_first)
{
    struct reading log = open_log(bytes, 0, NULL);
    struct cw_block block;
    while (cw_line_reader_next(log.reader, &block, NULL) > 0)
        assert_in_range(block.line_count, 1, bytes.len);
    uint64_t cut = cw_line_reader_cut(log.reader, ret_first);
    close_log(&log);
    return cut;
}

static void a_line_is_cut_when_its_text_is_longer_than_the_limit(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", ""};
    struct cw_buf log;
    cw_buf_init(&log, LOG_MOST);
    for (size_t end = 0; end < sizeof(ends) / sizeof(ends[0]); end++) {
        for (size_t size = CW_LIMIT_LINE - 1; size <= CW_LIMIT_LINE + 3; size++) {
            bool too_long = size > CW_LIMIT_LINE;
            uint64_t first = 99;
            cw_buf_clear(&log);
            (void)cw_buf_append(&log, CW_STR("before\r\n"));
            put_long(&log, size);
            (void)cw_buf_append(&log, cw_str_c(ends[end]));
            if (ends[end][0])
                (void)cw_buf_append(&log, CW_STR("after\r\n"));
            assert_int_equal(count_cut(cw_buf_str(&log), &first), too_long);
            assert_int_equal(first, too_long ? 2 : 0);
            assert_as_plain(cw_buf_str(&log), 1); /* a read ends at every byte of the line end */
            assert_as_plain_in_large_pieces(&log);
        }
    }
    cw_buf_done(&log);
}

static void the_rest_of_a_cut_line_is_skipped_and_what_follows_is_whole(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    struct cw_buf log;
    cw_buf_init(&log, LOG_MOST);
    for (size_t end = 0; end < sizeof(ends) / sizeof(ends[0]); end++) {
        uint64_t first = 0;
        cw_buf_clear(&log);
        for (size_t line = 1; line <= 9; line++) {
            put_long(&log, line % 4 == 3 ? (size_t)3 * 1024 * 1024 / line : line);
            (void)cw_buf_append(&log, cw_str_c(ends[end]));
        }
        put_long(&log, (size_t)3 * 1024 * 1024);
        assert_int_equal(count_cut(cw_buf_str(&log), &first), 3);
        assert_int_equal(first, 3);
        assert_as_plain_in_large_pieces(&log);
    }
    cw_buf_done(&log);
}

static void the_line_behind_a_hole_of_zeros_is_whole(void **state)
{
    static const size_t sizes[] = {CW_LIMIT_LINE, 5 * (size_t)CW_LIMIT_LINE / 2,
                                   (size_t)3 * 1024 * 1024};
    (void)state;
    struct cw_buf log;
    struct cw_buf lines;
    cw_buf_init(&log, LOG_MOST);
    cw_buf_init(&lines, LOG_MOST);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        uint64_t first = 0;
        cw_buf_clear(&log);
        cw_buf_clear(&lines);
        for (size_t part = 0; part < 3; part++) {
            (void)cw_buf_append(&log, CW_STR("before\r\n"));
            for (size_t nul = 0; nul < sizes[i]; nul++)
                (void)cw_buf_char(&log, '\0');
            (void)cw_buf_append(&log, CW_STR("behind\r\n"));
        }
        put_lines(&lines, cw_buf_str(&log), 0);
        assert_string_equal(lines.data, "1:before|2:behind|3:before|4:behind|5:before|6:behind|");
        assert_int_equal(count_cut(cw_buf_str(&log), &first), 0);
        assert_as_plain_in_large_pieces(&log);
    }
    cw_buf_done(&log);
    cw_buf_done(&lines);
}

/* A CR that ends the first look at a log may be the first half of a line end. */
static void a_line_end_over_the_edge_of_the_first_look_is_one_line_end(void **state)
{
    (void)state;
    struct cw_buf log;
    cw_buf_init(&log, LOG_MOST);
    for (size_t size = 64 * 1024 - 3; size <= 64 * 1024 + 1; size++) {
        cw_buf_clear(&log);
        put_long(&log, size);
        (void)cw_buf_append(&log, CW_STR("\r\nsecond\r\nthird\r\n"));
        struct plain_lines lines = plain_lines_begin(cw_buf_str(&log));
        assert_int_equal(lines.newline, '\n');
        assert_as_plain_in_large_pieces(&log);
    }
    cw_buf_done(&log);
}

static void a_log_of_many_blocks_loses_and_doubles_nothing(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct cw_buf log;
    cw_buf_init(&log, LOG_MOST);
    while (log.len < (size_t)5 * 1024 * 1024) {
        uint32_t size = random_below(&seed, 50) ? random_below(&seed, 300)
                                                : random_below(&seed, 2 * CW_LIMIT_LINE);
        put_long(&log, size);
        (void)cw_buf_append(&log, random_below(&seed, 2) ? CW_STR("\n") : CW_STR("\r\n"));
    }
    assert_as_plain_in_large_pieces(&log);
    cw_buf_done(&log);
}

/* --- hits, peek, second look --------------------------------------------------------------- */

/* Where the filter finds something, as "line:literal ". */
static void put_hits(struct cw_buf *out, struct cw_str bytes, size_t piece,
                     const struct cw_filter *filter)
{
    struct reading log = open_log(bytes, piece, filter);
    struct cw_block block;
    while (cw_line_reader_next(log.reader, &block, NULL) > 0) {
        size_t line = 0;
        for (size_t i = 0; i < block.hit_count; i++) {
            while (block.start[line + 1] <= block.hits[i].offset)
                line++;
            (void)cw_buf_printf(out, "%u:%u ", (unsigned)(block.first_line + line),
                                (unsigned)block.hits[i].literal);
        }
    }
    close_log(&log);
}

static void hits_fall_on_their_lines_in_pieces_of_any_size(void **state)
{
    (void)state;
    const struct cw_str literals[] = {CW_STR("rollback"), CW_STR("a rollback was asked for")};
    const struct cw_str bytes =
        CW_STR("\xEF\xBB\xBFrollback\r\nnothing\na rollback was asked for, rollback\r\n"
               "roll\nback\nthe end is a rollback");
    struct cw_filter *filter = NULL;
    struct cw_buf out;
    cw_buf_init(&out, 1024);
    assert_int_equal(cw_filter_new(literals, 2, &filter, NULL), CW_OK);
    for (size_t piece = 0; piece <= bytes.len; piece++) {
        cw_buf_clear(&out);
        put_hits(&out, bytes, piece, filter);
        assert_str(cw_buf_str(&out), "1:0 3:1 3:0 3:0 6:0 ");
    }
    cw_filter_free(filter);
    cw_buf_done(&out);
}

static void the_filter_may_be_changed_after_a_peek(void **state)
{
    (void)state;
    const struct cw_str literals[] = {CW_STR("Section")};
    struct cw_filter *filter = NULL;
    struct cw_str head;
    struct cw_block block;
    assert_int_equal(cw_filter_new(literals, 1, &filter, NULL), CW_OK);
    struct reading log = open_log(CW_STR(">>>  Section start\n"), 0, NULL);
    assert_int_equal(cw_line_reader_peek(log.reader, 9, &head, NULL), CW_OK);
    cw_line_reader_filter(log.reader, filter);
    assert_int_equal(cw_line_reader_next(log.reader, &block, NULL), 1);
    assert_int_equal(block.hit_count, 1);
    assert_int_equal(block.hits[0].offset, 5);
    close_log(&log);
    cw_filter_free(filter);
}

static void a_peek_shows_the_beginning_and_consumes_nothing(void **state)
{
    (void)state;
    const struct cw_str bytes = CW_STR("\xEF\xBB\xBFone\r\ntwo\r\n");
    for (size_t piece = 0; piece <= bytes.len; piece++) {
        struct reading log = open_log(bytes, piece, NULL);
        struct cw_str head;
        struct cw_block block;
        assert_int_equal(cw_line_reader_peek(log.reader, 4, &head, NULL), CW_OK);
        assert_str(head, "one\r");
        assert_int_equal(cw_line_reader_peek(log.reader, 4096, &head, NULL), CW_OK);
        assert_str(head, "one\r\ntwo\r\n");
        assert_int_equal(cw_line_reader_next(log.reader, &block, NULL), 1);
        assert_int_equal(block.first_line, 1);
        assert_int_equal(block.offset, 3);
        assert_str(cw_block_line(&block, 0), "one");
        close_log(&log);
    }
}

static void a_peek_into_nothing_is_empty(void **state)
{
    (void)state;
    struct reading log = open_log(CW_STR_NONE, 0, NULL);
    struct cw_str head = CW_STR("before");
    struct cw_block block;
    assert_int_equal(cw_line_reader_peek(log.reader, 4096, &head, NULL), CW_OK);
    assert_int_equal(head.len, 0);
    assert_int_equal(cw_line_reader_next(log.reader, &block, NULL), 0);
    close_log(&log);
    cw_line_reader_free(NULL);
}

/* The second look reads from an offset of the first one and must meet the same lines. */
static void a_range_from_a_line_on_gives_that_line_and_what_follows(void **state)
{
    (void)state;
    const struct cw_str bytes = CW_STR("first\r\nsecond\nthird\r\n\r\nfifth");
    struct reading log = open_log(bytes, 3, NULL);
    struct cw_block block;
    while (cw_line_reader_next(log.reader, &block, NULL) > 0) {
        for (size_t i = 0; i < block.line_count; i++) {
            struct reading again = {0};
            struct cw_block head;
            uint64_t offset = block.offset + block.start[i];
            assert_int_equal(cw_source_range(log.source, offset, UINT64_MAX, &again.source, NULL),
                             CW_OK);
            assert_int_equal(cw_line_reader_new(again.source, NULL, &again.reader, NULL), CW_OK);
            assert_int_equal(cw_line_reader_next(again.reader, &head, NULL), 1);
            assert_true(cw_str_eq(cw_block_line(&head, 0), cw_block_line(&block, i)));
            close_log(&again);
        }
    }
    close_log(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_the_same_in_pieces_of_any_size),
        cmocka_unit_test(nul_bytes_stay_in_the_text_and_are_counted),
        cmocka_unit_test(a_line_is_cut_when_its_text_is_longer_than_the_limit),
        cmocka_unit_test(the_line_behind_a_hole_of_zeros_is_whole),
        cmocka_unit_test(the_rest_of_a_cut_line_is_skipped_and_what_follows_is_whole),
        cmocka_unit_test(a_line_end_over_the_edge_of_the_first_look_is_one_line_end),
        cmocka_unit_test(a_log_of_many_blocks_loses_and_doubles_nothing),
        cmocka_unit_test(hits_fall_on_their_lines_in_pieces_of_any_size),
        cmocka_unit_test(the_filter_may_be_changed_after_a_peek),
        cmocka_unit_test(a_peek_shows_the_beginning_and_consumes_nothing),
        cmocka_unit_test(a_peek_into_nothing_is_empty),
        cmocka_unit_test(a_range_from_a_line_on_gives_that_line_and_what_follows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
