/* What a log says is put into a command only when no shell can take it for more than a name; and
 * what an allowlist names acted. */
#include "support/test.h"

#include "support/diagnosing.h"
#include "support/stories.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define LEFT_OUT "A command is left out"

/* --- commands ------------------------------------------------------------------------------ */

static bool has(struct cw_str text, const char *part)
{
    return cw_str_find(text, cw_str_c(part)) != SIZE_MAX;
}

struct seen {
    size_t with_value; /* commands that hold it */
    size_t left_out;   /* actions that say that a command is left out */
};

static void look_at_actions(const struct cw_action *actions, size_t count, const char *value,
                            struct seen *seen)
{
    for (size_t i = 0; i < count; i++) {
        const struct cw_strings *commands = &actions[i].commands;
        seen->left_out += has(actions[i].text, LEFT_OUT);
        for (size_t k = 0; k < commands->count; k++)
            seen->with_value += has(commands->items[k], value);
    }
}

/* In the actions of the first finding, and in what would settle its hypotheses. */
static struct seen look_for(const struct diagnosed *diagnosed, const char *value)
{
    struct seen seen = {0};
    assert_true(diagnosed->report->finding_count > 0);
    const struct cw_finding *finding = &diagnosed->report->findings[0];
    look_at_actions(finding->actions, finding->action_count, value, &seen);
    for (size_t i = 0; i < finding->hypothesis_count; i++)
        look_at_actions(finding->hypotheses[i].settle, finding->hypotheses[i].settle_count, value,
                        &seen);
    return seen;
}

/* Writing a value of a service is refused; the rule has commands that name the service. */
#define DENIED_FOR(service)                                                                        \
    DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",   \
                                   service, "0x00000005", "07:00:19.900")
#define EVIL(service)                                                                              \
    {                                                                                              \
        service, DENIED_FOR(service)                                                               \
    }

static void a_service_with_a_plain_name_is_put_into_commands(void **state)
{
    static const char *const logs[][2] = {
        EVIL("ContosoPm"),
        EVIL("Contoso Power_Mgmt-2.0"),
    };
    for (size_t i = 0; i < COUNT(logs); i++) {
        struct diagnosed diagnosed = diagnose(*state, NULL, logs[i][1]);
        struct seen seen = look_for(&diagnosed, logs[i][0]);
        assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
        assert_true(seen.with_value > 0);
        assert_int_equal(seen.left_out, 0);
        free_diagnosed(&diagnosed);
    }
}

static void a_service_whose_name_a_shell_would_act_on_reaches_no_command(void **state)
{
    static const char *const logs[][2] = {
        EVIL("\" & calc.exe & rem \""),
        EVIL("Evil%PATH%"),
        EVIL("Evil`calc`"),
        EVIL("Evil$(calc)"),
        EVIL("Evil'; calc; '"),
        EVIL("Evil|calc"),
        EVIL("Evil^calc"),
        EVIL("Evil<calc"),
        EVIL("Evil;calc"),
        EVIL("Evil!calc!"),
        EVIL("Evil\tcalc"),
        EVIL("\xe2\x80\x98; calc; \xe2\x80\x99"), /* PowerShell takes them for quotes */
        EVIL("\xe2\x80\x9c & calc & \xe2\x80\x9d"),
    };
    for (size_t i = 0; i < COUNT(logs); i++) {
        struct diagnosed diagnosed = diagnose(*state, NULL, logs[i][1]);
        struct seen seen = look_for(&diagnosed, logs[i][0]);
        assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
        assert_entity(&diagnosed, CW_ENTITY_SERVICE, logs[i][0]);
        assert_int_equal(seen.with_value, 0);
        assert_int_equal(look_for(&diagnosed, "calc").with_value, 0);
        assert_true(seen.left_out > 0);
        free_diagnosed(&diagnosed);
    }
}

static void a_device_id_with_ampersands_is_put_into_quotes(void **state)
{
#define DEVICE "ROOT\\CONTOSO&REV_02\\7&1A2B"
    struct diagnosed diagnosed = diagnose(
        *state, NULL,
        DEVICE_LOG SECTION_OF("Setup Root Device - Install", "2021/05/07", "07:00:11.250",
                              "!!!  set:      Could not create a device information element for "
                              "device " DEVICE ". HRESULT = 0x800f0207\n",
                              "07:00:11.300", "FAILURE(0x00000207)"));
    assert_findings(&diagnosed, "failure: device.already-exists root_cause");
    struct seen seen = look_for(&diagnosed, DEVICE "\"");
    assert_true(seen.with_value > 0);
    assert_int_equal(seen.left_out, 0);
    free_diagnosed(&diagnosed);
#undef DEVICE
}

/* --- allowlists ---------------------------------------------------------------------------- */

#define TRUSTED_INSTALLER "C:\\Windows\\servicing\\TrustedInstaller.exe"
#define SECTION_BY(title, command)                                                                 \
    DEVICE_LOG SECTION_OF(                                                                         \
        title, "2021/05/07", "07:00:11.250",                                                       \
        command SERVICE_STEPS("cpu.inf", "Contoso Processor", "ContosoPm", "0x00000005"),          \
        "07:00:19.900", "FAILURE(0x00000005)")

static void an_allowlist_names_the_program_that_acted(void **state)
{
    static const struct {
        const char *log, *process;
    } cases[] = {
        {SECTION_BY("Device Install (DiInstallDriver) - C:\\x\\cpu.inf", ""), ""},
        {SECTION_BY("Device Install (DiInstallDriver) - C:\\x\\cpu.inf",
                    "      cmd: \"C:\\Contoso\\setup64.exe\" /quiet\n"),
         "C:\\Contoso\\setup64.exe"},
        {SECTION_BY("Install Driver Updates", ""), TRUSTED_INSTALLER},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct diagnosed diagnosed = diagnose(*state, NULL, cases[i].log);
        assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
        assert_strings(&diagnosed.report->findings[0].allowlist.process, cases[i].process);
        free_diagnosed(&diagnosed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_with_a_plain_name_is_put_into_commands),
        cmocka_unit_test(a_service_whose_name_a_shell_would_act_on_reaches_no_command),
        cmocka_unit_test(a_device_id_with_ampersands_is_put_into_quotes),
        cmocka_unit_test(an_allowlist_names_the_program_that_acted),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
