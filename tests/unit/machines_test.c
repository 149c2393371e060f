/* Logs of several machines that were given together. */
#include "support/test.h"

#include "diagnose/machines.h"
#include "support/diagnosing.h"
#include "support/stories.h"

enum { SOURCES_MOST = 5 };

struct row {
    const char *name;
    struct {
        enum cw_log_kind log;
        const char *path;
        bool is_copy;
    } sources[SOURCES_MOST]; /* the first two are asked about */
    bool others;
};

static void assert_row(const struct row *row)
{
    struct cw_case_source sources[SOURCES_MOST] = {0};
    struct cw_case c = {.sources = sources};
    for (; c.source_count < SOURCES_MOST && row->sources[c.source_count].path; c.source_count++) {
        struct cw_case_source *source = &sources[c.source_count];
        source->path = cw_str_c(row->sources[c.source_count].path);
        source->log = row->sources[c.source_count].log;
        source->recognised = true;
        source->copy_of = row->sources[c.source_count].is_copy ? 1 : CW_SOURCE_NONE;
    }
    if (cw_are_other_machines(&c, 0, 1) != row->others ||
        cw_are_other_machines(&c, 1, 0) != row->others)
        fail_msg("%s", row->name);
}

static void logs_with_nearer_partners_are_of_other_machines(void **state)
{
    static const struct row rows[] = {
        {"two folders with both logs",
         {{CW_LOG_CBS, "z.zip/a/CBS.log", false},
          {CW_LOG_SETUPAPI, "z.zip/b/setupapi.dev.log", false},
          {CW_LOG_SETUPAPI, "z.zip/a/setupapi.dev.log", false},
          {CW_LOG_CBS, "z.zip/b/CBS.log", false}},
         true},
        {"one folder, names of machines in front",
         {{CW_LOG_CBS, "PC1_CBS.log", false},
          {CW_LOG_SETUPAPI, "PC2_setupapi.dev.log", false},
          {CW_LOG_SETUPAPI, "PC1_setupapi.dev.log", false},
          {CW_LOG_CBS, "PC2_CBS.log", false}},
         true},
        {"the partner of the one lies beside it",
         {{CW_LOG_CBS, "a/CBS.log", false},
          {CW_LOG_SETUPAPI, "a/setupapi.dev.log", false},
          {CW_LOG_SETUPAPI, "b/setupapi.dev.log", false},
          {CW_LOG_CBS, "b/CBS.log", false}},
         false},
        {"as Windows keeps them",
         {{CW_LOG_CBS, "C/Windows/Logs/CBS/CBS.log", false},
          {CW_LOG_SETUPAPI, "C/Windows/INF/setupapi.dev.log", false},
          {CW_LOG_SETUPAPI, "C/Windows/INF/setupapi.app.log", false},
          {CW_LOG_CBS, "C/Windows/Logs/CBS/CbsPersist_1.log", false}},
         false},
        {"only one of the two has a nearer partner",
         {{CW_LOG_CBS, "a/CBS.log", false},
          {CW_LOG_SETUPAPI, "b/setupapi.dev.log", false},
          {CW_LOG_SETUPAPI, "a/setupapi.app.log", false}},
         false},
        {"the nearer partner is a copy",
         {{CW_LOG_CBS, "a/CBS.log", false},
          {CW_LOG_SETUPAPI, "b/setupapi.dev.log", false},
          {CW_LOG_SETUPAPI, "a/setupapi.dev.log", true},
          {CW_LOG_CBS, "b/CBS.log", false}},
         false},
        {"logs of one kind",
         {{CW_LOG_CBS, "a/CBS.log", false},
          {CW_LOG_CBS, "b/CBS.log", false},
          {CW_LOG_CBS, "a/CBS (2).log", false},
          {CW_LOG_CBS, "b/CBS (2).log", false}},
         false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_row(&rows[i]);
}

#define KB1 PACKAGE("KB5001111")
#define FAILS SESSION_FAILS("2021-06-05", "31002_21", KB1, "0x80070005 - E_ACCESSDENIED")
#define SUCCEEDS INSTALLED("2021-06-06", "31002_22", KB1)

/* The failing log, and where the one lies in which the same update succeeds. */
static void assert_verdict(const struct cw_rules *rules, const char *failing,
                           const char *succeeding, enum cw_verdict verdict)
{
    struct cw_diagnosis *diagnosis = NULL;
    assert_int_equal(cw_diagnosis_new(rules, &diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add_memory(diagnosis, failing, CW_STR(FAILS), 0, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add_memory(diagnosis, succeeding, CW_STR(SUCCEEDS), 0, NULL),
                     CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosis, NULL), CW_OK);
    if (cw_diagnosis_report(diagnosis)->verdict != verdict)
        fail_msg("%s and %s", failing, succeeding);
    cw_diagnosis_free(diagnosis);
}

static void what_succeeded_on_another_machine_makes_nothing_good(void **state)
{
    assert_verdict(*state, "pc1/CBS.log", "pc2/CBS.log", CW_VERDICT_FAILURE);
    assert_verdict(*state, "PC1_CBS.log", "PC2_CBS.log", CW_VERDICT_FAILURE);
    assert_verdict(*state, "pc1/CbsPersist_20210605.log", "pc1/CBS.log", CW_VERDICT_NO_FAILURE);
    assert_verdict(*state, "CBS (2).log", "CBS.log", CW_VERDICT_NO_FAILURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_with_nearer_partners_are_of_other_machines),
        cmocka_unit_test(what_succeeded_on_another_machine_makes_nothing_good),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
