/* fixtures/knowledge: what each cause of the built-in pack looks like, and what only looks like it.
 *
 *   knowledge/ID/       logs in which the cause ID is the first finding
 *   knowledge/ID.near/  logs that come near to it, with another first finding, or none
 *
 * `rules test` runs them; here it is asked whether they are all there. A case in fixtures/cases
 * that names the cause is as good as the first folder. */
#include "support/test.h"

#include "support/diagnosing.h"

#include <stdio.h>

#include "base/os.h"

#define CASES CW_FIXTURES "/cases"
#define KNOWLEDGE CW_FIXTURES "/knowledge"

/* What the file `cause` of a case says; empty when there is none. */
static struct cw_str wanted_by(struct cw_arena *arena, const char *folder, struct cw_str name)
{
    char path[1024];
    (void)snprintf(path, sizeof(path), "%s/%.*s/cause", folder, CW_STR_ARG(name));
    struct cw_str text = CW_STR("");
    if (cw_os_read_file(path, 4096, arena, &text, NULL) < 0)
        return CW_STR("");
    return cw_str_trim(text);
}

static struct cw_str *names_in(struct cw_arena *arena, const char *folder, size_t *ret_count)
{
    struct cw_str *names = NULL;
    struct cw_error error = {0};
    if (cw_os_list_folder(folder, arena, &names, ret_count, &error) < 0)
        fail_msg("%s", error.text);
    return names;
}

static bool is_wanted_in(const char *folder, struct cw_str id)
{
    struct cw_arena arena = {0};
    size_t count = 0;
    struct cw_str *names = names_in(&arena, folder, &count);
    bool found = false;
    for (size_t i = 0; i < count && !found; i++)
        found = cw_str_eq(wanted_by(&arena, folder, names[i]), id);
    cw_arena_done(&arena);
    return found;
}

static struct cw_str without_near(struct cw_str name)
{
    struct cw_str near_miss = CW_STR(".near");
    return cw_str_ends(name, near_miss) ? cw_str_head(name, name.len - near_miss.len) : name;
}

static void every_folder_is_about_a_cause(void **state)
{
    struct cw_arena arena = {0};
    size_t count = 0;
    struct cw_str *names = names_in(&arena, KNOWLEDGE, &count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct cw_str id = without_near(names[i]);
        struct cw_str wanted = wanted_by(&arena, KNOWLEDGE, names[i]);
        bool is_near = id.len < names[i].len;
        const struct cw_cause *cause = cw_rules_cause(*state, id);
        if (!cause)
            fail_msg("%.*s: there is no such cause", CW_STR_ARG(names[i]));
        if (wanted.len == 0)
            fail_msg("%.*s names no cause", CW_STR_ARG(names[i]));
        bool harmless = !is_near && cause->role == CW_CAUSE_HARMLESS;
        struct cw_str expected = harmless ? CW_STR("none") : id;
        if (cw_str_eq(wanted, expected) == is_near)
            fail_msg("%.*s wants %.*s", CW_STR_ARG(names[i]), CW_STR_ARG(wanted));
    }
    cw_arena_done(&arena);
}

static void every_cause_has_a_case(void **state)
{
    const struct cw_rules *rules = *state;
    for (size_t i = 0; i < rules->cause_count; i++) {
        const struct cw_cause *cause = &rules->causes[i];
        if (cause->role == CW_CAUSE_CAUSE && !is_wanted_in(CASES, cause->id) &&
            !is_wanted_in(KNOWLEDGE, cause->id))
            fail_msg("%.*s has no case", CW_STR_ARG(cause->id));
    }
}

static bool has_folder(struct cw_str name)
{
    struct cw_arena arena = {0};
    bool found = wanted_by(&arena, KNOWLEDGE, name).len > 0;
    cw_arena_done(&arena);
    return found;
}

static void every_case_here_has_a_near_miss(void **state)
{
    const struct cw_rules *rules = *state;
    for (size_t i = 0; i < rules->cause_count; i++) {
        struct cw_str id = rules->causes[i].id;
        char near_miss[256];
        int len = snprintf(near_miss, sizeof(near_miss), "%.*s.near", CW_STR_ARG(id));
        assert_in_range(len, 1, sizeof(near_miss) - 1);
        if (has_folder(id) && !has_folder(cw_str_c(near_miss)))
            fail_msg("%.*s has no near miss", CW_STR_ARG(id));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_folder_is_about_a_cause),
        cmocka_unit_test(every_cause_has_a_case),
        cmocka_unit_test(every_case_here_has_a_near_miss),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
