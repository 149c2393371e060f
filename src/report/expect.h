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

#endif
