#include "logs/cbs_head.h"

#include "base/cursor.h"

enum {
    LEVEL_COLUMN = 21,
    COMPONENT_COLUMN = 43,
    TEXT_COLUMN = 50,
    /* A masked time is at most "*\<Date> \<Time>*, " or the like. */
    LOOSE_SPAN = 40,
    /* Enough to tell: a log may begin inside a block of lines without heads. */
    BID_LINES = 200
};

static const struct {
    struct cw_str name;
    enum cw_level level;
} levels[] = {{{"Info", 4}, CW_LEVEL_INFO},
              {{"Warning", 7}, CW_LEVEL_WARNING},
              {{"Error", 5}, CW_LEVEL_ERROR}};

static const struct cw_str components[] = {{"CBS", 3}, {"CSI", 3},  {"DPX", 3},
                                           {"SXS", 3}, {"DISM", 4}, {"DEPLOY", 6}};

/* The number in `count` columns; *ret_good turns false when one of them is no digit. */
static inline unsigned columns(const char *at, size_t count, bool *ret_good)
{
    unsigned value = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(unsigned char)at[i] - '0';
        *ret_good &= digit <= 9;
        value = value * 10 + digit;
    }
    return value;
}

/* By columns and without a cursor: in a log that has much to say every other line has a new
 * second. */
static bool read_stamp(struct cw_str line, struct cw_civil *civil)
{
    const char *at = line.ptr;
    if (line.len < LEVEL_COLUMN || at[4] != '-' || at[7] != '-' || at[10] != ' ' || at[13] != ':' ||
        at[16] != ':' || at[19] != ',' || at[20] != ' ')
        return false;
    bool good = true;
    *civil = (struct cw_civil){
        .year = columns(at, 4, &good),
        .month = columns(at + 5, 2, &good),
        .day = columns(at + 8, 2, &good),
        .hour = columns(at + 11, 2, &good),
        .minute = columns(at + 14, 2, &good),
        .second = columns(at + 17, 2, &good),
    };
    return good;
}

cw_time cw_cbs_stamp(struct cw_str line)
{
    struct cw_civil civil;
    return read_stamp(line, &civil) ? cw_time_from_civil(&civil) : CW_TIME_NONE;
}

/* Takes a level word that a blank, tab or comma follows. */
static bool take_level(struct cw_cursor *cursor, enum cw_level *ret_level)
{
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        size_t len = levels[i].name.len;
        if (!cw_str_starts_nocase(cursor->rest, levels[i].name) || cursor->rest.len <= len)
            continue;
        char next = cursor->rest.ptr[len];
        if (next != ' ' && next != '\t' && next != ',')
            continue;
        cw_cursor_skip(cursor, len + (next == ','));
        *ret_level = levels[i].level;
        return true;
    }
    return false;
}

bool cw_cbs_is_head(struct cw_str line)
{
    struct cw_cursor cursor = cw_cursor(cw_str_from(line, LEVEL_COLUMN));
    struct cw_civil civil;
    enum cw_level level;
    return read_stamp(line, &civil) && take_level(&cursor, &level);
}

/* Takes one of the component names, when a blank, tab or the end follows. */
static bool take_component(struct cw_cursor *cursor, struct cw_str *ret_component)
{
    for (size_t i = 0; i < sizeof(components) / sizeof(components[0]); i++) {
        struct cw_str name = components[i];
        if (!cw_str_starts(cursor->rest, name) ||
            (cursor->rest.len > name.len && !cw_is_space(cursor->rest.ptr[name.len])))
            continue;
        *ret_component = cw_str_head(cursor->rest, name.len);
        cw_cursor_skip(cursor, name.len);
        return true;
    }
    return false;
}

/* A level, perhaps an event id, and a component: an ordinary sentence may begin with "Error ". */
static bool looks_like_columns(struct cw_str from_level)
{
    struct cw_cursor cursor = cw_cursor(from_level);
    enum cw_level level;
    struct cw_str ignored;
    if (!take_level(&cursor, &level))
        return false;
    cw_cursor_blanks(&cursor);
    if (cw_cursor_char(&cursor, '[') && !cw_cursor_until(&cursor, CW_STR("]"), &ignored))
        return false;
    cw_cursor_blanks(&cursor);
    return take_component(&cursor, &ignored);
}

/* Where the level begins in a line whose time is masked ("<DateTime>, Info") or dropped; SIZE_MAX
 * when there is no such place. */
static size_t loose_level(struct cw_str line)
{
    for (size_t at = 0; at < line.len && at < LOOSE_SPAN; at++) {
        char c = cw_to_lower(line.ptr[at]);
        if (c != 'i' && c != 'w' && c != 'e')
            continue;
        struct cw_str before = cw_str_trim(cw_str_head(line, at));
        bool possible = before.len == 0 || cw_str_ends(before, CW_STR(","));
        if (possible && looks_like_columns(cw_str_from(line, at)))
            return at;
    }
    return SIZE_MAX;
}

bool cw_cbs_is_loose_head(struct cw_str line)
{
    return loose_level(line) != SIZE_MAX;
}

static bool take_event_id(struct cw_cursor *cursor, struct cw_str *ret_id)
{
    struct cw_cursor ahead = *cursor;
    uint64_t number;
    if (!cw_cursor_literal(&ahead, CW_STR("[0x")) || !cw_cursor_hex(&ahead, 8, &number) ||
        !cw_cursor_char(&ahead, ']'))
        return false;
    size_t len = cursor->rest.len - ahead.rest.len;
    *ret_id = cw_str_head(cw_str_from(cursor->rest, 1), len - 2);
    *cursor = ahead;
    return true;
}

struct cw_cbs_head cw_cbs_head_parse(struct cw_str line)
{
    struct cw_cbs_head head = {.time = cw_cbs_stamp(line)};
    bool strict = cw_cbs_is_head(line);
    size_t level = strict ? (size_t)LEVEL_COLUMN : loose_level(line);
    /* A stamp that no level follows: what there is, is text. */
    struct cw_cursor cursor =
        cw_cursor(cw_str_from(line, level == SIZE_MAX ? CW_CBS_STAMP : level));
    (void)take_level(&cursor, &head.level);
    cw_cursor_blanks(&cursor);
    if (take_event_id(&cursor, &head.event_id))
        cw_cursor_blanks(&cursor);
    size_t column = line.len - cursor.rest.len;
    /* Columns as Windows writes them, and nothing in the component's: it is blank. */
    bool blank = strict && line.len > TEXT_COLUMN && column >= TEXT_COLUMN &&
                 line.ptr[COMPONENT_COLUMN] == ' ';
    if (blank) {
        head.text = cw_str_from(line, TEXT_COLUMN);
        return head;
    }
    bool fixed = take_component(&cursor, &head.component) && column == COMPONENT_COLUMN;
    if (fixed && line.len >= TEXT_COLUMN) {
        head.text = cw_str_from(line, TEXT_COLUMN);
    } else {
        cw_cursor_blanks(&cursor);
        head.text = cursor.rest;
    }
    return head;
}

/* "@2024/9/10:02:44:47.829"; a masked stamp ("@*<DateTime>*", a lone "@") is taken and is no time.
 */
static void take_utc(struct cw_cursor *cursor, cw_time *ret_utc)
{
    struct cw_civil civil = {0};
    uint64_t year = 0;
    uint64_t month = 0;
    uint64_t day = 0;
    struct cw_cursor ahead = *cursor;
    bool readable = cw_cursor_decimal(&ahead, &year) && cw_cursor_char(&ahead, '/') &&
                    cw_cursor_decimal(&ahead, &month) && cw_cursor_char(&ahead, '/') &&
                    cw_cursor_decimal(&ahead, &day) && cw_cursor_char(&ahead, ':') &&
                    cw_cursor_fixed(&ahead, 2, &civil.hour) && cw_cursor_char(&ahead, ':') &&
                    cw_cursor_fixed(&ahead, 2, &civil.minute) && cw_cursor_char(&ahead, ':') &&
                    cw_cursor_fixed(&ahead, 2, &civil.second) && cw_cursor_char(&ahead, '.') &&
                    cw_cursor_fixed(&ahead, 3, &civil.millisecond);
    if (readable && year <= 9999 && month <= 12 && day <= 31) {
        civil.year = (unsigned)year;
        civil.month = (unsigned)month;
        civil.day = (unsigned)day;
        *ret_utc = cw_time_from_civil(&civil);
        *cursor = ahead;
        return;
    }
    struct cw_str masked;
    (void)cw_cursor_word(cursor, &masked);
}

bool cw_cbs_sequence(struct cw_str *text, uint32_t *ret_sequence, cw_time *ret_utc)
{
    struct cw_cursor cursor = cw_cursor(*text);
    uint64_t sequence;
    if (!cw_cursor_hex(&cursor, 8, &sequence) || text->len - cursor.rest.len != 8)
        return false;
    cw_time utc = CW_TIME_NONE;
    if (cw_cursor_char(&cursor, '@'))
        take_utc(&cursor, &utc);
    if (!cw_cursor_end(&cursor) && !cw_cursor_char(&cursor, ' '))
        return false;
    *text = cursor.rest;
    *ret_sequence = (uint32_t)sequence;
    *ret_utc = utc;
    return true;
}

int cw_cbs_bid(struct cw_str head)
{
    unsigned strict = 0;
    unsigned loose = 0;
    unsigned lines = 0;
    while (head.len > 0 && lines < BID_LINES) {
        size_t end = cw_str_find_char(head, '\n');
        struct cw_str line = cw_str_head(head, end);
        head = cw_str_from(head, end == SIZE_MAX ? head.len : end + 1);
        if (cw_str_trim(line).len == 0)
            continue;
        lines++;
        strict += cw_cbs_is_head(line);
        loose += cw_cbs_is_loose_head(line);
    }
    if (strict + loose == 0)
        return 0;
    return strict > 0 ? 90 : 60;
}

struct cw_cbs_manner cw_cbs_manner(struct cw_str head)
{
    while (head.len > 0) {
        size_t end = cw_str_find_char(head, '\n');
        struct cw_str line = cw_str_head(head, end);
        if (cw_cbs_is_head(line)) {
            struct cw_cbs_head columns = cw_cbs_head_parse(line);
            return (struct cw_cbs_manner){.squeezed = columns.text.ptr < line.ptr + TEXT_COLUMN};
        }
        head = cw_str_from(head, end == SIZE_MAX ? head.len : end + 1);
    }
    return (struct cw_cbs_manner){.loose = true, .squeezed = true};
}
