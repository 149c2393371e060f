/* What a second look adds to a cause: the component of an installer, and the first line behind a
 * verdict. */
#include "support/test.h"

#include <stdio.h>

#include "support/cbs_events.h"

#include "support/diagnosing.h"

static bool has_note(const struct cw_finding *finding, const char *text)
{
    for (size_t i = 0; i < finding->chain_count; i++) {
        if (cw_str_eq(finding->chain[i].note, CW_STR("what was being done")))
            return cw_str_starts(finding->chain[i].text, cw_str_c(text));
    }
    return false;
}

static void an_installer_names_the_component_it_was_working_on(void **state)
{
    static const struct {
        const char *path, *component, *doing;
    } cases[] = {
        {CW_FIXTURES "/knowledge/installer.task-registration-failed/CBS.log",
         "Microsoft-Windows-Shell-FamilySafety-Task", "Begin executing advanced installer phase"},
        {CW_FIXTURES "/knowledge/installer.failed/CBS.log", "Microsoft-Windows-DeviceHealthMonitor",
         "Begin executing advanced installer phase"},
        {CW_FIXTURES "/knowledge/installer.command-failed/CBS.log",
         "Microsoft-Windows-IIS-ISAPIFilter", "Calling generic command executable"},
        {CW_FIXTURES "/knowledge/boot.esp-space/CBS.log",
         "Microsoft-Windows-BootEnvironment-BootManagers", "Begin executing advanced installer"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct diagnosed diagnosed = diagnose_file(*state, cases[i].path);
        assert_entity(&diagnosed, CW_ENTITY_COMPONENT, cases[i].component);
        assert_true(has_note(&diagnosed.report->findings[0], cases[i].doing));
        free_diagnosed(&diagnosed);
    }
}

static void an_installer_without_a_component_names_none(void **state)
{
    struct diagnosed diagnosed = diagnose_file(
        *state, CW_FIXTURES "/knowledge/installer.container-service-unreachable/CBS.log");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_int_equal(finding->entities.of[CW_ENTITY_COMPONENT].count, 0);
    assert_true(has_note(finding, "Begin executing advanced installer phase 39"));
    free_diagnosed(&diagnosed);
}

static void a_log_that_can_not_be_read_again_has_the_same_fingerprint(void **state)
{
    static const char path[] = CW_FIXTURES "/knowledge/installer.failed/CBS.log";
    struct cw_buf log = read_fixture_file("knowledge/installer.failed/CBS.log");
    struct diagnosed file = diagnose_file(*state, path);
    struct diagnosed memory = diagnose_bytes(*state, cw_buf_str(&log), CW_STR_NONE);
    const struct cw_finding *finding = &memory.report->findings[0];
    assert_int_equal(finding->entities.of[CW_ENTITY_COMPONENT].count, 0);
    assert_true(cw_str_eq(finding->fingerprint, file.report->findings[0].fingerprint));
    free_diagnosed(&memory);
    free_diagnosed(&file);
    cw_buf_done(&log);
}

static void a_cause_told_by_the_verdict_is_proved_by_the_first_line_with_its_code(void **state)
{
    static const struct {
        const char *path, *proof;
    } cases[] = {
        {CW_FIXTURES "/knowledge/run.access-denied/CBS.log", "Failed to create Windows Update"},
        /* the mark of another code before it is not meant */
        {CW_FIXTURES "/knowledge/access.key-denied.near/CBS.log",
         "(F) HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED) #2641120#"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct diagnosed diagnosed = diagnose_file(*state, cases[i].path);
        const struct cw_finding *finding = &diagnosed.report->findings[0];
        assert_str(finding->id, "run.access-denied");
        assert_true(cw_str_starts(finding->chain[0].text, cw_str_c(cases[i].proof)));
        free_diagnosed(&diagnosed);
    }
}

static void a_section_with_the_code_of_the_installer_belongs_to_its_run(void **state)
{
    struct cw_buf cbs = read_fixture_file("knowledge/installer.root-device-exists/CBS.log");
    struct cw_buf sapi =
        read_fixture_file("knowledge/installer.root-device-exists/setupapi.dev.log");
    struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&cbs), cw_buf_str(&sapi));
    assert_findings(&diagnosed, "failure: installer.root-device-exists root_cause");
    assert_agreed(&diagnosed, "time, code, section title, device");
    free_diagnosed(&diagnosed);
    cw_buf_done(&sapi);
    cw_buf_done(&cbs);
}

/* Published copies, and some lines of servicing itself, have the code without its name. */
static void a_verdict_tells_its_cause_by_the_code_alone(void **state)
{
    static const struct {
        const char *code, *cause;
    } rows[] = {
        {"0x80073712", "store.corrupt"},
        {"0x80073701", "store.assembly-missing"},
        {"0x8007371b", "store.closure-incomplete"},
        {"0x800f0830", "store.image-unserviceable"},
        {"0x800f0905", "store.edition-unclear"},
        {"0x800f0900", "store.manifest-unreadable"},
        {"0x800736cc", "store.component-record-damaged"},
        {"0x800f0982", "psfx.base-component-missing"},
        {"0x800f0991", "psfx.base-files-missing"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char log[1024];
        char expected[128];
        (void)snprintf(
            log, sizeof(log),
            CBS("2024-03-09 11:02:19", "Failed to resolve execution chain. [%s]") "\n" CBS(
                "2024-03-09 11:02:21",
                "Failed to perform operation.  [%s]") "\n" CBS("2024-03-09 11:02:21",
                                                               "Session: 31093247_1111 finalized. "
                                                               "Reboot required: no [%s]") "\n",
            rows[i].code, rows[i].code, rows[i].code);
        (void)snprintf(expected, sizeof(expected), "failure: %s root_cause", rows[i].cause);
        assert_diagnosis(*state, log, NULL, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verdict_tells_its_cause_by_the_code_alone),
        cmocka_unit_test(an_installer_names_the_component_it_was_working_on),
        cmocka_unit_test(an_installer_without_a_component_names_none),
        cmocka_unit_test(a_log_that_can_not_be_read_again_has_the_same_fingerprint),
        cmocka_unit_test(a_section_with_the_code_of_the_installer_belongs_to_its_run),
        cmocka_unit_test(a_cause_told_by_the_verdict_is_proved_by_the_first_line_with_its_code),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
