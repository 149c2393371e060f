/* What follows from what speaks for and against a driver of another vendor. */
#ifndef CW_DIAGNOSE_INTERFERENCE_VERDICT_H
#define CW_DIAGNOSE_INTERFERENCE_VERDICT_H

#include "diagnose/conclude.h"

/* What is no item of its own. */
struct cw_interference_signs {
    bool retried;  /* the same thing was written later in the same run */
    size_t others; /* unrelated things that were refused in it, too */
};

/* With its items and suspects in place: where the finding's interference leans, the sentence that
 * says so, and the steps that would settle it. What speaks strongly against lowers the hypothesis
 * that `cause` has weighed, and takes out of the finding what can not be tried on a Windows that
 * was not running. False when memory is exhausted. */
bool cw_interference_conclude(const struct cw_conclusion *conclusion, struct cw_finding *finding,
                              const struct cw_cause *cause,
                              const struct cw_interference_signs *signs);

#endif
