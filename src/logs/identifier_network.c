/* Hosts and addresses.
 *
 * Logs of servicing are full of versions, and "6.1.1.4" may be an address as well. So a number of
 * four parts is an address only where something says so, or where no version goes: 192.168.1.10. */
#include "logs/identifier_scan.h"

enum { MAC_PAIRS = 6, GROUPS = 8, CONTEXT = 24 };

static bool is_of_host(char c)
{
    return cw_identifier_is_word(c) || c == '.' || c == '-' || c == '_';
}

static bool is_number(struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!cw_is_digit(text.ptr[i]) && text.ptr[i] != '.')
            return false;
    }
    return true;
}

/* Whether `text` begins with four numbers up to 255 between dots; *ret_end is behind them. */
static bool is_quad(struct cw_str text, size_t at, unsigned ret_parts[4], size_t *ret_end)
{
    for (size_t part = 0; part < 4; part++) {
        size_t begin = at;
        ret_parts[part] = 0;
        for (; cw_is_digit(cw_identifier_at(text, at)) && at - begin < 4; at++)
            ret_parts[part] = ret_parts[part] * 10 + (unsigned)(text.ptr[at] - '0');
        bool padded = at - begin > 1 && text.ptr[begin] == '0';
        if (at == begin || padded || ret_parts[part] > 255)
            return false;
        if (part < 3 && cw_identifier_at(text, at++) != '.')
            return false;
    }
    *ret_end = at;
    return true;
}

/* The same for every machine: itself, any, a mask. */
static bool is_common(const unsigned parts[4])
{
    return parts[0] == 127 || parts[0] == 0 || parts[0] == 255;
}

/* Nobody numbers a version like that. */
static bool looks_like_address(const unsigned parts[4])
{
    return parts[0] >= 100 || (parts[0] == 192 && parts[1] == 168) ||
           (parts[0] == 172 && parts[1] >= 16 && parts[1] < 32);
}

/* Whether one of the words, from its beginning on, stands between `from` and `at`. */
static bool has_between(struct cw_str text, size_t from, size_t at, const char *const *words,
                        size_t count)
{
    for (; from < at; from++) {
        bool inside = from > 0 && cw_identifier_is_letter(text.ptr[from]) &&
                      cw_identifier_is_letter(text.ptr[from - 1]);
        struct cw_str before = cw_identifier_between(text, from, at);
        for (size_t i = 0; i < count && !inside; i++) {
            if (cw_str_starts_nocase(before, cw_str_c(words[i])))
                return true;
        }
    }
    return false;
}

/* A word in front of a number is about that one and none behind it. */
bool cw_identifier_is_version(struct cw_str text, size_t begin, size_t end)
{
    static const char *const words[] = {
        "version", "ver ", "ver:", "ver=", "ver.", "driverver", "revision", "build"};
    static const char before[] = "~_vV-";
    static const char after[] = "~_-";
    size_t from = begin;
    while (from > 0 && begin - from < CONTEXT && !cw_is_digit(text.ptr[from - 1]))
        from--;
    /* DriverVer=06/21/2006,6.1.0.1 */
    bool behind_date = begin > 1 && text.ptr[begin - 1] == ',' && cw_is_digit(text.ptr[begin - 2]);
    return behind_date || cw_identifier_is_any(begin > 0 ? text.ptr[begin - 1] : ' ', before) ||
           cw_identifier_is_any(cw_identifier_at(text, end), after) ||
           has_between(text, from, begin, words, sizeof(words) / sizeof(words[0]));
}

static bool is_called_address(struct cw_str text, size_t begin, size_t end)
{
    static const char *const words[] = {"ip ",    "ip:",  "ip=",    "ipv4",    "address",
                                        "server", "host", "proxy",  "dns",     "gateway",
                                        "://",    "\\\\", "client", "connect", "endpoint"};
    bool has_port =
        cw_identifier_at(text, end) == ':' && cw_is_digit(cw_identifier_at(text, end + 1));
    bool has_mask =
        cw_identifier_at(text, end) == '/' && cw_is_digit(cw_identifier_at(text, end + 1));
    return has_port || has_mask || cw_str_starts_nocase(cw_str_from(text, end), CW_STR(" port")) ||
           has_between(text, begin > CONTEXT ? begin - CONTEXT : 0, begin, words,
                       sizeof(words) / sizeof(words[0]));
}

/* `at` is the first dot. */
void cw_identifier_ipv4(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t begin = at;
    size_t end;
    unsigned parts[4];
    while (begin > 0 && cw_is_digit(text.ptr[begin - 1]))
        begin--;
    bool joined =
        begin > 0 && (cw_identifier_is_word(text.ptr[begin - 1]) || text.ptr[begin - 1] == '.');
    if (begin == at || joined || !is_quad(text, begin, parts, &end) || is_common(parts))
        return;
    bool goes_on =
        cw_identifier_is_word(cw_identifier_at(text, end)) ||
        (cw_identifier_at(text, end) == '.' && cw_is_digit(cw_identifier_at(text, end + 1)));
    if (goes_on || cw_identifier_is_version(text, begin, end))
        return;
    if (looks_like_address(parts) || is_called_address(text, begin, end))
        cw_identifier_emit(scan, CW_IDENTIFIER_IP, begin, end);
}

struct groups {
    size_t count, begin, end;
    bool gap;  /* "::" */
    bool wide; /* a group of three or four digits */
};

/* Up to eight groups of hexadecimal digits between colons, from `at` on. */
static struct groups read_groups(struct cw_str text, size_t at)
{
    struct groups groups = {.begin = at, .end = at};
    for (;;) {
        size_t begin = at;
        while (cw_hex_digit(cw_identifier_at(text, at)) >= 0)
            at++;
        if (at - begin > 4)
            return (struct groups){0};
        groups.count += at > begin;
        groups.wide |= at - begin >= 3;
        groups.end = at;
        bool twice = cw_identifier_at(text, at) == ':' && cw_identifier_at(text, at + 1) == ':';
        if (cw_identifier_at(text, at) != ':' || (twice && groups.gap))
            return groups;
        groups.gap |= twice;
        at += twice ? 2 : 1;
    }
}

/* 2000::/3, fc00::/7 and fe80::/10: what a machine has. Everything else with colons is a time, a
 * name of C++, a print of a hash. */
static bool is_unicast(struct cw_str text, size_t begin)
{
    char first = cw_to_lower(cw_identifier_at(text, begin));
    char second = cw_to_lower(cw_identifier_at(text, begin + 1));
    bool four = cw_identifier_at(text, begin + 4) == ':';
    return four &&
           (first == '2' || first == '3' || (first == 'f' && (second == 'c' || second == 'd')) ||
            (first == 'f' && second == 'e' && cw_identifier_at(text, begin + 2) >= '8'));
}

/* `at` is the first colon. */
void cw_identifier_ipv6(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t begin = at;
    /* The first group has four digits, those of a time have two. */
    if (at < 4 || cw_hex_digit(text.ptr[at - 4]) < 0 || cw_hex_digit(text.ptr[at - 3]) < 0)
        return;
    while (begin > 0 && cw_hex_digit(text.ptr[begin - 1]) >= 0)
        begin--;
    bool joined =
        begin > 0 && (cw_identifier_is_word(text.ptr[begin - 1]) || text.ptr[begin - 1] == ':');
    if (begin == at || joined || !is_unicast(text, begin))
        return;
    struct groups groups = read_groups(text, begin);
    bool whole = groups.gap ? groups.count < GROUPS : groups.count == GROUPS && groups.wide;
    if (whole && !cw_identifier_is_word(cw_identifier_at(text, groups.end)))
        cw_identifier_emit(scan, CW_IDENTIFIER_IP, groups.begin, groups.end);
}

static bool is_pair(struct cw_str text, size_t at)
{
    return cw_hex_digit(cw_identifier_at(text, at)) >= 0 &&
           cw_hex_digit(cw_identifier_at(text, at + 1)) >= 0;
}

/* 09-10-24-10-44-45: no digit beyond 9, and every pair goes for a date and a time. */
static bool is_date(struct cw_str text, size_t begin)
{
    for (size_t i = 0; i < MAC_PAIRS; i++) {
        char tens = text.ptr[begin + 3 * i];
        if (!cw_is_digit(tens) || !cw_is_digit(text.ptr[begin + 3 * i + 1]) || tens > '5')
            return false;
    }
    return true;
}

/* Six pairs and no more; `at` is the first sign between them. */
void cw_identifier_mac(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    char between = text.ptr[at];
    if (at < 2 || cw_identifier_at(text, at + 3) != between || !is_pair(text, at - 2))
        return;
    size_t begin = at - 2;
    size_t end = begin + 3 * MAC_PAIRS - 1;
    char before = begin > 0 ? text.ptr[begin - 1] : ' ';
    if (cw_identifier_is_word(before) || before == between || end > text.len)
        return;
    for (size_t i = 0; i < MAC_PAIRS; i++) {
        size_t pair = begin + 3 * i;
        if (!is_pair(text, pair) || (i > 0 && text.ptr[pair - 1] != between))
            return;
    }
    char after = cw_identifier_at(text, end);
    bool more = cw_identifier_is_word(after) ||
                (after == between && cw_hex_digit(cw_identifier_at(text, end + 1)) >= 0);
    if (!more && !is_date(text, begin))
        cw_identifier_emit(scan, CW_IDENTIFIER_MAC, begin, end);
}

static size_t end_of_host(struct cw_str text, size_t at)
{
    while (at < text.len && is_of_host(text.ptr[at]))
        at++;
    return at;
}

/* "wsus01.corp.example.com" is a machine in a domain; of "example.com" the first part tells who it
 * is. */
static void emit_labels(struct cw_identifier_scan *scan, size_t begin, size_t end)
{
    struct cw_str name = cw_identifier_between(scan->text, begin, end);
    size_t dot = cw_str_find_char(name, '.');
    struct cw_str rest = cw_str_from(name, dot == SIZE_MAX ? name.len : dot + 1);
    cw_identifier_emit(scan, CW_IDENTIFIER_HOST, begin, dot == SIZE_MAX ? end : begin + dot);
    if (cw_str_find_char(rest, '.') != SIZE_MAX)
        cw_identifier_emit_domain(scan, end - rest.len, end);
}

void cw_identifier_emit_domain(struct cw_identifier_scan *scan, size_t begin, size_t end)
{
    struct cw_str name = cw_identifier_between(scan->text, begin, end);
    size_t dot = cw_str_find_char(name, '.');
    cw_identifier_emit(scan, CW_IDENTIFIER_DOMAIN, begin, end);
    if (dot != SIZE_MAX)
        cw_identifier_emit(scan, CW_IDENTIFIER_DOMAIN, begin, begin + dot);
}

void cw_identifier_emit_host(struct cw_identifier_scan *scan, size_t begin, size_t end)
{
    unsigned parts[4];
    size_t behind;
    while (end > begin && (scan->text.ptr[end - 1] == '.' || scan->text.ptr[end - 1] == '-'))
        end--;
    struct cw_str name = cw_identifier_between(scan->text, begin, end);
    if (name.len == 0 || name.len > 253 || !cw_identifier_is_word(name.ptr[0]) ||
        end_of_host(scan->text, begin) < end)
        return;
    if (is_quad(name, 0, parts, &behind) && behind == name.len) {
        if (!is_common(parts))
            cw_identifier_emit(scan, CW_IDENTIFIER_IP, begin, end);
        return;
    }
    if (!is_number(name) && !cw_identifier_is_builtin_domain(name) &&
        !cw_identifier_is_builtin_account(name) && !cw_identifier_is_public_host(name))
        emit_labels(scan, begin, end);
}

/* \\server\share, \\?\UNC\server\share */
void cw_identifier_unc(struct cw_identifier_scan *scan, size_t at)
{
    static const char openings[] = " \t\n\"'([{<=,;|>`";
    struct cw_str text = scan->text;
    bool opens = at == 0 || cw_identifier_is_any(text.ptr[at - 1], openings);
    if (!opens || cw_identifier_at(text, at + 1) != '\\')
        return;
    size_t begin = at + 2;
    if (cw_str_starts_nocase(cw_str_from(text, begin), CW_STR("?\\UNC\\")))
        begin += 6;
    size_t end = end_of_host(text, begin);
    if (cw_identifier_at(text, end) == '\\' && end > begin)
        cw_identifier_emit_host(scan, begin, end);
}

/* http://user@host:8530/path; `at` is the first '/'. */
void cw_identifier_url(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    if (at < 2 || text.ptr[at - 1] != ':' || !cw_identifier_is_letter(text.ptr[at - 2]) ||
        cw_identifier_at(text, at + 1) != '/')
        return;
    size_t end = end_of_host(text, at + 2);
    if (cw_identifier_at(text, end) != '@')
        cw_identifier_emit_host(scan, at + 2, end);
}
