/* The whole of the main finding, below the answer. */
#include <inttypes.h>

#include "report/facts.h"
#include "report/html_report.h"

static void write_item(struct cw_html *html, const struct cw_report *report,
                       const struct cw_chain_item *item)
{
    cw_html_format(html, "<li class=\"%s\">", cw_chain_role_name(item->role).ptr);
    cw_html_element(html, "span class=\"role\"", cw_chain_role_word(html->language, item->role));
    cw_html_quote(html, report, item);
    cw_html_element(html, "p class=\"remark\"", item->note);
    cw_html_markup(html, "</li>\n");
}

static void write_evidence(struct cw_html *html, const struct cw_report *report,
                           const struct cw_finding *finding)
{
    if (finding->chain_count == 0)
        return;
    cw_html_section(html, CW_SAY("What happened"));
    cw_html_markup(html, "<ol class=\"chain\">\n");
    for (size_t i = 0; i < finding->chain_count; i++)
        write_item(html, report, &finding->chain[i]);
    cw_html_markup(html, "</ol>");
    if (finding->agreed.count) {
        struct cw_buf *draft = cw_html_draft(html);
        cw_say(draft, html->language, CW_SAY("The logs were joined by what agrees in them: "));
        cw_put_agreed(draft, html->language, finding);
        cw_say(draft, html->language, CW_SAY("."));
        cw_html_element(html, "p class=\"remark\"", cw_buf_str(draft));
    }
    cw_html_markup(html, "</section>\n");
}

static void write_line_number(struct cw_html *html, uint64_t line, uint64_t last)
{
    if (line == 0)
        return;
    cw_html_format(html, "<span class=\"number\">%" PRIu64, line);
    if (last > line)
        cw_html_format(html, "–%" PRIu64, last);
    cw_html_markup(html, "</span> ");
}

static void write_node(struct cw_html *html, const struct cw_tree_node *node)
{
    char code[CW_CODE_TEXT];
    write_line_number(html, node->line, node->exit_line);
    if (node->is_line) {
        cw_html_element(html, "code", node->name);
        return;
    }
    cw_html_element(html, "b", node->name);
    if (node->argument.len) {
        cw_html_markup(html, " ");
        cw_html_element(html, "code", node->argument);
    }
    if (node->code != CW_CODE_NONE) {
        cw_html_markup(html, " ");
        cw_html_element(html, "span class=\"code\"", cw_str_c(cw_code_text(node->code, code)));
    }
}

/* The nodes from `first` on that lie `depth` deep, with what is in them; returns the next one.
 * Recursion: as deep as the log's operations, which are at most CW_LIMIT_DEPTH. */
static size_t write_nodes(struct cw_html *html, const struct cw_section_tree *tree, size_t first,
                          unsigned depth)
{
    size_t i = first;
    while (i < tree->node_count && tree->nodes[i].depth >= depth) {
        const struct cw_tree_node *node = &tree->nodes[i];
        if (node->is_line) {
            cw_html_markup(html, "<p class=\"leaf\">");
            write_node(html, node);
            cw_html_markup(html, "</p>\n");
            i++;
            continue;
        }
        cw_html_markup(html, "<details open><summary>");
        write_node(html, node);
        cw_html_markup(html, "</summary>\n");
        i = write_nodes(html, tree, i + 1, node->depth + 1);
        cw_html_markup(html, "</details>\n");
    }
    return i;
}

static void write_tree(struct cw_html *html, const struct cw_report *report,
                       const struct cw_section_tree *tree)
{
    if (tree->node_count == 0)
        return;
    cw_html_section(html, CW_SAY("The failing section"));
    cw_html_element(html, "p class=\"place\"", report->sources[tree->source].path);
    cw_html_markup(html, "<details class=\"tree\" open><summary>");
    write_line_number(html, tree->first_line, tree->last_line);
    cw_html_element(html, "b",
                    tree->title.len ? tree->title
                                    : cw_phrase_text(html->language, CW_SAY("driver section")));
    cw_html_markup(html, "</summary>\n");
    (void)write_nodes(html, tree, 0, 0);
    cw_html_markup(html, "</details></section>\n");
}

void cw_html_steps(struct cw_html *html, const struct cw_action *actions, size_t count)
{
    cw_html_markup(html, "<ol class=\"steps\">\n");
    for (size_t i = 0; i < count; i++) {
        cw_html_markup(html, "<li>");
        cw_html_element(html, "span class=\"role\"",
                        cw_action_word(html->language, actions[i].kind));
        cw_html_markup(html, " ");
        cw_html_text(html, actions[i].text);
        struct cw_buf *draft = cw_html_draft(html);
        cw_put_list(draft, &actions[i].commands, "\n");
        cw_html_element(html, "pre", cw_buf_str(draft));
        cw_html_markup(html, "</li>\n");
    }
    cw_html_markup(html, "</ol>\n");
}

static void write_actions(struct cw_html *html, const struct cw_finding *finding)
{
    if (finding->action_count == 0)
        return;
    cw_html_section(html, CW_SAY("What to do"));
    cw_html_steps(html, finding->actions, finding->action_count);
    for (size_t i = 0; i < finding->references.count; i++)
        cw_html_element(html, "p class=\"remark\"", finding->references.items[i]);
    cw_html_markup(html, "</section>\n");
}

static void write_hypotheses(struct cw_html *html, const struct cw_finding *finding)
{
    if (finding->hypothesis_count == 0)
        return;
    cw_html_section(html, CW_SAY("What the logs can not decide"));
    cw_html_markup(html, "<div class=\"cards\">");
    for (size_t i = 0; i < finding->hypothesis_count; i++) {
        const struct cw_hypothesis *hypothesis = &finding->hypotheses[i];
        cw_html_markup(html, "<article class=\"card\">");
        cw_html_element(html, "h3", hypothesis->statement);
        struct cw_buf *draft = cw_html_draft(html);
        cw_put_confidence(draft, html->language, hypothesis->confidence, hypothesis->reason);
        cw_html_element(html, "p class=\"remark\"", cw_buf_str(draft));
        if (hypothesis->settle_count) {
            cw_html_markup(html, "<details><summary>");
            cw_html_say(html, CW_SAY("To settle it:"));
            cw_html_markup(html, "</summary>");
            cw_html_steps(html, hypothesis->settle, hypothesis->settle_count);
            cw_html_markup(html, "</details>");
        }
        cw_html_markup(html, "</article>\n");
    }
    cw_html_markup(html, "</div></section>\n");
}

static void write_values(struct cw_html *html, struct cw_str label, const struct cw_strings *values)
{
    if (values->count == 0)
        return;
    cw_html_element(html, "dt", label);
    cw_html_markup(html, "<dd>");
    for (size_t i = 0; i < values->count; i++)
        cw_html_element(html, "code", values->items[i]);
    cw_html_markup(html, "</dd>\n");
}

static void write_allowlist(struct cw_html *html, const struct cw_allowlist *allowlist)
{
    enum cw_language language = html->language;
    if (cw_allowlist_count(allowlist) == 0)
        return;
    cw_html_section(html, CW_SAY("Allow list to hand to the security product's vendor"));
    cw_html_markup(html, "<dl>");
    write_values(html, cw_phrase_text(language, CW_SAY("The process")), &allowlist->process);
    write_values(html, cw_phrase_text(language, CW_SAY("may create and change the registry keys")),
                 &allowlist->registry_key);
    write_values(html, cw_phrase_text(language, CW_SAY("may create and replace the files")),
                 &allowlist->file);
    cw_html_markup(html, "</dl></section>\n");
}

static void write_entities(struct cw_html *html, const struct cw_entities *entities)
{
    cw_html_section(html, CW_SAY("What it concerns"));
    cw_html_markup(html, "<dl>");
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++)
        write_values(html, cw_entity_word(html->language, (enum cw_entity)kind),
                     &entities->of[kind]);
    cw_html_markup(html, "</dl></section>\n");
}

void cw_html_finding(struct cw_html *html, const struct cw_report *report,
                     const struct cw_finding *finding)
{
    write_actions(html, finding);
    write_evidence(html, report, finding);
    write_tree(html, report, &finding->tree);
    write_hypotheses(html, finding);
    cw_html_interference(html, report, &finding->interference);
    write_allowlist(html, &finding->allowlist);
    write_entities(html, &finding->entities);
}
