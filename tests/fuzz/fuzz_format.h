/* A parser under fuzzing: bytes in pieces through a line reader, events to a check. */
#ifndef CW_TESTS_FUZZ_FORMAT_H
#define CW_TESTS_FUZZ_FORMAT_H

#include "fuzz/fuzzing.h"
#include "logs/format.h"

/* Feeds `log`, read `piece` bytes at a time (0 = all), and returns what the parser counted. */
static struct cw_log_stats fuzz_format(const struct cw_format *format, struct cw_str log,
                                       size_t piece, bool every_event, struct cw_event_sink sink)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *reader = NULL;
    struct cw_parser parser;
    struct cw_log_stats stats;
    struct cw_str head;
    demand(cw_source_memory("fuzz", log, piece, &source, NULL) == 0);
    demand(cw_line_reader_new(source, NULL, &reader, NULL) == 0);
    demand(cw_line_reader_peek(reader, 4096, &head, NULL) == 0);
    (void)format->bid(head);
    demand(cw_parser_init(&parser, format, sink, every_event, head, NULL) == 0);
    demand(cw_parser_feed_all(&parser, reader, 0, NULL) == 0);
    demand(cw_parser_finish(&parser, NULL) == 0);
    cw_parser_stats(&parser, &stats);
    demand(stats.unrecognized <= stats.lines);
    cw_parser_done(&parser);
    cw_line_reader_free(reader);
    cw_source_close(source);
    return stats;
}

#endif
