/* One signal, one cause, one entry of the knowledge. */
#ifndef CW_RULES_LOAD_RULES_H
#define CW_RULES_LOAD_RULES_H

#include "rules/load_read.h"

/* Each reads one object of the document being read. False when it was left out, which has been
 * reported, or when memory is exhausted. */
bool cw_load_signal(struct cw_loader *loader, const cJSON *object, struct cw_signal *ret_signal);
/* All signals have been loaded and all ids declared. */
bool cw_load_cause(struct cw_loader *loader, const cJSON *object, struct cw_cause *ret_cause);

/* A list of actions. */
bool cw_load_actions(struct cw_loader *loader, const cJSON *item, struct cw_action **ret_actions,
                     size_t *ret_count);

/* "knowledge": {...}; facts are added to the pack. */
bool cw_load_knowledge(struct cw_loader *loader, const cJSON *object);

#endif
