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

static void expect_all_pass(const struct cw_rules *rules, const char *folder)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    int failed = cw_rules_test(rules, folder, &output, NULL);
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

/* What the file `cause` of a case says; empty when there is no such file. */
static struct cw_str wanted_in(struct cw_arena *arena, const char *cases, struct cw_str name)
{
    char path[512];
    struct cw_str wanted = CW_STR_NONE;
    (void)snprintf(path, sizeof(path), "%s/%.*s/cause", cases, CW_STR_ARG(name));
    return cw_os_read_file(path, 256, arena, &wanted, NULL) < 0 ? CW_STR_NONE : cw_str_trim(wanted);
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

static void every_cause_has_a_case(void **state)
{
    const struct cw_rules *rules = *state;
    struct cw_arena arena = {0};
    for (size_t i = 0; i < rules->cause_count; i++) {
        const struct cw_cause *cause = &rules->causes[i];
        if (cause->role == CW_CAUSE_CAUSE && !has_case(&arena, CASES, cause->id) &&
            !has_case(&arena, KNOWLEDGE, cause->id))
            fail_msg("%.*s has no case", CW_STR_ARG(cause->id));
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

/* A rule that always fires passes its own case, too. */
static void every_case_of_knowledge_has_a_near_miss(void **state)
{
    struct cw_arena arena = {0};
    struct cw_str *names;
    size_t count;
    (void)state;
    assert_int_equal(cw_os_list_folder(KNOWLEDGE, &arena, &names, &count, NULL), CW_OK);
    for (size_t i = 0; i < count; i++) {
        char near[256];
        (void)snprintf(near, sizeof(near), "%.*s.near", CW_STR_ARG(names[i]));
        if (!cw_str_ends(names[i], CW_STR(".near")) &&
            wanted_in(&arena, KNOWLEDGE, cw_str_c(near)).len == 0)
            fail_msg("fixtures/knowledge/%s is missing", near);
    }
    cw_arena_done(&arena);
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
        cmocka_unit_test(every_cause_has_a_case),
        cmocka_unit_test(every_folder_of_knowledge_belongs_to_a_cause),
        cmocka_unit_test(every_case_of_knowledge_has_a_near_miss),
        cmocka_unit_test(cases_that_fail_are_counted_and_named),
        cmocka_unit_test(samples_alone_are_enough),
        cmocka_unit_test(nothing_to_test_is_no_success),
        cmocka_unit_test(a_reader_that_goes_away_ends_it),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
