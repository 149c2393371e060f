#include "support/test.h"

#include "logs/setupapi_entry.h"

struct entry_case {
    const char *text;
    enum cw_event_kind kind;
    const char *name, *value;
};

static void assert_entry(const struct entry_case *expected, enum cw_level level)
{
    struct cw_setupapi_entry entry;
    cw_setupapi_entry_read(cw_str_c(expected->text), level, &entry);
    if (entry.kind != expected->kind)
        fail_msg("\"%s\" is a %s", expected->text, cw_event_kind_name(entry.kind).ptr);
    assert_str(entry.name, expected->name);
    assert_str(entry.value, expected->value);
}

static void an_operation_opens_with_or_without_an_argument(void **state)
{
    (void)state;
    static const struct entry_case cases[] = {
        {"{Build Driver List}", CW_EVENT_OPEN, "Build Driver List", ""},
        {"{Add Service: ExFan}", CW_EVENT_OPEN, "Add Service", "ExFan"},
        {"{Install Device - USB\\VID: 1}", CW_EVENT_OPEN, "Install Device", "USB\\VID: 1"},
        {"{Update Device: SW\\{12-a}\\{34-b}}", CW_EVENT_OPEN, "Update Device",
         "SW\\{12-a}\\{34-b}"},
        {"{Configure Driver: Thing - (Set Address Failed)}", CW_EVENT_OPEN, "Configure Driver",
         "Thing - (Set Address Failed)"},
        {"{Copy File: \x81\x7d}", CW_EVENT_OPEN, "Copy File", "\x81\x7d"},
        {"{Copy File: exit strategy.doc}", CW_EVENT_OPEN, "Copy File", "exit strategy.doc"},
        {"{Nothing:}", CW_EVENT_OPEN, "Nothing", ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_entry(&cases[i], CW_LEVEL_INFO);
}

static void an_operation_closes_in_every_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *value, *written;
        uint32_t code;
    } cases[] = {
        {"{Add Service: exit(0x00000005)}", "Add Service", "", "0x00000005", 0x80070005},
        {"{Core Install - exit(0xe0000248)}", "Core Install", "", "0xe0000248", 0xe0000248},
        {"{Import exit (0x00000050)}", "Import", "", "0x00000050", 0x80070050},
        {"{Import - exit (0x00000000)}", "Import", "", "0x00000000", 0},
        {"{_VERIFY exit(0x800b0100)}", "_VERIFY", "", "0x800b0100", 0x800b0100},
        {"{Update Device Driver - exit(00000103)}", "Update Device Driver", "", "00000103",
         0x80070103},
        {"{Update exit(0000ffff)}", "Update", "", "0000ffff", 0x8007ffff},
        {"{Install FILES exit 00000002}", "Install FILES", "", "00000002", 0x80070002},
        {"{_SCAN_QUEUE exit(0, 0x00000002)}", "_SCAN_QUEUE", "", "0x00000002", 0x80070002},
        {"{Select Drivers - exit(0x00000000}", "Select Drivers", "", "0x00000000", 0},
        {"{_restore_file exit}", "_restore_file", "", "", 0},
        {"{_commit exit OK}", "_commit", "", "", 0},
        {"{Unregister - Complete}", "Unregister", "", "", 0},
        {"{Service: Install exit(00000000)}", "Service: Install", "", "00000000", 0},
        {"{Policy check [USB\\A&1] exit(0xe0000248)}", "Policy check", "USB\\A&1", "0xe0000248",
         0xe0000248},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_setupapi_entry entry;
        struct entry_case common = {cases[i].text, CW_EVENT_CLOSE, cases[i].name, cases[i].value};
        assert_entry(&common, CW_LEVEL_INFO);
        cw_setupapi_entry_read(cw_str_c(cases[i].text), CW_LEVEL_INFO, &entry);
        assert_int_equal(entry.code, cases[i].code);
        assert_str(entry.written, cases[i].written);
    }
}

static void exit_in_the_middle_or_with_a_strange_code_closes_nothing(void **state)
{
    (void)state;
    static const struct entry_case cases[] = {
        {"{Run: a exit(0x00000000) b}", CW_EVENT_OPEN, "Run", "a exit(0x00000000) b"},
        {"{Run: exit(0x123456789)}", CW_EVENT_OPEN, "Run", "exit(0x123456789)"},
        {"{ exit(0x00000000)}", CW_EVENT_OPEN, "exit(0x00000000)", ""},
        {"{Cut off", CW_EVENT_MESSAGE, "", ""},
        {"{}", CW_EVENT_MESSAGE, "", ""},
        {"{", CW_EVENT_MESSAGE, "", ""},
        {"", CW_EVENT_MESSAGE, "", ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_entry(&cases[i], CW_LEVEL_INFO);
}

static void a_property_has_a_name_and_a_value(void **state)
{
    (void)state;
    static const struct entry_case cases[] = {
        {"Start Type       = 0x3 (ON DEMAND)", CW_EVENT_PROPERTY, "Start Type", "0x3 (ON DEMAND)"},
        {"Error Control = 1", CW_EVENT_PROPERTY, "Error Control", "1"},
        {"Image Path = a = b", CW_EVENT_PROPERTY, "Image Path", "a = b"},
        {"Load Order Group =", CW_EVENT_PROPERTY, "Load Order Group", ""},
        {"Signer Score - INBOX", CW_EVENT_PROPERTY, "Signer Score", "INBOX"},
        {"TargetDirectory- 'C:\\x'", CW_EVENT_PROPERTY, "TargetDirectory", "'C:\\x'"},
        {"Device Status: 0x01802400, Problem: 0x1c", CW_EVENT_PROPERTY, "Device Status",
         "0x01802400, Problem: 0x1c"},
        {"INF path: C:\\a.inf", CW_EVENT_PROPERTY, "INF path", "C:\\a.inf"},
        {"Display Name  = \xd1\xea", CW_EVENT_PROPERTY, "Display Name", "\xd1\xea"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_entry(&cases[i], CW_LEVEL_INFO);
}

static void a_sentence_is_no_property(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Failed to set Image Path. Error = 0x00000005",
        "Error = 0x00000005",
        "Unable to open it Error = 0x00000002",
        "Error 5: No access for you",
        "Error 0xe0000203: No driver",
        "Device install status=0x000005b3",
        "Default installer: Enter",
        "Class installer: Exit",
        "Install Device: Removing the sub-tree.",
        "Searching for hardware ID(s):",
        "Something went wrong - and nobody knows",
        "A\\B -> Configured (Flags = 1).",
        "'quoted' = 1",
        "A name that goes on for much longer than any name would ever be = 1",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_entry(&(struct entry_case){texts[i], CW_EVENT_MESSAGE, "", ""}, CW_LEVEL_INFO);
}

static void only_the_equals_sign_makes_a_property_of_a_warning(void **state)
{
    (void)state;
    static const struct entry_case cases[] = {
        {"Signer Score = 0x80000000", CW_EVENT_PROPERTY, "Signer Score", "0x80000000"},
        {"Device not started: 0x1f", CW_EVENT_MESSAGE, "", ""},
        {"Signer Score - INBOX", CW_EVENT_MESSAGE, "", ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_entry(&cases[i], CW_LEVEL_WARNING);
}

static void the_file_header_has_names_and_values(void **state)
{
    (void)state;
    struct cw_str name;
    struct cw_str value;
    assert_true(cw_setupapi_header_read(CW_STR("OS Version = 6.1.7601"), &name, &value));
    assert_str(name, "OS Version");
    assert_str(value, "6.1.7601");
    assert_false(cw_setupapi_header_read(CW_STR("no such thing"), &name, &value));
    assert_str(name, "OS Version");
}

static void a_closing_line_may_hold_the_beginning_of_the_opening_one(void **state)
{
    (void)state;
    assert_true(cw_setupapi_closes(CW_STR("Wizard for X"), CW_STR("Wizard")));
    assert_true(cw_setupapi_closes(CW_STR("Service: Install for X"), CW_STR("Service: Install")));
    assert_true(cw_setupapi_closes(CW_STR("Wizard"), CW_STR("Wizard")));
    assert_false(cw_setupapi_closes(CW_STR("Wizards for X"), CW_STR("Wizard")));
    assert_false(cw_setupapi_closes(CW_STR("Wizard"), CW_STR("Wizard for X")));
    assert_false(cw_setupapi_closes(CW_STR("Wizard"), CW_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operation_opens_with_or_without_an_argument),
        cmocka_unit_test(an_operation_closes_in_every_spelling),
        cmocka_unit_test(exit_in_the_middle_or_with_a_strange_code_closes_nothing),
        cmocka_unit_test(a_property_has_a_name_and_a_value),
        cmocka_unit_test(a_sentence_is_no_property),
        cmocka_unit_test(only_the_equals_sign_makes_a_property_of_a_warning),
        cmocka_unit_test(the_file_header_has_names_and_values),
        cmocka_unit_test(a_closing_line_may_hold_the_beginning_of_the_opening_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
