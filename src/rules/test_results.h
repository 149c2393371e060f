/* What the tests of a rule pack gave. */
#ifndef CW_RULES_TEST_RESULTS_H
#define CW_RULES_TEST_RESULTS_H

#include "base/arena.h"
#include "cbswhy/output.h"

struct cw_test_result {
    struct cw_str suite;     /* "samples", "cases" */
    struct cw_str name;      /* unique in its suite */
    struct cw_str complaint; /* what failed, with where; empty = passed */
};

struct cw_test_results {
    struct cw_arena arena;
    struct cw_test_result *items;
    size_t count, cap;
    size_t failed;
};

void cw_test_results_done(struct cw_test_results *results);

/* All texts are copied. False when memory is exhausted. */
bool cw_test_results_add(struct cw_test_results *results, const struct cw_test_result *result);

/* The complaints, one a line, and "N passed, M failed". Negative: CW_ERR_NOMEM, or what the output
 * returned. */
int cw_test_results_write(const struct cw_test_results *results, const struct cw_output *output);
/* The same as JUnit XML. */
int cw_test_results_write_junit(const struct cw_test_results *results,
                                const struct cw_output *output);

#endif
