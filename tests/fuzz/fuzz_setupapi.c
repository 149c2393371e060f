/* Any bytes as a setupapi.dev.log. The first byte says how many the source gives at a time; the
 * rest is the log. */
#include "base/limits.h"
#include "fuzz/fuzz_format.h"

struct last_seen {
    uint64_t line, offset;
    uint64_t sum; /* so that every byte of an event is read */
};

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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct last_seen last = {0};
    struct cw_event_sink sink = {check_event, &last};
    if (size < 1)
        return 0;
    struct cw_str log = {(const char *)bytes + 1, size - 1};
    struct cw_log_stats stats = fuzz_format(&cw_format_setupapi, log, bytes[0], true, sink);
    demand(stats.unclosed_sections <= stats.sections);
    return 0;
}
