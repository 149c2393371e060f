/* The report in the shape in which support cases are closed: problem definition, summary, progress
 * as numbered findings with the quoted lines, next steps. From the outside in: what the user saw,
 * where it was reported, what failed inside. */
#ifndef CW_REPORT_CASE_REPORT_H
#define CW_REPORT_CASE_REPORT_H

#include "report/renderer.h"

int cw_report_case(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error);

#endif
