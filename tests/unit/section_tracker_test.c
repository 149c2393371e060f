/* SetupAPI events -> driver sections, and the innermost operation that failed in each. */
#include "support/test.h"

#include "base/buf.h"
#include "model/section_tracker.h"
#include "support/log_reading.h"
#include "support/stories.h"

#define SECTION(body, status)                                                                      \
    SECTION_OF("Install It - USB\\VID_1", "2021/05/07", "07:00:11.250", body, "07:00:19.900",      \
               status)

static const char *const outcome_names[] = {"open", "succeeded", "failed", "recovered"};

static int track(void *context, const struct cw_event *event, struct cw_error *error)
{
    (void)error;
    return cw_section_tracker_event(context, event);
}

static void read_sections(struct cw_case *c, const char *log)
{
    struct cw_section_tracker tracker;
    struct cw_event_sink sink = {track, &tracker};
    cw_case_init(c);
    c->sources = cw_arena_array(&c->arena, 1, sizeof(*c->sources));
    assert_non_null(c->sources);
    c->source_count = c->source_cap = 1;
    assert_int_equal(cw_section_tracker_init(&tracker, c, 0), CW_OK);
    (void)read_log(cw_str_c(log), &(struct log_reading){.format = &cw_format_setupapi}, sink);
    assert_int_equal(cw_section_tracker_finish(&tracker), CW_OK);
    cw_section_tracker_done(&tracker);
}

static void put_failure(struct cw_buf *text, const struct cw_section_failure *failure)
{
    char code[CW_CODE_TEXT];
    (void)cw_buf_append(text, CW_STR("\n "));
    for (size_t i = 0; i < failure->depth; i++)
        (void)cw_buf_printf(text, " > %.*s", CW_STR_ARG(failure->path[i].name));
    (void)cw_buf_printf(text, " %s x%zu \"%.*s\"", cw_code_text(failure->code, code),
                        failure->exit_count, CW_STR_ARG(failure->error.text));
}

/* For each section that was kept: "failed 0x80070005", then a line for each failed operation:
 * "  > Outer > Inner CODE xEXITS "first error"". */
static void assert_sections(const char *log, const char *expected)
{
    struct cw_case c;
    struct cw_buf text;
    char code[CW_CODE_TEXT];
    cw_buf_init(&text, 100000);
    (void)cw_buf_append(&text, CW_STR(""));
    read_sections(&c, log);
    for (size_t i = 0; i < c.section_count; i++) {
        const struct cw_section *section = c.sections[i];
        (void)cw_buf_printf(&text, "%s%s %s", i ? "\n" : "", outcome_names[section->outcome],
                            cw_code_text(section->code, code));
        for (size_t k = 0; k < section->failure_count; k++)
            put_failure(&text, &section->failures[k]);
    }
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
    cw_case_done(&c);
}

static void the_innermost_failure_holds_the_exits_around_it(void **state)
{
    (void)state;
    assert_sections(SECTION(SERVICE_STEPS("cpu.inf", "Contoso", "ContosoPm", "0x00000005"),
                            "FAILURE(0x00000005)"),
                    "failed 0x80070005\n"
                    "  > Reflect Driver Package > Reflect Driver > Add Service 0x80070005 x3 "
                    "\"Failed to set Start Type. Error = 0x00000005\"");
}

static void an_operation_without_an_error_line_is_told_by_its_exit(void **state)
{
    (void)state;
    assert_sections(SECTION("     sto: {Outer: a}\n     sto:      {Inner: b}\n"
                            "     sto:      {Inner: exit(0x0000001f)}\n"
                            "     sto: {Outer: exit(0x0000001f)}\n",
                            "FAILURE(0x0000001f)"),
                    "failed 0x8007001f\n  > Outer > Inner 0x8007001f x2 "
                    "\"{Inner: exit(0x0000001f)}\"");
}

static void another_code_further_out_is_another_failure(void **state)
{
    (void)state;
    assert_sections(SECTION("     sto: {Outer: a}\n     sto:      {Inner: b}\n"
                            "     sto:      {Inner: exit(0x00000002)}\n"
                            "!!!  sto:      Gave up. Error = 0x0000001f\n"
                            "     sto: {Outer: exit(0x0000001f)}\n",
                            "FAILURE(0x0000001f)"),
                    "failed 0x8007001f\n"
                    "  > Outer > Inner 0x80070002 x1 \"{Inner: exit(0x00000002)}\"\n"
                    "  > Outer 0x8007001f x1 \"Gave up. Error = 0x0000001f\"");
}

static void the_first_error_counts_and_a_warning_only_until_then(void **state)
{
    (void)state;
    assert_sections(SECTION("     sto: {Inner: b}\n"
                            "!    sto:      Not so good. Error = 0x00000002\n"
                            "!    sto:      Worse. Error = 0x00000003\n"
                            "!!!  sto:      It broke. Error = 0x00000005\n"
                            "!!!  sto:      And more. Error = 0x0000001f\n"
                            "     sto: {Inner: exit(0x00000005)}\n",
                            "FAILURE(0x00000005)"),
                    "failed 0x80070005\n  > Inner 0x80070005 x1 \"It broke. Error = 0x00000005\"");
}

static void an_error_outside_every_operation_stands_for_a_failure(void **state)
{
    (void)state;
    assert_sections(
        SECTION("!!!  ndv: The device did not start. Error = 0x0000001f\n", "FAILURE(0x00000005)"),
        "failed 0x80070005\n  0x8007001f x0 \"The device did not start. Error = "
        "0x0000001f\"");
}

static void a_later_success_with_the_same_device_makes_a_failure_good(void **state)
{
    (void)state;
#define INSTALL(title, clock, status)                                                              \
    SECTION_OF(title, "2021/05/07", clock ":11.250", "", clock ":19.900", status)
#define FAILS                                                                                      \
    INSTALL("Device Install (Hardware initiated) - USB\\VID_1", "07:00", "FAILURE(0x0000001f)")
    static const struct {
        const char *log, *expected;
    } logs[] = {
        {FAILS INSTALL("Device Install (Hardware initiated) - USB\\VID_1", "07:10", "SUCCESS"),
         "recovered 0x8007001f"},
        {FAILS INSTALL("Device Install (DiShowUpdateDevice) - usb\\vid_1", "07:10",
                       "SUCCESS (REBOOT_REQUIRED)"),
         "recovered 0x8007001f"},
        {INSTALL("Device Install (Hardware initiated) - USB\\VID_1", "06:50", "SUCCESS") FAILS,
         "failed 0x8007001f"},
        {FAILS INSTALL("Device Install (Hardware initiated) - USB\\VID_2", "07:10", "SUCCESS"),
         "failed 0x8007001f"},
        {FAILS INSTALL("Delete Device - USB\\VID_1", "07:10", "SUCCESS"), "failed 0x8007001f"},
        {INSTALL("Setup Root Device - Install", "07:00", "FAILURE(0x0000001f)")
             INSTALL("Setup Root Device - Install", "07:10", "SUCCESS"),
         "failed 0x8007001f"},
    };
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++)
        assert_sections(logs[i].log, logs[i].expected);
}

static void what_went_well_in_the_end_keeps_nothing(void **state)
{
    (void)state;
    static const char *const logs[] = {
        SECTION(SERVICE_STEPS("cpu.inf", "Contoso", "ContosoPm", "0x00000005"), "SUCCESS"),
        SECTION("     dvi: {Inner}\n     dvi: {Inner - exit(0xe000020e)}\n", "SUCCESS"),
        SECTION("!!!  sto: It broke. Error = 0x00000005\n", "SUCCESS"),
        SECTION("", "SUCCESS"),
        "",
        DEVICE_LOG,
    };
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++)
        assert_sections(logs[i], "");
}

static void exits_that_are_no_error_codes_are_no_failure(void **state)
{
    (void)state;
    assert_sections(SECTION("     flq: {SPFILENOTIFY_STARTCOPY}\n"
                            "     flq: {SPFILENOTIFY_STARTCOPY - exit(0x00000001)}\n"
                            "     dvi: {DIF_ALLOW_INSTALL}\n"
                            "     dvi: {DIF_ALLOW_INSTALL - exit(0xe000020e)}\n"
                            "     sto: {Inner: b}\n     sto: {Inner: exit(0x00000bc2)}\n",
                            "FAILURE(0x0000001f)"),
                    "failed 0x8007001f");
}

static void a_section_that_is_cut_off_is_open(void **state)
{
    (void)state;
    assert_sections(">>>  [Install It]\n>>>  Section start 2021/05/07 07:00:11.250\n"
                    "     sto: {Inner: b}\n!!!  sto:      It broke. Error = 0x00000005\n",
                    "open 0x00000000");
    assert_sections(">>>  [Install It]\n>>>  Section start 2021/05/07 07:00:11.250\n"
                    "     sto: {Inner: b}\n     sto: {Inner: exit(0x00000005)}\n"
                    "[Boot Session: 2021/05/07 07:05:00.500]\n",
                    "open 0x00000000\n  > Inner 0x80070005 x1 \"{Inner: exit(0x00000005)}\"");
}

static void a_fragment_without_a_section_fails_by_its_operations(void **state)
{
    (void)state;
    assert_sections(SERVICE_STEPS("cpu.inf", "Contoso", "ContosoPm", "0x00000005"),
                    "failed 0x00000000\n"
                    "  > Reflect Driver Package > Reflect Driver > Add Service 0x80070005 x3 "
                    "\"Failed to set Start Type. Error = 0x00000005\"");
}

static void a_failure_knows_the_entities_and_properties_around_it(void **state)
{
    (void)state;
    struct cw_case c;
    char time[CW_TIME_TEXT];
    read_sections(&c, SECTION("      cmd: \"C:\\Windows\\servicing\\TiWorker.exe\" -Embedding\n"
                              "     sto: {Reflect Driver Package: C:\\x\\cpu.inf}\n"
                              "     sto:      Driver Version = 1.2\n"
                              "     sto:      {Reflect Driver: Contoso Processor}\n"
                              "     sto:           Hardware Id = ACPI\\Contoso\n"
                              "     sto:           {Add Service: ContosoPm}\n"
                              "!!!  sto:                It broke. Error = 0x00000005\n"
                              "     sto:           {Add Service: exit(0x00000005)} 07:00:15.125\n"
                              "     sto:      {Reflect Driver: exit(0x00000005)}\n"
                              "     sto: {Reflect Driver Package: exit(0x00000005)}\n",
                              "FAILURE(0x00000005)"));
    assert_int_equal(c.section_count, 1);
    const struct cw_section *section = c.sections[0];
    assert_str(section->title, "Install It");
    assert_str(section->instance, "USB\\VID_1");
    assert_true(cw_str_starts(section->command, CW_STR("\"C:\\Windows\\servicing\\TiWorker.exe")));
    assert_str(section->exit_status, "FAILURE(0x00000005)");
    assert_int_equal(section->failure_count, 1);
    const struct cw_section_failure *failure = &section->failures[0];
    assert_str(failure->entities.of[CW_ENTITY_INF].items[0], "cpu.inf");
    assert_str(failure->entities.of[CW_ENTITY_DRIVER].items[0], "Contoso Processor");
    assert_str(failure->entities.of[CW_ENTITY_DEVICE].items[0], "ACPI\\Contoso");
    assert_str(failure->entities.of[CW_ENTITY_SERVICE].items[0], "ContosoPm");
    assert_int_equal(failure->property_count, 2);
    assert_str(failure->properties[0], "Driver Version = 1.2");
    assert_true(failure->error.time_approximate);
    assert_string_equal(cw_time_text(failure->error.time, time), "2021-05-07T07:00:15.125");
    cw_case_done(&c);
}

static void what_an_inf_owns_is_learned_from_sections_that_went_well(void **state)
{
    (void)state;
    struct cw_case c;
    read_sections(&c, SECTION("     sto: {Configure Driver Package: C:\\x\\cpu.inf}\n"
                              "     sto:      {Add Service: ContosoPm}\n"
                              "     sto:      {Add Service: exit(0x00000000)}\n"
                              "     sto:      {Add Service: ContosoExtra}\n"
                              "     sto:      {Add Service: exit(0x00000000)}\n"
                              "     sto: {Configure Driver Package: exit(0x00000000)}\n",
                              "SUCCESS"));
    assert_int_equal(c.section_count, 0);
    assert_int_equal(c.inf_count, 1);
    assert_str(c.infs[0].inf, "cpu.inf");
    assert_int_equal(c.infs[0].services.count, 2);
    cw_case_done(&c);
}

static void the_machine_is_told_by_the_head_of_the_log(void **state)
{
    (void)state;
    struct cw_case c;
    read_sections(&c, "[Device Install Log]\n     OS Version = 10.0.17763\n"
                      "     Architecture = amd64\n\n[BeginLog]\n\n"
                      "[Device Install Log]\n     OS Version = 6.1.7601\n\n[BeginLog]\n");
    assert_str(c.sources[0].os_version, "10.0.17763");
    assert_str(c.sources[0].architecture, "amd64");
    cw_case_done(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_innermost_failure_holds_the_exits_around_it),
        cmocka_unit_test(an_operation_without_an_error_line_is_told_by_its_exit),
        cmocka_unit_test(another_code_further_out_is_another_failure),
        cmocka_unit_test(the_first_error_counts_and_a_warning_only_until_then),
        cmocka_unit_test(an_error_outside_every_operation_stands_for_a_failure),
        cmocka_unit_test(a_later_success_with_the_same_device_makes_a_failure_good),
        cmocka_unit_test(what_went_well_in_the_end_keeps_nothing),
        cmocka_unit_test(exits_that_are_no_error_codes_are_no_failure),
        cmocka_unit_test(a_section_that_is_cut_off_is_open),
        cmocka_unit_test(a_fragment_without_a_section_fails_by_its_operations),
        cmocka_unit_test(a_failure_knows_the_entities_and_properties_around_it),
        cmocka_unit_test(what_an_inf_owns_is_learned_from_sections_that_went_well),
        cmocka_unit_test(the_machine_is_told_by_the_head_of_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
