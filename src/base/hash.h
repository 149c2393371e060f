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

/* One step for a whole number. */
static inline uint64_t cw_hash_number(uint64_t seed, uint64_t number)
{
    return (seed ^ number) * UINT64_C(0x100000001b3);
}

#endif
