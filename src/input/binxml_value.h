/* The values in binary XML. For binxml.c. */
#ifndef CW_INPUT_BINXML_VALUE_H
#define CW_INPUT_BINXML_VALUE_H

#include "base/buf.h"

enum cw_binxml_type {
    CW_BINXML_NULL = 0x00,
    CW_BINXML_STRING = 0x01, /* UTF-16 */
    CW_BINXML_ANSI = 0x02,
    CW_BINXML_INT8 = 0x03,
    CW_BINXML_UINT8 = 0x04,
    CW_BINXML_INT16 = 0x05,
    CW_BINXML_UINT16 = 0x06,
    CW_BINXML_INT32 = 0x07,
    CW_BINXML_UINT32 = 0x08,
    CW_BINXML_INT64 = 0x09,
    CW_BINXML_UINT64 = 0x0A,
    CW_BINXML_BOOL = 0x0D,
    CW_BINXML_GUID = 0x0F,
    CW_BINXML_SIZE = 0x10,
    CW_BINXML_FILETIME = 0x11,
    CW_BINXML_SID = 0x13,
    CW_BINXML_HEX32 = 0x14,
    CW_BINXML_HEX64 = 0x15,
    CW_BINXML_DOCUMENT = 0x21,
    CW_BINXML_STRINGS = 0x81 /* each ends in a NUL */
};

/* The little-endian number in the first `size` bytes, at most 8; 0 when there are fewer. */
uint64_t cw_binxml_number(struct cw_str bytes, size_t size);

/* Appends text, escaped, without what follows a NUL, and with blanks for line ends: an event is to
 * stand in a line. False when the buffer refuses. */
bool cw_binxml_put_utf16(struct cw_buf *out, struct cw_str utf16);

/* Appends a value as Windows writes it in XML; nothing for types of which events of servicing have
 * none (binary data, fractions, arrays of numbers). False when the buffer refuses. */
bool cw_binxml_put_value(struct cw_buf *out, unsigned type, struct cw_str bytes);

#endif
