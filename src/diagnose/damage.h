/* What is said of a source that is a damaged excerpt, and of a finding that comes from one. */
#ifndef CW_DIAGNOSE_DAMAGE_H
#define CW_DIAGNOSE_DAMAGE_H

#include "diagnose/finding.h"
#include "diagnose/supply.h"
#include "model/case.h"

/* Marks the source, which was read from `supply`, and remarks on it, if that is an excerpt.
 * CW_ERR_NOMEM or 0. */
int cw_source_mark_damage(struct cw_case *c, size_t source, const struct cw_supply *supply);

/* Marks the lines that were read from one, and lowers the confidence to what such lines can give.
 * False when memory is exhausted. */
bool cw_finding_mark_damage(struct cw_finding *finding, const struct cw_case *c,
                            struct cw_arena *arena);

#endif
