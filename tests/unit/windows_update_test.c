/* WindowsUpdate.log in both forms and ReportingEvents.log: columns, and which update failed how. */
#include "support/test.h"

#include "support/text_events.h"

#include "base/buf.h"

#define UPDATE "5B9BA715-2FAF-4EE4-976F-C65F9F0F05B7"
#define PART "705A6264-90B7-4C0F-8A68-C33571E0E1D2"
#define OTHER "D6F4E0E2-3B1F-45AC-9C6B-1F6B0D2A7C11"
#define TITLE "Security Update for Windows 7 for x64-based Systems (KB4474111)"

/* A line of WindowsUpdate.log until Windows 8.1. */
#define OLD(component, text) "2019-03-14\t09:26:53:589\t 988\t1a4c\t" component "\t" text "\n"
/* A decoded one. */
#define NEW(component, text) "2021/06/05 11:07:50.0950566 21136 9740  " component text "\n"
#define REPORT(event, guid, code, status, message)                                                 \
    "2019-03-14 09:26:51:636+0900\t1\t" event "\t101\t{" guid "}\t201\t" code                      \
    "\tAutomaticUpdates\t" status "\tContent Install\t" message
#define FAILED_WITH(code, title)                                                                   \
    "Installation Failure: Windows failed to install the following update with error " code        \
    ": " title "."
#define ID "{2C3C39FA-FC0F-4F44-9049-D2AA53B27FFB}\t"

#define LISTING(line)                                                                              \
    line("Agent", "** START **  Agent: Installing updates [CallerId = AutomaticUpdates]")          \
        line("Agent", "  * Updates to install = 1") line("Agent", "  *   Title = " TITLE)          \
            line("Agent", "  *   UpdateId = {" UPDATE "}.102")                                     \
                line("Agent", "  *     Bundles 1 updates:")                                        \
                    line("Agent", "  *       {" PART "}.102")

static void the_columns_of_all_three_forms_are_read(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_windows_update,
        OLD("Agent", "  * WARNING: Exit code = 0x80240022") OLD("Handler", "FATAL: broken")
            NEW("Agent           ", " * END * Finding updates")
                NEW("Misc            ", "*FAILED* [80072EFE] Send request")
                    NEW("Handler         ", "*FAILED* [800F0922] Install")
                        ID REPORT("147 [AGENT_DETECTION_FINISHED]", OTHER, "0", "Success", "Found"),
        "1-1|2019-03-14T09:26:53.589|warning|Agent|-|0x80240022|* WARNING: Exit code = "
        "0x80240022\n"
        "2-2|2019-03-14T09:26:53.589|error|Handler|-||FATAL: broken\n"
        "3-3|2021-06-05T11:07:50.095|info|Agent|-||* END * Finding updates\n"
        "4-4|2021-06-05T11:07:50.095|warning|Misc|-|0x80072efe|*FAILED* [80072EFE] Send request\n"
        "5-5|2021-06-05T11:07:50.095|error|Handler|-|0x800f0922|*FAILED* [800F0922] Install\n"
        "6-6|2019-03-14T09:26:51.636|info||-||1\t147 [AGENT_DETECTION_FINISHED]\t101\t{" OTHER
        "}\t201\t0\tAutomaticUpdates\tSuccess\tContent Install\tFound\n");
}

static void odd_columns_are_read_too(void **state)
{
    static const char *const cases[][2] = {
        {"2005-06-02\t12:10:41\t1660\td0c\tCOMAPI\t-- START --",
         "1-1|2005-06-02T12:10:41|info|COMAPI|-||-- START --\n"},
        {"2016-01-01 20:22:51:517 4612 914 Misc = Process: a",
         "1-1|2016-01-01T20:22:51.517|info|Misc|-||= Process: a\n"},
        {"2024-09-10 10:44:48.1234567 1234  5678  Agent           text",
         "1-1|2024-09-10T10:44:48.123|info|Agent|-||text\n"},
        {"1600/12/31 19:00:00.0000000 744   2472  Unknown( 10): GUID=x",
         "1-1||info|Unknown(|-||10): GUID=x\n"},
        {"2019-13-14\t09:26:53:589\t 988\t1a4\tAgent\ttext", "1-1||info|Agent|-||text\n"},
        {"2019-03-14\t09:26:53:589\t 988\t1a4\tAgent",
         "1-1|2019-03-14T09:26:53.589|info|Agent|-||\n"},
        {"2019-03-14 09:26:53 988 1a4 Agent text", ""},
        {"2019-03-14\t09:26:53:58\t 988\t1a4\tAgent\ttext", ""},
        {"2019-03-14\t09:26:53:589\t 988\t1a4\t*\ttext", ""},
        {ID "2019-03-14 09:26:51:636\t1\t147\t101", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_text_events(&cw_format_windows_update, cases[i][0], cases[i][1]);
}

static void the_handler_tells_of_an_update_from_begin_to_end(void **state)
{
    (void)state;
    assert_text_marks(&cw_format_windows_update,
                      LISTING(OLD) OLD("Handler", "Starting install of CBS update " PART)
                          OLD("Handler", "FATAL: CBS called Error with 0x80073712,")
                              OLD("Handler",
                                  "Completed install of CBS update with type=0, requiresReboot=0, "
                                  "installerError=1, hr=0x80073712"),
                      "7 begin update=" TITLE "\n9 end kb=KB4474111 0x80073712\n");
    assert_text_marks(&cw_format_windows_update,
                      OLD("Handler", "Starting install of CBS update " PART)
                          OLD("Handler",
                              "Completed install of CBS update with type=3, requiresReboot=1, "
                              "installerError=0, hr=0x0"),
                      "1 begin update=" PART "\n2 end\n");
}

static void a_report_of_a_failure_that_was_told_is_not_told_again(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_windows_update,
        LISTING(OLD) OLD("Handler", "Starting install of CBS update " PART)
            OLD("Handler", "Completed install of CBS update with type=0, requiresReboot=0, "
                           "installerError=1, hr=0x80073712")
                OLD("Report", "REPORT EVENT: " ID REPORT("182", UPDATE, "80073712", "Failure",
                                                         FAILED_WITH("0x80073712", TITLE)))
                    OLD("Report", "REPORT EVENT: " ID REPORT("182", OTHER, "80070643", "Failure",
                                                             FAILED_WITH("0x80070643", "Other"))),
        "7 begin update=" TITLE "\n8 end kb=KB4474111 0x80073712\n10 report update=Other "
        "0x80070643\n");
}

static void a_command_that_failed_is_of_the_update_prepared_before(void **state)
{
    static const char command[] =
        LISTING(OLD) OLD("DnldMgr", "Preparing update for install, updateId = {" PART "}.102.")
            OLD("Handler", "  : WARNING: Command line install completed. Return code = 0x00000643, "
                           "Result = Failed, Reboot required = false")
                OLD("Handler", "  : Command line install completed. Return code = 0x00000000, "
                               "Result = Succeeded, Reboot required = false");
    (void)state;
    assert_text_marks(&cw_format_windows_update, command, "8 report kb=KB4474111 0x80070643\n");
}

static void the_history_of_an_update_tells_of_its_failure(void **state)
{
    (void)state;
    assert_text_marks(&cw_format_windows_update,
                      LISTING(NEW) NEW("Agent           ",
                                       "LogHistory called. idUpdate={" UPDATE
                                       "}.1, resultMapped=80070643, resultUnMapped=FFFE")
                          NEW("Agent           ", "LogHistory called. idUpdate={" OTHER
                                                  "}.1, resultMapped=800F0922, resultUnMapped=0")
                              NEW("Agent           ", "LogHistory called. idUpdate={" OTHER
                                                      "}.1, resultMapped=0, resultUnMapped=0"),
                      "7 report kb=KB4474111 0x80070643\n8 report update=" OTHER " 0x800f0922\n");
}

static void reports_name_the_update_and_its_code(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_windows_update,
        ID REPORT("182 [AGENT_INSTALLING_FAILED]", UPDATE, "80070005", "Failure",
                  FAILED_WITH("0x80070005", TITLE) "\tnMa8.1.0") "\n" ID
            REPORT("182 [AGENT_INSTALLING_FAILED]", UPDATE, "80070005", "Failure",
                   FAILED_WITH("0x80070005", TITLE)) "\n" ID
                REPORT("183 [AGENT_INSTALLING_SUCCEEDED]", UPDATE, "0", "Success",
                       "Installation Successful: Windows successfully installed the following "
                       "update: Security Intelligence Update - KB2267602 (Version 1.381)") "\n" ID
                    REPORT("181 [AGENT_INSTALLING_STARTED]", UPDATE, "0", "Success",
                           "Installation Started: Windows has started installing the following "
                           "update: " TITLE) "\n" ID
                        REPORT("148 [AGENT_DETECTION_FAILED]", UPDATE, "80072ee2", "Failure",
                               "Windows Update Client failed to detect with error 0x80072ee2."),
        "1 report kb=KB4474111 0x80070005\n2 report kb=KB4474111 0x80070005\n"
        "3 report kb=KB2267602\n");
}

static void odd_reports_are_read_too(void **state)
{
    static const char *const cases[][2] = {
        {ID "2019-03-14 09:26:51:636+0900 1 182 [AGENT_INSTALLING_FAILED] 101 {" UPDATE
            "} 201 80070005 Windows Update Command Line Failure Content Install " FAILED_WITH(
                "0x80070005", TITLE),
         "1 report kb=KB4474111 0x80070005\n"},
        {ID REPORT("182", UPDATE, "80070005", "Fehler", "ohne Titel"),
         "1 report update=" UPDATE " 0x80070005\n"},
        {ID REPORT("182", UPDATE, "240005", "Failure", FAILED_WITH("0x240005", TITLE)), ""},
        {ID REPORT("183", UPDATE, "0", "Success", "no KB in it"), ""},
        {ID REPORT("182", UPDATE, "none", "Failure", FAILED_WITH("0x80070005", TITLE)), ""},
        {ID REPORT("182", "5B9B", "80070005", "Failure", FAILED_WITH("0x80070005", TITLE)), ""},
        {ID REPORT("182", UPDATE, "643", "Failure", "the following update with error "),
         "1 report update=" UPDATE " 0x80070643\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_text_marks(&cw_format_windows_update, cases[i][0], cases[i][1]);
}

static void warnings_searches_and_downloads_are_no_verdict(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_windows_update,
        OLD("Agent", "  * WARNING: Exit code = 0x8024402C")
            OLD("Agent", "** END **  Agent: Finding updates [CallerId = AutomaticUpdates]")
                OLD("PT", "WARNING: SyncUpdates failure, error = 0x80072EE2")
                    OLD("DnldMgr", "  * BITS job {" PART "} failed, error code 0x80246008")
                        NEW("Misc            ", "*FAILED* [80072EFE] Send request")
                            OLD("Handler", "CBS called Error with 0x800f0816,"),
        "");
}

static void an_installation_of_hundreds_is_remembered_in_part(void **state)
{
    struct cw_buf log;
    (void)state;
    cw_buf_init(&log, 1024 * 1024);
    for (int i = 0; i < 300; i++)
        (void)cw_buf_printf(&log,
                            OLD("Agent", "  * Title = Update (KB%07d)")
                                OLD("Agent", "  * UpdateId = {%08X-2FAF-4EE4-976F-C65F9F0F05B7}.1")
                                    OLD("Agent", "  * {%08X-90B7-4C0F-8A68-C33571E0E1D2}.1"),
                            4000000 + i, i, i);
    (void)cw_buf_printf(&log, OLD("Handler", "Starting install of CBS update "
                                             "0000012B-90B7-4C0F-8A68-C33571E0E1D2"));
    assert_true(cw_buf_char(&log, '\0'));
    assert_text_marks(&cw_format_windows_update, log.data, "901 begin update=Update (KB4000299)\n");
    cw_buf_done(&log);
}

static void the_offset_of_the_clock_and_continued_lines_are_known(void **state)
{
    (void)state;
    struct cw_log_stats stats = text_stats_of(
        &cw_format_windows_update, "a stray\n" OLD("Agent", "one") "more of it\n" ID REPORT(
                                       "147", UPDATE, "0", "Success", "Found"));
    assert_int_equal(stats.records, 2);
    assert_int_equal(stats.unrecognized, 1);
    assert_true(stats.has_utc_offset);
    assert_int_equal(stats.utc_offset, 9 * 60);
    stats =
        text_stats_of(&cw_format_windows_update, ID "2019-03-14 09:26:51:636-0730\t1\t147\t101\n");
    assert_int_equal(stats.utc_offset, -(7 * 60 + 30));
    stats = text_stats_of(&cw_format_windows_update,
                          OLD("Misc", "===  Logging initialized (build: 7.6.7601.1, tz: -0600)  "
                                      "==="));
    assert_int_equal(stats.utc_offset, -6 * 60);
    stats = text_stats_of(&cw_format_windows_update,
                          OLD("Misc", "Logging initialized (build: 1, tz: 0100)"));
    assert_false(stats.has_utc_offset);
}

static void it_may_be_cut_anywhere(void **state)
{
    (void)state;
    assert_text_cuts(&cw_format_windows_update,
                     LISTING(OLD) OLD("Handler", "Starting install of CBS update " PART)
                         NEW("Agent           ",
                             "LogHistory called. idUpdate={" UPDATE "}.1, resultMapped=80070643")
                             ID REPORT("182 [AGENT_INSTALLING_FAILED]", UPDATE, "80070005",
                                       "Failure", FAILED_WITH("0x80070005", TITLE)));
}

static void each_form_is_recognised(void **state)
{
    (void)state;
    assert_ptr_equal(cw_format_recognise(CW_STR(OLD("Agent", "x"))), &cw_format_windows_update);
    assert_ptr_equal(cw_format_recognise(CW_STR(NEW("Agent ", "x"))), &cw_format_windows_update);
    assert_ptr_equal(cw_format_recognise(CW_STR(ID REPORT("147", UPDATE, "0", "Success", "Found"))),
                     &cw_format_windows_update);
    assert_null(cw_format_recognise(CW_STR("one\ntwo\n" OLD("Agent", "x"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_of_all_three_forms_are_read),
        cmocka_unit_test(odd_columns_are_read_too),
        cmocka_unit_test(the_handler_tells_of_an_update_from_begin_to_end),
        cmocka_unit_test(a_report_of_a_failure_that_was_told_is_not_told_again),
        cmocka_unit_test(a_command_that_failed_is_of_the_update_prepared_before),
        cmocka_unit_test(the_history_of_an_update_tells_of_its_failure),
        cmocka_unit_test(reports_name_the_update_and_its_code),
        cmocka_unit_test(odd_reports_are_read_too),
        cmocka_unit_test(warnings_searches_and_downloads_are_no_verdict),
        cmocka_unit_test(an_installation_of_hundreds_is_remembered_in_part),
        cmocka_unit_test(the_offset_of_the_clock_and_continued_lines_are_known),
        cmocka_unit_test(it_may_be_cut_anywhere),
        cmocka_unit_test(each_form_is_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
