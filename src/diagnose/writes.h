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

/* Another thing of the same kind, and where it was written. */
struct cw_spared {
    struct cw_written_thing thing;
    const struct cw_past_line *line;
};

/* The last of them that was written in `section`; false when there is none. */
bool cw_writes_spared(const struct cw_case *c, const struct cw_refusal *refusal,
                      const struct cw_section *section, struct cw_spared *ret_spared);

#endif
