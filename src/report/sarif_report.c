/* Names and nesting are those of the standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
#include "report/sarif_report.h"

#include <stdio.h>

#include "report/facts.h"
#include "report/json_writer.h"

enum { PATH_MOST = 64 * 1024, HELP_MOST = 1024 * 1024 };

/* "{"text": ...}" under `key`. */
static void write_message(struct cw_json *json, const char *key, struct cw_str text)
{
    cw_json_key(json, key);
    cw_json_object(json);
    cw_json_member_str(json, "text", text);
    cw_json_object_end(json);
}

static bool stays_in_uri(char c)
{
    char lower = cw_to_lower(c);
    return (lower >= 'a' && lower <= 'z') || cw_is_digit(c) || (c && strchr("-._~/", c));
}

/* The path as a relative or a file URI; a backslash separates folders in it. */
static void write_uri(struct cw_json *json, struct cw_str path)
{
    struct cw_buf uri;
    cw_buf_init(&uri, PATH_MOST);
    if (cw_str_starts(path, CW_STR("/")))
        cw_buf_append(&uri, CW_STR("file://"));
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i] == '\\' ? '/' : path.ptr[i];
        if (stays_in_uri(c))
            cw_buf_char(&uri, c);
        else
            cw_buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)c);
    }
    json->status = uri.failed && json->status == CW_OK ? CW_ERR_NOMEM : json->status;
    cw_json_member_str(json, "uri", cw_buf_str(&uri));
    cw_buf_done(&uri);
}

static void write_place(struct cw_json *json, const struct cw_report *report,
                        const struct cw_chain_item *item)
{
    cw_json_key(json, "physicalLocation");
    cw_json_object(json);
    cw_json_key(json, "artifactLocation");
    cw_json_object(json);
    write_uri(json, report->sources[item->source].path);
    cw_json_object_end(json);
    cw_json_key(json, "region");
    cw_json_object(json);
    cw_json_member_uint(json, "startLine", item->line);
    cw_json_member_uint(json, "endLine", item->last_line);
    write_message(json, "snippet", item->text);
    cw_json_object_end(json);
    cw_json_object_end(json);
}

static void write_locations(struct cw_json *json, const struct cw_report *report,
                            const struct cw_finding *finding)
{
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    cw_json_key(json, "locations");
    cw_json_array(json);
    if (proof) {
        cw_json_object(json);
        write_place(json, report, proof);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_step(struct cw_json *json, const struct cw_report *report,
                       const struct cw_chain_item *item, size_t order)
{
    cw_json_object(json);
    cw_json_key(json, "location");
    cw_json_object(json);
    write_place(json, report, item);
    write_message(json, "message", item->note.len ? item->note : item->text);
    cw_json_object_end(json);
    cw_json_key(json, "kinds");
    cw_json_array(json);
    cw_json_str(json, cw_chain_role_name(item->role));
    cw_json_array_end(json);
    cw_json_member_uint(json, "executionOrder", order);
    cw_json_member_str(json, "importance",
                       item->role == CW_CHAIN_CAUSE ? CW_STR("essential")
                       : item->minor                ? CW_STR("unimportant")
                                                    : CW_STR("important"));
    cw_json_object_end(json);
}

static void write_flow(struct cw_json *json, const struct cw_report *report,
                       const struct cw_finding *finding)
{
    cw_json_key(json, "codeFlows");
    cw_json_array(json);
    if (finding->chain_count) {
        cw_json_object(json);
        cw_json_key(json, "threadFlows");
        cw_json_array(json);
        cw_json_object(json);
        cw_json_key(json, "locations");
        cw_json_array(json);
        for (size_t i = 0; i < finding->chain_count; i++)
            write_step(json, report, &finding->chain[i], i + 1);
        cw_json_array_end(json);
        cw_json_object_end(json);
        cw_json_array_end(json);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_related(struct cw_json *json, const struct cw_report *report,
                          const struct cw_chain_item *item, struct cw_str text)
{
    if (item->line == 0)
        return;
    cw_json_object(json);
    write_place(json, report, item);
    write_message(json, "message", text);
    cw_json_object_end(json);
}

/* What speaks for and against a driver of another vendor. */
static void write_interference(struct cw_json *json, const struct cw_report *report,
                               const struct cw_interference *interference)
{
    if (!interference->weighed)
        return;
    cw_json_key(json, "relatedLocations");
    cw_json_array(json);
    for (size_t i = 0; i < interference->pro_count; i++)
        write_related(json, report, &interference->pro[i].item, interference->pro[i].item.note);
    for (size_t i = 0; i < interference->contra_count; i++)
        write_related(json, report, &interference->contra[i].item,
                      interference->contra[i].item.note);
    for (size_t i = 0; i < interference->suspect_count; i++) {
        const struct cw_suspect *suspect = &interference->suspects[i];
        struct cw_buf text;
        cw_buf_init(&text, PATH_MOST);
        cw_put_suspect_facts(&text, CW_LANGUAGE_EN, suspect);
        write_related(json, report, &suspect->item, cw_buf_str(&text));
        json->status = text.failed && json->status == CW_OK ? CW_ERR_NOMEM : json->status;
        cw_buf_done(&text);
    }
    cw_json_array_end(json);
}

/* The first finding of the same rule: it stands for the rule. */
static size_t first_of_rule(const struct cw_report *report, size_t index)
{
    size_t first = 0;
    while (!cw_str_eq(report->findings[first].id, report->findings[index].id))
        first++;
    return first;
}

static size_t rule_index(const struct cw_report *report, size_t index)
{
    size_t first = first_of_rule(report, index);
    size_t rule = 0;
    for (size_t i = 0; i < first; i++)
        rule += first_of_rule(report, i) == i;
    return rule;
}

/* The steps to take, which GitHub shows beside the result and demands of every rule. */
static void write_help(struct cw_json *json, const struct cw_finding *finding)
{
    struct cw_buf text;
    cw_buf_init(&text, HELP_MOST);
    for (size_t i = 0; i < finding->action_count; i++) {
        const struct cw_action *action = &finding->actions[i];
        cw_buf_printf(&text, "%zu. %.*s: %.*s\n", i + 1, CW_STR_ARG(action->kind),
                      CW_STR_ARG(action->text));
        for (size_t k = 0; k < action->commands.count; k++)
            cw_buf_printf(&text, "     %.*s\n", CW_STR_ARG(action->commands.items[k]));
    }
    if (finding->action_count == 0)
        cw_buf_append(&text, finding->title);
    json->status = text.failed && json->status == CW_OK ? CW_ERR_NOMEM : json->status;
    write_message(json, "help", cw_str_trim(cw_buf_str(&text)));
    cw_buf_done(&text);
}

static void write_rules(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "rules");
    cw_json_array(json);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct cw_finding *finding = &report->findings[i];
        if (first_of_rule(report, i) != i)
            continue;
        cw_json_object(json);
        cw_json_member_str(json, "id", finding->id);
        write_message(json, "shortDescription", finding->title);
        write_message(json, "fullDescription", finding->explanation);
        write_help(json, finding);
        if (finding->references.count)
            cw_json_member_str(json, "helpUri", finding->references.items[0]);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_tool(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "tool");
    cw_json_object(json);
    cw_json_key(json, "driver");
    cw_json_object(json);
    cw_json_member_str(json, "name", CW_STR("cbswhy"));
    cw_json_member_str(json, "version", cw_str_c(cw_version()));
    write_rules(json, report);
    cw_json_key(json, "properties");
    cw_json_object(json);
    cw_json_member_str(json, "rules_version", report->rules_version);
    cw_json_object_end(json);
    cw_json_object_end(json);
    cw_json_object_end(json);
}

/* GitHub tells alerts apart by `primaryLocationLineHash` alone; the number behind it parts those
 * that have the same, as findings of two machines may. */
static void write_fingerprints(struct cw_json *json, const struct cw_report *report, size_t index)
{
    char text[64];
    struct cw_str fingerprint = report->findings[index].fingerprint;
    size_t number = 1;
    for (size_t i = 0; i < index; i++)
        number += cw_str_eq(report->findings[i].fingerprint, fingerprint);
    int len = snprintf(text, sizeof(text), "%.*s:%zu", CW_STR_ARG(fingerprint), number);
    cw_json_key(json, "partialFingerprints");
    cw_json_object(json);
    cw_json_member_str(json, "cbswhy/v1", fingerprint);
    cw_json_member_str(json, "primaryLocationLineHash", (struct cw_str){text, (size_t)len});
    cw_json_object_end(json);
}

static void write_result(struct cw_json *json, const struct cw_report *report, size_t index)
{
    static const char *const levels[] = {
        [CW_ROLE_ROOT_CAUSE] = "error",
        [CW_ROLE_CONTRIBUTING] = "warning",
        [CW_ROLE_RECOVERED] = "note",
        [CW_ROLE_UNEXPLAINED] = "error",
    };
    const struct cw_finding *finding = &report->findings[index];
    cw_json_object(json);
    cw_json_member_str(json, "ruleId", finding->id);
    cw_json_member_uint(json, "ruleIndex", rule_index(report, index));
    cw_json_member_str(json, "level", cw_str_c(levels[finding->role]));
    write_message(json, "message", finding->title);
    write_locations(json, report, finding);
    write_flow(json, report, finding);
    write_interference(json, report, &finding->interference);
    write_fingerprints(json, report, index);
    cw_json_key(json, "properties");
    cw_json_object(json);
    cw_json_member_str(json, "role", cw_finding_role_name(finding->role));
    cw_json_member_str(json, "confidence", cw_confidence_name(finding->confidence));
    cw_json_object_end(json);
    cw_json_object_end(json);
}

/* What was not read, and what was odd about the rest. */
static void write_invocation(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "invocations");
    cw_json_array(json);
    cw_json_object(json);
    cw_json_member_bool(json, "executionSuccessful", true);
    cw_json_key(json, "toolExecutionNotifications");
    cw_json_array(json);
    for (size_t i = 0; i < report->not_read_count + report->diagnostic_count; i++) {
        bool is_read = i >= report->not_read_count;
        struct cw_buf text;
        cw_buf_init(&text, PATH_MOST);
        if (is_read)
            cw_put_diagnostic(&text, CW_LANGUAGE_EN,
                              &report->diagnostics[i - report->not_read_count]);
        else
            cw_buf_printf(&text, "%.*s: %.*s", CW_STR_ARG(report->not_read[i].path),
                          CW_STR_ARG(report->not_read[i].reason));
        cw_json_object(json);
        cw_json_member_str(json, "level", is_read ? CW_STR("note") : CW_STR("warning"));
        write_message(json, "message", cw_buf_str(&text));
        cw_json_object_end(json);
        json->status = text.failed && json->status == CW_OK ? CW_ERR_NOMEM : json->status;
        cw_buf_done(&text);
    }
    cw_json_array_end(json);
    cw_json_object_end(json);
    cw_json_array_end(json);
}

int cw_report_sarif(const struct cw_report *report, const struct cw_style *style,
                    const struct cw_output *output, struct cw_error *error)
{
    struct cw_json json;
    (void)style;
    cw_json_begin(&json, output, 2);
    cw_json_object(&json);
    cw_json_member_str(&json, "$schema", CW_STR("https://json.schemastore.org/sarif-2.1.0.json"));
    cw_json_member_str(&json, "version", CW_STR("2.1.0"));
    cw_json_key(&json, "runs");
    cw_json_array(&json);
    cw_json_object(&json);
    write_tool(&json, report);
    write_invocation(&json, report);
    cw_json_key(&json, "results");
    cw_json_array(&json);
    for (size_t i = 0; i < report->finding_count; i++)
        write_result(&json, report, i);
    cw_json_array_end(&json);
    cw_json_object_end(&json);
    cw_json_array_end(&json);
    cw_json_object_end(&json);
    return cw_renderer_done(cw_json_end(&json), error);
}
