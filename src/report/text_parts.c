#include <inttypes.h>

#include "report/text_sections.h"

void cw_text_heading(struct cw_text *text, const char *title)
{
    const struct cw_paragraph heading = {.tone = CW_TONE_STRONG};
    cw_text_blank(text);
    cw_text_paragraph(text, &heading, cw_str_c(title));
}

void cw_text_field(struct cw_text *text, const char *label, size_t most, struct cw_str body)
{
    enum { USUAL_WIDTH = 80 };
    size_t narrow = text->width < USUAL_WIDTH ? text->width : USUAL_WIDTH;
    const struct cw_paragraph field = {
        .label = cw_str_c(label),
        .label_tone = CW_TONE_STRONG,
        .hang = CW_FIELD_HANG,
        .most = (most * USUAL_WIDTH + narrow - 1) / narrow,
    };
    cw_text_paragraph(text, &field, body);
}

void cw_text_put_time(struct cw_buf *buf, cw_time time)
{
    char text[CW_TIME_TEXT];
    struct cw_str whole = cw_str_c(cw_time_text(time, text));
    size_t day = cw_str_find_char(whole, 'T');
    if (day == SIZE_MAX) {
        cw_buf_append(buf, CW_STR("time unknown"));
        return;
    }
    cw_buf_append(buf, cw_str_head(whole, day));
    cw_buf_char(buf, ' ');
    cw_buf_append(buf, cw_str_from(whole, day + 1));
}

void cw_text_put_span(struct cw_buf *buf, cw_time first, cw_time last)
{
    if (first == CW_TIME_NONE && last == CW_TIME_NONE)
        return;
    cw_text_put_time(buf, first);
    if (first == last)
        return;
    cw_buf_append(buf, CW_STR(" to "));
    cw_text_put_time(buf, last);
}

void cw_text_put_place(struct cw_buf *buf, const struct cw_report *report,
                       const struct cw_chain_item *item)
{
    cw_buf_append(buf, report->sources[item->source].path);
    cw_buf_printf(buf, ":%" PRIu64, item->line);
    if (item->last_line > item->line)
        cw_buf_printf(buf, "-%" PRIu64, item->last_line);
    cw_buf_append(buf, item->time_approximate ? CW_STR("  before ") : CW_STR("  "));
    cw_text_put_time(buf, item->time);
}

void cw_text_put_code(struct cw_buf *buf, uint32_t code)
{
    char text[CW_CODE_TEXT];
    struct cw_str symbol = cw_code_symbol(code);
    struct cw_str message = cw_code_message(code);
    cw_buf_append(buf, cw_str_c(cw_code_text(code, text)));
    if (symbol.len)
        cw_buf_char(buf, ' ');
    cw_buf_append(buf, symbol);
    if (message.len)
        cw_buf_append(buf, CW_STR(": "));
    cw_buf_append(buf, message);
}

void cw_text_put_list(struct cw_buf *buf, const struct cw_strings *strings, const char *separator)
{
    for (size_t i = 0; i < strings->count; i++) {
        if (i > 0)
            cw_buf_append(buf, cw_str_c(separator));
        cw_buf_append(buf, strings->items[i]);
    }
}

void cw_text_put_count(struct cw_buf *buf, uint64_t count, const char *one, const char *many)
{
    cw_buf_printf(buf, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

const char *cw_text_entity_label(enum cw_entity entity)
{
    static const char *const labels[CW_ENTITY_KINDS] = {
        [CW_ENTITY_KB] = "KB",
        [CW_ENTITY_PACKAGE] = "package",
        [CW_ENTITY_INF] = "INF",
        [CW_ENTITY_DRIVER] = "driver",
        [CW_ENTITY_SERVICE] = "service",
        [CW_ENTITY_DEVICE] = "device",
        [CW_ENTITY_COMPONENT] = "component",
        [CW_ENTITY_INSTALLER] = "installer",
        [CW_ENTITY_REGISTRY_KEY] = "registry key",
        [CW_ENTITY_FILE] = "file",
    };
    return labels[entity];
}

const struct cw_chain_item *cw_finding_proof(const struct cw_finding *finding)
{
    for (size_t i = 0; i < finding->chain_count; i++) {
        if (finding->chain[i].role == CW_CHAIN_CAUSE)
            return &finding->chain[i];
    }
    return finding->chain_count ? &finding->chain[0] : NULL;
}

struct cw_str cw_finding_proof_code(const struct cw_finding *finding,
                                    const struct cw_chain_item *item)
{
    uint32_t code;
    struct cw_str written = CW_STR_NONE;
    for (size_t i = 0; i < finding->as_written.count; i++) {
        if (cw_str_find(item->text, finding->as_written.items[i]) != SIZE_MAX)
            return finding->as_written.items[i];
    }
    return cw_code_find(item->text, &code, &written) ? written : CW_STR_NONE;
}
