/* What would make the answer firmer, and where on the machine it is. */
#ifndef CW_DIAGNOSE_MISSING_H
#define CW_DIAGNOSE_MISSING_H

#include "diagnose/finding.h"
#include "diagnose/incident.h"

/* What is asked about: the failure that is the answer, or none when no failure was found and none
 * can be ruled out. */
struct cw_gap {
    const struct cw_case *c;
    const struct cw_incident *incident; /* NULL: none ... */
    const struct cw_finding *finding;   /* ... then NULL, too; the first one of the incident */
};

/* Sets what is missing of the report, instead of what was set before. False when memory is
 * exhausted. */
bool cw_report_note_missing(struct cw_report *report, const struct cw_gap *gap,
                            struct cw_arena *arena);

#endif
