/* Any bytes as a CBS.log. The first byte says how many the source gives at a time, the second
 * whether every event is asked for; the rest is the log. */
#include <stdint.h>
#include <stdlib.h>

#include "input/source.h"
#include "logs/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct last_seen {
    uint64_t line;
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static int check_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct last_seen *last = context;
    (void)error;
    demand(event->line > last->line && event->last_line >= event->line);
    demand(event->text.len == 0 || event->text.ptr);
    last->line = event->last_line;
    return 0;
}

static void feed_all(struct cw_line_reader *reader, struct cw_log_parser *parser)
{
    struct cw_block block;
    struct cw_log_stats stats;
    int status;
    while ((status = cw_line_reader_next(reader, &block, NULL)) > 0)
        demand(cw_format_cbs.feed(parser, &block, NULL) == 0);
    demand(status == 0 && cw_format_cbs.finish(parser, NULL) == 0);
    cw_format_cbs.stats(parser, &stats);
    demand(stats.unrecognized <= stats.lines);
}

static void parse(struct cw_source *source, bool every_event)
{
    struct last_seen last = {0};
    struct cw_event_sink sink = {check_event, &last};
    struct cw_line_reader *reader = NULL;
    struct cw_log_parser *parser = NULL;
    struct cw_str head;
    demand(cw_line_reader_new(source, NULL, &reader, NULL) == 0);
    demand(cw_line_reader_peek(reader, 4096, &head, NULL) == 0);
    (void)cw_format_cbs.bid(head);
    demand(cw_format_cbs.parser_new(sink, every_event, head, &parser, NULL) == 0);
    feed_all(reader, parser);
    cw_format_cbs.parser_free(parser);
    cw_line_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_source *source = NULL;
    if (size < 2)
        return 0;
    struct cw_str log = {(const char *)bytes + 2, size - 2};
    demand(cw_source_memory("fuzz", log, bytes[0], &source, NULL) == 0);
    parse(source, bytes[1] & 1);
    cw_source_close(source);
    return 0;
}
