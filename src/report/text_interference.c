/* Below the first screen: who may have refused a write. */
#include <stdio.h>

#include "report/text_sections.h"

enum { INDENT = 2, INDENT_MORE = 4, ROLE_HANG = INDENT + 10, QUOTE_LINES = 3 };

static void write_at(struct cw_text *text, size_t indent, struct cw_str body)
{
    const struct cw_paragraph paragraph = {.indent = indent};
    if (body.len)
        cw_text_paragraph(text, &paragraph, body);
}

static void write_remark(struct cw_text *text, size_t indent, struct cw_str remark)
{
    const struct cw_paragraph note = {.indent = indent, .label = CW_STR("->"), .hang = indent + 3};
    if (remark.len)
        cw_text_paragraph(text, &note, remark);
}

/* "for      setupapi.dev.log:16  by 2024-09-10 10:44:45", and the line. */
static void write_line(struct cw_text *text, const struct cw_report *report, struct cw_str label,
                       const struct cw_chain_item *item)
{
    const struct cw_paragraph place = {
        .indent = label.len ? INDENT : INDENT_MORE + 1,
        .label = label,
        .label_tone = CW_TONE_STRONG,
        .hang = label.len ? ROLE_HANG : INDENT_MORE + 1,
        .tone = CW_TONE_FAINT,
    };
    const struct cw_paragraph quote = {.indent = INDENT_MORE + 1, .most = QUOTE_LINES};
    struct cw_buf *body = cw_text_draft(text);
    cw_put_place(body, text->language, report, item);
    cw_text_paragraph(text, &place, cw_buf_str(body));
    cw_text_paragraph(text, &quote, item->text);
}

static void write_weights(struct cw_text *text, const struct cw_report *report,
                          struct cw_phrase label, const struct cw_weight *weights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_line(text, report, cw_phrase_text(text->language, label), &weights[i].item);
        write_remark(text, INDENT_MORE + 1, weights[i].item.note);
    }
}

static void write_suspect(struct cw_text *text, const struct cw_report *report,
                          const struct cw_suspect *suspect, size_t rank)
{
    char label[24];
    (void)snprintf(label, sizeof(label), "%zu.", rank);
    const struct cw_paragraph name = {
        .indent = INDENT,
        .label = cw_str_c(label),
        .hang = INDENT_MORE + 1,
        .tone = CW_TONE_STRONG,
    };
    struct cw_buf *body = cw_text_draft(text);
    cw_put_suspect_facts(body, text->language, suspect);
    cw_text_paragraph(text, &name, cw_buf_str(body));
    write_line(text, report, CW_STR_NONE, &suspect->item);
    if (suspect->service.line)
        write_line(text, report, CW_STR_NONE, &suspect->service);
    if (suspect->removal.line)
        write_line(text, report, CW_STR_NONE, &suspect->removal);
    for (size_t i = 0; i < suspect->reasons.count; i++)
        write_remark(text, INDENT_MORE + 1, suspect->reasons.items[i]);
}

static void write_suspects(struct cw_text *text, const struct cw_report *report,
                           const struct cw_interference *interference)
{
    if (interference->suspect_count)
        write_at(text, INDENT,
                 cw_phrase_text(text->language,
                                CW_SAY("Driver packages to look at, the most suspect first:")));
    for (size_t i = 0; i < interference->suspect_count; i++)
        write_suspect(text, report, &interference->suspects[i], i + 1);
    struct cw_buf *body = cw_text_draft(text);
    cw_put_weighing_rest(body, text->language, interference);
    write_at(text, INDENT, cw_buf_str(body));
}

void cw_text_interference(struct cw_text *text, const struct cw_report *report,
                          const struct cw_interference *interference)
{
    if (!interference->weighed)
        return;
    cw_text_heading(text, CW_SAY("For and against a driver of another vendor"));
    write_at(text, INDENT, interference->conclusion);
    write_weights(text, report, CW_SAY("for"), interference->pro, interference->pro_count);
    write_weights(text, report, CW_SAY("against"), interference->contra,
                  interference->contra_count);
    write_suspects(text, report, interference);
    if (interference->settle_count)
        write_at(text, INDENT, cw_phrase_text(text->language, CW_SAY("To settle it:")));
    cw_text_actions(text, INDENT_MORE, interference->settle, interference->settle_count);
}
