/* The report as the text of a ticket: a subject, then cause, evidence, effect, actions, coverage.
 * See markdown.h for what keeps it safe and short. */
#ifndef CW_REPORT_MARKDOWN_REPORT_H
#define CW_REPORT_MARKDOWN_REPORT_H

#include "report/renderer.h"

int cw_report_markdown(const struct cw_report *report, const struct cw_style *style,
                       const struct cw_output *output, struct cw_error *error);

#endif
