/* Between run_tracker.c, which has the life of a run, and run_lines.c, which knows the lines. */
#ifndef CW_MODEL_RUN_LINES_H
#define CW_MODEL_RUN_LINES_H

#include "model/run_tracker.h"

/* Handles the anchor `index` in an event. CW_ERR_NOMEM or 0. */
int cw_run_line_handle(struct cw_run_tracker *tracker, const struct cw_event *event, size_t index);

/* A run that begins with this event. NULL when memory is exhausted. */
struct cw_run *cw_run_new(const struct cw_run_tracker *tracker, const struct cw_event *event);

/* The run goes on up to this event. */
void cw_run_extend(struct cw_run *run, const struct cw_event *event);

/* Opens a run unless one is under way. CW_ERR_NOMEM or 0. */
int cw_run_open(struct cw_run_tracker *tracker, const struct cw_event *event);

/* Closes the run under way: kept when it failed or may have failed, dropped when all was well.
 * CW_ERR_NOMEM or 0. */
int cw_run_close(struct cw_run_tracker *tracker);

/* Keeps a step of the run; beyond CW_LIMIT_RUN_ITEMS they are counted. CW_ERR_NOMEM or 0. */
int cw_run_add_step(struct cw_run *run, const struct cw_event *event, const struct cw_step *step);

bool cw_run_has_failure(const struct cw_run *run);

/* Something failed for good: not only at shutdown, where it will be tried again. */
bool cw_run_has_lasting_failure(const struct cw_run *run);

#endif
