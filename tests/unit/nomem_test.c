/* Every allocation fails once, one after the other: nothing crashes, nothing leaks, and what can
 * not be done says so. This program alone is linked with --wrap, see tests/CMakeLists.txt. */
#include "support/test.h"

#include <stdlib.h>

#include "cbswhy/analysis.h"
#include "cbswhy/redaction.h"
#include "report/renderer.h"
#include "rules/load.h"
#include "support/capture.h"
#include "support/diagnosing.h"
#include "support/stories.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static struct {
    size_t fail_at; /* the n-th allocation from now, from 1; 0 = none */
    size_t count;
    long live; /* blocks that were not freed */
} memory;

static bool may_allocate(void)
{
    memory.count++;
    return memory.count != memory.fail_at;
}

void *__wrap_malloc(size_t size)
{
    void *block = may_allocate() ? __real_malloc(size) : NULL;
    memory.live += block != NULL;
    return block;
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *block = may_allocate() ? __real_calloc(count, size) : NULL;
    memory.live += block != NULL;
    return block;
}

void *__wrap_realloc(void *old, size_t size)
{
    void *block = may_allocate() ? __real_realloc(old, size) : NULL;
    memory.live += block && !old;
    return block;
}

void __wrap_free(void *block)
{
    memory.live -= block != NULL;
    __real_free(block);
}

/* What a test does with one allocation failing; 0 or a negative status. */
typedef int attempt(void *context, struct cw_error *error);

static void assert_survives(attempt *try, void *context)
{
    enum { MOST = 100000 };
    size_t refused = 0;
    for (size_t n = 1; n < MOST; n++) {
        struct cw_error error = {0};
        long before = memory.live;
        memory.count = 0;
        memory.fail_at = n;
        int status = try(context, &error);
        bool failed = memory.count >= n;
        memory.fail_at = 0;
        if (memory.live != before)
            fail_msg("allocation %d: %d blocks leak", (int)n, (int)(memory.live - before));
        if (status != CW_OK && status != CW_ERR_NOMEM)
            fail_msg("allocation %d: status %d, %s", (int)n, status, error.text);
        if (status == CW_ERR_NOMEM && (error.status != CW_ERR_NOMEM || !error.text[0]))
            fail_msg("allocation %d: no text", (int)n);
        refused += status == CW_ERR_NOMEM;
        if (!failed) {
            assert_int_equal(status, CW_OK);
            assert_true(refused > 0);
            return;
        }
    }
    fail_msg("it never ends");
}

/* --- a diagnosis ----------------------------------------------------------------------------- */

struct case_of_logs {
    const struct cw_rules *rules;
    const char *cbs, *setupapi; /* text, may be NULL */
    const char *path;           /* a file, may be NULL */
};

static int discard(void *context, const char *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return CW_OK;
}

static const struct cw_output nowhere = {discard, NULL};

static int read_logs(const struct case_of_logs *logs, struct cw_diagnosis *diagnosis,
                     struct cw_error *error)
{
    int status = CW_OK;
    if (logs->cbs)
        status = cw_diagnosis_add_memory(diagnosis, CBS_NAME, cw_str_c(logs->cbs), 0, error);
    if (status == CW_OK && logs->setupapi)
        status =
            cw_diagnosis_add_memory(diagnosis, SETUPAPI_NAME, cw_str_c(logs->setupapi), 0, error);
    if (status == CW_OK && logs->path)
        status = cw_diagnosis_add(diagnosis, logs->path, error);
    return status == CW_OK ? cw_diagnosis_finish(diagnosis, error) : status;
}

static int render(enum cw_report_format format, const struct cw_report *report,
                  struct cw_error *error)
{
    struct cw_batch batch = {.renderer = cw_renderer_of(format), .output = &nowhere};
    if (batch.renderer->write)
        return cw_render(batch.renderer, report, NULL, &nowhere, error);
    int status = cw_render_in_batch(&batch, "input", report, error);
    if (status == CW_OK)
        status = batch.renderer->end(&batch, error);
    cw_test_results_done(&batch.results);
    return status;
}

static int diagnose_and_render(void *context, struct cw_error *error)
{
    const struct case_of_logs *logs = context;
    struct cw_diagnosis *diagnosis = NULL;
    int status = cw_diagnosis_new(logs->rules, &diagnosis, error);
    if (status < 0)
        return status;
    status = read_logs(logs, diagnosis, error);
    const struct cw_report *report = cw_diagnosis_report(diagnosis);
    for (int format = 0; format < CW_FORMATS && status == CW_OK; format++)
        status = render((enum cw_report_format)format, report, error);
    cw_diagnosis_free(diagnosis);
    return status;
}

#define KB1 PACKAGE("KB5001111")

static void a_diagnosis_of_both_logs_survives_each_failed_allocation(void **state)
{
    struct case_of_logs logs = {
        .rules = *state,
        .cbs = UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", KB1, "cpu.inf", "5",
                                  "0x80070005"),
        .setupapi = DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf",
                                                   "Contoso Processor", "ContosoPm", "0x00000005",
                                                   "07:00:19.900"),
    };
    assert_survives(diagnose_and_render, &logs);
}

static void a_second_look_survives_each_failed_allocation(void **state)
{
    struct case_of_logs logs = {.rules = *state,
                                .path = CW_FIXTURES "/logs/cbs-unknown-failure.log"};
    assert_survives(diagnose_and_render, &logs);
}

static void a_folder_of_logs_of_every_form_survives_each_failed_allocation(void **state)
{
    struct case_of_logs logs = {.rules = *state, .path = CW_FIXTURES "/logs"};
    assert_survives(diagnose_and_render, &logs);
}

static void an_archive_survives_each_failed_allocation(void **state)
{
    struct case_of_logs logs = {.rules = *state, .path = CW_FIXTURES "/archives"};
    assert_survives(diagnose_and_render, &logs);
}

static void event_logs_survive_each_failed_allocation(void **state)
{
    static const char *const paths[] = {CW_FIXTURES "/cases/event-log-raw",
                                        CW_FIXTURES "/cases/event-log-xml"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct case_of_logs logs = {.rules = *state, .path = paths[i]};
        assert_survives(diagnose_and_render, &logs);
    }
}

static void a_damaged_excerpt_survives_each_failed_allocation(void **state)
{
    struct case_of_logs logs = {.rules = *state,
                                .path = CW_FIXTURES "/cases/damaged-excerpt/ticket.txt"};
    assert_survives(diagnose_and_render, &logs);
}

static int write_redacted(struct cw_analysis *analysis, struct cw_redaction *redaction,
                          struct cw_error *error)
{
    int status = cw_redaction_add_word(redaction, "Blaubeer", error);
    if (status == CW_OK)
        status = cw_analysis_set_redaction(analysis, redaction, error);
    if (status == CW_OK)
        status = cw_analysis_add(
            analysis, CW_FIXTURES "/cases/command-analyze-redact/FIN-PC0815_setupapi.dev.log",
            error);
    if (status == CW_OK)
        status = cw_analysis_finish(analysis, error);
    if (status == CW_OK)
        status = cw_analysis_write(analysis, CW_FORMAT_HTML, NULL, &nowhere, error);
    return status == CW_OK ? cw_redaction_write(redaction, "erika", &nowhere, error) : status;
}

static int redact_and_render(void *context, struct cw_error *error)
{
    struct cw_redaction *redaction = NULL;
    struct cw_analysis *analysis = NULL;
    int status = cw_redaction_new(&redaction, error);
    if (status == CW_OK)
        status = cw_analysis_new(context, &analysis, error);
    if (status == CW_OK)
        status = write_redacted(analysis, redaction, error);
    cw_analysis_free(analysis);
    cw_redaction_free(redaction);
    return status;
}

static void a_redacted_report_survives_each_failed_allocation(void **state)
{
    struct cw_rules *rules = load_no_rules();
    (void)state;
    assert_survives(redact_and_render, rules);
    cw_rules_free(rules);
}

static int write_events(void *context, struct cw_error *error)
{
    return cw_events_write(context, NULL, &nowhere, error);
}

static void events_survive_each_failed_allocation(void **state)
{
    char path[] = CW_FIXTURES "/logs/cbs-windows-10.log";
    (void)state;
    assert_survives(write_events, path);
}

static void events_in_every_encoding_survive_each_failed_allocation(void **state)
{
    char code_page[] = CW_FIXTURES "/cases/command-events-code-page/setupapi.dev.log";
    char wide[] = CW_FIXTURES "/logs/setupapi-utf16le.log";
    (void)state;
    assert_survives(write_events, code_page);
    assert_survives(write_events, wide);
}

/* --- rules ----------------------------------------------------------------------------------- */

static int load_rules(void *context, struct cw_error *error)
{
    struct cw_rule_file file = {.name = CW_STR("pack.json"), .bytes = cw_str_c(context)};
    struct cw_rules *rules = NULL;
    int status = cw_rules_load(&file, 1, NULL, &rules, NULL, error);
    if (status == CW_OK)
        cw_rules_free(rules);
    return status;
}

static void a_pack_survives_each_failed_allocation(void **state)
{
    char pack[] =
        "{\"format\": 1, \"signals\": [{\"id\": \"s.one\", \"log\": \"cbs\", \"pattern\": "
        "\"Watchdog (?<inf>[^ ]+) expired (?:early|later)\", \"match\": [\"2021-05-06 07:00:00, "
        "Info                  CBS    Watchdog a.inf expired early\"], \"miss\": [\"2021-05-06 "
        "07:00:00, Info                  CBS    Watchdog armed\"]}], \"causes\": [{\"id\": "
        "\"c.one\", \"all\": [\"s.one\"], \"confidence\": \"observed\", \"confidence_reason\": "
        "{\"en\": \"r\"}, \"title\": {\"en\": \"${inf}\"}, \"explanation\": {\"en\": \"e\"}, "
        "\"actions\": [{\"kind\": \"fix\", \"text\": {\"en\": \"t\"}, \"commands\": [\"c\"]}], "
        "\"explains\": [\"c.*\"]}], \"knowledge\": {\"inf\": [{\"inf\": \"a.inf\", \"services\": "
        "[\"a\"], \"files\": [\"a.sys\"], \"source\": \"s\"}]}}";
    (void)state;
    assert_survives(load_rules, pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_diagnosis_of_both_logs_survives_each_failed_allocation),
        cmocka_unit_test(a_second_look_survives_each_failed_allocation),
        cmocka_unit_test(a_redacted_report_survives_each_failed_allocation),
        cmocka_unit_test(a_folder_of_logs_of_every_form_survives_each_failed_allocation),
        cmocka_unit_test(an_archive_survives_each_failed_allocation),
        cmocka_unit_test(event_logs_survive_each_failed_allocation),
        cmocka_unit_test(a_damaged_excerpt_survives_each_failed_allocation),
        cmocka_unit_test(events_survive_each_failed_allocation),
        cmocka_unit_test(events_in_every_encoding_survive_each_failed_allocation),
        cmocka_unit_test(a_pack_survives_each_failed_allocation),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
