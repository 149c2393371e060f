/* The report as SARIF 2.1.0 (OASIS), for viewers and trackers of findings: a result for each
 * finding, with its proof as the region and its chain as the code flow. */
#ifndef CW_REPORT_SARIF_REPORT_H
#define CW_REPORT_SARIF_REPORT_H

#include "report/renderer.h"

int cw_report_sarif(const struct cw_report *report, const struct cw_style *style,
                    const struct cw_output *output, struct cw_error *error);

#endif
