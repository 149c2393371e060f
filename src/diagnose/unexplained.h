/* A failure that no rule knows: the innermost operation that failed, its first error, its code, and
 * what followed. */
#ifndef CW_DIAGNOSE_UNEXPLAINED_H
#define CW_DIAGNOSE_UNEXPLAINED_H

#include "diagnose/conclude.h"

/* Adds the finding, when the incident did fail. `inference` may hold symptoms, which give the
 * outcome but no cause. False when memory is exhausted. */
bool cw_conclude_unexplained(struct cw_conclusion *conclusion, const struct cw_incident *incident,
                             const struct cw_inference *inference);

/* Shared with conclude.c, which implements them. */
struct cw_finding *cw_findings_add(struct cw_findings *findings, struct cw_arena *arena);
bool cw_finding_add_facts(struct cw_finding *finding, struct cw_arena *arena,
                          const struct cw_incident *incident,
                          const struct cw_section_failure *failure);

#endif
