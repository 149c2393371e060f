/* Findings and coverage -> the report. */
#ifndef CW_DIAGNOSE_ASSEMBLE_H
#define CW_DIAGNOSE_ASSEMBLE_H

#include "diagnose/conclude.h"

/* Concludes over all incidents of the case: findings in rank order, the same cause counted instead
 * of repeated, verdict, summary, machine, coverage. `report->not_read` is filled by the caller.
 * The incidents that it was made of live in the arena, too. False when memory is exhausted. */
bool cw_report_assemble(const struct cw_rules *rules, struct cw_case *c, struct cw_arena *arena,
                        struct cw_report *report, struct cw_incidents *ret_incidents);

#endif
