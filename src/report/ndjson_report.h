/* A line of JSON for each input: its report, with the member "input"; then a line of totals. Each
 * is described by report.schema.json. */
#ifndef CW_REPORT_NDJSON_REPORT_H
#define CW_REPORT_NDJSON_REPORT_H

#include "report/renderer.h"

int cw_batch_ndjson(struct cw_batch *batch, const char *input, const struct cw_report *report,
                    struct cw_error *error);
int cw_batch_ndjson_end(struct cw_batch *batch, struct cw_error *error);

#endif
