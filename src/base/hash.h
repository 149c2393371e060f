/* FNV-1a, 64 bit: for fingerprints and small tables. Not for adversaries who choose the input and
 * gain from a collision: none of our tables grows with the input. */
#ifndef CW_BASE_HASH_H
#define CW_BASE_HASH_H

#include "base/str.h"

#define CW_HASH_INIT UINT64_C(0xcbf29ce484222325)

static inline uint64_t cw_hash(uint64_t seed, struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++)
        seed = (seed ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
    return seed;
}

/* A whole file, eight bytes a step: another value than cw_hash gives, and eight times as fast. The
 * bytes are put together one by one, so that every machine gets the same value; a compiler makes
 * one load of it. */
static inline uint64_t cw_hash_file(uint64_t seed, struct cw_str bytes)
{
    size_t at = 0;
    for (; at + 8 <= bytes.len; at += 8) {
        uint64_t word = 0;
        for (size_t i = 0; i < 8; i++)
            word |= (uint64_t)(unsigned char)bytes.ptr[at + i] << (8 * i);
        seed = (seed ^ word) * UINT64_C(0x100000001b3);
        seed ^= seed >> 32; /* a multiplication carries upwards only */
    }
    return cw_hash(seed, cw_str_from(bytes, at));
}

/* One step for a whole number. */
static inline uint64_t cw_hash_number(uint64_t seed, uint64_t number)
{
    return (seed ^ number) * UINT64_C(0x100000001b3);
}

#endif
