/* Several failed attempts at one update. */
#include "support/test.h"

#include "base/os.h"
#include "report/facts.h"
#include "report/in_language.h"
#include "support/diagnosing.h"
#include "support/stories.h"
#include "support/temp_folder.h"

#define KB1 PACKAGE("KB5001111")
#define KB2 PACKAGE("KB5002222")
#define DENIED "5", "0x80070005"
#define NO_PATH "3", "0x80070003"

/* One day each. */
#define FAILS_ON(eve, day, session, package, inf, code)                                            \
    FAILS_WITH(eve, day, session, package, inf, code)
#define FAILS_WITH(eve, day, session, package, inf, win32, hresult)                                \
    UPDATE_ROLLED_BACK(eve, day, session, package, inf, win32, hresult)
#define MARCH_9 FAILS_ON("2023-03-08", "2023-03-09", "310_1", KB1, "cpu.inf", DENIED)
#define MARCH_11 FAILS_ON("2023-03-10", "2023-03-11", "310_2", KB1, "cpu.inf", DENIED)
#define MARCH_13 FAILS_ON("2023-03-12", "2023-03-13", "310_3", KB1, "cpu.inf", DENIED)
#define MARCH_13_NO_PATH FAILS_ON("2023-03-12", "2023-03-13", "310_3", KB1, "cpu.inf", NO_PATH)
#define MARCH_13_USB FAILS_ON("2023-03-12", "2023-03-13", "310_3", KB1, "usb.inf", DENIED)
#define MARCH_13_KB2 FAILS_ON("2023-03-12", "2023-03-13", "310_3", KB2, "cpu.inf", DENIED)
#define MARCH_11_INSTALLED UPDATE_SUCCEEDS("2023-03-10", "2023-03-11", "310_2", KB1)
#define MARCH_13_AT_SHUTDOWN                                                                       \
    INSTALL_WAITS("2023-03-13", "310_4", KB1)                                                      \
    TEMPORARY_ROLLBACK_WITH("2023-03-13", "cpu.inf", "5", "0x80070005")

static struct cw_buf history_of(const struct cw_report *report, enum cw_language language)
{
    struct cw_buf text;
    cw_buf_init(&text, 4096);
    assert_true(report->finding_count > 0);
    (void)cw_put_history(&text, language, &report->findings[0]);
    assert_true(cw_buf_char(&text, '\0'));
    return text;
}

static void assert_history(const struct cw_report *report, const char *expected)
{
    struct cw_buf text = history_of(report, CW_LANGUAGE_EN);
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
}

static void assert_told(const struct cw_rules *rules, const char *first, const char *second,
                        const char *third, const char *expected)
{
    struct diagnosed diagnosed = diagnose_runs(rules, first, second, third);
    assert_history(diagnosed.report, expected);
    free_diagnosed(&diagnosed);
}

static void one_attempt_has_no_history(void **state)
{
    assert_told(*state, MARCH_9, "", NULL, "");
}

static void attempts_for_one_reason_are_counted_since_the_first(void **state)
{
    assert_told(*state, MARCH_9, MARCH_11, MARCH_13,
                "failed 3 times since 2023-03-09, each time for this reason");
}

static void a_changed_cause_is_named_with_the_time_of_the_change(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(*state, MARCH_9, MARCH_11, MARCH_13_NO_PATH);
    const struct cw_attempts *history = &diagnosed.report->findings[0].history;
    char text[CW_TIME_TEXT];
    assert_int_equal(history->count, 3);
    assert_int_equal(history->sameness, CW_SAME_NOT);
    assert_int_equal(history->change_count, 1);
    assert_string_equal(cw_time_text(history->first, text), "2023-03-09T07:01:00");
    assert_string_equal(cw_time_text(history->last, text), "2023-03-13T07:01:00");
    assert_string_equal(cw_time_text(history->changes[0].time, text), "2023-03-13T07:01:00");
    assert_str(history->changes[0].from.id, "driver.operation-denied");
    assert_str(history->changes[0].to.id, "driver.package-path-not-found");
    assert_history(diagnosed.report, "failed 3 times since 2023-03-09; before 2023-03-13 07:01:00 "
                                     "it was: Updating driver cpu.inf was denied");
    free_diagnosed(&diagnosed);
}

static void another_driver_that_is_refused_is_another_cause(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(*state, MARCH_11, MARCH_13_USB, NULL);
    const struct cw_attempts *history = &diagnosed.report->findings[0].history;
    assert_int_equal(history->sameness, CW_SAME_NOT);
    assert_str(history->changes[0].from.id, "driver.operation-denied");
    assert_str(history->changes[0].to.id, "driver.operation-denied");
    free_diagnosed(&diagnosed);
}

static void a_cause_that_changes_and_comes_back_changed_twice(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(
        *state, MARCH_9, FAILS_ON("2023-03-10", "2023-03-11", "310_2", KB1, "cpu.inf", NO_PATH),
        MARCH_13);
    struct cw_buf text = history_of(diagnosed.report, CW_LANGUAGE_EN);
    assert_true(cw_str_starts(cw_buf_str(&text),
                              CW_STR("failed 3 times since 2023-03-09; the cause changed 2 times, "
                                     "before 2023-03-13 07:01:00 it was: ")));
    cw_buf_done(&text);
    free_diagnosed(&diagnosed);
}

static void attempts_at_another_update_do_not_count(void **state)
{
    assert_told(*state, MARCH_9, MARCH_11, MARCH_13_KB2, "");
    assert_told(*state, MARCH_9,
                FAILS_ON("2023-03-10", "2023-03-11", "310_2", KB2, "cpu.inf", DENIED), MARCH_13,
                "failed 2 times since 2023-03-09, each time for this reason");
}

static void a_failure_that_was_made_good_is_told_apart(void **state)
{
    assert_told(*state, MARCH_9, MARCH_11_INSTALLED, MARCH_13,
                "failed once, on 2023-03-13; 1 earlier failure was made good in between");
    assert_told(*state, MARCH_9, MARCH_11_INSTALLED, "", "");
}

static void what_startup_may_still_decide_is_no_failed_attempt(void **state)
{
    assert_told(*state, MARCH_9, MARCH_11, MARCH_13_AT_SHUTDOWN,
                "failed 2 times since 2023-03-09, each time for this reason");
}

/* setupapi.dev.log goes back to the last attempt only. */
static void a_log_that_tells_more_of_one_attempt_makes_no_other_cause(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state,
        STARTUP("2023-03-09") DRIVERS_FAIL("2023-03-09", "cpu.inf", "5", "0x80070005")
            PACKAGE_FAILS("2023-03-09", KB1, "0x80070005")
                STARTUP_ENDS("2023-03-09", "0x80070005 - ") STARTUP("2023-03-13")
                    DRIVERS_FAIL("2023-03-13", "cpu.inf", "5", "0x80070005")
                        PACKAGE_FAILS("2023-03-13", KB1, "0x80070005"),
        DEVICE_LOG DRIVER_UPDATE_FAILS("2023/03/13", "07:00:11.250", "cpu.inf", "Contoso CPU",
                                       "ContosoCpu", "0x00000005", "07:00:19.900"));
    assert_str(diagnosed.report->findings[0].id, "driver.service-write-denied");
    assert_int_equal(diagnosed.report->findings[0].history.change_count, 0);
    assert_history(diagnosed.report, "failed 2 times since 2023-03-09, each time with this error");
    free_diagnosed(&diagnosed);
}

/* The first line of the log is the second start of the machine. */
static void an_attempt_whose_beginning_is_lost_proves_no_change(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(
        *state,
        LINE("2023-03-09", "07:04:00",
             "Retrieved original failure status: 0x80070005, last forward execute state: "
             "CbsExecuteStatePrimitives") PACKAGE_FAILS("2023-03-09", KB1, "0x80070005")
            STARTUP_ENDS("2023-03-09", "0x80070005 - "),
        MARCH_13_NO_PATH, NULL);
    assert_history(diagnosed.report, "failed 2 times since 2023-03-09; whether for this reason "
                                     "each time, the logs do not tell");
    free_diagnosed(&diagnosed);
}

static void attempts_that_no_rule_explains_share_their_error_at_most(void **state)
{
    struct cw_rules *none = load_no_rules();
    (void)state;
    assert_told(none, MARCH_9, MARCH_11, NULL,
                "failed 2 times since 2023-03-09, each time with this error");
    cw_rules_free(none);
}

static void the_history_is_told_in_chinese(void **state)
{
    struct diagnosed diagnosed = diagnose_runs(*state, MARCH_11, MARCH_13_NO_PATH, NULL);
    struct cw_arena arena = {0};
    struct cw_report report;
    assert_true(cw_report_in_language(diagnosed.report, CW_LANGUAGE_ZH_CN, &arena, &report));
    struct cw_buf text = history_of(&report, CW_LANGUAGE_ZH_CN);
    assert_true(cw_str_starts(cw_buf_str(&text),
                              CW_STR("自 2023-03-11 起共失败 2 次；2023-03-13 07:01:00 之前是：")));
    assert_true(cw_str_find(cw_buf_str(&text), CW_STR("Windows was")) == SIZE_MAX);
    cw_buf_done(&text);
    cw_arena_done(&arena);
    free_diagnosed(&diagnosed);
}

/* --- several logs --- */

static struct diagnosed diagnose_folder(const struct cw_rules *rules, void **folder)
{
    struct diagnosed diagnosed = {0};
    assert_int_equal(cw_diagnosis_new(rules, &diagnosed.diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add(diagnosed.diagnosis, temp_path(folder, "").text, NULL),
                     CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, NULL), CW_OK);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    return diagnosed;
}

static void assert_logs(const struct cw_rules *rules, const char *older_name,
                        const char *newer_name, const char *expected)
{
    void *folder = NULL;
    assert_int_equal(temp_folder_make(&folder), 0);
    temp_subfolder(&folder, "other");
    temp_file(&folder, older_name, cw_str_c(MARCH_11));
    temp_file(&folder, newer_name, cw_str_c(MARCH_13));
    struct diagnosed diagnosed = diagnose_folder(rules, &folder);
    assert_int_equal(diagnosed.report->finding_count, 1);
    assert_history(diagnosed.report, expected);
    free_diagnosed(&diagnosed);
    assert_int_equal(temp_folder_remove(&folder), 0);
}

static void the_logs_of_a_rotated_series_are_one_history(void **state)
{
    static const char twice[] = "failed 2 times since 2023-03-11, each time for this reason";
    assert_logs(*state, "CbsPersist_20230312.log", "CBS.log", twice);
}

static void logs_of_two_folders_may_be_of_two_machines(void **state)
{
    assert_logs(*state, "other/CBS.log", "CBS.log", "");
}

#define FAILED_CHANGE(day)                                                                         \
    "Information," day                                                                             \
    " 8:20:31 AM,Microsoft-Windows-Servicing,3,(1),Package KB5001111 failed to be changed to the " \
    "Installed state. Status: 0x80070005.\n"                                                       \
    "Information," day                                                                             \
    " 8:00:47 AM,Microsoft-Windows-Servicing,1,(1),Initiating changes for package KB5001111. "     \
    "Current state is Absent. Target state is Installed. Client id: WindowsUpdateAgent.\n"

static void attempts_that_the_event_log_alone_tells_are_counted(void **state)
{
    void *folder = NULL;
    assert_int_equal(temp_folder_make(&folder), 0);
    temp_file(&folder, "setup.csv",
              CW_STR("Level,Date and Time,Source,Event ID,Task Category\n" FAILED_CHANGE(
                  "5/19/2023") FAILED_CHANGE("5/16/2023")));
    struct diagnosed diagnosed = diagnose_folder(*state, &folder);
    assert_history(diagnosed.report, "failed 2 times since 2023-05-16, each time with this error");
    free_diagnosed(&diagnosed);
    assert_int_equal(temp_folder_remove(&folder), 0);
}

static void a_copy_of_a_log_adds_no_attempt(void **state)
{
    void *folder = NULL;
    assert_int_equal(temp_folder_make(&folder), 0);
    temp_file(&folder, "CBS.log", cw_str_c(MARCH_11));
    temp_file(&folder, "CBS - Copy.log", cw_str_c(MARCH_11));
    struct diagnosed diagnosed = diagnose_folder(*state, &folder);
    assert_history(diagnosed.report, "");
    free_diagnosed(&diagnosed);
    assert_int_equal(temp_folder_remove(&folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_attempt_has_no_history),
        cmocka_unit_test(attempts_for_one_reason_are_counted_since_the_first),
        cmocka_unit_test(a_changed_cause_is_named_with_the_time_of_the_change),
        cmocka_unit_test(another_driver_that_is_refused_is_another_cause),
        cmocka_unit_test(a_cause_that_changes_and_comes_back_changed_twice),
        cmocka_unit_test(attempts_at_another_update_do_not_count),
        cmocka_unit_test(a_failure_that_was_made_good_is_told_apart),
        cmocka_unit_test(what_startup_may_still_decide_is_no_failed_attempt),
        cmocka_unit_test(a_log_that_tells_more_of_one_attempt_makes_no_other_cause),
        cmocka_unit_test(an_attempt_whose_beginning_is_lost_proves_no_change),
        cmocka_unit_test(attempts_that_no_rule_explains_share_their_error_at_most),
        cmocka_unit_test(the_history_is_told_in_chinese),
        cmocka_unit_test(the_logs_of_a_rotated_series_are_one_history),
        cmocka_unit_test(logs_of_two_folders_may_be_of_two_machines),
        cmocka_unit_test(attempts_that_the_event_log_alone_tells_are_counted),
        cmocka_unit_test(a_copy_of_a_log_adds_no_attempt),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
