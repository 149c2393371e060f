/* What the handlers of run_lines.c share: a line of a run, its parts, and keeping them. */
#ifndef CW_MODEL_RUN_LINE_H
#define CW_MODEL_RUN_LINE_H

#include "model/run_lines.h"

struct cw_run_line {
    struct cw_run_tracker *tracker; /* its run is open */
    const struct cw_event *event;
    struct cw_str text;
    struct cw_str tail; /* what follows the anchor */
};

/* The value behind `name`: "31134493_4116500938" behind "Session: ", up to a comma, two blanks or
 * " [". Empty when there is none. */
struct cw_str cw_line_field(struct cw_str text, struct cw_str name);

/* What is said here happens at shutdown: a rollback is temporary. */
bool cw_line_at_shutdown(const struct cw_run_line *line);

/* Each of these keeps something of the line in the run. CW_ERR_NOMEM or 0. */
int cw_line_step(struct cw_run_line *line, const struct cw_step *step);
/* A step whose code is the one in the line. */
int cw_line_simple_step(struct cw_run_line *line, enum cw_step_kind kind);
/* A package, and the KB that belongs to it. */
int cw_line_package(struct cw_run_line *line, struct cw_strings *packages, struct cw_str package);
/* The KB of a package whose name holds none, as its session gave it; empty when none did. */
struct cw_str cw_run_known_kb(const struct cw_run_tracker *tracker, struct cw_str package);
/* "..., Package: P, Identifier: KB5005565": P is one of the run's packages, and that KB. */
int cw_line_identity(struct cw_run_line *line);
int cw_line_set_text(struct cw_run_line *line, struct cw_str *target, struct cw_str text);

/* The run before this line is over, although its log does not say so; another one begins. */
int cw_line_begin_anew(struct cw_run_line *line);
/* A session begins: with a run of its own, unless the one under way has only led to it. */
int cw_line_begin_session(struct cw_run_line *line, struct cw_str session);

/* Handlers, for the table in run_lines.c. */
int cw_line_on_operation(struct cw_run_line *line);
int cw_line_on_recorded(struct cw_run_line *line);
int cw_line_on_marked(struct cw_run_line *line);
int cw_line_on_cancelling(struct cw_run_line *line);
int cw_line_on_repair_started(struct cw_run_line *line);
int cw_line_on_check_begun(struct cw_run_line *line);
int cw_line_on_old_report(struct cw_run_line *line);
int cw_line_on_repair_result(struct cw_run_line *line);
int cw_line_on_detected(struct cw_run_line *line);
int cw_line_on_repaired(struct cw_run_line *line);
int cw_line_on_report_end(struct cw_run_line *line);

#endif
