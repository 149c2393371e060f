/* What is no log is told by its first bytes, with what to do about it. */
#include "support/test.h"

#include "diagnose/no_log.h"
#include "support/diagnosing.h"

static void each_kind_of_file_has_its_reason(void **state)
{
    static const struct {
        struct cw_str bytes;
        const char *begins;
    } rows[] = {
        {{"", 0}, "the file is empty"},
        {{"\0\0\0\0", 4}, "it holds NUL bytes"},
        {{"some prose\n", 11}, "it is no log of a known kind"},
        {{"ElfFile\0\1\0", 10}, "it is an event log without an event that could be read: on any"},
        {{"0\0\0\0LfLe\1\0", 10}, "it is an event log of Windows XP"},
        {{"regf\1\0", 6}, "it is a registry hive"},
        {{"MZ\0\0", 4}, "it holds NUL bytes: binary data"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct named_log log = {"/nowhere/x", rows[i].bytes};
        struct diagnosed diagnosed = diagnose_logs(*state, &log, 1);
        assert_int_equal(diagnosed.report->not_read_count, 1);
        struct cw_str reason = diagnosed.report->not_read[0].reason;
        if (!cw_str_starts(reason, cw_str_c(rows[i].begins)))
            fail_msg("%zu: %.*s", i, CW_STR_ARG(reason));
        free_diagnosed(&diagnosed);
    }
}

static void event_logs_that_tell_of_other_things_are_left_alone(void **state)
{
    static const struct {
        const char *path;
        bool is_read;
    } rows[] = {
        {"Setup.evtx", true},
        {"x/System.evtx", true},
        {"x/ws-114_events.evtx", true},
        {"x/microsoft-windows-windowsupdateclient%4Operational.evtx", true},
        {"x/Microsoft-Windows-TaskScheduler%4Operational.evtx", false},
        {"Security.evtx", false},
        {"b.zip/logs/Application.evtx", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!cw_why_no_event_log(cw_str_c(rows[i].path)) != rows[i].is_read)
            fail_msg("%s", rows[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_file_has_its_reason),
        cmocka_unit_test(event_logs_that_tell_of_other_things_are_left_alone),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
