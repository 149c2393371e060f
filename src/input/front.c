#include "input/front.h"

#include "base/cursor.h"
#include "input/undress.h"

enum {
    LINES_LEAST = 3,
    PERCENT = 60, /* of the lines; the others are prose around them */
    NAME_MOST = 160
};

static bool take_quote(struct cw_cursor *cursor)
{
    bool taken = cw_undress_take_quote_mark(cursor);
    if (taken)
        (void)cw_cursor_char(cursor, ' ');
    return taken;
}

/* What stands at both ends. */
static bool take_ends(struct cw_cursor *cursor, char mark)
{
    if (!cw_cursor_char(cursor, mark))
        return false;
    struct cw_str text = cw_str_trim_end(cursor->rest);
    text.len -= mark == '"' && cw_str_ends(text, CW_STR("\","));
    if (text.len == 0 || text.ptr[text.len - 1] != mark)
        return false;
    cursor->rest = cw_str_head(text, text.len - 1);
    return true;
}

static bool take_ticks(struct cw_cursor *cursor)
{
    return take_ends(cursor, '`');
}

static bool take_quoted(struct cw_cursor *cursor)
{
    return take_ends(cursor, '"');
}

/* A mark is followed by a blank, by a tab that was one, or by nothing. */
static bool take_gap(struct cw_cursor *cursor)
{
    return cw_cursor_char(cursor, ' ') || cw_cursor_char(cursor, '\t') || cw_cursor_end(cursor);
}

static bool take_bar(struct cw_cursor *cursor)
{
    return cw_cursor_char(cursor, '|') && take_gap(cursor);
}

static bool take_bullet(struct cw_cursor *cursor)
{
    bool mark = cw_cursor_char(cursor, '-') || cw_cursor_char(cursor, '*') ||
                cw_cursor_char(cursor, '+') || cw_cursor_literal(cursor, CW_STR("\xE2\x80\xA2"));
    return mark && take_gap(cursor);
}

static bool take_number(struct cw_cursor *cursor)
{
    uint64_t number;
    cw_cursor_blanks(cursor);
    if (!cw_cursor_decimal(cursor, &number))
        return false;
    if (cw_cursor_char(cursor, '\t'))
        return true;
    bool mark = cw_cursor_char(cursor, '.') || cw_cursor_char(cursor, ':') ||
                cw_cursor_char(cursor, ')') || cw_cursor_literal(cursor, CW_STR(" |"));
    return mark && take_gap(cursor);
}

static bool take_bracket(struct cw_cursor *cursor)
{
    uint64_t number;
    return cw_cursor_char(cursor, '[') && cw_cursor_decimal(cursor, &number) &&
           cw_cursor_char(cursor, ']');
}

static bool take_line(struct cw_cursor *cursor)
{
    uint64_t number;
    cw_cursor_blanks(cursor);
    if (!cw_cursor_literal(cursor, CW_STR("Line ")) || !cw_cursor_decimal(cursor, &number) ||
        !cw_cursor_char(cursor, ':'))
        return false;
    (void)cw_cursor_char(cursor, ' ');
    return true;
}

/* The name of a log, a number and what parts them from it. */
static bool take_search(struct cw_cursor *cursor)
{
    uint64_t number;
    size_t at = cw_str_find_nocase(cw_str_head(cursor->rest, NAME_MOST), CW_STR(".log:"));
    if (at == SIZE_MAX)
        return false;
    cw_cursor_skip(cursor, at + 5);
    return cw_cursor_decimal(cursor, &number) && cw_cursor_char(cursor, ':');
}

static bool take_clock(struct cw_cursor *cursor)
{
    unsigned ignored;
    return cw_cursor_fixed(cursor, 2, &ignored) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &ignored) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &ignored);
}

/* The letter between date and clock: logs of servicing have a blank there. */
static bool take_stamp(struct cw_cursor *cursor)
{
    unsigned ignored;
    struct cw_str zone;
    if (!cw_cursor_fixed(cursor, 4, &ignored) || !cw_cursor_char(cursor, '-') ||
        !cw_cursor_fixed(cursor, 2, &ignored) || !cw_cursor_char(cursor, '-') ||
        !cw_cursor_fixed(cursor, 2, &ignored) || !cw_cursor_char(cursor, 'T') ||
        !take_clock(cursor))
        return false;
    size_t blank = cw_str_find_char(cursor->rest, ' ');
    zone = cw_str_head(cursor->rest, blank);
    cw_cursor_skip(cursor, zone.len);
    return zone.len < 16 && (cw_cursor_char(cursor, ' ') || cw_cursor_end(cursor));
}

static bool take_syslog(struct cw_cursor *cursor)
{
    uint64_t day;
    char month = cw_cursor_peek(cursor);
    cw_cursor_skip(cursor, 3);
    if (month < 'A' || month > 'S' || cw_cursor_blanks(cursor) == 0 ||
        !cw_cursor_decimal(cursor, &day) || !cw_cursor_char(cursor, ' ') || !take_clock(cursor))
        return false;
    size_t at = cw_str_find(cw_str_head(cursor->rest, NAME_MOST), CW_STR(": "));
    if (at == SIZE_MAX)
        return false;
    cw_cursor_skip(cursor, at + 2);
    return true;
}

static bool (*const takers[CW_FRONTS])(struct cw_cursor *cursor) = {
    [CW_FRONT_QUOTE] = take_quote,     [CW_FRONT_TICKS] = take_ticks,
    [CW_FRONT_QUOTED] = take_quoted,   [CW_FRONT_BAR] = take_bar,
    [CW_FRONT_BULLET] = take_bullet,   [CW_FRONT_NUMBER] = take_number,
    [CW_FRONT_BRACKET] = take_bracket, [CW_FRONT_LINE] = take_line,
    [CW_FRONT_SEARCH] = take_search,   [CW_FRONT_STAMP] = take_stamp,
    [CW_FRONT_SYSLOG] = take_syslog,
};

static bool take(enum cw_front front, struct cw_str line, struct cw_str *ret_rest)
{
    struct cw_cursor cursor = cw_cursor(line);
    if (!takers[front] || !takers[front](&cursor))
        return false;
    *ret_rest = cursor.rest;
    return true;
}

/* What most lines have in front, below the levels that are known already. */
static enum cw_front find_level(const struct cw_fronts *known, struct cw_str text, char newline)
{
    size_t counts[CW_FRONTS] = {0};
    size_t lines = 0;
    enum cw_front best = CW_FRONT_NONE;
    while (text.len > 0) {
        size_t end = cw_str_find_char(text, newline);
        struct cw_str line = cw_fronts_take(known, cw_str_head(text, end));
        struct cw_str ignored;
        text = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(text, end + 1);
        lines += cw_str_trim(line).len > 0;
        for (unsigned front = CW_FRONT_NONE + 1; front < CW_FRONTS && line.len > 0; front++)
            counts[front] += take((enum cw_front)front, line, &ignored);
    }
    for (unsigned front = CW_FRONT_NONE + 1; front < CW_FRONTS; front++) {
        if (counts[front] > counts[best])
            best = (enum cw_front)front;
    }
    bool most = counts[best] >= LINES_LEAST && counts[best] * 100 >= lines * PERCENT;
    return most ? best : CW_FRONT_NONE;
}

struct cw_fronts cw_fronts_find(struct cw_str text, char newline)
{
    struct cw_fronts fronts = {{CW_FRONT_NONE}};
    for (size_t level = 0; level < CW_FRONT_LEVELS; level++) {
        fronts.levels[level] = find_level(&fronts, text, newline);
        if (fronts.levels[level] == CW_FRONT_NONE)
            break;
    }
    return fronts;
}

struct cw_str cw_fronts_take(const struct cw_fronts *fronts, struct cw_str line)
{
    for (size_t level = 0; level < CW_FRONT_LEVELS && fronts->levels[level]; level++) {
        struct cw_str rest;
        if (!take(fronts->levels[level], line, &rest))
            break;
        line = rest;
    }
    return line;
}
