/* CBS events -> servicing runs.
 *
 * The tracker is fed the events of one log. It asks for records that hold one of its anchors:
 * literals of the lines by which a run begins, turns and ends.
 */
#ifndef CW_MODEL_RUN_TRACKER_H
#define CW_MODEL_RUN_TRACKER_H

#include "model/case.h"

enum { CW_RUN_STRIDE = 1024 * 1024 };

/* A session's package and the KB that it calls it by. */
struct cw_identity {
    char package[128];
    char kb[16];
};
enum { CW_RUN_IDENTITIES = 32 };

/* A scan of SFC, see model/sfc_scan.h. */
struct cw_sfc_scan {
    struct cw_run *run; /* of what it could not repair, or NULL */
    bool active;        /* it has begun and not ended */
    bool unrepaired;    /* something was not repaired in the pass under way */
};

struct cw_run_opening;

struct cw_run_tracker {
    struct cw_case *c;
    struct cw_case *into; /* what is found goes there: `c`, or a draft while the past of the log is
                             not known, see run_opening.h */
    struct cw_run_opening *opening; /* NULL: nothing is kept of the log's beginning; owned */
    size_t source;
    uint64_t runs_closed;
    struct cw_run *run;     /* the one under way, or NULL */
    struct cw_run *excerpt; /* error lines while no run has been seen at all, or NULL */
    struct cw_sfc_scan sfc;
    struct cw_identity identities[CW_RUN_IDENTITIES];
    size_t next_identity;
    bool saw_run;
    cw_time boot;                /* the last one that the log names, CW_TIME_NONE = none */
    struct cw_past_line offline; /* see cw_run.offline */
    bool closing;                /* the last event ended it; it is closed when the next one comes */
    /* The two latest places (line and offset) that lie CW_RUN_STRIDE apart: a run whose beginning
     * the log does not show is looked for from there. Line 0 = none. */
    uint64_t place_line[2], place_offset[2];
};

/* The anchors; an event's literal `first_anchor + i` is anchor i. */
size_t cw_run_anchor_count(void);
struct cw_str cw_run_anchor(size_t index);

void cw_run_tracker_init(struct cw_run_tracker *tracker, struct cw_case *c, size_t source);
/* Drops the runs under way; for use after a failure. */
void cw_run_tracker_done(struct cw_run_tracker *tracker);

/* Takes one event with the anchors that occur in it (indices, ascending). The run under way is
 * then tracker->run, which may be NULL. CW_ERR_NOMEM or 0. */
int cw_run_tracker_event(struct cw_run_tracker *tracker, const struct cw_event *event,
                         const uint32_t *anchors, size_t anchor_count);

/* Adds what the rules saw in this event; opens a run when there is none. CW_ERR_NOMEM or 0. */
int cw_run_tracker_match(struct cw_run_tracker *tracker, const struct cw_event *event,
                         const struct cw_signal_match *match);

/* The run that a match for this event belongs to, and in whose arena it is to be built; opens one
 * when there is none. NULL when memory is exhausted. */
struct cw_run *cw_run_tracker_run(struct cw_run_tracker *tracker, const struct cw_event *event);

/* The log has ended, and no other follows it. */
int cw_run_tracker_finish(struct cw_run_tracker *tracker);

/* The log has ended; whether another follows is seen when all are read. Its source in the case
 * takes over what the tracker holds. CW_ERR_NOMEM or 0. */
int cw_run_tracker_leave(struct cw_run_tracker *tracker);
/* NULL-safe. */
void cw_run_tracker_free(struct cw_run_tracker *tracker);

#endif
