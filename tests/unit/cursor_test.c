#include "support/test.h"

#include "base/cursor.h"

struct number_case {
    const char *text;
    bool taken;
    uint64_t value;
    const char *rest;
};

static void assert_number(const struct number_case *expected, bool taken, uint64_t value,
                          struct cw_cursor cursor)
{
    if (taken != expected->taken || value != expected->value)
        fail_msg("\"%s\" gives %s %llu", expected->text, taken ? "yes" : "no",
                 (unsigned long long)value);
    assert_str(cursor.rest, expected->rest);
}

static void decimal_numbers_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    static const struct number_case cases[] = {
        {"0", true, 0, ""},
        {"42 left", true, 42, " left"},
        {"007", true, 7, ""},
        {"18446744073709551615!", true, UINT64_MAX, "!"},
        {"18446744073709551616", false, 1, "18446744073709551616"},
        {"99999999999999999999", false, 1, "99999999999999999999"},
        {"-1", false, 1, "-1"},
        {" 1", false, 1, " 1"},
        {"", false, 1, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_cursor cursor = cw_cursor(cw_str_c(cases[i].text));
        uint64_t value = 1;
        bool taken = cw_cursor_decimal(&cursor, &value);
        assert_number(&cases[i], taken, value, cursor);
    }
}

static void hexadecimal_numbers_stop_at_the_most_digits_allowed(void **state)
{
    (void)state;
    static const struct number_case cases[] = {
        {"0", true, 0, ""},
        {"800f0922]", true, 0x800f0922, "]"},
        {"DEADBEEF0", true, 0xdeadbeef, "0"},
        {"5, x", true, 5, ", x"},
        {"x5", false, 1, "x5"},
        {"", false, 1, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_cursor cursor = cw_cursor(cw_str_c(cases[i].text));
        uint64_t value = 1;
        bool taken = cw_cursor_hex(&cursor, 8, &value);
        assert_number(&cases[i], taken, value, cursor);
    }
    struct cw_cursor cursor = cw_cursor(CW_STR("ffffffffffffffff0"));
    uint64_t value = 0;
    assert_true(cw_cursor_hex(&cursor, 16, &value) && value == UINT64_MAX);
    assert_false(cw_cursor_hex(&cursor, 0, &value));
    assert_str(cursor.rest, "0");
}

static void a_fixed_number_needs_all_its_digits(void **state)
{
    (void)state;
    static const struct number_case cases[] = {
        {"2024-09", true, 2024, "-09"}, {"20245", true, 2024, "5"}, {"0007", true, 7, ""},
        {"202", false, 1, "202"},       {"20 4", false, 1, "20 4"}, {"", false, 1, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_cursor cursor = cw_cursor(cw_str_c(cases[i].text));
        unsigned value = 1;
        bool taken = cw_cursor_fixed(&cursor, 4, &value);
        assert_number(&cases[i], taken, value, cursor);
    }
}

static void a_literal_is_taken_whole_or_not_at_all(void **state)
{
    (void)state;
    struct cw_cursor cursor = cw_cursor(CW_STR(">>>  Section"));
    assert_false(cw_cursor_literal(&cursor, CW_STR(">>> Section")));
    assert_false(cw_cursor_char(&cursor, '<'));
    assert_true(cw_cursor_char(&cursor, '>'));
    assert_true(cw_cursor_literal(&cursor, CW_STR("")));
    assert_true(cw_cursor_literal(&cursor, CW_STR(">>  Sec")));
    assert_false(cw_cursor_literal(&cursor, CW_STR("tions")));
    assert_str(cursor.rest, "tion");
}

static void nothing_is_taken_at_the_end(void **state)
{
    (void)state;
    struct cw_cursor cursor = cw_cursor(CW_STR_NONE);
    struct cw_str text = CW_STR("as it was");
    assert_true(cw_cursor_end(&cursor));
    assert_int_equal(cw_cursor_peek(&cursor), '\0');
    assert_int_equal(cw_cursor_blanks(&cursor), 0);
    assert_false(cw_cursor_char(&cursor, '\0'));
    assert_false(cw_cursor_word(&cursor, &text));
    assert_false(cw_cursor_until(&cursor, CW_STR(":"), &text));
    cw_cursor_skip(&cursor, 3);
    assert_true(cw_cursor_end(&cursor));
    assert_str(text, "as it was");
}

static void blanks_are_counted_and_line_ends_are_none(void **state)
{
    (void)state;
    struct cw_cursor cursor = cw_cursor(CW_STR(" \t  x \n"));
    assert_int_equal(cw_cursor_blanks(&cursor), 4);
    assert_int_equal(cw_cursor_peek(&cursor), 'x');
    assert_int_equal(cw_cursor_blanks(&cursor), 0);
    cw_cursor_skip(&cursor, 1);
    assert_int_equal(cw_cursor_blanks(&cursor), 1);
    assert_str(cursor.rest, "\n");
}

static void text_is_taken_up_to_a_stop(void **state)
{
    (void)state;
    struct cw_cursor cursor = cw_cursor(CW_STR("name: value: rest"));
    struct cw_str text = CW_STR_NONE;
    assert_true(cw_cursor_until(&cursor, CW_STR(": "), &text));
    assert_str(text, "name");
    assert_false(cw_cursor_until(&cursor, CW_STR(";"), &text));
    assert_str(text, "name");
    assert_str(cursor.rest, "value: rest");
    assert_true(cw_cursor_until(&cursor, CW_STR("v"), &text));
    assert_str(text, "");
    assert_str(cursor.rest, "alue: rest");
}

static void a_word_ends_at_any_blank_or_line_end(void **state)
{
    (void)state;
    static const char *const texts[] = {"hub", "hub x", "hub\tx", "hub\rx", "hub\nx"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct cw_cursor cursor = cw_cursor(cw_str_c(texts[i]));
        struct cw_str word = CW_STR_NONE;
        assert_true(cw_cursor_word(&cursor, &word));
        assert_str(word, "hub");
        assert_str(cursor.rest, texts[i] + 3);
        assert_false(cw_cursor_word(&cursor, &word));
        assert_str(word, "hub");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_numbers_are_read_as_far_as_they_go),
        cmocka_unit_test(hexadecimal_numbers_stop_at_the_most_digits_allowed),
        cmocka_unit_test(a_fixed_number_needs_all_its_digits),
        cmocka_unit_test(a_literal_is_taken_whole_or_not_at_all),
        cmocka_unit_test(nothing_is_taken_at_the_end),
        cmocka_unit_test(blanks_are_counted_and_line_ends_are_none),
        cmocka_unit_test(text_is_taken_up_to_a_stop),
        cmocka_unit_test(a_word_ends_at_any_blank_or_line_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
