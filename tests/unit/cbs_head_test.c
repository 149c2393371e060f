#include "support/test.h"

#include "logs/cbs_head.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const cw_time none = CW_TIME_NONE;

static void a_stamp_is_a_possible_time_in_fixed_columns(void **state)
{
    (void)state;
    static const struct {
        const char *line, *time;
    } cases[] = {
        {"2024-02-29 23:59:59, Info                  CBS    x", "2024-02-29T23:59:59"},
        {"2023-02-29 23:59:59, Info                  CBS    x", ""},
        {"2024-13-01 00:00:00, Info                  CBS    x", ""},
        {"2024-02-29 24:00:00, Info                  CBS    x", ""},
        {"2024-02-29T23:59:59, Info                  CBS    x", ""},
        {"2024-02-29 23:59:59,Info", ""},
        {"2024-02-29 23:59:59", ""},
        {"24-02-29 23:59:59, Info", ""},
        {" 2024-02-29 23:59:59, Info", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[CW_TIME_TEXT];
        assert_string_equal(cw_time_text(cw_cbs_stamp(cw_str_c(cases[i].line)), text),
                            cases[i].time);
    }
}

static void a_head_is_a_stamp_and_a_level(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool is_head;
    } cases[] = {
        {"2024-02-29 23:59:59, Info                  CBS    x", true},
        {"2024-02-29 23:59:59, Warning               CBS    x", true},
        {"2024-02-29 23:59:59, Error      [0x01805b] CSI    x", true},
        {"2024-02-29 23:59:59, ERROR CBS x", true},
        {"2024-99-99 99:99:99, Info                  CBS    x", true},
        {"2024-02-29 23:59:59, Info", false},
        {"2024-02-29 23:59:59, Information about it", false},
        {"2024-02-29 23:59:59, began", false},
        {"2024-02-29 23:59:59, ", false},
        {"    Installer name: 'Events'", false},
        {"CSIPERF:TXCOMMIT;8653", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (cw_cbs_is_head(cw_str_c(cases[i].line)) != cases[i].is_head)
            fail_msg("%s", cases[i].line);
}

static void a_head_without_a_time_needs_level_and_component(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool is_head;
    } cases[] = {
        {"<DateTime>, Info                  CBS    x", true},
        {"20xx-xx-18 10:11:12, Error CSI x", true},
        {"*\\<Date> \\<Time>*, Warning DPX x", true},
        {"Info CBS", true},
        {"Error      [0x01805b] CSI    x", true},
        {"  Info CBS x", true},
        {"Error opening the file CBS.log", false},
        {"Info CBSX x", false},
        {"Information CBS x", false},
        {"it said Info CBS x", false},
        {"<a very long mask that cannot be a date or a time>, Info CBS x", false},
        {"Info [0x01805b CSI x", false},
        {"", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (cw_cbs_is_loose_head(cw_str_c(cases[i].line)) != cases[i].is_head)
            fail_msg("%s", cases[i].line);
}

static void the_columns_are_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum cw_level level;
        const char *event_id, *component, *text;
    } cases[] = {
        {"2024-02-29 23:59:59, Info                  CBS    Text.", CW_LEVEL_INFO, "", "CBS",
         "Text."},
        {"2024-02-29 23:59:59, Warning               DPX    Text.", CW_LEVEL_WARNING, "", "DPX",
         "Text."},
        {"2024-02-29 23:59:59, Error      [0x01805b] CSI    00000001 x", CW_LEVEL_ERROR, "0x01805b",
         "CSI", "00000001 x"},
        {"2024-02-29 23:59:59, Info                  DEPLOY [Pnp] x", CW_LEVEL_INFO, "", "DEPLOY",
         "[Pnp] x"},
        {"2024-02-29 23:59:59, Info                  DISM   DISM API: x", CW_LEVEL_INFO, "", "DISM",
         "DISM API: x"},
        {"2024-02-29 23:59:59, Info                  SXS    x", CW_LEVEL_INFO, "", "SXS", "x"},
        {"2024-02-29 23:59:59, Info                  CBS        INSTALL index: 0", CW_LEVEL_INFO,
         "", "CBS", "    INSTALL index: 0"},
        {"2024-02-29 23:59:59, Info                         Arbiter says", CW_LEVEL_INFO, "", "",
         "Arbiter says"},
        {"2024-02-29 23:59:59, Info                         CBS Arbiter", CW_LEVEL_INFO, "", "",
         "CBS Arbiter"},
        {"2024-02-29 23:59:59, Info                  CBS    ", CW_LEVEL_INFO, "", "CBS", ""},
        {"2024-02-29 23:59:59, Info                  CBS", CW_LEVEL_INFO, "", "CBS", ""},
        {"2024-02-29 23:59:59, Info CBS Text.", CW_LEVEL_INFO, "", "CBS", "Text."},
        {"2024-02-29 23:59:59, Info    CBS   Text.", CW_LEVEL_INFO, "", "CBS", "Text."},
        {"2024-02-29 23:59:59, Error [0x018003] CSI 00000001 x", CW_LEVEL_ERROR, "0x018003", "CSI",
         "00000001 x"},
        {"2024-02-29 23:59:59, Info,CBS Text.", CW_LEVEL_INFO, "", "CBS", "Text."},
        {"2024-02-29 23:59:59, Info no component", CW_LEVEL_INFO, "", "", "no component"},
        {"2024-02-29 23:59:59, Info [0xnonsense] CBS x", CW_LEVEL_INFO, "", "",
         "[0xnonsense] CBS x"},
        {"2024-02-29 23:59:59, Fatal                 CBS    x", CW_LEVEL_INFO, "", "",
         "Fatal                 CBS    x"},
        {"<DateTime>, Error                 CBS    Text.", CW_LEVEL_ERROR, "", "CBS", "Text."},
        {"Warning CBS Text.", CW_LEVEL_WARNING, "", "CBS", "Text."},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_cbs_head head = cw_cbs_head_parse(cw_str_c(cases[i].line));
        assert_int_equal(head.level, cases[i].level);
        assert_str(head.event_id, cases[i].event_id);
        assert_str(head.component, cases[i].component);
        assert_str(head.text, cases[i].text);
    }
}

static void a_sequence_number_has_eight_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool taken;
        uint32_t sequence;
        const char *utc, *rest;
    } cases[] = {
        {"0000004e (F) x", true, 0x4e, "", "(F) x"},
        {"ffffffff x", true, 0xffffffff, "", "x"},
        {"0000004e", true, 0x4e, "", ""},
        {"0000004e@2024/9/10:02:44:47.829 x", true, 0x4e, "2024-09-10T02:44:47.829", "x"},
        {"0000004e@2024/12/31:23:59:59.001", true, 0x4e, "2024-12-31T23:59:59.001", ""},
        {"0000004e@<DateTime> x", true, 0x4e, "", "x"},
        {"0000004e@ x", true, 0x4e, "", "x"},
        {"0000004e@2024/13/10:02:44:47.829 x", true, 0x4e, "", "x"},
        {"004e (F) x", false, 0, "", ""},
        {"0000004e1 x", false, 0, "", ""},
        {"0000004g x", false, 0, "", ""},
        {"0000004e- x", false, 0, "", ""},
        {"4eac12122ada0')", false, 0, "", ""},
        {"", false, 0, "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_str text = cw_str_c(cases[i].text);
        uint32_t sequence = 7;
        cw_time utc = 7;
        char written[CW_TIME_TEXT];
        bool taken = cw_cbs_sequence(&text, &sequence, &utc);
        if (taken != cases[i].taken)
            fail_msg("%s", cases[i].text);
        assert_int_equal(sequence, taken ? cases[i].sequence : 7);
        assert_str(text, taken ? cases[i].rest : cases[i].text);
        assert_string_equal(taken ? cw_time_text(utc, written) : "", cases[i].utc);
        assert_true(taken || utc == 7);
    }
}

static void a_masked_stamp_is_no_time(void **state)
{
    (void)state;
    assert_true(cw_cbs_head_parse(CW_STR("<DateTime>, Info CBS x")).time == none);
    assert_true(cw_cbs_head_parse(CW_STR("Info CBS x")).time == none);
    assert_true(cw_cbs_head_parse(CW_STR("2024-02-29 23:59:59, Info CBS x")).time != none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stamp_is_a_possible_time_in_fixed_columns),
        cmocka_unit_test(a_head_is_a_stamp_and_a_level),
        cmocka_unit_test(a_head_without_a_time_needs_level_and_component),
        cmocka_unit_test(the_columns_are_taken_apart),
        cmocka_unit_test(a_sequence_number_has_eight_digits),
        cmocka_unit_test(a_masked_stamp_is_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
