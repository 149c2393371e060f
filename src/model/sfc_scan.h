/* Scans of SFC: what they could not repair.
 *
 * A scan is a run of its own: it may go on while updates are installed.
 */
#ifndef CW_MODEL_SFC_SCAN_H
#define CW_MODEL_SFC_SCAN_H

#include "model/run_line.h"

/* Handlers, for the table in run_lines.c. CW_ERR_NOMEM or 0. */
int cw_sfc_on_begin(struct cw_run_line *line);
int cw_sfc_on_unrepaired(struct cw_run_line *line);
int cw_sfc_on_repairing(struct cw_run_line *line);
int cw_sfc_on_complete(struct cw_run_line *line);

/* What is said in this event belongs to the scan: its own lines, and what CSI says while no
 * servicing run is under way. */
bool cw_sfc_owns(const struct cw_run_tracker *tracker, const struct cw_event *event);

/* The run of the scan; made when there is none. NULL when memory is exhausted. */
struct cw_run *cw_sfc_run(struct cw_run_tracker *tracker, const struct cw_event *event);

/* The scan is over: kept when it found what it could not repair, even if a later pass could.
 * CW_ERR_NOMEM or 0. */
int cw_sfc_close(struct cw_run_tracker *tracker);

#endif
