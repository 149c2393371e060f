/* Entries of a SetupAPI text log: what stands behind prefix, category and indentation.
 *
 *     entry     = "{" operation "}" | property | sentence
 *     operation = name [ (": " | " - ") argument ]                            opens
 *               | name [":" | " -"] " " ( "exit" [ code ] | "Complete" )      closes
 *     property  = name ( "= " | "- " | ": " ) value
 *
 *     {Add Service: vmxnet}
 *     {Add Service: exit(0x00000000)}
 *     Image Path    = System32\drivers\vmxnet.sys
 *
 * Data may be in any code page, and in some of them a second byte may be '\\', '{', '|' or '}'. So
 * delimiters are searched from the left, begin with a blank, or are the very last byte.
 */
#include "logs/setupapi_entry.h"

#include "base/cursor.h"

enum {
    NAME_MOST = 48, /* a property's name is shorter; what is longer is a sentence */
    EXIT_MOST = 40  /* " exit(4294967295, 0x00000000)" and then some */
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
    return is_lower(cw_to_lower(c));
}

/* What may follow "exit": nothing, "OK", a code with or without parentheses, or two numbers of
 * which the second is the code. Windows itself forgets a parenthesis now and then. */
static bool read_exit_code(struct cw_str text, struct cw_setupapi_entry *entry)
{
    struct cw_cursor cursor = cw_cursor(text);
    struct cw_cursor second;
    struct cw_str first;
    uint64_t code = 0;
    cw_cursor_blanks(&cursor);
    if (cw_cursor_end(&cursor) || cw_str_eq(cursor.rest, CW_STR("OK")))
        return true;
    (void)cw_cursor_char(&cursor, '(');
    second = cursor;
    if (cw_cursor_until(&second, CW_STR(", "), &first))
        cursor = second;
    struct cw_str written = cursor.rest;
    (void)cw_cursor_literal(&cursor, CW_STR("0x"));
    if (!cw_cursor_hex(&cursor, 16, &code))
        return false;
    written.len -= cursor.rest.len;
    (void)cw_cursor_char(&cursor, ')');
    if (!cw_cursor_end(&cursor) || code > UINT32_MAX)
        return false;
    entry->code = cw_code_normalise((uint32_t)code, CW_CODE_SETUPAPI);
    entry->written = written;
    return true;
}

/* Where the last " exit" begins, or SIZE_MAX. A blank is never half of a character, so that this
 * may look from the right. */
static size_t find_exit(struct cw_str inner)
{
    const struct cw_str word = CW_STR(" exit");
    size_t least = inner.len > EXIT_MOST ? inner.len - EXIT_MOST : 0;
    for (size_t at = inner.len; at > least; at--) {
        if (inner.ptr[at - 1] == ' ' && cw_str_starts(cw_str_from(inner, at - 1), word))
            return at - 1;
    }
    return SIZE_MAX;
}

static bool read_close(struct cw_str inner, struct cw_setupapi_entry *entry)
{
    const struct cw_str complete = CW_STR(" Complete");
    size_t at = find_exit(inner);
    if (at != SIZE_MAX && !read_exit_code(cw_str_from(inner, at + sizeof(" exit") - 1), entry))
        return false;
    if (at == SIZE_MAX &&
        (cw_str_ends(inner, CW_STR(" - Complete")) || cw_str_ends(inner, CW_STR(": Complete"))))
        at = inner.len - complete.len;
    if (at == SIZE_MAX || at == 0)
        return false;
    struct cw_str name = cw_str_head(inner, at);
    if (cw_str_ends(name, CW_STR(" -")) || cw_str_ends(name, CW_STR(":")))
        name.len--;
    name = cw_str_trim_end(name);
    size_t bracket = cw_str_find(name, CW_STR(" ["));
    if (bracket != SIZE_MAX && cw_str_ends(name, CW_STR("]"))) {
        entry->value = cw_str_head(cw_str_from(name, bracket + 2), name.len - bracket - 3);
        name.len = bracket;
    }
    entry->kind = CW_EVENT_CLOSE;
    entry->name = name;
    return true;
}

static void read_open(struct cw_str inner, struct cw_setupapi_entry *entry)
{
    size_t colon = cw_str_find(inner, CW_STR(": "));
    size_t dash = cw_str_find(inner, CW_STR(" - "));
    size_t at = colon < dash ? colon : dash;
    size_t width = colon < dash ? 2 : 3;
    entry->kind = CW_EVENT_OPEN;
    entry->name = at == SIZE_MAX ? inner : cw_str_head(inner, at);
    entry->value = at == SIZE_MAX ? CW_STR_NONE : cw_str_trim(cw_str_from(inner, at + width));
    if (at == SIZE_MAX && cw_str_ends(inner, CW_STR(":")))
        entry->name.len--;
    entry->name = cw_str_trim(entry->name);
}

bool cw_setupapi_closes(struct cw_str opening, struct cw_str closing)
{
    if (closing.len == 0 || !cw_str_starts(opening, closing))
        return false;
    char next = closing.len < opening.len ? opening.ptr[closing.len] : ' ';
    return cw_is_blank(next) || next == ':' || next == '[';
}

/* --- properties -------------------------------------------------------------------------- */

static bool is_word_char(char c)
{
    return is_letter(c) || cw_is_digit(c) || c == ' ';
}

static bool is_name_mark(char c)
{
    return c == '_' || c == '(' || c == ')' || c == '/' || c == '-' || c == '#';
}

/* Every word begins with a capital: "Signer Score", "TargetFilename". */
static bool is_title_case(struct cw_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if ((i == 0 || name.ptr[i - 1] == ' ') && is_lower(name.ptr[i]))
            return false;
    }
    return true;
}

/* "Error = 0x00000005" reports a failure and describes nothing, whatever stands before it. */
static bool ends_as_report(struct cw_str name)
{
    static const char *const words[] = {"Error", "Err", "HRESULT", "status"};
    size_t blank = cw_str_find_last_char(name, ' ');
    struct cw_str last = blank == SIZE_MAX ? name : cw_str_from(name, blank + 1);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cw_str_eq(last, cw_str_c(words[i])))
            return true;
    }
    return false;
}

/* "Parent device: USB\ROOT_HUB30" describes; "Install Device: Removing sub-tree." narrates. */
static bool is_description(struct cw_str name, struct cw_str value)
{
    return value.len > 0 && !cw_str_ends(value, CW_STR(".")) &&
           !cw_str_starts(value, CW_STR("Enter")) && !cw_str_starts(value, CW_STR("Exit")) &&
           !cw_str_starts(name, CW_STR("Error"));
}

/* Offset of the separator that ends the name at the start of `text`; SIZE_MAX when the text does
 * not begin like a property. */
static size_t find_separator(struct cw_str text)
{
    if (text.len == 0 || !is_letter(text.ptr[0]))
        return SIZE_MAX;
    for (size_t i = 1; i < text.len && i <= NAME_MOST; i++) {
        char c = text.ptr[i];
        if (is_word_char(c))
            continue;
        bool ends = i + 1 == text.len || cw_is_blank(text.ptr[i + 1]);
        if (ends && ((c == '=' && cw_is_blank(text.ptr[i - 1])) || c == ':' || c == '-'))
            return i;
        if (!is_name_mark(c))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool read_property(struct cw_str text, enum cw_level level, struct cw_setupapi_entry *entry)
{
    size_t at = find_separator(text);
    if (at == SIZE_MAX)
        return false;
    struct cw_str name = cw_str_trim_end(cw_str_head(text, at));
    struct cw_str value = cw_str_trim(cw_str_from(text, at + 1));
    char separator = text.ptr[at];
    if (separator == '=' && ends_as_report(name))
        return false;
    if (separator == ':' && (level != CW_LEVEL_INFO || !is_description(name, value)))
        return false;
    if (separator == '-' && (level != CW_LEVEL_INFO || value.len == 0 || !is_title_case(name)))
        return false;
    entry->kind = CW_EVENT_PROPERTY;
    entry->name = name;
    entry->value = value;
    return true;
}

void cw_setupapi_entry_read(struct cw_str text, enum cw_level level,
                            struct cw_setupapi_entry *ret_entry)
{
    struct cw_setupapi_entry entry = {.kind = CW_EVENT_MESSAGE};
    if (text.len > 2 && text.ptr[0] == '{' && text.ptr[text.len - 1] == '}') {
        struct cw_str inner = {text.ptr + 1, text.len - 2};
        if (!read_close(inner, &entry))
            read_open(inner, &entry);
    } else {
        (void)read_property(text, level, &entry);
    }
    *ret_entry = entry;
}

bool cw_setupapi_header_read(struct cw_str text, struct cw_str *ret_name, struct cw_str *ret_value)
{
    struct cw_cursor cursor = cw_cursor(text);
    struct cw_str name;
    if (!cw_cursor_until(&cursor, CW_STR("="), &name))
        return false;
    *ret_name = cw_str_trim_end(name);
    *ret_value = cw_str_trim(cursor.rest);
    return true;
}
