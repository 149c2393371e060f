/* The report as one HTML file that needs nothing else: no script, nothing loaded, light and dark,
 * printable. */
#ifndef CW_REPORT_HTML_REPORT_H
#define CW_REPORT_HTML_REPORT_H

#include "report/html.h"
#include "report/renderer.h"

int cw_report_html(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error);

/* html_finding.c: the main finding, below the answer */
void cw_html_finding(struct cw_html *html, const struct cw_report *report,
                     const struct cw_finding *finding);

/* html_coverage.c: what the conclusion rests on */
void cw_html_coverage(struct cw_html *html, const struct cw_report *report);

/* "<section><h2>Title</h2>" */
void cw_html_section(struct cw_html *html, struct cw_phrase title);
/* "place" above a quoted line. */
void cw_html_quote(struct cw_html *html, const struct cw_report *report,
                   const struct cw_chain_item *item);

/* A numbered list of what to do. */
void cw_html_steps(struct cw_html *html, const struct cw_action *actions, size_t count);

/* html_interference.c: who may have refused a write */
void cw_html_interference(struct cw_html *html, const struct cw_report *report,
                          const struct cw_interference *interference);

#endif
