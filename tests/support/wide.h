/* Text in UTF-16, for tests. */
#ifndef CW_TESTS_WIDE_H
#define CW_TESTS_WIDE_H

#include "base/buf.h"
#include "base/utf8.h"

static inline void put_unit(struct cw_buf *buf, uint32_t unit, bool big_endian)
{
    (void)cw_buf_char(buf, (char)(big_endian ? unit >> 8 : unit & 0xFF));
    (void)cw_buf_char(buf, (char)(big_endian ? unit & 0xFF : unit >> 8));
}

/* Appends `text`, which is UTF-8, as it is: a byte order mark only when it has one. */
static inline void put_utf16(struct cw_buf *buf, struct cw_str text, bool big_endian)
{
    while (text.len > 0) {
        uint32_t point;
        text = cw_str_from(text, cw_utf8_decode(text, &point));
        if (point < 0x10000) {
            put_unit(buf, point, big_endian);
            continue;
        }
        put_unit(buf, 0xD800U + ((point - 0x10000U) >> 10), big_endian);
        put_unit(buf, 0xDC00U + ((point - 0x10000U) & 0x3FFU), big_endian);
    }
}

#endif
