/* When a thing that was refused could be written. */
#ifndef CW_DIAGNOSE_WRITES_H
#define CW_DIAGNOSE_WRITES_H

#include "diagnose/refusals.h"

struct cw_writes {
    const struct cw_past_line *before; /* the last time before the refusal, or NULL */
    const struct cw_past_line *after;  /* the first time after it, or NULL */
};

/* Of the thing of `refusal`, which happened at `time`. In one log lines tell before from after, in
 * two of them times. */
struct cw_writes cw_writes_find(const struct cw_case *c, const struct cw_refusal *refusal,
                                cw_time time);

/* The last other thing of the same kind that was written in `section`; NULL when there is none. */
const struct cw_written *cw_writes_spared(const struct cw_case *c, const struct cw_refusal *refusal,
                                          const struct cw_section *section);

#endif
