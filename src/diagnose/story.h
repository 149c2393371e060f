/* What an incident was like: when what happened, and what the failing section was doing. */
#ifndef CW_DIAGNOSE_STORY_H
#define CW_DIAGNOSE_STORY_H

#include "diagnose/finding.h"
#include "diagnose/incident.h"

/* Fills in story and tree of the finding. False when memory is exhausted. */
bool cw_story_tell(struct cw_finding *finding, struct cw_arena *arena,
                   const struct cw_incident *incident);

#endif
