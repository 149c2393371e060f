/* JSON with positions.
 *
 * cJSON keeps no positions and says no more of an error than where it stopped. So the text is
 * walked once before: this checks the syntax, words the fault, and notes at which byte each value
 * begins (its key, when it is a member). The notes come in the order in which a walk of cJSON's
 * tree meets the items, so the two need no other link.
 */
#include "rules/load_json.h"

#include "base/limits.h"

enum {
    NESTING_MOST = 16,      /* the format needs 7; bounds the recursion here and in cJSON */
    NUMBER_DIGITS_MOST = 9, /* every number of the format is a small whole one */
    NOTES_MOST = CW_LIMIT_RULE_FILE
};

struct scan {
    struct cw_str text;
    size_t at;
    struct cw_arena *arena;
    uint32_t *offsets;
    size_t count, cap;
    struct cw_json_fault fault; /* text set: the syntax is wrong */
    bool nomem;
};

static bool fault(struct scan *scan, const char *text)
{
    scan->fault = (struct cw_json_fault){scan->at, text};
    return false;
}

static char peek(const struct scan *scan)
{
    return scan->at < scan->text.len ? scan->text.ptr[scan->at] : '\0';
}

static bool take(struct scan *scan, char c)
{
    if (scan->at >= scan->text.len || scan->text.ptr[scan->at] != c)
        return false;
    scan->at++;
    return true;
}

static size_t skip_blanks(struct cw_str text, size_t at)
{
    while (at < text.len && cw_is_space(text.ptr[at]))
        at++;
    return at;
}

static bool note(struct scan *scan, size_t offset)
{
    void *offsets = scan->offsets;
    if (!cw_arena_grow(scan->arena, &offsets, &scan->cap, scan->count, sizeof(*scan->offsets),
                       NOTES_MOST)) {
        scan->nomem = true;
        return false;
    }
    scan->offsets = offsets;
    scan->offsets[scan->count++] = (uint32_t)offset;
    return true;
}

/* The four digits of \uXXXX at `at`, or -1. */
static int unicode_escape(struct cw_str text, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < text.len ? cw_hex_digit(text.ptr[i]) : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool scan_escape(struct scan *scan)
{
    if (take(scan, 'u')) {
        int value = unicode_escape(scan->text, scan->at);
        if (value < 0)
            return fault(scan, "\\u needs four hexadecimal digits");
        if (value == 0 || (value >= 0xD800 && value <= 0xDFFF))
            return fault(scan, "no character has this number; write the character itself");
        scan->at += 4;
        return true;
    }
    if (peek(scan) == '\0' || !strchr("\"\\/bfnrt", peek(scan)))
        return fault(scan, "unknown escape; a backslash in a pattern is written twice");
    scan->at++;
    return true;
}

/* Most of a file is this. */
static size_t skip_plain(struct cw_str text, size_t at)
{
    while (at < text.len && (unsigned char)text.ptr[at] >= 0x20 && text.ptr[at] != '"' &&
           text.ptr[at] != '\\')
        at++;
    return at;
}

static bool scan_string(struct scan *scan)
{
    size_t begin = scan->at++;
    while ((scan->at = skip_plain(scan->text, scan->at)) < scan->text.len) {
        if (take(scan, '"'))
            return true;
        if (!take(scan, '\\'))
            return fault(scan, "a control character inside a string");
        if (!scan_escape(scan))
            return false;
    }
    scan->at = begin;
    return fault(scan, "the string is not closed");
}

static bool scan_number(struct scan *scan)
{
    (void)take(scan, '-');
    size_t begin = scan->at;
    while (cw_is_digit(peek(scan)))
        scan->at++;
    size_t digits = scan->at - begin;
    char next = peek(scan);
    if (digits == 0 || digits > NUMBER_DIGITS_MOST || next == '.' || next == 'e' || next == 'E')
        return fault(scan, "a number must be whole and have at most 9 digits");
    return true;
}

static bool scan_word(struct scan *scan)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct cw_str word = cw_str_c(words[i]);
        if (cw_str_starts(cw_str_from(scan->text, scan->at), word)) {
            scan->at += word.len;
            return true;
        }
    }
    return fault(scan, "a value is expected here");
}

static bool scan_value(struct scan *scan, unsigned depth);

/* After the opening bracket: values, or members, until `close`. */
static bool scan_list(struct scan *scan, char close, unsigned depth)
{
    scan->at = skip_blanks(scan->text, scan->at);
    if (take(scan, close))
        return true;
    do {
        scan->at = skip_blanks(scan->text, scan->at);
        if (!note(scan, scan->at))
            return false;
        if (close == '}') {
            if (peek(scan) != '"')
                return fault(scan, "a key in quotes is expected here");
            if (!scan_string(scan))
                return false;
            scan->at = skip_blanks(scan->text, scan->at);
            if (!take(scan, ':'))
                return fault(scan, "':' is expected after a key");
        }
        if (!scan_value(scan, depth + 1))
            return false;
        scan->at = skip_blanks(scan->text, scan->at);
    } while (take(scan, ','));
    if (take(scan, close))
        return true;
    return fault(scan,
                 close == '}' ? "',' or '}' is expected here" : "',' or ']' is expected here");
}

static bool scan_value(struct scan *scan, unsigned depth)
{
    if (depth > NESTING_MOST)
        return fault(scan, "nested too deeply");
    scan->at = skip_blanks(scan->text, scan->at);
    if (take(scan, '{'))
        return scan_list(scan, '}', depth);
    if (take(scan, '['))
        return scan_list(scan, ']', depth);
    if (peek(scan) == '"')
        return scan_string(scan);
    if (peek(scan) == '-' || cw_is_digit(peek(scan)))
        return scan_number(scan);
    return scan_word(scan);
}

static bool scan_text(struct scan *scan)
{
    if (scan->text.len > CW_LIMIT_RULE_FILE)
        return fault(scan, "the file is too large");
    if (cw_str_starts(scan->text, CW_STR("\xEF\xBB\xBF")))
        scan->at = 3;
    scan->at = skip_blanks(scan->text, scan->at);
    if (!note(scan, scan->at) || !scan_value(scan, 0))
        return false;
    scan->at = skip_blanks(scan->text, scan->at);
    return scan->at == scan->text.len || fault(scan, "something follows the end of the object");
}

/* An item's offset lives in `valueint`, which cJSON sets for numbers only, and we read those from
 * `valuedouble`. Recursion is bounded by NESTING_MOST. */
static size_t attach(cJSON *item, const struct scan *scan, size_t index)
{
    item->valueint = (int)scan->offsets[index++];
    for (cJSON *child = item->child; child; child = child->next)
        index = attach(child, scan, index);
    return index;
}

int cw_json_open(const struct cw_rule_file *file, struct cw_arena *scratch, struct cw_json_doc *doc,
                 struct cw_json_fault *ret_fault)
{
    *doc = (struct cw_json_doc){.file = *file, .seen_line = 1, .seen_column = 1};
    struct scan scan = {.text = file->bytes, .arena = scratch};
    if (!scan_text(&scan)) {
        if (scan.nomem)
            return CW_ERR_NOMEM;
        *ret_fault = scan.fault;
        return CW_ERR_INVALID;
    }
    /* Not from the beginning: cJSON takes a byte order mark for one only if enough follows it. */
    struct cw_str body = cw_str_from(file->bytes, scan.offsets[0]);
    doc->root = cJSON_ParseWithLengthOpts(body.ptr, body.len, NULL, 0);
    if (!doc->root)
        return CW_ERR_NOMEM; /* the syntax is right: nothing else is left */
    (void)attach(doc->root, &scan, 0);
    return CW_OK;
}

void cw_json_close(struct cw_json_doc *doc)
{
    cJSON_Delete(doc->root);
    doc->root = NULL;
}

size_t cw_json_offset(const cJSON *item)
{
    return (size_t)item->valueint;
}

/* Past the string whose opening quote is at `at`; the text has been checked. */
static size_t skip_string(struct cw_str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++) {
        if (text.ptr[at] == '\\')
            at++;
    }
    return at + 1;
}

size_t cw_json_value_offset(const struct cw_json_doc *doc, const cJSON *item)
{
    size_t at = cw_json_offset(item);
    if (!item->string)
        return at;
    at = skip_blanks(doc->file.bytes, skip_string(doc->file.bytes, at));
    return skip_blanks(doc->file.bytes, at + 1); /* the colon */
}

static size_t utf8_length(int value)
{
    return value < 0x80 ? 1 : value < 0x800 ? 2 : 3;
}

size_t cw_json_inside_offset(const struct cw_json_doc *doc, const cJSON *item, size_t index)
{
    struct cw_str text = doc->file.bytes;
    size_t at = cw_json_value_offset(doc, item) + 1;
    for (size_t decoded = 0; at + 1 < text.len && text.ptr[at] != '"';) {
        bool escape = text.ptr[at] == '\\';
        bool unicode = escape && text.ptr[at + 1] == 'u';
        decoded += unicode ? utf8_length(unicode_escape(text, at + 2)) : 1;
        if (decoded > index)
            break;
        at += unicode ? 6 : escape ? 2 : 1;
    }
    return at;
}

struct cw_place cw_json_place(struct cw_json_doc *doc, size_t offset)
{
    struct cw_str text = doc->file.bytes;
    if (offset > text.len)
        offset = text.len;
    if (offset < doc->seen_offset) {
        doc->seen_offset = 0;
        doc->seen_line = doc->seen_column = 1;
    }
    struct cw_str between = cw_str_from(cw_str_head(text, offset), doc->seen_offset);
    for (size_t end; (end = cw_str_find_char(between, '\n')) != SIZE_MAX;) {
        between = cw_str_from(between, end + 1);
        doc->seen_line++;
        doc->seen_column = 1;
    }
    for (size_t i = 0; i < between.len; i++)
        doc->seen_column += ((unsigned char)between.ptr[i] & 0xC0) != 0x80;
    doc->seen_offset = offset;
    return (struct cw_place){doc->file.name, doc->seen_line, doc->seen_column};
}
