/* What poqexec.exe says on the screen at boot. */
#include "support/test.h"

#include "support/text_events.h"

#define COMPONENT "wow64_microsoft-windows-x_31bf3856ad364e35_10.0.14393.1_none_0a1b2c3d4e5f6071"
#define MESSAGE "Error C0190003 applying update operation 214 of 24777 (" COMPONENT ")"

static void the_message_at_boot_is_a_failure_with_its_status(void **state)
{
    (void)state;
    assert_text_events(&cw_format_poqexec, MESSAGE "\n",
                       "1-1||error||failure component=" COMPONENT "|0xc0190003|" MESSAGE "\n");
    assert_text_marks(&cw_format_poqexec,
                      "Fatal error C0000034 applying update operation 17 of 5561\n"
                      "\n"
                      "Error c01a001d applying update operations ()\n",
                      "1 failure 0xc0000034\n3 failure 0xc01a001d\n");
}

static void other_lines_claim_nothing(void **state)
{
    static const char *const lines[] = {
        "\\SystemRoot\\WinSxS\\pending.xml: 0xc0000022",
        "applying update operation 3 of 4",
        "Error 00000005 applying update operation 3 of 4",
        "Error C000 applying update operation 3 of 4",
        "Error C0000034 applying updates",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        assert_text_marks(&cw_format_poqexec, lines[i], "");
    struct cw_log_stats stats = text_stats_of(&cw_format_poqexec, "one\n\ntwo\n" MESSAGE "\n");
    assert_int_equal(stats.records, 3);
    assert_int_equal(stats.unrecognized, 0);
}

static void it_may_be_cut_anywhere(void **state)
{
    (void)state;
    assert_text_cuts(&cw_format_poqexec, "one\n" MESSAGE "\ntwo\n");
}

static void it_is_told_by_the_message_alone(void **state)
{
    (void)state;
    assert_ptr_equal(cw_format_recognise(CW_STR("one\n" MESSAGE "\n")), &cw_format_poqexec);
    assert_null(cw_format_recognise(CW_STR("\\SystemRoot\\WinSxS\\pending.xml: 0xc0000022\n")));
    assert_ptr_equal(
        cw_format_recognise(CW_STR(
            "2019-03-14 09:26:00, Info                  CBS    Startup: begins\n" MESSAGE "\n")),
        &cw_format_cbs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_message_at_boot_is_a_failure_with_its_status),
        cmocka_unit_test(other_lines_claim_nothing),
        cmocka_unit_test(it_may_be_cut_anywhere),
        cmocka_unit_test(it_is_told_by_the_message_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
