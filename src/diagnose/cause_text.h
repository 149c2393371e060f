/* The text of a cause, with what it is about put into it. */
#ifndef CW_DIAGNOSE_CAUSE_TEXT_H
#define CW_DIAGNOSE_CAUSE_TEXT_H

#include "diagnose/conclude.h"

/* Fills in everything of the cause that is text: title, explanation, confidence, hypotheses,
 * actions, allowlist, references, and entities that follow from others. The finding's entities and
 * code are known. False when memory is exhausted. */
bool cw_cause_write(struct cw_conclusion *conclusion, const struct cw_cause *cause,
                    const struct cw_incident *incident, struct cw_finding *finding);

#endif
