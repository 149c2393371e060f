/* `rules test`: samples and cases of a pack. */
#include "support/test.h"

#include <stdio.h>

#include "base/os.h"
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

static const struct cw_rules_test samples_only = {0};

static void expect_all_pass(const struct cw_rules *rules, const char *folder)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    const struct cw_rules_test test = {.cases = folder, .matrix = 1};
    int failed = cw_rules_test(rules, &test, &output, NULL);
    if (failed != 0)
        fail_msg("%d: %s", failed, capture.buf.data);
    assert_true(cw_str_ends(cw_buf_str(&capture.buf), CW_STR(" passed, 0 failed\n")));
    cw_buf_done(&capture.buf);
}

static void every_case_of_the_built_in_pack_passes(void **state)
{
    expect_all_pass(*state, CASES);
    expect_all_pass(*state, KNOWLEDGE);
}

/* One literal of less than 15 bytes makes the filter look at every CBS.log twice (input/filter.c).
 */
static void no_signal_makes_every_servicing_log_slower_to_read(void **state)
{
    const struct cw_rules *rules = *state;
    for (size_t i = 0; i < rules->signal_count; i++) {
        const struct cw_signal *signal = &rules->signals[i];
        for (size_t k = 0; signal->log == CW_LOG_CBS && k < signal->literals.count; k++) {
            if (signal->literals.items[k].len < 15)
                fail_msg("%.*s needs \"%.*s\"", CW_STR_ARG(signal->id),
                         CW_STR_ARG(signal->literals.items[k]));
        }
    }
}

/* What the file `cause` of a case says first; empty when there is no such file. */
static struct cw_str wanted_in(struct cw_arena *arena, const char *cases, struct cw_str name)
{
    char path[512];
    struct cw_str wanted = CW_STR_NONE;
    (void)snprintf(path, sizeof(path), "%s/%.*s/cause", cases, CW_STR_ARG(name));
    if (cw_os_read_file(path, 256, arena, &wanted, NULL) < 0)
        return CW_STR_NONE;
    return cw_str_trim(cw_str_head(wanted, cw_str_find_char(wanted, '\n')));
}

static bool has_case(struct cw_arena *arena, const char *cases, struct cw_str id)
{
    struct cw_str *names;
    size_t count;
    bool found = false;
    assert_int_equal(cw_os_list_folder(cases, arena, &names, &count, NULL), CW_OK);
    for (size_t i = 0; i < count; i++)
        found |= cw_str_eq(wanted_in(arena, cases, names[i]), id);
    return found;
}

static void every_cause_has_a_case_and_a_near_miss(void **state)
{
    const struct cw_rules *rules = *state;
    struct cw_arena arena = {0};
    for (size_t i = 0; i < rules->cause_count; i++) {
        const struct cw_cause *cause = &rules->causes[i];
        char near[256];
        (void)snprintf(near, sizeof(near), "%.*s.near", CW_STR_ARG(cause->id));
        if (cause->role != CW_CAUSE_CAUSE)
            continue;
        if (!has_case(&arena, CASES, cause->id) && !has_case(&arena, KNOWLEDGE, cause->id))
            fail_msg("%.*s has no case", CW_STR_ARG(cause->id));
        /* A rule that always fires passes its own case, too. */
        if (wanted_in(&arena, KNOWLEDGE, cw_str_c(near)).len == 0)
            fail_msg("fixtures/knowledge/%s is missing", near);
    }
    cw_arena_done(&arena);
}

/* "ID" is a case of that cause, "ID.near" one that only resembles it. */
static void every_folder_of_knowledge_belongs_to_a_cause(void **state)
{
    static const struct cw_str near = {".near", 5};
    struct cw_arena arena = {0};
    struct cw_str *names;
    size_t count;
    assert_int_equal(cw_os_list_folder(KNOWLEDGE, &arena, &names, &count, NULL), CW_OK);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        bool is_near = cw_str_ends(names[i], near);
        struct cw_str id = is_near ? cw_str_head(names[i], names[i].len - near.len) : names[i];
        const struct cw_cause *cause = cw_rules_cause(*state, id);
        bool harmless = cause && cause->role == CW_CAUSE_HARMLESS && !is_near;
        struct cw_str wanted = wanted_in(&arena, KNOWLEDGE, names[i]);
        if (!cause || cw_str_eq(wanted, harmless ? CW_STR("none") : id) == is_near)
            fail_msg("fixtures/knowledge/%.*s: cause and folder do not fit", CW_STR_ARG(names[i]));
    }
    cw_arena_done(&arena);
}

static void cases_that_fail_are_counted_and_named(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(ignorant);
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    const struct cw_rules_test test = {.cases = CASES};
    int failed = cw_rules_test(rules, &test, &output, NULL);
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
    assert_int_equal(cw_rules_test(rules, &samples_only, &output, NULL), 0);
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
        const struct cw_rules_test test = {.cases = folders[i]};
        assert_int_equal(cw_rules_test(*state, &test, &output, &error), CW_ERR_NOT_FOUND);
        assert_true(error.text[0] != '\0');
    }
    struct cw_rules *none = load_no_rules();
    assert_int_equal(cw_rules_test(none, &samples_only, &output, NULL), CW_ERR_NOT_FOUND);
    cw_rules_free(none);
    cw_buf_done(&capture.buf);
}

static void results_are_written_as_junit(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(ignorant);
    struct capture capture;
    struct capture junit;
    struct cw_output output = capture_begin(&capture);
    struct cw_output file = capture_begin(&junit);
    const struct cw_rules_test test = {.cases = CASES, .junit = &file};
    assert_true(cw_rules_test(rules, &test, &output, NULL) > 0);
    struct cw_str text = cw_buf_str(&junit.buf);
    static const char *const parts[] = {
        "<testsuite name=\"samples\" tests=\"2\" failures=\"0\">\n"
        "    <testcase classname=\"cbswhy.samples\" name=\"s.one sample 1\"/>\n",
        "  <testsuite name=\"cases\" tests=\"",
        "<testcase classname=\"cbswhy.cases\" name=\"driver-service-write-denied\">\n"
        "      <failure message=\"case driver-service-write-denied: the first finding is "
        "unexplained, wanted driver.service-write-denied\"/>\n",
    };
    for (size_t i = 0; i < 3; i++) {
        if (cw_str_find(text, cw_str_c(parts[i])) == SIZE_MAX)
            fail_msg("\"%s\" is missing", parts[i]);
    }
    cw_buf_done(&capture.buf);
    cw_buf_done(&junit.buf);
    cw_rules_free(rules);
}

/* Two causes of one line, of which none explains the other. */
#define TWIN(id)                                                                                   \
    "{\"id\": \"" id "\", \"all\": [\"s.one\"], \"confidence\": \"observed\", "                    \
    "\"confidence_reason\": {\"en\": \"R\"}, \"title\": {\"en\": \"T\"}, \"explanation\": "        \
    "{\"en\": \"E\"}, \"actions\": [{\"kind\": \"check\", \"text\": {\"en\": \"A\"}}]}"
static const char twins[] =
    "{\"format\": 1, \"signals\": [{\"id\": \"s.one\", \"log\": \"cbs\", \"pattern\": \"Rolling "
    "back "
    "KTM\", \"match\": [\"2021-05-06 09:00:00, Info                  CBS    Rolling back KTM\"], "
    "\"miss\": [\"2021-05-06 09:00:00, Info                  CBS    Bravo broke\"]}], \"causes\": "
    "[" TWIN("c.one") "," TWIN("c.two") "]}";

static void what_nothing_explains_is_off_the_diagonal(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(twins);
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    const struct cw_rules_test test = {.cases = CASES, .matrix = 1};
    assert_true(cw_rules_test(rules, &test, &output, NULL) > 0);
    struct cw_str text = cw_buf_str(&capture.buf);
    assert_true(cw_str_find(text, CW_STR("\ndriver-service-write-denied\tc.one\t-\tc.one, "
                                         "c.two\n")) != SIZE_MAX);
    assert_true(cw_str_find(text, CW_STR("\nhealthy-driver-log\tnone\t-\t-\n")) != SIZE_MAX);
    cw_buf_done(&capture.buf);
    cw_rules_free(rules);
}

static void a_reader_that_goes_away_ends_it(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(ignorant);
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    const struct cw_rules_test test = {.cases = CASES, .matrix = 1};
    capture.fail_at = 1;
    assert_int_equal(cw_rules_test(rules, &test, &output, NULL), CW_ERR_CLOSED);
    assert_int_equal(capture.writes, 1);
    cw_buf_done(&capture.buf);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_signal_makes_every_servicing_log_slower_to_read),
        cmocka_unit_test(every_case_of_the_built_in_pack_passes),
        cmocka_unit_test(every_cause_has_a_case_and_a_near_miss),
        cmocka_unit_test(every_folder_of_knowledge_belongs_to_a_cause),
        cmocka_unit_test(cases_that_fail_are_counted_and_named),
        cmocka_unit_test(samples_alone_are_enough),
        cmocka_unit_test(nothing_to_test_is_no_success),
        cmocka_unit_test(results_are_written_as_junit),
        cmocka_unit_test(what_nothing_explains_is_off_the_diagonal),
        cmocka_unit_test(a_reader_that_goes_away_ends_it),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
