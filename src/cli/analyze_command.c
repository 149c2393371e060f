/* cbswhy analyze: the root-cause report. */
#include "cbswhy/analysis.h"

#include "cli/help.h"
#include "cli/message.h"
#include "cli/session.h"

static void add_inputs(struct cw_session *session, struct cw_analysis *analysis)
{
    size_t count = cw_session_input_count(session->options);
    for (size_t i = 0; i < count; i++) {
        struct cw_error error = {0};
        if (cw_analysis_add(analysis, cw_session_input(session->options, i), &error) < 0)
            cw_session_fail(session, CW_EXIT_INPUT, &error);
    }
}

static bool reaches_fail_on(const struct cw_options *options, const struct cw_analysis *analysis)
{
    switch ((enum cw_fail_on)options->choice[CW_OPTION_FAIL_ON]) {
    case CW_FAIL_ON_ANY:
        return cw_analysis_has_findings(analysis);
    case CW_FAIL_ON_ROOT_CAUSE:
        return cw_analysis_has_root_cause(analysis);
    case CW_FAIL_ON_NEVER:
        break;
    }
    return false;
}

static void conclude(struct cw_session *session, struct cw_analysis *analysis)
{
    struct cw_error error = {0};
    int status = cw_analysis_finish(analysis, &error);
    if (status >= 0)
        status =
            cw_analysis_write(analysis, session->format, &session->style, session->output, &error);
    if (status < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
        return;
    }
    if (cw_analysis_is_partial(analysis)) {
        cw_message("not all of the input could be read; the report says what and why");
        cw_session_raise(session, CW_EXIT_INPUT);
    }
    if (reaches_fail_on(session->options, analysis))
        cw_session_raise(session, CW_EXIT_FINDINGS);
}

static void analyze(struct cw_session *session, const struct cw_rules *rules)
{
    struct cw_error error = {0};
    struct cw_analysis *analysis = NULL;
    if (cw_analysis_new(rules, &analysis, &error) < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
        return;
    }
    const char *encoding = session->options->value[CW_OPTION_ENCODING];
    if (encoding && cw_analysis_set_encoding(analysis, encoding, &error) < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
    } else {
        add_inputs(session, analysis);
        conclude(session, analysis);
    }
    cw_analysis_free(analysis);
}

enum cw_exit cw_command_analyze(const struct cw_options *options)
{
    struct cw_session session;
    struct cw_rules *rules = NULL;
    if (cw_session_lacks_input(options))
        return cw_help_usage();
    if (!cw_session_knows_encoding(options))
        return CW_EXIT_USAGE;
    if (!cw_session_open(options, &session))
        return session.status;
    if (cw_session_rules(&session, &rules))
        analyze(&session, rules);
    cw_rules_free(rules);
    return cw_session_close(&session);
}
