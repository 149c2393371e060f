/* What is wrong with causes among themselves. */
#ifndef CW_RULES_CHECK_CAUSES_H
#define CW_RULES_CHECK_CAUSES_H

#include "rules/load.h"

/* Reports causes that can never hold or never be the root, and circles in `explains`, as errors;
 * signals that no cause uses, and texts that lack a shipped language, as warnings. Errors are added
 * to `*ret_errors`. CW_ERR_NOMEM or 0. */
int cw_rules_check_causes(const struct cw_rules *rules, const struct cw_problem_sink *problems,
                          size_t *ret_errors, struct cw_error *error);

/* Do the two belong together: is one the other, or does one explain the other? */
bool cw_causes_are_related(const struct cw_cause *a, const struct cw_cause *b);

/* Whether the cause has the signal in `all` or `any`. */
bool cw_cause_uses(const struct cw_cause *cause, const struct cw_signal *signal);

#endif
