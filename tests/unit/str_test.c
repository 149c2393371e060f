#include "support/test.h"

#include "base/hash.h"

static void a_string_equals_itself_and_nothing_else(void **state)
{
    (void)state;
    assert_true(cw_str_eq(CW_STR("panther"), cw_str_c("panther")));
    assert_true(cw_str_eq(CW_STR_NONE, CW_STR("")));
    assert_true(cw_str_eq(cw_str_c(NULL), CW_STR_NONE));
    assert_true(cw_str_eq(CW_STR("a\0b"), CW_STR("a\0b")));
    assert_false(cw_str_eq(CW_STR("a\0b"), CW_STR("a\0c")));
    assert_false(cw_str_eq(CW_STR("panther"), CW_STR("panthe")));
    assert_false(cw_str_eq(CW_STR("panther"), CW_STR("Panther")));
}

struct affix_case {
    const char *text, *affix;
    bool starts, starts_nocase, ends;
};

static void beginnings_and_ends_are_recognised(void **state)
{
    (void)state;
    static const struct affix_case cases[] = {
        {"oem7.inf", "oem", true, true, false},
        {"oem7.inf", ".inf", false, false, true},
        {"oem7.inf", "OEM7", false, true, false},
        {"oem7.inf", "oem7.inf", true, true, true},
        {"oem7.inf", "oem7.infs", false, false, false},
        {"oem7.inf", "", true, true, true},
        {"", "", true, true, true},
        {"", "x", false, false, false},
        {"[x", "{x", false, false, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_str text = cw_str_c(cases[i].text);
        struct cw_str affix = cw_str_c(cases[i].affix);
        assert_int_equal(cw_str_starts(text, affix), cases[i].starts);
        assert_int_equal(cw_str_starts_nocase(text, affix), cases[i].starts_nocase);
        assert_int_equal(cw_str_ends(text, affix), cases[i].ends);
    }
    assert_true(cw_str_starts(CW_STR_NONE, CW_STR_NONE));
    assert_true(cw_str_starts_nocase(CW_STR_NONE, CW_STR_NONE));
    assert_true(cw_str_ends(CW_STR_NONE, CW_STR_NONE));
}

static void only_ascii_letters_lose_their_case(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        char byte = (char)(unsigned char)i;
        bool is_upper = i >= 'A' && i <= 'Z';
        assert_int_equal(cw_to_lower(byte), is_upper ? (char)(i + 32) : byte);
    }
    assert_true(cw_str_eq_nocase(CW_STR("Usb\xC4Hub"), CW_STR("uSB\xC4hUB")));
    assert_false(cw_str_eq_nocase(CW_STR("\xC4"), CW_STR("\xE4")));
    assert_false(cw_str_eq_nocase(CW_STR("@a"), CW_STR("`a")));
    assert_false(cw_str_eq_nocase(CW_STR("ab"), CW_STR("abc")));
    assert_true(cw_str_eq_nocase(CW_STR_NONE, CW_STR("")));
}

static void bytes_are_classed_without_a_locale(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        char byte = (char)(unsigned char)i;
        assert_int_equal(cw_is_digit(byte), i >= '0' && i <= '9');
        assert_int_equal(cw_is_space(byte), i == ' ' || i == '\t' || i == '\r' || i == '\n');
    }
}

static void hexadecimal_digits_have_values_and_others_have_none(void **state)
{
    (void)state;
    const struct cw_str digits = CW_STR("0123456789abcdef");
    for (int i = 0; i < 256; i++) {
        char byte = (char)(unsigned char)i;
        size_t at = cw_str_find_char(digits, cw_to_lower(byte));
        assert_int_equal(cw_hex_digit(byte), at == SIZE_MAX ? -1 : (int)at);
    }
}

static void strings_sort_by_byte_then_by_length(void **state)
{
    (void)state;
    static const char *const sorted[] = {"", "A", "AA", "B", "a", "a.b", "ab", "\x80", "\xff"};
    const size_t count = sizeof(sorted) / sizeof(sorted[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            int order = cw_str_compare(cw_str_c(sorted[i]), cw_str_c(sorted[j]));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    }
    assert_int_equal(cw_str_compare(CW_STR_NONE, CW_STR("")), 0);
}

static void blanks_are_trimmed_at_both_ends_only(void **state)
{
    (void)state;
    assert_str(cw_str_trim(CW_STR(" \t\r\nAdd  Service \t\r\n")), "Add  Service");
    assert_str(cw_str_trim(CW_STR("x")), "x");
    assert_str(cw_str_trim(CW_STR(" \n ")), "");
    assert_str(cw_str_trim(CW_STR_NONE), "");
    assert_int_equal(cw_str_trim(CW_STR("\0 ")).len, 1);
}

struct find_case {
    const char *text, *needle;
    size_t at, at_nocase;
};

static void the_first_occurrence_is_found(void **state)
{
    (void)state;
    static const struct find_case cases[] = {
        {"abcabc", "abc", 0, 0},
        {"abcabc", "bca", 1, 1},
        {"aab", "ab", 1, 1},
        {"aaab", "aab", 1, 1},
        {"abcabd", "abd", 3, 3},
        {"xyZ", "Z", 2, 2},
        {"Error = 5", "error", SIZE_MAX, 0},
        {"an eRRor", "ErroR", SIZE_MAX, 3},
        {"abc", "abcd", SIZE_MAX, SIZE_MAX},
        {"abc", "cb", SIZE_MAX, SIZE_MAX},
        {"abc", "", 0, 0},
        {"", "", 0, 0},
        {"", "a", SIZE_MAX, SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_str text = cw_str_c(cases[i].text);
        struct cw_str needle = cw_str_c(cases[i].needle);
        assert_int_equal(cw_str_find(text, needle), cases[i].at);
        assert_int_equal(cw_str_find_nocase(text, needle), cases[i].at_nocase);
    }
    assert_int_equal(cw_str_find(CW_STR_NONE, CW_STR_NONE), 0);
    assert_int_equal(cw_str_find_nocase(CW_STR_NONE, CW_STR_NONE), 0);
    assert_int_equal(cw_str_find(CW_STR_NONE, CW_STR("a")), SIZE_MAX);
    assert_int_equal(cw_str_find(CW_STR("a\0bc"), CW_STR("\0b")), 1);
}

static void a_byte_is_found_from_either_end(void **state)
{
    (void)state;
    assert_int_equal(cw_str_find_char(CW_STR("a,b,c"), ','), 1);
    assert_int_equal(cw_str_find_last_char(CW_STR("a,b,c"), ','), 3);
    assert_int_equal(cw_str_find_last_char(CW_STR(",b"), ','), 0);
    assert_int_equal(cw_str_find_char(CW_STR("abc"), ','), SIZE_MAX);
    assert_int_equal(cw_str_find_last_char(CW_STR("abc"), ','), SIZE_MAX);
    assert_int_equal(cw_str_find_char(CW_STR_NONE, '\0'), SIZE_MAX);
    assert_int_equal(cw_str_find_last_char(CW_STR_NONE, '\0'), SIZE_MAX);
}

static void head_and_tail_stay_inside(void **state)
{
    (void)state;
    assert_str(cw_str_head(CW_STR("stage"), 2), "st");
    assert_str(cw_str_head(CW_STR("stage"), 5), "stage");
    assert_str(cw_str_head(CW_STR("stage"), SIZE_MAX), "stage");
    assert_str(cw_str_from(CW_STR("stage"), 2), "age");
    assert_str(cw_str_from(CW_STR("stage"), 0), "stage");
    assert_str(cw_str_from(CW_STR("stage"), 5), "");
    assert_str(cw_str_from(CW_STR("stage"), SIZE_MAX), "");
    assert_str(cw_str_from(CW_STR_NONE, 3), "");
}

static void a_base_name_follows_the_last_separator_of_either_kind(void **state)
{
    (void)state;
    assert_str(cw_str_basename(CW_STR("C:\\Windows\\INF\\oem7.inf")), "oem7.inf");
    assert_str(cw_str_basename(CW_STR("logs/CBS.log")), "CBS.log");
    assert_str(cw_str_basename(CW_STR("a\\b/c")), "c");
    assert_str(cw_str_basename(CW_STR("a/b\\c")), "c");
    assert_str(cw_str_basename(CW_STR("CBS.log")), "CBS.log");
    assert_str(cw_str_basename(CW_STR("logs\\")), "");
    assert_str(cw_str_basename(CW_STR_NONE), "");
}

/* The published test vectors of FNV-1a, 64 bit. */
static void the_hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_true(cw_hash(CW_HASH_INIT, CW_STR_NONE) == UINT64_C(0xcbf29ce484222325));
    assert_true(cw_hash(CW_HASH_INIT, CW_STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(cw_hash(CW_HASH_INIT, CW_STR("foobar")) == UINT64_C(0x85944171f73967e8));
    uint64_t in_two = cw_hash(cw_hash(CW_HASH_INIT, CW_STR("foo")), CW_STR("bar"));
    assert_true(in_two == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_string_equals_itself_and_nothing_else),
        cmocka_unit_test(beginnings_and_ends_are_recognised),
        cmocka_unit_test(only_ascii_letters_lose_their_case),
        cmocka_unit_test(bytes_are_classed_without_a_locale),
        cmocka_unit_test(hexadecimal_digits_have_values_and_others_have_none),
        cmocka_unit_test(strings_sort_by_byte_then_by_length),
        cmocka_unit_test(blanks_are_trimmed_at_both_ends_only),
        cmocka_unit_test(the_first_occurrence_is_found),
        cmocka_unit_test(a_byte_is_found_from_either_end),
        cmocka_unit_test(head_and_tail_stay_inside),
        cmocka_unit_test(a_base_name_follows_the_last_separator_of_either_kind),
        cmocka_unit_test(the_hash_is_fnv_1a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
