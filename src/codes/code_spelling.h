/* The pieces that the spellings of a code are made of; for code_parse.c and code_find.c. */
#ifndef CW_CODES_CODE_SPELLING_H
#define CW_CODES_CODE_SPELLING_H

#include "base/str.h"

/* Letters, digits and underscore: what numbers and symbols consist of. Asked for every byte of
 * every event, hence a bit set of the ASCII characters instead of comparisons. */
static inline bool cw_is_code_char(char c)
{
    static const uint64_t set[2] = {UINT64_C(0x03ff000000000000), UINT64_C(0x07fffffe87fffffe)};
    unsigned char byte = (unsigned char)c;
    return byte < 128 && (set[byte >> 6] >> (byte & 63) & 1) != 0;
}

/* Each is true when all of `token` is such a number of at most 32 bits. */
bool cw_spelling_hex(struct cw_str token, uint32_t *ret_number);      /* "0x5", "0x80070005" */
bool cw_spelling_bare_hex(struct cw_str token, uint32_t *ret_number); /* "80070005": 8 digits */
bool cw_spelling_decimal(struct cw_str token, uint32_t *ret_number);  /* "5", "2147942405" */

/* What stands behind the minus sign of a 32-bit number: "2147024891" gives 0x80070005. */
bool cw_spelling_negative(struct cw_str digits, uint32_t *ret_number);

/* HRESULT_FROM_WIN32 and its relatives. */
bool cw_spelling_is_wrapper(struct cw_str token);

/* What stands between the parentheses of a wrapper: "1058", "0x5", "ERROR_ACCESS_DENIED",
 * "1058 | ERROR_SERVICE_DISABLED". `ret_code` is canonical. */
bool cw_spelling_wrapped(struct cw_str inside, uint32_t *ret_code);

#endif
