#include "base/utf8.h"

/* Length, payload of the first byte, and the range allowed for the second byte, by first byte
 * (Unicode, table 3-7). */
struct lead {
    unsigned char first, last;
    unsigned char length;
    unsigned char mask;
    unsigned char low, high;
};

static const struct lead leads[] = {
    {0xC2, 0xDF, 2, 0x1F, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0x0F, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x0F, 0x80, 0xBF}, {0xED, 0xED, 3, 0x0F, 0x80, 0x9F},
    {0xEE, 0xEF, 3, 0x0F, 0x80, 0xBF}, {0xF0, 0xF0, 4, 0x07, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x07, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x07, 0x80, 0x8F},
};

static const struct lead *find_lead(unsigned char byte)
{
    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (byte >= leads[i].first && byte <= leads[i].last)
            return &leads[i];
    }
    return NULL;
}

size_t cw_utf8_decode(struct cw_str text, uint32_t *ret_point)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    *ret_point = bytes[0];
    if (bytes[0] < 0x80)
        return 1;
    *ret_point = CW_UTF8_INVALID;
    const struct lead *lead = find_lead(bytes[0]);
    if (!lead || text.len < 2 || bytes[1] < lead->low || bytes[1] > lead->high)
        return 1;
    uint32_t point = (uint32_t)(bytes[0] & lead->mask) << 6 | (bytes[1] & 0x3FU);
    for (size_t i = 2; i < lead->length; i++) {
        if (i >= text.len || (bytes[i] & 0xC0) != 0x80)
            return i;
        point = point << 6 | (bytes[i] & 0x3FU);
    }
    *ret_point = point;
    return lead->length;
}

bool cw_utf8_is_unsafe(uint32_t point)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},           {0x7F, 0x9F},       /* C0, DEL, C1 */
        {0x061C, 0x061C},       {0x200B, 0x200B},   /* Arabic letter mark; zero width space */
        {0x200E, 0x200F},       {0x2028, 0x202E},   /* marks; separators, embeddings, overrides */
        {0x2060, 0x206F},       {0xFEFF, 0xFEFF},   /* invisible operators, isolates; zero width */
        {0xFFF9, 0xFFFB},       {0xE0000, 0xE00FF}, /* interlinear annotation; tag characters */
        {0x110000, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (point >= ranges[i][0] && point <= ranges[i][1])
            return true;
    }
    return false;
}
