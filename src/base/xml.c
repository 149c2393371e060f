#include "base/xml.h"

#include "base/utf8.h"

static struct cw_str entity_of(char c)
{
    switch (c) {
    case '&':
        return CW_STR("&amp;");
    case '<':
        return CW_STR("&lt;");
    case '>':
        return CW_STR("&gt;");
    case '"':
        return CW_STR("&quot;");
    default:
        return CW_STR_NONE;
    }
}

/* XML 1.0, 2.2: neither control characters nor these two are characters of a document. */
static bool is_allowed(uint32_t point)
{
    if (point == CW_UTF8_INVALID || point == 0xFFFE || point == 0xFFFF)
        return false;
    return point >= 0x20 || point == '\t' || point == '\n';
}

bool cw_xml_text(struct cw_buf *out, struct cw_str text)
{
    while (text.len > 0) {
        uint32_t point;
        size_t len = cw_utf8_decode(text, &point);
        struct cw_str entity = entity_of(text.ptr[0]);
        struct cw_str character = cw_str_head(text, len);
        if (!is_allowed(point))
            character = CW_UTF8_REPLACEMENT;
        if (!cw_buf_append(out, entity.len ? entity : character))
            return false;
        text = cw_str_from(text, len);
    }
    return true;
}
