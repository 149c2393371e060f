/* Accounts: SIDs, addresses of mail, names that a machine was given when it was installed, and what
 * stands behind a label:
 *
 *     Computer:      DESKTOP-AB12CD.corp.example.com
 *     <Data Name="SubjectUserName">jdoe</Data>
 */
#include "logs/identifier_scan.h"

enum { VALUE_MOST = 64, WORDS_MOST = 3 };

#define NAME(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

/* `alone`: a common word, which is a label only at the beginning of a line or before a '='. */
static const struct label {
    struct cw_str name;
    enum cw_identifier kind;
    bool alone;
} labels[] = {
    {NAME("UserName"), CW_IDENTIFIER_USER, false},
    {NAME("User Name"), CW_IDENTIFIER_USER, false},
    {NAME("Account Name"), CW_IDENTIFIER_USER, false},
    {NAME("AccountName"), CW_IDENTIFIER_USER, false},
    {NAME("Logon Name"), CW_IDENTIFIER_USER, false},
    {NAME("RegisteredOwner"), CW_IDENTIFIER_USER, false},
    {NAME("Registered Owner"), CW_IDENTIFIER_USER, false},
    {NAME("RunAsUser"), CW_IDENTIFIER_USER, false},
    {NAME("Logged on user"), CW_IDENTIFIER_USER, false},
    {NAME("用户名"), CW_IDENTIFIER_USER, false},
    {NAME("User"), CW_IDENTIFIER_USER, true},
    {NAME("Account"), CW_IDENTIFIER_USER, true},
    {NAME("用户"), CW_IDENTIFIER_USER, true},
    {NAME("\xd3\xc3\xbb\xa7"), CW_IDENTIFIER_USER, true}, /* in code page 936 */
    {NAME("Computer Name"), CW_IDENTIFIER_HOST, false},
    {NAME("ComputerName"), CW_IDENTIFIER_HOST, false},
    {NAME("Machine Name"), CW_IDENTIFIER_HOST, false},
    {NAME("MachineName"), CW_IDENTIFIER_HOST, false},
    {NAME("Host Name"), CW_IDENTIFIER_HOST, false},
    {NAME("HostName"), CW_IDENTIFIER_HOST, false},
    {NAME("WorkstationName"), CW_IDENTIFIER_HOST, false},
    {NAME("Workstation Name"), CW_IDENTIFIER_HOST, false},
    {NAME("ServerName"), CW_IDENTIFIER_HOST, false},
    {NAME("计算机名"), CW_IDENTIFIER_HOST, false},
    {NAME("Server Name"), CW_IDENTIFIER_HOST, false},
    {NAME("ProxyServer"), CW_IDENTIFIER_HOST, false},
    {NAME("Proxy Server"), CW_IDENTIFIER_HOST, false},
    {NAME("Proxy List used"), CW_IDENTIFIER_HOST, false},
    {NAME("Proxy"), CW_IDENTIFIER_HOST, true},
    {NAME("Server"), CW_IDENTIFIER_HOST, true},
    {NAME("Computer"), CW_IDENTIFIER_HOST, true},
    {NAME("Machine"), CW_IDENTIFIER_HOST, true},
    {NAME("Workstation"), CW_IDENTIFIER_HOST, true},
    {NAME("计算机"), CW_IDENTIFIER_HOST, true},
    {NAME("\xbc\xc6\xcb\xe3\xbb\xfa"), CW_IDENTIFIER_HOST, true}, /* in code page 936 */
    {NAME("Domain Name"), CW_IDENTIFIER_DOMAIN, false},
    {NAME("DomainName"), CW_IDENTIFIER_DOMAIN, false},
    {NAME("JoinDomain"), CW_IDENTIFIER_DOMAIN, false},
    {NAME("UserDomain"), CW_IDENTIFIER_DOMAIN, false},
    {NAME("DC"), CW_IDENTIFIER_DOMAIN, true}, /* of a name of LDAP */
    {NAME("Account Domain"), CW_IDENTIFIER_DOMAIN, false},
    {NAME("Workgroup"), CW_IDENTIFIER_DOMAIN, true},
    {NAME("Domain"), CW_IDENTIFIER_DOMAIN, true},
    {NAME("RegisteredOrganization"), CW_IDENTIFIER_DOMAIN, false},
    {NAME("Serial Number"), CW_IDENTIFIER_SERIAL, false},
    {NAME("SerialNumber"), CW_IDENTIFIER_SERIAL, false},
    {NAME("Serial No"), CW_IDENTIFIER_SERIAL, false},
    {NAME("Serial"), CW_IDENTIFIER_SERIAL, true},
    {NAME("SN"), CW_IDENTIFIER_SERIAL, true},
    {NAME("MAC"), CW_IDENTIFIER_MAC, false},
    {NAME("MAC Address"), CW_IDENTIFIER_MAC, false},
    {NAME("MacAddress"), CW_IDENTIFIER_MAC, false},
    {NAME("Physical Address"), CW_IDENTIFIER_MAC, false},
    {NAME("PhysicalAddress"), CW_IDENTIFIER_MAC, false},
};

static bool is_of_name(char c)
{
    return cw_identifier_is_word(c) || c == '.' || c == '_' || c == '-';
}

static bool has_letter(struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (cw_identifier_is_letter(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0x80)
            return true;
    }
    return false;
}

/* What no name of an account or a domain may hold. */
static bool holds_refused(struct cw_str name)
{
    static const struct cw_str refused = {"=[]:;|+*?<>\"", 12};
    for (size_t i = 0; i < name.len; i++) {
        if (cw_str_find_char(refused, name.ptr[i]) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool has_digit(struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (cw_is_digit(text.ptr[i]))
            return true;
    }
    return false;
}

static void emit_name(struct cw_identifier_scan *scan, enum cw_identifier kind, size_t begin,
                      size_t end)
{
    struct cw_str name = cw_identifier_between(scan->text, begin, end);
    bool known = kind == CW_IDENTIFIER_DOMAIN ? cw_identifier_is_builtin_domain(name)
                                              : cw_identifier_is_builtin_account(name);
    bool is_sid = cw_str_starts_nocase(name, CW_STR("S-1-"));
    if (!known && !is_sid && !holds_refused(name) && has_letter(name) && name.ptr[0] != '{')
        cw_identifier_emit(scan, kind, begin, end);
}

void cw_identifier_emit_account(struct cw_identifier_scan *scan, size_t begin, size_t end)
{
    struct cw_str account = cw_identifier_between(scan->text, begin, end);
    size_t slash = cw_str_find_last_char(account, '\\');
    struct cw_str domain = cw_str_head(account, slash == SIZE_MAX ? 0 : slash);
    domain = cw_str_head(domain, cw_str_find_char(domain, '\\'));
    if (domain.len) {
        if (cw_identifier_is_builtin_domain(domain))
            return;
        emit_name(scan, CW_IDENTIFIER_DOMAIN, begin, begin + domain.len);
        begin += slash + 1;
    }
    if (end - begin > 2 && scan->text.ptr[end - 1] == '$')
        emit_name(scan, CW_IDENTIFIER_HOST, begin, end - 1); /* the account of a machine */
    else if (cw_str_find_char(account, '@') == SIZE_MAX)
        emit_name(scan, CW_IDENTIFIER_USER, begin, end);
}

/* GetUserName: 0x80070005, machine=amd64: what functions return, and kinds of machines. */
static bool is_no_name(struct cw_str value)
{
    static const char *const words[] = {
        "hr",       "hresult", "error",   "status", "failed", "succeeded", "success",
        "returned", "ok",      "true",    "false",  "yes",    "no",        "x86",
        "x64",      "amd64",   "arm",     "arm64",  "ia64",   "not",       "is",
        "was",      "found",   "invalid", "empty",  "direct", "http",      "https",
    };
    bool is_code = cw_str_starts_nocase(value, CW_STR("0x"));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && !is_code; i++)
        is_code = cw_str_eq_nocase(value, cw_str_c(words[i]));
    return is_code;
}

/* Twelve digits, in any groups. */
static bool is_hardware_address(struct cw_str value)
{
    size_t digits = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool digit = cw_hex_digit(value.ptr[i]) >= 0;
        if (!digit && value.ptr[i] != '.' && value.ptr[i] != '-' && value.ptr[i] != ':')
            return false;
        digits += digit;
    }
    return digits == 12;
}

/* Without the port. */
static void emit_server(struct cw_identifier_scan *scan, size_t begin, size_t end)
{
    size_t colon = cw_str_find_char(cw_identifier_between(scan->text, begin, end), ':');
    end = colon == SIZE_MAX ? end : begin + colon;
    if (end > begin && !is_no_name(cw_identifier_between(scan->text, begin, end)))
        cw_identifier_emit_host(scan, begin, end);
}

void cw_identifier_emit_value(struct cw_identifier_scan *scan, enum cw_identifier kind,
                              size_t begin, size_t end)
{
    struct cw_str value = cw_identifier_between(scan->text, begin, end);
    if (value.len == 0 || value.len > VALUE_MOST || is_no_name(value))
        return;
    if (kind == CW_IDENTIFIER_USER)
        cw_identifier_emit_account(scan, begin, end);
    else if (kind == CW_IDENTIFIER_HOST)
        emit_server(scan, begin, end);
    else if (kind == CW_IDENTIFIER_DOMAIN && has_letter(value))
        emit_name(scan, kind, begin, end);
    else if ((kind == CW_IDENTIFIER_SERIAL && value.len >= 5 && has_digit(value)) ||
             (kind == CW_IDENTIFIER_MAC && is_hardware_address(value)))
        cw_identifier_emit(scan, kind, begin, end);
}

static size_t end_of_line(struct cw_str text, size_t at)
{
    while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r')
        at++;
    while (at > 0 && cw_is_blank(text.ptr[at - 1]))
        at--;
    return at;
}

static size_t count_words(struct cw_str text)
{
    size_t words = text.len > 0;
    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] == ' ';
    return words;
}

/* Up to the quote that was opened, or the end of the line when it is a list's and short, or the
 * end of the word. */
static size_t end_of_value(struct cw_str text, size_t begin, char quote, bool to_line_end)
{
    static const char stops[] = " \t\r\n,;|\"'()[]{}<>&";
    size_t end = end_of_line(text, begin);
    if (quote) {
        size_t close = cw_str_find_char(cw_identifier_between(text, begin, end), quote);
        return close == SIZE_MAX ? end : begin + close;
    }
    struct cw_str line = cw_identifier_between(text, begin, end > begin ? end : begin);
    if (to_line_end && count_words(line) <= WORDS_MOST && line.len <= VALUE_MOST)
        return begin + line.len;
    end = begin;
    while (end < text.len && !cw_identifier_is_any(text.ptr[end], stops))
        end++;
    while (end > begin && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == ':'))
        end--;
    return end;
}

/* What ends a value that begins with such; '\0': nothing special. */
static char closing_of(char opening)
{
    switch (opening) {
    case '"':
    case '\'':
        return opening;
    case '[':
        return ']';
    case '<':
        return '>';
    default:
        return '\0';
    }
}

static bool is_at_line_start(struct cw_str text, size_t at)
{
    while (at > 0 && cw_is_blank(text.ptr[at - 1]))
        at--;
    return at == 0 || text.ptr[at - 1] == '\n' || text.ptr[at - 1] == '\r' ||
           cw_identifier_at(text, at) == '\t';
}

/* The label that ends before `end`, and where it begins; NULL when there is none. */
static const struct label *find_label(struct cw_str text, size_t end, size_t *ret_begin)
{
    char last = cw_to_lower(cw_identifier_at(text, end - 1));
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        struct cw_str name = labels[i].name;
        size_t begin = end - name.len;
        if (cw_to_lower(name.ptr[name.len - 1]) != last || end < name.len ||
            !cw_str_eq_nocase(cw_identifier_between(text, begin, end), name))
            continue;
        bool whole = begin == 0 || !cw_identifier_is_word(text.ptr[begin - 1]);
        if (whole || !labels[i].alone) {
            *ret_begin = begin;
            return &labels[i];
        }
    }
    return NULL;
}

int cw_identifier_label_kind(struct cw_str name)
{
    size_t begin;
    const struct label *label = name.len ? find_label(name, name.len, &begin) : NULL;
    return label && begin == 0 ? (int)label->kind : -1;
}

void cw_identifier_label(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t end = at;
    size_t label_begin;
    while (end > 0 && (cw_is_blank(text.ptr[end - 1]) || text.ptr[end - 1] == '"'))
        end--;
    /* Most colons stand in times. */
    if (end == 0 || !cw_identifier_is_word(text.ptr[end - 1]) || cw_is_digit(text.ptr[end - 1]))
        return;
    const struct label *label = find_label(text, end, &label_begin);
    if (!label)
        return;
    bool starts_line = is_at_line_start(text, label_begin);
    char before = label_begin > 0 ? text.ptr[label_begin - 1] : ' ';
    /* runas /user:CORP\jdoe, [User: jdoe], but per-user: yes */
    bool is_option = before == '[' || before == '(' ||
                     ((before == '/' || before == '-') &&
                      (label_begin < 2 || cw_is_blank(text.ptr[label_begin - 2])));
    if (label->alone && !starts_line && !is_option && text.ptr[at] != '=')
        return;
    size_t begin = at + 1;
    while (begin < text.len && cw_is_blank(text.ptr[begin]))
        begin++;
    char quote = cw_identifier_at(text, begin);
    bool to_line_end = starts_line && label->kind == CW_IDENTIFIER_USER;
    quote = closing_of(quote);
    begin += quote != '\0';
    if (begin >= text.len)
        return;
    size_t value_end = end_of_value(text, begin, quote, to_line_end);
    size_t behind = value_end;
    while (cw_is_blank(cw_identifier_at(text, behind)) && behind < text.len)
        behind++;
    /* GetUserName: LastError = 5 */
    if (quote || cw_identifier_at(text, behind) != '=')
        cw_identifier_emit_value(scan, label->kind, begin, value_end);
}

/* user CORP\jdoe: a word that says what follows, and no path. */
void cw_identifier_account(struct cw_identifier_scan *scan, size_t at)
{
    static const char *const words[] = {"user",  "account", "as", "owner",
                                        "logon", "by",      "ru", "credential"};
    struct cw_str text = scan->text;
    size_t begin = at;
    while (begin > 0 && is_of_name(text.ptr[begin - 1]))
        begin--;
    size_t end = at + 1;
    while (end < text.len && is_of_name(text.ptr[end]))
        end++;
    while (end > at + 1 && text.ptr[end - 1] == '.')
        end--;
    size_t word = begin;
    while (word > 0 && (text.ptr[word - 1] == '\'' || text.ptr[word - 1] == '"'))
        word--;
    size_t word_end = word > 0 && text.ptr[word - 1] == ' ' ? word - 1 : 0;
    for (word = word_end; word > 0 && cw_identifier_is_letter(text.ptr[word - 1]);)
        word--;
    struct cw_str said = cw_identifier_between(text, word, word_end);
    bool names = begin < at && end > at + 1 && cw_identifier_at(text, end) != '\\' &&
                 !cw_identifier_is_program_file(cw_identifier_between(text, at + 1, end));
    end += cw_identifier_at(text, end) == '$';
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && names; i++) {
        if (cw_str_eq_nocase(said, cw_str_c(words[i])))
            cw_identifier_emit_account(scan, begin, end);
    }
}

/* <Computer>value</Computer>, <Data Name="SubjectUserName">value</Data> */
void cw_identifier_element(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t label_begin;
    size_t end = at;
    bool quoted = end > 0 && (text.ptr[end - 1] == '"' || text.ptr[end - 1] == '\'');
    end -= quoted;
    const struct label *label = end ? find_label(text, end, &label_begin) : NULL;
    bool element = label && label_begin > 0 && text.ptr[label_begin - 1] == '<';
    struct cw_str rest = cw_str_from(text, at + 1);
    size_t close = cw_str_find_char(cw_str_head(rest, VALUE_MOST + 1), '<');
    if (label && (element || quoted) && close != SIZE_MAX && close > 0)
        cw_identifier_emit_value(scan, label->kind, at + 1, at + 1 + close);
}

static size_t skip_digits(struct cw_str text, size_t at)
{
    while (cw_is_digit(cw_identifier_at(text, at)))
        at++;
    return at;
}

/* Up to `count` of "-123" from `at` on; *ret_count tells how many there are. */
static size_t skip_numbers(struct cw_str text, size_t at, size_t count, size_t *ret_count)
{
    *ret_count = 0;
    while (*ret_count < count && cw_identifier_at(text, at) == '-' &&
           cw_is_digit(cw_identifier_at(text, at + 1))) {
        at = skip_digits(text, at + 1);
        (*ret_count)++;
    }
    return at;
}

/* S-1-5-21-A-B-C is the machine or the domain, what follows the account in it: it stays, for 500 is
 * the administrator everywhere. S-1-12-1-A-B-C-D is one account of a cloud. */
void cw_identifier_sid(struct cw_identifier_scan *scan, size_t at)
{
    static const struct {
        const char *prefix;
        size_t numbers;
    } forms[] = {{"S-1-5-21", 3}, {"S-1-12-1", 4}};
    struct cw_str text = scan->text;
    size_t begin = at - (at > 0);
    if (at == 0 || cw_to_lower(text.ptr[begin]) != 's' ||
        (begin > 0 && cw_identifier_is_word(text.ptr[begin - 1])))
        return;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct cw_str prefix = cw_str_c(forms[i].prefix);
        size_t count;
        if (!cw_str_starts_nocase(cw_str_from(text, begin), prefix))
            continue;
        size_t end = skip_numbers(text, begin + prefix.len, forms[i].numbers, &count);
        if (count)
            cw_identifier_emit(scan, CW_IDENTIFIER_SID, begin, end);
    }
}

static bool is_of_mail(char c)
{
    return cw_identifier_is_word(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

static bool is_of_host(char c)
{
    return cw_is_digit(c) || cw_identifier_is_letter(c) || c == '.' || c == '-';
}

void cw_identifier_mail(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t begin = at;
    size_t end = at + 1;
    while (begin > 0 && is_of_mail(text.ptr[begin - 1]))
        begin--;
    while (end < text.len && is_of_host(text.ptr[end]))
        end++;
    while (end > at + 1 && !cw_identifier_is_letter(text.ptr[end - 1]) &&
           !cw_is_digit(text.ptr[end - 1]))
        end--;
    struct cw_str domain = cw_identifier_between(text, at + 1, end);
    size_t dot = cw_str_find_last_char(domain, '.');
    struct cw_str top = cw_str_from(domain, dot == SIZE_MAX ? domain.len : dot + 1);
    if (begin == at || dot == 0 || top.len < 2 || !cw_identifier_is_letter(top.ptr[0]) ||
        cw_identifier_is_program_file(domain))
        return;
    cw_identifier_emit(scan, CW_IDENTIFIER_EMAIL, begin, end);
    emit_name(scan, CW_IDENTIFIER_USER, begin, at);
    if (!cw_identifier_is_public_host(domain))
        cw_identifier_emit_domain(scan, at + 1, end);
}

/* DESKTOP-1A2B3C4, as Windows names a machine that nobody names. */
void cw_identifier_made_name(struct cw_identifier_scan *scan, size_t at)
{
    static const struct {
        const char *prefix;
        size_t least, most; /* characters behind it */
    } forms[] = {{"DESKTOP", 6, 8}, {"LAPTOP", 6, 8}, {"WIN", 11, 11}, {"MININT", 7, 7}};
    struct cw_str text = scan->text;
    size_t begin = at;
    size_t end = at + 1;
    bool has_digit = false;
    bool has_small = false;
    /* The ends of the prefixes: components of Windows have many dashes. */
    char last = at > 0 ? cw_to_lower(text.ptr[at - 1]) : ' ';
    if (last != 'p' && last != 'n' && last != 't')
        return;
    while (begin > 0 && cw_identifier_is_word(text.ptr[begin - 1]))
        begin--;
    for (; end < text.len && cw_identifier_is_word(text.ptr[end]); end++) {
        has_digit |= cw_is_digit(text.ptr[end]);
        has_small |= text.ptr[end] >= 'a' && text.ptr[end] <= 'z';
    }
    struct cw_str prefix = cw_identifier_between(text, begin, at);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        size_t size = end - at - 1;
        if (cw_str_eq_nocase(prefix, cw_str_c(forms[i].prefix)) && size >= forms[i].least &&
            size <= forms[i].most && (has_digit || !has_small))
            cw_identifier_emit(scan, CW_IDENTIFIER_HOST, begin, end);
    }
}
