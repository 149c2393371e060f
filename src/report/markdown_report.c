#include "report/markdown_report.h"

#include "report/facts.h"
#include "report/markdown.h"

/* What is quoted leaves room for what to do. */
enum { QUOTES_MOST = CW_MARKDOWN_MOST / 3 * 2 };

/* "- **Label:** ", to be followed by text or code. */
static void begin_item(struct cw_markdown *md, struct cw_phrase label)
{
    cw_md_syntax(md, "- **");
    cw_md_say(md, label);
    cw_md_say(md, CW_SAY(":"));
    cw_md_syntax(md, "** ");
}

static void write_subject(struct cw_markdown *md, const struct cw_report *report)
{
    cw_md_syntax(md, "# ");
    cw_md_text(md, report->summary);
    cw_md_close(md);
    cw_md_syntax(md, "**");
    cw_md_text(md, cw_verdict_word(md->language, report->verdict));
    cw_md_syntax(md, "**");
    const struct cw_finding *finding = cw_report_main_finding(report);
    if (finding) {
        struct cw_buf *draft = cw_md_draft(md);
        cw_put_confidence(draft, md->language, finding->confidence, finding->confidence_reason);
        cw_md_syntax(md, " · ");
        cw_md_text(md, cw_buf_str(draft));
    }
    cw_md_close(md);
}

static void write_error(struct cw_markdown *md, const struct cw_finding *finding)
{
    if (finding->code == CW_CODE_NONE)
        return;
    struct cw_buf *draft = cw_md_draft(md);
    cw_put_error(draft, finding);
    begin_item(md, CW_SAY("Error"));
    cw_md_text(md, cw_buf_str(draft));
    cw_md_syntax(md, "\n");
}

static void write_codes(struct cw_markdown *md, const struct cw_strings *values)
{
    for (size_t i = 0; i < values->count; i++) {
        cw_md_syntax(md, i ? ", " : "");
        cw_md_code(md, values->items[i]);
    }
}

static void write_entities(struct cw_markdown *md, const struct cw_finding *finding)
{
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        const struct cw_strings *values = &finding->entities.of[kind];
        if (values->count == 0)
            continue;
        cw_md_syntax(md, "- ");
        cw_md_text(md, cw_entity_word(md->language, (enum cw_entity)kind));
        cw_md_say(md, CW_SAY(": "));
        write_codes(md, values);
        cw_md_syntax(md, "\n");
    }
}

static void write_cause(struct cw_markdown *md, const struct cw_finding *finding)
{
    bool is_root = finding->role == CW_ROLE_ROOT_CAUSE;
    cw_md_heading(md, is_root ? CW_SAY("Root cause") : CW_SAY("Failure"));
    cw_md_syntax(md, "**");
    cw_md_text(md, finding->title);
    cw_md_syntax(md, "**\n\n");
    cw_md_text(md, finding->explanation);
    cw_md_close(md);
    write_error(md, finding);
    write_entities(md, finding);
    cw_md_close(md);
}

static void write_item(struct cw_markdown *md, const struct cw_report *report,
                       const struct cw_chain_item *item)
{
    struct cw_buf *draft = cw_md_draft(md);
    cw_put_place(draft, md->language, report, item);
    cw_md_text(md, cw_chain_role_word(md->language, item->role));
    cw_md_say(md, CW_SAY(": "));
    cw_md_code(md, cw_buf_str(draft));
    if (item->note.len) {
        cw_md_syntax(md, " – ");
        cw_md_text(md, item->note);
    }
    cw_md_syntax(md, "\n\n");
    cw_md_fence(md, item->text);
    cw_md_close(md);
}

/* The items of the chain that are causes, or those that are not. */
static void write_items(struct cw_markdown *md, const struct cw_report *report,
                        const struct cw_finding *finding, bool causes)
{
    for (size_t i = 0; i < finding->chain_count; i++) {
        if ((finding->chain[i].role == CW_CHAIN_CAUSE) == causes)
            write_item(md, report, &finding->chain[i]);
    }
}

static void write_evidence(struct cw_markdown *md, const struct cw_report *report,
                           const struct cw_finding *finding)
{
    cw_md_heading(md, CW_SAY("Evidence"));
    if (finding->operations.count) {
        cw_md_say(md, CW_SAY("inside"));
        cw_md_say(md, CW_SAY(": "));
        for (size_t i = 0; i < finding->operations.count; i++) {
            cw_md_syntax(md, i ? " › " : "");
            cw_md_code(md, finding->operations.items[i]);
        }
        cw_md_close(md);
    }
    write_items(md, report, finding, true);
}

static void write_effect(struct cw_markdown *md, const struct cw_report *report,
                         const struct cw_finding *finding)
{
    cw_md_heading(md, CW_SAY("Effect"));
    struct cw_buf *draft = cw_md_draft(md);
    (void)cw_put_outcome(draft, md->language, report, finding);
    cw_md_text(md, cw_buf_str(draft));
    cw_md_close(md);
    draft = cw_md_draft(md);
    if (cw_put_history(draft, md->language, finding)) {
        cw_md_text(md, cw_buf_str(draft));
        cw_md_close(md);
    }
    write_items(md, report, finding, false);
}

static void write_actions(struct cw_markdown *md, const struct cw_action *actions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cw_buf_printf(&md->block, "%zu. **", i + 1);
        cw_md_text(md, cw_action_word(md->language, actions[i].kind));
        cw_md_syntax(md, "** ");
        cw_md_text(md, actions[i].text);
        cw_md_close(md);
        if (actions[i].commands.count == 0)
            continue;
        struct cw_buf *draft = cw_md_draft(md);
        cw_put_list(draft, &actions[i].commands, "\n");
        cw_md_fence_in_item(md, cw_buf_str(draft));
        cw_md_close(md);
    }
}

static void write_hypotheses(struct cw_markdown *md, const struct cw_finding *finding)
{
    if (finding->hypothesis_count)
        cw_md_heading(md, CW_SAY("What the logs can not decide"));
    for (size_t i = 0; i < finding->hypothesis_count; i++) {
        const struct cw_hypothesis *hypothesis = &finding->hypotheses[i];
        struct cw_buf *draft = cw_md_draft(md);
        cw_put_confidence(draft, md->language, hypothesis->confidence, hypothesis->reason);
        cw_md_syntax(md, "**");
        cw_md_text(md, hypothesis->statement);
        cw_md_syntax(md, "** ");
        cw_md_text(md, cw_buf_str(draft));
        cw_md_close(md);
        write_actions(md, hypothesis->settle, hypothesis->settle_count);
    }
}

/* "for: `setupapi.dev.log:16` – why", and the line. */
static void write_weights(struct cw_markdown *md, const struct cw_report *report,
                          struct cw_phrase label, const struct cw_weight *weights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct cw_chain_item *item = &weights[i].item;
        struct cw_buf *draft = cw_md_draft(md);
        cw_put_place(draft, md->language, report, item);
        cw_md_syntax(md, "**");
        cw_md_say(md, label);
        cw_md_syntax(md, "** ");
        cw_md_code(md, cw_buf_str(draft));
        cw_md_syntax(md, " – ");
        cw_md_text(md, item->note);
        cw_md_syntax(md, "\n\n");
        cw_md_fence(md, item->text);
        cw_md_close(md);
    }
}

static void write_suspect(struct cw_markdown *md, const struct cw_report *report,
                          const struct cw_suspect *suspect, size_t rank)
{
    const struct cw_chain_item *const lines[] = {&suspect->item, &suspect->service,
                                                 &suspect->removal};
    struct cw_buf *draft = cw_md_draft(md);
    cw_put_suspect_facts(draft, md->language, suspect);
    cw_buf_printf(&md->block, "%zu. **", rank);
    cw_md_text(md, cw_buf_str(draft));
    cw_md_syntax(md, "**");
    for (size_t i = 0; i < suspect->reasons.count; i++) {
        cw_md_syntax(md, i ? "; " : ": ");
        cw_md_text(md, suspect->reasons.items[i]);
    }
    cw_md_close(md);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (lines[i]->line == 0)
            continue;
        draft = cw_md_draft(md);
        cw_put_place(draft, md->language, report, lines[i]);
        cw_md_code(md, cw_buf_str(draft));
        cw_md_syntax(md, "\n\n");
        cw_md_fence(md, lines[i]->text);
        cw_md_close(md);
    }
}

static void write_interference(struct cw_markdown *md, const struct cw_report *report,
                               const struct cw_interference *interference)
{
    if (!interference->weighed)
        return;
    cw_md_heading(md, CW_SAY("For and against a driver of another vendor"));
    cw_md_text(md, interference->conclusion);
    cw_md_close(md);
    write_weights(md, report, CW_SAY("for"), interference->pro, interference->pro_count);
    write_weights(md, report, CW_SAY("against"), interference->contra, interference->contra_count);
    for (size_t i = 0; i < interference->suspect_count; i++)
        write_suspect(md, report, &interference->suspects[i], i + 1);
    struct cw_buf *draft = cw_md_draft(md);
    cw_put_weighing_rest(draft, md->language, interference);
    cw_md_text(md, cw_buf_str(draft));
    cw_md_close(md);
    write_actions(md, interference->settle, interference->settle_count);
}

static void write_allowed(struct cw_markdown *md, struct cw_phrase what,
                          const struct cw_strings *values)
{
    if (values->count == 0)
        return;
    cw_md_say(md, what);
    cw_md_say(md, CW_SAY(": "));
    write_codes(md, values);
    cw_md_close(md);
}

static void write_allowlist(struct cw_markdown *md, const struct cw_allowlist *allowlist)
{
    if (cw_allowlist_count(allowlist) == 0)
        return;
    cw_md_heading(md, CW_SAY("Allow list to hand to the security product's vendor"));
    write_allowed(md, CW_SAY("The process"), &allowlist->process);
    write_allowed(md, CW_SAY("may create and change the registry keys"), &allowlist->registry_key);
    write_allowed(md, CW_SAY("may create and replace the files"), &allowlist->file);
}

static void write_others(struct cw_markdown *md, const struct cw_report *report)
{
    const struct cw_finding *main_finding = cw_report_main_finding(report);
    if (report->finding_count > (main_finding ? 1U : 0U))
        cw_md_heading(md, CW_SAY("Further findings"));
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct cw_finding *finding = &report->findings[i];
        const struct cw_chain_item *proof = cw_finding_proof(finding);
        if (finding == main_finding)
            continue;
        cw_md_syntax(md, "- ");
        cw_md_text(md, finding->title);
        if (finding->role == CW_ROLE_RECOVERED)
            cw_md_say(md, CW_SAY(" (a later attempt succeeded)"));
        if (proof) {
            struct cw_buf *draft = cw_md_draft(md);
            cw_put_place(draft, md->language, report, proof);
            cw_md_say(md, CW_SAY(": "));
            cw_md_code(md, cw_buf_str(draft));
        }
        cw_md_close(md);
    }
}

/* "- `path`: what there is to say about it" */
static void write_path(struct cw_markdown *md, struct cw_str path, struct cw_str text)
{
    cw_md_syntax(md, "- ");
    cw_md_code(md, path);
    cw_md_say(md, CW_SAY(": "));
    cw_md_text(md, text);
    cw_md_close(md);
}

static void write_coverage(struct cw_markdown *md, const struct cw_report *report)
{
    cw_md_heading(md, CW_SAY("Coverage"));
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct cw_missing *missing = &report->missing[i];
        begin_item(md, CW_SAY("Missing"));
        cw_md_code(md, missing->what);
        cw_md_say(md, CW_SAY(": "));
        cw_md_text(md, missing->why);
        cw_md_syntax(md, " ");
        cw_md_code(md, missing->where);
        cw_md_close(md);
    }
    for (size_t i = 0; i < report->source_count; i++) {
        struct cw_buf *draft = cw_md_draft(md);
        cw_put_reading(draft, md->language, &report->sources[i]);
        write_path(md, report->sources[i].path, cw_buf_str(draft));
    }
    for (size_t i = 0; i < report->not_read_count; i++)
        write_path(md, report->not_read[i].path, report->not_read[i].reason);
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        struct cw_buf *draft = cw_md_draft(md);
        cw_put_diagnostic(draft, md->language, &report->diagnostics[i]);
        cw_md_syntax(md, "- ");
        cw_md_text(md, cw_buf_str(draft));
        cw_md_close(md);
    }
}

/* ", fingerprint `0123`" */
static void write_named_code(struct cw_markdown *md, struct cw_phrase name, struct cw_str text)
{
    cw_md_say(md, CW_SAY(", "));
    cw_md_say(md, name);
    cw_md_syntax(md, " ");
    cw_md_code(md, text);
}

static void write_identity(struct cw_markdown *md, const struct cw_report *report,
                           const struct cw_finding *finding)
{
    cw_md_syntax(md, "cbswhy ");
    cw_md_syntax(md, cw_version());
    write_named_code(md, CW_SAY("rules"), report->rules_version);
    if (finding) {
        write_named_code(md, CW_SAY("rule"), finding->id);
        write_named_code(md, CW_SAY("fingerprint"), finding->fingerprint);
    }
    cw_md_close(md);
}

static void write_finding(struct cw_markdown *md, const struct cw_report *report,
                          const struct cw_finding *finding)
{
    write_cause(md, finding);
    md->most = QUOTES_MOST;
    write_evidence(md, report, finding);
    write_effect(md, report, finding);
    md->most = CW_MARKDOWN_MOST;
    cw_md_heading(md, CW_SAY("What to do"));
    write_actions(md, finding->actions, finding->action_count);
    write_hypotheses(md, finding);
    write_interference(md, report, &finding->interference);
    write_allowlist(md, &finding->allowlist);
}

int cw_report_markdown(const struct cw_report *report, const struct cw_style *style,
                       const struct cw_output *output, struct cw_error *error)
{
    struct cw_markdown md;
    const struct cw_finding *finding = cw_report_main_finding(report);
    cw_md_begin(&md, style, output);
    write_subject(&md, report);
    write_identity(&md, report, finding);
    if (finding)
        write_finding(&md, report, finding);
    write_others(&md, report);
    write_coverage(&md, report);
    return cw_renderer_done(cw_md_end(&md), error);
}
