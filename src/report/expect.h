/* Holding a report against what was expected of it. */
#ifndef CW_REPORT_EXPECT_H
#define CW_REPORT_EXPECT_H

#include "base/buf.h"
#include "cbswhy/analysis.h"
#include "diagnose/finding.h"

/* Appends a line for each difference and returns how many there are. `expectation` NULL: a failure
 * is the difference. Whether the buffer took it all is for the caller to see. */
size_t cw_expectation_differ(const struct cw_expectation *expectation, const char *input,
                             const struct cw_report *report, struct cw_buf *differences);

/* The name of the next input at or behind `*index` that was expected and not compared, with
 * `*index` behind it; NULL when there is no more. */
const char *cw_expectation_next_unmet(const struct cw_expectation *expectation, size_t *index);
/* What is said of it. */
#define CW_EXPECTED_INPUT_MISSING "this input is expected and was not given"

#endif
