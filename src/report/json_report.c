/* One function an object of the schema, keys in the schema's order. Every key is always there: a
 * consumer tests for null, never for absence. */
#include "report/json_report.h"

#include "cbswhy/analysis.h"
#include "codes/code.h"
#include "report/json_writer.h"
#include "report/redact_json.h"
#include "report/renderer.h"

static void write_offset(struct cw_json *json, bool known, int minutes)
{
    char text[CW_TIME_TEXT];
    cw_json_key(json, "utc_offset");
    if (known)
        cw_json_str(json, cw_str_c(cw_offset_text(minutes, text)));
    else
        cw_json_null(json);
}

/* A line number, counted from 1; null for 0. */
static void write_line(struct cw_json *json, const char *key, uint64_t line)
{
    cw_json_key(json, key);
    if (line)
        cw_json_uint(json, line);
    else
        cw_json_null(json);
}

static void write_strings(struct cw_json *json, const char *key, const struct cw_strings *strings)
{
    cw_json_key(json, key);
    cw_json_array(json);
    for (size_t i = 0; i < strings->count; i++)
        cw_json_str(json, strings->items[i]);
    cw_json_array_end(json);
}

/* The name of a key that the model keeps as a cw_str. */
static void write_key(struct cw_json *json, struct cw_str name)
{
    char text[32];
    size_t len = name.len < sizeof(text) ? name.len : sizeof(text) - 1;
    if (len)
        memcpy(text, name.ptr, len);
    text[len] = '\0';
    cw_json_key(json, text);
}

static void write_tool(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "tool");
    cw_json_object(json);
    cw_json_member_str(json, "name", CW_STR("cbswhy"));
    cw_json_member_str(json, "version", cw_str_c(cw_version()));
    cw_json_member_str(json, "rules_version", report->rules_version);
    cw_json_object_end(json);
}

static void write_machine(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "machine");
    cw_json_object(json);
    cw_json_member_str_or_null(json, "os_version", report->os_version);
    cw_json_member_str_or_null(json, "architecture", report->architecture);
    write_offset(json, report->has_utc_offset, report->utc_offset);
    cw_json_object_end(json);
}

static void write_error(struct cw_json *json, const struct cw_finding *finding)
{
    char text[CW_CODE_TEXT];
    cw_json_key(json, "error");
    if (finding->code == CW_CODE_NONE) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_str(json, "code", cw_str_c(cw_code_text(finding->code, text)));
    cw_json_member_str_or_null(json, "symbol", cw_code_symbol(finding->code));
    cw_json_member_str_or_null(json, "message", cw_code_message(finding->code));
    write_strings(json, "as_written", &finding->as_written);
    cw_json_object_end(json);
}

static void write_entities(struct cw_json *json, const struct cw_entities *entities)
{
    cw_json_key(json, "entities");
    cw_json_object(json);
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        write_key(json, cw_entity_name((enum cw_entity)kind));
        cw_json_array(json);
        for (size_t i = 0; i < entities->of[kind].count; i++)
            cw_json_str(json, entities->of[kind].items[i]);
        cw_json_array_end(json);
    }
    cw_json_object_end(json);
}

static void write_outcome(struct cw_json *json, const struct cw_finding *finding)
{
    const struct cw_outcome *outcome = &finding->outcome;
    cw_json_key(json, "outcome");
    cw_json_object(json);
    cw_json_key(json, "rolled_back");
    if (outcome->rolled_back == CW_UNKNOWN)
        cw_json_null(json);
    else
        cw_json_bool(json, outcome->rolled_back == CW_YES);
    cw_json_member_str_or_null(json, "stage", outcome->stage);
    cw_json_key(json, "progress_percent");
    if (outcome->progress_percent < 0)
        cw_json_null(json);
    else
        cw_json_int(json, outcome->progress_percent);
    cw_json_member_str_or_null(json, "package_state", outcome->package_state);
    cw_json_member_str_or_null(json, "forward_state", outcome->forward_state);
    cw_json_member_str_or_null(json, "update", finding->update);
    cw_json_object_end(json);
}

/* The members of a quoted line, into an object that is open. */
static void write_line_members(struct cw_json *json, const struct cw_report *report,
                               const struct cw_chain_item *item)
{
    cw_json_member_time(json, "time", item->time);
    cw_json_member_bool(json, "time_approximate", item->time_approximate);
    cw_json_member_str(json, "source", report->sources[item->source].path);
    cw_json_member_uint(json, "line", item->line);
    cw_json_member_uint(json, "last_line", item->last_line);
    cw_json_member_str(json, "text", item->text);
}

static void write_chain(struct cw_json *json, const struct cw_report *report,
                        const struct cw_finding *finding)
{
    cw_json_key(json, "chain");
    cw_json_array(json);
    for (size_t i = 0; i < finding->chain_count; i++) {
        const struct cw_chain_item *item = &finding->chain[i];
        cw_json_object(json);
        cw_json_member_str(json, "role", cw_chain_role_name(item->role));
        write_line_members(json, report, item);
        cw_json_member_str_or_null(json, "note", item->note);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_actions(struct cw_json *json, const char *key, const struct cw_action *actions,
                          size_t count)
{
    cw_json_key(json, key);
    cw_json_array(json);
    for (size_t i = 0; i < count; i++) {
        cw_json_object(json);
        cw_json_member_str(json, "kind", actions[i].kind);
        cw_json_member_str(json, "text", actions[i].text);
        write_strings(json, "commands", &actions[i].commands);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_hypotheses(struct cw_json *json, const struct cw_finding *finding)
{
    cw_json_key(json, "hypotheses");
    cw_json_array(json);
    for (size_t i = 0; i < finding->hypothesis_count; i++) {
        const struct cw_hypothesis *hypothesis = &finding->hypotheses[i];
        cw_json_object(json);
        cw_json_member_str(json, "statement", hypothesis->statement);
        cw_json_member_str(json, "confidence", cw_confidence_name(hypothesis->confidence));
        cw_json_member_str_or_null(json, "reason", hypothesis->reason);
        write_actions(json, "settle", hypothesis->settle, hypothesis->settle_count);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_allowlist(struct cw_json *json, const struct cw_allowlist *allowlist)
{
    cw_json_key(json, "allowlist");
    cw_json_object(json);
    write_strings(json, "process", &allowlist->process);
    write_strings(json, "registry_key", &allowlist->registry_key);
    write_strings(json, "file", &allowlist->file);
    cw_json_object_end(json);
}

static void write_occurrences(struct cw_json *json, const struct cw_finding *finding)
{
    cw_json_key(json, "occurrences");
    cw_json_object(json);
    cw_json_member_uint(json, "count", finding->occurrences);
    cw_json_member_time(json, "first", finding->first_seen);
    cw_json_member_time(json, "last", finding->last_seen);
    cw_json_object_end(json);
}

static void write_cause_name(struct cw_json *json, const char *key,
                             const struct cw_cause_name *name)
{
    char code[CW_CODE_TEXT];
    bool known = name->code != CW_CODE_NONE;
    cw_json_key(json, key);
    cw_json_object(json);
    cw_json_member_str(json, "id", name->id);
    cw_json_member_str(json, "title", name->title);
    cw_json_member_str_or_null(json, "code",
                               known ? cw_str_c(cw_code_text(name->code, code)) : CW_STR_NONE);
    cw_json_member_str(json, "fingerprint", name->fingerprint);
    cw_json_object_end(json);
}

static void write_history(struct cw_json *json, const struct cw_attempts *history)
{
    cw_json_key(json, "history");
    if (history->count == 0) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_uint(json, "attempts", history->count);
    cw_json_member_uint(json, "recovered", history->recovered);
    cw_json_member_time(json, "first", history->first);
    cw_json_member_time(json, "last", history->last);
    cw_json_member_str(json, "same", cw_sameness_name(history->sameness));
    cw_json_key(json, "changed");
    cw_json_array(json);
    for (size_t i = 0; i < history->change_count; i++) {
        cw_json_object(json);
        cw_json_member_time(json, "time", history->changes[i].time);
        write_cause_name(json, "from", &history->changes[i].from);
        write_cause_name(json, "to", &history->changes[i].to);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
    cw_json_object_end(json);
}

static void write_weights(struct cw_json *json, const char *key, const struct cw_report *report,
                          const struct cw_weight *weights, size_t count)
{
    cw_json_key(json, key);
    cw_json_array(json);
    for (size_t i = 0; i < count; i++) {
        cw_json_object(json);
        cw_json_member_str(json, "kind", weights[i].kind);
        write_line_members(json, report, &weights[i].item);
        cw_json_member_str(json, "note", weights[i].item.note);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_quote(struct cw_json *json, const char *key, const struct cw_report *report,
                        const struct cw_chain_item *item)
{
    cw_json_key(json, key);
    if (item->line == 0) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    write_line_members(json, report, item);
    cw_json_object_end(json);
}

static void write_suspects(struct cw_json *json, const struct cw_report *report,
                           const struct cw_interference *interference)
{
    cw_json_key(json, "suspects");
    cw_json_array(json);
    for (size_t i = 0; i < interference->suspect_count; i++) {
        const struct cw_suspect *suspect = &interference->suspects[i];
        cw_json_object(json);
        cw_json_member_uint(json, "rank", i + 1);
        cw_json_member_str_or_null(json, "inf", suspect->inf);
        cw_json_member_str_or_null(json, "published", suspect->published);
        cw_json_member_str_or_null(json, "provider", suspect->provider);
        cw_json_member_str_or_null(json, "version", suspect->version);
        cw_json_member_str_or_null(json, "class", suspect->class);
        cw_json_member_str_or_null(json, "load_order_group", suspect->group);
        write_strings(json, "services", &suspect->services);
        write_quote(json, "installed", report, &suspect->item);
        write_quote(json, "service_added", report, &suspect->service);
        write_quote(json, "removed", report, &suspect->removal);
        write_strings(json, "reasons", &suspect->reasons);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_interference(struct cw_json *json, const struct cw_report *report,
                               const struct cw_interference *interference)
{
    cw_json_key(json, "interference");
    if (!interference->weighed) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_str(json, "leaning", cw_leaning_name(interference->leaning));
    cw_json_member_str(json, "conclusion", interference->conclusion);
    write_weights(json, "for", report, interference->pro, interference->pro_count);
    cw_json_member_uint(json, "for_count", interference->pro_total);
    write_weights(json, "against", report, interference->contra, interference->contra_count);
    cw_json_member_uint(json, "against_count", interference->contra_total);
    write_suspects(json, report, interference);
    cw_json_member_uint(json, "unranked", interference->unranked);
    cw_json_member_time(json, "driver_logs_since", interference->since);
    write_actions(json, "settle", interference->settle, interference->settle_count);
    cw_json_object_end(json);
}

/* In every language that has one, or null. */
static void write_titles(struct cw_json *json, const struct cw_finding *finding,
                         const struct cw_style *style)
{
    cw_json_key(json, "titles");
    if (!style || !style->all_titles) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_str(json, "en", finding->title);
    cw_json_member_str_or_null(json, "zh-CN", finding->chinese.title);
    cw_json_object_end(json);
}

static void write_finding(struct cw_json *json, const struct cw_report *report,
                          const struct cw_style *style, size_t index)
{
    const struct cw_finding *finding = &report->findings[index];
    cw_json_object(json);
    cw_json_member_str(json, "id", finding->id);
    cw_json_member_uint(json, "rank", index + 1);
    cw_json_member_str(json, "role", cw_finding_role_name(finding->role));
    cw_json_member_str(json, "confidence", cw_confidence_name(finding->confidence));
    cw_json_member_str_or_null(json, "confidence_reason", finding->confidence_reason);
    cw_json_member_str(json, "title", finding->title);
    write_titles(json, finding, style);
    cw_json_member_str(json, "explanation", finding->explanation);
    write_error(json, finding);
    write_entities(json, &finding->entities);
    write_outcome(json, finding);
    write_chain(json, report, finding);
    write_strings(json, "agreed", &finding->agreed);
    write_strings(json, "operations", &finding->operations);
    write_occurrences(json, finding);
    write_history(json, &finding->history);
    write_hypotheses(json, finding);
    write_interference(json, report, &finding->interference);
    write_actions(json, "actions", finding->actions, finding->action_count);
    write_allowlist(json, &finding->allowlist);
    write_strings(json, "references", &finding->references);
    cw_json_member_str(json, "fingerprint", finding->fingerprint);
    cw_json_object_end(json);
}

static void write_strays(struct cw_json *json, const struct cw_source_report *source)
{
    cw_json_key(json, "unrecognized_quoted");
    cw_json_array(json);
    for (size_t i = 0; i < source->stray_count; i++) {
        const struct cw_quoted_line *stray = &source->strays[i];
        cw_json_object(json);
        cw_json_member_uint(json, "line", stray->line);
        cw_json_member_str(json, "text", stray->text);
        cw_json_member_bool(json, "cut", stray->cut);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_source(struct cw_json *json, const struct cw_source_report *source)
{
    const struct cw_log_stats *stats = &source->stats;
    cw_json_object(json);
    cw_json_member_str(json, "path", source->path);
    cw_json_member_str(json, "kind",
                       source->recognised ? cw_log_name(source->log) : CW_STR("unknown"));
    cw_json_member_str_or_null(json, "encoding", source->encoding);
    cw_json_member_uint(json, "lines", stats->lines);
    cw_json_member_uint(json, "events", stats->records);
    /* What was not parsed has no times, whatever its zeroed statistics say. */
    cw_json_member_time(json, "first", source->recognised ? stats->first : CW_TIME_NONE);
    cw_json_member_time(json, "last", source->recognised ? stats->last : CW_TIME_NONE);
    cw_json_member_uint(json, "unrecognized_lines", stats->unrecognized);
    write_line(json, "first_unrecognized_line", stats->first_unrecognized);
    write_strays(json, source);
    cw_json_member_uint(json, "backward_steps", stats->backward_steps);
    write_line(json, "first_backward_line", stats->first_backward);
    write_offset(json, stats->has_utc_offset, stats->utc_offset);
    cw_json_member_uint(json, "sections", stats->sections);
    cw_json_member_uint(json, "unclosed_sections", stats->unclosed_sections);
    cw_json_object_end(json);
}

static void write_sources(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "sources");
    cw_json_array(json);
    for (size_t i = 0; i < report->source_count; i++)
        write_source(json, &report->sources[i]);
    cw_json_array_end(json);
}

static void write_not_read(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "not_read");
    cw_json_array(json);
    for (size_t i = 0; i < report->not_read_count; i++) {
        cw_json_object(json);
        cw_json_member_str(json, "path", report->not_read[i].path);
        cw_json_member_str(json, "reason", report->not_read[i].reason);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_missing(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "missing");
    cw_json_array(json);
    for (size_t i = 0; i < report->missing_count; i++) {
        cw_json_object(json);
        cw_json_member_str(json, "what", report->missing[i].what);
        cw_json_member_str_or_null(json, "why", report->missing[i].why);
        cw_json_member_str_or_null(json, "where", report->missing[i].where);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_diagnostics(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "diagnostics");
    cw_json_array(json);
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        const struct cw_diagnostic *diagnostic = &report->diagnostics[i];
        cw_json_object(json);
        cw_json_member_str(json, "kind", diagnostic->kind);
        cw_json_member_str_or_null(json, "path", diagnostic->path);
        write_line(json, "line", diagnostic->line);
        cw_json_member_uint(json, "count", diagnostic->count);
        cw_json_member_str(json, "text", diagnostic->text);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_coverage(struct cw_json *json, const struct cw_report *report)
{
    cw_json_key(json, "coverage");
    cw_json_object(json);
    write_sources(json, report);
    write_not_read(json, report);
    write_missing(json, report);
    write_diagnostics(json, report);
    cw_json_redaction(json, &report->redacted);
    cw_json_object_end(json);
}

void cw_json_report_members(struct cw_json *json, const struct cw_report *report,
                            const struct cw_style *style)
{
    cw_json_member_str(json, "schema_version", CW_SCHEMA_VERSION);
    write_tool(json, report);
    cw_json_member_str(json, "verdict", cw_verdict_name(report->verdict));
    cw_json_member_str(json, "summary", report->summary);
    write_machine(json, report);
    cw_json_key(json, "findings");
    cw_json_array(json);
    for (size_t i = 0; i < report->finding_count; i++)
        write_finding(json, report, style, i);
    cw_json_array_end(json);
    write_coverage(json, report);
}

int cw_report_json(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error)
{
    struct cw_json json;
    cw_json_begin(&json, output, 2);
    cw_json_object(&json);
    cw_json_report_members(&json, report, style);
    cw_json_object_end(&json);
    return cw_renderer_done(cw_json_end(&json), error);
}
