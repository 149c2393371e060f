#include "report/html_report.h"

#include "base/embedded.h"
#include "report/facts.h"
#include "report/html_timeline.h"

extern const struct cw_embedded_file cw_report_embedded[];
extern const size_t cw_report_embedded_count;

void cw_html_section(struct cw_html *html, struct cw_phrase title)
{
    cw_html_markup(html, "<section>");
    cw_html_element(html, "h2", cw_phrase_text(html->language, title));
    cw_html_markup(html, "\n");
}

void cw_html_quote(struct cw_html *html, const struct cw_report *report,
                   const struct cw_chain_item *item)
{
    struct cw_buf *draft = cw_html_draft(html);
    cw_put_place(draft, html->language, report, item);
    cw_html_element(html, "p class=\"place\"", cw_buf_str(draft));
    cw_html_element(html, "pre", item->text);
    cw_html_markup(html, "\n");
}

static void write_style(struct cw_html *html)
{
    cw_html_markup(html, "<style>\n");
    for (size_t i = 0; i < cw_report_embedded_count; i++)
        cw_html_markup(html, (const char *)cw_report_embedded[i].data);
    cw_html_markup(html, "</style>\n");
}

static void write_head(struct cw_html *html, const struct cw_report *report)
{
    cw_html_markup(html, "<!DOCTYPE html>\n<html lang=\"");
    cw_html_markup(html, cw_language_name(html->language));
    cw_html_markup(html,
                   "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n");
    cw_html_element(html, "title", report->summary);
    cw_html_markup(html, "\n");
    write_style(html);
    cw_html_markup(html, "</head>\n");
}

static void write_header(struct cw_html *html, const struct cw_report *report)
{
    cw_html_markup(html, "<header class=\"");
    cw_html_markup(html, cw_verdict_name(report->verdict).ptr);
    cw_html_markup(html, "\"><p class=\"verdict\">");
    cw_html_text(html, cw_verdict_word(html->language, report->verdict));
    cw_html_markup(html, "</p>");
    cw_html_element(html, "h1", report->summary);
    struct cw_buf *draft = cw_html_draft(html);
    cw_put_machine(draft, html->language, report);
    cw_html_element(html, "p class=\"machine\"", cw_buf_str(draft));
    cw_html_markup(html, "</header>\n");
}

static void write_fact(struct cw_html *html, struct cw_phrase label, struct cw_str body)
{
    if (body.len == 0)
        return;
    cw_html_element(html, "dt", cw_phrase_text(html->language, label));
    cw_html_element(html, "dd", body);
    cw_html_markup(html, "\n");
}

/* "check: Prove the refusal ..." */
static void write_next(struct cw_html *html, const struct cw_finding *finding)
{
    struct cw_buf *draft = cw_html_draft(html);
    if (finding->action_count == 0)
        return;
    cw_buf_append(draft, cw_action_word(html->language, finding->actions[0].kind));
    cw_say(draft, html->language, CW_SAY(": "));
    cw_buf_append(draft, finding->actions[0].text);
    write_fact(html, CW_SAY("Do next"), cw_buf_str(draft));
}

static void write_facts(struct cw_html *html, const struct cw_report *report,
                        const struct cw_finding *finding)
{
    cw_html_markup(html, "<dl>");
    struct cw_buf *draft = cw_html_draft(html);
    if (finding->code != CW_CODE_NONE)
        cw_put_error(draft, finding);
    write_fact(html, CW_SAY("Error"), cw_buf_str(draft));
    draft = cw_html_draft(html);
    (void)cw_put_outcome(draft, html->language, report, finding);
    write_fact(html, CW_SAY("Outcome"), cw_buf_str(draft));
    draft = cw_html_draft(html);
    (void)cw_put_history(draft, html->language, finding);
    write_fact(html, CW_SAY("History"), cw_buf_str(draft));
    draft = cw_html_draft(html);
    cw_put_confidence(draft, html->language, finding->confidence, finding->confidence_reason);
    write_fact(html, CW_SAY("Confidence"), cw_buf_str(draft));
    write_next(html, finding);
    cw_html_markup(html, "</dl>\n");
}

/* What is seen without scrolling. */
static void write_answer(struct cw_html *html, const struct cw_report *report,
                         const struct cw_finding *finding)
{
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    bool is_root = finding->role == CW_ROLE_ROOT_CAUSE;
    cw_html_markup(html, "<section class=\"answer\"><div>");
    cw_html_element(
        html, "h2",
        cw_phrase_text(html->language, is_root ? CW_SAY("Root cause") : CW_SAY("Failure")));
    cw_html_element(html, "p id=\"cause\" class=\"cause\"", finding->title);
    if (proof)
        cw_html_quote(html, report, proof);
    cw_html_element(html, "p", finding->explanation);
    cw_html_markup(html, "</div>\n");
    write_facts(html, report, finding);
    cw_html_markup(html, "</section>\n");
    if (finding->story.span_count == 0)
        return;
    cw_html_section(html, CW_SAY("What happened when"));
    cw_html_markup(html, "<div class=\"timeline\" tabindex=\"0\">");
    cw_html_timeline(html, report, finding);
    cw_html_markup(html, "</div></section>\n");
}

static void write_other(struct cw_html *html, const struct cw_report *report,
                        const struct cw_finding *finding)
{
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    cw_html_markup(html, "<article class=\"card\">");
    cw_html_element(html, "h3", finding->title);
    struct cw_buf *draft = cw_html_draft(html);
    if (finding->code != CW_CODE_NONE) {
        cw_put_code(draft, finding->code);
        cw_buf_append(draft, CW_STR(" · "));
    }
    cw_buf_append(draft, cw_confidence_word(html->language, finding->confidence));
    cw_buf_append(draft, CW_STR(" · "));
    cw_put_occurrences(draft, html->language, finding);
    if (finding->role == CW_ROLE_RECOVERED)
        cw_say(draft, html->language, CW_SAY(" (a later attempt succeeded)"));
    cw_html_element(html, "p class=\"remark\"", cw_buf_str(draft));
    if (proof)
        cw_html_quote(html, report, proof);
    cw_html_element(html, "p class=\"remark\"", finding->id);
    cw_html_markup(html, "</article>\n");
}

static void write_others(struct cw_html *html, const struct cw_report *report)
{
    const struct cw_finding *main_finding = cw_report_main_finding(report);
    if (report->finding_count <= (main_finding ? 1U : 0U))
        return;
    cw_html_section(html, main_finding ? CW_SAY("Further findings")
                                       : CW_SAY("Failures that a later attempt made good"));
    cw_html_markup(html, "<div class=\"cards\">");
    for (size_t i = 0; i < report->finding_count; i++) {
        if (&report->findings[i] != main_finding)
            write_other(html, report, &report->findings[i]);
    }
    cw_html_markup(html, "</div></section>\n");
}

static void write_footer(struct cw_html *html, const struct cw_report *report,
                         const struct cw_finding *finding)
{
    struct cw_buf *draft = cw_html_draft(html);
    cw_buf_printf(draft, "cbswhy %s · ", cw_version());
    cw_say_with(draft, html->language, CW_SAY("rules %1"), &report->rules_version);
    if (finding) {
        cw_buf_append(draft, CW_STR(" · "));
        cw_say_with(draft, html->language, CW_SAY("rule %1, fingerprint %2, "),
                    CW_VALUES(finding->id, finding->fingerprint));
        cw_put_occurrences(draft, html->language, finding);
    }
    cw_html_element(html, "footer", cw_buf_str(draft));
}

int cw_report_html(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error)
{
    struct cw_html html;
    const struct cw_finding *finding = cw_report_main_finding(report);
    cw_html_begin(&html, style, output);
    write_head(&html, report);
    cw_html_markup(&html, "<body>\n");
    write_header(&html, report);
    cw_html_markup(&html, "<main>\n");
    if (finding) {
        write_answer(&html, report, finding);
        cw_html_finding(&html, report, finding);
    }
    write_others(&html, report);
    cw_html_coverage(&html, report);
    cw_html_markup(&html, "</main>\n");
    write_footer(&html, report, finding);
    cw_html_markup(&html, "\n</body>\n</html>\n");
    return cw_renderer_done(cw_html_end(&html), error);
}
