/* Several failed attempts at one update are one story: how often, since when, and for one reason?
 */
#ifndef CW_DIAGNOSE_RETRIES_H
#define CW_DIAGNOSE_RETRIES_H

#include "diagnose/conclude.h"

/* An incident and what was concluded of it: its findings, the root cause first. */
struct cw_attempt {
    const struct cw_incident *incident;
    size_t first, count; /* of cw_conclusion.findings, at least 1 */
};

/* Fills in the history of the root cause of the newest failure of each update. `attempts` are in
 * the order of cw_incidents_find(). Counted is what one series of logs shows of one update: not
 * what a damaged excerpt holds, which may be a copy, and not what other logs tell of the same
 * attempt. False when memory is exhausted. */
bool cw_retries_tell(struct cw_conclusion *conclusion, const struct cw_attempt *attempts,
                     size_t count);

#endif
