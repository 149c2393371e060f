/* On x86-64 SSE2 is always there and looks at 64 bytes in a dozen instructions; elsewhere memchr
 * does, which every C library has tuned. Both give the same, and a test holds them to it. */
#include "input/newline.h"

#include <stdlib.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

void cw_offsets_done(struct cw_offsets *offsets)
{
    free(offsets->items);
    *offsets = (struct cw_offsets){0};
}

static bool reserve(struct cw_offsets *offsets, size_t more)
{
    if (offsets->cap - offsets->count >= more)
        return true;
    size_t cap = offsets->cap ? offsets->cap : 4096;
    while (cap - offsets->count < more)
        cap *= 2;
    uint32_t *items = realloc(offsets->items, cap * sizeof(*items));
    if (!items)
        return false;
    offsets->items = items;
    offsets->cap = cap;
    return true;
}

bool cw_offsets_add(struct cw_offsets *offsets, uint32_t offset)
{
    if (!reserve(offsets, 1))
        return false;
    offsets->items[offsets->count++] = offset;
    return true;
}

/* From byte `from` on, which is where the vector form leaves a rest. */
static bool find_from(struct cw_str bytes, size_t from, char newline, struct cw_offsets *offsets)
{
    while (from < bytes.len) {
        const char *hit = memchr(bytes.ptr + from, newline, bytes.len - from);
        if (!hit)
            break;
        from = (size_t)(hit - bytes.ptr) + 1;
        if (!cw_offsets_add(offsets, (uint32_t)from))
            return false;
    }
    return true;
}

bool cw_newlines_find_reference(struct cw_str bytes, char newline, struct cw_offsets *offsets,
                                bool *ret_has_nul)
{
    *ret_has_nul = cw_str_find_char(bytes, '\0') != SIZE_MAX;
    return find_from(bytes, 0, newline, offsets);
}

#if defined(__SSE2__)

/* 64 bytes: a bit for each that equals `wanted`; *least holds the least of all bytes so far. */
static inline uint64_t equal_mask(const char *at, __m128i wanted, __m128i *least)
{
    uint64_t mask = 0;
    for (unsigned part = 0; part < 4; part++) {
        __m128i piece = _mm_loadu_si128((const __m128i *)(const void *)(at + 16 * part));
        unsigned bits = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(piece, wanted));
        mask |= (uint64_t)bits << (16 * part);
        *least = _mm_min_epu8(*least, piece);
    }
    return mask;
}

bool cw_newlines_find(struct cw_str bytes, char newline, struct cw_offsets *offsets,
                      bool *ret_has_nul)
{
    const __m128i wanted = _mm_set1_epi8(newline);
    __m128i least = _mm_set1_epi8(-1);
    size_t at = 0;
    while (at + 64 <= bytes.len) {
        if (!reserve(offsets, 64))
            return false;
        /* Room for 64 more: no check for each of them. */
        uint32_t *next = offsets->items + offsets->count;
        const uint32_t *full = offsets->items + offsets->cap - 64;
        for (; next <= full && at + 64 <= bytes.len; at += 64) {
            uint64_t mask = equal_mask(bytes.ptr + at, wanted, &least);
            for (; mask; mask &= mask - 1)
                *next++ = (uint32_t)(at + (size_t)__builtin_ctzll(mask) + 1);
        }
        offsets->count = (size_t)(next - offsets->items);
    }
    __m128i zeros = _mm_cmpeq_epi8(least, _mm_setzero_si128());
    *ret_has_nul =
        _mm_movemask_epi8(zeros) != 0 || cw_str_find_char(cw_str_from(bytes, at), '\0') != SIZE_MAX;
    return find_from(bytes, at, newline, offsets);
}

#else

bool cw_newlines_find(struct cw_str bytes, char newline, struct cw_offsets *offsets,
                      bool *ret_has_nul)
{
    return cw_newlines_find_reference(bytes, newline, offsets, ret_has_nul);
}

#endif
