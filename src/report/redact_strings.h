/* Every string of a report that may hold what a log or a path says. */
#ifndef CW_REPORT_REDACT_STRINGS_H
#define CW_REPORT_REDACT_STRINGS_H

#include "diagnose/finding.h"
#include "report/redact_find.h"

struct cw_redact_visitor {
    /* May put another string in the place of *text, which is not empty. 0 or a negative cw_status,
     * which ends the walk. */
    int (*visit)(void *context, enum cw_redact_field field, struct cw_str *text);
    void *context;
    struct cw_arena *arena; /* where the copy lives */
};

/* Makes *ret_report a copy whose strings the visitor has seen; what it leaves alone is shared with
 * `report`. Ids, fingerprints, codes, names of kinds and what else is not text stay. 0, what the
 * visitor returned, or CW_ERR_NOMEM. */
int cw_redact_strings(const struct cw_report *report, const struct cw_redact_visitor *visitor,
                      struct cw_report *ret_report);

#endif
