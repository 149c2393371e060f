/* What the conclusion rests on. */
#include <inttypes.h>

#include "report/facts.h"
#include "report/html_report.h"

/* A row of the table: a path, and what there is to say about it; left open for more. */
static void begin_row(struct cw_html *html, struct cw_str path, struct cw_str text)
{
    cw_html_markup(html, "<tr><td><code>");
    cw_html_text(html, path);
    cw_html_markup(html, "</code></td><td>");
    cw_html_text(html, text);
}

static void end_row(struct cw_html *html)
{
    cw_html_markup(html, "</td></tr>\n");
}

static void write_row(struct cw_html *html, struct cw_str path, struct cw_str text)
{
    begin_row(html, path, text);
    end_row(html);
}

/* The first lines that were not understood: "12: what stands there" */
static void write_strays(struct cw_html *html, const struct cw_source_report *source)
{
    struct cw_buf *draft = cw_html_draft(html);
    for (size_t i = 0; i < source->stray_count; i++) {
        const struct cw_quoted_line *stray = &source->strays[i];
        cw_buf_printf(draft, "%s%" PRIu64 ": ", i ? "\n" : "", stray->line);
        cw_buf_append(draft, stray->text);
        cw_buf_append(draft, stray->cut ? CW_STR("...") : CW_STR(""));
    }
    cw_html_element(html, "pre", cw_buf_str(draft));
}

static void begin_table(struct cw_html *html, struct cw_phrase title)
{
    cw_html_element(html, "h3", cw_phrase_text(html->language, title));
    cw_html_markup(html, "<table>\n");
}

static void write_sources(struct cw_html *html, const struct cw_report *report)
{
    if (report->source_count == 0)
        return;
    begin_table(html, CW_SAY("What was read"));
    for (size_t i = 0; i < report->source_count; i++) {
        struct cw_buf *draft = cw_html_draft(html);
        cw_put_reading(draft, html->language, &report->sources[i]);
        begin_row(html, report->sources[i].path, cw_buf_str(draft));
        write_strays(html, &report->sources[i]);
        end_row(html);
    }
    cw_html_markup(html, "</table>\n");
}

static void write_not_read(struct cw_html *html, const struct cw_report *report)
{
    if (report->not_read_count == 0)
        return;
    begin_table(html, CW_SAY("What was not read"));
    for (size_t i = 0; i < report->not_read_count; i++)
        write_row(html, report->not_read[i].path, report->not_read[i].reason);
    cw_html_markup(html, "</table>\n");
}

static void write_missing(struct cw_html *html, const struct cw_report *report)
{
    if (report->missing_count == 0)
        return;
    begin_table(html, CW_SAY("What is missing"));
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct cw_missing *missing = &report->missing[i];
        struct cw_buf *draft = cw_html_draft(html);
        cw_buf_append(draft, missing->why);
        if (missing->where.len) {
            cw_buf_char(draft, '\n');
            cw_say_with(draft, html->language, CW_SAY("Where: %1"), &missing->where);
        }
        write_row(html, missing->what, cw_buf_str(draft));
    }
    cw_html_markup(html, "</table>\n");
}

static void write_diagnostics(struct cw_html *html, const struct cw_report *report)
{
    if (report->diagnostic_count == 0)
        return;
    cw_html_element(html, "h3", cw_phrase_text(html->language, CW_SAY("Remarks on the reading")));
    cw_html_markup(html, "<ul>\n");
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        struct cw_buf *draft = cw_html_draft(html);
        cw_put_diagnostic(draft, html->language, &report->diagnostics[i]);
        cw_html_element(html, "li", cw_buf_str(draft));
        cw_html_markup(html, "\n");
    }
    cw_html_markup(html, "</ul>\n");
}

void cw_html_coverage(struct cw_html *html, const struct cw_report *report)
{
    cw_html_section(html, CW_SAY("Coverage"));
    write_missing(html, report);
    write_sources(html, report);
    write_not_read(html, report);
    write_diagnostics(html, report);
    cw_html_markup(html, "</section>\n");
}
