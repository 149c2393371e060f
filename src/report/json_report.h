/* The report as JSON, for programs. report.schema.json is its contract. */
#ifndef CW_REPORT_JSON_REPORT_H
#define CW_REPORT_JSON_REPORT_H

#include "cbswhy/output.h"
#include "cbswhy/status.h"
#include "diagnose/finding.h"

/* 0, CW_ERR_NOMEM, or what `output` returned. */
int cw_report_json(const struct cw_report *report, const struct cw_output *output,
                   struct cw_error *error);

#endif
