/* The beginning of a log, kept so that it can be told again.
 *
 * A log may begin in the middle of a run: what its first lines mean depends on the log before it,
 * which is often read later. So they are kept, and what they seem to mean by themselves goes into a
 * draft, until it is known what comes before. When some runs have come and gone in the log itself,
 * its past no longer matters, and nothing more is kept.
 */
#ifndef CW_MODEL_RUN_OPENING_H
#define CW_MODEL_RUN_OPENING_H

#include "model/run_tracker.h"

struct cw_run_opening; /* owned by its tracker */

/* From now on the tracker, which is new, keeps what it is told. CW_ERR_NOMEM or 0. */
int cw_run_opening_begin(struct cw_run_tracker *tracker);
void cw_run_opening_free(struct cw_run_opening *opening);

/* For the tracker: before an event is handled (ends the keeping when there is enough), after it
 * was, and for a match in it. What does not fit, and what there is no memory for, ends the keeping,
 * too. */
void cw_run_opening_next(struct cw_run_tracker *tracker);
void cw_run_opening_event(struct cw_run_tracker *tracker, const struct cw_event *event,
                          const uint32_t *anchors, size_t anchor_count);
void cw_run_opening_match(struct cw_run_tracker *tracker, const struct cw_signal_match *match);

/* The log begins at its own beginning, or nothing is known of what comes before: the draft is true.
 * CW_ERR_NOMEM or 0. */
int cw_run_opening_accept(struct cw_run_tracker *tracker);

/* Goes on with `tracker`, in which the log ended that comes before that of `next`. On success
 * *ret_joined says whether the beginning of `next` could be told to it:
 *   false  it is too long; neither of them was changed.
 *   true   what was a draft of `next` is gone; `next` has the state that it would have after both
 *          logs, and `tracker` has none any more.
 * CW_ERR_NOMEM or 0. */
int cw_run_opening_join(struct cw_run_tracker *tracker, struct cw_run_tracker *next,
                        bool *ret_joined);

/* Calls `visit` for the runs that are not in the case yet. */
void cw_run_tracker_each(struct cw_run_tracker *tracker,
                         void (*visit)(struct cw_run *run, void *context), void *context);

#endif
