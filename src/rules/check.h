/* What can be said of a pack beyond what loading it finds. */
#ifndef CW_RULES_CHECK_H
#define CW_RULES_CHECK_H

#include "rules/load.h"

/* Reports, of the signals in the files of these names, samples that do not give what they should
 * (errors), samples that are lines of healthy logs, and literals that are short enough to slow the
 * filter down (warnings). `ret_errors` counts the errors. */
int cw_rules_check_pack(const struct cw_rules *rules, const struct cw_strings *files,
                        const struct cw_problem_sink *problems, size_t *ret_errors,
                        struct cw_error *error);

#endif
