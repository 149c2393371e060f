/* Any bytes as a CBS.log. The first byte says how many the source gives at a time, the second
 * whether every event is asked for; the rest is the log. */
#include "fuzz/fuzz_format.h"

struct last_seen {
    uint64_t line;
};

static int check_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct last_seen *last = context;
    (void)error;
    demand(event->line > last->line && event->last_line >= event->line);
    demand(event->text.len == 0 || event->text.ptr);
    last->line = event->last_line;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct last_seen last = {0};
    struct cw_event_sink sink = {check_event, &last};
    if (size < 2)
        return 0;
    struct cw_str log = {(const char *)bytes + 2, size - 2};
    (void)fuzz_format(&cw_format_cbs, log, bytes[0], bytes[1] & 1, sink);
    return 0;
}
