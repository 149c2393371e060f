/* The operations of the failing section, as deep as they lie in one another. */
#include <inttypes.h>

#include "report/text_sections.h"

enum { INDENT = 2, STEP = 2 };

/* A deep operation on a narrow terminal still has two thirds of the line. */
static size_t indent_of(const struct cw_text *text, unsigned depth)
{
    size_t indent = INDENT + (size_t)depth * STEP;
    return indent < text->width / 3 ? indent : text->width / 3;
}

/* "39-42 Add Service: intelppm  0x80070005", or "41 Failed to set Start Type." */
static void write_node(struct cw_text *text, const struct cw_tree_node *node)
{
    char code[CW_CODE_TEXT];
    struct cw_buf *body = cw_text_draft(text);
    const struct cw_paragraph paragraph = {
        .indent = indent_of(text, node->depth + 1),
        .hang = indent_of(text, node->depth + 1) + STEP,
        .tone = node->is_line ? CW_TONE_BAD : CW_TONE_PLAIN,
    };
    cw_buf_printf(body, "%" PRIu64, node->line);
    if (node->exit_line > node->line)
        cw_buf_printf(body, "-%" PRIu64, node->exit_line);
    cw_buf_char(body, ' ');
    cw_buf_append(body, node->name);
    if (node->argument.len)
        cw_buf_append(body, CW_STR(": "));
    cw_buf_append(body, node->argument);
    if (!node->is_line && node->code != CW_CODE_NONE)
        cw_buf_printf(body, "  %s", cw_code_text(node->code, code));
    cw_text_paragraph(text, &paragraph, cw_buf_str(body));
}

void cw_text_tree(struct cw_text *text, const struct cw_report *report,
                  const struct cw_section_tree *tree)
{
    const struct cw_paragraph paragraph = {.indent = INDENT};
    if (tree->node_count == 0)
        return;
    cw_text_heading(text, CW_SAY("The failing section"));
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, report->sources[tree->source].path);
    cw_buf_printf(body, ":%" PRIu64 "-%" PRIu64 "  ", tree->first_line, tree->last_line);
    cw_buf_append(body, tree->title);
    cw_text_paragraph(text, &paragraph, cw_buf_str(body));
    for (size_t i = 0; i < tree->node_count; i++)
        write_node(text, &tree->nodes[i]);
}
