/* Logs of several machines that were given together. */
#include "support/test.h"

#include "model/machines.h"
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
    const struct named_log logs[] = {{failing, CW_STR(FAILS)}, {succeeding, CW_STR(SUCCEEDS)}};
    struct diagnosed diagnosed = diagnose_logs(rules, logs, 2);
    if (diagnosed.report->verdict != verdict)
        fail_msg("%s and %s", failing, succeeding);
    free_diagnosed(&diagnosed);
}

static void what_succeeded_on_another_machine_makes_nothing_good(void **state)
{
    assert_verdict(*state, "pc1/CBS.log", "pc2/CBS.log", CW_VERDICT_FAILURE);
    assert_verdict(*state, "PC1_CBS.log", "PC2_CBS.log", CW_VERDICT_FAILURE);
    assert_verdict(*state, "pc1/CbsPersist_20210605.log", "pc1/CBS.log", CW_VERDICT_NO_FAILURE);
    assert_verdict(*state, "CBS (2).log", "CBS.log", CW_VERDICT_NO_FAILURE);
}

#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
#define STACK(version)                                                                             \
    LINE("2021-06-07", "06:59:00", "Loaded Servicing Stack v" version " with Core: C:\\x")
#define BOOTED(clock) LINE("2021-06-07", "06:59:01", "TI: Last boot time: 2021-06-07 " clock)
#define DENIED_DRIVER(before)                                                                      \
    before UPDATE_ROLLED_BACK("2021-06-06", "2021-06-07", "31002_23", KB1, "cpu.inf", "5",         \
                              "0x80070005")
#define DENIED_SECTION                                                                             \
    DRIVER_UPDATE_FAILS("2021/06/07", "07:00:11.250", "cpu.inf", "Processor", "intelppm",          \
                        "0x00000005", "07:00:19.900")
#define DEVICES(version) "[Device Install Log]\n     OS Version = " version "\n\n[BeginLog]\n\n"
#define BOOT(clock) "[Boot Session: 2021/06/07 " clock "]\n\n"

struct pair {
    const char *name;
    struct named_log logs[2];
    const char *findings;
};

static void assert_pairs(const struct cw_rules *rules, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        print_message("%s\n", pairs[i].name);
        struct diagnosed diagnosed = diagnose_logs(rules, pairs[i].logs, 2);
        assert_findings(&diagnosed, pairs[i].findings);
        free_diagnosed(&diagnosed);
    }
}

#define JOINED "failure: driver.service-write-denied root_cause"
#define APART "failure: driver.operation-denied root_cause, driver.service-write-denied root_cause"

static void a_log_of_each_machine_is_not_joined_where_they_contradict(void **state)
{
    static const struct pair pairs[] = {
        {"nothing tells",
         {{"pc1/CBS.log", TEXT(DENIED_DRIVER(""))}, {"pc2/setupapi.dev.log", TEXT(DENIED_SECTION)}},
         JOINED},
        {"another release",
         {{"pc1/CBS.log", TEXT(DENIED_DRIVER(STACK("10.0.17763.1697")))},
          {"pc2/setupapi.dev.log", TEXT(DEVICES("10.0.14393") DENIED_SECTION)}},
         APART},
        {"a release that is only switched on",
         {{"pc1/CBS.log", TEXT(DENIED_DRIVER(STACK("10.0.19041.1081")))},
          {"pc2/setupapi.dev.log", TEXT(DEVICES("10.0.19043") DENIED_SECTION)}},
         JOINED},
        {"in one folder, a log may be older than its release",
         {{"pc1/CBS.log", TEXT(DENIED_DRIVER(STACK("10.0.17763.1697")))},
          {"pc1/setupapi.dev.log", TEXT(DEVICES("10.0.14393") DENIED_SECTION)}},
         JOINED},
        {"in the folders of Windows, too",
         {{"pc1/CBS/CBS.log", TEXT(DENIED_DRIVER(STACK("10.0.17763.1697")))},
          {"pc1/INF/setupapi.dev.log", TEXT(DEVICES("10.0.14393") DENIED_SECTION)}},
         JOINED},
        {"the same boot",
         {{"pc1/CBS.log", TEXT(DENIED_DRIVER(BOOTED("06:58:30.500")))},
          {"pc2/setupapi.dev.log", TEXT(BOOT("06:58:30.500") DENIED_SECTION)}},
         JOINED},
        {"a boot of which the other log would know",
         {{"pc1/CBS.log", TEXT(DENIED_DRIVER(BOOTED("06:40:30.500")))},
          {"pc2/setupapi.dev.log", TEXT(BOOT("06:58:30.500") DENIED_SECTION)}},
         APART},
    };
    assert_pairs(*state, pairs, sizeof(pairs) / sizeof(pairs[0]));
}

static void what_two_machines_do_at_the_same_time_counts_twice(void **state)
{
    static const struct pair pairs[] = {
        {"one machine",
         {{"a/setupapi.dev.log", TEXT(BOOT("06:58:30.500") DENIED_SECTION)},
          {"b/setupapi.dev.log", TEXT("\n" BOOT("06:58:30.500") DENIED_SECTION)}},
         "failure: driver.service-write-denied root_cause"},
        {"two boots",
         {{"a/setupapi.dev.log", TEXT(BOOT("06:58:30.500") DENIED_SECTION)},
          {"b/setupapi.dev.log", TEXT(BOOT("06:38:30.500") DENIED_SECTION)}},
         "failure: driver.service-write-denied root_cause x2"},
        {"two architectures",
         {{"a/setupapi.dev.log",
           TEXT("[Device Install Log]\n     Architecture = amd64\n\n" DENIED_SECTION)},
          {"b/setupapi.dev.log",
           TEXT("[Device Install Log]\n     Architecture = x86\n\n" DENIED_SECTION)}},
         "failure: driver.service-write-denied root_cause x2"},
    };
    assert_pairs(*state, pairs, sizeof(pairs) / sizeof(pairs[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_with_nearer_partners_are_of_other_machines),
        cmocka_unit_test(what_succeeded_on_another_machine_makes_nothing_good),
        cmocka_unit_test(a_log_of_each_machine_is_not_joined_where_they_contradict),
        cmocka_unit_test(what_two_machines_do_at_the_same_time_counts_twice),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
