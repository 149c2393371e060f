/* Which of the paths that were given make one report. */
#ifndef CW_CLI_INPUTS_H
#define CW_CLI_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"

struct cw_inputs {
    size_t count;
    size_t *leaders; /* of each input the first one that is in the same report */
    size_t reports;
};

/* One report of all inputs; of each machine where a format of several reports is wanted, or
 * `by_machine` is set, with logs that cw_is_one_machine() takes for those of one in one report; or
 * of each input with --per-input. False when memory is exhausted, which is then said. */
bool cw_inputs_group(const struct cw_options *options, bool by_machine,
                     struct cw_inputs *ret_inputs);
void cw_inputs_free(struct cw_inputs *inputs);

#endif
