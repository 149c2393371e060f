#include "input/evtx.h"

#include <assert.h>
#include <stdlib.h>

#include "base/limits.h"
#include "input/binxml.h"
#include "input/binxml_value.h"

enum {
    HEADER = 4096,
    CHUNK = 64 * 1024,
    CHUNK_HEADER = 512,
    FREE_OFFSET = 48, /* in a chunk, where it says how far it is in use */
    RECORD_HEADER = 24,
    RECORD_LEAST = RECORD_HEADER + 4,
    /* Work and text for one chunk: real ones have some 20,000 tokens and make 500 KiB. */
    STEPS = 128 * 1024,
    TEXT = 4 * 1024 * 1024
};

static_assert((int)CHUNK == (int)CW_LIMIT_LINE, "same size");

static const struct cw_str file_magic = {"ElfFile\0", 8};
static const struct cw_str chunk_magic = {"ElfChnk\0", 8};
static const struct cw_str record_magic = {"**\0\0", 4};

struct evtx {
    struct cw_source *inner;
    bool started;
    size_t len, at, end; /* of the chunk: bytes there are, next record, end of the records */
    size_t steps, text_left;
    uint64_t damages;
    struct cw_buf text; /* of one event ... */
    size_t taken;       /* ... of which so much was delivered */
    char chunk[CHUNK];
};

bool cw_evtx_recognise(struct cw_str head)
{
    return cw_str_starts(head, file_magic);
}

/* As many bytes as there are, up to `size`; what was read before a failure counts first. */
static int64_t read_whole(struct evtx *evtx, size_t size, struct cw_error *error)
{
    evtx->len = 0;
    while (evtx->len < size) {
        int64_t got = cw_source_read(evtx->inner, evtx->chunk + evtx->len, size - evtx->len, error);
        if (got < 0 && evtx->len == 0)
            return got;
        if (got <= 0)
            break;
        evtx->len += (size_t)got;
    }
    return (int64_t)evtx->len;
}

static bool is_unused(struct cw_str chunk)
{
    for (size_t i = 0; i < chunk.len; i++) {
        if (chunk.ptr[i])
            return false;
    }
    return true;
}

/* Sets where its records are. What lies behind the free offset was overwritten. */
static void begin_chunk(struct evtx *evtx)
{
    struct cw_str chunk = {evtx->chunk, evtx->len};
    evtx->at = evtx->end = 0;
    if (!cw_str_starts(chunk, chunk_magic) || chunk.len < CHUNK_HEADER) {
        evtx->damages += !is_unused(chunk);
        return;
    }
    uint64_t end = cw_binxml_number(cw_str_from(chunk, FREE_OFFSET), 4);
    bool told = end >= CHUNK_HEADER && end <= CHUNK;
    evtx->at = CHUNK_HEADER;
    evtx->end = told && end < chunk.len ? (size_t)end : chunk.len;
    evtx->damages += chunk.len < (told ? end : CHUNK);
    evtx->steps = STEPS;
    evtx->text_left = TEXT;
}

/* 1 and a chunk, 0 at the end, negative on failure. */
static int next_chunk(struct evtx *evtx, struct cw_error *error)
{
    int64_t got = evtx->started ? 1 : read_whole(evtx, HEADER, error);
    evtx->started = true;
    if (got > 0)
        got = read_whole(evtx, CHUNK, error);
    if (got > 0)
        begin_chunk(evtx);
    return got < 0 ? (int)got : got > 0;
}

/* The next record's place, or false at the end of the chunk. */
static bool next_record(struct evtx *evtx, size_t *ret_at, size_t *ret_end)
{
    struct cw_str rest = {evtx->chunk + evtx->at, evtx->end - evtx->at};
    if (rest.len < RECORD_LEAST || !cw_str_starts(rest, record_magic)) {
        evtx->damages += rest.len > 0 && !is_unused(rest);
        evtx->at = evtx->end;
        return false;
    }
    uint64_t size = cw_binxml_number(cw_str_from(rest, record_magic.len), 4);
    if (size < RECORD_LEAST || size > rest.len) {
        evtx->damages++;
        evtx->at = evtx->end;
        return false;
    }
    *ret_at = evtx->at + RECORD_HEADER;
    *ret_end = evtx->at + (size_t)size - 4;
    evtx->at += (size_t)size;
    return true;
}

static void make_text(struct evtx *evtx, size_t at, size_t end)
{
    struct cw_str chunk = {evtx->chunk, evtx->len};
    evtx->taken = 0;
    cw_buf_clear(&evtx->text);
    bool whole = evtx->text_left > 0 && cw_binxml_text(chunk, at, end, &evtx->steps, &evtx->text);
    evtx->damages += !whole;
    size_t len = evtx->text.len;
    evtx->text_left -= len < evtx->text_left ? len : evtx->text_left;
    if (len > 0 && !cw_buf_char(&evtx->text, '\n'))
        evtx->text.data[len - 1] = '\n';
}

static int64_t read_events(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct evtx *evtx = context;
    while (evtx->taken == evtx->text.len) {
        size_t at;
        size_t end;
        if (next_record(evtx, &at, &end)) {
            make_text(evtx, at, end);
            continue;
        }
        int more = next_chunk(evtx, error);
        if (more <= 0)
            return more;
    }
    struct cw_str rest = cw_str_from(cw_buf_str(&evtx->text), evtx->taken);
    size_t count = rest.len < size ? rest.len : size;
    if (count)
        memcpy(bytes, rest.ptr, count);
    evtx->taken += count;
    return (int64_t)count;
}

static void close_events(void *context)
{
    struct evtx *evtx = context;
    cw_buf_done(&evtx->text);
    free(evtx);
}

static const struct cw_source_kind evtx_kind = {read_events, NULL, NULL, close_events};

int cw_source_evtx(struct cw_source *inner, struct cw_source **ret_source, struct cw_error *error)
{
    struct evtx *evtx = calloc(1, sizeof(*evtx));
    if (!evtx)
        return cw_fail_nomem(error);
    evtx->inner = inner;
    /* All the memory it may need, now: what is refused later is too long. */
    cw_buf_init(&evtx->text, CW_LIMIT_LINE);
    bool done = cw_buf_append(&evtx->text, (struct cw_str){evtx->chunk, CHUNK});
    cw_buf_clear(&evtx->text);
    int status = done ? cw_source_custom(cw_source_name(inner), &evtx_kind, evtx, ret_source, error)
                      : cw_fail_nomem(error);
    if (status < 0)
        close_events(evtx);
    return status;
}

uint64_t cw_evtx_damages(const struct cw_source *source)
{
    const struct evtx *evtx = cw_source_context(source, &evtx_kind);
    return evtx ? evtx->damages : 0;
}
