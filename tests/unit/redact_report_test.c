/* Whole reports: nothing but names goes, and every name does. */
#include "report/redact_strings.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#include "base/os.h"
#include "cbswhy/redaction.h"
#include "report/guarded.h"
#include "report/of_analysis.h"
#include "report/renderer.h"
#include "support/capture.h"
#include "support/diagnosing.h"
#include "support/sample_report.h"

#define CASES CW_FIXTURES "/cases"
#define EVERYTHING CASES "/command-analyze-redact"

static struct cw_analysis *analyze(const struct cw_rules *rules, const char *path,
                                   struct cw_redaction *redaction)
{
    struct cw_analysis *analysis = NULL;
    assert_int_equal(cw_analysis_new(rules, &analysis, NULL), CW_OK);
    if (redaction)
        assert_int_equal(cw_analysis_set_redaction(analysis, redaction, NULL), CW_OK);
    assert_int_equal(cw_analysis_add(analysis, path, NULL), CW_OK);
    assert_int_equal(cw_analysis_finish(analysis, NULL), CW_OK);
    return analysis;
}

static void assert_same_answer(const char *name, const struct cw_report *plain,
                               const struct cw_report *redacted)
{
    bool same =
        plain->verdict == redacted->verdict && plain->finding_count == redacted->finding_count;
    for (size_t i = 0; i < plain->finding_count && same; i++) {
        const struct cw_finding *a = &plain->findings[i];
        const struct cw_finding *b = &redacted->findings[i];
        same = cw_str_eq(a->id, b->id) && cw_str_eq(a->fingerprint, b->fingerprint) &&
               a->role == b->role && a->confidence == b->confidence && a->code == b->code &&
               a->chain_count == b->chain_count && a->occurrences == b->occurrences;
    }
    if (!same)
        fail_msg("%s: the answer is another one", name);
}

static void assert_case_keeps_its_answer(const struct cw_rules *rules, const char *path)
{
    struct cw_redaction *redaction = NULL;
    assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
    struct cw_analysis *plain = analyze(rules, path, NULL);
    struct cw_analysis *redacted = analyze(rules, path, redaction);
    assert_same_answer(path, cw_analysis_report(plain), cw_analysis_report(redacted));
    cw_analysis_free(plain);
    cw_analysis_free(redacted);
    cw_redaction_free(redaction);
}

static void redaction_changes_no_answer(void **state)
{
    static const char *const folders[] = {CASES, CW_FIXTURES "/knowledge"};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        struct cw_arena arena = {0};
        struct cw_str *names;
        size_t count;
        assert_int_equal(cw_os_list_folder(folders[i], &arena, &names, &count, NULL), CW_OK);
        assert_true(count > 10);
        for (size_t k = 0; k < count; k++) {
            char path[1024];
            (void)snprintf(path, sizeof(path), "%s/%.*s", folders[i], CW_STR_ARG(names[k]));
            assert_case_keeps_its_answer(*state, path);
        }
        cw_arena_done(&arena);
    }
}

static void write_format(const struct cw_analysis *analysis, enum cw_report_format format,
                         const struct cw_output *output)
{
    struct cw_style style = {.verbose = 1, .all_titles = 1, .language = CW_LANGUAGE_ZH_CN};
    if (!cw_format_is_batch(format)) {
        assert_int_equal(cw_analysis_write(analysis, format, &style, output, NULL), CW_OK);
        return;
    }
    struct cw_batch *batch = NULL;
    assert_int_equal(cw_batch_begin(format, &style, output, &batch, NULL), CW_OK);
    assert_int_equal(cw_batch_add(batch, EVERYTHING "/FIN-PC0815_setupapi.dev.log", analysis, NULL),
                     CW_OK);
    assert_int_equal(cw_batch_end(batch, NULL), CW_OK);
    cw_batch_free(batch);
}

/* What stands in the fixture, in small letters; and parts that no escape can hide. */
static const char *const secrets[] = {
    "mustermann", "erikam",     "emuster",     "fin-pc",       "pc0815",
    "finanz",     "wsus07",     "397955417",   "4c5300012309", "5e-00-53",
    "5eff",       "192.0.2.17", "adler setup", "projekt",      "blaubeer",
};

static void assert_none(enum cw_report_format format, const struct capture *capture)
{
    struct cw_str text = cw_buf_str(&capture->buf);
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        size_t at = cw_str_find_nocase(text, cw_str_c(secrets[i]));
        if (at != SIZE_MAX)
            fail_msg("%s holds %s: %.*s", cw_format_name(format), secrets[i], 80,
                     text.ptr + (at > 40 ? at - 40 : 0));
    }
}

static void no_format_shows_what_is_hidden(void **state)
{
    struct cw_redaction *redaction = NULL;
    assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
    assert_int_equal(cw_redaction_add_word(redaction, "Blaubeer", NULL), CW_OK);
    struct cw_analysis *analysis = analyze(*state, EVERYTHING, redaction);
    for (int format = 0; format < CW_FORMATS; format++) {
        struct capture capture;
        const struct cw_output output = capture_begin(&capture);
        write_format(analysis, (enum cw_report_format)format, &output);
        assert_true(capture.buf.len > 0);
        assert_none((enum cw_report_format)format, &capture);
        cw_buf_done(&capture.buf);
    }
    const struct cw_redacted *redacted = &cw_analysis_report(analysis)->redacted;
    assert_true(redacted->done && redacted->values[CW_IDENTIFIER_USER] > 1);
    assert_int_equal(redacted->by_place, 1);
    cw_analysis_free(analysis);
    cw_redaction_free(redaction);
}

/* Keys of the JSON form whose strings come from a list of ours, never from a log. */
static bool is_ours(const char *key)
{
    static const char *const keys[] = {
        "schema_version",
        "name",
        "version",
        "rules_version",
        "verdict",
        "os_version",
        "architecture",
        "utc_offset",
        "id",
        "role",
        "confidence",
        "code",
        "symbol",
        "message",
        "as_written",
        "stage",
        "time",
        "kind",
        "fingerprint",
        "agreed",
        "first",
        "last",
        "encoding",
        "leaning",
        "driver_logs_since",
        "same",
        "installed",
    };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(key, keys[i]) == 0)
            return true;
    }
    return false;
}

static void assert_visited(const cJSON *node, const char *key)
{
    const cJSON *item = NULL;
    if (cJSON_IsString(node) && node->valuestring[0] && !is_ours(key) &&
        strcmp(node->valuestring, "@") != 0)
        fail_msg("%s is not redacted: %s", key, node->valuestring);
    cJSON_ArrayForEach(item, node) assert_visited(item, item->string ? item->string : key);
}

static int put_sign(void *context, enum cw_redact_field field, struct cw_str *text)
{
    (void)context;
    (void)field;
    *text = CW_STR("@");
    return CW_OK;
}

static void assert_all_visited(const struct cw_report *report)
{
    struct cw_arena arena = {0};
    const struct cw_redact_visitor visitor = {put_sign, NULL, &arena};
    struct cw_report signs;
    assert_int_equal(cw_redact_strings(report, &visitor, &signs), CW_OK);
    struct cw_buf json = json_of(&signs);
    cJSON *root = cJSON_Parse(json.data);
    assert_non_null(root);
    assert_visited(root, "");
    cJSON_Delete(root);
    cw_buf_done(&json);
    cw_arena_done(&arena);
}

static void every_string_that_a_log_may_fill_is_redacted(void **state)
{
    static const char *const names[] = {
        "command-analyze-redact",        "driver-service-write-denied",
        "update-failed-for-two-reasons", "third-party-offline-image",
        "third-party-gone-then-written", "mounted-windows",
    };
    void *made = NULL;
    assert_int_equal(sample_set_up(&made), 0);
    assert_all_visited(&((const struct sample *)made)->report);
    sample_tear_down(&made);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[1024];
        (void)snprintf(path, sizeof(path), CASES "/%s", names[i]);
        struct cw_analysis *analysis = analyze(*state, path, NULL);
        assert_all_visited(cw_analysis_report(analysis));
        cw_analysis_free(analysis);
    }
}

/* A renderer that goes past the report. */
static int leak(const struct cw_report *report, const struct cw_style *style,
                const struct cw_output *output, struct cw_error *error)
{
    static const char text[] = "on FIN-PC0815\n";
    (void)report;
    (void)style;
    (void)error;
    return output->write(output->context, text, sizeof(text) - 1);
}

/* One that has a name among its own words. */
static int speak(const struct cw_report *report, const struct cw_style *style,
                 const struct cw_output *output, struct cw_error *error)
{
    (void)report;
    return leak(NULL, style, output, error);
}

/* And one that says it once more when there is text. */
static int leak_with_text(const struct cw_report *report, const struct cw_style *style,
                          const struct cw_output *output, struct cw_error *error)
{
    if (report->source_count && !cw_str_eq(report->sources[0].path, CW_STR("x")))
        (void)leak(NULL, style, output, error);
    return leak(NULL, style, output, error);
}

static void a_leftover_is_a_failure_that_does_not_name_it(void **state)
{
    struct cw_redaction *redaction = NULL;
    assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
    struct cw_analysis *analysis = analyze(*state, EVERYTHING, redaction);
    const struct cw_report *report = cw_analysis_report(analysis);
    const struct cw_renderer leaking = {.name = "x", .write = leak_with_text};
    const struct cw_renderer speaking = {.name = "x", .write = speak};
    struct capture capture;
    struct cw_error error = {0};
    const struct cw_output output = capture_begin(&capture);
    assert_int_equal(cw_render_guarded(&leaking, report, NULL, redaction, &output, &error),
                     CW_ERR_INVALID);
    assert_int_equal(capture.buf.len, 0);
    assert_non_null(strstr(error.text, "'host'"));
    assert_null(strstr(error.text, "0815"));
    assert_int_equal(cw_render_guarded(&speaking, report, NULL, redaction, &output, &error), CW_OK);
    assert_true(capture.buf.len > 0);
    cw_buf_done(&capture.buf);
    cw_analysis_free(analysis);
    cw_redaction_free(redaction);
}

static void one_redaction_serves_several_analyses(void **state)
{
    struct cw_redaction *redaction = NULL;
    assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
    struct cw_analysis *first = analyze(*state, EVERYTHING, redaction);
    struct cw_buf once = json_of(cw_analysis_report(first));
    struct cw_analysis *second = analyze(*state, EVERYTHING, redaction);
    struct cw_buf twice = json_of(cw_analysis_report(second));
    assert_string_equal(once.data, twice.data);
    cw_buf_done(&once);
    cw_buf_done(&twice);
    cw_analysis_free(first);
    cw_analysis_free(second);
    cw_redaction_free(redaction);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redaction_changes_no_answer),
        cmocka_unit_test(no_format_shows_what_is_hidden),
        cmocka_unit_test(every_string_that_a_log_may_fill_is_redacted),
        cmocka_unit_test(a_leftover_is_a_failure_that_does_not_name_it),
        cmocka_unit_test(one_redaction_serves_several_analyses),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
