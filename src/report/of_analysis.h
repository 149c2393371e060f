/* The report behind an analysis, for what renders it. */
#ifndef CW_REPORT_OF_ANALYSIS_H
#define CW_REPORT_OF_ANALYSIS_H

#include "cbswhy/analysis.h"
#include "diagnose/finding.h"

/* Valid after finish, good until the analysis is freed. */
const struct cw_report *cw_analysis_report(const struct cw_analysis *analysis);

#endif
