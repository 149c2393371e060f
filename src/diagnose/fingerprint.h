/* What tells one trouble from another, and is the same wherever and whenever it is met. */
#ifndef CW_DIAGNOSE_FINGERPRINT_H
#define CW_DIAGNOSE_FINGERPRINT_H

#include "base/buf.h"
#include "diagnose/finding.h"

/* Sets the finding's fingerprint from its id, its code and what it is about: nothing that differs
 * between two machines with the same failure, nor between this month's update and the next. `shape`
 * tells failures that no rule knows apart; empty for a cause. False when memory is exhausted. */
bool cw_finding_fingerprint(struct cw_finding *finding, struct cw_str shape,
                            struct cw_arena *arena);

/* Adds what is stable of a line: its words in lower case, and the names of components, without
 * numbers, paths, packages, versions, codes and what stands in brackets. */
void cw_fingerprint_shape(struct cw_buf *shape, struct cw_str line);

#endif
