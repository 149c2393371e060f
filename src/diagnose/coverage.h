/* What the report says about its own footing: what was read, and what was odd about it. */
#ifndef CW_DIAGNOSE_COVERAGE_H
#define CW_DIAGNOSE_COVERAGE_H

#include "diagnose/finding.h"
#include "model/case.h"

/* Fills sources and diagnostics of the report. After everything else was converted to UTF-8:
 * remarks count what could not be. False when memory is exhausted. */
bool cw_report_cover(struct cw_case *c, struct cw_arena *arena, struct cw_report *report);

#endif
