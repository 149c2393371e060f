/* Any bytes as a setupapi.dev.log. The first byte says how many the source gives at a time; the
 * rest is the log. */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "input/source.h"
#include "logs/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct last_seen {
    uint64_t line, offset;
    uint64_t sum; /* so that every byte of an event is read */
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void touch(struct last_seen *last, struct cw_str text)
{
    demand(text.len == 0 || text.ptr);
    for (size_t i = 0; i < text.len; i++)
        last->sum += (unsigned char)text.ptr[i];
}

static int check_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct last_seen *last = context;
    (void)error;
    demand(event->line >= last->line && event->last_line >= event->line);
    demand(event->offset >= last->offset);
    demand(event->scope.depth <= CW_LIMIT_DEPTH && event->text.len <= CW_LIMIT_RECORD);
    demand(event->kind != CW_EVENT_OPEN || event->name.len <= event->text.len);
    const struct cw_str texts[] = {event->component,     event->text,         event->name,
                                   event->value,         event->code_written, event->scope.title,
                                   event->scope.instance};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        touch(last, texts[i]);
    for (size_t i = 0; i < event->scope.depth; i++) {
        touch(last, event->scope.operations[i].name);
        touch(last, event->scope.operations[i].argument);
    }
    last->line = event->line;
    last->offset = event->offset;
    return 0;
}

static void feed_all(struct cw_line_reader *reader, struct cw_log_parser *parser)
{
    struct cw_block block;
    struct cw_log_stats stats;
    int status;
    while ((status = cw_line_reader_next(reader, &block, NULL)) > 0)
        demand(cw_format_setupapi.feed(parser, &block, NULL) == 0);
    demand(status == 0 && cw_format_setupapi.finish(parser, NULL) == 0);
    cw_format_setupapi.stats(parser, &stats);
    demand(stats.unrecognized <= stats.lines && stats.unclosed_sections <= stats.sections);
}

static void parse(struct cw_source *source)
{
    struct last_seen last = {0};
    struct cw_event_sink sink = {check_event, &last};
    struct cw_line_reader *reader = NULL;
    struct cw_log_parser *parser = NULL;
    struct cw_str head;
    demand(cw_line_reader_new(source, NULL, &reader, NULL) == 0);
    demand(cw_line_reader_peek(reader, 4096, &head, NULL) == 0);
    (void)cw_format_setupapi.bid(head);
    demand(cw_format_setupapi.parser_new(sink, true, head, &parser, NULL) == 0);
    feed_all(reader, parser);
    cw_format_setupapi.parser_free(parser);
    cw_line_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_source *source = NULL;
    if (size < 1)
        return 0;
    struct cw_str log = {(const char *)bytes + 1, size - 1};
    demand(cw_source_memory("fuzz", log, bytes[0], &source, NULL) == 0);
    parse(source);
    cw_source_close(source);
    return 0;
}
