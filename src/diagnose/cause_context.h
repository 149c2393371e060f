/* What stands around the lines that a cause matched, and no rule asked for. */
#ifndef CW_DIAGNOSE_CAUSE_CONTEXT_H
#define CW_DIAGNOSE_CAUSE_CONTEXT_H

#include "diagnose/conclude.h"
#include "diagnose/second_look.h"

/* A second look at the run that is worth its price: a member of an archive is unpacked up to the
 * run, and all looks together may unpack CW_LIMIT_UNPACKED_AGAIN_MIB. True counts this one. */
bool cw_may_look_again(struct cw_conclusion *conclusion, const struct cw_run *run);

/* For a cause that only the run's own verdict told: the first line with `code`, and what was being
 * done there. For the failure of an installer: what it was doing, and for which component. For a
 * startup that hung: what had begun before, and did not end. Nothing is set for any other cause,
 * and where the log can not be read again. False when memory is exhausted. */
bool cw_cause_context(struct cw_conclusion *conclusion, const struct cw_incident *incident,
                      const struct cw_held_cause *held, uint32_t code,
                      struct cw_second_look *ret_look);

#endif
