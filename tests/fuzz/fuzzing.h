/* What every fuzz target has. */
#ifndef CW_TESTS_FUZZING_H
#define CW_TESTS_FUZZING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Called with each input; 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* An assertion that every build keeps. */
static inline void demand(bool holds)
{
    if (!holds)
        abort();
}

#endif
