/* The last look at what a renderer made: nothing that was replaced may stand in it, in any case or
 * in any spelling of a format ("C:\\x", "a&amp;b", "a\_b"). */
#ifndef CW_REPORT_REDACT_GUARD_H
#define CW_REPORT_REDACT_GUARD_H

#include "report/redact.h"

/* Holds back what is written to `output`. */
struct cw_redact_guard {
    struct cw_redaction *redaction; /* NULL: lets everything through */
    const struct cw_output *target;
    struct cw_output output; /* for the renderer */
    struct cw_buf held;
};

/* Both are borrowed; `redaction` may be NULL. The guard is not to be moved. */
void cw_redact_guard_open(struct cw_redact_guard *guard, struct cw_redaction *redaction,
                          const struct cw_output *target);

/* Whether what is held has more of a value than `own`, which is what the same renderer makes of a
 * report without text: 1 or 0, or CW_ERR_NOMEM. `own` may be NULL: it makes nothing. */
int cw_redact_guard_suspects(struct cw_redact_guard *guard, const struct cw_buf *own,
                             enum cw_identifier *ret_kind);

/* Passes on what is held when `status` is CW_OK, and ends. Returns `status`, or what the output
 * returned. */
int cw_redact_guard_close(struct cw_redact_guard *guard, int status);

/* The text of the failure, which names the kind and not the value. */
int cw_redact_guard_fail(enum cw_identifier kind, struct cw_error *error);

#endif
