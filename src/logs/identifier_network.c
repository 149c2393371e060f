/* Hosts and addresses.
 *
 * Logs of servicing are full of versions, and "6.1.1.4" may be an address as well. So a number of
 * four parts is an address only where something says so, or where no version goes: 192.168.1.10. */
#include "logs/identifier_scan.h"

enum {
    MAC_PAIRS = 6,
    GROUPS = 8,
    CONTEXT = 24,
    LINE_MOST = 512 /* bytes on each side: what a line says of a number stands near it */
};

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
    static const char *const words[] = {
        "ip ",     "ip:", "ip=",  "ipv4",   "address", "server",   "host",    "proxy",    "dns",
        "gateway", "://", "\\\\", "client", "connect", "endpoint", "::ffff:", "ipaddress"};
    bool has_port =
        cw_identifier_at(text, end) == ':' && cw_is_digit(cw_identifier_at(text, end + 1));
    bool has_mask =
        cw_identifier_at(text, end) == '/' && cw_is_digit(cw_identifier_at(text, end + 1));
    return has_port || has_mask || cw_str_starts_nocase(cw_str_from(text, end), CW_STR(" port")) ||
           has_between(text, begin > CONTEXT ? begin - CONTEXT : 0, begin, words,
                       sizeof(words) / sizeof(words[0]));
}

/* Whether the text is about versions and files that have them. */
static bool speaks_of_versions(struct cw_str text)
{
    static const char *const words[] = {"version", "revision", "build",  "driver", "packag",
                                        "updat",   "upgrad",   "replac", ".inf",   ".sys",
                                        ".dll",    ".exe",     "rank"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cw_str_find_nocase(text, cw_str_c(words[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

static struct cw_str line_around(struct cw_str text, size_t at)
{
    size_t begin = at;
    size_t end = at;
    while (begin > 0 && text.ptr[begin - 1] != '\n' && at - begin < LINE_MOST)
        begin--;
    while (end < text.len && text.ptr[end] != '\n' && end - at < LINE_MOST)
        end++;
    return cw_identifier_between(text, begin, end);
}

/* "from 10.1.1.38 to 10.1.1.45" is what becomes of a version. */
static bool has_another_quad(struct cw_str line, struct cw_str quad)
{
    unsigned parts[4];
    size_t end;
    for (size_t at = 0; at < line.len; at++) {
        bool begins = cw_is_digit(line.ptr[at]) &&
                      (at == 0 || (!cw_is_digit(line.ptr[at - 1]) && line.ptr[at - 1] != '.'));
        if (begins && line.ptr + at != quad.ptr && is_quad(line, at, parts, &end))
            return true;
    }
    return false;
}

/* "denied by 10.20.30.40": a private address where something comes from or goes to. */
static bool is_placed_address(struct cw_str text, size_t begin, size_t end, const unsigned parts[4])
{
    static const char *const words[] = {"from", "to", "at", "by", "via", "peer", "source"};
    size_t word_end = begin > 0 && text.ptr[begin - 1] == ' ' ? begin - 1 : 0;
    size_t word = word_end;
    while (word > 0 && cw_identifier_is_letter(text.ptr[word - 1]))
        word--;
    struct cw_str said = cw_identifier_between(text, word, word_end);
    bool placed = false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && parts[0] == 10; i++)
        placed = placed || cw_str_eq_nocase(said, cw_str_c(words[i]));
    if (!placed)
        return false;
    struct cw_str line = line_around(text, begin);
    return !speaks_of_versions(line) &&
           !has_another_quad(line, cw_identifier_between(text, begin, end));
}

enum quad { QUAD_NONE, QUAD_ADDRESS, QUAD_OPEN };

/* What the number around the dot `at`, its first, is. */
static enum quad judge_quad(struct cw_str text, size_t at, size_t *ret_begin, size_t *ret_end)
{
    size_t begin = at;
    size_t end;
    unsigned parts[4];
    while (begin > 0 && cw_is_digit(text.ptr[begin - 1]))
        begin--;
    bool joined =
        begin > 0 && (cw_identifier_is_word(text.ptr[begin - 1]) || text.ptr[begin - 1] == '.');
    if (begin == at || joined || !is_quad(text, begin, parts, &end) || is_common(parts))
        return QUAD_NONE;
    bool goes_on =
        cw_identifier_is_word(cw_identifier_at(text, end)) ||
        (cw_identifier_at(text, end) == '.' && cw_is_digit(cw_identifier_at(text, end + 1)));
    if (goes_on || cw_identifier_is_version(text, begin, end))
        return QUAD_NONE;
    *ret_begin = begin;
    *ret_end = end;
    return looks_like_address(parts) || is_called_address(text, begin, end) ||
                   is_placed_address(text, begin, end, parts)
               ? QUAD_ADDRESS
               : QUAD_OPEN;
}

/* `at` is the first dot. */
void cw_identifier_ipv4(struct cw_identifier_scan *scan, size_t at)
{
    size_t begin;
    size_t end;
    if (judge_quad(scan->text, at, &begin, &end) == QUAD_ADDRESS)
        cw_identifier_emit(scan, CW_IDENTIFIER_IP, begin, end);
}

int cw_identifier_find_undecided(struct cw_str text, const struct cw_identifier_sink *sink)
{
    struct cw_identifier_scan scan = {text, sink, 0};
    for (size_t at = 0; at < text.len; at++) {
        size_t begin;
        size_t end;
        if (text.ptr[at] == '.' && judge_quad(text, at, &begin, &end) == QUAD_OPEN)
            cw_identifier_emit(&scan, CW_IDENTIFIER_IP, begin, end);
    }
    return scan.status;
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

/* What may stand in front of a path; behind a letter and ':' it stands in a drive. */
static bool opens_path(struct cw_str text, size_t at)
{
    static const char openings[] = " \t\n\"'([{<=,;|>`";
    if (at > 2 && text.ptr[at - 1] == ':')
        return cw_identifier_is_letter(text.ptr[at - 2]) &&
               cw_identifier_is_letter(text.ptr[at - 3]);
    return at == 0 || cw_identifier_is_any(text.ptr[at - 1], openings);
}

static size_t skip_backslashes(struct cw_str text, size_t at)
{
    while (cw_identifier_at(text, at) == '\\')
        at++;
    return at;
}

/* \??\UNC\server\share, \Device\Mup\;LanmanRedirector\;Z:0000\server\share: where the server
 * begins when `at` is the '\' in front of the redirector; 0 when it is not. */
static size_t find_redirected(struct cw_str text, size_t at)
{
    static const char *const names[] = {"UNC\\", "Mup\\", "LanmanRedirector\\",
                                        "WebDavRedirector\\"};
    struct cw_str rest = cw_str_from(text, at + 1);
    size_t begin = 0;
    size_t before = at;
    while (before > 0 && text.ptr[before - 1] == '\\')
        before--;
    bool device = before > 0 && (text.ptr[before - 1] == '?' ||
                                 cw_to_lower(text.ptr[before - 1]) == 'e'); /* of "Device" */
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && device; i++) {
        if (cw_str_starts_nocase(rest, cw_str_c(names[i])))
            begin = skip_backslashes(text, at + strlen(names[i]));
    }
    while (begin && cw_identifier_at(text, begin) == ';') {
        size_t next = cw_str_find_char(cw_str_from(text, begin), '\\');
        begin = next == SIZE_MAX ? 0 : skip_backslashes(text, begin + next);
    }
    return begin;
}

/* \\server\share, "\\\\server\\share" as JSON has it, \\?\UNC\server\share */
void cw_identifier_unc(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t begin = find_redirected(text, at);
    size_t opened = skip_backslashes(text, at);
    if (!begin && (opened - at == 2 || opened - at == 4) && opens_path(text, at))
        begin = opened;
    size_t end = end_of_host(text, begin);
    char behind = cw_identifier_at(text, end);
    /* LOGONSERVER=\\DC01 */
    bool alone = begin == at + 2 && end > begin + 1 &&
                 (cw_is_space(behind) || behind == '"' || behind == '\'');
    if (begin && end > begin && (alone || behind == '\\'))
        cw_identifier_emit_host(scan, begin, end);
}

/* Of user:password@host: who it is, with the password; where the host begins. */
static size_t emit_credentials(struct cw_identifier_scan *scan, size_t begin)
{
    static const struct cw_str stops = {"/\\ \t\r\n\"'<>()[]{},;?#", 19};
    struct cw_str text = scan->text;
    size_t host = begin;
    for (size_t at = begin; at < text.len && cw_str_find_char(stops, text.ptr[at]) == SIZE_MAX;
         at++)
        host = text.ptr[at] == '@' ? at + 1 : host;
    if (host == begin)
        return host;
    struct cw_str said = cw_identifier_between(text, begin, host - 1);
    size_t colon = cw_str_find_char(said, ':');
    if (colon != SIZE_MAX) {
        cw_identifier_emit(scan, CW_IDENTIFIER_USER, begin, host - 1);
        said = cw_str_head(said, colon);
    }
    cw_identifier_emit_account(scan, begin, begin + said.len);
    return host;
}

/* http://user@host:8530/path, //server/share; `at` is the first '/'. */
void cw_identifier_url(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    if (cw_identifier_at(text, at + 1) != '/' || (at > 0 && text.ptr[at - 1] == '/'))
        return;
    bool has_scheme =
        at >= 2 && text.ptr[at - 1] == ':' && cw_identifier_is_letter(text.ptr[at - 2]);
    size_t begin = has_scheme ? emit_credentials(scan, at + 2) : at + 2;
    size_t end = end_of_host(text, begin);
    bool is_share = opens_path(text, at) && cw_identifier_at(text, end) == '/';
    if (has_scheme || is_share)
        cw_identifier_emit_host(scan, begin, end);
}
