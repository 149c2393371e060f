/* Events with marks -> accounts.
 *
 * An account lasts from CW_MARK_BEGIN to CW_MARK_END, to the next beginning, or to the end of the
 * log; failures in front of the first beginning are an account, too, as a log may begin anywhere.
 * CW_MARK_REPORT is one by itself. Only accounts of failures are kept. CW_MARK_SUCCESS without a
 * value takes back the failure of the one under way, and those before it count as recovered.
 */
#ifndef CW_MODEL_ACCOUNT_TRACKER_H
#define CW_MODEL_ACCOUNT_TRACKER_H

#include "model/case.h"

struct cw_account_tracker {
    struct cw_case *c;
    size_t source;
    struct cw_account *account; /* the one under way, or NULL */
    bool closing;               /* the last event ended it */
};

void cw_account_tracker_init(struct cw_account_tracker *tracker, struct cw_case *c, size_t source);
/* Drops the account under way; for use after a failure. */
void cw_account_tracker_done(struct cw_account_tracker *tracker);

/* Takes one event. The account under way is then tracker->account, which may be NULL. CW_ERR_NOMEM
 * or 0. */
int cw_account_tracker_event(struct cw_account_tracker *tracker, const struct cw_event *event);

/* The arena in which a match for this event is to be built; opens an account when there is none.
 * NULL when memory is exhausted. */
struct cw_arena *cw_account_tracker_arena(struct cw_account_tracker *tracker,
                                          const struct cw_event *event);
/* Adds what the rules saw in this event. CW_ERR_NOMEM or 0. */
int cw_account_tracker_match(struct cw_account_tracker *tracker, const struct cw_event *event,
                             const struct cw_signal_match *match);

/* The log has ended. CW_ERR_NOMEM or 0. */
int cw_account_tracker_finish(struct cw_account_tracker *tracker);

#endif
