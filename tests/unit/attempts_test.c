/* What belongs to which attempt: packages and KBs to runs, phases to their verdict, sections and
 * INFs to operations, codes to lines. */
#include "support/test.h"

#include "base/os.h"
#include "support/diagnosing.h"
#include "support/stories.h"
#include "support/temp_folder.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define DAY "2023-06-14"
#define EVE "2023-06-13"
#define DONE "0x00000000 - S_OK"
#define DENIED "0x80070005 - E_ACCESSDENIED"
#define KB1 PACKAGE("KB5001111")
/* Packages whose names hold no KB. */
#define ROLLUP "Package_for_RollupFix~31bf3856ad364e35~amd64~~14393.5989.1.5"
#define DOTNET "Package_for_DotNetRollup~31bf3856ad364e35~amd64~~10.0.4614.1"

#define ROLLUP_WAITS UPDATE_WAITS(EVE, "31036_71", ROLLUP, "KB5027215")
#define DOTNET_WAITS UPDATE_WAITS(EVE, "31036_72", DOTNET, "KB5020801")
#define RESTART SHUTDOWN(EVE) SHUTDOWN_ENDS(EVE)
#define ROLLUP_FAILS                                                                               \
    STARTUP(DAY)                                                                                   \
    DRIVERS_FAIL(DAY, "cpu.inf", "5", "0x80070005")                                                \
    PACKAGE_FAILS(DAY, ROLLUP, "0x80070005")                                                       \
    STARTUP_ENDS(DAY, DENIED)

static bool contains(struct cw_str text, const char *part)
{
    return cw_str_find(text, cw_str_c(part)) != SIZE_MAX;
}

/* --- packages and KBs ---------------------------------------------------------------------- */

#define QUERY                                                                                      \
    LINE(EVE, "09:10:00",                                                                          \
         "Exec: Processing started.  Client: DISM Package Manager Provider, Session: 31036_80, "   \
         "Package: Package_for_Query~31bf3856ad364e35~amd64~~1.0.0.0")                             \
    LINE(EVE, "09:10:01", "Session: 31036_80 finalized. Reboot required: no [HRESULT = " DONE "]")

static void assert_only_the_rollup(void **state, const char *staged)
{
    struct diagnosed diagnosed = diagnose_runs(*state, staged, RESTART, ROLLUP_FAILS);
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause");
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5027215");
    assert_entity(&diagnosed, CW_ENTITY_PACKAGE, ROLLUP);
    free_diagnosed(&diagnosed);
}

static void of_two_updates_before_one_restart_the_one_that_failed_is_named(void **state)
{
    static const char *const staged[] = {
        ROLLUP_WAITS DOTNET_WAITS,
        DOTNET_WAITS ROLLUP_WAITS,
    };
    for (size_t i = 0; i < COUNT(staged); i++)
        assert_only_the_rollup(state, staged[i]);
}

static void a_query_in_between_takes_no_kb_away(void **state)
{
    static const char *const staged[] = {
        ROLLUP_WAITS QUERY,
        ROLLUP_WAITS QUERY DOTNET_WAITS,
        ROLLUP_WAITS DOTNET_WAITS QUERY,
    };
    for (size_t i = 0; i < COUNT(staged); i++)
        assert_only_the_rollup(state, staged[i]);
}

/* Another session begins and ends well before the first one fails. */
static void a_session_that_ends_well_within_another_is_no_part_of_its_failure(void **state)
{
    struct diagnosed diagnosed =
        diagnose(*state,
                 EXEC(DAY, "31036_71", KB1) LINE(DAY, "09:01:00",
                                                 "Exec: Processing complete.  Session: 31036_72, "
                                                 "Package: " DOTNET
                                                 ", Identifier: KB5020801 [HRESULT = " DONE "]")
                     FINALIZED(DAY, "31036_72", "no", DONE) EXEC_ENDS(DAY, "31036_71", KB1, DENIED)
                         FINALIZED(DAY, "31036_71", "no", DENIED),
                 NULL);
    assert_int_equal(diagnosed.report->verdict, CW_VERDICT_FAILURE);
    assert_int_equal(diagnosed.report->finding_count, 1);
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5001111");
    assert_entity(&diagnosed, CW_ENTITY_PACKAGE, KB1);
    free_diagnosed(&diagnosed);
}

/* --- shutdown and startup ------------------------------------------------------------------ */

static void what_failed_at_shutdown_alone_is_not_the_cause_of_what_startup_failed(void **state)
{
    struct diagnosed diagnosed =
        diagnose_runs(*state, INSTALL_WAITS(EVE, "31036_71", KB1),
                      TEMPORARY_ROLLBACK_WITH(EVE, "cpu.inf", "5", "0x80070005"),
                      STARTUP(DAY) DRIVERS_FAIL(DAY, "ntprint.inf", "3", "0x80070003")
                          PACKAGE_FAILS(DAY, KB1, "0x80070003")
                              STARTUP_ENDS(DAY, "0x80070003 - ERROR_PATH_NOT_FOUND"));
    assert_findings(&diagnosed, "failure: driver.package-path-not-found root_cause");
    assert_int_equal(diagnosed.report->findings[0].code, 0x80070003);
    assert_true(contains(diagnosed.report->findings[0].title, "ntprint.inf"));
    assert_entity(&diagnosed, CW_ENTITY_INF, "ntprint.inf");
    assert_true(cw_str_starts(diagnosed.report->summary,
                              CW_STR("KB5001111 rolled back with 0x80070003: ")));
    free_diagnosed(&diagnosed);
}

/* The last line is missing, but everything had been applied. */
static void a_startup_that_completes_makes_good_even_when_the_log_ends_early(void **state)
{
    struct diagnosed diagnosed =
        diagnose(*state,
                 INSTALL_WAITS(EVE, "31036_71", KB1) TEMPORARY_ROLLBACK(EVE, "usb.inf") STARTUP(DAY)
                     LINE(DAY, "07:00:30", "Setting ExecuteState key to: CbsExecuteStateComplete"),
                 NULL);
    assert_findings(&diagnosed, "no_failure: driver.operation-failed recovered");
    free_diagnosed(&diagnosed);
}

#define REPORT                                                                                     \
    LINE(DAY, "07:04:30",                                                                          \
         "WER: Generating failure report for package: " KB1                                        \
         ", status: 0x80070005, failure source: DOQ, start state: Staged, target state: "          \
         "Installed, client id: WindowsUpdateAgent")
/* The machine starts for the second time: the rollback itself is no longer in the log. */
#define SECOND_START                                                                               \
    LINE(DAY, "07:04:00",                                                                          \
         "Retrieved original failure status: 0x80070005, last forward execute state: "             \
         "CbsExecuteStatePrimitives")                                                              \
    REPORT STARTUP_ENDS(DAY, DENIED)

static void the_second_start_alone_tells_that_drivers_failed(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, SECOND_START, NULL);
    assert_int_equal(diagnosed.report->verdict, CW_VERDICT_FAILURE);
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_YES);
    assert_int_equal(diagnosed.report->findings[0].code, 0x80070005);
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5001111");
    assert_missing(&diagnosed, "setupapi.dev.log; the CBS log before this one");
    free_diagnosed(&diagnosed);
}

static void a_failure_report_alone_does_not_tell_whether_it_was_rolled_back(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, REPORT, NULL);
    assert_int_equal(diagnosed.report->verdict, CW_VERDICT_FAILURE);
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_UNKNOWN);
    assert_missing(&diagnosed, "setupapi.dev.log");
    free_diagnosed(&diagnosed);
}

/* --- several rollbacks --------------------------------------------------------------------- */

static void rollbacks_days_apart_are_two_findings_without_any_session(void **state)
{
    static const char *const logs[] = {
        DRIVERS_FAIL("2023-06-01", "cpu.inf", "5", "0x80070005")
            DRIVERS_FAIL(DAY, "usb.inf", "13", "0x8007000d"),
        STARTUP("2023-06-01") DRIVERS_FAIL("2023-06-01", "cpu.inf", "5", "0x80070005") STARTUP(DAY)
            DRIVERS_FAIL(DAY, "usb.inf", "13", "0x8007000d"),
    };
    char text[CW_TIME_TEXT];
    for (size_t i = 0; i < COUNT(logs); i++) {
        struct diagnosed diagnosed = diagnose(*state, logs[i], NULL);
        assert_findings(
            &diagnosed,
            "failure: driver.invalid-data root_cause, driver.operation-denied root_cause");
        const struct cw_finding *findings = diagnosed.report->findings;
        assert_string_equal(cw_time_text(findings[0].last_seen, text), "2023-06-14T07:00:21");
        assert_string_equal(cw_time_text(findings[1].last_seen, text), "2023-06-01T07:00:21");
        assert_strings(&findings[0].entities.of[CW_ENTITY_INF], "usb.inf");
        assert_strings(&findings[1].entities.of[CW_ENTITY_INF], "cpu.inf");
        free_diagnosed(&diagnosed);
    }
}

/* --- INFs and clocks ----------------------------------------------------------------------- */

#define SECTION_FOR(inf)                                                                           \
    DEVICE_LOG DRIVER_UPDATE_FAILS("2023/06/14", "07:00:11.250", inf, "Contoso Device",            \
                                   "ContosoSvc", "0x00000005", "07:00:19.900")
#define CPU_DENIED UPDATE_ROLLED_BACK(EVE, DAY, "31036_71", KB1, "cpu.inf", "5", "0x80070005")

static void logs_that_name_different_infs_at_one_time_are_not_joined(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, CPU_DENIED, SECTION_FOR("usb.inf"));
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause, "
                                "driver.service-write-denied root_cause");
    assert_agreed(&diagnosed, "");
    assert_entity(&diagnosed, CW_ENTITY_INF, "cpu.inf");
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "");
    assert_strings(&diagnosed.report->findings[1].entities.of[CW_ENTITY_INF], "usb.inf");
    assert_strings(&diagnosed.report->findings[1].entities.of[CW_ENTITY_KB], "");
    free_diagnosed(&diagnosed);
    diagnosed = diagnose(*state, CPU_DENIED, SECTION_FOR("cpu.inf"));
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    free_diagnosed(&diagnosed);
}

static void of_two_infs_that_fail_each_finding_names_its_own(void **state)
{
    struct diagnosed diagnosed =
        diagnose(*state,
                 STARTUP(DAY) LINE(DAY, "07:00:15",
                                   "    INSTALL index: 1, phase: 2, result 13, inf: usb.inf")
                     DRIVERS_FAIL(DAY, "disk.inf", "1168", "0x80070490")
                         STARTUP_ENDS(DAY, "0x80070490 - ERROR_NOT_FOUND"),
                 NULL);
    const struct cw_finding *findings = diagnosed.report->findings;
    /* The run ended with the code of disk.inf. */
    assert_findings(&diagnosed, "failure: driver.store-element-missing root_cause, "
                                "driver.invalid-data contributing");
    assert_strings(&findings[0].entities.of[CW_ENTITY_INF], "disk.inf");
    assert_strings(&findings[1].entities.of[CW_ENTITY_INF], "usb.inf");
    assert_strings(&findings[0].as_written, "result 1168");
    assert_strings(&findings[1].as_written, "result 13");
    free_diagnosed(&diagnosed);
}

/* The section belongs to the run, but is about the other INF. */
static void a_section_adds_nothing_to_a_finding_about_another_inf(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state,
        STARTUP(DAY)
            LINE(DAY, "07:00:12", "    INSTALL index: 1, phase: 2, result 13, inf: usb.inf")
                DRIVERS_FAIL(DAY, "disk.inf", "31", "0x8007001f")
                    STARTUP_ENDS(DAY, "0x8007001f - ERROR_GEN_FAILURE"),
        DEVICE_LOG DRIVER_UPDATE_FAILS("2023/06/14", "07:00:13.250", "disk.inf", "Contoso Disk",
                                       "ContosoDisk", "0x0000001f", "07:00:19.900"));
    /* The run ended with the code of disk.inf. */
    assert_findings(&diagnosed, "failure: driver.reflect-failed root_cause, "
                                "driver.invalid-data contributing");
    assert_missing(&diagnosed, "the CBS log before this one");
    const struct cw_entities *entities = &diagnosed.report->findings[1].entities;
    assert_strings(&entities->of[CW_ENTITY_INF], "usb.inf");
    assert_int_equal(entities->of[CW_ENTITY_SERVICE].count, 0);
    assert_int_equal(entities->of[CW_ENTITY_DRIVER].count, 0);
    free_diagnosed(&diagnosed);
}

static void an_allowlist_holds_what_the_denied_inf_owns_and_nothing_of_another(void **state)
{
    struct diagnosed diagnosed =
        diagnose(*state,
                 STARTUP(DAY) LINE(DAY, "07:00:15",
                                   "    INSTALL index: 1, phase: 2, result 31, inf: usb.inf")
                     DRIVERS_FAIL(DAY, "disk.inf", "5", "0x80070005") STARTUP_ENDS(DAY, DENIED),
                 NULL);
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause, "
                                "driver.operation-failed contributing");
    assert_entity(&diagnosed, CW_ENTITY_INF, "disk.inf");
    assert_strings(&finding->allowlist.registry_key,
                   "HKLM\\SYSTEM\\CurrentControlSet\\Services\\disk");
    assert_strings(&finding->allowlist.file, "C:\\Windows\\system32\\drivers\\disk.sys");
    free_diagnosed(&diagnosed);
}

/* Between the operation and the rollback the clock was set back by an hour. */
static void a_clock_that_is_set_back_does_not_part_the_logs(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state,
        LINE(DAY, "07:00:15", "    INSTALL index: 0, phase: 2, result 5, inf: cpu.inf")
            LINE(DAY, "06:00:21", "Startup: Rolling back KTM, because drivers failed.")
                LINE(DAY, "06:00:21",
                     "Setting original failure status: 0x80070005, last forward execute "
                     "state: CbsExecuteStatePrimitives")
                    LINE(DAY, "06:01:00", "Startup: Processing complete. [HRESULT = " DENIED "]"),
        SECTION_FOR("cpu.inf"));
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    assert_agreed(&diagnosed, "time, inf, code, section title");
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_YES);
    free_diagnosed(&diagnosed);
}

/* --- codes --------------------------------------------------------------------------------- */

static void a_negative_result_is_a_code_of_32_bits(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state,
        UPDATE_ROLLED_BACK(EVE, DAY, "31036_71", KB1, "cpu.inf", "-536870656", "0xe0000100"), NULL);
    assert_int_equal(diagnosed.report->verdict, CW_VERDICT_FAILURE);
    assert_int_equal(diagnosed.report->findings[0].code, 0xe0000100);
    assert_true(
        cw_strings_has(&diagnosed.report->findings[0].as_written, CW_STR("result -536870656")));
    free_diagnosed(&diagnosed);
}

/* Every spelling of the finding's code is a spelling of that code; returns how many there are. */
static size_t assert_spellings(const char *name, const struct cw_finding *finding)
{
    for (size_t i = 0; i < finding->as_written.count; i++) {
        struct cw_str written = finding->as_written.items[i];
        struct cw_str number =
            cw_str_starts(written, CW_STR("result ")) ? cw_str_from(written, 7) : written;
        uint32_t code = CW_CODE_NONE;
        if (!cw_code_parse(number, &code) || !cw_code_same(code, finding->code))
            fail_msg("%s: %.*s is 0x%08x, written \"%.*s\"", name, CW_STR_ARG(finding->id),
                     finding->code, CW_STR_ARG(written));
    }
    return finding->as_written.count;
}

static size_t assert_case(const struct cw_rules *rules, const char *name)
{
    static const char *const logs[] = {"CBS.log", "setupapi.dev.log"};
    struct cw_diagnosis *diagnosis = NULL;
    size_t spellings = 0;
    assert_int_equal(cw_diagnosis_new(rules, &diagnosis, NULL), CW_OK);
    for (size_t i = 0; i < COUNT(logs); i++) {
        char path[512];
        int len = snprintf(path, sizeof(path), "%s/cases/%s/%s", CW_FIXTURES, name, logs[i]);
        assert_true(len > 0 && (size_t)len < sizeof(path));
        (void)cw_diagnosis_add(diagnosis, path, NULL);
    }
    assert_int_equal(cw_diagnosis_finish(diagnosis, NULL), CW_OK);
    const struct cw_report *report = cw_diagnosis_report(diagnosis);
    for (size_t i = 0; i < report->finding_count; i++)
        spellings += assert_spellings(name, &report->findings[i]);
    cw_diagnosis_free(diagnosis);
    return spellings;
}

static void the_code_of_a_finding_is_what_its_lines_say_in_every_case(void **state)
{
    struct cw_arena arena = {0};
    struct cw_str *names = NULL;
    size_t count = 0;
    size_t spellings = 0;
    assert_int_equal(cw_os_list_folder(CW_FIXTURES "/cases", &arena, &names, &count, NULL), CW_OK);
    for (size_t i = 0; i < count; i++)
        spellings += assert_case(*state, names[i].ptr);
    assert_true(spellings >= 30);
    cw_arena_done(&arena);
}

/* A cause of two lines, each with a code of its own. */
static const char two_codes[] =
    "{\"format\": 1, \"signals\": ["
    "{\"id\": \"s.alpha\", \"log\": \"cbs\", \"pattern\": \"Alpha broke: (?<code>0x[0-9a-f]+)\", "
    "\"code\": \"code\", \"match\": [\"" DAY " 09:00:00, Info                  CBS    Alpha broke: "
    "0x80070005\"], \"miss\": [\"" DAY " 09:00:00, Info                  CBS    Alpha runs\"]}, "
    "{\"id\": \"s.bravo\", \"log\": \"cbs\", \"pattern\": \"Bravo broke: (?<code>0x[0-9a-f]+)\", "
    "\"code\": \"code\", \"match\": [\"" DAY " 09:00:00, Info                  CBS    Bravo broke: "
    "0x80070002\"], \"miss\": [\"" DAY " 09:00:00, Info                  CBS    Bravo runs\"]}], "
    "\"causes\": [{\"id\": \"c.both\", \"all\": [\"s.alpha\", \"s.bravo\"], \"confidence\": "
    "\"observed\", \"confidence_reason\": {\"en\": \"Both lines say it.\"}, \"title\": {\"en\": "
    "\"Both broke\"}, \"explanation\": {\"en\": \"Both lines say that something broke.\"}}]}";

static void a_spelling_of_another_code_is_not_one_of_the_finding(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(two_codes);
    struct diagnosed diagnosed =
        diagnose(rules,
                 EXEC(DAY, "31036_71", KB1) LINE(DAY, "09:01:00", "Alpha broke: 0x80070005")
                     LINE(DAY, "09:02:00", "Bravo broke: 0x80070002")
                         EXEC_ENDS(DAY, "31036_71", KB1, DENIED),
                 NULL);
    assert_findings(&diagnosed, "failure: c.both root_cause");
    assert_strings(&diagnosed.report->findings[0].as_written, "0x80070005");
    free_diagnosed(&diagnosed);
    cw_rules_free(rules);
}

/* An installer fails with a code of its own; the run ends with another one. */
#define INSTALLER_FAILS                                                                            \
    STARTUP(DAY)                                                                                   \
    LINE(DAY, "07:00:10", "Startup: Processing advanced operation queue, startupPhase: 0")         \
    DAY " 07:00:12, Error      [0x01803e] CSI    00000021 (F) Failed execution of queue item "     \
        "Installer: Firewall Rules ({5c1e9d20-77aa-4b0e-9f43-1d2c3b4a5968}) with HRESULT "         \
        "HRESULT_FROM_WIN32(1753).  Failure will not be ignored: A rollback will be initiated "    \
        "after all the operations in the installer queue are completed; installer is "             \
        "reliable\n" LINE(                                                                         \
            DAY, "07:00:14",                                                                       \
            "Startup: Failed to process advanced operation queue, startupPhase: 0.  A rollback "   \
            "transaction will be created. [HRESULT = 0x800f0922 - CBS_E_INSTALLERS_FAILED]")       \
            LINE(DAY, "07:00:14",                                                                  \
                 "Setting original failure status: 0x800f0922, last forward execute state: "       \
                 "CbsExecuteStateResolvePending")                                                  \
                STARTUP_ENDS(DAY, "0x800f0922 - CBS_E_INSTALLERS_FAILED")

static void an_unexplained_failure_has_the_code_of_the_line_that_is_quoted(void **state)
{
    (void)state;
    struct cw_rules *none = load_no_rules();
    void *folder = NULL;
    struct diagnosed diagnosed = {0};
    assert_int_equal(temp_folder_make(&folder), 0);
    temp_file(&folder, "CBS.log", CW_STR(INSTALLER_FAILS));
    struct temp_path path = temp_path(&folder, "CBS.log");
    assert_int_equal(cw_diagnosis_new(none, &diagnosed.diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add(diagnosed.diagnosis, path.text, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, NULL), CW_OK);
    assert_int_equal(temp_folder_remove(&folder), 0);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    assert_findings(&diagnosed, "failure: unexplained unexplained");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_int_equal(finding->code, 0x800706d9);
    assert_int_equal(finding->reported_code, 0x800f0922);
    assert_strings(&finding->as_written, "HRESULT_FROM_WIN32(1753)");
    assert_true(assert_spellings("installer", finding) > 0);
    assert_entity(&diagnosed, CW_ENTITY_INSTALLER, "Firewall Rules");
    free_diagnosed(&diagnosed);
    cw_rules_free(none);
}

/* --- what failed, and what is to blame ----------------------------------------------------- */

static const char blaming_pack[] =
    "{\"format\": 1, \"signals\": [{\"id\": \"s.gone\", \"log\": \"cbs\", \"pattern\": \"Nothing "
    "is "
    "left of (?<package>[^ ]+)\", \"match\": [\"2021-05-07 09:01:00, Info                  CBS    "
    "Nothing is left of " PACKAGE(
        "KB4001111") "\"], \"miss\": [\"2021-05-07 09:01:00, Info          "
                     "        CBS    All is there\"]}], \"causes\": [{\"id\": \"c.gone\", \"any\": "
                     "[\"s.gone\"], "
                     "\"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"r\"}, "
                     "\"title\": {\"en\": \"Nothing "
                     "is left of ${package}\"}, \"explanation\": {\"en\": \"e\"}}]}";

/* An old package whose manifest is gone keeps the new one from being installed. */
static void the_update_that_failed_is_named_and_not_the_package_that_its_cause_names(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(blaming_pack);
    struct diagnosed diagnosed =
        diagnose(rules,
                 EXEC(DAY, "31001_11", PACKAGE("KB5002222"))
                     LINE(DAY, "09:01:00", "Nothing is left of " PACKAGE("KB4001111"))
                         EXEC_ENDS(DAY, "31001_11", PACKAGE("KB5002222"), "0x8007001f - x"),
                 NULL);
    assert_findings(&diagnosed, "failure: c.gone root_cause");
    assert_str(diagnosed.report->findings[0].update, "KB5002222");
    assert_str(diagnosed.report->summary,
               "KB5002222 failed with 0x8007001f: Nothing is left of " PACKAGE("KB4001111"));
    free_diagnosed(&diagnosed);
    diagnosed =
        diagnose(rules, LINE(DAY, "09:01:00", "Nothing is left of " PACKAGE("KB4001111")), NULL);
    assert_int_equal(diagnosed.report->findings[0].update.len, 0);
    assert_str(diagnosed.report->summary,
               "Servicing failed: Nothing is left of " PACKAGE("KB4001111"));
    free_diagnosed(&diagnosed);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_update_that_failed_is_named_and_not_the_package_that_its_cause_names),
        cmocka_unit_test(of_two_updates_before_one_restart_the_one_that_failed_is_named),
        cmocka_unit_test(a_query_in_between_takes_no_kb_away),
        cmocka_unit_test(a_session_that_ends_well_within_another_is_no_part_of_its_failure),
        cmocka_unit_test(what_failed_at_shutdown_alone_is_not_the_cause_of_what_startup_failed),
        cmocka_unit_test(a_startup_that_completes_makes_good_even_when_the_log_ends_early),
        cmocka_unit_test(the_second_start_alone_tells_that_drivers_failed),
        cmocka_unit_test(a_failure_report_alone_does_not_tell_whether_it_was_rolled_back),
        cmocka_unit_test(rollbacks_days_apart_are_two_findings_without_any_session),
        cmocka_unit_test(logs_that_name_different_infs_at_one_time_are_not_joined),
        cmocka_unit_test(of_two_infs_that_fail_each_finding_names_its_own),
        cmocka_unit_test(a_section_adds_nothing_to_a_finding_about_another_inf),
        cmocka_unit_test(an_allowlist_holds_what_the_denied_inf_owns_and_nothing_of_another),
        cmocka_unit_test(a_clock_that_is_set_back_does_not_part_the_logs),
        cmocka_unit_test(a_negative_result_is_a_code_of_32_bits),
        cmocka_unit_test(the_code_of_a_finding_is_what_its_lines_say_in_every_case),
        cmocka_unit_test(a_spelling_of_another_code_is_not_one_of_the_finding),
        cmocka_unit_test(an_unexplained_failure_has_the_code_of_the_line_that_is_quoted),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
