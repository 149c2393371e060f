/*     path = [ anything ] separators "Users" separators name { separators segment } ;
 *
 * A segment that another one follows may hold blanks, and so may the last one when the path stands
 * in quotes; else the last one ends with its first word, for what follows may be a sentence:
 *
 *     Copying 'C:\Users\John Doe\My Stuff\a b.inf' to 'C:\Windows\INF\oem1.inf'
 *     Deleting C:\Users\jdoe failed
 */
#include "logs/identifier_scan.h"

static const char *const roots[] = {
    "Users",
    "home",
    "Documents and Settings",
    "DOCUME~1",
    "Dokumente und Einstellungen",
    "Users$",
    "home$",
    "homes$",
    "profile$",
    "profiles$",
};

/* A segment of a path. */
struct segment {
    size_t begin, end;
    bool more; /* a separator follows */
};

/* What ends the path, when it begins with such: behind 'C:\a b' no word belongs to it. */
static char closing_of(char opening)
{
    static const char pairs[] = "''\"\"[](){}<>``";
    for (size_t i = 0; i + 1 < sizeof(pairs); i += 2) {
        if (pairs[i] == opening)
            return pairs[i + 1];
    }
    return '\0';
}

static char find_closing(struct cw_str text, size_t at)
{
    static const char stops[] = " \t\r\n=,;|'\"[({<`";
    while (at > 0 && !cw_identifier_is_any(text.ptr[at - 1], stops))
        at--;
    return at > 0 ? closing_of(text.ptr[at - 1]) : '\0';
}

/* In a code page of two bytes a character may end in the byte of '\'. */
static bool ends_character(struct cw_str text, size_t at)
{
    size_t begin = at;
    while (begin > 0 && (unsigned char)text.ptr[begin - 1] >= 0x80)
        begin--;
    return (at - begin) % 2 == 1 && ((unsigned char)text.ptr[at - 1] & 0xC0) != 0x80;
}

static bool is_separator(struct cw_str text, size_t at)
{
    return cw_identifier_is_separator(text.ptr[at]) && !ends_character(text, at);
}

/* Windows allows no such character in a name. */
static bool ends_name(struct cw_str text, size_t at, char closing)
{
    static const char refused[] = ":*?\"<>|";
    char c = text.ptr[at];
    if (c == closing && closing != '\0')
        return c != '\'' || !cw_identifier_is_letter(cw_identifier_at(text, at + 1));
    return (unsigned char)c < 0x20 || cw_identifier_is_any(c, refused) || is_separator(text, at);
}

static size_t end_of_word(struct cw_str text, size_t begin, size_t end)
{
    static const char stops[] = " \t,;()[]{}'\"=&`";
    size_t at = begin;
    while (at < end && !cw_identifier_is_any(text.ptr[at], stops))
        at++;
    while (at > begin && text.ptr[at - 1] == '.')
        at--;
    return at;
}

/* "Profile: C:\Users\John Doe" at the end of a line: one more word, written like a name. */
static size_t with_family_name(struct cw_str text, size_t end)
{
    size_t at = end + 1;
    if (cw_identifier_at(text, end) != ' ' || at >= text.len ||
        !((unsigned char)text.ptr[at] >= 0x80 || (text.ptr[at] >= 'A' && text.ptr[at] <= 'Z')))
        return end;
    while (at < text.len && !cw_is_digit(text.ptr[at]) &&
           (cw_identifier_is_word(text.ptr[at]) || text.ptr[at] == '-'))
        at++;
    bool ended = at == text.len || text.ptr[at] == '\r' || text.ptr[at] == '\n';
    return ended ? at : end;
}

static struct segment read_segment(struct cw_str text, size_t begin, char closing)
{
    size_t end = begin;
    while (end < text.len && !ends_name(text, end, closing))
        end++;
    struct segment segment = {begin, end, end < text.len && is_separator(text, end)};
    bool closed = end < text.len && text.ptr[end] == closing && closing != '\0';
    bool sound = end > begin && text.ptr[end - 1] != ' ' && text.ptr[end - 1] != '.';
    if ((segment.more && sound) || closed)
        return segment;
    segment.more = false;
    segment.end = with_family_name(text, end_of_word(text, begin, end));
    return segment;
}

static size_t skip_separators(struct cw_str text, size_t at)
{
    while (at < text.len && cw_identifier_is_separator(text.ptr[at]))
        at++;
    return at;
}

/* Where the name begins when `at` is the first separator of "\Users\"; SIZE_MAX when it is not. */
static size_t find_name(struct cw_str text, size_t at)
{
    size_t begin = skip_separators(text, at);
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        struct cw_str root = cw_str_c(roots[i]);
        size_t end = begin + root.len;
        if (cw_str_starts_nocase(cw_str_from(text, begin), root) &&
            cw_identifier_is_separator(cw_identifier_at(text, end)))
            return skip_separators(text, end);
    }
    return SIZE_MAX;
}

/* "%E5" in a URL. */
static bool is_escape(struct cw_str text, size_t at)
{
    return cw_identifier_at(text, at) == '%' && cw_hex_digit(cw_identifier_at(text, at + 1)) >= 0 &&
           cw_hex_digit(cw_identifier_at(text, at + 2)) >= 0;
}

/* Begins with a placeholder: %USERNAME%, $user, {GUID}. */
static bool is_no_name(struct cw_str name)
{
    static const char marks[] = "%$*{";
    bool escaped = is_escape(name, 0) && name.ptr[name.len - 1] != '%';
    return name.len == 0 || (cw_identifier_is_any(name.ptr[0], marks) && !escaped) ||
           cw_identifier_is_builtin_account(name);
}

static struct cw_str segment_text(struct cw_str text, const struct segment *segment)
{
    return cw_identifier_between(text, segment->begin, segment->end);
}

/* Of a file that the user named the extension stays. */
static size_t end_of_stem(struct cw_str text, const struct segment *segment)
{
    struct cw_str name = segment_text(text, segment);
    size_t dot = cw_str_find_last_char(name, '.');
    bool extended = dot != SIZE_MAX && dot > 0 && name.len - dot <= 6;
    return extended ? segment->begin + dot : segment->end;
}

/* What is below the profile, from `begin` on: behind the folders that every profile has, the
 * folders and the file. A file that diagnosis needs keeps its name. */
static void emit_below(struct cw_identifier_scan *scan, size_t begin, char closing)
{
    struct cw_str text = scan->text;
    struct segment segment = read_segment(text, begin, closing);
    while (cw_identifier_is_profile_folder(segment_text(text, &segment))) {
        if (!segment.more)
            return;
        begin = skip_separators(text, segment.end);
        segment = read_segment(text, begin, closing);
    }
    size_t end = segment.begin;
    while (segment.more) {
        end = segment.end;
        segment = read_segment(text, skip_separators(text, segment.end), closing);
    }
    if (segment.end > segment.begin && !cw_identifier_is_program_file(segment_text(text, &segment)))
        end = end_of_stem(text, &segment);
    cw_identifier_emit(scan, CW_IDENTIFIER_PATH, begin, end);
}

/* jdoe.CORP, jdoe.CORP.000: the second profile of a name has its domain, or a number. */
static void emit_without_domain(struct cw_identifier_scan *scan, const struct segment *name)
{
    struct cw_str user = segment_text(scan->text, name);
    size_t dot = cw_str_find_char(user, '.');
    for (size_t i = dot == SIZE_MAX ? user.len : dot + 1; i < user.len; i++) {
        if (cw_to_lower(user.ptr[i]) != user.ptr[i] || cw_is_digit(user.ptr[i]))
            continue;
        if (user.ptr[i] != '.' && user.ptr[i] != '-')
            return;
    }
    if (dot != SIZE_MAX && user.len - dot > 2)
        cw_identifier_emit(scan, CW_IDENTIFIER_USER, name->begin, name->begin + dot);
}

void cw_identifier_profile(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    if (at > 0 && cw_identifier_is_separator(text.ptr[at - 1]))
        return;
    size_t begin = find_name(text, at);
    if (begin == SIZE_MAX || begin >= text.len)
        return;
    char closing = find_closing(text, at);
    struct segment name = read_segment(text, begin, closing);
    if (is_no_name(segment_text(text, &name)))
        return;
    cw_identifier_emit(scan, CW_IDENTIFIER_USER, name.begin, name.end);
    emit_without_domain(scan, &name);
    if (name.more)
        emit_below(scan, skip_separators(text, name.end), closing);
}

static bool is_escaped_separator(struct cw_str text, size_t at)
{
    struct cw_str rest = cw_str_from(text, at < text.len ? at : text.len);
    return cw_str_starts_nocase(rest, CW_STR("%5C")) || cw_str_starts_nocase(rest, CW_STR("%2F"));
}

/* path=C%3A%5CUsers%5Cjdoe%5Cx.exe */
void cw_identifier_escaped_profile(struct cw_identifier_scan *scan, size_t at)
{
    static const struct cw_str stops = {" \t\r\n&\"'<>;,)]}/\\", 16};
    struct cw_str text = scan->text;
    struct cw_str root = CW_STR("Users");
    size_t begin = at + 3 + root.len;
    if (!is_escaped_separator(text, at) || !is_escaped_separator(text, begin) ||
        !cw_str_starts_nocase(cw_str_from(text, at + 3), root))
        return;
    begin += 3;
    size_t end = begin;
    while (end < text.len && cw_str_find_char(stops, text.ptr[end]) == SIZE_MAX &&
           !is_escaped_separator(text, end))
        end++;
    if (!is_no_name(cw_identifier_between(text, begin, end)))
        cw_identifier_emit(scan, CW_IDENTIFIER_USER, begin, end);
}
