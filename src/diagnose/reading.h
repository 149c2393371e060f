/* Reads one source into the case: lines, events, episodes, and what the rules see. */
#ifndef CW_DIAGNOSE_READING_H
#define CW_DIAGNOSE_READING_H

#include "model/case.h"
#include "rules/match.h"

struct cw_reading; /* the filter and the matcher, made once for all sources of a case */

/* `rules` and `c` are borrowed. */
int cw_reading_new(const struct cw_rules *rules, struct cw_case *c, struct cw_reading **ret_reading,
                   struct cw_error *error);
void cw_reading_free(struct cw_reading *reading);

/* Reads the file `path` ("-": standard input). A file that is no log is recorded as such and is no
 * failure. Negative: CW_ERR_IO and CW_ERR_NOT_FOUND when it can not be read, CW_ERR_NOMEM. What
 * was read before a failure stays in the case. */
int cw_reading_file(struct cw_reading *reading, const char *path, struct cw_error *error);

/* The same for bytes in memory. */
int cw_reading_memory(struct cw_reading *reading, const char *name, struct cw_str bytes,
                      size_t piece, struct cw_error *error);

#endif
