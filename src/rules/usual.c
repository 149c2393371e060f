#include "rules/usual.h"

#include "base/cursor.h"
#include "base/embedded.h"

extern const struct cw_embedded_file cw_usual_embedded[];

/* The text of a row in pieces; between two of them stands what differs. */
static bool stands_in(struct cw_str literal, struct cw_str text)
{
    while (text.len > 0) {
        size_t end = cw_str_find_char(text, '*');
        if (cw_str_find(cw_str_head(text, end), literal) != SIZE_MAX)
            return true;
        text = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(text, end + 1);
    }
    return false;
}

unsigned cw_usual_share(struct cw_str literal)
{
    struct cw_str rows = {(const char *)cw_usual_embedded[0].data, cw_usual_embedded[0].size};
    uint64_t sum = 0;
    while (rows.len > 0) {
        size_t end = cw_str_find_char(rows, '\n');
        struct cw_cursor cursor = cw_cursor(cw_str_head(rows, end));
        uint64_t share = 0;
        if (cw_cursor_decimal(&cursor, &share) && cw_cursor_char(&cursor, '\t') &&
            stands_in(literal, cursor.rest))
            sum += share;
        rows = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(rows, end + 1);
    }
    return (unsigned)sum;
}
