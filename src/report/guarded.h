/* Rendering a redacted report: nothing leaves but through the guard. */
#ifndef CW_REPORT_GUARDED_H
#define CW_REPORT_GUARDED_H

#include "report/redact.h"
#include "report/renderer.h"

/* As cw_render() and cw_render_in_batch(); `redaction` made the report, and NULL means that nothing
 * is hidden. CW_ERR_INVALID when the output would have shown what is. */
int cw_render_guarded(const struct cw_renderer *renderer, const struct cw_report *report,
                      const struct cw_style *style, struct cw_redaction *redaction,
                      const struct cw_output *output, struct cw_error *error);
/* The batch knows its redaction. */
int cw_render_in_batch_guarded(struct cw_batch *batch, const char *input,
                               const struct cw_report *report, struct cw_error *error);
int cw_batch_end_guarded(struct cw_batch *batch, struct cw_error *error);

#endif
