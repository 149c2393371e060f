#include "report/redact_fold.h"

/* Capitals of two bytes, and how far their small letters are; both have two bytes. */
static const struct {
    unsigned first, last, step;
} capitals[] = {
    {0xC0, 0xD6, 0x20},   {0xD8, 0xDE, 0x20},   /* Latin */
    {0x391, 0x3A1, 0x20}, {0x3A3, 0x3A9, 0x20}, /* Greek */
    {0x400, 0x40F, 0x50}, {0x410, 0x42F, 0x20}, /* Cyrillic */
};

/* Extended Latin: capitals and small letters in turn. */
static const unsigned turns[][2] = {{0x100, 0x137}, {0x14A, 0x177}};

/* The same, but the capital is the odd one. */
static const unsigned odd_turns[][2] = {{0x139, 0x148}, {0x179, 0x17E}};

static unsigned small_letter(unsigned point)
{
    for (size_t i = 0; i < sizeof(capitals) / sizeof(capitals[0]); i++) {
        if (point >= capitals[i].first && point <= capitals[i].last)
            return point + capitals[i].step;
    }
    for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
        if (point >= turns[i][0] && point <= turns[i][1])
            return point | 1;
    }
    for (size_t i = 0; i < sizeof(odd_turns) / sizeof(odd_turns[0]); i++) {
        if (point >= odd_turns[i][0] && point <= odd_turns[i][1])
            return point + point % 2;
    }
    return point;
}

static bool is_continuation(struct cw_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

bool cw_redact_fold(struct cw_buf *folded, struct cw_str text)
{
    for (size_t at = 0; at < text.len; at++) {
        unsigned char lead = (unsigned char)text.ptr[at];
        if (lead < 0xC2 || lead > 0xDF || !is_continuation(text, at + 1)) {
            if (!cw_buf_char(folded, cw_to_lower(text.ptr[at])))
                return false;
            continue;
        }
        unsigned point = (lead & 0x1FU) << 6 | ((unsigned char)text.ptr[at + 1] & 0x3FU);
        point = small_letter(point);
        if (!cw_buf_char(folded, (char)(0xC0 | point >> 6)) ||
            !cw_buf_char(folded, (char)(0x80 | (point & 0x3F))))
            return false;
        at++;
    }
    return true;
}

/* Of a word whose letters stand together. */
static bool is_joined(char c)
{
    unsigned char byte = (unsigned char)c;
    return cw_is_digit(c) || (cw_to_lower(c) >= 'a' && cw_to_lower(c) <= 'z') ||
           (byte >= 0x80 && byte < 0xE2);
}

/* U+2000 and above: mostly Chinese, Japanese and Korean. */
static bool begins_alone(char c)
{
    return (unsigned char)c >= 0xE2;
}

size_t cw_redact_word_begin(struct cw_str text, size_t at)
{
    while (at < text.len && !is_joined(text.ptr[at]) && !begins_alone(text.ptr[at]))
        at++;
    return at;
}

size_t cw_redact_word_end(struct cw_str text, size_t at)
{
    bool alone = begins_alone(text.ptr[at]);
    at++;
    if (alone) {
        while (is_continuation(text, at))
            at++;
        return at;
    }
    while (at < text.len && is_joined(text.ptr[at]))
        at++;
    return at;
}

/* The last byte of a character alone is one of a joined one as well. */
static bool ends_alone(struct cw_str text, size_t at)
{
    while (at > 0 && is_continuation(text, at))
        at--;
    return begins_alone(text.ptr[at]);
}

bool cw_redact_is_in_word(struct cw_str text, size_t at)
{
    return at > 0 && at < text.len && is_joined(text.ptr[at]) && is_joined(text.ptr[at - 1]) &&
           !ends_alone(text, at - 1);
}
