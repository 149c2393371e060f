/* Any bytes as an archive, opened and read to the end under small limits. The first byte says how
 * many the source gives at a time, or, when it is odd, that it can be read only once. */
#include "fuzz/fuzzing.h"
#include "input/unpack.h"

enum { MEMBERS_MOST = 64, BYTES_MOST = 1024 * 1024 };

struct seen {
    uint64_t members, bytes;
};

static int on_member(void *context, struct cw_source *source, const struct cw_member_place *place,
                     struct cw_error *error)
{
    struct seen *seen = context;
    char bytes[1000];
    int64_t got;
    demand(place->depth > 0 && place->depth <= CW_LIMIT_ARCHIVE_DEPTH);
    while ((got = cw_source_read(source, bytes, sizeof(bytes), error)) > 0)
        seen->bytes += (uint64_t)got;
    seen->members++;
    return CW_OK;
}

static int on_not_read(void *context, const char *path, const char *reason, struct cw_error *error)
{
    (void)context;
    (void)error;
    demand(path[0] != '\0' && reason[0] != '\0');
    return CW_OK;
}

static int on_outside(void *context, const char *path, struct cw_error *error)
{
    return on_not_read(context, path, "outside", error);
}

static int64_t once_read(void *context, char *bytes, size_t size, struct cw_error *error)
{
    return cw_source_read(context, bytes, size, error);
}

static void once_close(void *context)
{
    cw_source_close(context);
}

static const struct cw_source_kind once_kind = {.read = once_read, .close = once_close};

static void unpack(struct cw_source *source)
{
    struct seen seen = {0};
    struct cw_unpack_sink sink = {on_member, on_not_read, on_outside, &seen};
    const struct cw_archive_budget budget = {.members = MEMBERS_MOST,
                                             .bytes = BYTES_MOST,
                                             .held = 65536,
                                             .ratio = 20,
                                             .ratio_free = 4096};
    demand(cw_unpack(source, budget, &sink, NULL) == CW_OK);
    demand(seen.members <= MEMBERS_MOST && seen.bytes <= BYTES_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_source *source = NULL;
    struct cw_source *once = NULL;
    if (size < 1)
        return 0;
    struct cw_str archive = {(const char *)bytes + 1, size - 1};
    demand(cw_source_memory("fuzz", archive, bytes[0], &source, NULL) == 0);
    if (bytes[0] & 1) {
        demand(cw_source_custom("fuzz", &once_kind, source, &once, NULL) == 0);
        source = once;
    }
    unpack(source);
    cw_source_close(source);
    return 0;
}
