/* The report as JSON, for programs. report.schema.json is its contract. */
#ifndef CW_REPORT_JSON_REPORT_H
#define CW_REPORT_JSON_REPORT_H

#include "cbswhy/output.h"
#include "diagnose/finding.h"
#include "report/json_writer.h"

#define CW_SCHEMA_VERSION CW_STR("1.0")

/* `style` may be NULL. 0, CW_ERR_NOMEM, or what `output` returned. */
int cw_report_json(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error);

/* The members of a report, into an object that is open. */
void cw_json_report_members(struct cw_json *json, const struct cw_report *report,
                            const struct cw_style *style);

#endif
