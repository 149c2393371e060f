/* Servicing runs from their first line to the verdict, in logs held in memory. */
#include "support/test.h"

#include "base/limits.h"
#include "support/diagnosing.h"
#include "support/stories.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define KB1 PACKAGE("KB5001111")
#define KB2 PACKAGE("KB5002222")
#define DENIED "0x80070005 - E_ACCESSDENIED"
#define BROKEN "0x8007001f - ERROR_GEN_FAILURE"
#define DONE "0x00000000 - S_OK"

#define MAY_FAILURE(package)                                                                       \
    UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", package, "cpu.inf", "5",            \
                       "0x80070005")
#define JUNE_FAILURE(package, inf, win32, hresult)                                                 \
    UPDATE_ROLLED_BACK("2021-06-06", "2021-06-07", "31002_22", package, inf, win32, hresult)
#define JUNE_SUCCESS(package) UPDATE_SUCCEEDS("2021-06-06", "2021-06-07", "31002_22", package)

static void check_runs(void **state, const char *first, const char *second, const char *third,
                       const char *expected)
{
    struct diagnosed diagnosed = diagnose_runs(*state, first, second, third);
    assert_findings(&diagnosed, expected);
    free_diagnosed(&diagnosed);
}

static void check(void **state, const char *cbs, const char *expected)
{
    assert_diagnosis(*state, cbs, NULL, expected);
}

/* --- what counts as a failure -------------------------------------------------------------- */

static void a_success_over_a_restart_leaves_nothing(void **state)
{
    check(state, JUNE_SUCCESS(KB1), "no_failure:");
    check(state, INSTALLED("2021-06-06", "31002_22", KB1), "no_failure:");
    check(state,
          INSTALL_WAITS("2021-06-06", "31002_22", KB1) SHUTDOWN("2021-06-06")
              SHUTDOWN_ENDS("2021-06-06") STARTUP("2021-06-07")
                  STARTUP_ENDS("2021-06-07", "0x80070bc2 - ERROR_SUCCESS_REBOOT_REQUIRED")
                      STARTUP("2021-06-08") STARTUP_ENDS("2021-06-08", DONE),
          "no_failure:");
}

static void a_rollback_at_startup_is_a_failure(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, MAY_FAILURE(KB1), NULL);
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_int_equal(finding->code, 0x80070005);
    assert_int_equal(finding->outcome.rolled_back, CW_YES);
    assert_str(finding->outcome.stage, "startup");
    assert_str(finding->outcome.package_state, "Staged");
    assert_str(finding->outcome.forward_state, "CbsExecuteStatePrimitives");
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5001111");
    assert_entity(&diagnosed, CW_ENTITY_PACKAGE, KB1);
    assert_entity(&diagnosed, CW_ENTITY_INF, "cpu.inf");
    assert_true(cw_str_starts(diagnosed.report->summary,
                              CW_STR("KB5001111 rolled back with 0x80070005: ")));
    free_diagnosed(&diagnosed);
}

static void a_restart_in_between_does_not_end_the_failing_run(void **state)
{
    check(state,
          INSTALL_WAITS("2021-05-06", "31001_11",
                        KB1) SHUTDOWN("2021-05-06") SHUTDOWN_ENDS("2021-05-06")
              STARTUP("2021-05-07") DRIVERS_FAIL("2021-05-07", "cpu.inf", "5", "0x80070005")
                  STARTUP_ENDS("2021-05-07", "0x80070bc2 - ERROR_SUCCESS_REBOOT_REQUIRED") LINE(
                      "2021-05-07", "07:05:00",
                      "Retrieved original failure status: 0x80070005, last forward execute state: "
                      "CbsExecuteStatePrimitives") PACKAGE_FAILS("2021-05-07", KB1, "0x80070005")
                      STARTUP_ENDS("2021-05-07", DENIED),
          "failure: driver.operation-denied root_cause");
}

static void a_failed_session_is_a_failure_without_a_rollback(void **state)
{
    struct diagnosed diagnosed =
        diagnose(*state, SESSION_FAILS("2021-05-06", "31001_11", KB1, BROKEN), NULL);
    assert_findings(&diagnosed, "failure: unexplained unexplained");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_int_equal(finding->code, 0x8007001f);
    assert_int_equal(finding->outcome.rolled_back, CW_NO);
    assert_str(finding->outcome.stage, "session");
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5001111");
    free_diagnosed(&diagnosed);
}

static void a_query_that_finds_nothing_is_no_failure(void **state)
{
    check(state,
          LINE("2021-05-06", "08:00:00", "Session: 31001_11 initialized by client WinMgmt.")
              LINE("2021-05-06", "08:00:00",
                   "Failed to internally open package. [HRESULT = 0x800f0805 - "
                   "CBS_E_INVALID_PACKAGE]") FINALIZED("2021-05-06", "31001_11", "no", DONE),
          "no_failure:");
}

static void a_dead_mans_switch_that_is_cleared_is_no_failure(void **state)
{
    static const char *const switches[] = {
        EXEC("2021-05-06", "31001_11", KB1)
            LINE("2021-05-06", "09:01:00", "Setting ExecuteState key to: CbsExecuteStateFailed")
                LINE("2021-05-06", "09:02:00", "Setting ExecuteState key to: ExecuteStateNone")
                    EXEC_ENDS("2021-05-06", "31001_11", KB1, DONE)
                        FINALIZED("2021-05-06", "31001_11", "no", DONE),
        EXEC("2021-05-06", "31001_11", KB1)
            LINE("2021-05-06", "09:01:00",
                 "Setting ExecuteState key to: CbsExecuteStateInitiateRollback | "
                 "CbsExecuteStateFlagAdvancedInstallersFailed")
                LINE("2021-05-06", "09:02:00", "Setting ExecuteState key to: ExecuteStateNone")
                    EXEC_ENDS("2021-05-06", "31001_11", KB1, DONE)
                        FINALIZED("2021-05-06", "31001_11", "no", DONE),
    };
    for (size_t i = 0; i < COUNT(switches); i++)
        check(state, switches[i], "no_failure:");
}

static void a_log_that_ends_under_the_switch_is_undecided(void **state)
{
    static const char *const switches[] = {
        EXEC("2021-05-06", "31001_11", KB1)
            LINE("2021-05-06", "09:01:00", "Setting ExecuteState key to: CbsExecuteStateFailed"),
        EXEC("2021-05-06", "31001_11", KB1)
            LINE("2021-05-06", "09:01:00",
                 "Setting ExecuteState key to: CbsExecuteStateInitiateRollback | "
                 "CbsExecuteStateFlagAdvancedInstallersFailed"),
    };
    for (size_t i = 0; i < COUNT(switches); i++)
        check(state, switches[i], "unknown:");
}

/* --- a rollback at shutdown is temporary --------------------------------------------------- */

#define AT_SHUTDOWN                                                                                \
    INSTALL_WAITS("2021-06-06", "31002_22", KB1) TEMPORARY_ROLLBACK("2021-06-06", "usb.inf")

static void what_startup_makes_good_is_recovered(void **state)
{
    check(state, AT_SHUTDOWN STARTUP("2021-06-07") STARTUP_ENDS("2021-06-07", DONE),
          "no_failure: driver.operation-failed recovered");
}

static void what_startup_fails_again_is_a_failure(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state,
        AT_SHUTDOWN STARTUP("2021-06-07") DRIVERS_FAIL("2021-06-07", "usb.inf", "32", "0x80070020")
            PACKAGE_FAILS("2021-06-07", KB1, "0x80070020")
                STARTUP_ENDS("2021-06-07", "0x80070020 - "),
        NULL);
    assert_findings(&diagnosed, "failure: driver.operation-failed root_cause");
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_YES);
    assert_str(diagnosed.report->findings[0].outcome.stage, "startup");
    free_diagnosed(&diagnosed);
}

static void a_log_that_ends_before_startup_decides_nothing(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, AT_SHUTDOWN, NULL);
    assert_findings(&diagnosed, "unknown: driver.operation-failed contributing");
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_UNKNOWN);
    assert_str(diagnosed.report->findings[0].outcome.stage, "shutdown");
    assert_true(cw_str_starts(diagnosed.report->summary, CW_STR("Undecided: ")));
    free_diagnosed(&diagnosed);
    check(state, AT_SHUTDOWN STARTUP("2021-06-07"),
          "unknown: driver.operation-failed contributing");
}

static void an_undecided_run_stands_behind_an_older_failure(void **state)
{
    check_runs(state, MAY_FAILURE(KB2), AT_SHUTDOWN, NULL,
               "failure: driver.operation-denied root_cause, driver.operation-failed contributing");
}

/* --- several runs -------------------------------------------------------------------------- */

static void a_later_success_of_the_same_update_makes_good(void **state)
{
    check_runs(state, MAY_FAILURE(KB1), JUNE_SUCCESS(KB1), NULL,
               "no_failure: driver.operation-denied recovered");
    check_runs(state, MAY_FAILURE(KB1), INSTALLED("2021-06-06", "31002_22", KB1), NULL,
               "no_failure: driver.operation-denied recovered");
    check_runs(state, SESSION_FAILS("2021-05-06", "31001_11", KB1, BROKEN),
               INSTALLED("2021-06-06", "31002_22", KB1), NULL, "no_failure: unexplained recovered");
}

static void a_later_success_of_another_update_does_not(void **state)
{
    check_runs(state, MAY_FAILURE(KB1), JUNE_SUCCESS(KB2), NULL,
               "failure: driver.operation-denied root_cause");
}

static void an_earlier_success_of_the_same_update_does_not(void **state)
{
    check_runs(state, INSTALLED("2021-04-06", "31000_00", KB1), MAY_FAILURE(KB1), NULL,
               "failure: driver.operation-denied root_cause");
}

static void the_newest_failure_comes_first(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(
        *state, MAY_FAILURE(KB1), JUNE_FAILURE(KB2, "usb.inf", "13", "0x8007000d"), NULL);
    assert_findings(&diagnosed,
                    "failure: driver.invalid-data root_cause, driver.operation-denied root_cause");
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5002222");
    free_diagnosed(&diagnosed);
}

static void what_was_overcome_comes_last(void **state)
{
    check_runs(state, MAY_FAILURE(KB1), JUNE_FAILURE(KB2, "usb.inf", "13", "0x8007000d"),
               INSTALLED("2021-07-06", "31003_33", KB2),
               "failure: driver.operation-denied root_cause, driver.invalid-data recovered");
}

static void the_same_cause_in_several_runs_is_one_finding(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(
        *state, MAY_FAILURE(KB1), JUNE_FAILURE(KB2, "cpu.inf", "5", "0x80070005"), NULL);
    char text[CW_TIME_TEXT];
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause x2");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_string_equal(cw_time_text(finding->first_seen, text), "2021-05-06T09:00:00");
    assert_string_equal(cw_time_text(finding->last_seen, text), "2021-06-07T07:01:00");
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5002222");
    free_diagnosed(&diagnosed);
}

static void the_same_cause_overcome_once_and_failing_again_is_two_findings(void **state)
{
    check_runs(state, MAY_FAILURE(KB1), JUNE_FAILURE(KB2, "cpu.inf", "5", "0x80070005"),
               INSTALLED("2021-07-06", "31003_33", KB1),
               "failure: driver.operation-denied root_cause, driver.operation-denied recovered");
}

/* --- hostile sizes ------------------------------------------------------------------------- */

enum { MANY = 300 };

static void assert_many(const struct cw_rules *rules, const char *line, const char *id)
{
    struct cw_buf log;
    cw_buf_init(&log, (size_t)1024 * 1024);
    (void)cw_buf_append(&log, CW_STR(STARTUP("2021-05-07")));
    for (int i = 0; i < MANY; i++) {
        struct cw_str text = cw_str_c(line);
        size_t at = cw_str_find_char(text, '#');
        (void)cw_buf_printf(&log, "2021-05-07 07:00:10, Info                  CBS    %.*s%d%s\n",
                            (int)at, line, i, line + at + 1);
    }
    (void)cw_buf_append(&log, CW_STR(STARTUP_ENDS("2021-05-07", DENIED)));
    struct diagnosed diagnosed = diagnose_bytes(rules, cw_buf_str(&log), CW_STR_NONE);
    assert_true(diagnosed.report->finding_count > 0);
    assert_str(diagnosed.report->findings[0].id, id);
    free_diagnosed(&diagnosed);
    cw_buf_done(&log);
}

static void hundreds_of_packages_or_drivers_are_no_obstacle(void **state)
{
    assert_many(*state,
                "Doqe: Marked package Package_#_for_KB5001111~31bf3856ad364e35~amd64~~10.0.1.4 as "
                "failed.",
                "run.access-denied");
    assert_many(*state, "    INSTALL index: 1, phase: 2, result 5, inf: oem#.inf",
                "driver.operation-denied");
    assert_many(*state,
                "Startup: Package: Package_#_for_KB5001111~x~amd64~~1.4 completed startup "
                "processing, new state: Staged, original: Staged, targeted: Installed.  hr = "
                "0x80070005",
                "run.access-denied");
    assert_many(*state,
                "Exec: Processing complete.  Session: 31001_11, Package: Package_#_for_KB5001111, "
                "Identifier: x [HRESULT = 0x80070005 - E_ACCESSDENIED]",
                "run.access-denied");
}

/* "kind xCOUNT, ...": the limits that were reached. */
static void assert_diagnostics(const struct cw_rules *rules, struct cw_str cbs,
                               struct cw_str setupapi, const char *expected)
{
    struct diagnosed diagnosed = diagnose_bytes(rules, cbs, setupapi);
    struct cw_buf text;
    cw_buf_init(&text, 1000);
    (void)cw_buf_append(&text, CW_STR(""));
    for (size_t i = 0; i < diagnosed.report->diagnostic_count; i++)
        (void)cw_buf_printf(&text, "%s%.*s x%d", i ? ", " : "",
                            CW_STR_ARG(diagnosed.report->diagnostics[i].kind),
                            (int)diagnosed.report->diagnostics[i].count);
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
    free_diagnosed(&diagnosed);
}

static void a_limit_that_is_reached_is_named(void **state)
{
    struct cw_buf log;
    cw_buf_init(&log, (size_t)1024 * 1024);
    for (int i = 0; i < CW_LIMIT_RUN_ITEMS + 3; i++)
        (void)cw_buf_append(&log,
                            CW_STR(LINE("2021-05-07", "07:00:10",
                                        "    INSTALL index: 0, phase: 2, result 5, inf: a.inf")));
    assert_diagnostics(*state, cw_buf_str(&log), CW_STR_NONE, "steps_dropped x35");
    cw_buf_clear(&log);
    (void)cw_buf_append(&log, CW_STR(EXEC("2021-05-07", "31001_11", KB1)));
    while (log.len < CW_LIMIT_RECORD + 1000)
        (void)cw_buf_append(&log, CW_STR("  one of very many lines\n"));
    assert_diagnostics(*state, cw_buf_str(&log), CW_STR_NONE, "long_record x1");
    cw_buf_clear(&log);
    (void)cw_buf_append(&log, CW_STR(">>>  [Install It]\n>>>  Section start 2021/05/07 "
                                     "07:00:10.000\n"));
    for (int i = 0; i < CW_LIMIT_DEPTH + 2; i++)
        (void)cw_buf_append(&log, CW_STR("     sto: {Inner: a}\n"));
    (void)cw_buf_append(&log, CW_STR("<<<  Section end 2021/05/07 07:00:11.000\n"
                                     "<<<  [Exit status: SUCCESS]\n"));
    assert_diagnostics(*state, CW_STR_NONE, cw_buf_str(&log), "deep_operations x2");
    cw_buf_done(&log);
}

/* --- what is not there --------------------------------------------------------------------- */

static void nothing_that_is_a_log_is_unknown_and_partial(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, "Dear colleague,\nit fails.\n", "");
    assert_findings(&diagnosed, "unknown:");
    assert_int_equal(diagnosed.report->source_count, 0);
    assert_int_equal(diagnosed.report->not_read_count, 2);
    assert_true(cw_diagnosis_is_partial(diagnosed.diagnosis));
    free_diagnosed(&diagnosed);
}

static void a_path_that_does_not_exist_is_recorded(void **state)
{
    struct cw_diagnosis *diagnosis = NULL;
    struct cw_error error = {0};
    assert_int_equal(cw_diagnosis_new(*state, &diagnosis, &error), CW_OK);
    assert_int_equal(cw_diagnosis_add(diagnosis, "/nowhere/at/all", &error), CW_ERR_NOT_FOUND);
    assert_int_equal(
        cw_diagnosis_add_memory(diagnosis, CBS_NAME, CW_STR(MAY_FAILURE(KB1)), 0, &error), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosis, &error), CW_OK);
    const struct cw_report *report = cw_diagnosis_report(diagnosis);
    assert_true(cw_diagnosis_is_partial(diagnosis));
    assert_int_equal(report->not_read_count, 1);
    assert_str(report->not_read[0].path, "/nowhere/at/all");
    assert_int_equal(report->verdict, CW_VERDICT_FAILURE);
    cw_diagnosis_free(diagnosis);
}

/* --- text ---------------------------------------------------------------------------------- */

static void assert_expanded(struct cw_str text)
{
    if (cw_str_find(text, CW_STR("${")) != SIZE_MAX)
        fail_msg("a placeholder is left: %.*s", CW_STR_ARG(text));
}

static void no_placeholder_is_left_in_a_report(void **state)
{
    static const char *const logs[] = {
        MAY_FAILURE(KB1),
        SESSION_FAILS("2021-05-06", "31001_11", KB1, BROKEN),
        AT_SHUTDOWN,
        STARTUP("2021-05-07") PACKAGE_FAILS("2021-05-07", KB1, "0x80070005")
            STARTUP_ENDS("2021-05-07", DENIED),
        STARTUP("2021-05-07") LINE("2021-05-07", "07:00:30",
                                   "Failure in poqexec.exe while processing updates. [HRESULT = "
                                   "0x80070020 - ERROR_SHARING_VIOLATION]")
            STARTUP_ENDS("2021-05-07", DENIED),
    };
    for (size_t i = 0; i < COUNT(logs); i++) {
        struct diagnosed diagnosed = diagnose(*state, logs[i], NULL);
        struct cw_buf json = json_of(diagnosed.report);
        assert_true(diagnosed.report->finding_count > 0);
        assert_expanded(cw_buf_str(&json));
        cw_buf_done(&json);
        free_diagnosed(&diagnosed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_success_over_a_restart_leaves_nothing),
        cmocka_unit_test(a_rollback_at_startup_is_a_failure),
        cmocka_unit_test(a_restart_in_between_does_not_end_the_failing_run),
        cmocka_unit_test(a_failed_session_is_a_failure_without_a_rollback),
        cmocka_unit_test(a_query_that_finds_nothing_is_no_failure),
        cmocka_unit_test(a_dead_mans_switch_that_is_cleared_is_no_failure),
        cmocka_unit_test(a_log_that_ends_under_the_switch_is_undecided),
        cmocka_unit_test(what_startup_makes_good_is_recovered),
        cmocka_unit_test(what_startup_fails_again_is_a_failure),
        cmocka_unit_test(a_log_that_ends_before_startup_decides_nothing),
        cmocka_unit_test(an_undecided_run_stands_behind_an_older_failure),
        cmocka_unit_test(a_later_success_of_the_same_update_makes_good),
        cmocka_unit_test(a_later_success_of_another_update_does_not),
        cmocka_unit_test(an_earlier_success_of_the_same_update_does_not),
        cmocka_unit_test(the_newest_failure_comes_first),
        cmocka_unit_test(what_was_overcome_comes_last),
        cmocka_unit_test(the_same_cause_in_several_runs_is_one_finding),
        cmocka_unit_test(the_same_cause_overcome_once_and_failing_again_is_two_findings),
        cmocka_unit_test(hundreds_of_packages_or_drivers_are_no_obstacle),
        cmocka_unit_test(a_limit_that_is_reached_is_named),
        cmocka_unit_test(nothing_that_is_a_log_is_unknown_and_partial),
        cmocka_unit_test(a_path_that_does_not_exist_is_recorded),
        cmocka_unit_test(no_placeholder_is_left_in_a_report),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
