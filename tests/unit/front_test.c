/* What stands in front of every line. */
#include "support/test.h"

#include "base/buf.h"
#include "input/front.h"

/* The text without what most of its lines have in front. */
static void assert_taken(const char *text, const char *expected)
{
    struct cw_str rest = cw_str_c(text);
    struct cw_fronts fronts = cw_fronts_find(rest, '\n');
    struct cw_buf out;
    cw_buf_init(&out, 4096);
    (void)cw_buf_append(&out, CW_STR(""));
    while (rest.len > 0) {
        size_t end = cw_str_find_char(rest, '\n');
        (void)cw_buf_append(&out, cw_fronts_take(&fronts, cw_str_head(rest, end)));
        (void)cw_buf_char(&out, '\n');
        rest = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(rest, end + 1);
    }
    assert_string_equal(out.data, expected);
    cw_buf_done(&out);
}

static void every_kind_of_mark_is_taken_from_all_lines(void **state)
{
    static const char *const texts[] = {
        "> a\n>  b\n> \n> c\n",
        ">a\n>  b\n>\n>c\n",
        "`a`\n` b`\n``\n`c`\n",
        "\"a\"\n\" b\"\n\"\"\n\"c\"\n",
        "\"a\",\n\" b\",\n\"\",\n\"c\"\n",
        "| a\n|  b\n|\n| c\n",
        "- a\n-  b\n-\n- c\n",
        "* a\n*  b\n* \n* c\n",
        "\xE2\x80\xA2 a\n\xE2\x80\xA2  b\n\xE2\x80\xA2\n\xE2\x80\xA2 c\n",
        "8. a\n9.  b\n10. \n11. c\n",
        "8: a\n9:  b\n10:\n11: c\n",
        "8) a\n9)  b\n10)\n11) c\n",
        "   8\ta\n   9\t b\n  10\t\n  11\tc\n",
        "   8 | a\n   9 |  b\n  10 |\n  11 | c\n",
        "[8]a\n[9] b\n[10]\n[11]c\n",
        "Line 8: a\n\tLine 9:  b\nLine 10:\nLine 11: c\n",
        "CBS.log:8:a\nCBS.log:9: b\nCBS.log:10:\nCBS.log:11:c\n",
        "C:\\my logs\\CBS.LOG:8:a\nC:\\x\\CBS.log:9: b\nCBS.log:10:\nCBS.log:11:c\n",
        "2020-01-28T08:00:01.1Z a\n2020-01-28T08:00:01+01:00  b\n2020-01-28T08:00:01Z\n"
        "2020-01-28T08:00:01Z c\n",
        "Jan 28 08:00:01 host agent[1]: a\nJan  9 08:00:01 host x:  b\nSep 28 08:00:01 h x: \n"
        "Jan 28 08:00:01 h x: c\n",
        "> 1. a\n> 2.  b\n> 3.\n> 4. c\n",
        "> > - `a`\n> > - ` b`\n> > - ``\n> > - `c`\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_taken(texts[i], "a\n b\n\nc\n");
}

static void what_few_lines_have_is_a_part_of_them(void **state)
{
    static const char *const texts[] = {
        "",
        "a\n",
        "1. a\n2. b\n",
        "- a\nb\nc\n- d\n- e\nf\n",
        ">>>  [Title]\n>>>  Section start 2020/01/23 07:48:21.606\n>>>  [Title]\n",
        "2020-01-23 07:48:28, Info\n2020-01-23 07:48:28, Info\n2020-01-23 07:48:28, Info\n",
        "     sto: a\n     sto: b\n     sto: c\n",
        "`a\nb`\n`c\n",
        "12 a\n13 b\n14 c\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_taken(texts[i], texts[i]);
}

static void prose_around_them_does_not_matter(void **state)
{
    (void)state;
    assert_taken("Hello,\nthis is it:\n- a\n-  b\n- c\n- d\n- e\nBye\n",
                 "Hello,\nthis is it:\na\n b\nc\nd\ne\nBye\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_mark_is_taken_from_all_lines),
        cmocka_unit_test(what_few_lines_have_is_a_part_of_them),
        cmocka_unit_test(prose_around_them_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
