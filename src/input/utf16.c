/* Logs are ASCII but for a name here and there, so the vector form takes runs of ASCII, eight units
 * at a time, and leaves every other character to the plain loop. */
#include "input/utf16.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define REPLACEMENT 0xFFFDU

/* One character of the text. */
struct character {
    uint32_t point;
    size_t used; /* bytes; 0 = not complete */
    bool replaced;
};

static uint32_t unit_at(const char *bytes, bool big_endian)
{
    uint32_t first = (unsigned char)bytes[0];
    uint32_t second = (unsigned char)bytes[1];
    return big_endian ? first << 8 | second : second << 8 | first;
}

static bool is_high(uint32_t unit)
{
    return (unit & 0xFC00U) == 0xD800U;
}

static bool is_low(uint32_t unit)
{
    return (unit & 0xFC00U) == 0xDC00U;
}

/* `raw` is not empty. */
static struct character next_character(struct cw_str raw, bool big_endian, bool last)
{
    if (raw.len < 2)
        return (struct character){REPLACEMENT, last ? raw.len : 0, true};
    uint32_t unit = unit_at(raw.ptr, big_endian);
    if (!is_high(unit))
        return is_low(unit) ? (struct character){REPLACEMENT, 2, true}
                            : (struct character){unit, 2, false};
    if (raw.len < 4 && !last)
        return (struct character){REPLACEMENT, 0, true};
    uint32_t low = raw.len < 4 ? 0 : unit_at(raw.ptr + 2, big_endian);
    if (!is_low(low))
        return (struct character){REPLACEMENT, 2, true};
    uint32_t point = 0x10000U + ((unit & 0x3FFU) << 10) + (low & 0x3FFU);
    return (struct character){point, 4, false};
}

/* Takes one character; false when it is not complete or there is no room for any. */
static bool step_once(struct cw_utf16_step *step, struct cw_str raw, bool big_endian, bool last,
                      char *to, size_t size)
{
    struct cw_str rest = cw_str_from(raw, step->used);
    if (rest.len == 0 || size - step->made < CW_UTF8_MOST)
        return false;
    struct character character = next_character(rest, big_endian, last);
    if (character.used == 0)
        return false;
    step->used += character.used;
    step->made += cw_utf8_encode(character.point, to + step->made);
    step->replaced += character.replaced;
    return true;
}

struct cw_utf16_step cw_utf16_decode_reference(struct cw_str raw, bool big_endian, bool last,
                                               char *to, size_t size)
{
    struct cw_utf16_step step = {0};
    while (step_once(&step, raw, big_endian, last, to, size))
        ;
    return step;
}

#if defined(__SSE2__)
/* Eight units at a time while all of them are ASCII. */
static void take_ascii(struct cw_utf16_step *step, struct cw_str raw, bool big_endian, char *to,
                       size_t size)
{
    const __m128i not_ascii = _mm_set1_epi16((short)0xFF80);
    while (raw.len - step->used >= 16 && size - step->made >= 8) {
        __m128i units = _mm_loadu_si128((const void *)(raw.ptr + step->used));
        if (big_endian)
            units = _mm_or_si128(_mm_slli_epi16(units, 8), _mm_srli_epi16(units, 8));
        __m128i high = _mm_cmpeq_epi16(_mm_and_si128(units, not_ascii), _mm_setzero_si128());
        if (_mm_movemask_epi8(high) != 0xFFFF)
            return;
        _mm_storel_epi64((void *)(to + step->made), _mm_packus_epi16(units, units));
        step->used += 16;
        step->made += 8;
    }
}
#else
static void take_ascii(struct cw_utf16_step *step, struct cw_str raw, bool big_endian, char *to,
                       size_t size)
{
    while (raw.len - step->used >= 2 && size - step->made >= CW_UTF8_MOST) {
        uint32_t unit = unit_at(raw.ptr + step->used, big_endian);
        if (unit >= 0x80)
            return;
        to[step->made++] = (char)unit;
        step->used += 2;
    }
}
#endif

struct cw_utf16_step cw_utf16_decode(struct cw_str raw, bool big_endian, bool last, char *to,
                                     size_t size)
{
    struct cw_utf16_step step = {0};
    do
        take_ascii(&step, raw, big_endian, to, size);
    while (step_once(&step, raw, big_endian, last, to, size));
    return step;
}

/* Most units are ASCII as text has it, none is NUL, and every surrogate has its other half. */
static bool looks_like(struct cw_str head, bool big_endian)
{
    size_t units = 0;
    size_t ascii = 0;
    for (size_t at = 0; at + 1 < head.len; units++) {
        struct character character = next_character(cw_str_from(head, at), big_endian, false);
        uint32_t point = character.point;
        if (character.used == 0)
            break;
        if (point == 0 || character.replaced)
            return false;
        ascii += (point >= ' ' && point < 0x7F) || point == '\t' || point == '\r' || point == '\n';
        at += character.used;
    }
    return units >= 4 && ascii * 2 > units;
}

bool cw_utf16_recognise(struct cw_str head, bool *ret_big_endian)
{
    bool is_little = cw_str_starts(head, CW_STR("\xFF\xFE"));
    bool is_big = cw_str_starts(head, CW_STR("\xFE\xFF"));
    /* Two NULs behind the mark: UTF-32, or no text at all. */
    bool is_other = cw_str_starts(cw_str_from(head, 2), CW_STR("\0\0"));
    if (!is_little && !is_big) {
        is_little = looks_like(head, false);
        is_big = !is_little && looks_like(head, true);
    }
    if (is_other || (!is_little && !is_big))
        return false;
    *ret_big_endian = is_big;
    return true;
}
