/* Exported events: every shape gives the same event, and ids say more than words. */
#include "support/test.h"

#include <stdio.h>

#include "support/text_events.h"

#define SERVICING "Microsoft-Windows-Servicing"
#define FAILED "Package KB5026361 failed to be changed to the Installed state. Status: 0x800f0922."
#define HEADING "Level,Date and Time,Source,Event ID,Task Category\r\n"
#define ROW(time, source, id, text) "Information," time "," source "," id ",(1)," text "\r\n"
/* One event as text, by its lines and time. */
#define EVENT(lines, time, level, mark, code, text)                                                \
    lines "|" time "|" level "|" SERVICING "|" mark "|" code "|" text "\n"
#define FAILURE(lines)                                                                             \
    EVENT(lines, "2023-05-09T08:20:31", "info", "report kb=KB5026361", "0x800f0922", FAILED)
#define NOON "2023/5/9 12:00:00"

/* --- shapes -------------------------------------------------------------------------------- */

static void a_table_of_event_viewer_is_read_with_and_without_its_heading(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       HEADING ROW("2023/5/9 8:20:31", SERVICING, "3", "\"" FAILED "\""),
                       FAILURE("2-2"));
    assert_text_events(&cw_format_events, ROW("2023/5/9 8:20:31", SERVICING, "3", FAILED),
                       FAILURE("1-1"));
    assert_text_events(&cw_format_events,
                       "级别\t日期和时间\t来源\t事件 ID\t任务类别\n"
                       "信息\t2023/5/9 8:20:31\t" SERVICING "\t3\t(1)\t" FAILED "\n",
                       FAILURE("2-2"));
    assert_text_events(&cw_format_events,
                       "\xbc\xb6\xb1\xf0\t\xc8\xd5\xc6\xda\xba\xcd\xca\xb1\xbc\xe4\t"
                       "\xc0\xb4\xd4\xb4\t\xca\xc2\xbc\xfe ID\t\xc8\xce\xce\xf1\n"
                       "\xd0\xc5\xcf\xa2\t2023/5/9 8:20:31\t" SERVICING "\t3\t(1)\t" FAILED "\n",
                       FAILURE("2-2"));
    assert_text_events(&cw_format_events,
                       "Ebene;Datum und Uhrzeit;Quelle;Ereignis-ID;Aufgabenkategorie\n"
                       "Informationen;09.05.2023 08:20:31;" SERVICING ";3;(1);" FAILED "\n",
                       FAILURE("2-2"));
}

static void no_heading_counts_as_unrecognised(void **state)
{
    static const char *const logs[] = {
        HEADING ROW(NOON, SERVICING, "3", FAILED),
        "Niveau,Date et heure,Source,ID,Tâche\n" ROW(NOON, SERVICING, "3", FAILED),
        ("#TYPE Selected.EventLogRecord\n\"TimeCreated\",\"Id\",\"Message\"\n"
         "\"2023/5/9 12:00:00\",\"3\",\"x\"\n"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        struct cw_log_stats stats = text_stats_of(&cw_format_events, logs[i]);
        assert_int_equal(stats.unrecognized, 0);
        assert_int_equal(stats.records, 1);
    }
    struct cw_log_stats stats =
        text_stats_of(&cw_format_events, "Events of 4711:\n" HEADING ROW(NOON, "x", "1", "y"));
    assert_int_equal(stats.unrecognized, 1);
}

static void a_message_in_quotes_goes_over_lines_and_loses_doubled_quotes(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_events,
        ROW(NOON, "Application", "7", "\"says \"\"a, b\"\":\r\n\r\nSource: x\r\nEvent ID: 9\"")
            ROW(NOON, "Application", "8", "\"\""),
        "1-4|2023-05-09T12:00:00|info|Application|-||says \"a, b\"://Source: x/Event ID: 9\n"
        "5-5|2023-05-09T12:00:00|info|Application|-||Information,2023/5/9 "
        "12:00:00,Application,8,(1),\"\"\n");
}

static void a_table_of_powershell_has_its_columns_in_any_order(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       "\"TimeCreated\",\"Id\",\"LevelDisplayName\",\"ProviderName\",\"Message\"\n"
                       "\"2023/5/9 8:20:31\",\"3\",\"Information\",\"" SERVICING "\",\"" FAILED
                       "\"\n",
                       FAILURE("2-2"));
    assert_text_events(
        &cw_format_events,
        "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\n"
        "\"Message\",\"Id\",\"Level\",\"ProviderName\",\"TimeCreated\"\n"
        "\"A line,\n\"\"another\"\", of it\",\"1\",\"2\",\"x\",\"" NOON "\"\n"
        "\"" FAILED "\",\"3\",\"4\",\"" SERVICING "\",\"2023/5/9 8:20:31\"\n",
        "3-4|2023-05-09T12:00:00|error|x|-||A line,/\"another\", of it\n" FAILURE("5-5"));
}

static void a_cut_row_does_not_swallow_those_behind_it(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       "\"Message\",\"Id\",\"ProviderName\",\"TimeCreated\"\n"
                       "\"it never ends\nmore\n"
                       "\"" FAILED "\",\"3\",\"" SERVICING "\",\"2023/5/9 8:20:31\"\n",
                       "2-3||info||-||it never ends/more\n" FAILURE("4-4"));
}

static void copied_details_are_read_in_english_and_chinese(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       "Log Name:      Setup\nSource:        " SERVICING
                       "\nDate:          2023/5/9 8:20:31\nEvent ID:      3\n"
                       "Level:         Information\nComputer:      PC\nDescription:\n" FAILED
                       "\nEvent Xml:\n<Event xmlns=\"x\">\n  <System>\n",
                       FAILURE("1-11"));
    assert_text_events(
        &cw_format_events,
        "日志名称:          Setup\n来源:            " SERVICING
        "\n日期:            2023/5/9 8:20:31\n事件 ID:         3\n"
        "级别:            错误\n描述:\n" FAILED "\n\n日志名称:          Setup\n来源: "
        "           " SERVICING "\n日期:            2023/5/9 12:00:00\n"
        "事件 ID:         4\n描述:\n必须重新启动。\n",
        EVENT("1-7", "2023-05-09T08:20:31", "error", "report kb=KB5026361", "0x800f0922", FAILED)
            EVENT("9-14", "2023-05-09T12:00:00", "info", "-", "", "必须重新启动。"));
    assert_text_events(&cw_format_events,
                       "\xc0\xb4\xd4\xb4: " SERVICING "\n\xc8\xd5\xc6\xda: 2023/5/9 8:20:31\n"
                       "\xca\xc2\xbc\xfe ID: 3\n\xc3\xe8\xca\xf6:\n" FAILED "\n",
                       FAILURE("1-5"));
}

static void the_text_of_wevtutil_is_read(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       "Event[0]:\n  Log Name: Setup\n  Source: " SERVICING
                       "\n  Date: 2023-05-09T08:20:31.000\n  Event ID: 3\n  Level: Information\n"
                       "  Description: \n" FAILED "\n\nEvent[1]\n  Log Name: Setup\n"
                       "  Source: " SERVICING "\n  Date: 2023-05-09T01:00:00.0000000Z\n"
                       "  Event ID: 1\n  Description: \nSource: y\n",
                       FAILURE("1-8") EVENT("10-16", "", "info", "-", "", "Source: y"));
}

static void the_list_of_powershell_is_read(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       "\n\nTimeCreated  : 2023/5/9 8:20:31\nProviderName : " SERVICING
                       "\nId           : 3\nMessage      : " FAILED "\n\n"
                       "TimeCreated  : 2023/5/9 12:00:00\nProviderName : x\nId           : 1\n"
                       "Message      : two\n               Id: 4\n",
                       FAILURE("3-6") "8-12|2023-05-09T12:00:00|info|x|-||two/               "
                                      "Id: 4\n");
    assert_text_events(&cw_format_events,
                       "Message      : " FAILED "\nId           : 3\nVersion      : 0\n"
                       "ProviderName : " SERVICING "\nTimeCreated  : 2023/5/9 8:20:31\n",
                       FAILURE("1-5"));
}

/* Event Viewer shows the newest event first. */
static void the_order_of_events_means_nothing(void **state)
{
    (void)state;
    struct cw_log_stats stats =
        text_stats_of(&cw_format_events, HEADING ROW("2023/5/9 12:00:00", "x", "1", "y")
                                             ROW("2023/5/8 12:00:00", "x", "1", "y")
                                                 ROW("2023/5/8 13:00:00", "x", "1", "y"));
    char text[CW_TIME_TEXT];
    assert_int_equal(stats.backward_steps, 0);
    assert_string_equal(cw_time_text(stats.first, text), "2023-05-08T12:00:00");
    assert_string_equal(cw_time_text(stats.last, text), "2023-05-09T12:00:00");
}

static void where_no_date_tells_day_from_month_there_is_no_time(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       ROW("5/9/2023 8:20:31 AM", "x", "1", "a")
                           ROW("5/4/2023 8:00:00 PM", "x", "1", "b"),
                       "1-1||info|x|-||a\n2-2||info|x|-||b\n");
    assert_text_events(&cw_format_events,
                       ROW("5/9/2023 8:20:31 AM", "x", "1", "a")
                           ROW("5/14/2023 8:00:00 PM", "x", "1", "b"),
                       "1-1|2023-05-09T08:20:31|info|x|-||a\n"
                       "2-2|2023-05-14T20:00:00|info|x|-||b\n");
}

/* --- meaning ------------------------------------------------------------------------------- */

static void assert_meaning(const char *source, const char *id, const char *message,
                           const char *expected)
{
    char log[1024];
    char events[1024];
    (void)snprintf(log, sizeof(log), "Information\t" NOON "\t%s\t%s\t(1)\t%s\n", source, id,
                   message);
    (void)snprintf(events, sizeof(events), "1-1|2023-05-09T12:00:00|info|%s|%s|%s\n", source,
                   expected, message);
    assert_text_events(&cw_format_events, log, events);
}

static void servicing_says_by_its_ids_what_became_of_a_package(void **state)
{
    static const char identity[] =
        "程序包 Package_9_for_KB5026361~31bf3856ad364e35~amd64~~10.0.1.1 失败。状态: 0x80070005。";
    (void)state;
    assert_meaning("Servicing", "3", "未能将程序包 KB5026361 更改为 已安装 状态。状态: 0x5。",
                   "report kb=KB5026361|0x80070005");
    assert_meaning(SERVICING, "6", identity, "report kb=KB5026361|0x80070005");
    assert_meaning(SERVICING, "3", "Package Some-Package~x~amd64~~1.0 failed ... 0x800f0826.",
                   "report package=Some-Package~x~amd64~~1.0|0x800f0826");
    assert_meaning(SERVICING, "12", "Update A of package B-Package failed to be ... 0x800f0826.",
                   "report package=B-Package|0x800f0826");
    assert_meaning(SERVICING, "5", "... package KB5026361 is not applicable.",
                   "report kb=KB5026361|0x800f081e");
    assert_meaning(SERVICING, "3", "Package KB5026361 failed.", "failure kb=KB5026361|");
    assert_meaning(SERVICING, "4", "A reboot is necessary before package KB5026361 can ...", "-|");
    assert_meaning(SERVICING, "1", "Initiating changes for package KB5026361.", "-|");
}

static void only_the_state_installed_is_a_success(void **state)
{
    (void)state;
    assert_meaning(SERVICING, "2",
                   "Package KB5026361 was successfully changed to the Installed state.",
                   "report kb=KB5026361|");
    assert_meaning(SERVICING, "2", "已成功将程序包 KB5026361 更改为 已安装 状态。",
                   "report kb=KB5026361|");
    assert_meaning(SERVICING, "2",
                   "Package KB5026361 was successfully changed to the Absent state.", "-|");
    assert_meaning(SERVICING, "2",
                   "Package KB5026361 was successfully changed to the Staged state.", "-|");
}

static void wusa_writes_codes_in_decimal(void **state)
{
    (void)state;
    assert_meaning("Microsoft-Windows-WUSA", "3",
                   "Windows update \"Update for Windows (KB5026361)\" could not be installed "
                   "because of error 2149842967 \"\" (Command line: \"wusa.exe a.msu\")",
                   "report kb=KB5026361|0x80240017");
    assert_meaning("WUSA", "3", "由于错误 2147942405,无法安装 Windows 更新“KB5026361”",
                   "report kb=KB5026361|0x80070005");
    assert_meaning("WUSA", "6", "The Windows Modules Installer must be updated.",
                   "report|0x800f0823");
}

/* It is written before the restart in which the installation may yet fail. */
static void a_success_of_wusa_is_not_believed(void **state)
{
    (void)state;
    assert_meaning("WUSA", "2", "Windows update \"(KB5026361)\" was successfully installed.", "-|");
    assert_meaning("WUSA", "4", "Windows update \"(KB5026361)\" requires a computer restart", "-|");
}

static void windows_update_names_the_update_by_its_title(void **state)
{
    static const char source[] = "Microsoft-Windows-WindowsUpdateClient";
    (void)state;
    assert_meaning(source, "20",
                   "Installation Failure: Windows failed to install the following update with "
                   "error 0x80070643: 2023-05 Cumulative Update (KB5026361).",
                   "report kb=KB5026361|0x80070643");
    assert_meaning(source, "20",
                   "安装失败: Windows 无法安装以下更新,错误为 0x800F0247: Intel - net - 12.1。",
                   "report update=Intel - net - 12.1|0x800f0247");
    assert_meaning(source, "19",
                   "Installation Successful: Windows successfully installed the following update: "
                   "Intel - net - 12.1",
                   "report update=Intel - net - 12.1|");
    assert_meaning(source, "43", "Installation Started: ... (KB5026361)", "-|");
}

static void a_driver_fails_by_its_status(void **state)
{
    (void)state;
    assert_meaning("Microsoft-Windows-UserPnp", "20001",
                   "Driver Management concluded the process to install driver "
                   "oem5.inf_amd64_0123456789abcdef\\oem5.inf for Device Instance ID "
                   "USB\\VID_0001&PID_0002\\4 with the following status: 0xE0000247.",
                   "report inf=oem5.inf_amd64_0123456789abcdef\\oem5.inf|0xe0000247");
    assert_meaning("UserPnp", "20001", "... driver oem5.inf ... status: 0x0.",
                   "report inf=oem5.inf|");
    assert_meaning("UserPnp", "20001", "... driver oem5.inf ...", "-|");
}

static void other_sources_are_read_and_mean_nothing(void **state)
{
    (void)state;
    assert_meaning("Service Control Manager", "3", "Package KB5026361. Status: 0x80070005.",
                   "-|0x80070005");
    assert_meaning("Servicing", "30", "Package KB5026361. Status: 0x80070005.", "-|0x80070005");
}

/* Neither id nor source were exported: failures alone name a package and a code. */
static void without_an_id_the_text_decides(void **state)
{
    (void)state;
    assert_text_events(&cw_format_events,
                       "\"TimeCreated\",\"Message\"\n\"" NOON "\",\"" FAILED "\"\n\"" NOON
                       "\",\"Package KB5026361 was changed.\"\n",
                       "2-2|2023-05-09T12:00:00|info||report kb=KB5026361|0x800f0922|" FAILED
                       "\n3-3|2023-05-09T12:00:00|info||-||Package KB5026361 was changed.\n");
}

/* --- recognition --------------------------------------------------------------------------- */

static void other_text_is_not_taken_for_events(void **state)
{
    static const char *const texts[] = {
        "",
        "\n\n",
        HEADING,
        "2023-05-09 08:20:31, Info                  CBS    Session: 1_2 initialized\n",
        "2023-05-09 08:20:31, 2023-05-09 08:20:31, x\n",
        "Date: 2023/5/9 8:20:31\n\nId: 3\n",
        "Date: Tue, 9 May 2023 08:20:31\nSource: x\n",
        "name,date,count\na,2023/5/9 8:20:31,3\n",
        "2023-05-09\t08:20:31:123\t 856\t1234\tAgent\t*** START ***\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (cw_format_events.bid(cw_str_c(texts[i])) != 0)
            fail_msg("taken for events: \"%s\"", texts[i]);
    }
}

static void events_are_recognised_by_their_content(void **state)
{
    (void)state;
    assert_ptr_equal(
        cw_format_recognise(CW_STR("\xEF\xBB\xBF" HEADING ROW(NOON, SERVICING, "3", FAILED))),
        &cw_format_events);
    assert_ptr_equal(cw_format_recognise(CW_STR(
                         "Source: x\rDate: 2023/5/9 8:20:31\rEvent ID: 3\rDescription:\ry\r")),
                     &cw_format_events);
}

static void a_log_cut_at_any_byte_is_read_up_to_there(void **state)
{
    static const char whole[] = "\"Message\",\"Id\",\"ProviderName\",\"TimeCreated\"\n"
                                "\"a\n\"\"b\"\"\",\"3\",\"" SERVICING "\",\"2023/5/9 8:20:31\"\n"
                                "\"" FAILED "\",\"3\",\"" SERVICING "\",\"2023/5/9 8:20:31\"\n";
    char cut[sizeof(whole)];
    (void)state;
    for (size_t len = 0; len < sizeof(whole); len++) {
        memcpy(cut, whole, len);
        cut[len] = '\0';
        struct cw_log_stats stats = text_stats_of(&cw_format_events, cut);
        assert_true(stats.records <= 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_event_viewer_is_read_with_and_without_its_heading),
        cmocka_unit_test(no_heading_counts_as_unrecognised),
        cmocka_unit_test(a_message_in_quotes_goes_over_lines_and_loses_doubled_quotes),
        cmocka_unit_test(a_table_of_powershell_has_its_columns_in_any_order),
        cmocka_unit_test(a_cut_row_does_not_swallow_those_behind_it),
        cmocka_unit_test(copied_details_are_read_in_english_and_chinese),
        cmocka_unit_test(the_text_of_wevtutil_is_read),
        cmocka_unit_test(the_list_of_powershell_is_read),
        cmocka_unit_test(the_order_of_events_means_nothing),
        cmocka_unit_test(where_no_date_tells_day_from_month_there_is_no_time),
        cmocka_unit_test(servicing_says_by_its_ids_what_became_of_a_package),
        cmocka_unit_test(only_the_state_installed_is_a_success),
        cmocka_unit_test(wusa_writes_codes_in_decimal),
        cmocka_unit_test(a_success_of_wusa_is_not_believed),
        cmocka_unit_test(windows_update_names_the_update_by_its_title),
        cmocka_unit_test(a_driver_fails_by_its_status),
        cmocka_unit_test(other_sources_are_read_and_mean_nothing),
        cmocka_unit_test(without_an_id_the_text_decides),
        cmocka_unit_test(other_text_is_not_taken_for_events),
        cmocka_unit_test(events_are_recognised_by_their_content),
        cmocka_unit_test(a_log_cut_at_any_byte_is_read_up_to_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
