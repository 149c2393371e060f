/* What happens to logs on their way: quoted, numbered, wrapped, scanned, typed again. */
#ifndef CW_TESTS_DAMAGES_H
#define CW_TESTS_DAMAGES_H

#include "support/test.h"

#include "base/buf.h"

struct damage {
    const char *name;
    /* Appends one line of a log, given without its line end, as the damage leaves it. */
    void (*apply)(struct cw_buf *out, struct cw_str line, unsigned number);
};

extern const struct damage damages[];
extern const size_t damage_count;

/* Appends the whole log, damaged. */
void damage_log(const struct damage *damage, struct cw_str log, struct cw_buf *out);

#endif
