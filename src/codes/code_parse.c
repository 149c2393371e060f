#include "codes/code.h"
#include "codes/code_spelling.h"
#include "codes/code_table.h"

enum { FIRST_NOT_WIN32 = 0x10000 };

/* Decimal digits alone. Eight of them are hexadecimal, as SetupAPI and CSI print "00000005" and
 * "80070002"; no code has eight digits in decimal. */
static bool parse_decimal(struct cw_str text, uint32_t *ret_code)
{
    uint32_t number;
    if (cw_spelling_bare_hex(text, &number)) {
        *ret_code = cw_code_normalise(number, CW_CODE_SETUPAPI);
        return true;
    }
    if (!cw_spelling_decimal(text, &number) ||
        (number >= FIRST_NOT_WIN32 && number < UINT32_C(0x80000000)))
        return false;
    *ret_code = cw_code_normalise(number, CW_CODE_WIN32);
    return true;
}

static bool parse_number(struct cw_str text, uint32_t *ret_code)
{
    uint32_t number;
    bool negative = cw_str_starts(text, CW_STR("-"));
    if (negative ? !cw_spelling_negative(cw_str_from(text, 1), &number)
                 : !cw_spelling_hex(text, &number))
        return !negative && parse_decimal(text, ret_code);
    *ret_code = cw_code_normalise(number, CW_CODE_SETUPAPI);
    return true;
}

static bool parse_wrapper(struct cw_str text, uint32_t *ret_code)
{
    size_t open = cw_str_find_char(text, '(');
    if (open == SIZE_MAX || !cw_str_ends(text, CW_STR(")")) ||
        !cw_spelling_is_wrapper(cw_str_trim(cw_str_head(text, open))))
        return false;
    struct cw_str inside = cw_str_from(text, open + 1);
    return cw_spelling_wrapped(cw_str_head(inside, inside.len - 1), ret_code);
}

bool cw_code_parse(struct cw_str spelling, uint32_t *ret_code)
{
    struct cw_str text = cw_str_trim(spelling);
    if (parse_number(text, ret_code) || parse_wrapper(text, ret_code))
        return true;
    struct cw_code_entry entry;
    if (!cw_code_entry_of_symbol(text, &entry))
        return false;
    *ret_code = entry.code;
    return true;
}
