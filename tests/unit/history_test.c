/* Logs that follow each other are one history. */
#include "support/test.h"

#include <stdio.h>

#include "base/limits.h"
#include "model/history.h"
#include "support/diagnosing.h"
#include "support/temp_folder.h"

/* --- which logs belong together --- */

struct name_case {
    const char *path;
    bool packed;
    const char *folder, *name;
};

static void a_series_is_told_by_folder_and_name_without_decoration(void **state)
{
    static const struct name_case cases[] = {
        {"CBS.log", false, "", "CBS"},
        {"a/b/cbs.log", false, "a/b/", "cbs"},
        {"CbsPersist_20240910024412.log", false, "", "Cbs"},
        {"SERVER01_CBS.log", false, "", "SERVER01_CBS"},
        {"SERVER01_CbsPersist_1.log", false, "", "SERVER01_Cbs"},
        {"CBS (2).log", false, "", "CBS"},
        {"CBS - Copy.log", false, "", "CBS"},
        {"CBS.log.1", false, "", "CBS"},
        {"CBS_old.log", false, "", "CBS"},
        {"setupapi.dev.log", false, "", "setupapi.dev"},
        {"setupapi.dev.20201016_232313.log", false, "", "setupapi.dev"},
        {"setupapi.offline.log", false, "", "setupapi.offline"},
        {"20240910.log", false, "", ""},
        {"z.zip/CBS/CbsPersist_1.cab/CbsPersist_1.log", true, "z.zip/CBS/", "Cbs"},
        {"z.zip/CBS/CBS.log", true, "z.zip/CBS/", "CBS"},
        {"CBS.log.gz/CBS.log", true, "", "CBS"},
        {"in/CBS.zip/CBS.log", true, "in/", "CBS"},
        {"in/logs.zip/CBS.log", true, "in/logs.zip/", "CBS"},
        {"in/x.cab/CBS.log", false, "in/x.cab/", "CBS"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_str path = cw_str_c(cases[i].path);
        assert_str(cw_series_folder(path, cases[i].packed), cases[i].folder);
        assert_str(cw_series_name(path), cases[i].name);
    }
}

/* --- a run that a rotation cut in two --- */

/* The test's folder and the built-in pack. */
struct fixture {
    void *folder;
    void *rules;
};

static int make_fixture(void **state)
{
    static struct fixture fixture;
    *state = &fixture;
    return temp_folder_make(&fixture.folder) == 0 ? load_builtin_rules(&fixture.rules) : -1;
}

static int remove_fixture(void **state)
{
    struct fixture *fixture = *state;
    return free_rules(&fixture->rules) == 0 ? temp_folder_remove(&fixture->folder) : -1;
}

static struct diagnosed diagnose_folder(struct fixture *fixture)
{
    struct diagnosed diagnosed = {0};
    struct cw_error error = {0};
    struct temp_path path = temp_path(&fixture->folder, "");
    assert_int_equal(cw_diagnosis_new(fixture->rules, &diagnosed.diagnosis, &error), CW_OK);
    assert_int_equal(cw_diagnosis_add(diagnosed.diagnosis, path.text, &error), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, &error), CW_OK);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    return diagnosed;
}

static void remove_file(struct fixture *fixture, const char *name)
{
    assert_int_equal(remove(temp_path(&fixture->folder, name).text), 0);
}

/* The findings with their proof. A line of the log `name` counts from the end of `before` lines. */
static struct cw_buf tell(const struct cw_report *report, const char *name, uint64_t before)
{
    struct cw_buf text;
    cw_buf_init(&text, 256 * 1024);
    (void)cw_buf_append(&text, cw_verdict_name(report->verdict));
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        const struct cw_diagnostic *diagnostic = &report->diagnostics[i];
        if (cw_str_eq(diagnostic->kind, CW_STR("unclosed_section")))
            (void)cw_buf_printf(&text, "\n%u not closed", (unsigned)diagnostic->count);
    }
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct cw_finding *finding = &report->findings[i];
        (void)cw_buf_printf(&text, "\n%.*s %s %.*s x%zu: %.*s", CW_STR_ARG(finding->id),
                            cw_finding_role_name(finding->role).ptr,
                            CW_STR_ARG(finding->fingerprint), finding->occurrences,
                            CW_STR_ARG(finding->title));
        for (size_t k = 0; k < finding->chain_count; k++) {
            const struct cw_chain_item *item = &finding->chain[k];
            struct cw_str path = cw_str_basename(report->sources[item->source].path);
            uint64_t base = cw_str_eq(path, cw_str_c(name)) ? before : 0;
            bool driver = cw_str_starts(path, CW_STR("setupapi"));
            (void)cw_buf_printf(&text, "\n  %s:%u %.*s %.*s", driver ? "setupapi" : "CBS",
                                (unsigned)(item->line + base), CW_STR_ARG(item->text),
                                CW_STR_ARG(item->note));
            assert_true(item->last_line >= item->line);
        }
    }
    assert_false(text.failed);
    return text;
}

/* Where line `index` of the log begins. */
static size_t line_start(struct cw_str log, size_t index)
{
    size_t at = 0;
    while (index-- > 0 && at < log.len)
        at += cw_str_find_char(cw_str_from(log, at), '\n') + 1;
    return at;
}

static size_t count_lines(struct cw_str log)
{
    size_t count = 0;
    for (size_t i = 0; i < log.len; i++)
        count += log.ptr[i] == '\n';
    return count;
}

static void assert_told(struct fixture *fixture, const char *name, uint64_t before,
                        const struct cw_buf *whole)
{
    struct diagnosed diagnosed = diagnose_folder(fixture);
    struct cw_buf told = tell(diagnosed.report, name, before);
    if (strcmp(told.data, whole->data) != 0)
        fail_msg("%s after %u lines:\n%s\nwhole:\n%s", name, (unsigned)before, told.data,
                 whole->data);
    cw_buf_done(&told);
    free_diagnosed(&diagnosed);
}

static const char *const log_names[] = {"CBS.log", "setupapi.dev.log"};
static const char *const rotated_names[] = {"CbsPersist_20200101000000.log",
                                            "setupapi.dev.20200101_000000.log"};
enum which { CBS, SETUPAPI };

/* Puts a log of a case into the folder. */
static struct cw_buf begin_log(struct fixture *fixture, const char *name, enum which which)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "cases/%s/%s", name, log_names[which]);
    struct cw_buf log = read_fixture_file(path);
    temp_file(&fixture->folder, log_names[which], cw_buf_str(&log));
    return log;
}

/* The log of the case is cut; `with_other`: the one of the other kind is beside it as a whole. */
static void assert_same_when_cut(struct fixture *fixture, const char *name, enum which which,
                                 bool with_other)
{
    struct cw_buf log = begin_log(fixture, name, which);
    struct cw_buf other = {0};
    if (with_other)
        other = begin_log(fixture, name, which == CBS ? SETUPAPI : CBS);
    struct diagnosed diagnosed = diagnose_folder(fixture);
    struct cw_buf whole = tell(diagnosed.report, "", 0);
    struct cw_str text = cw_buf_str(&log);
    size_t lines = count_lines(text);
    assert_true(lines > 3);
    /* Before its first time a log can not be placed among others. */
    for (size_t cut = which == CBS ? 1 : 11; cut < lines; cut++) {
        size_t at = line_start(text, cut);
        temp_file(&fixture->folder, rotated_names[which], cw_str_head(text, at));
        temp_file(&fixture->folder, log_names[which], cw_str_from(text, at));
        assert_told(fixture, log_names[which], cut, &whole);
    }
    remove_file(fixture, log_names[which]);
    remove_file(fixture, rotated_names[which]);
    if (with_other)
        remove_file(fixture, log_names[which == CBS ? SETUPAPI : CBS]);
    cw_buf_done(&other);
    cw_buf_done(&whole);
    free_diagnosed(&diagnosed);
    cw_buf_done(&log);
}

static void a_run_cut_at_any_line_is_one_run(void **state)
{
    static const struct {
        const char *name;
        bool with_driver_log;
    } cases[] = {
        {"driver-service-write-denied", true},  {"driver-service-write-denied-windows-10", true},
        {"driver-operation-spapi-code", false}, {"driver-queue-failed", false},
        {"healthy-dead-mans-switch", false},    {"healthy-temporary-rollback", false},
        {"repaired-by-later-install", false},   {"run-drivers-rolled-back", false},
        {"hang-startup-no-progress", false},    {"run-installers-failed", false},
        {"run-package-failed", false},          {"run-poqexec-failed", false},
        {"run-rolled-back-at-startup", false},  {"run-session-failed", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_same_when_cut(*state, cases[i].name, CBS, cases[i].with_driver_log);
}

static void a_section_cut_at_any_line_is_one_section(void **state)
{
    static const struct {
        const char *name;
        bool with_cbs_log;
    } cases[] = {
        {"driver-service-write-denied", true}, {"driver-store-folder-missing", true},
        {"driver-reflect-failed", true},       {"device-already-exists", false},
        {"device-hash-not-in-catalog", false}, {"section-failed", false},
        {"healthy-driver-log", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_same_when_cut(*state, cases[i].name, SETUPAPI, cases[i].with_cbs_log);
}

static void a_run_goes_on_through_a_log_that_holds_nothing_else(void **state)
{
    struct fixture *fixture = *state;
    struct cw_buf log = begin_log(fixture, "driver-service-write-denied", CBS);
    struct cw_buf driver = begin_log(fixture, "driver-service-write-denied", SETUPAPI);
    struct diagnosed diagnosed = diagnose_folder(fixture);
    struct cw_str text = cw_buf_str(&log);
    size_t first = line_start(text, 40);
    size_t second = line_start(text, 50);
    temp_file(&fixture->folder, "CbsPersist_1.log", cw_str_head(text, first));
    temp_file(&fixture->folder, "CbsPersist_2.log",
              cw_str_head(cw_str_from(text, first), second - first));
    temp_file(&fixture->folder, "CBS.log", cw_str_from(text, second));
    struct diagnosed cut = diagnose_folder(fixture);
    assert_int_equal(cut.report->finding_count, diagnosed.report->finding_count);
    assert_str(cut.report->findings[0].fingerprint, diagnosed.report->findings[0].fingerprint.ptr);
    assert_int_equal(cut.report->findings[0].occurrences, 1);
    assert_int_equal(cut.report->findings[0].chain_count,
                     diagnosed.report->findings[0].chain_count);
    free_diagnosed(&cut);
    remove_file(fixture, "CBS.log");
    remove_file(fixture, "CbsPersist_1.log");
    remove_file(fixture, "CbsPersist_2.log");
    remove_file(fixture, "setupapi.dev.log");
    free_diagnosed(&diagnosed);
    cw_buf_done(&driver);
    cw_buf_done(&log);
}

/* --- the same log twice --- */

/* The remark about the copy says which log it is a copy of. */
static void assert_copy(const struct cw_report *report, const char *copy, const char *of)
{
    size_t found = 0;
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        const struct cw_diagnostic *remark = &report->diagnostics[i];
        if (!cw_str_eq(remark->kind, CW_STR("copy")) || !cw_str_ends(remark->path, cw_str_c(copy)))
            continue;
        assert_true(cw_str_find(remark->text, cw_str_c(of)) != SIZE_MAX);
        found++;
    }
    assert_int_equal(found, 1);
}

static void assert_counted_once(struct fixture *fixture, const struct cw_buf *whole)
{
    struct diagnosed diagnosed = diagnose_folder(fixture);
    struct cw_buf told = tell(diagnosed.report, "", 0);
    assert_string_equal(told.data, whole->data);
    assert_copy(diagnosed.report, "/old/log", "CBS.log");
    cw_buf_done(&told);
    free_diagnosed(&diagnosed);
}

static void what_a_copy_or_a_part_of_a_log_holds_counts_once(void **state)
{
    static const char *const cases[] = {"driver-operation-spapi-code", "run-installers-failed",
                                        "repaired-by-later-install"};
    struct fixture *fixture = *state;
    temp_subfolder(&fixture->folder, "old");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_buf log = begin_log(fixture, cases[i], CBS);
        struct diagnosed diagnosed = diagnose_folder(fixture);
        struct cw_buf whole = tell(diagnosed.report, "", 0);
        struct cw_str text = cw_buf_str(&log);
        for (size_t cut = 1; cut <= count_lines(text); cut++) {
            size_t at = line_start(text, cut);
            temp_file(&fixture->folder, "old/log", cw_str_head(text, at));
            assert_counted_once(fixture, &whole);
            if (at < text.len)
                temp_file(&fixture->folder, "old/log", cw_str_from(text, at));
            assert_counted_once(fixture, &whole);
        }
        remove_file(fixture, "old/log");
        remove_file(fixture, "CBS.log");
        cw_buf_done(&whole);
        free_diagnosed(&diagnosed);
        cw_buf_done(&log);
    }
    remove_file(fixture, "old");
}

static void a_log_that_differs_in_one_letter_is_no_copy(void **state)
{
    struct fixture *fixture = *state;
    struct cw_buf log = begin_log(fixture, "run-installers-failed", CBS);
    size_t at = cw_str_find(cw_buf_str(&log), CW_STR("0x800f0922"));
    assert_true(at != SIZE_MAX);
    log.data[at + 9] = '3';
    temp_subfolder(&fixture->folder, "other");
    temp_file(&fixture->folder, "other/CBS.log", cw_buf_str(&log));
    struct diagnosed diagnosed = diagnose_folder(fixture);
    for (size_t i = 0; i < diagnosed.report->diagnostic_count; i++)
        assert_false(cw_str_eq(diagnosed.report->diagnostics[i].kind, CW_STR("copy")));
    free_diagnosed(&diagnosed);
    remove_file(fixture, "other/CBS.log");
    remove_file(fixture, "other");
    remove_file(fixture, "CBS.log");
    cw_buf_done(&log);
}

/* Two exports of one log, of which neither holds all of the other. */
static void a_run_in_two_logs_that_overlap_counts_once(void **state)
{
    struct fixture *fixture = *state;
    struct cw_buf log = begin_log(fixture, "repaired-by-later-install", CBS);
    struct diagnosed diagnosed = diagnose_folder(fixture);
    struct cw_str text = cw_buf_str(&log);
    struct cw_str less = cw_str_head(text, line_start(text, count_lines(text) - 1));
    remove_file(fixture, "CBS.log");
    temp_file(&fixture->folder, "CBS_1.log", less);
    temp_file(&fixture->folder, "CBS_2.log", cw_str_from(text, line_start(text, 1)));
    struct diagnosed both = diagnose_folder(fixture);
    assert_int_equal(both.report->finding_count, diagnosed.report->finding_count);
    for (size_t i = 0; i < both.report->finding_count; i++)
        assert_int_equal(both.report->findings[i].occurrences, 1);
    free_diagnosed(&both);
    remove_file(fixture, "CBS_1.log");
    remove_file(fixture, "CBS_2.log");
    free_diagnosed(&diagnosed);
    cw_buf_done(&log);
}

/* --- what is missing between two logs --- */

#define LINE(time, text) time ", Info                  CBS    " text "\n"
#define START(time) LINE(time, "TI: --- Initializing Trusted Installer ---")
#define END(time) LINE(time, "Ending TrustedInstaller finalization.")
#define WORK(time) LINE(time, "Session: 31103044_2145675498 initialized by client SPP.")

struct gap_case {
    const char *before, *after;
    const char *says; /* NULL: no gap */
};

static void assert_gap(struct fixture *fixture, const struct gap_case *gap)
{
    temp_file(&fixture->folder, "CbsPersist_1.log", cw_str_c(gap->before));
    temp_file(&fixture->folder, "CBS.log", cw_str_c(gap->after));
    struct diagnosed diagnosed = diagnose_folder(fixture);
    const struct cw_report *report = diagnosed.report;
    size_t found = 0;
    assert_int_equal(report->source_count, 2);
    assert_true(cw_str_ends(report->sources[0].path, CW_STR("CbsPersist_1.log")));
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        const struct cw_diagnostic *remark = &report->diagnostics[i];
        if (!cw_str_eq(remark->kind, CW_STR("gap")))
            continue;
        assert_true(cw_str_ends(remark->path, CW_STR("/CBS.log")));
        assert_int_equal(remark->line, 1);
        assert_true(cw_str_find(remark->text, cw_str_c(gap->says)) != SIZE_MAX);
        found++;
    }
    assert_int_equal(found, gap->says ? 1 : 0);
    free_diagnosed(&diagnosed);
}

static void only_what_can_not_follow_is_a_gap(void **state)
{
    static const struct gap_case cases[] = {
        /* It goes on, at once or after a while; or the machine was off for weeks. */
        {START("2024-03-01 10:00:00") WORK("2024-03-01 10:00:01"),
         WORK("2024-03-01 10:00:01") END("2024-03-01 10:00:09"), NULL},
        {START("2024-03-01 10:00:00") WORK("2024-03-01 10:00:01"),
         WORK("2024-03-01 10:30:01") END("2024-03-01 10:30:09"), NULL},
        {START("2024-03-01 10:00:00") END("2024-03-01 10:00:01"),
         START("2024-03-21 10:00:01") END("2024-03-21 10:00:09"), NULL},
        {START("2024-03-01 10:00:00") WORK("2024-03-01 10:00:01"),
         START("2024-08-21 10:00:01") END("2024-08-21 10:00:09"), NULL},
        /* Its beginning must stand somewhere. */
        {START("2024-03-01 10:00:00") END("2024-03-01 10:00:01"),
         WORK("2024-03-01 10:05:01") END("2024-03-01 10:05:09"),
         "CbsPersist_1.log:2 (2024-03-01T10:00:01) and this line (2024-03-01T10:05:01)"},
        {START("2024-03-01 10:00:00") WORK("2024-03-01 10:00:01"),
         WORK("2024-03-03 10:00:01") END("2024-03-03 10:00:09"), "a rotated log is missing"},
        /* A run that waits for a start is not looked for months later. */
        {START("2024-03-01 10:00:00") LINE(
             "2024-03-01 10:00:01",
             "Failed to process advanced operation queue, startupPhase: 0.  A rollback transaction "
             "will be created. [HRESULT = 0x800f0922 - CBS_E_INSTALLERS_FAILED]"),
         START("2024-08-21 10:00:01") END("2024-08-21 10:00:09"), "after so long a time"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_gap(fixture, &cases[i]);
    remove_file(fixture, "CbsPersist_1.log");
    remove_file(fixture, "CBS.log");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_is_told_by_folder_and_name_without_decoration),
        cmocka_unit_test(a_run_cut_at_any_line_is_one_run),
        cmocka_unit_test(a_section_cut_at_any_line_is_one_section),
        cmocka_unit_test(a_run_goes_on_through_a_log_that_holds_nothing_else),
        cmocka_unit_test(what_a_copy_or_a_part_of_a_log_holds_counts_once),
        cmocka_unit_test(a_log_that_differs_in_one_letter_is_no_copy),
        cmocka_unit_test(a_run_in_two_logs_that_overlap_counts_once),
        cmocka_unit_test(only_what_can_not_follow_is_a_gap),
    };
    return cmocka_run_group_tests(tests, make_fixture, remove_fixture);
}
