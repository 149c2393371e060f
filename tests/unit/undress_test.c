/* Decoration of a line. */
#include "support/test.h"

#include "input/undress.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_markup(const char *line, bool escaped, const char *expected)
{
    struct cw_buf out;
    cw_buf_init(&out, 4096);
    assert_true(cw_undress_markup(cw_str_c(line), escaped, &out));
    assert_str(cw_buf_str(&out), expected);
    cw_buf_done(&out);
}

static void markup_of_pages_and_terminals_goes(void **state)
{
    static const struct {
        const char *line, *expected;
    } cases[] = {
        {"plain", "plain"},
        {"\x1b[1;31mred\x1b[0m", "red"},
        {"\x1b]0;title\x07text", "text"},
        {"cut \x1b[31", "cut "},
        {"cut \x1b", "cut "},
        {"<span class=\"x\">a</span><b>b</b>", "ab"},
        {"a<br>b<br/>c", "a\nb\nc"},
        {"&gt;&gt;&gt;  [Title] &amp;amp; &quot;x&quot; &#39;y&#39;",
         ">>>  [Title] &amp; \"x\" 'y'"},
        {"&#7; &#300; &#; &#x;", "&#7; &#300; &#; &#x;"},
        {"USB\\VID_1&PID_2; &unknown; &", "USB\\VID_1&PID_2; &unknown; &"},
        {"<unknown> <DateTime>, Info", "<unknown> <DateTime>, Info"},
        {"<<<  [Exit status: SUCCESS]</pre>", "<<<  [Exit status: SUCCESS]\n"},
        {"<span never closed", "<span never closed"},
        {"a\xC2\xA0"
         "b\xE2\x80\x8B"
         "c",
         "a bc"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_markup(cases[i].line, false, cases[i].expected);
}

static void escapes_go_where_the_text_was_escaped(void **state)
{
    static const struct {
        const char *line, *expected;
    } cases[] = {
        {"\\>>>  \\[Title\\]", ">>>  [Title]"},
        {"Package\\_for\\_KB1\\~31bf", "Package_for_KB1~31bf"},
        {"C:\\\\Windows\\\\inf", "C:\\Windows\\inf"},
        {"C:\\Windows\\Temp\\{10e9}", "C:\\Windows\\Temp\\{10e9}"},
        {"sto: \\{Add Service: x}", "sto: {Add Service: x}"},
        {"\\\\server\\share", "\\\\server\\share"},
        {"ends with \\", "ends with \\"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_markup(cases[i].line, true, cases[i].expected);
        assert_markup(cases[i].line, false, cases[i].line);
    }
}

static void a_log_as_it_is_written_has_no_markup(void **state)
{
    static const char *const lines[] = {
        "2021-03-04 05:06:07, Info                  CBS    Session: 30_1 <x> &quot;y&quot;",
        "     dvi: USB\\VID_1&PID_2 C:\\Windows\\System32\\{abc}\\_x.inf",
        "!!!  sto: Error <unknown>",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        assert_false(cw_undress_is_marked_up(cw_str_c(lines[i])));
        assert_false(cw_undress_is_escaped(cw_str_c(lines[i])));
    }
    assert_true(cw_undress_is_marked_up(CW_STR("\x1b[31mred")));
    assert_true(cw_undress_is_marked_up(CW_STR("Package\\_for\\_KB1")));
    assert_true(cw_undress_is_escaped(CW_STR("> \\>>> \\[Title\\]")));
}

static void quotation_marks_go_and_marks_of_sections_stay(void **state)
{
    static const struct {
        const char *line, *expected;
    } cases[] = {
        {"text", "text"},
        {"  text", "  text"},
        {"> text", "text"},
        {">      sto: x", "     sto: x"},
        {"> > text", "text"},
        {">>text", "text"},
        {">>>  [Title]", ">>>  [Title]"},
        {">>>  Section start 2021", ">>>  Section start 2021"},
        {"> >>>  [Title]", ">>>  [Title]"},
        {">>>>>  [Title]", ">>>  [Title]"},
        {">>> 2021-03-04 05:06:07, Info", "2021-03-04 05:06:07, Info"},
        {"Line 12: text", "text"},
        {"Line up: text", "Line up: text"},
        {"setup:debug [syslog]      sto: x", "     sto: x"},
        {">", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_str(cw_undress_quote(cw_str_c(cases[i].line)), cases[i].expected);
}

static void the_end_of_what_began_in_front_goes(void **state)
{
    static const struct {
        const char *front, *text, *expected;
    } cases[] = {
        {"`", "text`", "text"},   {"1. `", "text` ", "text"}, {"`1. ", "text`", "text"},
        {"**", "text**", "text"}, {"> *", "text*", "text"},   {"\"", "text\",", "text"},
        {"\"", "text\"", "text"}, {"> ", "text`", "text`"},   {"", "\"text\"", "\"text\""},
        {"`", "text", "text"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_str(cw_undress_end(cw_str_c(cases[i].front), cw_str_c(cases[i].text)),
                   cases[i].expected);
}

static void blanks_that_no_name_has_are_markup(void **state)
{
    (void)state;
    assert_true(cw_undress_is_marked_up(CW_STR("sto:\xE2\x80\x8B x")));
    assert_true(cw_undress_is_marked_up(CW_STR("sto: x\xE2\x80\xA8")));
    assert_false(cw_undress_is_marked_up(CW_STR("sto: caf\xC3\xA9\xC2\xA0x")));
    /* Two letters of a code page. */
    assert_false(cw_undress_is_marked_up(CW_STR("sto: \xB4\xA6\xE2\x80\x8B\xC0")));
}

static void fences_are_known(void **state)
{
    (void)state;
    assert_true(cw_undress_is_fence(CW_STR("```")));
    assert_true(cw_undress_is_fence(CW_STR("  ```text")));
    assert_true(cw_undress_is_fence(CW_STR("~~~~")));
    assert_false(cw_undress_is_fence(CW_STR("``` is a fence")));
    assert_false(cw_undress_is_fence(CW_STR("``")));
    assert_false(cw_undress_is_fence(CW_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_of_pages_and_terminals_goes),
        cmocka_unit_test(escapes_go_where_the_text_was_escaped),
        cmocka_unit_test(a_log_as_it_is_written_has_no_markup),
        cmocka_unit_test(quotation_marks_go_and_marks_of_sections_stay),
        cmocka_unit_test(the_end_of_what_began_in_front_goes),
        cmocka_unit_test(blanks_that_no_name_has_are_markup),
        cmocka_unit_test(fences_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
