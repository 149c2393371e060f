/* Any bytes as a setupapi.log of Windows XP. The first byte says how many the source gives at a
 * time; the rest is the log. */
#include "base/limits.h"
#include "fuzz/fuzz_format.h"

struct state {
    bool in_section;
    uint64_t line;
};

/* A section ends at the entry that decided it, which may lie before its last line. */
static int check_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct state *state = context;
    bool ends = event->kind == CW_EVENT_SECTION_END;
    (void)error;
    demand(event->last_line >= event->line && (ends || event->line > state->line));
    demand(event->text.len == 0 || event->text.ptr);
    demand(event->text.len <= CW_LIMIT_RECORD && event->value.len <= event->text.len);
    demand(event->code_written.len <= event->text.len);
    demand(event->scope.depth == 0 && (!ends || state->in_section));
    demand(event->kind != CW_EVENT_SECTION_START || !state->in_section);
    state->in_section = !ends && event->scope.in_section;
    state->line = ends ? state->line : event->last_line;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct state state = {0};
    struct cw_event_sink sink = {check_event, &state};
    if (size < 1)
        return 0;
    struct cw_str log = {(const char *)bytes + 1, size - 1};
    (void)fuzz_format(&cw_format_setupapi_xp, log, bytes[0], true, sink);
    demand(!state.in_section);
    return 0;
}
