/* What a failure that no rule knows is told by: the first line with its code, read a second time.
 */
#include "support/test.h"

#include <stdio.h>

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

/* Where the finding quotes what was under way, and which installer it names. */
static void what_had_begun_and_did_not_end_is_named_for_a_hang(void **state)
{
    static const struct {
        const char *log;
        uint64_t line; /* 0: everything had ended */
        const char *begins, *installer;
    } rows[] = {
        {"cases/hang-names-open-command/CBS.log", 24, "Calling generic", "Generic Command"},
        {"logs/cbs-hang-command-ended.log", 8, "Begin executing", "Generic Command"},
        {"logs/cbs-hang-all-ended.log", 0, "", ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char path[256];
        (void)snprintf(path, sizeof(path), "%s/%s", CW_FIXTURES, rows[i].log);
        struct diagnosed diagnosed = diagnose_file(*state, path);
        const struct cw_finding *finding = &diagnosed.report->findings[0];
        assert_findings(&diagnosed, "failure: hang.startup-no-progress root_cause");
        if (rows[i].line)
            assert_true(has_line(finding, rows[i].line, rows[i].begins));
        assert_entity(&diagnosed, CW_ENTITY_INSTALLER, rows[i].installer);
        free_diagnosed(&diagnosed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_with_the_code_is_found_past_harmless_ones),
        cmocka_unit_test(a_log_that_can_not_be_read_again_is_told_by_its_outermost_signs),
        cmocka_unit_test(what_had_begun_and_did_not_end_is_named_for_a_hang),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
