/* The second look: one span of a source, read again with every line an event.
 *
 * The first pass looks only at lines that somebody asked for. When a run failed and nothing says
 * why, its span alone is read again for the first line that carries the failure.
 */
#ifndef CW_DIAGNOSE_SECOND_LOOK_H
#define CW_DIAGNOSE_SECOND_LOOK_H

#include "model/case.h"

struct cw_second_look {
    bool possible; /* false: the run's bytes can not be had again: they went through a pipe, and
                      their beginning has fallen out of the window that is kept of one */
    bool found;
    struct cw_evidence first_error; /* the first line with the code, or the first failure mark */
    uint32_t code;
    struct cw_str written;
    bool has_operation;
    struct cw_evidence operation; /* the last operation that was begun before it */
};

/* Looks through the run's bytes for `code` (CW_CODE_NONE: for any failure). Text goes into
 * `arena`. A source that can not be read again is no failure. CW_ERR_NOMEM or 0. */
int cw_look_again(const struct cw_case *c, const struct cw_run *run, uint32_t code,
                  struct cw_arena *arena, struct cw_second_look *ret_look);

#endif
