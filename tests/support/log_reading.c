#include "support/log_reading.h"

#include <stdlib.h>

/* The next lines, from `at`; returns where the next one begins. */
static size_t feed_lines(struct cw_parser *parser, const struct log_reading *how, struct cw_str log,
                         size_t at, uint64_t *number)
{
    uint32_t start[BLOCK_LINES_MOST + 1] = {0};
    size_t lines = 0;
    size_t end = at;
    while (lines < how->block_lines && end < log.len) {
        size_t newline = cw_str_find_char(cw_str_from(log, end), '\n');
        end = newline == SIZE_MAX ? log.len : end + newline + 1;
        start[++lines] = (uint32_t)(end - at);
    }
    struct cw_hits hits = {0};
    char *copy = malloc(end - at);
    assert_non_null(copy);
    memcpy(copy, log.ptr + at, end - at);
    if (how->filter)
        assert_int_equal(cw_filter_scan(how->filter, (struct cw_str){copy, end - at}, &hits),
                         CW_OK);
    struct cw_block block = {copy,       end - at, start, lines, hits.items,
                             hits.count, *number,  at,    '\n'};
    assert_int_equal(cw_parser_feed(parser, &block, NULL), CW_OK);
    cw_hits_done(&hits);
    free(copy);
    *number += lines;
    return end;
}

static void feed_blocks(struct cw_parser *parser, const struct log_reading *how, struct cw_str log)
{
    uint64_t number = 1;
    size_t at = cw_str_starts(log, CW_STR("\xEF\xBB\xBF")) ? 3 : 0;
    assert_true(how->block_lines <= BLOCK_LINES_MOST);
    while (at < log.len)
        at = feed_lines(parser, how, log, at, &number);
}

static void feed_source(struct cw_parser *parser, const struct log_reading *how, struct cw_str log)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *reader = NULL;
    assert_int_equal(cw_source_memory("log", log, how->piece, &source, NULL), CW_OK);
    assert_int_equal(cw_line_reader_new(source, how->filter, &reader, NULL), CW_OK);
    assert_int_equal(cw_parser_feed_all(parser, reader, 0, NULL), CW_OK);
    cw_line_reader_free(reader);
    cw_source_close(source);
}

struct cw_log_stats read_log(struct cw_str log, const struct log_reading *how,
                             struct cw_event_sink sink)
{
    struct cw_parser parser;
    struct cw_log_stats stats;
    assert_int_equal(cw_parser_init(&parser, how->format, sink, !how->only_literals, log, NULL),
                     CW_OK);
    if (how->block_lines)
        feed_blocks(&parser, how, log);
    else
        feed_source(&parser, how, log);
    assert_int_equal(cw_parser_finish(&parser, NULL), CW_OK);
    cw_parser_stats(&parser, &stats);
    cw_parser_done(&parser);
    return stats;
}
