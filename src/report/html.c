#include "report/html.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/xml.h"
#include "report/text_layout.h"

enum { FLUSH_AT = 32 * 1024, TEXT_MOST = 16 * CW_LIMIT_RECORD, MARKUP_MOST = 512 };

void cw_html_begin(struct cw_html *html, const struct cw_style *style,
                   const struct cw_output *output)
{
    *html = (struct cw_html){.output = output};
    html->language = style ? style->language : CW_LANGUAGE_EN;
    cw_buf_init(&html->out, TEXT_MOST);
    cw_buf_init(&html->draft, TEXT_MOST);
    cw_buf_init(&html->clean, TEXT_MOST);
}

static void flush(struct cw_html *html)
{
    if (html->out.failed || html->draft.failed || html->clean.failed)
        html->status = html->status ? html->status : CW_ERR_NOMEM;
    if (html->status == CW_OK && html->out.len > 0)
        html->status = html->output->write(html->output->context, html->out.data, html->out.len);
    cw_buf_clear(&html->out);
}

int cw_html_end(struct cw_html *html)
{
    flush(html);
    cw_buf_done(&html->out);
    cw_buf_done(&html->draft);
    cw_buf_done(&html->clean);
    return html->status;
}

struct cw_buf *cw_html_draft(struct cw_html *html)
{
    if (html->draft.failed && html->status == CW_OK)
        html->status = CW_ERR_NOMEM;
    cw_buf_clear(&html->draft);
    return &html->draft;
}

void cw_html_markup(struct cw_html *html, const char *markup)
{
    cw_buf_append(&html->out, cw_str_c(markup));
    if (html->out.len >= FLUSH_AT)
        flush(html);
}

void cw_html_format(struct cw_html *html, const char *format, ...)
{
    char text[MARKUP_MOST];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (len > 0 && (size_t)len < sizeof(text))
        cw_html_markup(html, text);
}

void cw_html_text(struct cw_html *html, struct cw_str text)
{
    if (html->clean.failed && html->status == CW_OK)
        html->status = CW_ERR_NOMEM;
    cw_buf_clear(&html->clean);
    cw_text_escape(&html->clean, text, true);
    cw_xml_text(&html->out, cw_buf_str(&html->clean));
    if (html->out.len >= FLUSH_AT)
        flush(html);
}

void cw_html_say(struct cw_html *html, struct cw_phrase phrase)
{
    cw_html_text(html, cw_phrase_text(html->language, phrase));
}

void cw_html_element(struct cw_html *html, const char *open, struct cw_str text)
{
    if (text.len == 0)
        return;
    cw_html_markup(html, "<");
    cw_html_markup(html, open);
    cw_html_markup(html, ">");
    cw_html_text(html, text);
    struct cw_str name = cw_str_c(open);
    name = cw_str_head(name, cw_str_find_char(name, ' '));
    cw_html_markup(html, "</");
    cw_buf_append(&html->out, name);
    cw_html_markup(html, ">");
}
