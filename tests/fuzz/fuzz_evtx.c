/* Any bytes as an event log: lines of text come out, whatever the read size, and not without end.
 * The first byte says how many bytes are read at a time. */
#include "base/buf.h"
#include "fuzz/fuzzing.h"
#include "input/evtx.h"

enum { TEXT_MOST = 64 * 1024 * 1024 };

static void read_log(struct cw_str log, size_t piece, struct cw_buf *out)
{
    struct cw_source *inner = NULL;
    struct cw_source *events = NULL;
    char text[4096];
    cw_buf_init(out, TEXT_MOST);
    demand(cw_source_memory("fuzz", log, piece, &inner, NULL) == 0);
    demand(cw_source_evtx(inner, &events, NULL) == 0);
    int64_t got;
    while ((got = cw_source_read(events, text, sizeof(text), NULL)) > 0)
        demand(cw_buf_append(out, (struct cw_str){text, (size_t)got}));
    demand(got == 0);
    cw_source_close(events);
    cw_source_close(inner);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_buf once;
    struct cw_buf again;
    if (size < 1)
        return 0;
    struct cw_str log = {(const char *)bytes + 1, size - 1};
    read_log(log, 0, &once);
    read_log(log, bytes[0], &again);
    demand(cw_str_eq(cw_buf_str(&once), cw_buf_str(&again)));
    demand(once.len == 0 || once.data[once.len - 1] == '\n');
    cw_buf_done(&once);
    cw_buf_done(&again);
    return 0;
}
