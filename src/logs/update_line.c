#include "logs/update_line.h"

#include "base/cursor.h"

enum {
    FRACTION = 7,      /* digits of a second in decoded traces */
    FIRST_YEAR = 1980, /* no client is older; 1600 and 1969 stand for "not known" */
    CODE_DIGITS = 8,
    KB_LEAST = 6, /* digits of a KB number */
    KB_MOST = 7
};

static bool take_date(struct cw_cursor *cursor, char separator, struct cw_civil *civil)
{
    return cw_cursor_fixed(cursor, 4, &civil->year) && cw_cursor_char(cursor, separator) &&
           cw_cursor_fixed(cursor, 2, &civil->month) && cw_cursor_char(cursor, separator) &&
           cw_cursor_fixed(cursor, 2, &civil->day);
}

static bool take_clock(struct cw_cursor *cursor, struct cw_civil *civil)
{
    return cw_cursor_fixed(cursor, 2, &civil->hour) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &civil->minute) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &civil->second);
}

/* Process, thread and component; one blank or tab behind them belongs to the columns. */
static bool take_origin(struct cw_cursor *cursor, struct cw_str *ret_component)
{
    uint64_t number;
    struct cw_str component;
    if (cw_cursor_blanks(cursor) == 0 || !cw_cursor_decimal(cursor, &number) ||
        cw_cursor_blanks(cursor) == 0 || !cw_cursor_hex(cursor, CODE_DIGITS, &number) ||
        cw_cursor_blanks(cursor) == 0 || !cw_cursor_word(cursor, &component) ||
        component.ptr[0] < 'A' || component.ptr[0] > 'Z')
        return false;
    if (cw_is_blank(cw_cursor_peek(cursor)))
        cw_cursor_skip(cursor, 1);
    *ret_component = component;
    return true;
}

static cw_time time_of(const struct cw_civil *civil)
{
    return civil->year < FIRST_YEAR ? CW_TIME_NONE : cw_time_from_civil(civil);
}

/* "+0900" */
static bool take_offset(struct cw_cursor *cursor, int *ret_minutes)
{
    unsigned hours;
    unsigned minutes;
    bool west = cw_cursor_char(cursor, '-');
    if ((!west && !cw_cursor_char(cursor, '+')) || !cw_cursor_fixed(cursor, 2, &hours) ||
        !cw_cursor_fixed(cursor, 2, &minutes))
        return false;
    int offset = (int)(hours * 60 + minutes);
    *ret_minutes = west ? -offset : offset;
    return true;
}

/* "Logging initialized (build: 7.6.7601.24436, tz: +0100)" */
static void note_offset(struct cw_text_head *head)
{
    static const struct cw_str lead = {", tz: ", 6};
    size_t at = cw_str_find(head->text, lead);
    if (at == SIZE_MAX || cw_str_find(head->text, CW_STR("Logging initialized")) == SIZE_MAX)
        return;
    struct cw_cursor cursor = cw_cursor(cw_str_from(head->text, at + lead.len));
    head->has_utc_offset = take_offset(&cursor, &head->utc_offset);
}

/* Milliseconds came with version 6; without them, a tab tells that it is such a line. */
static bool classic_line(struct cw_str line, struct cw_text_head *head)
{
    struct cw_cursor cursor = cw_cursor(line);
    struct cw_civil civil = {0};
    if (!take_date(&cursor, '-', &civil))
        return false;
    bool tab = cw_cursor_peek(&cursor) == '\t';
    if (cw_cursor_blanks(&cursor) == 0 || !take_clock(&cursor, &civil))
        return false;
    bool exact = cw_cursor_char(&cursor, ':');
    if ((exact && !cw_cursor_fixed(&cursor, 3, &civil.millisecond)) || (!exact && !tab) ||
        !take_origin(&cursor, &head->component))
        return false;
    head->time = time_of(&civil);
    head->text = cursor.rest;
    note_offset(head);
    return true;
}

static bool decoded_line(struct cw_str line, struct cw_text_head *head)
{
    struct cw_cursor cursor = cw_cursor(line);
    struct cw_civil civil = {0};
    unsigned fraction;
    if (!take_date(&cursor, '/', &civil)) {
        cursor = cw_cursor(line);
        if (!take_date(&cursor, '-', &civil))
            return false;
    }
    if (cw_cursor_blanks(&cursor) == 0 || !take_clock(&cursor, &civil) ||
        !cw_cursor_char(&cursor, '.') || !cw_cursor_fixed(&cursor, FRACTION, &fraction) ||
        !take_origin(&cursor, &head->component))
        return false;
    civil.millisecond = fraction / 10000;
    cw_cursor_blanks(&cursor);
    head->time = time_of(&civil);
    head->text = cursor.rest;
    return true;
}

/* "{GUID}" */
static bool take_guid(struct cw_cursor *cursor, struct cw_str *ret_guid)
{
    struct cw_cursor at = *cursor;
    struct cw_str guid;
    if (!cw_cursor_char(&at, '{') || !cw_update_guid(cw_str_head(at.rest, CW_GUID), &guid))
        return false;
    cw_cursor_skip(&at, CW_GUID);
    if (!cw_cursor_char(&at, '}'))
        return false;
    *ret_guid = guid;
    *cursor = at;
    return true;
}

/* "{GUID}  2017-12-12 19:46:19:636+0900  " */
static bool take_report_stamp(struct cw_cursor *cursor, struct cw_text_head *head)
{
    struct cw_str guid;
    struct cw_civil civil = {0};
    int offset;
    if (!take_guid(cursor, &guid) || cw_cursor_blanks(cursor) == 0 ||
        !take_date(cursor, '-', &civil) || cw_cursor_blanks(cursor) == 0 ||
        !take_clock(cursor, &civil) || !cw_cursor_char(cursor, ':') ||
        !cw_cursor_fixed(cursor, 3, &civil.millisecond) || !take_offset(cursor, &offset) ||
        cw_cursor_blanks(cursor) == 0)
        return false;
    head->time = time_of(&civil);
    head->has_utc_offset = true;
    head->utc_offset = offset;
    return true;
}

bool cw_update_line(struct cw_str line, struct cw_text_head *ret_head)
{
    struct cw_text_head head = {.time = CW_TIME_NONE, .text = line};
    struct cw_cursor cursor = cw_cursor(line);
    bool report = cw_cursor_peek(&cursor) == '{' && take_report_stamp(&cursor, &head);
    if (report)
        head.text = cursor.rest;
    else if (!classic_line(line, &head) && !decoded_line(line, &head))
        return false;
    *ret_head = head;
    return true;
}

static bool is_guid(struct cw_str text)
{
    for (size_t i = 0; i < CW_GUID; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text.ptr[i] != '-' : cw_hex_digit(text.ptr[i]) < 0)
            return false;
    }
    return true;
}

bool cw_update_guid(struct cw_str text, struct cw_str *ret_guid)
{
    for (size_t at = 0; at + CW_GUID <= text.len; at++) {
        struct cw_str guid = cw_str_head(cw_str_from(text, at), CW_GUID);
        if (is_guid(guid)) {
            *ret_guid = guid;
            return true;
        }
    }
    return false;
}

/* A column that is a word; the blanks behind it are taken, too. */
static bool take_column(struct cw_cursor *cursor, struct cw_str *ret_word)
{
    bool taken = cw_cursor_word(cursor, ret_word);
    cw_cursor_blanks(cursor);
    return taken;
}

static bool take_number(struct cw_cursor *cursor, uint64_t *ret_number)
{
    bool taken = cw_cursor_decimal(cursor, ret_number);
    cw_cursor_blanks(cursor);
    return taken;
}

/* "182 [AGENT_INSTALLING_FAILED]"; before Windows 10 without the name */
static bool take_event(struct cw_cursor *cursor, unsigned *ret_event)
{
    uint64_t number;
    struct cw_str name;
    if (!take_number(cursor, &number) || number > UINT16_MAX)
        return false;
    if (cw_cursor_peek(cursor) == '[' && !take_column(cursor, &name))
        return false;
    *ret_event = (unsigned)number;
    return true;
}

static bool take_code(struct cw_cursor *cursor, struct cw_update_report *report)
{
    uint64_t number;
    if (!take_column(cursor, &report->code_written))
        return false;
    struct cw_cursor digits = cw_cursor(report->code_written);
    if (!cw_cursor_hex(&digits, CODE_DIGITS, &number) || !cw_cursor_end(&digits))
        return false;
    report->code = cw_code_normalise((uint32_t)number, CW_CODE_HRESULT);
    return true;
}

bool cw_update_report(struct cw_str text, struct cw_update_report *ret_report)
{
    struct cw_cursor cursor = cw_cursor(text);
    struct cw_update_report report = {0};
    struct cw_text_head head;
    uint64_t number;
    if (cw_cursor_literal(&cursor, CW_STR("REPORT EVENT: ")) && !take_report_stamp(&cursor, &head))
        return false;
    if (!take_number(&cursor, &number) || !take_event(&cursor, &report.event) ||
        !take_number(&cursor, &number) || !take_guid(&cursor, &report.update) ||
        cw_cursor_blanks(&cursor) == 0 || !take_number(&cursor, &number) ||
        !take_code(&cursor, &report))
        return false;
    report.rest = cursor.rest;
    *ret_report = report;
    return true;
}

struct cw_str cw_update_title(struct cw_str message)
{
    static const struct cw_str lead = {"the following update", 20};
    size_t at = cw_str_find(message, lead);
    struct cw_cursor cursor = cw_cursor(cw_str_from(message, at));
    struct cw_str code = CW_STR_NONE;
    cw_cursor_skip(&cursor, lead.len);
    if (at == SIZE_MAX ||
        (cw_cursor_literal(&cursor, CW_STR(" with error ")) && !cw_cursor_word(&cursor, &code)))
        return CW_STR_NONE;
    /* The colon behind a code is a part of that word. */
    if (!cw_cursor_char(&cursor, ':') && !cw_str_ends(code, CW_STR(":")))
        return CW_STR_NONE;
    struct cw_str title =
        cw_str_trim(cw_str_head(cursor.rest, cw_str_find_char(cursor.rest, '\t')));
    return cw_str_ends(title, CW_STR(".")) ? cw_str_head(title, title.len - 1) : title;
}

struct cw_str cw_update_kb(struct cw_str title)
{
    for (size_t at = 0; at + 2 < title.len; at++) {
        struct cw_str rest = cw_str_from(title, at);
        struct cw_cursor cursor = cw_cursor(rest);
        uint64_t number;
        if (!cw_cursor_literal(&cursor, CW_STR("KB")) || !cw_cursor_decimal(&cursor, &number))
            continue;
        size_t digits = rest.len - cursor.rest.len - 2;
        if (digits >= KB_LEAST && digits <= KB_MOST)
            return cw_str_head(rest, digits + 2);
    }
    return CW_STR_NONE;
}
