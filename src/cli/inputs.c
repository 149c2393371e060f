#include "cli/inputs.h"

#include <stdlib.h>

#include "cbswhy/analysis.h"
#include "cli/message.h"
#include "cli/session.h"

enum grouping { ALL_IN_ONE, A_MACHINE_EACH, AN_INPUT_EACH };

static enum grouping grouping_of(const struct cw_options *options, bool by_machine)
{
    if (options->given[CW_OPTION_PER_INPUT])
        return AN_INPUT_EACH;
    if (by_machine)
        return A_MACHINE_EACH;
    for (size_t i = 0; i < options->target_count; i++) {
        if (cw_format_is_batch((enum cw_report_format)options->targets[i].format))
            return A_MACHINE_EACH;
    }
    return ALL_IN_ONE;
}

/* Looks among the leaders only: there are few of them, or few inputs. */
static size_t leader_of(const struct cw_options *options, const size_t *leaders, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (leaders[i] == i &&
            cw_is_one_machine(cw_session_input(options, i), cw_session_input(options, index)))
            return i;
    }
    return index;
}

bool cw_inputs_group(const struct cw_options *options, bool by_machine,
                     struct cw_inputs *ret_inputs)
{
    enum grouping grouping = grouping_of(options, by_machine);
    struct cw_inputs inputs = {.count = cw_session_input_count(options)};
    inputs.leaders = calloc(inputs.count, sizeof(*inputs.leaders));
    if (!inputs.leaders) {
        cw_message("out of memory");
        return false;
    }
    for (size_t i = 0; i < inputs.count; i++) {
        if (grouping == AN_INPUT_EACH)
            inputs.leaders[i] = i;
        else if (grouping == A_MACHINE_EACH)
            inputs.leaders[i] = leader_of(options, inputs.leaders, i);
        inputs.reports += inputs.leaders[i] == i;
    }
    *ret_inputs = inputs;
    return true;
}

void cw_inputs_free(struct cw_inputs *inputs)
{
    free(inputs->leaders);
}
