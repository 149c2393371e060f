#include "input/undress.h"

#include "base/cursor.h"
#include "input/codepage.h"

enum {
    ESCAPE = 0x1b,
    BELL = 0x07,
    TAG_NAME_MOST = 10,
    TAG_MOST = 400, /* a tag with its attributes */
    ENTITY_MOST = 10,
    SYSLOG_TAG_MOST = 48
};

/* --- HTML ---------------------------------------------------------------------------------- */

/* Tags that pages put around code. Others are text: "<unknown>", "<DateTime>". */
static const struct {
    struct cw_str name;
    bool breaks;
} tags[] = {
    {{"pre", 3}, true},    {{"code", 4}, false},   {{"span", 4}, false}, {{"br", 2}, true},
    {{"p", 1}, true},      {{"div", 3}, true},     {{"li", 2}, true},    {{"tr", 2}, true},
    {{"ul", 2}, true},     {{"ol", 2}, true},      {{"td", 2}, false},   {{"table", 5}, true},
    {{"tbody", 5}, true},  {{"b", 1}, false},      {{"i", 1}, false},    {{"u", 1}, false},
    {{"em", 2}, false},    {{"strong", 6}, false}, {{"font", 4}, false}, {{"mark", 4}, false},
    {{"a", 1}, false},     {{"tt", 2}, false},     {{"samp", 4}, false}, {{"kbd", 3}, false},
    {{"html", 4}, true},   {{"body", 4}, true},    {{"head", 4}, true},  {{"blockquote", 10}, true},
    {{"output", 6}, true},
};

static const struct {
    struct cw_str name;
    struct cw_str text;
} entities[] = {
    {{"lt", 2}, {"<", 1}},    {{"gt", 2}, {">", 1}},   {{"amp", 3}, {"&", 1}},
    {{"quot", 4}, {"\"", 1}}, {{"apos", 4}, {"'", 1}}, {{"nbsp", 4}, {" ", 1}},
    {{"#160", 4}, {" ", 1}},  {{"#xa0", 4}, {" ", 1}},
};

/* The printable characters of ASCII, for entities that give a number: "&#39;", "&#x27;". */
static const char printable[] =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
    "abcdefghijklmnopqrstuvwxyz{|}~";

static bool is_alnum(char c)
{
    char lower = cw_to_lower(c);
    return (lower >= 'a' && lower <= 'z') || cw_is_digit(c);
}

/* Takes a known tag off the front. */
static bool take_tag(struct cw_str *rest, bool *ret_breaks)
{
    struct cw_cursor cursor = cw_cursor(cw_str_head(*rest, TAG_MOST));
    if (!cw_cursor_char(&cursor, '<'))
        return false;
    (void)cw_cursor_char(&cursor, '/');
    size_t len = 0;
    while (len < cursor.rest.len && len <= TAG_NAME_MOST && is_alnum(cursor.rest.ptr[len]))
        len++;
    struct cw_str name = cw_str_head(cursor.rest, len);
    cw_cursor_skip(&cursor, len);
    char next = cw_cursor_peek(&cursor);
    size_t end = cw_str_find_char(cursor.rest, '>');
    if ((next != '>' && next != ' ' && next != '/') || end == SIZE_MAX)
        return false;
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (!cw_str_eq_nocase(name, tags[i].name))
            continue;
        *ret_breaks = tags[i].breaks;
        *rest = cw_str_from(*rest, (size_t)(cursor.rest.ptr - rest->ptr) + end + 1);
        return true;
    }
    return false;
}

/* "#39" or "#x27" */
static bool read_number(struct cw_str name, struct cw_str *ret_text)
{
    struct cw_cursor cursor = cw_cursor(name);
    uint64_t number;
    bool read = cw_cursor_literal(&cursor, CW_STR("#x")) || cw_cursor_literal(&cursor, CW_STR("#X"))
                    ? cw_cursor_hex(&cursor, 2, &number)
                    : cw_cursor_char(&cursor, '#') && cw_cursor_decimal(&cursor, &number);
    if (!read || !cw_cursor_end(&cursor) || number < ' ' || number > '~')
        return false;
    *ret_text = (struct cw_str){printable + (number - ' '), 1};
    return true;
}

static bool read_entity(struct cw_str name, struct cw_str *ret_text)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        if (!cw_str_eq(name, entities[i].name))
            continue;
        *ret_text = entities[i].text;
        return true;
    }
    return read_number(name, ret_text);
}

static bool take_entity(struct cw_str *rest, struct cw_str *ret_text)
{
    size_t end = cw_str_find_char(cw_str_head(*rest, ENTITY_MOST), ';');
    if (rest->len == 0 || rest->ptr[0] != '&' || end == SIZE_MAX ||
        !read_entity(cw_str_head(cw_str_from(*rest, 1), end - 1), ret_text))
        return false;
    *rest = cw_str_from(*rest, end + 1);
    return true;
}

/* --- colours, escapes, odd blanks ------------------------------------------------------------ */

/* Takes an escape sequence of a terminal off the front: ESC [ ... letter, ESC ] ... BEL, or ESC and
 * one byte. */
static bool take_colour(struct cw_str *rest)
{
    if (rest->len == 0 || rest->ptr[0] != ESCAPE)
        return false;
    size_t at = 2;
    char kind = rest->len > 1 ? rest->ptr[1] : '\0';
    if (kind == '[') {
        while (at < rest->len && (rest->ptr[at] < '@' || rest->ptr[at] > '~'))
            at++;
        at++;
    } else if (kind == ']') {
        while (at < rest->len && rest->ptr[at] != BELL)
            at++;
        at++;
    }
    *rest = cw_str_from(*rest, at);
    return true;
}

/* Characters that look like a blank or like nothing, and that editors, chats and pages put in: no
 * names hold those that are `foreign`. */
static const struct {
    struct cw_str bytes;
    struct cw_str text;
    bool foreign;
} odd[] = {
    {{"\xC2\xA0", 2}, {" ", 1}, false},     /* no-break space */
    {{"\xE2\x80\xAF", 3}, {" ", 1}, true},  /* narrow no-break space */
    {{"\xC2\xAD", 2}, {"", 0}, false},      /* soft hyphen */
    {{"\xE2\x80\x8B", 3}, {"", 0}, true},   /* zero width space */
    {{"\xE2\x81\xA0", 3}, {"", 0}, true},   /* word joiner */
    {{"\xEF\xBB\xBF", 3}, {"", 0}, true},   /* byte order mark */
    {{"\xE2\x80\xA8", 3}, {"\n", 1}, true}, /* line separator */
    {{"\xE2\x80\xA9", 3}, {"\n", 1}, true}, /* paragraph separator */
};

static bool take_odd_blank(struct cw_str *rest, struct cw_str *ret_text)
{
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        if (!cw_str_starts(*rest, odd[i].bytes))
            continue;
        *ret_text = odd[i].text;
        *rest = cw_str_from(*rest, odd[i].bytes.len);
        return true;
    }
    return false;
}

/* Is the backslash at `at` Markdown's? Before a brace, a dot, a dollar and the like it may be a
 * path's. */
static bool is_escape(struct cw_str line, size_t at)
{
    if (line.ptr[at] != '\\' || at + 1 >= line.len)
        return false;
    char before = at ? line.ptr[at - 1] : ' ';
    char next = line.ptr[at + 1];
    char after = at + 2 < line.len ? line.ptr[at + 2] : ' ';
    if (next == '{' || next == '.')
        return before == ' ' || before == '\n';
    if (next == '\\')
        return is_alnum(after) && (is_alnum(before) || before == ':');
    return memchr("[]<>!_*~#}|+-`()", next, 16) != NULL;
}

bool cw_undress_markup(struct cw_str line, bool escaped, struct cw_buf *out)
{
    struct cw_str rest = line;
    while (rest.len > 0) {
        struct cw_str text = {0};
        bool breaks = false;
        if (take_colour(&rest))
            continue;
        if (take_tag(&rest, &breaks)) {
            if (breaks && !cw_buf_char(out, '\n'))
                return false;
            continue;
        }
        if (!take_entity(&rest, &text) && !take_odd_blank(&rest, &text)) {
            size_t at = (size_t)(rest.ptr - line.ptr);
            rest = cw_str_from(rest, escaped && is_escape(line, at));
            text = cw_str_head(rest, 1);
            rest = cw_str_from(rest, 1);
        }
        if (!cw_buf_append(out, text))
            return false;
    }
    return true;
}

static bool holds_any(struct cw_str line, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_find(line, cw_str_c(list[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Escapes inside of names that every log has. */
static const char *const escaped_names[] = {
    "\\_for\\_", "\\~31bf", "\\[HRESULT", "\\_amd64", "\\_x86", "E\\_ACCESS",
};

/* In a code page the same bytes are letters. */
static bool holds_foreign_blank(struct cw_str line)
{
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        if (odd[i].foreign && cw_str_find(line, odd[i].bytes) != SIZE_MAX)
            return cw_text_is_utf8(line);
    }
    return false;
}

bool cw_undress_is_marked_up(struct cw_str line)
{
    static const char *const marks[] = {"\x1b[", "<span ", "</span>", "<pre>",
                                        "<pre ", "</pre>", "<br>",    "<br/",
                                        "<br /", "<code>", "<code ",  "</code>"};
    return holds_any(line, marks, sizeof(marks) / sizeof(marks[0])) ||
           holds_any(line, escaped_names, sizeof(escaped_names) / sizeof(escaped_names[0])) ||
           (!cw_text_is_ascii(line) && holds_foreign_blank(line));
}

bool cw_undress_has_entities(struct cw_str line)
{
    static const char *const begun[] = {"&#", "&amp;", "&quot;", "&apos;", "&lt;", "&gt;"};
    return holds_any(line, begun, sizeof(begun) / sizeof(begun[0]));
}

bool cw_undress_is_page(struct cw_str line)
{
    static const char *const signs[] = {"<pre>", "<pre ", "<br>",         "<br/",
                                        "<br /", "<html", "&gt;&gt;&gt;", "&lt;&lt;&lt;"};
    return holds_any(line, signs, sizeof(signs) / sizeof(signs[0]));
}

bool cw_undress_has_escapes(struct cw_str line)
{
    static const char *const escapes[] = {"\\_", "\\~", "\\[", "\\]", "\\#", " \\{", "\\}"};
    return holds_any(line, escapes, sizeof(escapes) / sizeof(escapes[0]));
}

bool cw_undress_is_escaped(struct cw_str line)
{
    struct cw_str text = cw_str_trim(cw_undress_quote(line));
    return cw_str_starts(text, CW_STR("\\>")) || cw_str_starts(text, CW_STR("\\<")) ||
           cw_str_starts(text, CW_STR("\\!")) || cw_str_starts(text, CW_STR("\\[")) ||
           holds_any(line, escaped_names, sizeof(escaped_names) / sizeof(escaped_names[0]));
}

/* --- what stands in front -------------------------------------------------------------------- */

/* What may follow the three marks in front of a line that begins a section. */
static bool begins_section(struct cw_str rest)
{
    struct cw_str text = cw_str_trim(rest);
    return cw_str_starts(text, CW_STR("[")) || cw_str_starts(text, CW_STR("Section start"));
}

bool cw_undress_take_quote_mark(struct cw_cursor *cursor)
{
    struct cw_cursor at = *cursor;
    cw_cursor_blanks(&at);
    if (cw_str_starts(at.rest, CW_STR(">>>")) && begins_section(cw_str_from(at.rest, 3)))
        return false;
    if (!cw_cursor_char(&at, '>'))
        return false;
    *cursor = at;
    return true;
}

static bool take_line_number(struct cw_cursor *cursor)
{
    struct cw_cursor at = *cursor;
    uint64_t number;
    if (!cw_cursor_literal(&at, CW_STR("Line ")) || !cw_cursor_decimal(&at, &number) ||
        !cw_cursor_char(&at, ':'))
        return false;
    *cursor = at;
    return true;
}

static bool take_syslog_tag(struct cw_cursor *cursor)
{
    const struct cw_str mark = CW_STR("[syslog]");
    size_t at = cw_str_find(cw_str_head(cursor->rest, SYSLOG_TAG_MOST), mark);
    if (at == SIZE_MAX)
        return false;
    cw_cursor_skip(cursor, at + mark.len);
    return true;
}

struct cw_str cw_undress_quote(struct cw_str line)
{
    struct cw_cursor cursor = cw_cursor(line);
    bool any = false;
    while (cw_undress_take_quote_mark(&cursor) || take_line_number(&cursor) ||
           take_syslog_tag(&cursor))
        any = true;
    if (any)
        (void)cw_cursor_char(&cursor, ' ');
    return cursor.rest;
}

struct cw_str cw_undress_end(struct cw_str front, struct cw_str text)
{
    static const struct {
        struct cw_str begin, end;
    } pairs[] = {
        {{"`", 1}, {"`", 1}},   {{"**", 2}, {"**", 2}},  {{"*", 1}, {"*", 1}},
        {{"__", 2}, {"__", 2}}, {{"\"", 1}, {"\",", 2}}, {{"\"", 1}, {"\"", 1}},
    };
    struct cw_str trimmed = cw_str_trim_end(text);
    front = cw_str_trim(front);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        bool begun = cw_str_starts(front, pairs[i].begin) || cw_str_ends(front, pairs[i].begin);
        if (begun && cw_str_ends(trimmed, pairs[i].end))
            return cw_str_head(trimmed, trimmed.len - pairs[i].end.len);
    }
    return text;
}

bool cw_undress_is_fence(struct cw_str line)
{
    struct cw_str text = cw_str_trim(line);
    bool fence = cw_str_starts(text, CW_STR("```")) || cw_str_starts(text, CW_STR("~~~"));
    return fence && text.len < 24 && cw_str_find_char(text, ' ') == SIZE_MAX;
}
