/* The story of a finding as a picture: lanes for servicing, driver operations and setup sections
 * over one axis of time, failure and rollback marked. */
#ifndef CW_REPORT_HTML_TIMELINE_H
#define CW_REPORT_HTML_TIMELINE_H

#include "diagnose/finding.h"
#include "report/html.h"

/* An SVG element; nothing when no time is known. */
void cw_html_timeline(struct cw_html *html, const struct cw_report *report,
                      const struct cw_finding *finding);

#endif
