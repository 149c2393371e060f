/* cbswhy analyze: the root-cause report. */
#include "cbswhy/analysis.h"

#include <stdio.h>

#include "cli/help.h"
#include "cli/inputs.h"
#include "cli/message.h"
#include "cli/meter.h"
#include "cli/redacting.h"
#include "cli/session.h"
#include "cli/terminal.h"

/* The reports being written. */
struct work {
    struct cw_session *session;
    const struct cw_rules *rules;
    struct cw_batch *batches[CW_TARGETS]; /* NULL where the target holds one report */
    struct cw_expectation *expectation;   /* NULL: nothing is expected */
    struct cw_redaction *redaction;       /* NULL: nothing is hidden */
    struct cw_error failure;              /* of the first path that could not be added ... */
    size_t failure_count;                 /* ... when that is told late */
    struct cw_meter meter;
};

/* Tells of a path that could not be added; when something is to be hidden, only when it is known
 * what: after the analysis. */
static void report_failure(struct work *work, const struct cw_error *error)
{
    if (!work->redaction) {
        cw_session_fail(work->session, CW_EXIT_INPUT, error);
        return;
    }
    if (work->failure_count == 0)
        work->failure = *error;
    work->failure_count++;
}

static void add_inputs(struct work *work, struct cw_analysis *analysis,
                       const struct cw_inputs *inputs, size_t leader)
{
    work->failure_count = 0;
    for (size_t i = leader; i < inputs->count; i++) {
        struct cw_error error = {0};
        const char *input = cw_session_input(work->session->options, i);
        if (inputs->leaders[i] == leader && cw_analysis_add(analysis, input, &error) < 0)
            report_failure(work, &error);
    }
}

static void report_late(struct work *work)
{
    char text[64];
    if (work->failure_count == 0)
        return;
    cw_redacting_fail(work->session, work->redaction, CW_EXIT_INPUT, &work->failure);
    (void)snprintf(text, sizeof(text), "%zu more could not be read", work->failure_count - 1);
    if (work->failure_count > 1)
        cw_message(text);
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

/* The name of a log may be what is to be hidden. */
static void step_nameless(void *context, const struct cw_progress *progress)
{
    struct cw_progress nameless = *progress;
    nameless.name = "log";
    cw_meter_step(context, &nameless);
}

/* Reads the logs and shows how far it is, if somebody is there to see it. */
static int finish(struct work *work, struct cw_analysis *analysis, struct cw_error *error)
{
    struct cw_progress_sink sink = {work->redaction ? step_nameless : cw_meter_step, &work->meter};
    if (!work->session->options->given[CW_OPTION_QUIET] && cw_terminal_shows_progress())
        cw_analysis_set_progress(analysis, &sink);
    int status = cw_analysis_finish(analysis, error);
    cw_meter_clear(&work->meter);
    return status;
}

/* `name` is what the user calls the input, or the first of several. */
static int write_reports(struct work *work, const char *name, const struct cw_analysis *analysis,
                         struct cw_error *error)
{
    int status = CW_OK;
    for (size_t i = 0; i < work->session->target_count && status >= 0; i++) {
        const struct cw_session_target *target = &work->session->targets[i];
        status = work->batches[i] ? cw_batch_add(work->batches[i], name, analysis, error)
                                  : cw_analysis_write(analysis, target->format, &target->style,
                                                      target->output, error);
    }
    return status;
}

/* Says what differs from what was expected, and raises the status. */
static void compare(struct work *work, const char *name, const struct cw_analysis *analysis)
{
    struct cw_error error = {0};
    if (!work->expectation)
        return;
    int differences =
        cw_expectation_compare(work->expectation, name, analysis, &cw_message_output, &error);
    if (differences < 0)
        cw_session_fail(work->session, CW_EXIT_INTERNAL, &error);
    else if (differences > 0)
        cw_session_raise(work->session, CW_EXIT_FINDINGS);
}

static void conclude(struct work *work, const char *name, struct cw_analysis *analysis)
{
    struct cw_session *session = work->session;
    struct cw_error error = {0};
    int status = finish(work, analysis, &error);
    if (status >= 0) {
        report_late(work);
        status = write_reports(work, name, analysis, &error);
    }
    if (status < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
        return;
    }
    cw_redacting_say(session, work->redaction);
    if (cw_analysis_is_partial(analysis)) {
        cw_message("not all of the input could be read; the report says what and why");
        cw_session_raise(session, CW_EXIT_INPUT);
    }
    compare(work, name, analysis);
    if (reaches_fail_on(session->options, analysis))
        cw_session_raise(session, CW_EXIT_FINDINGS);
}

static int set_up(const struct work *work, struct cw_analysis *analysis, struct cw_error *error)
{
    const char *encoding = work->session->options->value[CW_OPTION_ENCODING];
    int status = encoding ? cw_analysis_set_encoding(analysis, encoding, error) : CW_OK;
    if (status == CW_OK && work->redaction)
        status = cw_analysis_set_redaction(analysis, work->redaction, error);
    return status;
}

static void analyze(struct work *work, const struct cw_inputs *inputs, size_t leader)
{
    struct cw_session *session = work->session;
    struct cw_error error = {0};
    struct cw_analysis *analysis = NULL;
    if (cw_analysis_new(work->rules, &analysis, &error) < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
        return;
    }
    if (set_up(work, analysis, &error) < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
    } else {
        add_inputs(work, analysis, inputs, leader);
        conclude(work, cw_session_input(session->options, leader), analysis);
    }
    cw_analysis_free(analysis);
}

static bool begin_batches(struct work *work, size_t reports)
{
    struct cw_session *session = work->session;
    for (size_t i = 0; i < session->target_count; i++) {
        const struct cw_session_target *target = &session->targets[i];
        struct cw_error error = {0};
        if (reports == 1 && !cw_format_is_batch(target->format))
            continue;
        if (cw_batch_begin(target->format, &target->style, target->output, &work->batches[i],
                           &error) < 0) {
            session->abandoned = true;
            cw_session_fail(session, CW_EXIT_USAGE, &error);
            return false;
        }
        cw_batch_expect(work->batches[i], work->expectation);
    }
    return true;
}

/* False when what is expected can not be known, which is then said. */
static bool open_expectation(struct work *work)
{
    struct cw_error error = {0};
    const char *path = work->session->options->value[CW_OPTION_EXPECT];
    if (!path || cw_expectation_open(path, &work->expectation, &error) == CW_OK)
        return true;
    work->session->abandoned = true;
    cw_session_fail(work->session, CW_EXIT_INPUT, &error);
    return false;
}

static void end_batches(struct work *work)
{
    for (size_t i = 0; i < work->session->target_count; i++) {
        struct cw_error error = {0};
        bool complete = !cw_session_lost_output(work->session);
        if (work->batches[i] && complete && cw_batch_end(work->batches[i], &error) < 0)
            cw_session_fail(work->session, CW_EXIT_INTERNAL, &error);
        cw_batch_free(work->batches[i]);
    }
}

/* Says what was expected and not given, and raises the status. */
static void name_unmet(struct work *work)
{
    struct cw_error error = {0};
    if (!work->expectation || cw_session_lost_output(work->session))
        return;
    const struct cw_output hidden = cw_redacting_output(work->redaction);
    int unmet = cw_expectation_unmet(work->expectation,
                                     work->redaction ? &hidden : &cw_message_output, &error);
    if (unmet < 0)
        cw_session_fail(work->session, CW_EXIT_INTERNAL, &error);
    else if (unmet > 0)
        cw_session_raise(work->session, CW_EXIT_FINDINGS);
}

static void analyze_each(struct work *work, const struct cw_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count && !cw_session_lost_output(work->session); i++) {
        if (inputs->leaders[i] == i)
            analyze(work, inputs, i);
    }
    name_unmet(work);
}

static void analyze_all(struct cw_session *session, const struct cw_rules *rules)
{
    struct work work = {.session = session, .rules = rules};
    struct cw_inputs inputs = {0};
    cw_meter_init(&work.meter, &cw_message_output, cw_terminal_error_width);
    if (cw_redacting_open(session, &work.redaction) && open_expectation(&work)) {
        bool by_machine = work.expectation && cw_expectation_is_batch(work.expectation);
        if (!cw_inputs_group(session->options, by_machine, &inputs))
            cw_session_raise(session, CW_EXIT_INTERNAL);
        else if (begin_batches(&work, inputs.reports))
            analyze_each(&work, &inputs);
    }
    end_batches(&work);
    cw_redacting_save(session, work.redaction);
    cw_redaction_free(work.redaction);
    cw_inputs_free(&inputs);
    cw_expectation_free(work.expectation);
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
        analyze_all(&session, rules);
    cw_rules_free(rules);
    return cw_session_close(&session);
}
