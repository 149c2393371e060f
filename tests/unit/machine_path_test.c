/* Which paths are taken for logs of one machine. */
#include "input/machine_path.h"
#include "support/test.h"

struct pair {
    const char *a, *b;
};

static bool are_together(const struct pair *pair)
{
    struct cw_str a = cw_str_c(pair->a);
    struct cw_str b = cw_str_c(pair->b);
    bool together = cw_paths_of_one_machine(a, b);
    assert_int_equal(together, cw_paths_of_one_machine(b, a));
    return together;
}

static void logs_with_the_names_of_windows_in_one_folder_are_of_one_machine(void **state)
{
    static const struct pair pairs[] = {
        {"CBS.log", "setupapi.dev.log"},
        {"CBS.log", "./setupapi.dev.log"},
        {"CBS.log", "CBS.log"},
        {"pc1/CBS.log", "pc1/CbsPersist_20200122131204.cab"},
        {"pc1/cbs.LOG", "pc1//SetupAPI.app.log"},
        {"pc1\\CBS.log", "pc1\\setupapi.dev.20200123_074821.log"},
        {"pc1_CBS.log", "pc1_setupapi.log.gz"},
        {"SERVER-1 dism.log", "SERVER-1 CheckSUR.persist.log"},
        {"/setupact.log", "/setuperr.log"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (!are_together(&pairs[i]))
            fail_msg("%s and %s are not taken together", pairs[i].a, pairs[i].b);
    }
}

static void so_are_logs_in_the_folders_of_one_windows(void **state)
{
    static const struct pair pairs[] = {
        {"/mnt/c/Windows/Logs/CBS/CBS.log", "/mnt/c/Windows/INF/setupapi.dev.log"},
        {"C:\\Windows\\Logs\\CBS\\CBS.log", "C:\\Windows\\inf\\setupapi.dev.log"},
        {"Windows/Logs/DISM/dism.log", "Windows/WindowsUpdate.log"},
        {"case/CBS/CBS.log", "case/INF/setupapi.dev.log"},
        {"CBS/CBS.log", "setupapi.dev.log"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (!are_together(&pairs[i]))
            fail_msg("%s and %s are not taken together", pairs[i].a, pairs[i].b);
    }
}

static void everything_else_is_a_machine_of_its_own(void **state)
{
    static const struct pair pairs[] = {
        {"pc1/CBS.log", "pc2/CBS.log"},
        {"pc1/CBS.log", "pc2/setupapi.dev.log"},
        {"pc1_CBS.log", "pc2_setupapi.dev.log"},
        {"CBS_pc1.log", "CBS_pc2.log"},
        {"sample1.log", "sample2.log"},
        {"sample1.log", "sample1.log"},
        {"CBS.log", "NOTCBS.log"},
        {"CBS.log", "CBS"},
        {"CBS", "INF"},
        {"CBS.log", "CBS.txt"},
        {"CBS.log", "logs.zip"},
        {"c/Windows/Logs/CBS/CBS.log", "d/Windows/inf/setupapi.dev.log"},
        {"a/Windows/Logs/CBS/CBS.log", "a/Windows.old/inf/setupapi.dev.log"},
        {"", "CBS.log"},
        {"-", "-"},
        {".", "./"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (are_together(&pairs[i]))
            fail_msg("%s and %s are taken together", pairs[i].a, pairs[i].b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_with_the_names_of_windows_in_one_folder_are_of_one_machine),
        cmocka_unit_test(so_are_logs_in_the_folders_of_one_windows),
        cmocka_unit_test(everything_else_is_a_machine_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
