/* What the conclusion rests on: what was read, what was not, what would help. */
#include <inttypes.h>

#include "report/text_sections.h"

enum { INDENT = 2, INDENT_MORE = 4, INDENT_QUOTE = 6 };

static void write_more(struct cw_text *text, struct cw_str body)
{
    const struct cw_paragraph paragraph = {.indent = INDENT_MORE};
    if (body.len)
        cw_text_paragraph(text, &paragraph, body);
}

/* "path" and below it what there is to say about it. */
static void write_item(struct cw_text *text, struct cw_str path, struct cw_str body)
{
    const struct cw_paragraph paragraph = {.indent = INDENT};
    cw_text_paragraph(text, &paragraph, path);
    write_more(text, body);
}

/* "; 3 lines not recognised (first: line 12)" */
static void put_oddity(struct cw_text *text, uint64_t count, struct cw_phrase one,
                       struct cw_phrase many, uint64_t first)
{
    struct cw_buf *body = &text->draft;
    char number[CW_NUMBER_TEXT];
    if (count == 0)
        return;
    cw_buf_append(body, body->len ? CW_STR("; ") : CW_STR(""));
    cw_say_count(body, text->language, count, one, many);
    if (first)
        cw_say_with(body, text->language, CW_SAY(" (first: line %1)"),
                    CW_VALUES(cw_number_text(first, number)));
}

/* "12: what stands there" */
static void write_strays(struct cw_text *text, const struct cw_source_report *source)
{
    const struct cw_paragraph paragraph = {.indent = INDENT_QUOTE, .most = 1};
    for (size_t i = 0; i < source->stray_count; i++) {
        const struct cw_quoted_line *stray = &source->strays[i];
        struct cw_buf *body = cw_text_draft(text);
        cw_buf_printf(body, "%" PRIu64 ": ", stray->line);
        cw_buf_append(body, stray->text);
        cw_buf_append(body, stray->cut ? CW_STR("...") : CW_STR(""));
        cw_text_paragraph(text, &paragraph, cw_buf_str(body));
    }
}

static void write_oddities(struct cw_text *text, const struct cw_source_report *source)
{
    const struct cw_log_stats *stats = &source->stats;
    struct cw_buf *body = cw_text_draft(text);
    put_oddity(text, stats->unrecognized, CW_SAY("%1 line not recognised"),
               CW_SAY("%1 lines not recognised"), stats->first_unrecognized);
    put_oddity(text, stats->backward_steps, CW_SAY("%1 step back in time"),
               CW_SAY("%1 steps back in time"), stats->first_backward);
    put_oddity(text, stats->unclosed_sections, CW_SAY("%1 section not closed"),
               CW_SAY("%1 sections not closed"), 0);
    write_more(text, cw_buf_str(body));
}

static void write_source(struct cw_text *text, const struct cw_source_report *source)
{
    struct cw_buf *body = cw_text_draft(text);
    cw_put_reading(body, text->language, source);
    write_item(text, source->path, cw_buf_str(body));
    write_oddities(text, source);
    write_strays(text, source);
}

static void write_machine(struct cw_text *text, const struct cw_report *report)
{
    struct cw_buf *body = cw_text_draft(text);
    cw_put_machine(body, text->language, report);
    if (body->len == 0)
        return;
    cw_text_heading(text, CW_SAY("Machine"));
    const struct cw_paragraph paragraph = {.indent = INDENT};
    cw_text_paragraph(text, &paragraph, cw_buf_str(body));
}

static void write_sources(struct cw_text *text, const struct cw_report *report)
{
    cw_text_heading(text, CW_SAY("What was read"));
    if (report->source_count == 0)
        write_item(text, cw_phrase_text(text->language, CW_SAY("Nothing.")), CW_STR_NONE);
    for (size_t i = 0; i < report->source_count; i++)
        write_source(text, &report->sources[i]);
}

static void write_not_read(struct cw_text *text, const struct cw_report *report)
{
    if (report->not_read_count == 0)
        return;
    cw_text_heading(text, CW_SAY("What was not read"));
    for (size_t i = 0; i < report->not_read_count; i++)
        write_item(text, report->not_read[i].path, report->not_read[i].reason);
}

static void write_missing(struct cw_text *text, const struct cw_report *report)
{
    if (report->missing_count == 0)
        return;
    cw_text_heading(text, CW_SAY("What is missing"));
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct cw_missing *missing = &report->missing[i];
        write_item(text, missing->what, missing->why);
        if (missing->where.len == 0)
            continue;
        struct cw_buf *body = cw_text_draft(text);
        cw_say_with(body, text->language, CW_SAY("Where: %1"), &missing->where);
        write_more(text, cw_buf_str(body));
    }
}

static void write_diagnostics(struct cw_text *text, const struct cw_report *report)
{
    if (report->diagnostic_count == 0)
        return;
    cw_text_heading(text, CW_SAY("Remarks on the reading"));
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        const struct cw_paragraph remark = {
            .indent = INDENT, .label = CW_STR("-"), .hang = INDENT_MORE};
        struct cw_buf *body = cw_text_draft(text);
        cw_put_diagnostic(body, text->language, &report->diagnostics[i]);
        cw_text_paragraph(text, &remark, cw_buf_str(body));
    }
}

void cw_text_coverage(struct cw_text *text, const struct cw_report *report)
{
    write_machine(text, report);
    write_sources(text, report);
    write_not_read(text, report);
    write_missing(text, report);
    write_diagnostics(text, report);
}
