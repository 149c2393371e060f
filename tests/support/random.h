/* Numbers that look random and are the same on every run: xorshift, from a seed that is not 0. */
#ifndef CW_TESTS_RANDOM_H
#define CW_TESTS_RANDOM_H

#include <stdint.h>

/* Below `bound`, which is not 0. */
static inline uint32_t random_below(uint64_t *state, uint32_t bound)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 32) % bound;
}

#endif
