#include "logs/identity.h"

#include "logs/identity_scan.h"

static const struct {
    const char *name, *stem;
} kinds[CW_IDENTITIES] = {
    [CW_IDENTITY_USER] = {"user", "USER"},
    [CW_IDENTITY_HOST] = {"host", "HOST"},
    [CW_IDENTITY_DOMAIN] = {"domain", "DOMAIN"},
    [CW_IDENTITY_SID] = {"sid", "SID"},
    [CW_IDENTITY_SERIAL] = {"serial", "SERIAL"},
    [CW_IDENTITY_MAC] = {"mac", "MAC"},
    [CW_IDENTITY_IP] = {"ip", "IP"},
    [CW_IDENTITY_EMAIL] = {"email", "EMAIL"},
    [CW_IDENTITY_PATH] = {"path", "PATH"},
    [CW_IDENTITY_WORD] = {"word", "WORD"},
};

struct cw_str cw_identity_name(enum cw_identity kind)
{
    return cw_str_c(kinds[kind].name);
}

struct cw_str cw_identity_stem(enum cw_identity kind)
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

bool cw_identity_is_token(struct cw_str text, enum cw_identity *ret_kind, uint64_t *ret_number)
{
    size_t dash = cw_str_find_char(text, '-');
    uint64_t number = dash == SIZE_MAX ? 0 : number_of(cw_str_from(text, dash + 1));
    for (size_t kind = 0; kind < CW_IDENTITIES && number; kind++) {
        if (!cw_str_eq_nocase(cw_str_head(text, dash), cw_str_c(kinds[kind].stem)))
            continue;
        *ret_kind = (enum cw_identity)kind;
        *ret_number = number;
        return true;
    }
    return false;
}

void cw_identity_emit(struct cw_identity_scan *scan, enum cw_identity kind, size_t begin,
                      size_t end)
{
    const struct cw_identity_span span = {kind, begin, end};
    if (scan->status == 0 && begin < end)
        scan->status = scan->sink->found(scan->sink->context, &span);
}

void cw_identity_token_at(struct cw_identity_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    size_t begin = at;
    size_t end = at + 1;
    enum cw_identity kind;
    uint64_t number;
    if (!scan->sink->token || scan->status < 0)
        return;
    while (begin > 0 && cw_identity_is_word(text.ptr[begin - 1]))
        begin--;
    while (cw_is_digit(cw_identity_at(text, end)))
        end++;
    if (cw_identity_is_token(cw_identity_between(text, begin, end), &kind, &number))
        scan->status = scan->sink->token(scan->sink->context, kind, number);
}

/* What the byte may be a part of. */
static void look_at(struct cw_identity_scan *scan, size_t at)
{
    switch (scan->text.ptr[at]) {
    case '\\':
        cw_identity_profile(scan, at);
        cw_identity_unc(scan, at);
        cw_identity_device(scan, at);
        break;
    case '/':
        cw_identity_profile(scan, at);
        cw_identity_url(scan, at);
        break;
    case '#':
        cw_identity_device(scan, at);
        break;
    case '@':
        cw_identity_mail(scan, at);
        break;
    case '.':
        cw_identity_ipv4(scan, at);
        break;
    case ':':
        cw_identity_mac(scan, at);
        cw_identity_ipv6(scan, at);
        cw_identity_label(scan, at);
        break;
    case '=':
        cw_identity_label(scan, at);
        break;
    case '>':
        cw_identity_element(scan, at);
        break;
    case '-':
        cw_identity_mac(scan, at);
        cw_identity_sid(scan, at);
        cw_identity_made_name(scan, at);
        cw_identity_token_at(scan, at);
        break;
    default:
        break;
    }
}

int cw_identity_find(struct cw_str text, const struct cw_identity_sink *sink)
{
    static const bool matters[256] = {
        ['\\'] = true, ['/'] = true, ['#'] = true, ['@'] = true, ['.'] = true,
        [':'] = true,  ['='] = true, ['>'] = true, ['-'] = true};
    struct cw_identity_scan scan = {text, sink, 0};
    for (size_t at = 0; at < text.len && scan.status == 0; at++) {
        if (matters[(unsigned char)text.ptr[at]])
            look_at(&scan, at);
    }
    return scan.status;
}
