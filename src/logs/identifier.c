#include "logs/identifier.h"

#include "logs/identifier_scan.h"

static const struct {
    const char *name, *stem;
} kinds[CW_IDENTIFIERS] = {
    [CW_IDENTIFIER_USER] = {"user", "USER"},
    [CW_IDENTIFIER_HOST] = {"host", "HOST"},
    [CW_IDENTIFIER_DOMAIN] = {"domain", "DOMAIN"},
    [CW_IDENTIFIER_SID] = {"sid", "SID"},
    [CW_IDENTIFIER_SERIAL] = {"serial", "SERIAL"},
    [CW_IDENTIFIER_MAC] = {"mac", "MAC"},
    [CW_IDENTIFIER_IP] = {"ip", "IP"},
    [CW_IDENTIFIER_EMAIL] = {"email", "EMAIL"},
    [CW_IDENTIFIER_PATH] = {"path", "PATH"},
    [CW_IDENTIFIER_WORD] = {"word", "WORD"},
};

struct cw_str cw_identifier_name(enum cw_identifier kind)
{
    return cw_str_c(kinds[kind].name);
}

struct cw_str cw_identifier_stem(enum cw_identifier kind)
{
    return cw_str_c(kinds[kind].stem);
}

/* The number that is all of `digits`; 0 when it is none, or none that we would have given. */
static uint64_t number_of(struct cw_str digits)
{
    uint64_t number = 0;
    if (digits.len == 0 || digits.len > 9 || digits.ptr[0] == '0')
        return 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!cw_is_digit(digits.ptr[i]))
            return 0;
        number = number * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    return number;
}

bool cw_identifier_is_token(struct cw_str text, enum cw_identifier *ret_kind, uint64_t *ret_number)
{
    size_t dash = cw_str_find_char(text, '-');
    uint64_t number = dash == SIZE_MAX ? 0 : number_of(cw_str_from(text, dash + 1));
    for (size_t kind = 0; kind < CW_IDENTIFIERS && number; kind++) {
        if (!cw_str_eq_nocase(cw_str_head(text, dash), cw_str_c(kinds[kind].stem)))
            continue;
        *ret_kind = (enum cw_identifier)kind;
        *ret_number = number;
        return true;
    }
    return false;
}

void cw_identifier_emit(struct cw_identifier_scan *scan, enum cw_identifier kind, size_t begin,
                        size_t end)
{
    const struct cw_identifier_span span = {kind, begin, end};
    if (scan->status == 0 && begin < end)
        scan->status = scan->sink->found(scan->sink->context, &span);
}

void cw_identifier_token_at(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t begin = at;
    size_t end = at + 1;
    enum cw_identifier kind;
    uint64_t number;
    if (!scan->sink->token || scan->status < 0 || !cw_is_digit(cw_identifier_at(text, at + 1)) ||
        at == 0 || !cw_identifier_is_letter(text.ptr[at - 1]))
        return;
    while (begin > 0 && cw_identifier_is_word(text.ptr[begin - 1]))
        begin--;
    while (cw_is_digit(cw_identifier_at(text, end)))
        end++;
    if (cw_identifier_is_token(cw_identifier_between(text, begin, end), &kind, &number))
        scan->status = scan->sink->token(scan->sink->context, kind, number);
}

/* What the byte may be a part of. */
static void look_at(struct cw_identifier_scan *scan, size_t at)
{
    switch (scan->text.ptr[at]) {
    case '\\':
        cw_identifier_profile(scan, at);
        cw_identifier_unc(scan, at);
        cw_identifier_account(scan, at);
        cw_identifier_device(scan, at);
        break;
    case '/':
        cw_identifier_profile(scan, at);
        cw_identifier_url(scan, at);
        break;
    case '%':
        cw_identifier_escaped_profile(scan, at);
        break;
    case '#':
        cw_identifier_device(scan, at);
        break;
    case '@':
        cw_identifier_mail(scan, at);
        break;
    case '.':
        cw_identifier_ipv4(scan, at);
        break;
    case ':':
        cw_identifier_mac(scan, at);
        cw_identifier_ipv6(scan, at);
        cw_identifier_label(scan, at);
        break;
    case '=':
        cw_identifier_label(scan, at);
        break;
    case '>':
        cw_identifier_element(scan, at);
        break;
    case '-':
        cw_identifier_mac(scan, at);
        cw_identifier_sid(scan, at);
        cw_identifier_made_name(scan, at);
        cw_identifier_token_at(scan, at);
        break;
    default:
        break;
    }
}

int cw_identifier_find(struct cw_str text, const struct cw_identifier_sink *sink)
{
    static const bool matters[256] = {
        ['\\'] = true, ['/'] = true, ['#'] = true, ['@'] = true, ['.'] = true,
        [':'] = true,  ['='] = true, ['>'] = true, ['-'] = true, ['%'] = true};
    struct cw_identifier_scan scan = {text, sink, 0};
    for (size_t at = 0; at < text.len && scan.status == 0; at++) {
        if (matters[(unsigned char)text.ptr[at]])
            look_at(&scan, at);
    }
    return scan.status;
}
