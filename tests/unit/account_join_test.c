/* Which failure an account of another log belongs to. */
#include "support/test.h"

#include <stdlib.h>

#include "diagnose/account_join.h"

#define DENIED 0x80070005U
#define MISSING 0x800f081fU
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

/* An account: minutes after the beginning of the run, which takes 20; -1 = it has no time. */
struct told {
    const char *kb;
    uint32_t code;
    int minutes;
};

static void add_run(struct cw_case *c, const char *kb)
{
    struct cw_run *run = calloc(1, sizeof(*run));
    assert_non_null(run);
    run->outcome = CW_OUTCOME_FAILED;
    run->start = 100 * (cw_time)HOUR;
    run->end = run->start + 20 * (cw_time)MINUTE;
    run->boot = run->startup = CW_TIME_NONE;
    run->original_failure = DENIED;
    assert_true(cw_strings_add(&run->failed_kbs, &run->arena, cw_str_c(kb)));
    assert_true(cw_case_add_run(c, run));
}

static void add_account(struct cw_case *c, const struct told *told)
{
    struct cw_account *account = calloc(1, sizeof(*account));
    assert_non_null(account);
    account->log = CW_LOG_EVENTS;
    account->outcome = CW_OUTCOME_FAILED;
    account->code = told->code;
    account->start = account->end =
        told->minutes == -1 ? CW_TIME_NONE : 100 * (cw_time)HOUR + told->minutes * (cw_time)MINUTE;
    assert_true(
        cw_entities_add(&account->entities, &account->arena, CW_ENTITY_KB, cw_str_c(told->kb)));
    assert_true(cw_case_add_account(c, account));
}

struct found {
    struct cw_case c;
    struct cw_arena arena;
    struct cw_incident *incidents;
    size_t count;
};

/* `run_kb` may be NULL: there is no run. */
static void find(const char *run_kb, const struct told *told, size_t count, struct found *found)
{
    *found = (struct found){0};
    cw_case_init(&found->c);
    found->c.sources = cw_arena_array(&found->c.arena, 1, sizeof(*found->c.sources));
    assert_non_null(found->c.sources);
    found->c.source_count = 1;
    if (run_kb)
        add_run(&found->c, run_kb);
    for (size_t i = 0; i < count; i++)
        add_account(&found->c, &told[i]);
    assert_true(cw_incidents_find(&found->c, &found->arena, &found->incidents, &found->count));
}

static void release(struct found *found)
{
    cw_arena_done(&found->arena);
    cw_case_done(&found->c);
}

static void an_account_joins_the_run_that_it_agrees_with(void **state)
{
    static const struct {
        struct told told;
        bool joins;
    } rows[] = {
        {{"KB5001111", DENIED, 21}, true},
        {{"KB5001111", MISSING, 21}, true},           /* Windows Update has codes of its own */
        {{"", DENIED, 21}, true},                     /* a DISM command names no KB */
        {{"", MISSING, 21}, false},                   /* nothing but the time agrees */
        {{"KB5002222", DENIED, 21}, false},           /* another update, in the same minutes */
        {{"KB5001111", DENIED, 193}, false},          /* a later attempt */
        {{"KB5001111", DENIED, 20 + 8 * 60}, true},   /* exported in another time zone */
        {{"KB5001111", DENIED, 20 - 5 * 60}, true},   /* the same, to the west */
        {{"KB5001111", MISSING, 20 + 8 * 60}, false}, /* and nothing else to hold on to */
        {{"KB5001111", DENIED, 20 + 40 * 60}, false}, /* no zone is that far away */
        {{"KB5001111", DENIED, -1}, true},
        {{"KB5001111", MISSING, -1}, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct found found;
        find("KB5001111", &rows[i].told, 1, &found);
        if (found.incidents[0].account_count != rows[i].joins)
            fail_msg("row %zu: %zu accounts", i, found.incidents[0].account_count);
        assert_int_equal(found.count, rows[i].joins ? 1 : 2);
        release(&found);
    }
}

static void accounts_of_one_attempt_are_one_incident_without_a_run(void **state)
{
    static const struct told told[] = {
        {"KB5001111", DENIED, 21}, {"KB5001111", DENIED, 30}, {"KB5002222", DENIED, 31}};
    struct found found;
    (void)state;
    find(NULL, told, COUNT(told), &found);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.incidents[0].account_count, 1);
    assert_int_equal(found.incidents[1].account_count, 2);
    release(&found);
}

static void a_later_success_of_the_same_update_overcomes_it(void **state)
{
    static const struct told told[] = {{"KB5001111", DENIED, 21}};
    struct found found;
    (void)state;
    find(NULL, told, 1, &found);
    assert_int_equal(found.incidents[0].outcome, CW_OUTCOME_FAILED);
    assert_true(cw_case_add_success(&found.c, 0, CW_STR("KB5001111"), 101 * (cw_time)HOUR));
    assert_true(cw_incidents_find(&found.c, &found.arena, &found.incidents, &found.count));
    assert_int_equal(found.incidents[0].outcome, CW_OUTCOME_RECOVERED);
    release(&found);
}

static void each_log_that_gives_accounts_has_its_wording(void **state)
{
    (void)state;
    for (unsigned log = 0; log < CW_LOG_KINDS; log++) {
        struct cw_account account = {.log = (enum cw_log_kind)log};
        bool gives = log != CW_LOG_CBS && !cw_log_has_sections(account.log);
        assert_int_equal(cw_account_title(&account).len > 0, gives);
        assert_int_equal(cw_account_note(&account).len > 0, gives);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_account_joins_the_run_that_it_agrees_with),
        cmocka_unit_test(accounts_of_one_attempt_are_one_incident_without_a_run),
        cmocka_unit_test(a_later_success_of_the_same_update_overcomes_it),
        cmocka_unit_test(each_log_that_gives_accounts_has_its_wording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
