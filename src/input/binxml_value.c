#include "input/binxml_value.h"

#include <inttypes.h>

#include "base/civil.h"
#include "base/xml.h"
#include "input/utf16.h"

uint64_t cw_binxml_number(struct cw_str bytes, size_t size)
{
    uint64_t number = 0;
    if (bytes.len < size)
        return 0;
    for (size_t i = size; i-- > 0;)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    return number;
}

bool cw_binxml_put_utf16(struct cw_buf *out, struct cw_str utf16)
{
    char text[256];
    while (utf16.len > 0) {
        struct cw_utf16_step step = cw_utf16_decode(utf16, false, true, text, sizeof(text));
        struct cw_str piece = {text, step.made};
        size_t end = cw_str_find_char(piece, '\0');
        for (size_t i = 0; i < step.made; i++) {
            if (text[i] == '\r' || text[i] == '\n')
                text[i] = ' ';
        }
        if (!cw_xml_text(out, cw_str_head(piece, end)))
            return false;
        if (end != SIZE_MAX || step.used == 0)
            break;
        utf16 = cw_str_from(utf16, step.used);
    }
    return true;
}

static bool put_strings(struct cw_buf *out, struct cw_str utf16)
{
    while (utf16.len > 1) {
        size_t end = 0;
        while (end + 1 < utf16.len && (utf16.ptr[end] || utf16.ptr[end + 1]))
            end += 2;
        if (!cw_binxml_put_utf16(out, cw_str_head(utf16, end)) ||
            (utf16.len > end + 2 && !cw_buf_append(out, CW_STR(", "))))
            return false;
        utf16 = cw_str_from(utf16, end + 2);
    }
    return true;
}

static bool put_signed(struct cw_buf *out, struct cw_str bytes)
{
    size_t bits = bytes.len * 8;
    uint64_t number = cw_binxml_number(bytes, bytes.len);
    if (bits == 0 || bits > 64)
        return true;
    uint64_t sign = UINT64_C(1) << (bits - 1);
    bool negative = (number & sign) != 0;
    uint64_t size = negative ? (~number & (sign - 1)) + 1 : number;
    return cw_buf_printf(out, "%s%" PRIu64, negative ? "-" : "", size);
}

/* "{bd12f3b8-fc40-4a61-a307-b7a013a069c1}" */
static bool put_guid(struct cw_buf *out, struct cw_str bytes)
{
    static const size_t groups[] = {4, 2, 2};
    bool done = bytes.len == 16 && cw_buf_char(out, '{');
    for (size_t i = 0; i < 3 && done; i++) {
        done = cw_buf_printf(out, "%0*" PRIx64 "-", (int)groups[i] * 2,
                             cw_binxml_number(bytes, groups[i]));
        bytes = cw_str_from(bytes, groups[i]);
    }
    for (size_t i = 0; i < 8 && done; i++)
        done = cw_buf_printf(out, "%s%02x", i == 2 ? "-" : "", (unsigned char)bytes.ptr[i]);
    return done && cw_buf_char(out, '}');
}

/* Tenths of a microsecond since 1601. */
static bool put_filetime(struct cw_buf *out, uint64_t time)
{
    const int64_t epoch_ms = INT64_C(11644473600000);
    const uint64_t most = UINT64_C(0x7fffffffffffffff);
    char text[CW_TIME_TEXT];
    if (time > most)
        return true;
    cw_time seconds = (cw_time)(time / 10000000) * 1000 - epoch_ms;
    return cw_buf_printf(out, "%s.%07uZ", cw_time_text(seconds, text), (unsigned)(time % 10000000));
}

/* "S-1-5-18" */
static bool put_sid(struct cw_buf *out, struct cw_str bytes)
{
    uint64_t authority = 0;
    if (bytes.len < 8)
        return true;
    for (size_t i = 2; i < 8; i++)
        authority = authority << 8 | (unsigned char)bytes.ptr[i];
    bool done = cw_buf_printf(out, "S-%u-%" PRIu64, (unsigned char)bytes.ptr[0], authority);
    for (bytes = cw_str_from(bytes, 8); bytes.len >= 4 && done; bytes = cw_str_from(bytes, 4))
        done = cw_buf_printf(out, "-%" PRIu64, cw_binxml_number(bytes, 4));
    return done;
}

bool cw_binxml_put_value(struct cw_buf *out, unsigned type, struct cw_str bytes)
{
    uint64_t number = cw_binxml_number(bytes, bytes.len < 8 ? bytes.len : 8);
    switch (type) {
    case CW_BINXML_STRING:
        return cw_binxml_put_utf16(out, bytes);
    case CW_BINXML_STRINGS:
        return put_strings(out, bytes);
    case CW_BINXML_ANSI:
        return cw_xml_text(out, cw_str_head(bytes, cw_str_find_char(bytes, '\0')));
    case CW_BINXML_INT8:
    case CW_BINXML_INT16:
    case CW_BINXML_INT32:
    case CW_BINXML_INT64:
        return put_signed(out, bytes);
    case CW_BINXML_UINT8:
    case CW_BINXML_UINT16:
    case CW_BINXML_UINT32:
    case CW_BINXML_UINT64:
        return cw_buf_printf(out, "%" PRIu64, number);
    case CW_BINXML_BOOL:
        return cw_buf_append(out, number ? CW_STR("true") : CW_STR("false"));
    case CW_BINXML_GUID:
        return bytes.len != 16 || put_guid(out, bytes);
    case CW_BINXML_SIZE:
    case CW_BINXML_HEX32:
    case CW_BINXML_HEX64:
        return cw_buf_printf(out, "0x%" PRIx64, number);
    case CW_BINXML_FILETIME:
        return put_filetime(out, number);
    case CW_BINXML_SID:
        return put_sid(out, bytes);
    default:
        return true;
    }
}
