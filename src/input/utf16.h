/* UTF-16 -> UTF-8, a block at a time. */
#ifndef CW_INPUT_UTF16_H
#define CW_INPUT_UTF16_H

#include "base/utf8.h"

struct cw_utf16_step {
    size_t used;       /* bytes taken */
    size_t made;       /* bytes of UTF-8 */
    uint64_t replaced; /* surrogates without their other half, or half units: U+FFFD each */
};

/* Transcodes what fits into `to`. A unit, or a pair of surrogates, that is not complete is left,
 * unless `last` says that nothing follows. With room for less than CW_UTF8_MOST bytes nothing may
 * be made. */
struct cw_utf16_step cw_utf16_decode(struct cw_str raw, bool big_endian, bool last, char *to,
                                     size_t size);

/* The same by the plainest loop; the truth that cw_utf16_decode is tested against. */
struct cw_utf16_step cw_utf16_decode_reference(struct cw_str raw, bool big_endian, bool last,
                                               char *to, size_t size);

/* Whether text that begins so is UTF-16, by its byte order mark or, without one, because most of
 * its units are ASCII in one of the byte orders and none is impossible. */
bool cw_utf16_recognise(struct cw_str head, bool *ret_big_endian);

#endif
