/* Which marks make, fail and keep an account. */
#include "support/test.h"

#include "model/account_tracker.h"

#define DENIED 0x80070005U
#define MISSING 0x800f081fU

struct fixture {
    struct cw_case c;
    struct cw_account_tracker tracker;
    uint64_t line;
};

static struct fixture *begin(void)
{
    static struct fixture fixture;
    fixture = (struct fixture){.line = 0};
    cw_case_init(&fixture.c);
    cw_account_tracker_init(&fixture.tracker, &fixture.c, 0);
    return &fixture;
}

static void end(struct fixture *fixture)
{
    cw_account_tracker_done(&fixture->tracker);
    cw_case_done(&fixture->c);
}

/* An event a second. */
static void tell_of(struct fixture *fixture, enum cw_mark mark, uint32_t code, const char *name,
                    const char *value)
{
    struct cw_event event = {
        .log = CW_LOG_DISM,
        .mark = mark,
        .line = ++fixture->line,
        .last_line = fixture->line,
        .time = (cw_time)fixture->line * 1000,
        .text = CW_STR("text"),
        .name = cw_str_c(name),
        .value = cw_str_c(value),
        .code = code,
    };
    assert_int_equal(cw_account_tracker_event(&fixture->tracker, &event), CW_OK);
}

static void tell(struct fixture *fixture, enum cw_mark mark, uint32_t code)
{
    tell_of(fixture, mark, code, "", "");
}

static void finish(struct fixture *fixture, size_t accounts)
{
    assert_int_equal(cw_account_tracker_finish(&fixture->tracker), CW_OK);
    assert_int_equal(fixture->c.account_count, accounts);
}

static void a_failed_one_is_kept_with_its_subject_time_and_code(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell_of(fixture, CW_MARK_DETAIL, CW_CODE_NONE, "command", "dism /online");
    tell_of(fixture, CW_MARK_DETAIL, CW_CODE_NONE, "kb", "KB5001111");
    tell(fixture, CW_MARK_FAILURE, MISSING);
    tell(fixture, CW_MARK_END, CW_CODE_NONE);
    tell(fixture, CW_MARK_NONE, CW_CODE_NONE);
    finish(fixture, 1);
    const struct cw_account *account = fixture->c.accounts[0];
    assert_str(account->subject, "dism /online");
    assert_str(account->entities.of[CW_ENTITY_KB].items[0], "KB5001111");
    assert_int_equal(account->code, MISSING);
    assert_int_equal(account->verdict.line, 4);
    assert_int_equal(account->errors[0].evidence.line, 4);
    assert_int_equal(account->first_line, 1);
    assert_int_equal(account->last_line, 5);
    assert_int_equal(account->start, 1000);
    assert_int_equal(account->end, 5000);
    end(fixture);
}

static void one_that_ends_well_is_dropped(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_END, CW_CODE_NONE);
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_NONE, DENIED);
    finish(fixture, 0);
    end(fixture);
}

static void an_end_with_a_failing_code_is_a_failure(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_END, DENIED);
    finish(fixture, 1);
    assert_int_equal(fixture->c.accounts[0]->code, DENIED);
    end(fixture);
}

static void the_next_beginning_ends_the_one_before(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_FAILURE, DENIED);
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_FAILURE, MISSING);
    finish(fixture, 2);
    assert_int_equal(fixture->c.accounts[0]->code, DENIED);
    assert_int_equal(fixture->c.accounts[1]->code, MISSING);
    end(fixture);
}

static void failures_before_any_beginning_are_one(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_FAILURE, DENIED);
    tell(fixture, CW_MARK_FAILURE, MISSING);
    finish(fixture, 1);
    assert_int_equal(fixture->c.accounts[0]->code, MISSING);
    assert_int_equal(fixture->c.accounts[0]->errors[0].code, DENIED);
    end(fixture);
}

/* Providers fail all the time; what has the code of the end is the reason. */
static void the_first_line_with_the_code_of_the_end_is_where_to_look(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_DETAIL, DENIED);
    tell(fixture, CW_MARK_DETAIL, MISSING);
    tell(fixture, CW_MARK_DETAIL, MISSING);
    tell(fixture, CW_MARK_FAILURE, MISSING);
    finish(fixture, 1);
    assert_int_equal(cw_account_first_error(fixture->c.accounts[0])->evidence.line, 3);
    end(fixture);
}

static void each_report_is_one_by_itself(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell_of(fixture, CW_MARK_REPORT, DENIED, "kb", "KB5001111");
    tell_of(fixture, CW_MARK_REPORT, DENIED, "kb", "KB5002222");
    finish(fixture, 2);
    end(fixture);
}

static void a_report_of_success_tells_that_the_package_was_installed(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell_of(fixture, CW_MARK_REPORT, CW_CODE_NONE, "kb", "KB5001111");
    finish(fixture, 0);
    assert_int_equal(fixture->c.success_count, 1);
    assert_str(fixture->c.successes[0].kb, "KB5001111");
    assert_int_equal(fixture->c.successes[0].time, 1000);
    end(fixture);
}

static void what_was_made_good_is_no_failure_and_no_success_of_a_package(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell_of(fixture, CW_MARK_FAILURE, MISSING, "kb", "KB5001111");
    tell(fixture, CW_MARK_SUCCESS, CW_CODE_NONE);
    finish(fixture, 0);
    assert_int_equal(fixture->c.success_count, 0);
    end(fixture);
}

static void a_success_of_all_makes_good_what_failed_before(void **state)
{
    (void)state;
    struct fixture *fixture = begin();
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_FAILURE, MISSING);
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_SUCCESS, CW_CODE_NONE);
    tell(fixture, CW_MARK_BEGIN, CW_CODE_NONE);
    tell(fixture, CW_MARK_FAILURE, DENIED);
    finish(fixture, 2);
    assert_int_equal(fixture->c.accounts[0]->outcome, CW_OUTCOME_RECOVERED);
    assert_int_equal(fixture->c.accounts[1]->outcome, CW_OUTCOME_FAILED);
    end(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_one_is_kept_with_its_subject_time_and_code),
        cmocka_unit_test(one_that_ends_well_is_dropped),
        cmocka_unit_test(an_end_with_a_failing_code_is_a_failure),
        cmocka_unit_test(the_next_beginning_ends_the_one_before),
        cmocka_unit_test(failures_before_any_beginning_are_one),
        cmocka_unit_test(the_first_line_with_the_code_of_the_end_is_where_to_look),
        cmocka_unit_test(each_report_is_one_by_itself),
        cmocka_unit_test(a_report_of_success_tells_that_the_package_was_installed),
        cmocka_unit_test(what_was_made_good_is_no_failure_and_no_success_of_a_package),
        cmocka_unit_test(a_success_of_all_makes_good_what_failed_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
