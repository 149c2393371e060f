/* Lines that are no part of any record: all are counted, the first few kept as they stand. */
#ifndef CW_LOGS_STRAY_H
#define CW_LOGS_STRAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/str.h"

struct cw_stray {
    uint64_t line;
    uint16_t len;
    bool cut;                  /* it goes on */
    char text[CW_LIMIT_STRAY]; /* bytes as in the log, without blanks at the end */
};

/* By line, in whatever order they were added. */
struct cw_strays {
    struct cw_stray items[CW_LIMIT_DIAGNOSTICS];
    size_t count;
};

/* Keeps it when it is one of the first. */
void cw_strays_add(struct cw_strays *strays, uint64_t line, struct cw_str text);

/* Keeps those of `others` that are among the first of both. */
void cw_strays_merge(struct cw_strays *strays, const struct cw_strays *others);

static inline struct cw_str cw_stray_text(const struct cw_stray *stray)
{
    return (struct cw_str){stray->text, stray->len};
}

#endif
