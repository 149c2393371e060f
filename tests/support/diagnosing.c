#include "support/diagnosing.h"

#include <stdio.h>

#include "report/json_report.h"
#include "rules/load.h"
#include "support/capture.h"

int load_builtin_rules(void **state)
{
    struct cw_rules *rules = NULL;
    if (cw_rules_load_builtin(NULL, &rules, NULL, NULL) < 0)
        return -1;
    *state = rules;
    return 0;
}

int free_rules(void **state)
{
    cw_rules_free(*state);
    return 0;
}

static void note_problem(void *context, const struct cw_place *place, bool is_error,
                         const char *text)
{
    (void)context;
    if (is_error)
        fail_msg("pack:%u:%u: %s", place->line, place->column, text);
}

struct cw_rules *load_pack(const char *json)
{
    struct cw_rule_file file = {.name = CW_STR("pack.json"), .bytes = cw_str_c(json)};
    struct cw_problem_sink sink = {note_problem, NULL};
    struct cw_rules *rules = NULL;
    assert_int_equal(cw_rules_load(&file, 1, &sink, &rules, NULL, NULL), CW_OK);
    return rules;
}

struct cw_rules *load_no_rules(void)
{
    struct cw_rules *rules = NULL;
    assert_int_equal(cw_rules_load(NULL, 0, NULL, &rules, NULL, NULL), CW_OK);
    return rules;
}

struct diagnosed diagnose_logs(const struct cw_rules *rules, const struct named_log *logs,
                               size_t count)
{
    struct diagnosed diagnosed = {0};
    assert_int_equal(cw_diagnosis_new(rules, &diagnosed.diagnosis, NULL), CW_OK);
    for (size_t i = 0; i < count; i++) {
        if (logs[i].text.ptr)
            assert_int_equal(
                cw_diagnosis_add_memory(diagnosed.diagnosis, logs[i].name, logs[i].text, 0, NULL),
                CW_OK);
    }
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, NULL), CW_OK);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    return diagnosed;
}

struct diagnosed diagnose_bytes(const struct cw_rules *rules, struct cw_str cbs,
                                struct cw_str setupapi)
{
    const struct named_log logs[] = {{CBS_NAME, cbs}, {SETUPAPI_NAME, setupapi}};
    return diagnose_logs(rules, logs, 2);
}

struct diagnosed diagnose(const struct cw_rules *rules, const char *cbs, const char *setupapi)
{
    return diagnose_bytes(rules, cw_str_c(cbs), cw_str_c(setupapi));
}

struct diagnosed diagnose_file(const struct cw_rules *rules, const char *path)
{
    struct diagnosed diagnosed = {0};
    assert_int_equal(cw_diagnosis_new(rules, &diagnosed.diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add(diagnosed.diagnosis, path, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, NULL), CW_OK);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    return diagnosed;
}

struct diagnosed diagnose_runs(const struct cw_rules *rules, const char *first, const char *second,
                               const char *third)
{
    struct cw_buf log;
    cw_buf_init(&log, 100000);
    assert_true(cw_buf_append(&log, cw_str_c(first)) && cw_buf_append(&log, cw_str_c(second)) &&
                cw_buf_append(&log, cw_str_c(third)));
    struct diagnosed diagnosed = diagnose(rules, log.data, NULL);
    cw_buf_done(&log);
    return diagnosed;
}

void free_diagnosed(struct diagnosed *diagnosed)
{
    cw_diagnosis_free(diagnosed->diagnosis);
    *diagnosed = (struct diagnosed){0};
}

void assert_findings(const struct diagnosed *diagnosed, const char *expected)
{
    const struct cw_report *report = diagnosed->report;
    struct cw_buf text;
    cw_buf_init(&text, 64 * 1024);
    (void)cw_buf_printf(&text, "%s:", cw_verdict_name(report->verdict).ptr);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct cw_finding *finding = &report->findings[i];
        (void)cw_buf_printf(&text, "%s %.*s %s", i ? "," : "", CW_STR_ARG(finding->id),
                            cw_finding_role_name(finding->role).ptr);
        if (finding->occurrences != 1)
            (void)cw_buf_printf(&text, " x%zu", finding->occurrences);
    }
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
}

void assert_diagnosis(const struct cw_rules *rules, const char *cbs, const char *setupapi,
                      const char *expected)
{
    struct diagnosed diagnosed = diagnose(rules, cbs, setupapi);
    assert_findings(&diagnosed, expected);
    free_diagnosed(&diagnosed);
}

void assert_strings(const struct cw_strings *strings, const char *expected)
{
    struct cw_buf text;
    cw_buf_init(&text, 64 * 1024);
    (void)cw_buf_append(&text, CW_STR(""));
    for (size_t i = 0; i < strings->count; i++)
        (void)cw_buf_printf(&text, "%s%.*s", i ? ", " : "", CW_STR_ARG(strings->items[i]));
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
}

void assert_entity(const struct diagnosed *diagnosed, enum cw_entity entity, const char *expected)
{
    assert_true(diagnosed->report->finding_count > 0);
    assert_strings(&diagnosed->report->findings[0].entities.of[entity], expected);
}

void assert_agreed(const struct diagnosed *diagnosed, const char *expected)
{
    assert_true(diagnosed->report->finding_count > 0);
    assert_strings(&diagnosed->report->findings[0].agreed, expected);
}

void assert_missing(const struct diagnosed *diagnosed, const char *what)
{
    const struct cw_report *report = diagnosed->report;
    struct cw_buf text;
    cw_buf_init(&text, 4096);
    (void)cw_buf_append(&text, CW_STR(""));
    for (size_t i = 0; i < report->missing_count; i++)
        (void)cw_buf_printf(&text, "%s%.*s", i ? "; " : "", CW_STR_ARG(report->missing[i].what));
    assert_string_equal(text.data, what ? what : "");
    cw_buf_done(&text);
}

struct cw_buf json_of(const struct cw_report *report)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    assert_int_equal(cw_report_json(report, NULL, &output, NULL), CW_OK);
    return capture.buf;
}

struct cw_buf read_fixture_file(const char *path)
{
    char full[512];
    char piece[4096];
    size_t size;
    struct cw_buf bytes;
    cw_buf_init(&bytes, (size_t)64 * 1024 * 1024);
    (void)snprintf(full, sizeof(full), "%s/%s", CW_FIXTURES, path);
    FILE *file = fopen(full, "rb");
    if (!file)
        fail_msg("can not read %s", full);
    while ((size = fread(piece, 1, sizeof(piece), file)) > 0)
        assert_true(cw_buf_append(&bytes, (struct cw_str){piece, size}));
    (void)fclose(file);
    return bytes;
}
