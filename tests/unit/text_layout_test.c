#include "support/test.h"

#include "report/text_layout.h"
#include "support/capture.h"

static void widths_follow_the_character(void **state)
{
    (void)state;
    static const struct {
        uint32_t point;
        unsigned columns;
    } cases[] = {
        {'a', 1},    {0xE9, 1},    {0x0301, 0},  {0x200D, 0}, {0x2026, 1},
        {0x3042, 2}, {0x4E2D, 2},  {0xAC00, 2},  {0xFF21, 2}, {0xFF71, 1},
        {0xFFFD, 1}, {0x1F4BE, 2}, {0x20000, 2}, {0x303F, 1}, {0x0430, 1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(cw_point_columns(cases[i].point), cases[i].columns);
}

static void what_could_disturb_a_terminal_is_shown_instead(void **state)
{
    (void)state;
    const struct {
        struct cw_str bytes;
        bool keep_line_ends;
        const char *safe;
    } cases[] = {
        {CW_STR("plain C:\\x"), false, "plain C:\\x"},
        {CW_STR("\x1b[2Jgone"), false, "\\x1b[2Jgone"},
        {CW_STR("a\0b\rc\x7f"), false, "a\\x00b\\x0dc\\x7f"},
        {CW_STR("\xC2\x9Bm"), false, "\\x9bm"},
        {CW_STR("a\xE2\x80\xAEtxt.exe"), false, "a\\u202etxt.exe"},
        {CW_STR("a\xE2\x81\xA6z"), false, "a\\u2066z"},
        {CW_STR("\xEF\xBB\xBFx"), false, "\\ufeffx"},
        {CW_STR("one\ttwo\nthree"), false, "one two three"},
        {CW_STR("two\nthree"), true, "two\nthree"},
        {CW_STR("GBK \xD6\xD0"), false, "GBK \xEF\xBF\xBD\xEF\xBF\xBD"},
        {CW_STR("\xE4\xB8\xAD\xE6\x96\x87"), false, "\xE4\xB8\xAD\xE6\x96\x87"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_buf buf;
        cw_buf_init(&buf, 1024);
        assert_true(cw_text_escape(&buf, cases[i].bytes, cases[i].keep_line_ends));
        assert_str(cw_buf_str(&buf), cases[i].safe);
        cw_buf_done(&buf);
    }
}

struct layout_case {
    int width;
    struct cw_paragraph paragraph;
    const char *body;
    const char *expected;
};

static void check_layout(const struct layout_case *test, int colour)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_text text;
    const struct cw_style style = {.colour = colour, .width = test->width};
    cw_text_begin(&text, &style, &output);
    cw_text_paragraph(&text, &test->paragraph, cw_str_c(test->body));
    assert_int_equal(cw_text_end(&text), CW_OK);
    assert_str(cw_buf_str(&capture.buf), test->expected);
    cw_buf_done(&capture.buf);
}

static void check_layouts(const struct layout_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_layout(&cases[i], 0);
}

static void lines_break_where_words_end(void **state)
{
    (void)state;
    const struct layout_case cases[] = {
        {20, {0}, "short", "short\n"},
        {20,
         {0},
         "twelve words in a row make two lines",
         "twelve words in a\nrow make two lines\n"},
        {20, {0}, "exactly twenty chars next", "exactly twenty chars\nnext\n"},
        {20, {0}, "keeps\nits line ends", "keeps\nits line ends\n"},
        {20, {0}, "blanks         at the break", "blanks         at\nthe break\n"},
        {20, {0}, "  indented", "  indented\n"},
        {20, {0}, "HKLM\\SYSTEM\\CurrentControlSet", "HKLM\\SYSTEM\\\nCurrentControlSet\n"},
        {20, {0}, "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst\nuvwxyz\n"},
        {20, {0}, "", "\n"},
        {3, {0}, "a width below twenty counts as it", "a width below twenty\ncounts as it\n"},
    };
    check_layouts(cases, sizeof(cases) / sizeof(cases[0]));
}

static void wide_characters_take_two_columns_and_break_anywhere(void **state)
{
    (void)state;
    const struct layout_case cases[] = {
        /* ten characters fill the line */
        {20,
         {0},
         "\xE4\xB8\x80\xE4\xB8\x81\xE4\xB8\x82\xE4\xB8\x83\xE4\xB8\x84"
         "\xE4\xB8\x85\xE4\xB8\x86\xE4\xB8\x87\xE4\xB8\x88\xE4\xB8\x89\xE4\xB8\x8A",
         "\xE4\xB8\x80\xE4\xB8\x81\xE4\xB8\x82\xE4\xB8\x83\xE4\xB8\x84"
         "\xE4\xB8\x85\xE4\xB8\x86\xE4\xB8\x87\xE4\xB8\x88\xE4\xB8\x89\n\xE4\xB8\x8A\n"},
        /* a full stop stays with the character before it */
        {20,
         {0},
         "x\xE4\xB8\x80\xE4\xB8\x81\xE4\xB8\x82\xE4\xB8\x83\xE4\xB8\x84"
         "\xE4\xB8\x85\xE4\xB8\x86\xE4\xB8\x87\xE4\xB8\x88\xE3\x80\x82",
         "x\xE4\xB8\x80\xE4\xB8\x81\xE4\xB8\x82\xE4\xB8\x83\xE4\xB8\x84"
         "\xE4\xB8\x85\xE4\xB8\x86\xE4\xB8\x87\n\xE4\xB8\x88\xE3\x80\x82\n"},
        /* a combining mark is never torn off */
        {20, {0}, "abcdefghijklmnopqrse\xCC\x81xyz", "abcdefghijklmnopqrse\xCC\x81\nxyz\n"},
    };
    check_layouts(cases, sizeof(cases) / sizeof(cases[0]));
}

static void labels_stand_beside_or_above(void **state)
{
    (void)state;
    const struct cw_paragraph field = {.label = CW_STR("Proof"), .hang = 8};
    const struct cw_paragraph tight = {.indent = 2, .label = CW_STR("Contributing"), .hang = 8};
    const struct layout_case cases[] = {
        {60, field, "text", "Proof   text\n"},
        {60, field, "a\nb", "Proof   a\n        b\n"},
        {60, field, "", "Proof\n"},
        {60, tight, "text", "  Contributing\n        text\n"},
        {40, field, "text", "Proof\n  text\n"},
    };
    check_layouts(cases, sizeof(cases) / sizeof(cases[0]));
}

static void a_cut_shows_an_ellipsis_and_never_hides_what_matters(void **state)
{
    (void)state;
    const struct cw_str code = CW_STR("0x00000005");
    const struct layout_case cases[] = {
        {20, {.most = 1}, "exactly twenty chars", "exactly twenty chars\n"},
        {20, {.most = 1}, "one more than the twenty", "one more than the t\xE2\x80\xA6\n"},
        {20,
         {.most = 2},
         "a line and then a second one and a third one",
         "a line and then a\nsecond one and a th\xE2\x80\xA6\n"},
        {20, {.most = 1}, "a\nb", "a b\n"},
        {20,
         {.most = 1, .keep = code},
         "Failed to write it. Error = 0x00000005",
         "Failed to\xE2\x80\xA6"
         "0x00000005\n"},
        {20,
         {.most = 1, .keep = code},
         "Failed to write it. Error = 0x00000005 at last",
         "Failed\xE2\x80\xA6"
         "0x00000005\xE2\x80\xA6\n"},
        {20,
         {.most = 1, .keep = code},
         "Error 0x00000005 and a long tail",
         "Error 0x00000005 an\xE2\x80\xA6\n"},
        {20,
         {.most = 2, .keep = code},
         "Failed to write the start type of it: 0x00000005",
         "Failed to write the\nstart\xE2\x80\xA6"
         "0x00000005\n"},
        /* what is kept may be longer than the line: its end says more */
        {20,
         {.most = 1, .keep = CW_STR("Error Code = 0x00000005")},
         "Failed. Error Code = 0x00000005",
         "\xE2\x80\xA6"
         "r Code = 0x00000005\n"},
        /* sentences end with a word, or with a clause that is long enough */
        {20, {.most = 1, .prose = true}, "Let the vendor allow it", "Let the vendor\xE2\x80\xA6\n"},
        {20,
         {.most = 1, .prose = true},
         "Prove it there: try to write",
         "Prove it there\xE2\x80\xA6\n"},
        {20,
         {.most = 1, .prose = true},
         "No: try it there at once",
         "No: try it there at\xE2\x80\xA6\n"},
        {20,
         {.most = 1, .prose = true},
         "abcdefghijklmnopqrstuvwxyz",
         "abcdefghijklmnopqrs\xE2\x80\xA6\n"},
        {20,
         {.most = 1, .prose = true, .keep = CW_STR(" (+ 1)")},
         "Let the vendor allow it (+ 1)",
         "Let the\xE2\x80\xA6"
         " (+ 1)\n"},
        /* Chinese: "restore (4 characters) Windows", the last word cut */
        {20,
         {.most = 1, .prose = true},
         "1. \xE6\x81\xA2\xE5\xA4\x8D\xE6\x9D\x83\xE9\x99\x90 a\xE3\x80\x82Windows",
         "1. \xE6\x81\xA2\xE5\xA4\x8D\xE6\x9D\x83\xE9\x99\x90 a\xE3\x80\x82\xE2\x80\xA6\n"},
        /* two columns do not fit into one */
        {20, {.most = 1}, "abcdefghijklmnopqr\xE4\xB8\x80zz", "abcdefghijklmnopqr\xE2\x80\xA6\n"},
    };
    check_layouts(cases, sizeof(cases) / sizeof(cases[0]));
}

static void lines_are_counted_as_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        size_t hang, lines;
    } cases[] = {
        {"", 0, 1},
        {"exactly sixty columns: 60 of them, no more, no fewer, so: it", 0, 1},
        {"exactly sixty columns: 60 of them, no more, no fewer, so: it", 1, 2},
        {"two\nlines", 0, 2},
        {"C:\\Windows\\System32\\DriverStore\\FileRepository\\probe.inf", 30, 3},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        struct cw_text text;
        const struct cw_style style = {.width = 60};
        const struct cw_paragraph paragraph = {.hang = cases[i].hang};
        cw_text_begin(&text, &style, &output);
        assert_int_equal(cw_text_measure(&text, &paragraph, cw_str_c(cases[i].body)),
                         cases[i].lines);
        assert_int_equal(text.lines, 0);
        cw_text_paragraph(&text, &paragraph, cw_str_c(cases[i].body));
        assert_int_equal(text.lines, cases[i].lines);
        assert_int_equal(cw_text_end(&text), CW_OK);
        cw_buf_done(&capture.buf);
    }
}

static void colour_is_written_for_each_line_and_only_when_asked_for(void **state)
{
    (void)state;
    const struct cw_paragraph bad = {
        .label = CW_STR("Proof"), .label_tone = CW_TONE_STRONG, .hang = 8, .tone = CW_TONE_BAD};
    const struct layout_case coloured = {60, bad, "a\nb",
                                         "\x1b[1mProof\x1b[0m   \x1b[1;31ma\x1b[0m\n"
                                         "        \x1b[1;31mb\x1b[0m\n"};
    const struct layout_case plain = {60, bad, "a\nb", "Proof   a\n        b\n"};
    check_layout(&coloured, 1);
    check_layout(&plain, 0);
}

static void what_will_be_copied_is_not_wrapped(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_text text;
    const struct cw_style style = {.width = 20};
    cw_text_begin(&text, &style, &output);
    cw_text_verbatim(&text, 2, CW_STR("reg add HKLM\\SYSTEM /v Start /t REG_DWORD\n"));
    cw_text_blank(&text);
    assert_int_equal(text.lines, 2);
    assert_int_equal(cw_text_end(&text), CW_OK);
    assert_str(cw_buf_str(&capture.buf), "  reg add HKLM\\SYSTEM /v Start /t REG_DWORD\n\n");
    cw_buf_done(&capture.buf);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    static const char body[] =
        "Failed to reflect driver package C:\\Windows\\System32\\DriverStore\\FileRepository\\"
        "cpu.inf_amd64_neutral_0123456789abcdef\\cpu.inf \xE8\xAE\xBE\xE5\xA4\x87\xE5\xAE\x89"
        "\xE8\xA3\x85\xE5\xA4\xB1\xE8\xB4\xA5 (0x80070005)";
    for (int width = 20; width <= 200; width++) {
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        struct cw_text text;
        const struct cw_style style = {.width = width};
        const struct cw_paragraph field = {.label = CW_STR("Error"), .hang = 13};
        cw_text_begin(&text, &style, &output);
        cw_text_paragraph(&text, &field, cw_str_c(body));
        assert_int_equal(cw_text_end(&text), CW_OK);
        struct cw_str rest = cw_buf_str(&capture.buf);
        while (rest.len) {
            size_t end = cw_str_find_char(rest, '\n');
            assert_true(end != SIZE_MAX);
            assert_true(cw_columns(cw_str_head(rest, end)) <= (size_t)width);
            rest = cw_str_from(rest, end + 1);
        }
        cw_buf_done(&capture.buf);
    }
}

static void the_first_failure_is_reported(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    capture.fail_at = 1;
    struct cw_text text;
    cw_text_begin(&text, NULL, &output);
    cw_text_blank(&text);
    assert_int_equal(cw_text_end(&text), CW_ERR_CLOSED);
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_follow_the_character),
        cmocka_unit_test(what_could_disturb_a_terminal_is_shown_instead),
        cmocka_unit_test(lines_break_where_words_end),
        cmocka_unit_test(wide_characters_take_two_columns_and_break_anywhere),
        cmocka_unit_test(labels_stand_beside_or_above),
        cmocka_unit_test(a_cut_shows_an_ellipsis_and_never_hides_what_matters),
        cmocka_unit_test(lines_are_counted_as_they_are_written),
        cmocka_unit_test(colour_is_written_for_each_line_and_only_when_asked_for),
        cmocka_unit_test(what_will_be_copied_is_not_wrapped),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(the_first_failure_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
