/* A JUnit test case for each input, which fails when its findings are not what was expected. */
#ifndef CW_REPORT_JUNIT_REPORT_H
#define CW_REPORT_JUNIT_REPORT_H

#include "report/renderer.h"

int cw_batch_junit(struct cw_batch *batch, const char *input, const struct cw_report *report,
                   struct cw_error *error);
int cw_batch_junit_end(struct cw_batch *batch, struct cw_error *error);

#endif
