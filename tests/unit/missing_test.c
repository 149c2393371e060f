/* What is asked for, and that nothing is asked for that would not help. */
#include "support/test.h"

#include "base/buf.h"
#include "diagnose/missing.h"
#include "report/say.h"

/* Bits of logs that were read. */
#define READ(log) (1U << CW_LOG_##log)

struct row {
    const char *expected;
    unsigned logs;
    struct cw_run run;
    enum cw_step_kind step;
    bool has_run, has_step, has_section;
    struct cw_section section;
    struct cw_incident incident; /* without run and sections */
    struct cw_finding finding;
    const char *installer;
    bool stops_in_section, stops_in_commit, has_offset;
};

static const struct row rows[] = {
    /* nothing failed */
    {.expected = "CBS.log; setupapi.dev.log"},
    {.expected = "", .logs = READ(CBS)},
    {.expected = "a later copy of CBS.log", .logs = READ(CBS), .stops_in_commit = true},
    {.expected = "a later copy of setupapi.dev.log",
     .logs = READ(SETUPAPI),
     .stops_in_section = true},
    /* a run, which driver failed it */
    {.expected = "setupapi.dev.log",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.session = {"1_2", 3}, .drivers_failed = true}},
    {.expected = "setupapi.dev.log",
     .logs = READ(CBS) | READ(SETUPAPI),
     .has_run = true,
     .run = {.session = {"1_2", 3}},
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .has_step = true,
     .step = CW_STEP_KTM_ROLLBACK},
    {.expected = "",
     .logs = READ(CBS) | READ(SETUPAPI),
     .has_run = true,
     .run = {.session = {"1_2", 3}, .drivers_failed = true},
     .has_section = true,
     .incident = {.agreement = CW_AGREE_TIME | CW_AGREE_INF}},
    {.expected = "the System event log",
     .logs = READ(CBS) | READ(SETUPAPI),
     .has_run = true,
     .run = {.session = {"1_2", 3}, .drivers_failed = true},
     .has_section = true,
     .incident = {.agreement = CW_AGREE_TIME | CW_AGREE_TITLE}},
    /* where the run begins and ends */
    {.expected = "the CBS log before this one",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.saw_startup = true}},
    {.expected = "",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.saw_startup = true, .packages = {.count = 1}}},
    {.expected = "the CBS log before this one",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.saw_shutdown = true, .packages = {.count = 1}},
     .finding = {.id = {"unexplained", 11}}},
    {.expected = "", .logs = READ(CBS), .has_run = true},
    {.expected = "CBS.log from after the next restart",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.session = {"1_2", 3}, .saw_shutdown = true},
     .has_step = true,
     .step = CW_STEP_PACKAGE_FAILED},
    {.expected = "a later copy of CBS.log",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.session = {"1_2", 3}},
     .has_step = true,
     .step = CW_STEP_PACKAGE_FAILED},
    {.expected = "the original of the pasted log",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.saw_startup = true},
     .incident = {.damaged = true}},
    {.expected = "the time zone of the machine", .logs = READ(CBS) | READ(EVENTS), .has_run = true},
    {.expected = "", .logs = READ(CBS) | READ(EVENTS), .has_run = true, .has_offset = true},
    /* what the code and the step say */
    {.expected = "WindowsUpdate.log",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.code = 0x8024200b}},
    {.expected = "",
     .logs = READ(CBS) | READ(WINDOWS_UPDATE),
     .has_run = true,
     .finding = {.code = 0x8024200b}},
    {.expected = "setupact.log and setuperr.log",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.code = 5, .reported_code = 0xc1900101}},
    {.expected = "the result of a check of the component store",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.code = 0x80073712}},
    {.expected = "",
     .logs = READ(CBS) | READ(CHECKSUR),
     .has_run = true,
     .finding = {.code = 0x80073712}},
    {.expected = "",
     .logs = READ(CBS),
     .has_run = true,
     .run = {.checks = CW_CHECKS_STORE},
     .finding = {.code = 0x80073712}},
    {.expected = "",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.code = 0x800f081f, .entities = {.of = {[CW_ENTITY_COMPONENT] = {.count = 1}}}}},
    {.expected = "dism.log",
     .logs = READ(CBS),
     .has_run = true,
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .has_step = true,
     .step = CW_STEP_REPAIR_FAILED},
    {.expected = "",
     .logs = READ(CBS) | READ(DISM),
     .has_run = true,
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .has_step = true,
     .step = CW_STEP_REPAIR_FAILED},
    {.expected = "poqexec.log",
     .logs = READ(CBS),
     .has_run = true,
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .finding = {.id = {"unexplained", 11}},
     .has_step = true,
     .step = CW_STEP_PRIMITIVES_FAILED},
    {.expected = "",
     .logs = READ(CBS),
     .has_run = true,
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .finding = {.id = {"run.poqexec", 11}},
     .has_step = true,
     .step = CW_STEP_PRIMITIVES_FAILED},
    {.expected = "the System event log",
     .logs = READ(CBS),
     .has_run = true,
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .has_step = true,
     .step = CW_STEP_HANG_DETECTED},
    /* installers */
    {.expected = "the System and Application event logs",
     .logs = READ(CBS),
     .has_run = true,
     .incident = {.outcome = CW_OUTCOME_FAILED},
     .finding = {.id = {"unexplained", 11}},
     .has_step = true,
     .step = CW_STEP_INSTALLERS_FAILED},
    {.expected = "the event log of the Task Scheduler",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.id = {"unexplained", 11}},
     .installer = "Task Scheduler"},
    {.expected = "the System and Application event logs",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.id = {"unexplained", 11}},
     .installer = "HTTP Installer"},
    {.expected = "",
     .logs = READ(CBS),
     .has_run = true,
     .finding = {.id = {"installer.http", 14}},
     .installer = "HTTP Installer"},
    /* a section alone */
    {.expected = "CBS.log",
     .logs = READ(SETUPAPI),
     .has_section = true,
     .section = {.title = {"Install Driver Updates", 22}}},
    {.expected = "the event logs of Plug and Play",
     .logs = READ(SETUPAPI),
     .has_section = true,
     .section = {.title = {"Device Install", 14}, .error_lines = 1},
     .finding = {.id = {"unexplained", 11}}},
    {.expected = "setupapi.dev.log of another try at the highest level; "
                 "the event logs of Plug and Play",
     .logs = READ(SETUPAPI),
     .has_section = true,
     .section = {.title = {"Device Install", 14}},
     .finding = {.id = {"unexplained", 11}}},
    {.expected = "",
     .logs = READ(SETUPAPI),
     .has_section = true,
     .section = {.title = {"Device Install", 14}},
     .finding = {.id = {"device.x", 8}}},
};

static void read_logs(const struct row *row, struct cw_case_source *sources, struct cw_case *c)
{
    c->sources = sources;
    c->ends_in_commit = row->stops_in_commit;
    for (unsigned log = 0; log < CW_LOG_KINDS; log++) {
        if (!(row->logs & (1U << log)))
            continue;
        sources[c->source_count] =
            (struct cw_case_source){.recognised = true, .log = (enum cw_log_kind)log};
        sources[c->source_count].stats.has_utc_offset = row->has_offset;
        sources[c->source_count++].stats.ends_in_section = row->stops_in_section;
    }
}

/* Names of files are the same in every language. */
static void assert_translated(struct cw_str english, struct cw_arena *arena)
{
    struct cw_str chinese;
    if (cw_str_find(english, CW_STR(" ")) == SIZE_MAX || cw_str_starts(english, CW_STR("C:\\")))
        return;
    assert_true(cw_translate(CW_LANGUAGE_ZH_CN, english, arena, &chinese));
    if (cw_str_eq(english, chinese))
        fail_msg("\"%.*s\" is not translated", CW_STR_ARG(english));
}

static void assert_asked(const struct cw_report *report, const struct row *row, size_t index,
                         struct cw_arena *arena)
{
    struct cw_buf asked;
    cw_buf_init(&asked, 4096);
    (void)cw_buf_append(&asked, CW_STR(""));
    for (size_t i = 0; i < report->missing_count; i++) {
        (void)cw_buf_printf(&asked, "%s%.*s", i ? "; " : "", CW_STR_ARG(report->missing[i].what));
        assert_translated(report->missing[i].what, arena);
        assert_translated(report->missing[i].why, arena);
        assert_translated(report->missing[i].where, arena);
    }
    if (strcmp(asked.data, row->expected) != 0)
        fail_msg("row %zu: got \"%s\", expected \"%s\"", index, asked.data, row->expected);
    cw_buf_done(&asked);
}

static void only_what_would_help_is_asked_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct row row = rows[i];
        struct cw_case_source sources[CW_LOG_KINDS];
        struct cw_case c = {.source_count = 0};
        struct cw_arena arena = {0};
        struct cw_report report = {.missing_count = 0};
        struct cw_gap gap = {.c = &c};
        struct cw_str installer = cw_str_c(row.installer);
        struct cw_step step = {.kind = row.step, .code = CW_CODE_NONE};
        read_logs(&row, sources, &c);
        row.run.steps = &step;
        row.run.step_count = row.has_step;
        row.incident.run = row.has_run ? &row.run : NULL;
        row.incident.sections[0] = &row.section;
        row.incident.section_count = row.has_section;
        row.finding.entities.of[CW_ENTITY_INSTALLER] =
            (struct cw_strings){.items = &installer, .count = row.installer ? 1 : 0};
        if (row.has_run || row.has_section) {
            gap.incident = &row.incident;
            gap.finding = &row.finding;
        }
        assert_true(cw_report_note_missing(&report, &gap, &arena));
        assert_asked(&report, &rows[i], i, &arena);
        cw_arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_would_help_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
