/* Any bytes as one of the logs that are records without a tree. The first byte says how many the
 * source gives at a time, the second which log it is; the rest is the log. */
#include "fuzz/fuzz_format.h"

static const struct cw_format *const formats[] = {
    &cw_format_dism,           &cw_format_checksur, &cw_format_events,
    &cw_format_windows_update, &cw_format_poqexec,  &cw_format_setupact,
};
enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static int check_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    uint64_t *last_line = context;
    (void)error;
    demand(event->line > *last_line && event->last_line >= event->line);
    demand(event->text.len == 0 || event->text.ptr);
    demand(event->value.len == 0 || event->name.len);
    *last_line = event->last_line;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    uint64_t last_line = 0;
    struct cw_event_sink sink = {check_event, &last_line};
    if (size < 2)
        return 0;
    struct cw_str log = {(const char *)bytes + 2, size - 2};
    (void)fuzz_format(formats[bytes[1] % FORMATS], log, bytes[0], true, sink);
    return 0;
}
