/* An expectation has the form of the JSON report, so that one that was checked by a person is the
 * expectation of the next run; of a finding only `id`, `error.code` and `entities` count, and what
 * is left out is not compared. */
#include "report/expect.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/os.h"
#include "codes/code.h"
#include "report/of_analysis.h"
#include "report/redact.h"
#include "report/text_layout.h"

enum { FILE_MOST = 64 * 1024 * 1024, TEXT_MOST = 1024 * 1024 };

struct cw_expectation {
    cJSON *reports; /* an array of objects */
    bool *met;      /* of each whether it was compared; this alone changes */
};

/* What is compared, and what came of it. */
struct comparison {
    struct cw_buf *text;
    size_t count;
};

static int refuse(const char *path, struct cw_error *error)
{
    return cw_fail(error, CW_ERR_INVALID,
                   "'%s' holds no findings to expect: it is to be a report of cbswhy as JSON or "
                   "NDJSON, or such with less in it",
                   path);
}

/* Every line of NDJSON but the totals. */
static bool read_lines(cJSON *reports, struct cw_str text)
{
    while (text.len > 0) {
        struct cw_str line = cw_str_head(text, cw_str_find_char(text, '\n'));
        text = cw_str_from(text, line.len + 1);
        if (cw_str_trim(line).len == 0)
            continue;
        cJSON *report = cJSON_ParseWithLength(line.ptr, line.len);
        bool is_report = cJSON_IsArray(cJSON_GetObjectItemCaseSensitive(report, "findings"));
        bool is_totals = cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(report, "totals"));
        if (is_report && cJSON_AddItemToArray(reports, report))
            continue;
        cJSON_Delete(report);
        if (!is_totals)
            return false;
    }
    return cJSON_GetArraySize(reports) > 0;
}

static bool read_reports(cJSON *reports, struct cw_str text)
{
    cJSON *whole = cJSON_ParseWithLengthOpts(text.ptr, text.len + 1, NULL, true);
    if (!whole)
        return read_lines(reports, text);
    bool good = cJSON_IsArray(cJSON_GetObjectItemCaseSensitive(whole, "findings")) &&
                cJSON_AddItemToArray(reports, whole);
    if (!good)
        cJSON_Delete(whole);
    return good;
}

int cw_expectation_open(const char *path, struct cw_expectation **ret_expectation,
                        struct cw_error *error)
{
    struct cw_arena arena = {0};
    struct cw_str text;
    struct cw_expectation *expectation = calloc(1, sizeof(*expectation));
    int status =
        expectation ? cw_os_read_file(path, FILE_MOST, &arena, &text, error) : cw_fail_nomem(error);
    if (status == CW_OK) {
        expectation->reports = cJSON_CreateArray();
        if (!expectation->reports)
            status = cw_fail_nomem(error);
        else if (!read_reports(expectation->reports, text))
            status = refuse(path, error);
    }
    if (status == CW_OK) {
        size_t count = (size_t)cJSON_GetArraySize(expectation->reports);
        expectation->met = calloc(count, sizeof(*expectation->met));
        status = expectation->met ? CW_OK : cw_fail_nomem(error);
    }
    cw_arena_done(&arena);
    if (status == CW_OK)
        *ret_expectation = expectation;
    else
        cw_expectation_free(expectation);
    return status;
}

void cw_expectation_free(struct cw_expectation *expectation)
{
    if (!expectation)
        return;
    cJSON_Delete(expectation->reports);
    free(expectation->met);
    free(expectation);
}

static const char *input_of(const cJSON *report)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(report, "input"));
}

int cw_expectation_is_batch(const struct cw_expectation *expectation)
{
    return input_of(expectation->reports->child) != NULL;
}

const char *cw_expectation_next_unmet(const struct cw_expectation *expectation, size_t *index)
{
    size_t at = 0;
    const cJSON *report = NULL;
    cJSON_ArrayForEach(report, expectation->reports)
    {
        if (at++ < *index || expectation->met[at - 1] || !input_of(report))
            continue;
        *index = at;
        return input_of(report);
    }
    return NULL;
}

/* The report of this input, which is met now; one alone that names no input is meant for any. */
static const cJSON *find_report(const struct cw_expectation *expectation, const char *input)
{
    size_t at = 0;
    const cJSON *report = NULL;
    cJSON_ArrayForEach(report, expectation->reports)
    {
        const char *name = input_of(report);
        bool alone = !name && cJSON_GetArraySize(expectation->reports) == 1;
        bool found = alone || (name && strcmp(name, input) == 0);
        expectation->met[at++] |= found;
        if (found)
            return report;
    }
    return NULL;
}

/* A difference in a finding: "  ! id: text" */
static void begin_difference(struct comparison *comparison, struct cw_str id)
{
    comparison->count++;
    cw_buf_printf(comparison->text, "  ! %.*s: ", CW_STR_ARG(id));
}

static void compare_code(struct comparison *comparison, const cJSON *expected,
                         const struct cw_finding *finding)
{
    char text[CW_CODE_TEXT];
    uint32_t code = CW_CODE_NONE;
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(expected, "error");
    const char *spelling = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(error, "code"));
    bool readable = !spelling || cw_code_parse(cw_str_c(spelling), &code);
    if (!error || (readable && code == finding->code))
        return;
    begin_difference(comparison, finding->id);
    cw_buf_printf(comparison->text, "the code is %s, expected %s\n",
                  finding->code == CW_CODE_NONE ? "none" : cw_code_text(finding->code, text),
                  spelling ? spelling : "none");
}

static bool expects_value(const cJSON *values, struct cw_str value)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, values)
    {
        if (cw_str_eq_nocase(cw_str_c(cJSON_GetStringValue(item)), value))
            return true;
    }
    return false;
}

static void compare_entities(struct comparison *comparison, const cJSON *expected,
                             const struct cw_finding *finding, enum cw_entity kind)
{
    const struct cw_strings *found = &finding->entities.of[kind];
    const char *name = cw_entity_name(kind).ptr;
    const cJSON *entities = cJSON_GetObjectItemCaseSensitive(expected, "entities");
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(entities, name);
    const cJSON *item = NULL;
    if (!cJSON_IsArray(values))
        return;
    cJSON_ArrayForEach(item, values)
    {
        struct cw_str value = cw_str_c(cJSON_GetStringValue(item));
        if (value.len == 0 || cw_strings_has(found, value))
            continue;
        begin_difference(comparison, finding->id);
        cw_buf_printf(comparison->text, "%s %s is missing\n", name, value.ptr);
    }
    for (size_t i = 0; i < found->count; i++) {
        if (expects_value(values, found->items[i]))
            continue;
        begin_difference(comparison, finding->id);
        cw_buf_printf(comparison->text, "%s %.*s was not expected\n", name,
                      CW_STR_ARG(found->items[i]));
    }
}

/* Which finding of this id is the `nth`; SIZE_MAX when there are fewer. */
static size_t find_finding(const struct cw_report *report, struct cw_str id, size_t nth)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        if (cw_str_eq(report->findings[i].id, id) && nth-- == 0)
            return i;
    }
    return SIZE_MAX;
}

static struct cw_str id_of(const cJSON *expected)
{
    return cw_str_c(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(expected, "id")));
}

/* How many of the items before `end` have its id. */
static size_t count_before(const cJSON *findings, const cJSON *end)
{
    size_t count = 0;
    for (const cJSON *item = findings->child; item != end; item = item->next)
        count += cw_str_eq(id_of(item), id_of(end));
    return count;
}

static void compare_finding(struct comparison *comparison, const cJSON *findings,
                            const cJSON *expected, const struct cw_report *report)
{
    struct cw_str id = id_of(expected);
    size_t index = find_finding(report, id, count_before(findings, expected));
    if (index == SIZE_MAX) {
        comparison->count++;
        cw_buf_printf(comparison->text, "  - finding %.*s is missing\n", CW_STR_ARG(id));
        return;
    }
    const struct cw_finding *finding = &report->findings[index];
    compare_code(comparison, expected, finding);
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++)
        compare_entities(comparison, expected, finding, (enum cw_entity)kind);
}

static void name_unexpected(struct comparison *comparison, const cJSON *findings,
                            const struct cw_report *report)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        struct cw_str id = report->findings[i].id;
        size_t found = 0;
        size_t wanted = 0;
        const cJSON *expected = NULL;
        for (size_t k = 0; k <= i; k++)
            found += cw_str_eq(report->findings[k].id, id);
        cJSON_ArrayForEach(expected, findings) wanted += cw_str_eq(id_of(expected), id);
        if (found <= wanted)
            continue;
        comparison->count++;
        cw_buf_printf(comparison->text, "  + finding %.*s was not expected: %.*s\n", CW_STR_ARG(id),
                      CW_STR_ARG(report->findings[i].title));
    }
}

/* Without an expectation nothing is to fail. */
static size_t name_failure(const struct cw_report *report, struct cw_buf *differences)
{
    if (report->verdict != CW_VERDICT_FAILURE)
        return 0;
    cw_buf_printf(differences, "  %.*s\n", CW_STR_ARG(report->summary));
    return 1;
}

size_t cw_expectation_differ(const struct cw_expectation *expectation, const char *input,
                             const struct cw_report *report, struct cw_buf *differences)
{
    struct comparison comparison = {differences, 0};
    if (!expectation)
        return name_failure(report, differences);
    const cJSON *wanted = find_report(expectation, input);
    if (!wanted) {
        cw_buf_append(differences, CW_STR("  nothing is expected of this input\n"));
        return 1;
    }
    const cJSON *findings = cJSON_GetObjectItemCaseSensitive(wanted, "findings");
    const cJSON *expected = NULL;
    cJSON_ArrayForEach(expected, findings) compare_finding(&comparison, findings, expected, report);
    name_unexpected(&comparison, findings, report);
    const char *verdict = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(wanted, "verdict"));
    if (verdict && !cw_str_eq(cw_str_c(verdict), cw_verdict_name(report->verdict))) {
        comparison.count++;
        cw_buf_printf(differences, "  ! the verdict is %s, expected %s\n",
                      cw_verdict_name(report->verdict).ptr, verdict);
    }
    return comparison.count;
}

/* Writes the text as a terminal may show it. */
static int write_shown(const struct cw_buf *text, const struct cw_output *output,
                       struct cw_error *error)
{
    struct cw_buf safe;
    int status = CW_OK;
    cw_buf_init(&safe, (size_t)TEXT_MOST * 4);
    cw_text_escape(&safe, cw_buf_str(text), true);
    if (text->failed || safe.failed)
        status = cw_fail_nomem(error);
    else if (safe.len && output->write(output->context, safe.data, safe.len) < 0)
        status = cw_fail(error, CW_ERR_IO, "the differences could not be written");
    cw_buf_done(&safe);
    return status;
}

static int status_or_count(int status, size_t count)
{
    return status < 0 ? status : count < INT32_MAX ? (int)count : INT32_MAX;
}

/* With tokens, when the report has them. */
static bool put_safe(struct cw_redaction *redaction, struct cw_str text, enum cw_redact_field field,
                     struct cw_buf *buf)
{
    return redaction ? cw_redaction_put(redaction, text, field, buf) == CW_OK
                     : cw_buf_append(buf, text);
}

int cw_expectation_compare(const struct cw_expectation *expectation, const char *input,
                           const struct cw_analysis *analysis, const struct cw_output *output,
                           struct cw_error *error)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    struct cw_buf name;
    struct cw_buf shown;
    cw_buf_init(&name, TEXT_MOST);
    cw_buf_init(&shown, TEXT_MOST);
    struct cw_redaction *redaction = cw_analysis_redaction(analysis);
    bool done = put_safe(redaction, cw_str_c(input), CW_REDACT_FILE, &name);
    const char *called = name.data ? name.data : "";
    cw_buf_printf(&text, "%s\n", called);
    size_t count = cw_expectation_differ(expectation, called, cw_analysis_report(analysis), &text);
    done = done && put_safe(redaction, cw_buf_str(&text), CW_REDACT_REMARK, &shown);
    shown.failed |= !done || text.failed;
    int status = count || shown.failed ? write_shown(&shown, output, error) : CW_OK;
    cw_buf_done(&text);
    cw_buf_done(&name);
    cw_buf_done(&shown);
    return status_or_count(status, count);
}

int cw_expectation_unmet(const struct cw_expectation *expectation, const struct cw_output *output,
                         struct cw_error *error)
{
    struct cw_buf text;
    size_t index = 0;
    size_t count = 0;
    const char *input;
    cw_buf_init(&text, TEXT_MOST);
    for (; (input = cw_expectation_next_unmet(expectation, &index)) != NULL; count++)
        cw_buf_printf(&text, "%s\n  " CW_EXPECTED_INPUT_MISSING "\n", input);
    int status = write_shown(&text, output, error);
    cw_buf_done(&text);
    return status_or_count(status, count);
}
