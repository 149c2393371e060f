#include "codes/code_spelling.h"

#include "base/cursor.h"
#include "codes/code.h"
#include "codes/code_table.h"

enum { HEX_DIGITS = 8 };

static bool all_hex(struct cw_str digits, uint32_t *ret_number)
{
    struct cw_cursor cursor = cw_cursor(digits);
    uint64_t number;
    if (!cw_cursor_hex(&cursor, HEX_DIGITS, &number) || !cw_cursor_end(&cursor))
        return false;
    *ret_number = (uint32_t)number;
    return true;
}

bool cw_spelling_hex(struct cw_str token, uint32_t *ret_number)
{
    return cw_str_starts_nocase(token, CW_STR("0x")) && all_hex(cw_str_from(token, 2), ret_number);
}

bool cw_spelling_bare_hex(struct cw_str token, uint32_t *ret_number)
{
    return token.len == HEX_DIGITS && all_hex(token, ret_number);
}

static bool all_decimal(struct cw_str token, uint64_t most, uint64_t *ret_number)
{
    struct cw_cursor cursor = cw_cursor(token);
    uint64_t number;
    if (!cw_cursor_decimal(&cursor, &number) || !cw_cursor_end(&cursor) || number > most)
        return false;
    *ret_number = number;
    return true;
}

bool cw_spelling_decimal(struct cw_str token, uint32_t *ret_number)
{
    uint64_t number;
    if (!all_decimal(token, UINT32_MAX, &number))
        return false;
    *ret_number = (uint32_t)number;
    return true;
}

bool cw_spelling_negative(struct cw_str digits, uint32_t *ret_number)
{
    uint64_t number;
    if (!all_decimal(digits, UINT64_C(0x80000000), &number))
        return false;
    *ret_number = (uint32_t)(UINT64_C(0x100000000) - number);
    return true;
}

bool cw_spelling_is_wrapper(struct cw_str token)
{
    static const char *const wrappers[] = {"HRESULT_FROM_WIN32", "NTSTATUS_FROM_WIN32",
                                           "HRESULT_FROM_NT", "HRESULT_FROM_SETUPAPI"};
    for (size_t i = 0; i < sizeof(wrappers) / sizeof(wrappers[0]); i++) {
        if (cw_str_eq_nocase(token, cw_str_c(wrappers[i])))
            return true;
    }
    return false;
}

static bool number_or_symbol(struct cw_str text, uint32_t *ret_code)
{
    uint32_t number;
    if (cw_spelling_hex(text, &number) || cw_spelling_decimal(text, &number)) {
        *ret_code = cw_code_normalise(number, CW_CODE_WIN32);
        return true;
    }
    struct cw_code_entry entry;
    if (!cw_code_entry_of_symbol(text, &entry))
        return false;
    *ret_code = entry.code;
    return true;
}

bool cw_spelling_wrapped(struct cw_str inside, uint32_t *ret_code)
{
    size_t bar = cw_str_find_char(inside, '|');
    if (number_or_symbol(cw_str_trim(cw_str_head(inside, bar)), ret_code))
        return true;
    return bar != SIZE_MAX && number_or_symbol(cw_str_trim(cw_str_from(inside, bar + 1)), ret_code);
}
