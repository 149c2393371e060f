/* For ids that are not there. */
#ifndef CW_RULES_NEAREST_H
#define CW_RULES_NEAREST_H

#include "rules/rule.h"

/* CW_ERR_NOT_FOUND, with a text that names the nearest id of the pack. */
int cw_rules_no_id(const struct cw_rules *rules, struct cw_str id, struct cw_error *error);

#endif
