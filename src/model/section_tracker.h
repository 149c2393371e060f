/* SetupAPI events -> driver sections, with the innermost operation that failed. */
#ifndef CW_MODEL_SECTION_TRACKER_H
#define CW_MODEL_SECTION_TRACKER_H

#include "base/limits.h"
#include "model/case.h"
#include "model/section_past.h"

struct cw_open_node; /* an operation that is open */

struct cw_section_tracker {
    struct cw_case *c;
    size_t source;
    struct cw_section *section; /* the one under way, or NULL */
    bool closing;               /* the last event ended it */
    struct cw_open_node *nodes; /* CW_LIMIT_DEPTH of them */
    struct cw_arena scratch;    /* what the open nodes hold; emptied when none is open */
    size_t depth;
    struct cw_evidence first_error; /* of the section, outside every operation that failed */
    bool has_first_error;
    struct cw_entities about; /* the section, by properties outside every operation */
    struct cw_section_past past;
    cw_time boot; /* of the boot session under way, CW_TIME_NONE = not known */
};

int cw_section_tracker_init(struct cw_section_tracker *tracker, struct cw_case *c, size_t source);
void cw_section_tracker_done(struct cw_section_tracker *tracker);

/* Takes one event. The section under way is then tracker->section, which may be NULL.
 * CW_ERR_NOMEM or 0. */
int cw_section_tracker_event(struct cw_section_tracker *tracker, const struct cw_event *event);

/* The arena in which a match for this event is to be built; NULL when memory is exhausted. */
struct cw_arena *cw_section_tracker_arena(struct cw_section_tracker *tracker,
                                          const struct cw_event *event);
/* Adds what the rules saw in this event. CW_ERR_NOMEM or 0. */
int cw_section_tracker_match(struct cw_section_tracker *tracker, const struct cw_event *event,
                             const struct cw_signal_match *match);

/* The log has ended. */
int cw_section_tracker_finish(struct cw_section_tracker *tracker);

#endif
