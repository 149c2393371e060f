/* The chain of proof: from the cause, through what it led to, to the outcome. */
#ifndef CW_DIAGNOSE_CHAIN_H
#define CW_DIAGNOSE_CHAIN_H

#include "diagnose/finding.h"
#include "diagnose/incident.h"

enum { CW_CHAIN_MOST = 24 };

struct cw_chain {
    struct cw_arena *arena;
    struct cw_chain_item *items; /* CW_CHAIN_MOST of them */
    size_t count;
};

/* False when memory is exhausted. */
bool cw_chain_init(struct cw_chain *chain, struct cw_arena *arena);

/* Adds an item unless its line is already in the chain; beyond CW_CHAIN_MOST nothing is added. */
bool cw_chain_add(struct cw_chain *chain, enum cw_chain_role role,
                  const struct cw_evidence *evidence, struct cw_str note);

/* Everything that followed in the incident: the folded exits of the operations around the failure,
 * the section's exit, then the steps of the run. `failure` (may be NULL) is the failed operation
 * of the first section that the cause stands in. */
bool cw_chain_add_consequences(struct cw_chain *chain, const struct cw_incident *incident,
                               const struct cw_section_failure *failure);

#endif
