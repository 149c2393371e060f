#include "support/test.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "cbswhy/status.h"
#include "rules/literal.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The literals joined by '|', or "-" when there is none. */
static void assert_literals(const char *pattern, const char *expected)
{
    struct cw_arena arena = {0};
    struct cw_strings literals = {0};
    struct cw_buf joined;
    cw_buf_init(&joined, 1000);
    if (cw_literals_derive(cw_str_c(pattern), &arena, &literals) < 0)
        (void)cw_buf_char(&joined, '-');
    for (size_t i = 0; i < literals.count; i++) {
        if (i > 0)
            (void)cw_buf_char(&joined, '|');
        (void)cw_buf_append(&joined, literals.items[i]);
    }
    if (!cw_str_eq(cw_buf_str(&joined), cw_str_c(expected)))
        fail_msg("%s gives \"%s\", expected \"%s\"", pattern, joined.data, expected);
    cw_buf_done(&joined);
    cw_arena_done(&arena);
}

struct row {
    const char *pattern, *expected;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_literals(rows[i].pattern, rows[i].expected);
}

static void test_the_longest_run_is_the_literal(void **state)
{
    static const struct row rows[] = {
        {"service stopped", "service stopped"},
        {"^service stopped$", "service stopped"},
        {"abcdefg.hijklmnop", "hijklmnop"},
        {"abcdefg\\d+hijklmnop", "hijklmnop"},
        {"code \\(0x[0-9]+\\) was kept", ") was kept"},
        {"C:\\\\Windows\\.old", "C:\\Windows.old"},
        {"a\\tb tab run", "a\tb tab run"},
        {"one[.]two[(]three", "one.two(three"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_what_may_be_absent_is_no_literal(void **state)
{
    static const struct row rows[] = {
        {"abcdefgh?", "abcdefg"},
        {"abcdefgh*ijklmnopq", "ijklmnopq"},
        {"abcdefgh{0,3}ijklmnopq", "ijklmnopq"},
        {"abcdefgh{2}", "abcdefgh"},
        {"abcdefgh+ijklmnop", "hijklmnop"},
        {"(?:abcdefgh)?", "-"},
        {"(?:abcdefgh)*xyz", "-"},
        {"(?:abcdefgh)+", "abcdefgh"},
        {"abcdefg|", "-"},
        {"abcdefgh{2}{0}ijklmnopq", "-"},
        {"(?=abcdefgh).", "-"},
        {"(?!abcdefgh)ijklmnopq", "ijklmnopq"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_groups_join_what_is_around_them(void **state)
{
    static const struct row rows[] = {
        {"Failed (to) start", "Failed to start"},
        {"Failed (?:to) start", "Failed to start"},
        {"Failed (?<verb>to) start", "Failed to start"},
        {"Failed (?'verb'to) start", "Failed to start"},
        {"Failed (to \\w+ now) start", "Failed to "},
        {"x(y(z(abcd)e)f)g", "xyzabcdefg"},
        {"Failed to (?<value>\\w+)\\. Error = (?<code>0x\\w+)", ". Error = 0x"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_each_alternative_gives_its_literal(void **state)
{
    static const struct row rows[] = {
        {"abcdefg|hijklmnop", "abcdefg|hijklmnop"},
        {"^(?:abcdefg|hijklmnop) (\\d+)", "abcdefg|hijklmnop"},
        {"(?:abcdefg|hij) and so on", " and so on"},
        {"(?:abcdefg|hij) then", "-"},
        {"(?:abcdefgh|ijklmnop) then", "abcdefgh|ijklmnop"},
        {"(?:abcdefgh|ijklmnop)?", "-"},
        {"(?:a|b) status (?:unknown|invalid)", " status "},
        {"one: (?:x|y)|two: failure|three: .", "-"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_a_literal_never_crosses_a_line_end(void **state)
{
    assert_literals("abcdefg\\nhijklmnop", "hijklmnop");
    assert_literals("abcdefg\nhijklmnop", "hijklmnop");
    (void)state;
}

static void test_what_is_not_understood_gives_none(void **state)
{
    static const char *const patterns[] = {
        "(?i)abcdefgh",      "abc(?i:defghijk)",   "abcdefgh\\x41",     "abcdefgh(?#comment)",
        "(*ACCEPT)abcdefgh", "\\Qabcdefgh\\E",     "abcdefgh\\1",       "(?(1)abcdefgh|x)",
        "(?R)abcdefgh",      "abcdefgh(?P>name)",  "abcdefgh{,5}",      "abcdefgh{ 2 }",
        "abcdefgh)",         "(abcdefgh",          "[abcdefgh",         "abcdefgh\\",
        "abcdefgh\\N{U+41}", "abcdefgh[\\Q]\\E]x", "abcdefgh[[:x]y:]]", "abcdefgh\\cA",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(patterns); i++)
        assert_literals(patterns[i], "-");
}

static void test_brackets_inside_a_class_do_not_end_it(void **state)
{
    static const struct row rows[] = {
        {"[]abcdefgh]ijklmnopq", "ijklmnopq"},
        {"[^]abcdefgh]ijklmnopq", "ijklmnopq"},
        {"[[:alpha:]abcdefghijkl]mnopqrstu", "mnopqrstu"},
        {"[\\]abcdefghijkl]mnopqrstu", "mnopqrstu"},
        {"[[abcdefghijkl]mnopqrstu", "mnopqrstu"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_groups_are_followed_only_so_deep(void **state)
{
    char pattern[200] = "";
    (void)state;
    memset(pattern, '(', 90);
    memcpy(pattern + 90, "abcdefgh", 8);
    memset(pattern + 98, ')', 90);
    assert_literals(pattern, "-");
}

/* 0, or what cw_literals_prove returned; `useless` is SIZE_MAX when it said nothing. */
static int prove(const char *pattern, const char *first, const char *second, size_t *ret_useless)
{
    struct cw_str items[] = {cw_str_c(first), cw_str_c(second)};
    struct cw_strings literals = {items, second ? 2 : 1, 2};
    *ret_useless = SIZE_MAX;
    return cw_literals_prove(cw_str_c(pattern), &literals, ret_useless);
}

static void test_a_given_literal_is_proved(void **state)
{
    size_t useless = 0;
    (void)state;
    assert_int_equal(prove("Failed (to) start", "ed to st", NULL, &useless), CW_OK);
    assert_int_equal(prove("long enough \\d+ also here", "also here", NULL, &useless), CW_OK);
    assert_int_equal(prove("(?:abcdefg|hijklmn)", "bcdefg", "hijklm", &useless), CW_OK);
}

static void test_a_given_literal_that_is_not_mandatory_is_refused(void **state)
{
    size_t useless = SIZE_MAX;
    (void)state;
    assert_int_equal(prove("Failed to start", "to stop", NULL, &useless), CW_ERR_INVALID);
    assert_int_equal(useless, 0);
    assert_int_equal(prove("abcdefg( hijklmn)?", " hijklmn", NULL, &useless), CW_ERR_INVALID);
    assert_int_equal(prove("abcdefg|hijklmn", "abcdefg", NULL, &useless), CW_ERR_INVALID);
    assert_int_equal(prove("abcdefgh", "abcdefgh", "hijklmno", &useless), CW_ERR_INVALID);
    assert_int_equal(useless, 1);
}

/* A small generator, so that every run tries the same patterns. */
static unsigned next_random(uint64_t *seed, unsigned below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % below;
}

static void random_pattern(uint64_t *seed, struct cw_buf *pattern)
{
    static const char *const pieces[] = {
        "abcabca", "bcbcbcb", "a",   "b",     "c",   "(", "(?:",    ")", "|",
        "?",       "*",       "+",   "{0,2}", "{2}", ".", "[ab]",   "^", "$",
        "(?=",     "(?!",     "\\b", "[b]",   "a{1", "}", "cabcabc"};
    cw_buf_clear(pattern);
    for (unsigned count = 1 + next_random(seed, 10); count > 0; count--)
        (void)cw_buf_append(pattern, cw_str_c(pieces[next_random(seed, COUNT(pieces))]));
}

/* The same texts, some without their last letter: what a wrong literal would be caught by. */
static void random_subject(uint64_t *seed, struct cw_buf *subject)
{
    static const char *const pieces[] = {"abcabca", "bcbcbcb", "cabcabc", "abcabc", "bcbcbc",
                                         "cabcab",  "a",       "b",       "c"};
    cw_buf_clear(subject);
    for (unsigned count = 1 + next_random(seed, 5); count > 0; count--)
        (void)cw_buf_append(subject, cw_str_c(pieces[next_random(seed, COUNT(pieces))]));
}

static bool holds_one_of(struct cw_str text, const struct cw_strings *literals)
{
    for (size_t i = 0; i < literals->count; i++) {
        if (cw_str_find(text, literals->items[i]) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Subjects that the pattern matches must hold a literal; returns how many it matched. */
static unsigned try_subjects(uint64_t *seed, struct cw_str pattern, const pcre2_code *code,
                             const struct cw_strings *literals)
{
    struct cw_buf subject;
    unsigned matched = 0;
    pcre2_match_data *data = pcre2_match_data_create(40, NULL);
    assert_non_null(data);
    cw_buf_init(&subject, 1000);
    for (int i = 0; i < 12; i++) {
        random_subject(seed, &subject);
        if (pcre2_match(code, (PCRE2_SPTR)subject.data, subject.len, 0, 0, data, NULL) < 0)
            continue;
        matched++;
        if (!holds_one_of(cw_buf_str(&subject), literals))
            fail_msg("%.*s matches %s without a literal", CW_STR_ARG(pattern), subject.data);
    }
    cw_buf_done(&subject);
    pcre2_match_data_free(data);
    return matched;
}

static void test_no_match_of_a_random_pattern_lacks_its_literal(void **state)
{
    uint64_t seed = 20240910;
    unsigned derived = 0;
    unsigned matched = 0;
    struct cw_buf pattern;
    cw_buf_init(&pattern, 1000);
    (void)state;
    for (int i = 0; i < 40000; i++) {
        random_pattern(&seed, &pattern);
        int failure = 0;
        PCRE2_SIZE offset = 0;
        pcre2_code *code =
            pcre2_compile((PCRE2_SPTR)pattern.data, pattern.len, 0, &failure, &offset, NULL);
        struct cw_arena arena = {0};
        struct cw_strings literals = {0};
        if (code && cw_literals_derive(cw_buf_str(&pattern), &arena, &literals) == CW_OK) {
            derived++;
            matched += try_subjects(&seed, cw_buf_str(&pattern), code, &literals);
        }
        pcre2_code_free(code);
        cw_arena_done(&arena);
    }
    cw_buf_done(&pattern);
    assert_true(derived > 1000);
    assert_true(matched > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_longest_run_is_the_literal),
        cmocka_unit_test(test_what_may_be_absent_is_no_literal),
        cmocka_unit_test(test_groups_join_what_is_around_them),
        cmocka_unit_test(test_each_alternative_gives_its_literal),
        cmocka_unit_test(test_a_literal_never_crosses_a_line_end),
        cmocka_unit_test(test_what_is_not_understood_gives_none),
        cmocka_unit_test(test_brackets_inside_a_class_do_not_end_it),
        cmocka_unit_test(test_groups_are_followed_only_so_deep),
        cmocka_unit_test(test_a_given_literal_is_proved),
        cmocka_unit_test(test_a_given_literal_that_is_not_mandatory_is_refused),
        cmocka_unit_test(test_no_match_of_a_random_pattern_lacks_its_literal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
