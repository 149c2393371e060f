/* Bytes in UTF-16 -> bytes in UTF-8, between a source and who reads it.
 *
 * 8-bit text passes unchanged: it is searched as it is, and converted where it is quoted
 * (input/codepage.h).
 */
#ifndef CW_INPUT_DECODE_H
#define CW_INPUT_DECODE_H

#include "input/encoding.h"
#include "input/source.h"

/* A source of the text of `inner`, which is borrowed. CW_ENCODING_UNKNOWN has UTF-16 recognised by
 * the first bytes; what is given is believed. Offsets count bytes of the decoded text. It can be
 * read at any position when `inner` can, at best forwards: a step back means decoding from the
 * beginning. */
int cw_source_decode(struct cw_source *inner, enum cw_encoding encoding,
                     struct cw_source **ret_source, struct cw_error *error);

/* Of a source that cw_source_decode made, once something was read: CW_ENCODING_UTF16LE or
 * CW_ENCODING_UTF16BE; CW_ENCODING_UTF8 stands for 8-bit text of any kind. */
enum cw_encoding cw_source_encoding(const struct cw_source *source);
/* Characters that stand as U+FFFD in what was read so far. */
uint64_t cw_source_replaced(const struct cw_source *source);

#endif
