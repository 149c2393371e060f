/* Who may have refused a write. */
#include "report/facts.h"
#include "report/html_report.h"

static void write_weights(struct cw_html *html, const struct cw_report *report,
                          struct cw_phrase label, const struct cw_weight *weights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cw_html_markup(html, "<li>");
        cw_html_element(html, "span class=\"role\"", cw_phrase_text(html->language, label));
        cw_html_quote(html, report, &weights[i].item);
        cw_html_element(html, "p class=\"remark\"", weights[i].item.note);
        cw_html_markup(html, "</li>\n");
    }
}

static void write_suspect(struct cw_html *html, const struct cw_report *report,
                          const struct cw_suspect *suspect)
{
    const struct cw_chain_item *const lines[] = {&suspect->item, &suspect->service,
                                                 &suspect->removal};
    struct cw_buf *draft = cw_html_draft(html);
    cw_put_suspect_facts(draft, html->language, suspect);
    cw_html_markup(html, "<li>");
    cw_html_element(html, "b", cw_buf_str(draft));
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (lines[i]->line)
            cw_html_quote(html, report, lines[i]);
    }
    draft = cw_html_draft(html);
    cw_put_list(draft, &suspect->reasons, "; ");
    cw_html_element(html, "p class=\"remark\"", cw_buf_str(draft));
    cw_html_markup(html, "</li>\n");
}

static void write_suspects(struct cw_html *html, const struct cw_report *report,
                           const struct cw_interference *interference)
{
    if (interference->suspect_count == 0)
        return;
    cw_html_element(html, "h3",
                    cw_phrase_text(html->language,
                                   CW_SAY("Driver packages to look at, the most suspect first:")));
    cw_html_markup(html, "<ol class=\"steps\">\n");
    for (size_t i = 0; i < interference->suspect_count; i++)
        write_suspect(html, report, &interference->suspects[i]);
    cw_html_markup(html, "</ol>\n");
}

void cw_html_interference(struct cw_html *html, const struct cw_report *report,
                          const struct cw_interference *interference)
{
    if (!interference->weighed)
        return;
    cw_html_section(html, CW_SAY("For and against a driver of another vendor"));
    cw_html_element(html, "p", interference->conclusion);
    if (interference->pro_count + interference->contra_count) {
        cw_html_markup(html, "<ol class=\"chain\">\n");
        write_weights(html, report, CW_SAY("for"), interference->pro, interference->pro_count);
        write_weights(html, report, CW_SAY("against"), interference->contra,
                      interference->contra_count);
        cw_html_markup(html, "</ol>");
    }
    write_suspects(html, report, interference);
    struct cw_buf *draft = cw_html_draft(html);
    cw_put_weighing_rest(draft, html->language, interference);
    cw_html_element(html, "p class=\"remark\"", cw_buf_str(draft));
    if (interference->settle_count) {
        cw_html_markup(html, "<details><summary>");
        cw_html_say(html, CW_SAY("To settle it:"));
        cw_html_markup(html, "</summary>");
        cw_html_steps(html, interference->settle, interference->settle_count);
        cw_html_markup(html, "</details>");
    }
    cw_html_markup(html, "</section>\n");
}
