/* cbswhy code: what an error code means, and which causes have it. */
#include "cbswhy/analysis.h"

#include "cli/session.h"

static void explain(struct cw_session *session, const struct cw_rules *rules,
                    const struct cw_session_target *target, const char *spelling, bool first)
{
    struct cw_error error = {0};
    if (!first && target->format == CW_FORMAT_TEXT)
        (void)target->output->write(target->output->context, "\n", 1);
    if (cw_code_explain(rules, spelling, target->format, &target->style, target->output, &error) <
        0)
        cw_session_fail(session, CW_EXIT_USAGE, &error);
}

static void explain_all(struct cw_session *session, const struct cw_rules *rules)
{
    const struct cw_options *options = session->options;
    for (size_t target = 0; target < session->target_count; target++) {
        for (size_t i = 0; i < options->operand_count; i++)
            explain(session, rules, &session->targets[target], options->operands[i], i == 0);
    }
}

enum cw_exit cw_command_code(const struct cw_options *options)
{
    struct cw_session session;
    struct cw_rules *rules = NULL;
    if (!cw_session_open(options, &session))
        return session.status;
    if (cw_session_rules(&session, &rules))
        explain_all(&session, rules);
    cw_rules_free(rules);
    return cw_session_close(&session);
}
