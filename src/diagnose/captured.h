/* What a match is about. */
#ifndef CW_DIAGNOSE_CAPTURED_H
#define CW_DIAGNOSE_CAPTURED_H

#include "model/entity.h"
#include "rules/match.h"

/* Adds what the match captured, then what the operations around it concern. False when memory is
 * exhausted. */
bool cw_captured_entities(struct cw_entities *entities, struct cw_arena *arena,
                          const struct cw_match *match, const struct cw_scope *scope);

#endif
