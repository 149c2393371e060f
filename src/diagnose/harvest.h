/* Every line that is read is looked at for what identifies people and machines (logs/identifier.h),
 * not only those that are quoted later: a user whom one log names in a path stands bare in another.
 *
 * Of text in a code page the values are known when the page is, at the end of its source.
 */
#ifndef CW_DIAGNOSE_HARVEST_H
#define CW_DIAGNOSE_HARVEST_H

#include "base/error.h"
#include "input/codepage.h"
#include "input/lines.h"
#include "logs/identifier.h"

/* Takes what was found; both return 0 or a negative cw_status, which ends the reading. */
struct cw_harvest_sink {
    /* `value` is UTF-8, good until the call returns, and comes any number of times. */
    int (*value)(void *context, enum cw_identifier kind, struct cw_str value);
    /* The logs hold what has the form of this token. */
    int (*token)(void *context, enum cw_identifier kind, uint64_t number);
    void *context;
};

struct cw_harvest;

/* The sink is copied, its context borrowed. CW_ERR_NOMEM or 0. */
int cw_harvest_new(const struct cw_harvest_sink *sink, struct cw_harvest **ret_harvest,
                   struct cw_error *error);
/* NULL is fine. */
void cw_harvest_free(struct cw_harvest *harvest);

/* Looks at the lines of a block: `context` is the harvest, as a line reader's tap has it. */
int cw_harvest_block(void *context, const struct cw_block *block, struct cw_error *error);

/* The source under way has ended, by a failure or not; what was found in it is in `page`, or of no
 * use when that is NULL. */
void cw_harvest_end(struct cw_harvest *harvest, struct cw_codepage *page);

/* 0, or the first failure: who reads the logs may take one for a log's that can not be read. */
int cw_harvest_failure(const struct cw_harvest *harvest, struct cw_error *error);

#endif
