/* CBS events -> servicing runs: steps, packages, session, outcome. */
#include "support/test.h"

#include <stdio.h>

#include "base/buf.h"
#include "model/run_tracker.h"
#include "support/log_reading.h"
#include "support/stories.h"

#define KB1 PACKAGE("KB5001111")
#define DONE "0x00000000 - S_OK"
#define DAY "2021-05-07"
#define SAYS(text) LINE(DAY, "07:00:30", text)
#define RESTART_REQUIRED "0x80070bc2 - ERROR_SUCCESS_REBOOT_REQUIRED"

enum { ANCHORS_MOST = 64 };

static const char *const step_names[] = {
    [CW_STEP_OPERATION_FAILED] = "operation",
    [CW_STEP_RESULT_RECORDED] = "recorded",
    [CW_STEP_QUEUE_FAILED] = "queue",
    [CW_STEP_PRIMITIVES_FAILED] = "poqexec",
    [CW_STEP_INSTALLERS_FAILED] = "installers",
    [CW_STEP_HANG_DETECTED] = "hang",
    [CW_STEP_KTM_ROLLBACK] = "ktm",
    [CW_STEP_STATE_ROLLBACK] = "state",
    [CW_STEP_ORIGINAL_FAILURE] = "original",
    [CW_STEP_PHASE_FAILED] = "phase",
    [CW_STEP_PACKAGE_FAILED] = "package",
    [CW_STEP_PACKAGE_REPORTED] = "report",
    [CW_STEP_PACKAGE_STATE] = "reported",
    [CW_STEP_SESSION_FAILED] = "session",
    [CW_STEP_STARTUP_FAILED] = "startup",
};
static const char *const outcome_names[] = {"open", "succeeded", "failed", "recovered"};

/* --- reading ------------------------------------------------------------------------------- */

static int track(void *context, const struct cw_event *event, struct cw_error *error)
{
    (void)error;
    return cw_run_tracker_event(context, event, event->literals, event->literal_count);
}

static struct cw_filter *new_filter(void)
{
    struct cw_filter *filter = NULL;
    struct cw_str anchors[ANCHORS_MOST];
    size_t count = cw_run_anchor_count();
    assert_true(count <= ANCHORS_MOST);
    for (size_t i = 0; i < count; i++)
        anchors[i] = cw_run_anchor(i);
    assert_int_equal(cw_filter_new(anchors, count, &filter, NULL), CW_OK);
    return filter;
}

static void read_runs(struct cw_case *c, const char *log)
{
    struct cw_run_tracker tracker;
    struct cw_event_sink sink = {track, &tracker};
    struct cw_filter *filter = new_filter();
    struct log_reading how = {.format = &cw_format_cbs, .filter = filter, .only_literals = true};
    cw_case_init(c);
    c->sources = cw_arena_array(&c->arena, 1, sizeof(*c->sources));
    assert_non_null(c->sources);
    c->source_count = c->source_cap = 1;
    cw_run_tracker_init(&tracker, c, 0);
    (void)read_log(cw_str_c(log), &how, sink);
    assert_int_equal(cw_run_tracker_finish(&tracker), CW_OK);
    cw_run_tracker_done(&tracker);
    cw_filter_free(filter);
}

static void put_step(struct cw_buf *text, const struct cw_step *step)
{
    char code[CW_CODE_TEXT];
    (void)cw_buf_printf(text, " %s", step_names[step->kind]);
    if (step->code != CW_CODE_NONE)
        (void)cw_buf_printf(text, " %s", cw_code_text(step->code, code));
    if (step->inf.len)
        (void)cw_buf_printf(text, " %.*s", CW_STR_ARG(step->inf));
    (void)cw_buf_append(text, step->at_shutdown ? CW_STR(" at shutdown;") : CW_STR(";"));
}

/* "failed: operation 0x80070005 cpu.inf; ktm;" for each run that was kept. */
static void assert_runs(const char *log, const char *expected)
{
    struct cw_case c;
    struct cw_buf text;
    cw_buf_init(&text, 100000);
    (void)cw_buf_append(&text, CW_STR(""));
    read_runs(&c, log);
    for (size_t i = 0; i < c.run_count; i++) {
        (void)cw_buf_printf(&text, "%s%s:", i ? "\n" : "", outcome_names[c.runs[i]->outcome]);
        for (size_t k = 0; k < c.runs[i]->step_count; k++)
            put_step(&text, &c.runs[i]->steps[k]);
    }
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
    cw_case_done(&c);
}

/* --- steps --------------------------------------------------------------------------------- */

static void each_line_of_a_failure_is_a_step(void **state)
{
    (void)state;
    static const struct {
        const char *line, *step;
    } cases[] = {
        {SAYS("    INSTALL index: 3, phase: 2, result 5, inf: cpu.inf"),
         " operation 0x80070005 cpu.inf;"},
        {SAYS("    UNINSTALL index: 3, phase: 1, result 3758096641, inf: oem7.inf"),
         " operation 0xe0000101 oem7.inf;"},
        {SAYS("Doqe: Recording result: 0x8007001f, for Inf: usb.inf"),
         " recorded 0x8007001f usb.inf;"},
        {SAYS("Startup: Failed while processing non-critical driver operations queue. [HRESULT = "
              "0x8007001f - ERROR_GEN_FAILURE]"),
         " queue 0x8007001f;"},
        {SAYS("Startup: Failed executing critical driver operations queue [HRESULT = 0x8007001f]"),
         " queue 0x8007001f;"},
        {SAYS("Startup: Rolling back KTM, because drivers failed."), " ktm;"},
        {SAYS("Failure in poqexec.exe while processing updates. [HRESULT = 0x80070020 - x]"),
         " poqexec 0x80070020;"},
        {SAYS("Startup: Failed to process advanced operation queue, startupPhase: 0.  A rollback "
              "transaction will be created. [HRESULT = 0x800f0922 - CBS_E_INSTALLERS_FAILED]"),
         " installers 0x800f0922;"},
        {SAYS("Startup: A possible hang was detected on the last boot. [HRESULT = 0x800f0920 - x]"),
         " hang 0x800f0920;"},
        {SAYS("Setting original failure status: 0x800f0922, last forward execute state: "
              "CbsExecuteStateResolvePending"),
         " original 0x800f0922;"},
        {SAYS("Failed to process single phase execution. [HRESULT = 0x80073712 - x]"),
         " phase 0x80073712;"},
        {SAYS("Doqe: Marked package " KB1 " as failed."), " package;"},
        {SAYS("WER: Generating failure report for package: " KB1
              ", status: 0x80073712, failure source: Stage"),
         " report 0x80073712;"},
        {SAYS("Startup: Package: " KB1 " completed startup processing, new state: Staged, "
              "original: Staged, targeted: Installed.  hr = 0x80070005"),
         " reported 0x80070005;"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char expected[100];
        (void)snprintf(expected, sizeof(expected), "failed:%s", cases[i].step);
        assert_runs(cases[i].line, expected);
    }
}

static void lines_that_look_like_a_failure_are_no_step(void **state)
{
    (void)state;
    static const char *const lines[] = {
        SAYS("    INSTALL index: 3, phase: 2, result 0, inf: cpu.inf"),
        SAYS("    INSTALL index: 3, phase: 2, result 3010, inf: cpu.inf"),
        SAYS("    INSTALL index: x, phase: 2, result 5, inf: cpu.inf"),
        SAYS("    INSTALL index: 3, phase: 2, result 99999999999, inf: cpu.inf"),
        SAYS("Doqe: Recording result: 0x00000000, for Inf: usb.inf"),
        SAYS("Setting original failure status: 0x00000000, last forward execute state: x"),
        SAYS("Retrieved original failure status: 0x00000000, last forward execute state: x"),
        SAYS("Setting ExecuteState key to: CbsExecuteStateStageDrivers"),
        SAYS("Setting ExecuteState key to: ExecuteStateNone"),
        SAYS("Doqe: Marked package " KB1 " as good."),
        SAYS("Startup: Package: " KB1 " completed startup processing, new state: Installed, "
             "original: Staged, targeted: Installed.  hr = 0x00000000"),
        SAYS("Startup: Processing complete. [HRESULT = " RESTART_REQUIRED "]"),
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        assert_runs(lines[i], "");
}

static void a_rollback_flag_counts_and_a_dead_mans_switch_does_not(void **state)
{
    (void)state;
    assert_runs(SAYS("Setting ExecuteState key to: CbsExecuteStateStageDrivers | "
                     "CbsExecuteStateFlagRollback | CbsExecuteStateFlagDriversFailed"),
                "failed: state;");
    assert_runs(SAYS("Setting ExecuteState key to: CbsExecuteStateInitiateRollback | "
                     "CbsExecuteStateFlagAdvancedInstallersFailed"),
                "");
    assert_runs(SAYS("Startup: Rolling back KTM, because drivers failed.")
                    SAYS("Setting ExecuteState key to: CbsExecuteStateInitiateRollback | "
                         "CbsExecuteStateFlagAdvancedInstallersFailed"),
                "failed: ktm; state;");
}

/* --- runs ---------------------------------------------------------------------------------- */

static void what_happens_at_shutdown_is_marked(void **state)
{
    (void)state;
    assert_runs(INSTALL_WAITS("2021-05-06", "31001_11", KB1)
                    TEMPORARY_ROLLBACK("2021-05-06", "usb.inf") STARTUP(DAY)
                        DRIVERS_FAIL(DAY, "usb.inf", "32", "0x80070020")
                            STARTUP_ENDS(DAY, "0x80070020 - x"),
                "failed: operation 0x80070020 usb.inf at shutdown; queue 0x80070020 at shutdown; "
                "ktm at shutdown; operation 0x80070020 usb.inf; recorded 0x80070020 usb.inf; "
                "queue 0x80070020; ktm; state; original 0x80070020; startup 0x80070020;");
}

static void the_startup_decides(void **state)
{
    (void)state;
    static const char at_shutdown[] =
        INSTALL_WAITS("2021-05-06", "31001_11", KB1) TEMPORARY_ROLLBACK("2021-05-06", "usb.inf");
    static const char made_good[] =
        INSTALL_WAITS("2021-05-06", "31001_11", KB1) TEMPORARY_ROLLBACK("2021-05-06", "usb.inf")
            STARTUP(DAY) STARTUP_ENDS(DAY, RESTART_REQUIRED) STARTUP(DAY) STARTUP_ENDS(DAY, DONE);
    assert_runs(at_shutdown, "open: operation 0x80070020 usb.inf at shutdown; queue 0x80070020 at "
                             "shutdown; ktm at shutdown;");
    assert_runs(made_good, "recovered: operation 0x80070020 usb.inf at shutdown; queue 0x80070020 "
                           "at shutdown; ktm at shutdown;");
}

static void a_session_with_another_id_is_another_run(void **state)
{
    (void)state;
    assert_runs(SESSION_FAILS(DAY, "31001_11", KB1, "0x80073712 - x")
                    SESSION_FAILS(DAY, "31002_22", KB1, "0x80070002 - x"),
                "failed: session 0x80073712; session 0x80073712;\n"
                "failed: session 0x80070002; session 0x80070002;");
}

static void the_end_of_another_session_does_not_end_the_run(void **state)
{
    (void)state;
    assert_runs(EXEC(DAY, "31001_11", KB1) FINALIZED(DAY, "31999_99", "no", DONE)
                    EXEC_ENDS(DAY, "31001_11", KB1, "0x80073712 - x"),
                "failed: session 0x80073712;");
}

static void a_run_knows_its_session_packages_and_span(void **state)
{
    (void)state;
    struct cw_case c;
    char text[CW_TIME_TEXT];
    read_runs(&c, LINE("2021-05-06", "08:00:00", "noise") UPDATE_ROLLED_BACK(
                      "2021-05-06", DAY, "31001_11", KB1, "cpu.inf", "5", "0x80070005"));
    assert_int_equal(c.run_count, 1);
    const struct cw_run *run = c.runs[0];
    assert_str(run->session, "31001_11");
    assert_true(cw_strings_has(&run->packages, CW_STR(KB1)));
    assert_true(cw_strings_has(&run->failed_packages, CW_STR(KB1)));
    assert_str(run->package_state, "Staged");
    assert_str(run->forward_state, "CbsExecuteStatePrimitives");
    assert_int_equal(run->original_failure, 0x80070005);
    assert_true(run->rolled_back && !run->rolled_back_at_shutdown);
    assert_true(run->saw_shutdown && run->saw_startup && run->awaits_reboot);
    assert_int_equal(run->first_line, 2);
    assert_string_equal(cw_time_text(run->start, text), "2021-05-06T09:00:00");
    assert_string_equal(cw_time_text(run->end, text), "2021-05-07T07:01:00");
    cw_case_done(&c);
}

static void progress_is_the_last_one_before_the_rollback(void **state)
{
    (void)state;
    struct cw_case c;
#define PROGRESS(text) SAYS("Progress: UI message updated. Operation type: Update. " text)
    read_runs(&c, PROGRESS("Stage: 1 out of 1. Percent progress: 9.")
                      PROGRESS("Stage: 1 out of 1. Percent progress: 30.")
                          PROGRESS("Stage: 1 out of 1. Percent progress: 900.")
                              SAYS("Startup: Rolling back KTM, because drivers failed.")
                                  PROGRESS("Stage: 1 out of 1. Rollback.")
                                      PROGRESS("Stage: 1 out of 1. Percent progress: 99."));
    assert_int_equal(c.run_count, 1);
    assert_int_equal(c.runs[0]->progress_percent, 30);
    cw_case_done(&c);
}

static void a_transaction_that_is_cancelled_names_session_and_package(void **state)
{
    (void)state;
    struct cw_case c;
    read_runs(&c, SAYS("Startup: Rolling back KTM, because drivers failed.") DAY
              " 07:00:31, Info                  CSI    00000002 Cancelling transactions: [2]: "
              "[75]\"TI3.31001_11:3/" KB1 "\", [9]\"TI3.31001_11:4/" PACKAGE("KB5002222") "\"\n");
    assert_int_equal(c.run_count, 1);
    assert_str(c.runs[0]->session, "31001_11");
    assert_int_equal(c.runs[0]->packages.count, 2);
    assert_str(c.runs[0]->packages.items[1], PACKAGE("KB5002222"));
    cw_case_done(&c);
}

static void a_success_is_noted_with_its_kb_and_keeps_nothing_else(void **state)
{
    (void)state;
    struct cw_case c;
    read_runs(&c, UPDATE_SUCCEEDS("2021-05-06", DAY, "31001_11", KB1));
    assert_int_equal(c.run_count, 0);
    assert_int_equal(c.success_count, 1);
    assert_str(c.successes[0].kb, "KB5001111");
    cw_case_done(&c);
}

static void the_version_of_the_stack_is_kept_and_opens_no_run(void **state)
{
    (void)state;
    struct cw_case c;
    read_runs(&c, SAYS("Loaded Servicing Stack v10.0.17134.407 with Core: C:\\x\\cbscore.dll")
                      SAYS("Loaded Servicing Stack v10.0.17134.999 with Core: C:\\x\\cbscore.dll"));
    assert_int_equal(c.run_count, 0);
    assert_str(c.sources[0].os_version, "10.0.17134.407");
    cw_case_done(&c);
}

static void steps_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    struct cw_case c;
    struct cw_buf log;
    cw_buf_init(&log, 100000);
    for (int i = 0; i < 100; i++)
        (void)cw_buf_printf(&log,
                            "2021-05-07 07:00:10, Info                  CBS        INSTALL index: "
                            "%d, phase: 2, result 5, inf: a.inf\n",
                            i);
    read_runs(&c, log.data);
    assert_int_equal(c.run_count, 1);
    assert_int_equal(c.runs[0]->step_count + c.runs[0]->steps_dropped, 100);
    assert_true(c.runs[0]->steps_dropped > 0);
    cw_case_done(&c);
    cw_buf_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_of_a_failure_is_a_step),
        cmocka_unit_test(lines_that_look_like_a_failure_are_no_step),
        cmocka_unit_test(a_rollback_flag_counts_and_a_dead_mans_switch_does_not),
        cmocka_unit_test(what_happens_at_shutdown_is_marked),
        cmocka_unit_test(the_startup_decides),
        cmocka_unit_test(a_session_with_another_id_is_another_run),
        cmocka_unit_test(the_end_of_another_session_does_not_end_the_run),
        cmocka_unit_test(a_run_knows_its_session_packages_and_span),
        cmocka_unit_test(progress_is_the_last_one_before_the_rollback),
        cmocka_unit_test(a_transaction_that_is_cancelled_names_session_and_package),
        cmocka_unit_test(a_success_is_noted_with_its_kb_and_keeps_nothing_else),
        cmocka_unit_test(the_version_of_the_stack_is_kept_and_opens_no_run),
        cmocka_unit_test(steps_beyond_the_limit_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
