/*     date   = number sep number sep number gap clock [ gap ] [ zone ] ;
 *     sep    = "/" | "-" | "." ;
 *     clock  = number ":" number [ ":" number [ "." number ] ] ;
 *     gap    = "T" | blanks and the half of the day ;       on either side of the clock
 *     zone   = "Z" | ("+" | "-") number ":" number ;
 */
#include "logs/export_date.h"

#include "base/cursor.h"

enum half { HALF_NONE, HALF_MORNING, HALF_AFTERNOON, HALF_UNKNOWN };

/* In UTF-8 and as bytes of code page 936. */
static const struct {
    const char *word;
    enum half half;
} halves[] = {
    {"AM", HALF_MORNING},
    {"PM", HALF_AFTERNOON},
    {"上午", HALF_MORNING},
    {"下午", HALF_AFTERNOON},
    {"\xc9\xcf\xce\xe7", HALF_MORNING},
    {"\xcf\xc2\xce\xe7", HALF_AFTERNOON},
};

/* Blanks of other kinds, and marks of direction, which copies from Windows hold. */
static const char *const blanks[] = {" ", "\t", ",", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x8e"};

static bool skip_blank(struct cw_cursor *cursor)
{
    for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
        if (cw_cursor_literal(cursor, cw_str_c(blanks[i])))
            return true;
    }
    return false;
}

static void skip_blanks(struct cw_cursor *cursor)
{
    while (skip_blank(cursor))
        continue;
}

static enum half half_of(struct cw_str word)
{
    for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
        if (cw_str_eq_nocase(word, cw_str_c(halves[i].word)))
            return halves[i].half;
    }
    return HALF_UNKNOWN;
}

/* What stands before the next digit, sign or end, blanks around it. */
static enum half read_half(struct cw_cursor *cursor)
{
    skip_blanks(cursor);
    size_t len = 0;
    while (len < cursor->rest.len && !cw_is_digit(cursor->rest.ptr[len]) &&
           !cw_is_blank(cursor->rest.ptr[len]) && cursor->rest.ptr[len] != '+' &&
           cursor->rest.ptr[len] != '-')
        len++;
    struct cw_str word = cw_str_head(cursor->rest, len);
    cw_cursor_skip(cursor, len);
    skip_blanks(cursor);
    return len == 0 ? HALF_NONE : half_of(word);
}

/* A number of at most `most` digits; `ret_digits` is how many it has. */
static bool read_number(struct cw_cursor *cursor, size_t most, unsigned *ret_number,
                        size_t *ret_digits)
{
    size_t digits = 0;
    unsigned number = 0;
    while (digits < most && cw_is_digit(cw_cursor_peek(cursor))) {
        number = number * 10 + (unsigned)(cw_cursor_peek(cursor) - '0');
        cw_cursor_skip(cursor, 1);
        digits++;
    }
    *ret_number = number;
    *ret_digits = digits;
    return digits > 0 && !cw_is_digit(cw_cursor_peek(cursor));
}

/* Year, month and day. */
static bool read_day(struct cw_cursor *cursor, struct cw_export_date *date)
{
    unsigned numbers[3];
    size_t digits[3];
    char separator = '\0';
    for (size_t i = 0; i < 3; i++) {
        char next = cw_cursor_peek(cursor);
        if (i == 1)
            separator = next == '/' || next == '-' || next == '.' ? next : '\0';
        if ((i > 0 && (separator == '\0' || !cw_cursor_char(cursor, separator))) ||
            !read_number(cursor, 4, &numbers[i], &digits[i]))
            return false;
    }
    bool year_first = digits[0] == 4 && digits[2] <= 2;
    bool year_last = digits[2] == 4 && digits[0] <= 2;
    if ((!year_first && !year_last) || digits[1] > 2)
        return false;
    date->civil.year = numbers[year_first ? 0 : 2];
    date->civil.month = numbers[year_first ? 1 : 0];
    date->civil.day = numbers[year_first ? 2 : 1];
    /* Between full stops, the day is always first. */
    if (year_last && separator == '.') {
        date->civil.month = numbers[1];
        date->civil.day = numbers[0];
    }
    date->open = year_last && separator != '.';
    return true;
}

static bool read_fraction(struct cw_cursor *cursor, unsigned *ret_milliseconds)
{
    unsigned milliseconds = 0;
    unsigned weight = 100;
    if (!cw_cursor_char(cursor, '.'))
        return true;
    if (!cw_is_digit(cw_cursor_peek(cursor)))
        return false;
    while (cw_is_digit(cw_cursor_peek(cursor))) {
        milliseconds += (unsigned)(cw_cursor_peek(cursor) - '0') * weight;
        weight /= 10;
        cw_cursor_skip(cursor, 1);
    }
    *ret_milliseconds = milliseconds;
    return true;
}

static bool read_clock(struct cw_cursor *cursor, struct cw_civil *civil)
{
    size_t digits;
    if (!read_number(cursor, 2, &civil->hour, &digits) || !cw_cursor_char(cursor, ':') ||
        !cw_cursor_fixed(cursor, 2, &civil->minute))
        return false;
    if (!cw_cursor_char(cursor, ':'))
        return true;
    return cw_cursor_fixed(cursor, 2, &civil->second) && read_fraction(cursor, &civil->millisecond);
}

/* The offset itself is not wanted: the date in front of it is in local time. */
static bool read_zone(struct cw_cursor *cursor, bool *ret_utc)
{
    unsigned hours;
    unsigned minutes;
    *ret_utc = cw_cursor_char(cursor, 'Z');
    if (!*ret_utc && (cw_cursor_char(cursor, '+') || cw_cursor_char(cursor, '-')) &&
        (!cw_cursor_fixed(cursor, 2, &hours) || !cw_cursor_char(cursor, ':') ||
         !cw_cursor_fixed(cursor, 2, &minutes)))
        return false;
    return true;
}

static void apply_half(struct cw_export_date *date, enum half half)
{
    unsigned *hour = &date->civil.hour;
    if (half == HALF_UNKNOWN || (half != HALF_NONE && (*hour < 1 || *hour > 12)))
        date->clear = false;
    else if (half == HALF_AFTERNOON && *hour < 12)
        *hour += 12;
    else if (half == HALF_MORNING && *hour == 12)
        *hour = 0;
}

bool cw_export_date_read(struct cw_str text, struct cw_export_date *ret_date)
{
    struct cw_cursor cursor = cw_cursor(cw_str_trim(text));
    struct cw_export_date date = {.clear = true};
    skip_blanks(&cursor);
    if (!read_day(&cursor, &date))
        return false;
    enum half half = HALF_NONE;
    if (!cw_cursor_char(&cursor, 'T')) {
        if (!skip_blank(&cursor))
            return false;
        half = read_half(&cursor);
    }
    if (!read_clock(&cursor, &date.civil) || !read_zone(&cursor, &date.utc))
        return false;
    enum half after = read_half(&cursor);
    if (!cw_cursor_end(&cursor))
        return false;
    apply_half(&date, after == HALF_NONE ? half : after);
    *ret_date = date;
    return true;
}

void cw_export_date_learn(struct cw_export_order *order, const struct cw_export_date *date)
{
    order->day_first |= date->open && date->civil.month > 12;
    order->month_first |= date->open && date->civil.day > 12;
}

cw_time cw_export_date_time(const struct cw_export_date *date, const struct cw_export_order *order)
{
    struct cw_civil civil = date->civil;
    bool told = !date->open || order->day_first != order->month_first || civil.day == civil.month;
    if (!told || !date->clear)
        return CW_TIME_NONE;
    if (date->open && order->day_first) {
        civil.month = date->civil.day;
        civil.day = date->civil.month;
    }
    return cw_time_from_civil(&civil);
}
