/* Lines of a SetupAPI text log.
 *
 *     body   = prefix category ":" [ " " indent entry [ " " clock ] ]
 *     prefix = "     " | ".    " | "!    " | "!!!  "       (information, warning, error)
 *     indent = 5 blanks for each level; another width is the second line of a value
 *     clock  = HH:MM:SS.mmm
 *
 *     !!!  sto:           Failed to set Image Path. Error = 0x00000005
 *          inf:      {Add Service: exit(0x00000000)} 09:14:22.118
 *
 * The lines that begin and end sections carry the marks ">>>" and "<<<".
 */
#include "logs/setupapi_line.h"

#include "base/cursor.h"

enum {
    PREFIX_LEN = 5,
    CLOCK_LEN = 12, /* HH:MM:SS.mmm */
    TAG_MOST = 48   /* the tag that another program's log puts in front */
};

/* Categories that are recognised also where the line has lost its shape; a line in good shape may
 * have any of two or three letters. */
static const char known_categories[][4] = {"bak", "cci", "cmd", "cmi", "cpy", "dvi", "dvs", "flq",
                                           "idb", "inf", "ndv", "os",  "pol", "prp", "reg", "set",
                                           "sig", "sto", "ui",  "ump", "utl", "ven"};

static const char *const elisions[] = {
    "...", "[...]", "(...)", "<...>", "```", "\xE2\x80\xA6", "\xE3\x83\xBB\xE3\x83\xBB\xE3\x83\xBB",
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static struct cw_str skip_blanks(struct cw_str s)
{
    struct cw_cursor cursor = cw_cursor(s);
    cw_cursor_blanks(&cursor);
    return cursor.rest;
}

/* --- times ------------------------------------------------------------------------------- */

static bool read_clock(struct cw_cursor *cursor, struct cw_civil *civil)
{
    return cw_cursor_fixed(cursor, 2, &civil->hour) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &civil->minute) && cw_cursor_char(cursor, ':') &&
           cw_cursor_fixed(cursor, 2, &civil->second) &&
           (cw_cursor_char(cursor, '.') || cw_cursor_char(cursor, ',')) &&
           cw_cursor_fixed(cursor, 3, &civil->millisecond);
}

/* "2024/04/09 23:20:50.348"; consumes nothing on failure. */
static bool read_stamp(struct cw_cursor *cursor, cw_time *ret_time)
{
    struct cw_cursor at = *cursor;
    struct cw_civil civil = {0};
    cw_cursor_blanks(&at);
    if (!cw_cursor_fixed(&at, 4, &civil.year) || !cw_cursor_char(&at, '/') ||
        !cw_cursor_fixed(&at, 2, &civil.month) || !cw_cursor_char(&at, '/') ||
        !cw_cursor_fixed(&at, 2, &civil.day) || cw_cursor_blanks(&at) == 0 ||
        !read_clock(&at, &civil))
        return false;
    cw_time time = cw_time_from_civil(&civil);
    if (time == CW_TIME_NONE)
        return false;
    *cursor = at;
    *ret_time = time;
    return true;
}

static cw_time stamp_or_none(struct cw_str text)
{
    struct cw_cursor cursor = cw_cursor(text);
    cw_time time = CW_TIME_NONE;
    (void)read_stamp(&cursor, &time);
    return time;
}

/* Takes " HH:MM:SS.mmm" off the end of `text`. A property's value that is a time stays. */
static int32_t take_clock(struct cw_str *text)
{
    struct cw_str all = *text;
    if (all.len <= CLOCK_LEN || !cw_is_blank(all.ptr[all.len - CLOCK_LEN - 1]) ||
        all.ptr[all.len - 7] != ':')
        return -1;
    struct cw_str before = cw_str_trim_end(cw_str_head(all, all.len - CLOCK_LEN));
    struct cw_cursor cursor = cw_cursor(cw_str_from(all, all.len - CLOCK_LEN));
    struct cw_civil civil = {0};
    if (before.len == 0 || before.ptr[before.len - 1] == '=' || !read_clock(&cursor, &civil) ||
        civil.hour > 23 || civil.minute > 59 || civil.second > 59)
        return -1;
    *text = before;
    return (int32_t)(((civil.hour * 60 + civil.minute) * 60 + civil.second) * 1000 +
                     civil.millisecond);
}

/* Documentation puts a placeholder where an operation's line had its time. */
static void drop_placeholder(struct cw_str *text)
{
    static const char *const forms[] = {"} <", "} \\<", "} *\\<"};
    if (text->len == 0 || text->ptr[0] != '{' ||
        (text->ptr[text->len - 1] != '>' && text->ptr[text->len - 1] != '*'))
        return;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        size_t at = cw_str_find(*text, cw_str_c(forms[i]));
        if (at != SIZE_MAX)
            text->len = at + 1;
    }
}

/* --- body lines -------------------------------------------------------------------------- */

/* Length of the category at the start of `text`, which its colon and a blank or the end follow; 0
 * when there is none. "..." is what the documentation shows for vendors' lines. */
static size_t category_length(struct cw_str text)
{
    size_t len = 0;
    while (len < 3 && len < text.len && is_lower(text.ptr[len]))
        len++;
    if (len == 0 && cw_str_starts(text, CW_STR("...")))
        len = 3;
    if (len < 2 || len >= text.len || text.ptr[len] != ':')
        return 0;
    return len + 1 == text.len || cw_is_blank(text.ptr[len + 1]) ? len : 0;
}

static bool is_known_category(struct cw_str category)
{
    for (size_t i = 0; i < sizeof(known_categories) / sizeof(known_categories[0]); i++) {
        if (cw_str_eq(category, cw_str_c(known_categories[i])))
            return true;
    }
    return false;
}

static void fill_body(struct cw_str rest, size_t category, enum cw_level level,
                      struct cw_setupapi_line *ret_line)
{
    struct cw_cursor cursor = cw_cursor(cw_str_from(rest, category + 1));
    size_t blanks = cw_cursor_blanks(&cursor);
    struct cw_str text = cw_str_trim_end(cursor.rest);
    int32_t clock = take_clock(&text);
    drop_placeholder(&text);
    *ret_line = (struct cw_setupapi_line){.kind = CW_SETUPAPI_BODY,
                                          .level = level,
                                          .category = cw_str_head(rest, category),
                                          .column = blanks > 0 ? blanks - 1 : 0,
                                          .text = text,
                                          .time = CW_TIME_NONE,
                                          .clock = clock};
}

/* A body line in the shape in which Windows writes it. */
static bool read_body(struct cw_str line, struct cw_setupapi_line *ret_line)
{
    static const struct {
        char prefix[PREFIX_LEN + 1];
        enum cw_level level;
    } prefixes[] = {
        {"     ", CW_LEVEL_INFO},
        {"!    ", CW_LEVEL_WARNING},
        {"!!!  ", CW_LEVEL_ERROR},
        {".    ", CW_LEVEL_INFO},
    };
    if (line.len < PREFIX_LEN)
        return false;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (memcmp(line.ptr, prefixes[i].prefix, PREFIX_LEN) != 0)
            continue;
        struct cw_str rest = cw_str_from(line, PREFIX_LEN);
        size_t category = category_length(rest);
        if (category > 0)
            fill_body(rest, category, prefixes[i].level, ret_line);
        return category > 0;
    }
    return false;
}

/* A body line that has lost its columns: only a known category makes it one. */
static bool read_loose_body(struct cw_str line, struct cw_setupapi_line *ret_line)
{
    struct cw_cursor cursor = cw_cursor(line);
    while (cw_cursor_char(&cursor, '>') || cw_cursor_blanks(&cursor) > 0)
        continue;
    size_t marks = 0;
    while (marks < 3 && cw_cursor_char(&cursor, '!'))
        marks++;
    if (marks == 0 && cursor.rest.len > 1 && cw_is_blank(cursor.rest.ptr[1]))
        (void)cw_cursor_char(&cursor, '.');
    cw_cursor_blanks(&cursor);
    size_t category = category_length(cursor.rest);
    if (category == 0 || !is_known_category(cw_str_head(cursor.rest, category)))
        return false;
    enum cw_level level = marks == 0  ? CW_LEVEL_INFO
                          : marks < 3 ? CW_LEVEL_WARNING
                                      : CW_LEVEL_ERROR;
    fill_body(cursor.rest, category, level, ret_line);
    return true;
}

/* --- all other lines --------------------------------------------------------------------- */

/* Consumes "12. ", "12: " or "Line 12: ". */
static bool skip_number(struct cw_cursor *cursor)
{
    struct cw_cursor at = *cursor;
    uint64_t number;
    (void)cw_cursor_literal(&at, CW_STR("Line "));
    if (!cw_cursor_decimal(&at, &number))
        return false;
    if (!cw_cursor_char(&at, '.') && !cw_cursor_char(&at, ':') && !cw_cursor_char(&at, ')'))
        return false;
    if (cw_cursor_blanks(&at) == 0)
        return false;
    *cursor = at;
    return true;
}

/* Without what other programs and people put in front: a syslog tag, a bullet, a number. */
static struct cw_str skip_decoration(struct cw_str line)
{
    struct cw_cursor cursor = cw_cursor(skip_blanks(line));
    size_t tag = cw_str_find(cw_str_head(cursor.rest, TAG_MOST), CW_STR("[syslog] "));
    if (tag != SIZE_MAX)
        cw_cursor_skip(&cursor, tag + sizeof("[syslog] ") - 1);
    if (!skip_number(&cursor))
        (void)(cw_cursor_literal(&cursor, CW_STR("- ")) ||
               cw_cursor_literal(&cursor, CW_STR("* ")));
    return cursor.rest;
}

/* The line's marks, also as `\>>>` and `> > >`. */
struct marks {
    size_t right; /* how many '>' */
    size_t left;  /* how many '<' */
};

static struct marks skip_marks(struct cw_cursor *cursor)
{
    struct marks marks = {0};
    for (;; cw_cursor_skip(cursor, 1)) {
        char c = cw_cursor_peek(cursor);
        if (c == '>')
            marks.right++;
        else if (c == '<')
            marks.left++;
        else if (!cw_is_blank(c) && c != '\\')
            return marks;
    }
}

static enum cw_setupapi_line_kind bracket_kind(struct cw_str text, struct marks marks,
                                               cw_time *time)
{
    struct cw_cursor cursor = cw_cursor(cw_str_from(text, 1));
    if (cw_cursor_literal(&cursor, CW_STR("Boot Session:"))) {
        *time = stamp_or_none(cursor.rest);
        return CW_SETUPAPI_BOOT;
    }
    if (cw_str_eq(text, CW_STR("[Device Install Log]")))
        return CW_SETUPAPI_HEADER;
    if (cw_str_eq(text, CW_STR("[BeginLog]")))
        return CW_SETUPAPI_BEGIN;
    if (cw_str_starts_nocase(text, CW_STR("[Exit status")) ||
        (marks.left > 0 && cw_str_starts(text, CW_STR("[Exit]"))))
        return CW_SETUPAPI_STATUS;
    if (marks.left > 0 && read_stamp(&cursor, time))
        return CW_SETUPAPI_END;
    return marks.right >= 3 ? CW_SETUPAPI_TITLE : CW_SETUPAPI_OTHER;
}

/* "Section start DATE TIME" and, as documented, "DATE TIME: Section start". */
static enum cw_setupapi_line_kind section_kind(struct cw_str text, struct marks marks,
                                               cw_time *time)
{
    struct cw_cursor cursor = cw_cursor(text);
    cw_time documented;
    if (marks.right + marks.left > 0 && read_stamp(&cursor, &documented)) {
        *time = documented;
        return marks.right > 0 ? CW_SETUPAPI_START : CW_SETUPAPI_END;
    }
    enum cw_setupapi_line_kind kind = CW_SETUPAPI_OTHER;
    if (cw_cursor_literal(&cursor, CW_STR("Section start")))
        kind = CW_SETUPAPI_START;
    else if (cw_cursor_literal(&cursor, CW_STR("Section end")))
        kind = CW_SETUPAPI_END;
    if (kind != CW_SETUPAPI_OTHER)
        *time = stamp_or_none(cursor.rest);
    return kind;
}

static bool read_marked(struct cw_str line, struct cw_setupapi_line *ret_line)
{
    struct cw_cursor cursor = cw_cursor(line);
    struct marks marks = skip_marks(&cursor);
    cw_time time = CW_TIME_NONE;
    enum cw_setupapi_line_kind kind = cw_cursor_peek(&cursor) == '['
                                          ? bracket_kind(cursor.rest, marks, &time)
                                          : section_kind(cursor.rest, marks, &time);
    if (kind == CW_SETUPAPI_OTHER)
        return false;
    *ret_line =
        (struct cw_setupapi_line){.kind = kind, .text = cursor.rest, .time = time, .clock = -1};
    return true;
}

static bool is_elision(struct cw_str text)
{
    for (size_t i = 0; i < sizeof(elisions) / sizeof(elisions[0]); i++) {
        if (cw_str_eq(text, cw_str_c(elisions[i])))
            return true;
    }
    return false;
}

void cw_setupapi_line_read(struct cw_str line, struct cw_setupapi_line *ret_line)
{
    if (read_body(line, ret_line))
        return;
    struct cw_str text = cw_str_trim(line);
    struct cw_str plain = skip_decoration(text);
    if (text.len > 0 && (read_marked(plain, ret_line) || read_loose_body(plain, ret_line)))
        return;
    enum cw_setupapi_line_kind kind = CW_SETUPAPI_OTHER;
    if (text.len == 0)
        kind = CW_SETUPAPI_BLANK;
    else if (is_elision(text))
        kind = CW_SETUPAPI_ELISION;
    int32_t clock = take_clock(&text);
    *ret_line =
        (struct cw_setupapi_line){.kind = kind, .text = text, .time = CW_TIME_NONE, .clock = clock};
}

/* --- section lines ----------------------------------------------------------------------- */

/* Between the brackets. The last one counts: instances hold brackets too. A line that was cut has
 * none. */
static struct cw_str inside_brackets(struct cw_str text)
{
    size_t last = cw_str_find_last_char(text, ']');
    struct cw_str all = last == SIZE_MAX ? text : cw_str_head(text, last);
    return cw_str_starts(all, CW_STR("[")) ? cw_str_from(all, 1) : all;
}

void cw_setupapi_title_read(struct cw_str text, struct cw_str *ret_title,
                            struct cw_str *ret_instance)
{
    struct cw_cursor cursor = cw_cursor(inside_brackets(text));
    struct cw_str title;
    bool split = cw_cursor_until(&cursor, CW_STR(" - "), &title);
    *ret_title = cw_str_trim(split ? title : cursor.rest);
    *ret_instance = split ? cw_str_trim(cursor.rest) : CW_STR_NONE;
}

/* "SUCCESS", "SUCCESS (REBOOT_REQUIRED)", "FAILURE(0x00000005)"; documented: "(0x00000005)". */
void cw_setupapi_status_read(struct cw_str text, struct cw_str *ret_status, uint32_t *ret_code,
                             struct cw_str *ret_written)
{
    struct cw_cursor cursor = cw_cursor(inside_brackets(text));
    struct cw_str word;
    uint64_t code = 0;
    cw_cursor_skip(&cursor, cw_str_starts_nocase(cursor.rest, CW_STR("Exit status"))
                                ? sizeof("Exit status") - 1
                                : sizeof("Exit") - 1);
    (void)cw_cursor_char(&cursor, ':');
    *ret_status = cw_str_trim(cursor.rest);
    *ret_code = CW_CODE_NONE;
    *ret_written = CW_STR_NONE;
    if (!cw_cursor_until(&cursor, CW_STR("("), &word))
        return;
    struct cw_str written = cursor.rest;
    (void)cw_cursor_literal(&cursor, CW_STR("0x"));
    if (!cw_cursor_hex(&cursor, 16, &code) || code > UINT32_MAX)
        return;
    written.len -= cursor.rest.len;
    *ret_code = cw_code_normalise((uint32_t)code, CW_CODE_SETUPAPI);
    *ret_written = written;
}

/* --- recognising a log ------------------------------------------------------------------- */

/* Head of CBS.log's lines: a paste may hold both logs. */
static bool is_servicing_line(struct cw_str line)
{
    return line.len > 20 && cw_is_digit(line.ptr[0]) && line.ptr[4] == '-' && line.ptr[7] == '-' &&
           line.ptr[10] == ' ' && line.ptr[13] == ':';
}

struct census {
    unsigned body, edge, certain, servicing;
    unsigned torn; /* lines with NUL bytes inside */
};

struct cw_str cw_setupapi_without_zeros(struct cw_str line)
{
    while (line.len > 0 && line.ptr[0] == '\0')
        line = cw_str_from(line, 1);
    while (line.len > 0 && line.ptr[line.len - 1] == '\0')
        line.len--;
    return line;
}

static void count_line(struct cw_str text, struct census *census)
{
    struct cw_setupapi_line line;
    text = cw_setupapi_without_zeros(text);
    if (cw_str_find_char(text, '\0') != SIZE_MAX) {
        census->torn++;
        return;
    }
    cw_setupapi_line_read(text, &line);
    switch (line.kind) {
    case CW_SETUPAPI_BODY:
        census->body++;
        break;
    case CW_SETUPAPI_TITLE:
    case CW_SETUPAPI_BOOT:
    case CW_SETUPAPI_HEADER:
        census->certain++;
        break;
    case CW_SETUPAPI_START:
    case CW_SETUPAPI_END:
    case CW_SETUPAPI_STATUS:
        census->edge++;
        break;
    case CW_SETUPAPI_OTHER:
        census->servicing += is_servicing_line(line.text);
        break;
    case CW_SETUPAPI_BLANK:
    case CW_SETUPAPI_BEGIN:
    case CW_SETUPAPI_ELISION:
        break;
    }
}

int cw_setupapi_bid(struct cw_str head)
{
    struct census census = {0};
    if (cw_str_starts(head, CW_STR("\xEF\xBB\xBF")))
        head = cw_str_from(head, 3);
    if (cw_str_starts(cw_str_trim(head), CW_STR("[SetupAPI Log]")))
        return 0;
    char newline = cw_str_find_char(head, '\n') == SIZE_MAX ? '\r' : '\n';
    while (head.len > 0) {
        size_t end = cw_str_find_char(head, newline);
        count_line(cw_str_head(head, end), &census);
        head = cw_str_from(head, end == SIZE_MAX ? head.len : end + 1);
    }
    /* A program holds such lines, too, as its texts. */
    if (census.torn * 4 > census.certain + census.edge + census.body)
        return 0;
    unsigned weight = census.certain * 3 + census.edge * 2 + census.body;
    int bid = weight >= 3 ? 100 : (int)weight * 30;
    return census.servicing > 0 && bid > 50 ? 50 : bid;
}
