/* Torn lines become whole ones again, each under its number in the source. */
#include "support/test.h"

#include <stdio.h>

#include "base/buf.h"
#include "logs/excerpt.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "2021-03-04 05:06:07, Info                  CBS    "

/* "c1-2 text" a line; c is CBS, s is SetupAPI. */
static void assert_lines(const char *text, const char *expected)
{
    struct cw_excerpt excerpt;
    struct cw_buf lines;
    assert_int_equal(cw_excerpt_read(cw_str_c(text), &excerpt), CW_OK);
    cw_buf_init(&lines, 64 * 1024);
    (void)cw_buf_append(&lines, CW_STR(""));
    for (size_t i = 0; i < excerpt.count; i++) {
        const struct cw_excerpt_line *line = &excerpt.lines[i];
        (void)cw_buf_printf(&lines, "%c%u-%u %.*s", line->log == CW_LOG_CBS ? 'c' : 's',
                            (unsigned)line->line, (unsigned)line->last_line,
                            CW_STR_ARG(line->text));
    }
    assert_string_equal(lines.data, expected);
    cw_buf_done(&lines);
    cw_excerpt_done(&excerpt);
}

static void torn_lines_of_cbs_are_joined(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"2021-03-04 05:06:07, Info\n   CBS    Doqe: one\n", "c1-2 " HEAD "Doqe: one\n"},
        {"2021-03-04 05:06:07. Info\nCBS    Doqe: one\n", "c1-2 " HEAD "Doqe: one\n"},
        {"2021-03-04 05:06:07 Info CBS Doge: one\n", "c1-1 " HEAD "Doqe: one\n"},
        {HEAD "one\nCBS    Doge Failed two\n", "c1-1 " HEAD "one\nc2-2 " HEAD "Doqe: Failed two\n"},
        {HEAD "Failed to do\n[HRESULT = 0x80070005]\n",
         "c1-2 " HEAD "Failed to do [HRESULT = 0x80070005]\n"},
        {HEAD "Package_for_KB1~31bf~amd64~~\n6.1.1.4 failed\n",
         "c1-2 " HEAD "Package_for_KB1~31bf~amd64~~6.1.1.4 failed\n"},
        {HEAD "perf trace:\nCSIPERF:TXCOMMIT;1\n",
         "c1-1 " HEAD "perf trace:\nc2-2 CSIPERF:TXCOMMIT;1\n"},
        {HEAD "A sentence.\nSome prose\n", "c1-1 " HEAD "A sentence.\n"},
        {HEAD "open end\n\nSome prose\n", "c1-1 " HEAD "open end\n"},
        {HEAD "Error = 0x080070005\n", "c1-1 " HEAD "Error = 0x80070005\n"},
        {HEAD "at 0x07fef5a1c\n", "c1-1 " HEAD "at 0x07fef5a1c\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_lines(cases[i].text, cases[i].expected);
}

static void torn_lines_of_setupapi_are_joined(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"    sto:\n        {Add Service: x}\n", "s1-2 sto: {Add Service: x}\n"},
        {"!!!\nsto: Failed\n", "s1-2 !!! sto: Failed\n"},
        {"!!!\nsto:\n   Failed\n", "s1-3 !!! sto: Failed\n"},
        {"sto: {A: b}\n   Failed it\n!!! sto:\n sto: {A: exit(0x5)}\n",
         "s1-1 sto: {A: b}\ns2-3 !!! sto: Failed it\ns4-4  sto: {A: exit(0x5)}\n"},
        {"     sto: {Reflect Driver Package:\nC:\\x\\cpu.inf}\n",
         "s1-2      sto: {Reflect Driver Package: C:\\x\\cpu.inf}\n"},
        {"!!!  sto   Failed to set\n", "s1-1 !!!  sto:   Failed to set\n"},
        {"<<<  Section end 2021/03/04 10:44:45.9/3\n",
         "s1-1 <<<  Section end 2021/03/04 10:44:45.973\n"},
        {"{Reflect Driver: x}\nsto:\n  A = b\n", "s1-1 {Reflect Driver: x}\ns2-3 sto: A = b\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_lines(cases[i].text, cases[i].expected);
}

static void both_logs_are_told_apart_and_prose_is_left_out(void **state)
{
    (void)state;
    assert_lines("Hello,\n> " HEAD "one.\n\nand then\n\n<pre>!!!  sto: Failed.</pre>\n\nBye",
                 "c2-2 " HEAD "one.\ns6-6 !!!  sto: Failed.\n");
    struct cw_excerpt excerpt;
    assert_int_equal(cw_excerpt_read(CW_STR("Hello\n" HEAD "one.\n\nBye\n"), &excerpt), CW_OK);
    assert_int_equal(excerpt.strangers, 2);
    assert_int_equal(excerpt.first_stranger, 1);
    assert_int_equal(excerpt.source_lines, 4);
    cw_excerpt_done(&excerpt);
}

static void only_damage_is_suspected(void **state)
{
    static const struct {
        const char *text;
        int suspected;
    } cases[] = {
        {"", 0},
        {"A letter.\nIn two lines.\n", 0},
        {HEAD "one\n" HEAD "two\n", 0},
        {HEAD "trace:\nCSIPERF:TXCOMMIT;1\n" HEAD "two\n", 0},
        {HEAD "one\n2021-03-04 05:06", 0},
        {HEAD "one\n2021-03-04 05:06:08, Info", 0},
        {"2021-03-04 05:06:07, Info CBS squeezed\n", 0},
        {"<DateTime>, Info CBS masked\n", 0},
        {">>>  [Title]\n>>>  Section start 2021/03/04 05:06:07.089\n     sto: text\n", 0},
        {"> >>> [Title]\n> ! sig: text\n", 0},
        {"2021-03-04 05:06:07 Error in another program\n", 0},
        {"> " HEAD "one\n", 1},
        {"12. " HEAD "one\n", 1},
        {"2021-03-04 05:06:07, Info\n   CBS   one\n" HEAD "two\n", 1},
        {HEAD "one\n     sto: text\n", 1},
        {HEAD "Doge: one\n", 1},
        {"```\n" HEAD "one\n```\n", 1},
        {"     sto: {A: b}\n!!!  sto:\n      text\n", 1},
        {HEAD "one \x1b[31mtwo\n", 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (cw_excerpt_suspected(cw_str_c(cases[i].text), true) != cases[i].suspected)
            fail_msg("case %u: %s", (unsigned)i, cases[i].text);
    }
}

static void a_line_that_the_head_cuts_is_not_suspected(void **state)
{
    (void)state;
    assert_int_equal(cw_excerpt_suspected(CW_STR(HEAD "one\n> " HEAD "t"), true), 1);
    assert_int_equal(cw_excerpt_suspected(CW_STR(HEAD "one\n> " HEAD "t"), false), 0);
}

static void more_lines_than_the_limit_are_refused(void **state)
{
    enum { LINES = 70000 };
    struct cw_buf text;
    struct cw_excerpt excerpt;
    (void)state;
    cw_buf_init(&text, LINES * 2);
    for (size_t i = 0; i < LINES; i++)
        assert_true(cw_buf_append(&text, CW_STR("x\n")));
    assert_int_equal(cw_excerpt_read(cw_buf_str(&text), &excerpt), CW_ERR_LIMIT);
    cw_excerpt_done(&excerpt);
    cw_buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(torn_lines_of_cbs_are_joined),
        cmocka_unit_test(torn_lines_of_setupapi_are_joined),
        cmocka_unit_test(both_logs_are_told_apart_and_prose_is_left_out),
        cmocka_unit_test(only_damage_is_suspected),
        cmocka_unit_test(a_line_that_the_head_cuts_is_not_suspected),
        cmocka_unit_test(more_lines_than_the_limit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
