/* What cmocka needs before it, and the few helpers that every test program shares. */
#ifndef CW_TESTS_TEST_H
#define CW_TESTS_TEST_H

/* clang-format off: cmocka.h wants these first, in this order */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* clang-format on */

#include "base/str.h"

/* Fails with both texts when they differ. */
#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        struct cw_str actual_ = (actual);                                                          \
        const char *expected_ = (expected);                                                        \
        if (!cw_str_eq(actual_, cw_str_c(expected_)))                                              \
            fail_msg("got \"%.*s\", expected \"%s\"", CW_STR_ARG(actual_), expected_);             \
    } while (0)

#endif
