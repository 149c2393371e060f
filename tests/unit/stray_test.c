/* Lines that belong to no record are kept, the first few. */
#include "support/test.h"

#include <stdio.h>

#include "logs/stray.h"

static void assert_strays(const struct cw_strays *strays, const char *expected)
{
    char text[1024] = "";
    size_t used = 0;
    for (size_t i = 0; i < strays->count; i++) {
        const struct cw_stray *stray = &strays->items[i];
        struct cw_str kept = cw_stray_text(stray);
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%u:%.*s%s ",
                                 (unsigned)stray->line, CW_STR_ARG(kept), stray->cut ? "+" : "");
    }
    assert_string_equal(text, expected);
}

static void the_first_lines_are_kept_in_whatever_order_they_come(void **state)
{
    (void)state;
    static const struct {
        unsigned lines[6];
        const char *expected;
    } rows[] = {
        {{0}, ""},
        {{7}, "7:x "},
        {{1, 2, 3, 4, 5}, "1:x 2:x 3:x "},
        {{5, 4, 3, 2, 1}, "1:x 2:x 3:x "},
        {{9, 1, 8, 2}, "1:x 2:x 8:x "},
        {{2, 9, 4, 3}, "2:x 3:x 4:x "},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_strays strays = {0};
        for (size_t k = 0; rows[i].lines[k]; k++)
            cw_strays_add(&strays, rows[i].lines[k], CW_STR("x"));
        assert_strays(&strays, rows[i].expected);
    }
}

static void those_of_two_readings_are_merged_by_line(void **state)
{
    (void)state;
    struct cw_strays one = {0};
    struct cw_strays other = {0};
    cw_strays_add(&one, 4, CW_STR("d"));
    cw_strays_add(&one, 2, CW_STR("b"));
    cw_strays_add(&other, 1, CW_STR("a"));
    cw_strays_add(&other, 9, CW_STR("i"));
    cw_strays_merge(&one, &other);
    assert_strays(&one, "1:a 2:b 4:d ");
    cw_strays_merge(&other, &(struct cw_strays){0});
    assert_strays(&other, "1:a 9:i ");
}

static void a_long_line_is_cut_at_a_blank(void **state)
{
    (void)state;
    char text[CW_LIMIT_STRAY + 40];
    struct cw_strays strays = {0};
    memset(text, 'x', sizeof(text));
    cw_strays_add(&strays, 1, (struct cw_str){text, sizeof(text)});
    text[100] = ' ';
    cw_strays_add(&strays, 2, (struct cw_str){text, sizeof(text)});
    cw_strays_add(&strays, 3, (struct cw_str){text, CW_LIMIT_STRAY});
    assert_int_equal(strays.items[0].len, CW_LIMIT_STRAY);
    assert_true(strays.items[0].cut);
    assert_int_equal(strays.items[1].len, 100);
    assert_true(strays.items[1].cut);
    assert_int_equal(strays.items[2].len, CW_LIMIT_STRAY);
    assert_false(strays.items[2].cut);
}

static void blanks_at_the_end_are_not_kept_and_those_in_front_are(void **state)
{
    (void)state;
    struct cw_strays strays = {0};
    cw_strays_add(&strays, 1, CW_STR("  text \t\r\n"));
    assert_strays(&strays, "1:  text ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_lines_are_kept_in_whatever_order_they_come),
        cmocka_unit_test(those_of_two_readings_are_merged_by_line),
        cmocka_unit_test(a_long_line_is_cut_at_a_blank),
        cmocka_unit_test(blanks_at_the_end_are_not_kept_and_those_in_front_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
