/* What follows the events of one log: the tracker of its kind of episodes. */
#ifndef CW_DIAGNOSE_TRACKING_H
#define CW_DIAGNOSE_TRACKING_H

#include "model/account_tracker.h"
#include "model/run_tracker.h"
#include "model/section_tracker.h"

/* The trackers of a log; only the one for its kind is used. */
struct cw_tracking {
    enum cw_log_kind log;
    struct cw_run_tracker runs;
    struct cw_section_tracker sections;
    struct cw_account_tracker accounts;
};

/* CW_ERR_NOMEM or 0, as all of these. */
int cw_tracking_init(struct cw_tracking *tracking, enum cw_log_kind log, struct cw_case *c,
                     size_t source);
/* Drops the episode under way; for use after a failure. */
void cw_tracking_done(struct cw_tracking *tracking);

/* Anchors: literals that a tracker asks for in logs of this kind. */
size_t cw_tracking_anchor_count(enum cw_log_kind log);
struct cw_str cw_tracking_anchor(enum cw_log_kind log, size_t index);

/* Takes one event with the anchors that occur in it (indices, ascending). */
int cw_tracking_event(struct cw_tracking *tracking, const struct cw_event *event,
                      const uint32_t *anchors, size_t anchor_count);

/* The arena in which a match of `signal` in this event is to be built; opens an episode when there
 * is none. NULL when the episode has enough of them: building another is for nothing. */
int cw_tracking_room(struct cw_tracking *tracking, const struct cw_event *event, const void *signal,
                     struct cw_arena **ret_arena);
int cw_tracking_match(struct cw_tracking *tracking, const struct cw_event *event,
                      const struct cw_signal_match *match);

/* The log has ended. */
int cw_tracking_finish(struct cw_tracking *tracking);

#endif
