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
    bool is_open;                 /* no line says that it has ended */
    struct cw_str component; /* that the operation is about: "Microsoft-Windows-IIS-ISAPIFilter",
                                without its version; empty unless an installer was at work */
    struct cw_str installer; /* that was at work: "Container Installer"; or empty */
};

struct cw_look_for {
    uint32_t code;                    /* CW_CODE_NONE = any failure */
    bool code_alone;                  /* a failure mark of CSI with another code is not meant */
    const struct cw_evidence *before; /* NULL, or: what was under way there; nothing is "found" */
    bool open; /* with `before`: only what no line says has ended, also across a restart */
};

/* Looks through the run's bytes. Text goes into `arena`. A source that can not be read again is no
 * failure. CW_ERR_NOMEM or 0. */
int cw_look_again(const struct cw_case *c, const struct cw_run *run, const struct cw_look_for *what,
                  struct cw_arena *arena, struct cw_second_look *ret_look);

#endif
