#include "base/cursor.h"

bool cw_cursor_literal(struct cw_cursor *cursor, struct cw_str literal)
{
    if (!cw_str_starts(cursor->rest, literal))
        return false;
    cw_cursor_skip(cursor, literal.len);
    return true;
}

bool cw_cursor_char(struct cw_cursor *cursor, char c)
{
    if (cursor->rest.len == 0 || cursor->rest.ptr[0] != c)
        return false;
    cw_cursor_skip(cursor, 1);
    return true;
}

size_t cw_cursor_blanks(struct cw_cursor *cursor)
{
    size_t count = 0;
    while (count < cursor->rest.len &&
           (cursor->rest.ptr[count] == ' ' || cursor->rest.ptr[count] == '\t'))
        count++;
    cw_cursor_skip(cursor, count);
    return count;
}

bool cw_cursor_fixed(struct cw_cursor *cursor, size_t digits, unsigned *ret_value)
{
    if (cursor->rest.len < digits)
        return false;
    unsigned value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!cw_is_digit(cursor->rest.ptr[i]))
            return false;
        value = value * 10 + (unsigned)(cursor->rest.ptr[i] - '0');
    }
    cw_cursor_skip(cursor, digits);
    *ret_value = value;
    return true;
}

bool cw_cursor_decimal(struct cw_cursor *cursor, uint64_t *ret_value)
{
    uint64_t value = 0;
    size_t count = 0;
    while (count < cursor->rest.len && cw_is_digit(cursor->rest.ptr[count])) {
        uint64_t digit = (uint64_t)(cursor->rest.ptr[count] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
        count++;
    }
    if (count == 0)
        return false;
    cw_cursor_skip(cursor, count);
    *ret_value = value;
    return true;
}

bool cw_cursor_hex(struct cw_cursor *cursor, size_t most, uint64_t *ret_value)
{
    uint64_t value = 0;
    size_t count = 0;
    while (count < most && count < cursor->rest.len) {
        int digit = cw_hex_digit(cursor->rest.ptr[count]);
        if (digit < 0)
            break;
        value = value << 4 | (uint64_t)digit;
        count++;
    }
    if (count == 0)
        return false;
    cw_cursor_skip(cursor, count);
    *ret_value = value;
    return true;
}

bool cw_cursor_until(struct cw_cursor *cursor, struct cw_str stop, struct cw_str *ret_text)
{
    size_t at = cw_str_find(cursor->rest, stop);
    if (at == SIZE_MAX)
        return false;
    *ret_text = cw_str_head(cursor->rest, at);
    cw_cursor_skip(cursor, at + stop.len);
    return true;
}

bool cw_cursor_word(struct cw_cursor *cursor, struct cw_str *ret_word)
{
    size_t count = 0;
    while (count < cursor->rest.len && !cw_is_space(cursor->rest.ptr[count]))
        count++;
    if (count == 0)
        return false;
    *ret_word = cw_str_head(cursor->rest, count);
    cw_cursor_skip(cursor, count);
    return true;
}
