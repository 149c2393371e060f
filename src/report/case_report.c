#include "report/case_report.h"

#include "report/facts.h"
#include "report/text_layout.h"
#include "report/text_sections.h"

enum { INDENT = 3, INDENT_QUOTE = 6, QUOTE_WHOLE = 240 };

/* A case at work. */
struct closing {
    struct cw_text *text;
    const struct cw_report *report;
    const struct cw_finding *finding; /* NULL: nothing failed, or nobody can tell */
    unsigned number;                  /* of the last item of the section */
};

static void write_heading(struct closing *closing, struct cw_phrase title)
{
    struct cw_text *text = closing->text;
    const struct cw_paragraph heading = {.tone = CW_TONE_STRONG};
    const struct cw_paragraph line = {.tone = CW_TONE_FAINT};
    struct cw_str words = cw_phrase_text(text->language, title);
    if (text->lines)
        cw_text_blank(text);
    cw_text_paragraph(text, &heading, words);
    struct cw_buf *body = cw_text_draft(text);
    for (size_t i = 0; i < cw_columns(words); i++)
        cw_buf_char(body, '-');
    cw_text_paragraph(text, &line, cw_buf_str(body));
    closing->number = 0;
}

static void write_body(struct closing *closing, struct cw_str body)
{
    const struct cw_paragraph paragraph = {0};
    if (body.len)
        cw_text_paragraph(closing->text, &paragraph, body);
}

/* "1. body", with an empty line between two of them. */
static void write_item(struct closing *closing, struct cw_str body)
{
    char label[CW_NUMBER_TEXT + 1];
    struct cw_str number = cw_number_text(++closing->number, label);
    label[number.len] = '.';
    const struct cw_paragraph item = {.label = {label, number.len + 1}, .hang = INDENT};
    if (closing->number > 1)
        cw_text_blank(closing->text);
    cw_text_paragraph(closing->text, &item, body);
}

static void write_quote(struct closing *closing, const struct cw_chain_item *item)
{
    const struct cw_paragraph place = {.indent = INDENT, .tone = CW_TONE_FAINT};
    const struct cw_paragraph quote = {.indent = INDENT_QUOTE};
    struct cw_buf *body = cw_text_draft(closing->text);
    cw_put_place(body, closing->text->language, closing->report, item);
    cw_text_paragraph(closing->text, &place, cw_buf_str(body));
    /* A line that is broken is not found again in the log. */
    if (item->text.len <= QUOTE_WHOLE && cw_str_find_char(item->text, '\n') == SIZE_MAX)
        cw_text_verbatim(closing->text, INDENT_QUOTE, item->text);
    else
        cw_text_paragraph(closing->text, &quote, item->text);
}

static void write_problem(struct closing *closing)
{
    struct cw_text *text = closing->text;
    write_heading(closing, CW_SAY("Problem definition"));
    write_body(closing, closing->report->summary);
    if (!closing->finding)
        return;
    struct cw_buf *body = cw_text_draft(text);
    cw_say(body, text->language, CW_SAY("Outcome"));
    cw_say(body, text->language, CW_SAY(": "));
    size_t bare = body->len;
    (void)cw_put_outcome(body, text->language, closing->report, closing->finding);
    if (body->len > bare)
        write_body(closing, cw_buf_str(body));
    body = cw_text_draft(text);
    cw_say(body, text->language, CW_SAY("History"));
    cw_say(body, text->language, CW_SAY(": "));
    if (cw_put_history(body, text->language, closing->finding))
        write_body(closing, cw_buf_str(body));
    body = cw_text_draft(text);
    cw_put_machine(body, text->language, closing->report);
    write_body(closing, cw_buf_str(body));
}

static void write_summary(struct closing *closing)
{
    struct cw_text *text = closing->text;
    const struct cw_finding *finding = closing->finding;
    write_heading(closing, CW_SAY("Summary"));
    write_body(closing, finding->explanation);
    struct cw_buf *body = cw_text_draft(text);
    if (finding->code != CW_CODE_NONE) {
        cw_say(body, text->language, CW_SAY("Error"));
        cw_say(body, text->language, CW_SAY(": "));
        cw_put_error(body, finding);
        write_body(closing, cw_buf_str(body));
    }
    body = cw_text_draft(text);
    cw_say(body, text->language, CW_SAY("Confidence"));
    cw_say(body, text->language, CW_SAY(": "));
    cw_put_confidence(body, text->language, finding->confidence, finding->confidence_reason);
    write_body(closing, cw_buf_str(body));
}

/* What a source shows: the items of the chain that stand in it. */
static void write_source(struct closing *closing, size_t source, size_t proof_source)
{
    const struct cw_finding *finding = closing->finding;
    struct cw_text *text = closing->text;
    struct cw_str name = cw_str_basename(closing->report->sources[source].path);
    struct cw_buf *body = cw_text_draft(text);
    bool headed = false;
    cw_say_with(body, text->language,
                source == proof_source ? CW_SAY("%1 shows the step that failed.")
                                       : CW_SAY("%1 shows what the failure led to."),
                &name);
    if (source == proof_source && finding->operations.count) {
        cw_say(body, text->language, CW_SAY(" It stands inside: "));
        cw_put_list(body, &finding->operations, " > ");
    }
    for (size_t i = 0; i < finding->chain_count; i++) {
        if (finding->chain[i].source != source || finding->chain[i].minor)
            continue;
        if (!headed)
            write_item(closing, cw_buf_str(body));
        headed = true;
        write_quote(closing, &finding->chain[i]);
    }
}

static void write_conclusion(struct closing *closing)
{
    const struct cw_finding *finding = closing->finding;
    struct cw_text *text = closing->text;
    struct cw_buf *body = cw_text_draft(text);
    cw_say(body, text->language, CW_SAY("Conclusion"));
    cw_say(body, text->language, CW_SAY(": "));
    cw_buf_append(body, finding->title);
    if (finding->agreed.count) {
        cw_say(body, text->language, CW_SAY(". "));
        cw_say(body, text->language, CW_SAY("The logs were joined by what agrees in them: "));
        cw_put_agreed(body, text->language, finding);
    }
    cw_say(body, text->language, CW_SAY("."));
    write_item(closing, cw_buf_str(body));
}

static void write_open_question(struct closing *closing, const struct cw_hypothesis *hypothesis)
{
    struct cw_text *text = closing->text;
    struct cw_buf *body = cw_text_draft(text);
    cw_say(body, text->language, CW_SAY("Not decided by the logs"));
    cw_say(body, text->language, CW_SAY(": "));
    cw_buf_append(body, hypothesis->statement);
    cw_say(body, text->language, CW_SAY(" ("));
    cw_put_confidence(body, text->language, hypothesis->confidence, hypothesis->reason);
    cw_say(body, text->language, CW_SAY(")"));
    write_item(closing, cw_buf_str(body));
}

static void write_weights(struct closing *closing, struct cw_phrase label,
                          const struct cw_weight *weights, size_t count)
{
    enum cw_language language = closing->text->language;
    const struct cw_paragraph paragraph = {.indent = INDENT};
    for (size_t i = 0; i < count; i++) {
        struct cw_buf *body = cw_text_draft(closing->text);
        cw_say(body, language, label);
        cw_say(body, language, CW_SAY(": "));
        cw_buf_append(body, weights[i].item.note);
        cw_text_paragraph(closing->text, &paragraph, cw_buf_str(body));
        write_quote(closing, &weights[i].item);
    }
}

static void write_suspect(struct closing *closing, const struct cw_suspect *suspect, size_t rank)
{
    enum cw_language language = closing->text->language;
    const struct cw_paragraph paragraph = {.indent = INDENT};
    char number[CW_NUMBER_TEXT];
    struct cw_buf *body = cw_text_draft(closing->text);
    cw_say_with(body, language, CW_SAY("to look at, %1: "),
                CW_VALUES(cw_number_text(rank, number)));
    cw_put_suspect_facts(body, language, suspect);
    for (size_t i = 0; i < suspect->reasons.count; i++) {
        cw_buf_append(body, i ? CW_STR("; ") : CW_STR(": "));
        cw_buf_append(body, suspect->reasons.items[i]);
    }
    cw_text_paragraph(closing->text, &paragraph, cw_buf_str(body));
    write_quote(closing, &suspect->item);
    if (suspect->service.line)
        write_quote(closing, &suspect->service);
    if (suspect->removal.line)
        write_quote(closing, &suspect->removal);
}

static void write_interference(struct closing *closing, const struct cw_interference *interference)
{
    enum cw_language language = closing->text->language;
    const struct cw_paragraph paragraph = {.indent = INDENT};
    if (!interference->weighed)
        return;
    struct cw_buf *body = cw_text_draft(closing->text);
    cw_say(body, language, CW_SAY("For and against a driver of another vendor"));
    cw_say(body, language, CW_SAY(": "));
    cw_buf_append(body, interference->conclusion);
    write_item(closing, cw_buf_str(body));
    write_weights(closing, CW_SAY("for"), interference->pro, interference->pro_count);
    write_weights(closing, CW_SAY("against"), interference->contra, interference->contra_count);
    for (size_t i = 0; i < interference->suspect_count; i++)
        write_suspect(closing, &interference->suspects[i], i + 1);
    body = cw_text_draft(closing->text);
    cw_put_weighing_rest(body, language, interference);
    cw_text_paragraph(closing->text, &paragraph, cw_buf_str(body));
}

/* From the outside in: what the other logs report stands before the step that failed. */
static void write_progress(struct closing *closing)
{
    const struct cw_finding *finding = closing->finding;
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    write_heading(closing, CW_SAY("Progress"));
    for (size_t source = 0; proof && source < closing->report->source_count; source++) {
        if (source != proof->source)
            write_source(closing, source, proof->source);
    }
    if (proof)
        write_source(closing, proof->source, proof->source);
    write_conclusion(closing);
    for (size_t i = 0; i < finding->hypothesis_count; i++)
        write_open_question(closing, &finding->hypotheses[i]);
    write_interference(closing, &finding->interference);
}

static void write_actions(struct closing *closing, const struct cw_action *actions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cw_buf *body = cw_text_draft(closing->text);
        cw_buf_append(body, cw_action_word(closing->text->language, actions[i].kind));
        cw_say(body, closing->text->language, CW_SAY(": "));
        cw_buf_append(body, actions[i].text);
        write_item(closing, cw_buf_str(body));
        for (size_t k = 0; k < actions[i].commands.count; k++)
            cw_text_verbatim(closing->text, INDENT_QUOTE, actions[i].commands.items[k]);
    }
}

static void write_allowed(struct closing *closing, struct cw_phrase what,
                          const struct cw_strings *strings)
{
    const struct cw_paragraph label = {.indent = INDENT};
    if (strings->count == 0)
        return;
    cw_text_paragraph(closing->text, &label, cw_phrase_text(closing->text->language, what));
    for (size_t i = 0; i < strings->count; i++)
        cw_text_verbatim(closing->text, INDENT_QUOTE, strings->items[i]);
}

static void write_next_steps(struct closing *closing)
{
    const struct cw_finding *finding = closing->finding;
    const struct cw_allowlist *allowlist = &finding->allowlist;
    write_heading(closing, CW_SAY("Next steps"));
    write_actions(closing, finding->actions, finding->action_count);
    write_actions(closing, finding->interference.settle, finding->interference.settle_count);
    if (cw_allowlist_count(allowlist) == 0)
        return;
    write_item(closing,
               cw_phrase_text(closing->text->language,
                              CW_SAY("Allow list to hand to the security product's vendor")));
    write_allowed(closing, CW_SAY("The process"), &allowlist->process);
    write_allowed(closing, CW_SAY("may create and change the registry keys"),
                  &allowlist->registry_key);
    write_allowed(closing, CW_SAY("may create and replace the files"), &allowlist->file);
}

static void write_basis(struct closing *closing)
{
    const struct cw_report *report = closing->report;
    struct cw_text *text = closing->text;
    write_heading(closing, CW_SAY("Coverage"));
    for (size_t i = 0; i < report->source_count; i++) {
        struct cw_buf *body = cw_text_draft(text);
        cw_buf_append(body, report->sources[i].path);
        cw_say(body, text->language, CW_SAY(": "));
        cw_put_reading(body, text->language, &report->sources[i]);
        write_body(closing, cw_buf_str(body));
    }
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct cw_missing *missing = &report->missing[i];
        struct cw_buf *body = cw_text_draft(text);
        cw_say_with(body, text->language, CW_SAY("Missing: %1 (%2): %3"),
                    CW_VALUES(missing->what, missing->where, missing->why));
        write_body(closing, cw_buf_str(body));
    }
}

int cw_report_case(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error)
{
    struct cw_text text;
    struct closing closing = {&text, report, cw_report_main_finding(report), 0};
    cw_text_begin(&text, style, output);
    write_problem(&closing);
    if (closing.finding) {
        write_summary(&closing);
        write_progress(&closing);
        write_next_steps(&closing);
    } else {
        write_heading(&closing, CW_SAY("Summary"));
        cw_text_no_finding(&text, report);
    }
    write_basis(&closing);
    return cw_renderer_done(cw_text_end(&text), error);
}
