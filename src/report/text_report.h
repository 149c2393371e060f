/* The report for a person at a terminal: the answer on the first screen, the proof below it. */
#ifndef CW_REPORT_TEXT_REPORT_H
#define CW_REPORT_TEXT_REPORT_H

#include "report/renderer.h"

/* `style` may be NULL. 0, CW_ERR_NOMEM, or what `output` returned. */
int cw_report_text(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error);

/* The same behind a line that names the input. */
int cw_batch_text(struct cw_batch *batch, const char *input, const struct cw_report *report,
                  struct cw_error *error);

#endif
