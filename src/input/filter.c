/* How the filter works: sampled grams.
 *
 * Looking at every byte is what makes multi-literal search slow. A literal of at least 15 bytes
 * contains, wherever it stands, 8-byte grams that begin at a multiple of 8: which of its grams
 * these are depends on where it stands, and there are 8 ways. So only every eighth position is
 * looked at: its 8 bytes are hashed and looked up in a bitmap that holds, of each literal, one gram
 * for each of the 8 ways. A bit that is set leads to a small table; an entry leads to a comparison
 * with the whole literal. What comes out is exact.
 *
 *     position      0       8       16      24      32
 *     log           Info  CBS    Exec: Processing complete.  Session: ...
 *     looked at     [Info  C][BS    Ex][ec: Proc][essing c][omplete.]
 *     literal                    Exec: Processing complete
 *
 * One step costs a load, a multiplication, a shift and a bit test for eight bytes, without vector
 * instructions, so the portable form is also the fast one. Literals of 7 to 14 bytes go through a
 * second, denser set: 4-byte grams at every fourth position; it is run only when there are any.
 *
 * Which grams of a literal are searched matters: those that are frequent in healthy logs make the
 * filter pass for nothing. gram_frequency.inc says how frequent they are.
 */
#include "input/filter.h"

#include <assert.h>
#include <stdlib.h>

enum {
    MAP_BITS = 17, /* 16 KiB of bitmap: half of the first-level cache */
    HEADS = 4096,
    LONG_GRAM = 8,
    LONG_LITERAL = 2 * LONG_GRAM - 1, /* has a gram at a multiple of 8 wherever it stands */
    SHORT_GRAM = 4,
    SHORT_LITERAL = 2 * SHORT_GRAM - 1
};

static_assert((int)SHORT_LITERAL == (int)CW_LITERAL_MIN, "a literal must have a gram to look for");

struct entry {
    uint64_t gram;
    uint32_t literal;
    uint32_t offset; /* of the gram in the literal */
    uint32_t next;   /* 1 + index of the next entry with this hash, 0 = none */
};

/* The grams of one size. */
struct gram_set {
    size_t size;
    uint64_t map[(1U << MAP_BITS) / 64];
    uint32_t head[HEADS]; /* 1 + index into entries, by the hash's low bits */
    struct entry *entries;
    size_t count;
};

struct cw_filter {
    struct cw_str *literals;
    char *text; /* the literals' bytes */
    size_t count;
    struct gram_set long_set, short_set;
};

static const unsigned char gram_frequency[4096] = {
#include "input/gram_frequency.inc"
};

static uint32_t load32(const char *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof(value));
    return value;
}

/* `size` is LONG_GRAM or SHORT_GRAM, and known where these two are inlined into the scan. */
static inline uint64_t gram_at(const char *bytes, size_t size)
{
    uint64_t gram;
    if (size == SHORT_GRAM)
        return load32(bytes);
    memcpy(&gram, bytes, sizeof(gram));
    return gram;
}

static inline uint32_t hash_of(uint64_t gram)
{
    return (uint32_t)((gram * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - MAP_BITS));
}

/* How often a gram is expected in a GiB of healthy log: as often as its rarest 4 bytes. */
static uint64_t gram_frequency_of(const char *gram, size_t size)
{
    unsigned rarest = 63;
    for (size_t i = 0; i + 4 <= size; i++) {
        unsigned bits = gram_frequency[(load32(gram + i) * UINT32_C(2654435761)) >> 20];
        rarest = bits < rarest ? bits : rarest;
    }
    return UINT64_C(1) << rarest;
}

static bool has_gram(const struct gram_set *set, uint64_t gram)
{
    uint32_t i = set->head[hash_of(gram) & (HEADS - 1)];
    while (i && set->entries[i - 1].gram != gram)
        i = set->entries[i - 1].next;
    return i != 0;
}

/* How often looking for a gram makes the filter pass for nothing, in a GiB of log. One that is not
 * looked for yet takes a bit of the map, which other grams meet by chance. */
static uint64_t gram_cost(const struct gram_set *set, const char *bytes)
{
    uint64_t chance = (UINT64_C(1) << 30) / set->size >> MAP_BITS;
    return gram_frequency_of(bytes, set->size) +
           (has_gram(set, gram_at(bytes, set->size)) ? 0 : chance);
}

/* Of the literal's grams at `first`, `first` + size and so on, the one that costs least. */
static size_t best_gram(const struct gram_set *set, struct cw_str literal, size_t first)
{
    size_t best = first;
    uint64_t best_cost = UINT64_MAX;
    for (size_t at = first; at + set->size <= literal.len; at += set->size) {
        uint64_t cost = gram_cost(set, literal.ptr + at);
        if (cost < best_cost) {
            best_cost = cost;
            best = at;
        }
    }
    return best;
}

static void add_gram(struct gram_set *set, uint64_t gram, uint32_t literal, size_t offset)
{
    uint32_t hash = hash_of(gram);
    set->map[hash >> 6] |= UINT64_C(1) << (hash & 63);
    uint32_t *head = &set->head[hash & (HEADS - 1)];
    set->entries[set->count] = (struct entry){gram, literal, (uint32_t)offset, *head};
    *head = (uint32_t)++set->count;
}

static void add_literal(struct cw_filter *filter, uint32_t index)
{
    struct cw_str literal = filter->literals[index];
    struct gram_set *set = literal.len >= LONG_LITERAL ? &filter->long_set : &filter->short_set;
    for (size_t way = 0; way < set->size; way++) {
        size_t at = best_gram(set, literal, way);
        add_gram(set, gram_at(literal.ptr + at, set->size), index, at);
    }
}

static int copy_literals(struct cw_filter *filter, const struct cw_str *literals, size_t count,
                         struct cw_error *error)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        if (literals[i].len < CW_LITERAL_MIN)
            return cw_fail(error, CW_ERR_INVALID, "literal '%.*s' is shorter than %d bytes",
                           CW_STR_ARG(literals[i]), (int)CW_LITERAL_MIN);
        bytes += literals[i].len;
    }
    filter->literals = calloc(count + 1, sizeof(*filter->literals));
    filter->text = malloc(bytes + 1);
    filter->long_set.entries = calloc(count + 1, LONG_GRAM * sizeof(struct entry));
    filter->short_set.entries = calloc(count + 1, SHORT_GRAM * sizeof(struct entry));
    if (!filter->literals || !filter->text || !filter->long_set.entries ||
        !filter->short_set.entries)
        return cw_fail_nomem(error);
    char *text = filter->text;
    for (size_t i = 0; i < count; i++) {
        memcpy(text, literals[i].ptr, literals[i].len);
        filter->literals[i] = (struct cw_str){text, literals[i].len};
        text += literals[i].len;
    }
    filter->count = count;
    return CW_OK;
}

int cw_filter_new(const struct cw_str *literals, size_t count, struct cw_filter **ret_filter,
                  struct cw_error *error)
{
    struct cw_filter *filter = calloc(1, sizeof(*filter));
    if (!filter)
        return cw_fail_nomem(error);
    filter->long_set.size = LONG_GRAM;
    filter->short_set.size = SHORT_GRAM;
    int status = copy_literals(filter, literals, count, error);
    if (status < 0) {
        cw_filter_free(filter);
        return status;
    }
    for (uint32_t i = 0; i < count; i++)
        add_literal(filter, i);
    *ret_filter = filter;
    return CW_OK;
}

void cw_filter_free(struct cw_filter *filter)
{
    if (!filter)
        return;
    free(filter->literals);
    free(filter->text);
    free(filter->long_set.entries);
    free(filter->short_set.entries);
    free(filter);
}

void cw_hits_done(struct cw_hits *hits)
{
    free(hits->items);
    *hits = (struct cw_hits){0};
}

static bool hit_before(struct cw_hit a, struct cw_hit b)
{
    return a.offset < b.offset || (a.offset == b.offset && a.literal < b.literal);
}

/* Keeps the list in order. Hits arrive almost sorted (a literal's gram may lie anywhere in it), so
 * the new one moves past a few others at most. */
static int add_hit(struct cw_hits *hits, size_t first, struct cw_hit hit)
{
    if (hits->count == hits->cap) {
        size_t cap = hits->cap ? hits->cap * 2 : 64;
        struct cw_hit *items = realloc(hits->items, cap * sizeof(*items));
        if (!items)
            return CW_ERR_NOMEM;
        hits->items = items;
        hits->cap = cap;
    }
    size_t at = hits->count++;
    for (; at > first && hit_before(hit, hits->items[at - 1]); at--)
        hits->items[at] = hits->items[at - 1];
    hits->items[at] = hit;
    return CW_OK;
}

/* A scan under way. */
struct scan {
    const struct cw_filter *filter;
    struct cw_str bytes;
    struct cw_hits *hits;
    size_t first_hit;
    int status;
};

/* A bit was set: which literals really stand here? */
static void check(struct scan *scan, const struct gram_set *set, size_t position)
{
    uint64_t gram = gram_at(scan->bytes.ptr + position, set->size);
    for (uint32_t i = set->head[hash_of(gram) & (HEADS - 1)]; i && scan->status == CW_OK;) {
        const struct entry *entry = &set->entries[i - 1];
        i = entry->next;
        if (entry->gram != gram || entry->offset > position)
            continue;
        struct cw_str literal = scan->filter->literals[entry->literal];
        size_t start = position - entry->offset;
        if (literal.len > scan->bytes.len - start ||
            memcmp(scan->bytes.ptr + start, literal.ptr, literal.len) != 0)
            continue;
        scan->status =
            add_hit(scan->hits, scan->first_hit, (struct cw_hit){(uint32_t)start, entry->literal});
    }
}

/* The step that every `size` bytes of a log cost. */
static inline bool may_stand(const struct gram_set *set, const char *at, size_t size)
{
    uint32_t hash = hash_of(gram_at(at, size));
    return (set->map[hash >> 6] >> (hash & 63)) & 1;
}

static inline void scan_set(struct scan *scan, const struct gram_set *set, size_t size)
{
    const char *bytes = scan->bytes.ptr;
    size_t len = scan->bytes.len;
    size_t at = 0;
    /* By four: going round costs half as much as a step. */
    for (; at + 4 * size <= len; at += 4 * size) {
        if (may_stand(set, bytes + at, size))
            check(scan, set, at);
        if (may_stand(set, bytes + at + size, size))
            check(scan, set, at + size);
        if (may_stand(set, bytes + at + 2 * size, size))
            check(scan, set, at + 2 * size);
        if (may_stand(set, bytes + at + 3 * size, size))
            check(scan, set, at + 3 * size);
    }
    for (; at + size <= len; at += size) {
        if (may_stand(set, bytes + at, size))
            check(scan, set, at);
    }
}

static int compare_hits(const void *a, const void *b)
{
    const struct cw_hit *left = a;
    const struct cw_hit *right = b;
    return hit_before(*left, *right) ? -1 : hit_before(*right, *left);
}

int cw_filter_scan(const struct cw_filter *filter, struct cw_str bytes, struct cw_hits *hits)
{
    size_t first = hits->count;
    struct scan scan = {filter, bytes, hits, first, CW_OK};
    if (filter->long_set.count)
        scan_set(&scan, &filter->long_set, LONG_GRAM);
    size_t middle = hits->count;
    if (filter->short_set.count) {
        scan.first_hit = middle;
        scan_set(&scan, &filter->short_set, SHORT_GRAM);
    }
    if (middle > first && hits->count > middle)
        qsort(hits->items + first, hits->count - first, sizeof(*hits->items), compare_hits);
    return scan.status;
}

int cw_filter_scan_reference(const struct cw_filter *filter, struct cw_str bytes,
                             struct cw_hits *hits)
{
    size_t first = hits->count;
    for (uint32_t i = 0; i < filter->count; i++) {
        for (size_t at = 0;;) {
            size_t found = cw_str_find(cw_str_from(bytes, at), filter->literals[i]);
            if (found == SIZE_MAX)
                break;
            at += found;
            if (add_hit(hits, first, (struct cw_hit){(uint32_t)at, i}) < 0)
                return CW_ERR_NOMEM;
            at++;
        }
    }
    return CW_OK;
}

size_t cw_hits_literals(const struct cw_hits *hits, uint32_t *ret_literals)
{
    size_t count = 0;
    for (size_t i = 0; i < hits->count; i++) {
        uint32_t literal = hits->items[i].literal;
        size_t at = count;
        while (at > 0 && ret_literals[at - 1] > literal)
            at--;
        if (at > 0 && ret_literals[at - 1] == literal)
            continue;
        memmove(ret_literals + at + 1, ret_literals + at, (count - at) * sizeof(*ret_literals));
        ret_literals[at] = literal;
        count++;
    }
    return count;
}
