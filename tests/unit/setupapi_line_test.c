#include "support/test.h"

#include "logs/setupapi_line.h"

static struct cw_setupapi_line read_line(const char *text)
{
    struct cw_setupapi_line line;
    cw_setupapi_line_read(cw_str_c(text), &line);
    return line;
}

static void assert_time(cw_time time, const char *expected)
{
    char text[CW_TIME_TEXT];
    assert_string_equal(cw_time_text(time, text), expected);
}

struct body_case {
    const char *line;
    const char *category;
    const char *text;
    enum cw_level level;
    unsigned column;
    int32_t clock;
};

static void assert_body(const struct body_case *expected)
{
    struct cw_setupapi_line line = read_line(expected->line);
    if (line.kind != CW_SETUPAPI_BODY)
        fail_msg("\"%s\" is no body line", expected->line);
    assert_str(line.category, expected->category);
    assert_str(line.text, expected->text);
    assert_int_equal(line.level, expected->level);
    assert_int_equal(line.column, expected->column);
    assert_int_equal(line.clock, expected->clock);
}

static void a_body_line_has_level_category_indentation_and_text(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        {"     sto: {Add It: a}", "sto", "{Add It: a}", CW_LEVEL_INFO, 0, -1},
        {"!    inf:           Odd.", "inf", "Odd.", CW_LEVEL_WARNING, 10, -1},
        {"!!!  dvi:      Bad.", "dvi", "Bad.", CW_LEVEL_ERROR, 5, -1},
        {".    ui:  Asked.", "ui", "Asked.", CW_LEVEL_INFO, 1, -1},
        {"     xyz: A category of the future", "xyz", "A category of the future", CW_LEVEL_INFO, 0,
         -1},
        {"     ...: A vendor", "...", "A vendor", CW_LEVEL_INFO, 0, -1},
        {"      cmd: \"C:\\a b.exe\" -x", "cmd", "\"C:\\a b.exe\" -x", CW_LEVEL_INFO, 0, -1},
        {"       os: Version = 10.0.1", "os", "Version = 10.0.1", CW_LEVEL_INFO, 0, -1},
        {"     cci:                     ", "cci", "", CW_LEVEL_INFO, 20, -1},
        {"     cci:", "cci", "", CW_LEVEL_INFO, 0, -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_body(&cases[i]);
}

static void the_time_of_day_at_the_end_is_taken_off(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        {"     dvi: {List} 01:02:03.004", "dvi", "{List}", CW_LEVEL_INFO, 0, 3723004},
        {"     dvi: Enter 23:59:59,999", "dvi", "Enter", CW_LEVEL_INFO, 0, 86399999},
        {"     dvi: Enter 24:00:00.000", "dvi", "Enter 24:00:00.000", CW_LEVEL_INFO, 0, -1},
        {"     dvi: Enter 01:02:03.00x", "dvi", "Enter 01:02:03.00x", CW_LEVEL_INFO, 0, -1},
        {"     dvi: Since = 01:02:03.004", "dvi", "Since = 01:02:03.004", CW_LEVEL_INFO, 0, -1},
        {"     dvi: 01:02:03.004", "dvi", "01:02:03.004", CW_LEVEL_INFO, 0, -1},
        {"     set: {Root: X} *\\<Time>*", "set", "{Root: X}", CW_LEVEL_INFO, 0, -1},
        {"     set: {Root: X} <time>", "set", "{Root: X}", CW_LEVEL_INFO, 0, -1},
        {"     set: about <this>", "set", "about <this>", CW_LEVEL_INFO, 0, -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_body(&cases[i]);
}

static void a_body_line_is_found_in_what_others_made_of_it(void **state)
{
    (void)state;
    static const struct body_case cases[] = {
        {"!!! sto: Bad.", "sto", "Bad.", CW_LEVEL_ERROR, 0, -1},
        {"! sig: Odd.", "sig", "Odd.", CW_LEVEL_WARNING, 0, -1},
        {"sto: {Add It: a}", "sto", "{Add It: a}", CW_LEVEL_INFO, 0, -1},
        {"\t  !!! pol:      No.", "pol", "No.", CW_LEVEL_ERROR, 5, -1},
        {"> > ! inf: Odd.", "inf", "Odd.", CW_LEVEL_WARNING, 0, -1},
        {"- inf: Item.", "inf", "Item.", CW_LEVEL_INFO, 0, -1},
        {"12. !!!  sto: Bad.", "sto", "Bad.", CW_LEVEL_ERROR, 0, -1},
        {"\tLine 525: !!!  sto:      Bad.", "sto", "Bad.", CW_LEVEL_ERROR, 5, -1},
        {"tool:debug [syslog]      ndv:      Hm.", "ndv", "Hm.", CW_LEVEL_INFO, 5, -1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_body(&cases[i]);
}

struct mark_case {
    const char *line;
    enum cw_setupapi_line_kind kind;
    const char *time;
    const char *text; /* NULL: not looked at */
};

static void assert_mark(const struct mark_case *expected)
{
    struct cw_setupapi_line line = read_line(expected->line);
    if (line.kind != expected->kind)
        fail_msg("\"%s\" is of kind %d", expected->line, (int)line.kind);
    assert_time(line.time, expected->time);
    if (expected->text)
        assert_str(line.text, expected->text);
}

static void section_lines_are_read_as_written(void **state)
{
    (void)state;
    static const struct mark_case cases[] = {
        {">>>  [Setup It - a [b]]", CW_SETUPAPI_TITLE, "", "[Setup It - a [b]]"},
        {">>>  Section start 2024/02/29 01:02:03.004", CW_SETUPAPI_START, "2024-02-29T01:02:03.004",
         NULL},
        {"<<<  Section end 2024/02/29 01:02:03.004", CW_SETUPAPI_END, "2024-02-29T01:02:03.004",
         NULL},
        {"<<<  [Exit status: SUCCESS]", CW_SETUPAPI_STATUS, "", "[Exit status: SUCCESS]"},
        {"[Boot Session: 2024/02/29 01:02:03.500]", CW_SETUPAPI_BOOT, "2024-02-29T01:02:03.500",
         "[Boot Session: 2024/02/29 01:02:03.500]"},
        {"[Device Install Log]", CW_SETUPAPI_HEADER, "", NULL},
        {"[BeginLog]", CW_SETUPAPI_BEGIN, "", NULL},
        {"", CW_SETUPAPI_BLANK, "", NULL},
        {" \t ", CW_SETUPAPI_BLANK, "", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_mark(&cases[i]);
}

static void section_lines_are_read_as_documented(void **state)
{
    (void)state;
    static const struct mark_case cases[] = {
        {">>>  2005/02/13 22:06:28.109: Section start", CW_SETUPAPI_START,
         "2005-02-13T22:06:28.109", NULL},
        {"<<<  [2005/02/13 22:06:28.109: Section end]", CW_SETUPAPI_END, "2005-02-13T22:06:28.109",
         NULL},
        {"<<<  2005/02/13 22:06:28.109: Section end", CW_SETUPAPI_END, "2005-02-13T22:06:28.109",
         NULL},
        {"<<<  [Exit Status(0x00000000)]", CW_SETUPAPI_STATUS, "", NULL},
        {"<<<  [Exit]", CW_SETUPAPI_STATUS, "", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_mark(&cases[i]);
}

static void section_lines_are_found_in_what_others_made_of_them(void **state)
{
    (void)state;
    static const struct mark_case cases[] = {
        {"> > >  Section start 2024/02/29 01:02:03.004", CW_SETUPAPI_START,
         "2024-02-29T01:02:03.004", NULL},
        {"> \\>>> [Setup It]", CW_SETUPAPI_TITLE, "", "[Setup It]"},
        {"\\<<< [Exit status: SUCCESS]", CW_SETUPAPI_STATUS, "", NULL},
        {"   Section end 2024/02/29 01:02:03.0x", CW_SETUPAPI_END, "", NULL},
        {">>>  Section start 2024/02/30 01:02:03.004", CW_SETUPAPI_START, "", NULL},
        {"- [Boot Session: yesterday]", CW_SETUPAPI_BOOT, "", NULL},
        {" ...", CW_SETUPAPI_ELISION, "", NULL},
        {"\xE2\x80\xA6", CW_SETUPAPI_ELISION, "", NULL},
        {">>>  [Cut off", CW_SETUPAPI_TITLE, "", "[Cut off"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_mark(&cases[i]);
}

static void a_line_without_a_category_is_no_body_line(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "     OS Version = 6.1.7601",
        "                    'C:\\a.inf' (b.inf).",
        "     INF: shouted",
        "     abcd: four letters",
        "     a: one letter",
        "     sto:without a blank",
        "to: nobody",
        "> [quoted]",
        "12:30 sto",
        "{4d36e97d-e325-11ce-bfc1-08002be10318}",
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        if (read_line(lines[i]).kind != CW_SETUPAPI_OTHER)
            fail_msg("\"%s\" is of kind %d", lines[i], (int)read_line(lines[i]).kind);
    assert_str(read_line("    'a' (b). 01:02:03.004").text, "'a' (b).");
    assert_int_equal(read_line("    'a' (b). 01:02:03.004").clock, 3723004);
}

static void a_title_ends_at_the_last_bracket_and_is_split_at_the_first_dash(void **state)
{
    (void)state;
    static const struct {
        const char *text, *title, *instance;
    } cases[] = {
        {"[Stage Driver Updates]", "Stage Driver Updates", ""},
        {"[Driver Install (X) - C:\\a - b\\c.inf]", "Driver Install (X)", "C:\\a - b\\c.inf"},
        {"[Delete Device - ROOT\\A[0]\\1]", "Delete Device", "ROOT\\A[0]\\1"},
        {"[Cut off - at", "Cut off", "at"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_str title;
        struct cw_str instance;
        cw_setupapi_title_read(cw_str_c(cases[i].text), &title, &instance);
        assert_str(title, cases[i].title);
        assert_str(instance, cases[i].instance);
    }
}

static void the_exit_status_gives_its_words_and_its_code(void **state)
{
    (void)state;
    static const struct {
        const char *text, *status, *written;
        uint32_t code;
    } cases[] = {
        {"[Exit status: SUCCESS]", "SUCCESS", "", 0},
        {"[Exit status: SUCCESS (REBOOT_REQUIRED)]", "SUCCESS (REBOOT_REQUIRED)", "", 0},
        {"[Exit status: FAILURE(0x00000005)]", "FAILURE(0x00000005)", "0x00000005", 0x80070005},
        {"[Exit status: FAILURE(0xe0000248)]</pre>", "FAILURE(0xe0000248)", "0xe0000248",
         0xe0000248},
        {"[Exit Status(0x00000002)]", "(0x00000002)", "0x00000002", 0x80070002},
        {"[Exit]", "", "", 0},
        {"[Exit status: FAILURE(0x00000", "FAILURE(0x00000", "0x00000", 0},
        {"[Exit status: FAILURE(0x123456789)]", "FAILURE(0x123456789)", "", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_str status;
        struct cw_str written;
        uint32_t code;
        cw_setupapi_status_read(cw_str_c(cases[i].text), &status, &code, &written);
        assert_str(status, cases[i].status);
        assert_str(written, cases[i].written);
        assert_int_equal(code, cases[i].code);
    }
}

static void only_setupapi_logs_are_bid_for(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        int least, most;
    } cases[] = {
        {"[Device Install Log]\r\n     OS Version = 6.1.7601\r\n", 100, 100},
        {"\xEF\xBB\xBF[Device Install Log]\n", 100, 100},
        {">>>  [Enable Device Install]\r\n", 100, 100},
        {"[Boot Session: 2024/02/29 01:02:03.500]\r\n", 100, 100},
        {"     sto: a\n!    inf: b\n!!!  sto: c\n", 100, 100},
        {"     sto: a\r!    inf: b\r!!!  sto: c\r", 100, 100},
        {"!!!  sto: one line\n", 1, 50},
        {"\n...\n<<<  Section end 2024/02/29 01:02:03.004\n<<<  [Exit status: SUCCESS]\n", 100,
         100},
        {"2023-01-02 03:04:05, Info                  CBS    Idle: nothing to do\n", 0, 0},
        {"2023-01-02 03:04:05, Info  CBS  x\n     sto: a\n     sto: b\n     sto: c\n", 1, 50},
        {"[SetupAPI Log]\r\nOS Version = 5.1.2600\r\n#-019 sto: a\r\n", 0, 0},
        {"any text\nof any kind\n", 0, 0},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_in_range(cw_setupapi_bid(cw_str_c(cases[i].head)), cases[i].least, cases[i].most);
    assert_int_equal(cw_setupapi_bid(CW_STR("[Device Install Log]\n\1\0\1")), 0);
    /* A program with the format's texts in it. */
    assert_int_equal(cw_setupapi_bid(CW_STR("MZ\0\1\n>>>  [%s]\n\1\0a\n<<<  [x]\0\1\n")), 0);
    /* Where the power failed. */
    assert_int_equal(cw_setupapi_bid(CW_STR("[Device Install Log]\n\0\0\0\0")), 100);
    assert_int_equal(cw_setupapi_bid(CW_STR("     sto: a\n\0\0     sto: b\n"
                                            "     sto: c\n     sto: d\0e\n     sto: f\n")),
                     100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_line_has_level_category_indentation_and_text),
        cmocka_unit_test(the_time_of_day_at_the_end_is_taken_off),
        cmocka_unit_test(a_body_line_is_found_in_what_others_made_of_it),
        cmocka_unit_test(section_lines_are_read_as_written),
        cmocka_unit_test(section_lines_are_read_as_documented),
        cmocka_unit_test(section_lines_are_found_in_what_others_made_of_them),
        cmocka_unit_test(a_line_without_a_category_is_no_body_line),
        cmocka_unit_test(a_title_ends_at_the_last_bracket_and_is_split_at_the_first_dash),
        cmocka_unit_test(the_exit_status_gives_its_words_and_its_code),
        cmocka_unit_test(only_setupapi_logs_are_bid_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
