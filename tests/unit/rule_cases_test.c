/* `rules test`: samples and cases of a pack. */
#include "support/test.h"

#include "support/capture.h"
#include "support/diagnosing.h"

#define CASES CW_FIXTURES "/cases"
#define KNOWLEDGE CW_FIXTURES "/knowledge"

/* A pack that knows nothing of what the cases are about. */
static const char ignorant[] =
    "{\"format\": 1, \"signals\": [{\"id\": \"s.one\", \"log\": \"cbs\", \"pattern\": \"Alpha "
    "broke\", \"match\": [\"2021-05-06 09:00:00, Info                  CBS    Alpha broke\"], "
    "\"miss\": [\"2021-05-06 09:00:00, Info                  CBS    Bravo broke\"]}], \"causes\": "
    "[]}";

static void every_case_of_the_built_in_pack_passes(void **state)
{
    static const char *const folders[] = {CASES, KNOWLEDGE};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        int failed = cw_rules_test(*state, folders[i], &output, NULL);
        if (failed != 0)
            fail_msg("%d: %s", failed, capture.buf.data);
        assert_true(cw_str_ends(cw_buf_str(&capture.buf), CW_STR(" passed, 0 failed\n")));
        cw_buf_done(&capture.buf);
    }
}

static void cases_that_fail_are_counted_and_named(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(ignorant);
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    int failed = cw_rules_test(rules, CASES, &output, NULL);
    assert_true(failed > 0);
    struct cw_str text = cw_buf_str(&capture.buf);
    assert_true(cw_str_find(text, CW_STR("case driver-service-write-denied: the first finding is "
                                         "unexplained, wanted driver.service-write-denied\n")) !=
                SIZE_MAX);
    assert_true(cw_str_find(text, CW_STR("case healthy-dead")) == SIZE_MAX);
    cw_buf_done(&capture.buf);
    cw_rules_free(rules);
}

static void samples_alone_are_enough(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(ignorant);
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    assert_int_equal(cw_rules_test(rules, NULL, &output, NULL), 0);
    assert_str(cw_buf_str(&capture.buf), "2 passed, 0 failed\n");
    cw_buf_done(&capture.buf);
    cw_rules_free(rules);
}

static void nothing_to_test_is_no_success(void **state)
{
    static const char *const folders[] = {"/nowhere/at/all", CW_FIXTURES "/logs"};
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    for (size_t i = 0; i < 2; i++) {
        struct cw_error error = {0};
        assert_int_equal(cw_rules_test(*state, folders[i], &output, &error), CW_ERR_NOT_FOUND);
        assert_true(error.text[0] != '\0');
    }
    struct cw_rules *none = load_no_rules();
    assert_int_equal(cw_rules_test(none, NULL, &output, NULL), CW_ERR_NOT_FOUND);
    cw_rules_free(none);
    cw_buf_done(&capture.buf);
}

static void a_reader_that_goes_away_ends_it(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(ignorant);
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    capture.fail_at = 2;
    assert_int_equal(cw_rules_test(rules, CASES, &output, NULL), CW_ERR_CLOSED);
    assert_int_equal(capture.writes, 2);
    cw_buf_done(&capture.buf);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_of_the_built_in_pack_passes),
        cmocka_unit_test(cases_that_fail_are_counted_and_named),
        cmocka_unit_test(samples_alone_are_enough),
        cmocka_unit_test(nothing_to_test_is_no_success),
        cmocka_unit_test(a_reader_that_goes_away_ends_it),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
