#include "report/text_sections.h"

void cw_text_heading(struct cw_text *text, struct cw_phrase title)
{
    const struct cw_paragraph heading = {.tone = CW_TONE_STRONG};
    cw_text_blank(text);
    cw_text_paragraph(text, &heading, cw_phrase_text(text->language, title));
}

size_t cw_text_scale(const struct cw_text *text, size_t lines)
{
    size_t narrow = text->width < CW_SCREEN_WIDTH ? text->width : CW_SCREEN_WIDTH;
    return (lines * CW_SCREEN_WIDTH + narrow - 1) / narrow;
}

static struct cw_paragraph make_field(const struct cw_text *text, struct cw_phrase label,
                                      size_t most, struct cw_str keep)
{
    return (struct cw_paragraph){
        .label = cw_phrase_text(text->language, label),
        .label_tone = CW_TONE_STRONG,
        .hang = CW_FIELD_HANG,
        .most = most,
        .keep = keep,
    };
}

void cw_text_field_keeping(struct cw_text *text, struct cw_phrase label, size_t most,
                           struct cw_str body, struct cw_str keep)
{
    const struct cw_paragraph field = make_field(text, label, most, keep);
    cw_text_paragraph(text, &field, body);
}

void cw_text_field_prose(struct cw_text *text, struct cw_phrase label, size_t most,
                         struct cw_str body, struct cw_str keep)
{
    struct cw_paragraph field = make_field(text, label, most, keep);
    field.prose = true;
    cw_text_paragraph(text, &field, body);
}

void cw_text_field(struct cw_text *text, struct cw_phrase label, size_t most, struct cw_str body)
{
    cw_text_field_keeping(text, label, cw_text_scale(text, most), body, CW_STR_NONE);
}

size_t cw_text_field_lines(struct cw_text *text, struct cw_str body)
{
    const struct cw_paragraph field = {.hang = CW_FIELD_HANG, .most = 1};
    return cw_text_measure(text, &field, body);
}
