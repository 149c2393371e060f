/* CBS.log and setupapi.dev.log of one failure: what joins them, and what must not. */
#include "support/test.h"

#include "support/diagnosing.h"
#include "support/stories.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define KB1 PACKAGE("KB5001111")
/* At 2021-05-07 07:00, cpu.inf denied. */
#define CBS_FAILURE                                                                                \
    UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "5", "0x80070005")
#define SECTION_AT(day, begin, end)                                                                \
    DEVICE_LOG DRIVER_UPDATE_FAILS(day, begin, "cpu.inf", "Contoso Processor", "ContosoPm",        \
                                   "0x00000005", end)
#define SECTION SECTION_AT("2021/05/07", "07:00:11.250", "07:00:19.900")

static void a_section_at_the_time_of_the_operation_says_why_it_failed(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, SECTION);
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    assert_agreed(&diagnosed, "time, inf, code, section title");
    assert_missing(&diagnosed, NULL);
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB5001111");
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "ContosoPm");
    assert_entity(&diagnosed, CW_ENTITY_DRIVER, "Contoso Processor");
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_YES);
    free_diagnosed(&diagnosed);
}

#define BOOT_OF_CBS(clock) LINE("2021-05-07", "06:59:00", "TI: Last boot time: 2021-05-07 " clock)

/* Windows 10 names the start of the machine in both logs. */
static void the_same_start_of_the_machine_agrees(void **state)
{
    static const struct {
        const char *cbs, *setupapi, *agreed;
    } cases[] = {
        {BOOT_OF_CBS("06:58:01.500"), "[Boot Session: 2021/05/07 06:58:01.500]\n\n",
         "time, inf, code, section title, boot"},
        {BOOT_OF_CBS("06:58:01.500"), "[Boot Session: 2021/05/06 06:58:01.500]\n\n",
         "time, inf, code, section title"},
        {BOOT_OF_CBS("06:58:01.500"), "", "time, inf, code, section title"},
        {"", "[Boot Session: 2021/05/07 06:58:01.500]\n\n", "time, inf, code, section title"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_buf cbs;
        struct cw_buf setupapi;
        cw_buf_init(&cbs, 100000);
        cw_buf_init(&setupapi, 100000);
        assert_true(cw_buf_append(&cbs, cw_str_c(cases[i].cbs)) &&
                    cw_buf_append(&cbs, CW_STR(CBS_FAILURE)) &&
                    cw_buf_append(&setupapi, cw_str_c(cases[i].setupapi)) &&
                    cw_buf_append(&setupapi, CW_STR(SECTION)));
        struct diagnosed diagnosed = diagnose(*state, cbs.data, setupapi.data);
        assert_agreed(&diagnosed, cases[i].agreed);
        free_diagnosed(&diagnosed);
        cw_buf_done(&cbs);
        cw_buf_done(&setupapi);
    }
}

static void the_proof_stands_in_both_logs_from_cause_to_outcome(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, SECTION);
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_true(finding->chain_count > 4);
    assert_int_equal(finding->chain[0].role, CW_CHAIN_CAUSE);
    assert_str(finding->chain[0].text, "Failed to set Start Type. Error = 0x00000005");
    assert_str(diagnosed.report->sources[finding->chain[0].source].path, SETUPAPI_NAME);
    assert_true(finding->chain[0].time_approximate);
    const struct cw_chain_item *last = &finding->chain[finding->chain_count - 1];
    assert_int_equal(last->role, CW_CHAIN_OUTCOME);
    assert_str(diagnosed.report->sources[last->source].path, CBS_NAME);
    for (size_t i = 1; i < finding->chain_count; i++)
        assert_true(finding->chain[i - 1].role <= finding->chain[i].role);
    free_diagnosed(&diagnosed);
}

static void without_setupapi_the_operation_is_all_there_is(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, NULL);
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause");
    assert_missing(&diagnosed, "setupapi.dev.log");
    assert_agreed(&diagnosed, "");
    free_diagnosed(&diagnosed);
}

static void without_cbs_it_is_not_known_whether_it_was_rolled_back(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, NULL, SECTION);
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    assert_missing(&diagnosed, "CBS.log");
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_UNKNOWN);
    assert_entity(&diagnosed, CW_ENTITY_KB, "");
    free_diagnosed(&diagnosed);
}

static void a_section_of_another_time_is_another_failure(void **state)
{
    static const char *const sections[] = {
        SECTION_AT("2021/05/08", "07:00:11.250", "07:00:19.900"),
        SECTION_AT("2021/04/07", "07:00:11.250", "07:00:19.900"),
        SECTION_AT("2021/05/07", "08:30:11.250", "08:30:19.900"),
    };
    for (size_t i = 0; i < COUNT(sections); i++) {
        struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, sections[i]);
        assert_findings(&diagnosed, "failure: driver.operation-denied root_cause, "
                                    "driver.service-write-denied root_cause");
        assert_missing(&diagnosed, "setupapi.dev.log");
        assert_agreed(&diagnosed, "");
        free_diagnosed(&diagnosed);
    }
}

static void a_device_that_is_installed_at_the_same_time_is_not_joined(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state, CBS_FAILURE,
        DEVICE_LOG SECTION_OF("Device Install (Hardware initiated) - USB\\VID_1234&PID_0001\\7&1",
                              "2021/05/07", "07:00:12.000",
                              "     dvi: {Install Device: USB\\VID_1234&PID_0001\\7&1}\n"
                              "!!!  dvi:      Device not started. Error = 0x00000005\n"
                              "     dvi: {Install Device: exit(0x00000005)}\n",
                              "07:00:14.000", "FAILURE(0x00000005)"));
    assert_findings(&diagnosed, "failure: driver.operation-denied root_cause, "
                                "unexplained unexplained");
    assert_entity(&diagnosed, CW_ENTITY_DEVICE, "");
    assert_missing(&diagnosed, "setupapi.dev.log");
    free_diagnosed(&diagnosed);
}

static void a_section_of_servicing_that_went_well_is_not_joined(void **state)
{
    assert_diagnosis(*state, CBS_FAILURE,
                     DEVICE_LOG SECTION_OF("Install Driver Updates", "2021/05/07", "07:00:12.000",
                                           "     sto: {Reflect Driver Package: C:\\x\\cpu.inf}\n"
                                           "     sto: {Reflect Driver Package: exit(0x00000000)}\n",
                                           "07:00:14.000", "SUCCESS"),
                     "failure: driver.operation-denied root_cause");
}

static void the_section_of_the_failing_attempt_is_the_first_one(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state, CBS_FAILURE,
        DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "keyboard.inf", "Keys",
                                       "KeySvc", "0x00000002", "07:00:12.000")
            DRIVER_UPDATE_FAILS("2021/05/07", "07:00:13.250", "cpu.inf", "Contoso Processor",
                                "ContosoPm", "0x00000005", "07:00:19.900"));
    assert_str(diagnosed.report->findings[0].id, "driver.service-write-denied");
    assert_agreed(&diagnosed, "time, inf, code, section title");
    assert_int_equal(diagnosed.report->findings[0].code, 0x80070005);
    free_diagnosed(&diagnosed);
}

/* The same failure, as each log spells it. */
static void codes_agree_in_all_their_spellings(void **state)
{
    static const char *const logs[][2] = {
        {UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "5",
                            "0x80070005"),
         SECTION},
        {UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "2147942405",
                            "0x80070005"),
         SECTION},
        {UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "5",
                            "0x80070005"),
         DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf",
                                        "Contoso Processor", "ContosoPm", "0x80070005",
                                        "07:00:19.900")},
        {UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "3758096641",
                            "0xe0000101"),
         DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf",
                                        "Contoso Processor", "ContosoPm", "0xe0000101",
                                        "07:00:19.900")},
        {UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "2148204801",
                            "0x800f0101"),
         DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf",
                                        "Contoso Processor", "ContosoPm", "0xe0000101",
                                        "07:00:19.900")},
    };
    for (size_t i = 0; i < COUNT(logs); i++) {
        struct diagnosed diagnosed = diagnose(*state, logs[i][0], logs[i][1]);
        assert_int_equal(diagnosed.report->finding_count, 1);
        assert_agreed(&diagnosed, "time, inf, code, section title");
        free_diagnosed(&diagnosed);
    }
}

static void each_spelling_of_the_code_is_listed(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, SECTION);
    const struct cw_strings *written = &diagnosed.report->findings[0].as_written;
    assert_true(cw_strings_has(written, CW_STR("0x00000005")));
    assert_true(cw_strings_has(written, CW_STR("result 5")));
    free_diagnosed(&diagnosed);
}

static struct cw_buf json_in_order(const struct cw_rules *rules, bool cbs_first)
{
    struct cw_diagnosis *diagnosis = NULL;
    assert_int_equal(cw_diagnosis_new(rules, &diagnosis, NULL), CW_OK);
    for (int i = 0; i < 2; i++) {
        bool cbs = (i == 0) == cbs_first;
        assert_int_equal(cw_diagnosis_add_memory(diagnosis, cbs ? CBS_NAME : SETUPAPI_NAME,
                                                 cbs ? CW_STR(CBS_FAILURE) : CW_STR(SECTION),
                                                 cbs_first ? 0 : 7, NULL),
                         CW_OK);
    }
    assert_int_equal(cw_diagnosis_finish(diagnosis, NULL), CW_OK);
    struct cw_buf json = json_of(cw_diagnosis_report(diagnosis));
    cw_diagnosis_free(diagnosis);
    return json;
}

static void the_order_of_arguments_does_not_matter(void **state)
{
    struct cw_buf one = json_in_order(*state, true);
    struct cw_buf other = json_in_order(*state, false);
    assert_string_equal(one.data, other.data);
    cw_buf_done(&one);
    cw_buf_done(&other);
}

/* --- fingerprints -------------------------------------------------------------------------- */

static void assert_fingerprints(const struct cw_rules *rules, const char *cbs, const char *setupapi,
                                bool same)
{
    struct diagnosed first = diagnose(rules, CBS_FAILURE, SECTION);
    struct diagnosed second = diagnose(rules, cbs, setupapi);
    struct cw_str a = first.report->findings[0].fingerprint;
    struct cw_str b = second.report->findings[0].fingerprint;
    assert_int_equal(a.len, 16);
    assert_int_equal(cw_str_eq(a, b), same);
    free_diagnosed(&first);
    free_diagnosed(&second);
}

static void another_machine_month_and_update_have_the_same_fingerprint(void **state)
{
    assert_fingerprints(*state,
                        UPDATE_ROLLED_BACK("2022-01-11", "2022-01-12", "31077_99",
                                           PACKAGE("KB5009999"), "CPU.INF", "5", "0x80070005"),
                        DEVICE_LOG DRIVER_UPDATE_FAILS("2022/01/12", "07:00:12.000", "cpu.inf",
                                                       "Contoso Processor", "CONTOSOPM",
                                                       "0x00000005", "07:00:18.000"),
                        true);
    assert_fingerprints(*state, NULL, SECTION, true);
}

static void another_service_inf_or_code_has_another_fingerprint(void **state)
{
    static const char *const sections[] = {
        DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",
                                       "OtherSvc", "0x00000005", "07:00:19.900"),
        DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "disk.inf",
                                       "Contoso Processor", "ContosoPm", "0x00000005",
                                       "07:00:19.900"),
        DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",
                                       "ContosoPm", "0x00000002", "07:00:19.900"),
    };
    for (size_t i = 0; i < COUNT(sections); i++)
        assert_fingerprints(*state, NULL, sections[i], false);
}

#define NOT_CREATED                                                                                \
    REFUSED_STEPS("cpu.inf", "Contoso Processor", "ContosoPm", "Failed to create service",         \
                  "0x00000005")

/* SECTION but for the refused step: every name and the code are equal. */
static void another_cause_about_the_same_service_has_another_fingerprint(void **state)
{
    static const char setupapi[] =
        DEVICE_LOG SECTION_OF("Install Driver Updates", "2021/05/07", "07:00:11.250", NOT_CREATED,
                              "07:00:19.900", "FAILURE(0x00000005)");
    struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, setupapi);
    assert_findings(&diagnosed, "failure: driver.service-create-denied root_cause");
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "ContosoPm");
    free_diagnosed(&diagnosed);
    assert_fingerprints(*state, CBS_FAILURE, setupapi, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_at_the_time_of_the_operation_says_why_it_failed),
        cmocka_unit_test(the_same_start_of_the_machine_agrees),
        cmocka_unit_test(the_proof_stands_in_both_logs_from_cause_to_outcome),
        cmocka_unit_test(without_setupapi_the_operation_is_all_there_is),
        cmocka_unit_test(without_cbs_it_is_not_known_whether_it_was_rolled_back),
        cmocka_unit_test(a_section_of_another_time_is_another_failure),
        cmocka_unit_test(a_device_that_is_installed_at_the_same_time_is_not_joined),
        cmocka_unit_test(a_section_of_servicing_that_went_well_is_not_joined),
        cmocka_unit_test(the_section_of_the_failing_attempt_is_the_first_one),
        cmocka_unit_test(codes_agree_in_all_their_spellings),
        cmocka_unit_test(each_spelling_of_the_code_is_listed),
        cmocka_unit_test(the_order_of_arguments_does_not_matter),
        cmocka_unit_test(another_machine_month_and_update_have_the_same_fingerprint),
        cmocka_unit_test(another_service_inf_or_code_has_another_fingerprint),
        cmocka_unit_test(another_cause_about_the_same_service_has_another_fingerprint),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
