/* The report behind an analysis, for what renders it. */
#ifndef CW_REPORT_OF_ANALYSIS_H
#define CW_REPORT_OF_ANALYSIS_H

#include "cbswhy/analysis.h"
#include "cbswhy/redaction.h"
#include "diagnose/diagnosis.h"

/* Valid after finish, good until the analysis is freed. */
const struct cw_report *cw_analysis_report(const struct cw_analysis *analysis);
/* What made it, before anything was redacted. The same. */
const struct cw_diagnosis *cw_analysis_diagnosis(const struct cw_analysis *analysis);
/* What the report was redacted with; NULL when it was not. */
struct cw_redaction *cw_analysis_redaction(const struct cw_analysis *analysis);

/* What cw_analysis_write_trial() writes. */
int cw_diagnosis_write_trial(const struct cw_diagnosis *diagnosis, const struct cw_style *style,
                             const struct cw_output *output, struct cw_error *error);

#endif
