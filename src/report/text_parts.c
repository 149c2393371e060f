#include <inttypes.h>

#include "report/text_sections.h"

void cw_text_heading(struct cw_text *text, const char *title)
{
    const struct cw_paragraph heading = {.tone = CW_TONE_STRONG};
    cw_text_blank(text);
    cw_text_paragraph(text, &heading, cw_str_c(title));
}

size_t cw_text_scale(const struct cw_text *text, size_t lines)
{
    size_t narrow = text->width < CW_SCREEN_WIDTH ? text->width : CW_SCREEN_WIDTH;
    return (lines * CW_SCREEN_WIDTH + narrow - 1) / narrow;
}

void cw_text_field_keeping(struct cw_text *text, const char *label, size_t most, struct cw_str body,
                           struct cw_str keep)
{
    const struct cw_paragraph field = {
        .label = cw_str_c(label),
        .label_tone = CW_TONE_STRONG,
        .hang = CW_FIELD_HANG,
        .most = most,
        .keep = keep,
    };
    cw_text_paragraph(text, &field, body);
}

void cw_text_field(struct cw_text *text, const char *label, size_t most, struct cw_str body)
{
    cw_text_field_keeping(text, label, cw_text_scale(text, most), body, CW_STR_NONE);
}

size_t cw_text_field_lines(struct cw_text *text, struct cw_str body)
{
    const struct cw_paragraph field = {.hang = CW_FIELD_HANG, .most = 1};
    return cw_text_measure(text, &field, body);
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

void cw_text_put_date(struct cw_buf *buf, cw_time time)
{
    char text[CW_TIME_TEXT];
    struct cw_str whole = cw_str_c(cw_time_text(time, text));
    cw_buf_append(buf, cw_str_head(whole, cw_str_find_char(whole, 'T')));
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
    bool later = item->time_approximate && item->time != CW_TIME_NONE;
    cw_buf_append(buf, later ? CW_STR("  by ") : CW_STR("  "));
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
    const struct cw_chain_item *first = NULL;
    for (size_t i = 0; i < finding->chain_count; i++) {
        const struct cw_chain_item *item = &finding->chain[i];
        if (item->role != CW_CHAIN_CAUSE)
            continue;
        first = first ? first : item;
        /* Without a rule, what was being done stands in front of what failed. */
        if (finding->role == CW_ROLE_UNEXPLAINED && cw_finding_proof_code(finding, item).len)
            return item;
    }
    return first ? first : finding->chain_count ? &finding->chain[0] : NULL;
}

struct cw_str cw_str_with_words_before(struct cw_str text, size_t at, size_t end)
{
    enum { WORDS_BYTES = 12 };
    size_t start = at;
    for (size_t i = at; i > 0 && at - i < WORDS_BYTES && (unsigned char)text.ptr[i - 1] >= ' ';) {
        i--;
        if (i == 0 || text.ptr[i - 1] == ' ')
            start = i;
    }
    return cw_str_head(cw_str_from(text, start), end - start);
}

/* A bare number may mean anything in a line. */
static bool is_number(struct cw_str spelling)
{
    for (size_t i = 0; i < spelling.len; i++) {
        if (!cw_is_digit(spelling.ptr[i]))
            return false;
    }
    return true;
}

struct cw_str cw_finding_proof_code(const struct cw_finding *finding,
                                    const struct cw_chain_item *item)
{
    uint32_t code;
    struct cw_str written = CW_STR_NONE;
    for (size_t i = 0; i < finding->as_written.count; i++) {
        struct cw_str spelling = finding->as_written.items[i];
        if (spelling.len > written.len && !is_number(spelling) &&
            cw_str_find(item->text, spelling) != SIZE_MAX)
            written = spelling;
    }
    if (written.len == 0 && !cw_code_find(item->text, &code, &written))
        return CW_STR_NONE;
    size_t at = cw_str_find(item->text, written);
    return at == SIZE_MAX ? written : cw_str_with_words_before(item->text, at, at + written.len);
}
