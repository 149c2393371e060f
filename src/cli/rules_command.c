/* cbswhy rules list, show, explain, check and test. */
#include "cbswhy/rules.h"

#include "cbswhy/analysis.h"
#include "cli/message.h"
#include "cli/session.h"

/* What the commands over a loaded pack have in common. Returns what the library returned. */
typedef int rules_work(const struct cw_session *session, const struct cw_rules *rules,
                       struct cw_error *error);

static enum cw_exit with_rules(const struct cw_options *options, rules_work *work,
                               enum cw_exit on_failure)
{
    struct cw_session session;
    struct cw_rules *rules = NULL;
    struct cw_error error = {0};
    if (!cw_session_open(options, &session))
        return session.status;
    if (cw_session_rules(&session, &rules)) {
        int status = work(&session, rules, &error);
        if (status < 0)
            cw_session_fail(&session, on_failure, &error);
        else if (status > 0)
            cw_session_raise(&session, CW_EXIT_RULES);
    }
    cw_rules_free(rules);
    return cw_session_close(&session);
}

static int list(const struct cw_session *session, const struct cw_rules *rules,
                struct cw_error *error)
{
    if (session->options->given[CW_OPTION_LITERALS])
        return cw_rules_list_literals(rules, session->output, error);
    if (session->options->given[CW_OPTION_PATTERNS])
        return cw_rules_list_patterns(rules, session->output, error);
    return cw_rules_list(rules, session->output, error);
}

enum cw_exit cw_command_rules_list(const struct cw_options *options)
{
    if (options->given[CW_OPTION_LITERALS] && options->given[CW_OPTION_PATTERNS]) {
        cw_message("options '--literals' and '--patterns' exclude each other");
        return CW_EXIT_USAGE;
    }
    return with_rules(options, list, CW_EXIT_INTERNAL);
}

static int show(const struct cw_session *session, const struct cw_rules *rules,
                struct cw_error *error)
{
    return cw_rules_show(rules, session->options->operands[0], session->output, error);
}

enum cw_exit cw_command_rules_show(const struct cw_options *options)
{
    return with_rules(options, show, CW_EXIT_USAGE);
}

/* Analyses the logs with an eye on one cause. */
static int try_cause(const struct cw_session *session, struct cw_analysis *analysis,
                     struct cw_error *error)
{
    const struct cw_options *options = session->options;
    int status = cw_analysis_set_trial(analysis, options->operands[0], error);
    for (size_t i = 1; i < options->operand_count && status >= 0; i++)
        status = cw_analysis_add(analysis, options->operands[i], error);
    if (status >= 0)
        status = cw_analysis_finish(analysis, error);
    return status < 0 ? status
                      : cw_analysis_write_trial(analysis, &session->targets[0].style,
                                                session->output, error);
}

static int explain(const struct cw_session *session, const struct cw_rules *rules,
                   struct cw_error *error)
{
    struct cw_analysis *analysis = NULL;
    int status = cw_analysis_new(rules, &analysis, error);
    if (status >= 0)
        status = try_cause(session, analysis, error);
    cw_analysis_free(analysis);
    return status;
}

enum cw_exit cw_command_rules_explain(const struct cw_options *options)
{
    return with_rules(options, explain, CW_EXIT_INPUT);
}

static int test(const struct cw_session *session, const struct cw_rules *rules,
                struct cw_error *error)
{
    const struct cw_options *options = session->options;
    const char *path = options->value[CW_OPTION_JUNIT];
    struct cw_rules_test test = {
        .cases = options->operand_count > 0 ? options->operands[0] : NULL,
        .matrix = options->given[CW_OPTION_MATRIX],
    };
    if (!path)
        return cw_rules_test(rules, &test, session->output, error);
    struct cw_file_output *file = NULL;
    int status = cw_file_output_open(path, &file, error);
    if (status < 0)
        return status;
    test.junit = cw_file_output_stream(file);
    int failed = cw_rules_test(rules, &test, session->output, error);
    status = cw_file_output_close(file, failed >= 0, error);
    return failed < 0 ? failed : status < 0 ? status : failed;
}

enum cw_exit cw_command_rules_test(const struct cw_options *options)
{
    return with_rules(options, test, CW_EXIT_INPUT);
}

enum cw_exit cw_command_rules_check(const struct cw_options *options)
{
    struct cw_session session;
    struct cw_error error = {0};
    if (!cw_session_open(options, &session))
        return session.status;
    const struct cw_rules_places places = {options->value[CW_OPTION_RULES],
                                           options->value[CW_OPTION_ADD_RULES]};
    int errors = cw_rules_check(&places, (const char *const *)options->operands,
                                options->operand_count, session.output, &error);
    if (errors < 0)
        cw_session_fail(&session, CW_EXIT_INPUT, &error);
    else if (errors > 0)
        cw_session_raise(&session, CW_EXIT_RULES);
    return cw_session_close(&session);
}
