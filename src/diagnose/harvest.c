#include "diagnose/harvest.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "logs/identifier_table.h"

enum {
    /* Around a value in a code page, for finding it again when it is decoded. */
    BEFORE = 32,
    AFTER = 2,
    SLOTS = 4 * CW_LIMIT_IDENTIFIERS_UNDECODED /* of the table of hashes, a power of two */
};

struct cw_harvest {
    struct cw_harvest_sink sink;
    struct cw_str text; /* under way */
    struct cw_error failure;
    /* Of the source under way: its columns ... */
    struct cw_identifier_table table;
    uint64_t lines; /* so far */
    /* ... and values in a code page, with what stands around them. */
    struct cw_arena arena;
    struct cw_str *undecoded;
    size_t undecoded_count, undecoded_cap;
    uint64_t *slots; /* hashes of them; 0 = free */
};

int cw_harvest_new(const struct cw_harvest_sink *sink, struct cw_harvest **ret_harvest,
                   struct cw_error *error)
{
    struct cw_harvest *harvest = calloc(1, sizeof(*harvest));
    uint64_t *slots = calloc(SLOTS, sizeof(*slots));
    if (!harvest || !slots) {
        free(harvest);
        free(slots);
        return cw_fail_nomem(error);
    }
    harvest->sink = *sink;
    harvest->slots = slots;
    *ret_harvest = harvest;
    return CW_OK;
}

void cw_harvest_free(struct cw_harvest *harvest)
{
    if (!harvest)
        return;
    cw_arena_done(&harvest->arena);
    free(harvest->slots);
    free(harvest);
}

/* False when it was there already. */
static bool note_hash(struct cw_harvest *harvest, struct cw_str text)
{
    uint64_t hash = cw_hash(CW_HASH_INIT, text) | 1;
    size_t slot = (size_t)(hash % SLOTS);
    while (harvest->slots[slot] && harvest->slots[slot] != hash)
        slot = (slot + 1) % SLOTS;
    bool is_new = harvest->slots[slot] == 0;
    harvest->slots[slot] = hash;
    return is_new;
}

static int fail_full(struct cw_harvest *harvest)
{
    return cw_fail(&harvest->failure, CW_ERR_LIMIT,
                   "the logs hold more names in a code page than can be replaced (%d)",
                   (int)CW_LIMIT_IDENTIFIERS_UNDECODED);
}

static int keep_undecoded(struct cw_harvest *harvest, const struct cw_identifier_span *span)
{
    size_t begin = span->begin > BEFORE ? span->begin - BEFORE : 0;
    struct cw_str text = cw_str_head(cw_str_from(harvest->text, begin), span->end + AFTER - begin);
    void *items = harvest->undecoded;
    struct cw_str copy;
    if (harvest->undecoded_count == CW_LIMIT_IDENTIFIERS_UNDECODED)
        return fail_full(harvest);
    if (!note_hash(harvest, text))
        return CW_OK;
    if (!cw_arena_str(&harvest->arena, text, &copy) ||
        !cw_arena_grow(&harvest->arena, &items, &harvest->undecoded_cap, harvest->undecoded_count,
                       sizeof(copy), CW_LIMIT_IDENTIFIERS_UNDECODED))
        return cw_fail_nomem(&harvest->failure);
    harvest->undecoded = items;
    harvest->undecoded[harvest->undecoded_count++] = copy;
    return CW_OK;
}

static int pass_on(struct cw_harvest *harvest, const struct cw_identifier_span *span)
{
    struct cw_str value = {harvest->text.ptr + span->begin, span->end - span->begin};
    int status = harvest->sink.value(harvest->sink.context, span->kind, value);
    if (status == CW_ERR_LIMIT)
        return cw_fail(&harvest->failure, status,
                       "the logs hold more names and numbers than can be replaced (%d)",
                       (int)CW_LIMIT_IDENTIFIERS);
    return status < 0 ? cw_fail_nomem(&harvest->failure) : CW_OK;
}

/* What shows what it is wherever it stands need not be known beforehand. */
static bool shows_itself(enum cw_identifier kind)
{
    return kind == CW_IDENTIFIER_SID || kind == CW_IDENTIFIER_EMAIL || kind == CW_IDENTIFIER_PATH;
}

static int on_found(void *context, const struct cw_identifier_span *span)
{
    struct cw_harvest *harvest = context;
    struct cw_str value = {harvest->text.ptr + span->begin, span->end - span->begin};
    if (shows_itself(span->kind))
        return CW_OK;
    return cw_text_is_ascii(value) ? pass_on(harvest, span) : keep_undecoded(harvest, span);
}

static int on_decoded(void *context, const struct cw_identifier_span *span)
{
    return shows_itself(span->kind) ? CW_OK : pass_on(context, span);
}

static int on_token(void *context, enum cw_identifier kind, uint64_t number)
{
    struct cw_harvest *harvest = context;
    int status = harvest->sink.token(harvest->sink.context, kind, number);
    return status < 0 ? cw_fail_nomem(&harvest->failure) : CW_OK;
}

int cw_harvest_failure(const struct cw_harvest *harvest, struct cw_error *error)
{
    int status = harvest->failure.status;
    return status < 0 ? cw_fail(error, status, "%s", harvest->failure.text) : CW_OK;
}

/* A heading stands in front of its table; what Windows writes has no tables at all. */
static int look_at_rows(struct cw_harvest *harvest, const struct cw_block *block)
{
    enum { HEADINGS = 8 };
    const struct cw_identifier_sink sink = {on_found, on_token, harvest};
    int status = CW_OK;
    for (size_t i = 0; i < block->line_count && status == CW_OK; i++) {
        harvest->text = cw_block_line(block, i);
        if (harvest->table.count)
            status = cw_identifier_row(&harvest->table, harvest->text, &sink);
        else if (harvest->lines + i >= HEADINGS)
            break;
        else
            (void)cw_identifier_heading(harvest->text, &harvest->table);
    }
    harvest->lines += block->line_count;
    return status;
}

int cw_harvest_block(void *context, const struct cw_block *block, struct cw_error *error)
{
    struct cw_harvest *harvest = context;
    const struct cw_identifier_sink sink = {on_found, on_token, harvest};
    harvest->text = (struct cw_str){block->data, block->len};
    int status = cw_identifier_find(harvest->text, &sink);
    if (status == CW_OK)
        status = look_at_rows(harvest, block);
    return status < 0 ? cw_harvest_failure(harvest, error) : CW_OK;
}

static int decode(struct cw_harvest *harvest, struct cw_codepage *page, struct cw_str undecoded)
{
    const struct cw_identifier_sink sink = {on_decoded, NULL, harvest};
    if (!cw_codepage_convert(page, &harvest->arena, undecoded, &harvest->text))
        return cw_fail_nomem(&harvest->failure);
    return cw_identifier_find(harvest->text, &sink);
}

void cw_harvest_end(struct cw_harvest *harvest, struct cw_codepage *page)
{
    int status = CW_OK;
    for (size_t i = 0; i < harvest->undecoded_count && page && status == CW_OK; i++)
        status = decode(harvest, page, harvest->undecoded[i]);
    if (harvest->undecoded_count)
        memset(harvest->slots, 0, SLOTS * sizeof(*harvest->slots));
    harvest->table = (struct cw_identifier_table){0};
    harvest->lines = 0;
    harvest->undecoded = NULL;
    harvest->undecoded_count = harvest->undecoded_cap = 0;
    cw_arena_done(&harvest->arena);
}
