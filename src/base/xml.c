#include "base/xml.h"

#include "base/cursor.h"
#include "base/utf8.h"

static const struct {
    char c;
    bool written; /* by us: an apostrophe means nothing in double quotes */
    struct cw_str entity;
} entities[] = {
    {'&', true, {"&amp;", 5}},  {'<', true, {"&lt;", 4}},     {'>', true, {"&gt;", 4}},
    {'"', true, {"&quot;", 6}}, {'\'', false, {"&apos;", 6}},
};

static struct cw_str entity_of(char c)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (entities[i].written && entities[i].c == c)
            return entities[i].entity;
    }
    return CW_STR_NONE;
}

/* XML 1.0, 2.2: neither control characters nor these two are characters of a document. */
static bool is_allowed(uint32_t point)
{
    if (point == CW_UTF8_INVALID || point == 0xFFFE || point == 0xFFFF)
        return false;
    return point >= 0x20 || point == '\t' || point == '\n';
}

/* How many bytes stand as they are; nearly all do. */
static size_t plain_length(struct cw_str text)
{
    size_t len = 0;
    while (len < text.len && text.ptr[len] >= ' ' && text.ptr[len] <= '~' && text.ptr[len] != '&' &&
           text.ptr[len] != '<' && text.ptr[len] != '>' && text.ptr[len] != '"')
        len++;
    return len;
}

bool cw_xml_text(struct cw_buf *out, struct cw_str text)
{
    for (;;) {
        size_t plain = plain_length(text);
        if (!cw_buf_append(out, cw_str_head(text, plain)))
            return false;
        text = cw_str_from(text, plain);
        if (text.len == 0)
            return true;
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
}

/* "&#8364;" or "&#x20AC;" */
static bool take_number(struct cw_cursor *cursor, uint32_t *ret_point)
{
    uint64_t number;
    struct cw_cursor ahead = *cursor;
    bool read = cw_cursor_literal(&ahead, CW_STR("&#x"))
                    ? cw_cursor_hex(&ahead, 8, &number)
                    : cw_cursor_literal(&ahead, CW_STR("&#")) && cw_cursor_decimal(&ahead, &number);
    bool is_point = read && number <= 0x10FFFF && (number < 0xD800 || number > 0xDFFF);
    if (!is_point || !is_allowed((uint32_t)number) || !cw_cursor_char(&ahead, ';'))
        return false;
    *ret_point = (uint32_t)number;
    *cursor = ahead;
    return true;
}

static bool take_entity(struct cw_cursor *cursor, uint32_t *ret_point)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (!cw_cursor_literal(cursor, entities[i].entity))
            continue;
        *ret_point = (unsigned char)entities[i].c;
        return true;
    }
    return take_number(cursor, ret_point);
}

bool cw_xml_plain(struct cw_buf *out, struct cw_str text)
{
    struct cw_cursor cursor = cw_cursor(text);
    while (!cw_cursor_end(&cursor)) {
        uint32_t point;
        char bytes[CW_UTF8_MOST];
        size_t plain = cw_str_find_char(cursor.rest, '&');
        if (!cw_buf_append(out, cw_str_head(cursor.rest, plain)))
            return false;
        cw_cursor_skip(&cursor, plain);
        if (cw_cursor_end(&cursor))
            break;
        if (!take_entity(&cursor, &point)) {
            point = '&';
            cw_cursor_skip(&cursor, 1);
        }
        if (!cw_buf_append(out, (struct cw_str){bytes, cw_utf8_encode(point, bytes)}))
            return false;
    }
    return true;
}
