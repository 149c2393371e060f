#include "logs/setupapi_xp_line.h"

#include "base/cursor.h"

static bool read_clock(struct cw_cursor *cursor, struct cw_civil *civil)
{
    return cw_cursor_fixed(cursor, 2, &civil->hour) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &civil->minute) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &civil->second);
}

static bool read_section(struct cw_str text, struct cw_xp_line *line)
{
    struct cw_cursor cursor = cw_cursor(text);
    struct cw_civil civil = {0};
    uint64_t process;
    uint64_t instance;
    if (!cw_cursor_char(&cursor, '[') || !cw_cursor_fixed(&cursor, 4, &civil.year) ||
        !cw_cursor_char(&cursor, '/') || !cw_cursor_fixed(&cursor, 2, &civil.month) ||
        !cw_cursor_char(&cursor, '/') || !cw_cursor_fixed(&cursor, 2, &civil.day) ||
        !cw_cursor_blanks(&cursor) || !read_clock(&cursor, &civil) || !cw_cursor_blanks(&cursor) ||
        !cw_cursor_decimal(&cursor, &process) || !cw_cursor_char(&cursor, '.') ||
        !cw_cursor_decimal(&cursor, &instance))
        return false;
    size_t end = cw_str_find_last_char(cursor.rest, ']');
    if (end == SIZE_MAX)
        return false;
    line->kind = CW_XP_SECTION;
    line->title = cw_str_trim(cw_str_head(cursor.rest, end));
    line->text = cw_str_head(cw_str_from(text, 1), text.len - cursor.rest.len - 1 + end);
    line->time = cw_time_from_civil(&civil);
    return true;
}

/* "@ 10:10:10.123 " */
static bool read_stamp(struct cw_cursor *cursor, int32_t *ret_clock)
{
    struct cw_civil civil = {0};
    if (!cw_cursor_char(cursor, '@') || !cw_cursor_blanks(cursor) || !read_clock(cursor, &civil) ||
        !cw_cursor_char(cursor, '.') || !cw_cursor_fixed(cursor, 3, &civil.millisecond) ||
        !cw_cursor_blanks(cursor) || civil.hour > 23 || civil.minute > 59 || civil.second > 59)
        return false;
    *ret_clock = (int32_t)(((civil.hour * 60 + civil.minute) * 60 + civil.second) * 1000 +
                           civil.millisecond);
    return true;
}

static bool read_entry(struct cw_str text, struct cw_xp_line *line)
{
    struct cw_cursor cursor = cw_cursor(text);
    struct cw_cursor stamped = cursor;
    unsigned number;
    if (read_stamp(&stamped, &line->clock))
        cursor = stamped;
    if (!cw_cursor_char(&cursor, '#'))
        return false;
    struct cw_str id = cw_str_head(cursor.rest, 4);
    if (cw_cursor_end(&cursor) ||
        cw_str_find_char(CW_STR("EWIVT-"), cw_cursor_peek(&cursor)) == SIZE_MAX)
        return false;
    cw_cursor_skip(&cursor, 1);
    if (!cw_cursor_fixed(&cursor, 3, &number) ||
        (!cw_cursor_blanks(&cursor) && !cw_cursor_end(&cursor)))
        return false;
    line->kind = CW_XP_ENTRY;
    line->id = id;
    line->text = cursor.rest;
    return true;
}

void cw_xp_line_read(struct cw_str line, struct cw_xp_line *ret_line)
{
    struct cw_str text = cw_str_trim(line);
    *ret_line = (struct cw_xp_line){.text = text, .time = CW_TIME_NONE, .clock = -1};
    if (cw_str_eq(text, CW_STR("[SetupAPI Log]")))
        ret_line->kind = CW_XP_HEADING;
    else if (!read_section(text, ret_line) && !read_entry(text, ret_line))
        ret_line->clock = -1;
}
