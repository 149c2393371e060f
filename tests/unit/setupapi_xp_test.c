/* setupapi.log of Windows XP: entries with numbers, and sections whose end nothing marks. */
#include "support/test.h"
#include "support/text_events.h"

#include <stdio.h>

#include "base/buf.h"
#include "input/lines.h"
#include "logs/format.h"

enum { TEXT_MOST = 1024 * 1024, READ_SIZES = 20 };

#define HEADING "[SetupAPI Log]\nOS Version = 5.1.2600 Service Pack 3\nPlatform ID = 2 (NT)\n"
#define SECTION "[2009/07/21 14:05:40 1180.3 Driver Install]\n"
#define STARTS "2-2 section_start info 2009-07-21T14:05:40 Driver Install=|\n"
#define FAILED "#E122 Device install failed. Error 5: Access is denied.\n"

static int take(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct cw_buf *out = context;
    char time[CW_TIME_TEXT];
    char code[CW_CODE_TEXT];
    (void)error;
    (void)cw_buf_printf(out, "%d-%d %s%s %s", (int)event->line, (int)event->last_line,
                        cw_event_kind_name(event->kind).ptr, event->incomplete ? "?" : "",
                        cw_level_name(event->level).ptr);
    if (event->time != CW_TIME_NONE)
        (void)cw_buf_printf(out, " %s", cw_time_text(event->time, time));
    if (event->name.len || event->value.len)
        (void)cw_buf_printf(out, " %.*s=%.*s", CW_STR_ARG(event->name), CW_STR_ARG(event->value));
    if (event->code != CW_CODE_NONE)
        (void)cw_buf_printf(out, " %s as=%.*s", cw_code_text(event->code, code),
                            CW_STR_ARG(event->code_written));
    (void)cw_buf_char(out, '|');
    bool whole = event->kind == CW_EVENT_MESSAGE || event->kind == CW_EVENT_SECTION_END;
    for (size_t i = 0; whole && i < event->text.len; i++)
        (void)cw_buf_char(out, event->text.ptr[i] == '\n' ? '/' : event->text.ptr[i]);
    (void)cw_buf_char(out, '\n');
    return CW_OK;
}

static struct cw_log_stats read_xp(struct cw_str log, size_t piece, struct cw_buf *out)
{
    struct log_reading how = {.format = &cw_format_setupapi_xp, .piece = piece};
    return read_log(log, &how, (struct cw_event_sink){take, out});
}

static void assert_xp(const char *log, const char *expected)
{
    for (size_t piece = 0; piece <= READ_SIZES; piece++) {
        struct cw_buf out;
        cw_buf_init(&out, TEXT_MOST);
        (void)read_xp(cw_str_c(log), piece, &out);
        assert_string_equal(out.data ? out.data : "", expected);
        cw_buf_done(&out);
    }
}

static struct cw_log_stats stats_of_xp(struct cw_str log)
{
    struct cw_buf out;
    cw_buf_init(&out, TEXT_MOST);
    struct cw_log_stats stats = read_xp(log, 0, &out);
    cw_buf_done(&out);
    return stats;
}

/* --- entries ------------------------------------------------------------------------------- */

static void the_heading_gives_names_and_values(void **state)
{
    (void)state;
    assert_xp(HEADING, "2-2 header info OS Version=5.1.2600 Service Pack 3|\n"
                       "3-3 header info Platform ID=2 (NT)|\n");
}

static void a_section_names_its_command_device_and_inf(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "#-019 Searching for hardware ID(s): usb\\vid_1,usb\\vid_2\n"
              "#-198 Command line processed: C:\\a.exe /b: c\n"
              "#I063 Selected driver installs from section [A] in \"c:\\inf\\oem1.inf\".\n"
              "#I123 Doing full install of \"USB\\VID_1\\5\".\n",
              STARTS "3-3 property info Searching for hardware ID(s)=usb\\vid_1|\n"
                     "4-4 command info =C:\\a.exe /b: c|\n"
                     "5-5 property info Selected driver installs from section=c:\\inf\\oem1.inf|\n"
                     "6-6 property info Doing full install of=USB\\VID_1\\5|\n"
                     "6-6 section_end info|\n");
}

static void an_entry_may_have_a_time_and_go_over_lines(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "@ 23:59:59.500 #V017 Enumerating files\n"
              "\"C:\\inf\".\n@ 00:00:01.250 #T075 Done.\n",
              STARTS "3-4 message info 2009-07-21T23:59:59.500|Enumerating files/\"C:\\inf\".\n"
                     "5-5 message info 2009-07-22T00:00:01.250|Done.\n"
                     "5-5 section_end info|\n");
}

static void what_is_no_entry_is_not_taken_for_one(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "#V1 one\n#X001 two\n#I001three\n@ 99:00:00.000 #I002 four\n"
              "#I002 five\n[2009/07/21 1 2]\n#\n",
              STARTS "7-9 message info|five/[2009/07/21 1 2]/#\n9-9 section_end info|\n");
    struct cw_log_stats stats = stats_of_xp(CW_STR("stray\n" SECTION "lost\n#I002 five\n"));
    assert_int_equal(stats.unrecognized, 2);
    assert_int_equal(stats.first_unrecognized, 1);
    assert_int_equal(stats.sections, 1);
    assert_int_equal(stats.lines, 4);
}

/* --- how a section ended ------------------------------------------------------------------- */

static void a_section_fails_by_its_last_error(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "#E358 The file \"a\" blocked. Error 1168:\nElement not found.\n" FAILED
              "#I060 More.\n" SECTION "#I060 x\n",
              STARTS "3-4 message error 0x80070490 as=1168|The file \"a\" blocked. Error 1168:/"
                     "Element not found.\n"
                     "5-5 message error 0x80070005 as=5|Device install failed. Error 5: Access is "
                     "denied.\n"
                     "6-6 message info|More.\n"
                     "5-5 section_end info 0x80070005 as=5|Device install failed. Error 5: Access "
                     "is denied.\n"
                     "7-7 section_start info 2009-07-21T14:05:40 Driver Install=|\n"
                     "8-8 message info|x\n8-8 section_end info|\n");
}

static void an_error_that_was_overcome_is_none(void **state)
{
    static const char *const successes[] = {"#I121 Device install of \"A\" finished successfully.",
                                            "#I141 Class install completed with no errors."};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char log[512];
        char expected[512];
        (void)snprintf(log, sizeof(log), "\n%s%s%s\n", SECTION, FAILED, successes[i]);
        (void)snprintf(expected, sizeof(expected),
                       STARTS "3-3 message error 0x80070005 as=5|Device install failed. Error 5: "
                              "Access is denied.\n4-4 message info|%s\n4-4 section_end info|\n",
                       successes[i] + 6);
        assert_xp(log, expected);
    }
}

static void what_policy_lets_pass_is_a_warning(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "#E361 The unsigned file \"a\" will be installed (Policy=Ignore). Error "
              "1168: Element not found.\n#E243 Exemption obtained for protected file \"b\".\n"
              "#W059 Selecting best compatible driver failed. Error 0xe0000228: None.\n",
              STARTS "3-3 message warning 0x80070490 as=1168|The unsigned file \"a\" will be "
                     "installed (Policy=Ignore). Error 1168: Element not found.\n"
                     "4-4 message warning|Exemption obtained for protected file \"b\".\n"
                     "5-5 message warning 0xe0000228 as=0xe0000228|Selecting best compatible "
                     "driver failed. Error 0xe0000228: None.\n"
                     "5-5 section_end info|\n");
}

/* Windows 2000 has no classes of entries. */
static void a_log_without_numbers_does_not_say_how_sections_end(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "Searching for hardware ID(s): a\nThe install failed. Error 5: b\n",
              STARTS "3-3 message info|Searching for hardware ID(s): a\n"
                     "4-4 message info 0x80070005 as=5|The install failed. Error 5: b\n"
                     "4-4 section_end? info|\n");
}

static void a_section_that_is_cut_has_no_known_end_unless_it_failed(void **state)
{
    (void)state;
    assert_xp("\n" SECTION "#I060 Set selec",
              STARTS "3-3 message info|Set selec\n3-3 section_end? info|\n");
    assert_xp("\n" SECTION FAILED "#I060 Set selec",
              STARTS "3-3 message error 0x80070005 as=5|Device install failed. Error 5: Access is "
                     "denied.\n4-4 message info|Set selec\n"
                     "3-3 section_end info 0x80070005 as=5|Device install failed. Error 5: Access "
                     "is denied.\n");
}

/* --- recognition --------------------------------------------------------------------------- */

static void it_is_recognised_by_heading_section_or_entries(void **state)
{
    static const struct {
        const char *log;
        bool is;
    } rows[] = {
        {"\xEF\xBB\xBF" HEADING, true},
        {SECTION FAILED, true},
        {"[2001/02/27 20:14:30 1148.173]\r#I060 a\r", true},
        {FAILED FAILED FAILED, true},
        {"", false},
        {"#E122\n", false},
        {"# include <x>\n#-1\n#I1\n", false},
        {">>>  [Device Install - a]\n>>>  Section start 2009/07/21 14:05:40.000\n", false},
        {"[2009/07/21 14:05:40] GET\n", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool is = cw_format_recognise(cw_str_c(rows[i].log)) == &cw_format_setupapi_xp;
        if (is != rows[i].is)
            fail_msg("wrong about \"%s\"", rows[i].log);
    }
}

static void a_log_cut_at_any_byte_is_read_up_to_there(void **state)
{
    static const char whole[] = HEADING SECTION "@ 14:05:43.120 #V166 A.\n" FAILED SECTION FAILED;
    (void)state;
    for (size_t len = 0; len < sizeof(whole); len++) {
        struct cw_log_stats stats = stats_of_xp((struct cw_str){whole, len});
        assert_true(stats.sections <= 2 && stats.unrecognized <= 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_heading_gives_names_and_values),
        cmocka_unit_test(a_section_names_its_command_device_and_inf),
        cmocka_unit_test(an_entry_may_have_a_time_and_go_over_lines),
        cmocka_unit_test(what_is_no_entry_is_not_taken_for_one),
        cmocka_unit_test(a_section_fails_by_its_last_error),
        cmocka_unit_test(an_error_that_was_overcome_is_none),
        cmocka_unit_test(what_policy_lets_pass_is_a_warning),
        cmocka_unit_test(a_log_without_numbers_does_not_say_how_sections_end),
        cmocka_unit_test(a_section_that_is_cut_has_no_known_end_unless_it_failed),
        cmocka_unit_test(it_is_recognised_by_heading_section_or_entries),
        cmocka_unit_test(a_log_cut_at_any_byte_is_read_up_to_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
