/* Below the first screen: the whole of one finding, in the order in which questions come. */
#include <stdio.h>

#include "report/text_sections.h"

enum { INDENT = 2, INDENT_MORE = 4, ROLE_HANG = INDENT + 12 };

static void write_at(struct cw_text *text, size_t indent, enum cw_tone tone, struct cw_str body)
{
    const struct cw_paragraph paragraph = {.indent = indent, .tone = tone};
    cw_text_paragraph(text, &paragraph, body);
}

static void write_explanation(struct cw_text *text, const struct cw_finding *finding)
{
    if (finding->explanation.len == 0)
        return;
    cw_text_heading(text, CW_SAY("Why"));
    write_at(text, INDENT, CW_TONE_PLAIN, finding->explanation);
}

static void write_chain_item(struct cw_text *text, const struct cw_report *report,
                             const struct cw_finding *finding, const struct cw_chain_item *item)
{
    enum { QUOTE_LINES = 4 };
    struct cw_buf *body = cw_text_draft(text);
    cw_put_place(body, text->language, report, item);
    if (item->last_line > item->line)
        cw_say_count(body, text->language, item->last_line - item->line + 1,
                     CW_SAY("  (%1 line folded)"), CW_SAY("  (%1 lines folded)"));
    const struct cw_paragraph place = {
        .indent = INDENT,
        .label = cw_chain_role_word(text->language, item->role),
        .label_tone = CW_TONE_STRONG,
        .hang = ROLE_HANG,
        .tone = CW_TONE_FAINT,
    };
    cw_text_paragraph(text, &place, cw_buf_str(body));
    const struct cw_paragraph quote = {
        .indent = INDENT_MORE,
        .tone = item->role == CW_CHAIN_CAUSE ? CW_TONE_BAD : CW_TONE_PLAIN,
        .most = QUOTE_LINES,
        .keep = cw_finding_proof_code(finding, item),
    };
    cw_text_paragraph(text, &quote, item->text);
    if (item->note.len) {
        const struct cw_paragraph note = {
            .indent = INDENT_MORE, .label = CW_STR("->"), .hang = INDENT_MORE + 3};
        cw_text_paragraph(text, &note, item->note);
    }
}

/* The operations that stood open around the failure. */
static void write_operations(struct cw_text *text, const struct cw_finding *finding)
{
    if (finding->operations.count == 0)
        return;
    const struct cw_paragraph inside = {
        .indent = INDENT,
        .label = cw_phrase_text(text->language, CW_SAY("inside")),
        .label_tone = CW_TONE_STRONG,
        .hang = ROLE_HANG,
    };
    struct cw_buf *body = cw_text_draft(text);
    cw_put_list(body, &finding->operations, " > ");
    cw_text_paragraph(text, &inside, cw_buf_str(body));
}

static void write_chain(struct cw_text *text, const struct cw_report *report,
                        const struct cw_finding *finding)
{
    if (finding->chain_count == 0)
        return;
    cw_text_heading(text, CW_SAY("What happened"));
    write_operations(text, finding);
    for (size_t i = 0; i < finding->chain_count; i++)
        write_chain_item(text, report, finding, &finding->chain[i]);
    if (finding->agreed.count == 0)
        return;
    struct cw_buf *body = cw_text_draft(text);
    cw_say(body, text->language, CW_SAY("The logs were joined by what agrees in them: "));
    cw_put_agreed(body, text->language, finding);
    cw_say(body, text->language, CW_SAY("."));
    write_at(text, INDENT, CW_TONE_PLAIN, cw_buf_str(body));
}

static void write_action(struct cw_text *text, size_t indent, size_t number,
                         const struct cw_action *action)
{
    char label[24];
    (void)snprintf(label, sizeof(label), "%zu.", number);
    const struct cw_paragraph step = {
        .indent = indent,
        .label = cw_str_c(label),
        .hang = indent + strlen(label) + 1,
    };
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, cw_action_word(text->language, action->kind));
    cw_say(body, text->language, CW_SAY(": "));
    cw_buf_append(body, action->text);
    cw_text_paragraph(text, &step, cw_buf_str(body));
    for (size_t i = 0; i < action->commands.count; i++)
        cw_text_verbatim(text, step.hang + INDENT, action->commands.items[i]);
}

void cw_text_actions(struct cw_text *text, size_t indent, const struct cw_action *actions,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        write_action(text, indent, i + 1, &actions[i]);
}

static void write_hypothesis(struct cw_text *text, const struct cw_hypothesis *hypothesis)
{
    const struct cw_paragraph statement = {
        .indent = INDENT,
        .label = CW_STR("-"),
        .hang = INDENT_MORE,
    };
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, hypothesis->statement);
    cw_say(body, text->language, CW_SAY(" ("));
    cw_put_confidence(body, text->language, hypothesis->confidence, hypothesis->reason);
    cw_say(body, text->language, CW_SAY(")"));
    cw_text_paragraph(text, &statement, cw_buf_str(body));
    if (hypothesis->settle_count)
        write_at(text, INDENT_MORE, CW_TONE_PLAIN,
                 cw_phrase_text(text->language, CW_SAY("To settle it:")));
    cw_text_actions(text, INDENT_MORE + INDENT, hypothesis->settle, hypothesis->settle_count);
}

static void write_hypotheses(struct cw_text *text, const struct cw_finding *finding)
{
    if (finding->hypothesis_count == 0)
        return;
    cw_text_heading(text, CW_SAY("What the logs can not decide"));
    for (size_t i = 0; i < finding->hypothesis_count; i++)
        write_hypothesis(text, &finding->hypotheses[i]);
}

static void write_actions(struct cw_text *text, const struct cw_finding *finding)
{
    if (finding->action_count == 0)
        return;
    cw_text_heading(text, CW_SAY("What to do"));
    cw_text_actions(text, INDENT, finding->actions, finding->action_count);
}

static void write_allowed(struct cw_text *text, struct cw_phrase what,
                          const struct cw_strings *strings)
{
    if (strings->count == 0)
        return;
    write_at(text, INDENT, CW_TONE_PLAIN, cw_phrase_text(text->language, what));
    for (size_t i = 0; i < strings->count; i++)
        cw_text_verbatim(text, INDENT_MORE, strings->items[i]);
}

static void write_allowlist(struct cw_text *text, const struct cw_allowlist *allowlist)
{
    if (cw_allowlist_count(allowlist) == 0)
        return;
    cw_text_heading(text, CW_SAY("Allow list to hand to the security product's vendor"));
    write_allowed(text, CW_SAY("The process"), &allowlist->process);
    write_allowed(text, CW_SAY("may create and change the registry keys"),
                  &allowlist->registry_key);
    write_allowed(text, CW_SAY("may create and replace the files"), &allowlist->file);
}

static void write_entities(struct cw_text *text, const struct cw_entities *entities)
{
    enum { LABEL_HANG = INDENT + 14 };
    bool headed = false;
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        if (entities->of[kind].count == 0)
            continue;
        if (!headed)
            cw_text_heading(text, CW_SAY("What it concerns"));
        headed = true;
        const struct cw_paragraph values = {
            .indent = INDENT,
            .label = cw_entity_word(text->language, (enum cw_entity)kind),
            .hang = LABEL_HANG,
        };
        struct cw_buf *body = cw_text_draft(text);
        cw_put_list(body, &entities->of[kind], "\n");
        cw_text_paragraph(text, &values, cw_buf_str(body));
    }
}

/* What a ticket or a colleague refers to. */
static void write_identity(struct cw_text *text, const struct cw_finding *finding)
{
    cw_text_heading(text, CW_SAY("For the ticket"));
    struct cw_buf *body = cw_text_draft(text);
    cw_say_with(body, text->language, CW_SAY("rule %1, fingerprint %2, "),
                CW_VALUES(finding->id, finding->fingerprint));
    cw_put_occurrences(body, text->language, finding);
    write_at(text, INDENT, CW_TONE_PLAIN, cw_buf_str(body));
    for (size_t i = 0; i < finding->references.count; i++)
        cw_text_verbatim(text, INDENT, finding->references.items[i]);
}

void cw_text_details(struct cw_text *text, const struct cw_report *report,
                     const struct cw_finding *finding)
{
    write_explanation(text, finding);
    write_chain(text, report, finding);
    if (text->verbose)
        cw_text_tree(text, report, &finding->tree);
    write_hypotheses(text, finding);
    cw_text_interference(text, report, &finding->interference);
    write_actions(text, finding);
    write_allowlist(text, &finding->allowlist);
    write_entities(text, &finding->entities);
    write_identity(text, finding);
}

static void write_brief_proof(struct cw_text *text, const struct cw_report *report,
                              const struct cw_finding *finding)
{
    enum { QUOTE_LINES = 2 };
    const struct cw_chain_item *item = cw_finding_proof(finding);
    if (!item)
        return;
    struct cw_buf *body = cw_text_draft(text);
    cw_put_place(body, text->language, report, item);
    write_at(text, INDENT_MORE + 1, CW_TONE_FAINT, cw_buf_str(body));
    const struct cw_paragraph quote = {
        .indent = INDENT_MORE + 1,
        .most = QUOTE_LINES,
        .keep = cw_finding_proof_code(finding, item),
    };
    cw_text_paragraph(text, &quote, item->text);
}

void cw_text_brief(struct cw_text *text, const struct cw_report *report, size_t index)
{
    const struct cw_finding *finding = &report->findings[index];
    char label[24];
    (void)snprintf(label, sizeof(label), "%zu.", index + 1);
    const struct cw_paragraph title = {
        .indent = INDENT,
        .label = cw_str_c(label),
        .hang = INDENT_MORE + 1,
        .tone = CW_TONE_STRONG,
    };
    cw_text_paragraph(text, &title, finding->title);
    struct cw_buf *body = cw_text_draft(text);
    if (finding->code != CW_CODE_NONE) {
        cw_put_code(body, finding->code);
        cw_buf_char(body, '\n');
    }
    cw_buf_append(body, cw_confidence_word(text->language, finding->confidence));
    cw_say(body, text->language, CW_SAY(", "));
    cw_put_occurrences(body, text->language, finding);
    cw_say_with(body, text->language, CW_SAY("; rule %1"), &finding->id);
    write_at(text, INDENT_MORE + 1, CW_TONE_PLAIN, cw_buf_str(body));
    write_brief_proof(text, report, finding);
}
