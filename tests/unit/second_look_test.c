/* What a failure that no rule knows is told by: the first line with its code, read a second time.
 */
#include "support/test.h"

#include "support/diagnosing.h"

/* A session that fails with a code while staging; harmless codes and a mark that is none stand
 * before it. */
#define LOG "logs/cbs-unknown-failure.log"

static bool has_line(const struct cw_finding *finding, uint64_t line, const char *begins)
{
    for (size_t i = 0; i < finding->chain_count; i++)
        if (finding->chain[i].line == line)
            return cw_str_starts(finding->chain[i].text, cw_str_c(begins));
    return false;
}

static void the_first_line_with_the_code_is_found_past_harmless_ones(void **state)
{
    struct cw_rules *none = load_no_rules();
    (void)state;
    struct diagnosed diagnosed = diagnose_file(none, CW_FIXTURES "/" LOG);
    assert_findings(&diagnosed, "failure: unexplained unexplained");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_int_equal(finding->code, 0x80070002);
    assert_true(has_line(finding, 6, "Exec: Staging Package: Package_9_for_KB4467702"));
    assert_true(has_line(finding, 8, "Failed to spool file: amd64_contoso-spooler"));
    assert_false(has_line(finding, 3, ""));
    assert_false(has_line(finding, 7, ""));
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB4467702");
    free_diagnosed(&diagnosed);
    cw_rules_free(none);
}

static void a_log_that_can_not_be_read_again_is_told_by_its_outermost_signs(void **state)
{
    struct cw_buf log = read_fixture_file(LOG);
    struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&log), CW_STR_NONE);
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_int_equal(diagnosed.report->verdict, CW_VERDICT_FAILURE);
    assert_int_equal(finding->code, 0x80070002);
    assert_false(has_line(finding, 8, ""));
    assert_true(has_line(finding, 11, "Failed to process single phase execution."));
    free_diagnosed(&diagnosed);
    cw_buf_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_with_the_code_is_found_past_harmless_ones),
        cmocka_unit_test(a_log_that_can_not_be_read_again_is_told_by_its_outermost_signs),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
