/* UTF-8, one character at a time, from bytes that may be anything. */
#ifndef CW_BASE_UTF8_H
#define CW_BASE_UTF8_H

#include "base/str.h"

/* Stands for bytes that are not UTF-8; no code point has this value. */
#define CW_UTF8_INVALID UINT32_MAX

/* U+FFFD, what takes the place of such bytes. */
#define CW_UTF8_REPLACEMENT CW_STR("\xEF\xBF\xBD")

/* Decodes the first character of `text`, which is not empty, and returns its length in bytes.
 * Overlong forms, surrogates and values past U+10FFFF are invalid; an invalid sequence is as long
 * as its longest part that could have begun a character, at least 1 (Unicode, chapter 3.9). */
size_t cw_utf8_decode(struct cw_str text, uint32_t *ret_point);

/* The longest character. */
enum { CW_UTF8_MOST = 4 };

/* Encodes a code point, which is one, to where there is room for CW_UTF8_MOST bytes; returns how
 * many it takes. */
static inline size_t cw_utf8_encode(uint32_t point, char *to)
{
    if (point < 0x80) {
        to[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (char)(0xC0U | point >> 6);
        to[1] = (char)(0x80U | (point & 0x3FU));
        return 2;
    }
    if (point < 0x10000) {
        to[0] = (char)(0xE0U | point >> 12);
        to[1] = (char)(0x80U | (point >> 6 & 0x3FU));
        to[2] = (char)(0x80U | (point & 0x3FU));
        return 3;
    }
    to[0] = (char)(0xF0U | point >> 18);
    to[1] = (char)(0x80U | (point >> 12 & 0x3FU));
    to[2] = (char)(0x80U | (point >> 6 & 0x3FU));
    to[3] = (char)(0x80U | (point & 0x3FU));
    return 4;
}

/* True for what must not reach a terminal from a log: control characters, line and paragraph
 * separators, and characters that reorder or hide the text around them. */
bool cw_utf8_is_unsafe(uint32_t point);

#endif
