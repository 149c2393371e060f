/* The line that shows how far the work is, on a terminal, while it takes longer than a second. */
#ifndef CW_CLI_METER_H
#define CW_CLI_METER_H

#include "cbswhy/output.h"
#include "cbswhy/progress.h"

struct cw_meter {
    const struct cw_output *output;
    int (*columns)(void);             /* of the terminal, which may change; 0 = it does not say */
    unsigned shown;                   /* columns that are not blank */
    struct cw_progress before, total; /* of the work before this, and with it */
    uint64_t shown_at;                /* milliseconds of the work */
};

/* `output` is borrowed. */
void cw_meter_init(struct cw_meter *meter, const struct cw_output *output, int (*columns)(void));

/* For a cw_progress_sink, with the meter as its context. */
void cw_meter_step(void *context, const struct cw_progress *progress);

/* Erases the line, if there is one: before anything else is written. Further work, whose progress
 * counts from zero again, is added to what was done. */
void cw_meter_clear(struct cw_meter *meter);

#endif
