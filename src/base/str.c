#include "base/str.h"

int cw_hex_digit(char c)
{
    if (cw_is_digit(c))
        return c - '0';
    c = cw_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool equal_nocase(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (cw_to_lower(a[i]) != cw_to_lower(b[i]))
            return false;
    }
    return true;
}

bool cw_str_eq_nocase(struct cw_str a, struct cw_str b)
{
    return a.len == b.len && equal_nocase(a.ptr, b.ptr, a.len);
}

bool cw_str_starts_nocase(struct cw_str s, struct cw_str prefix)
{
    return s.len >= prefix.len && equal_nocase(s.ptr, prefix.ptr, prefix.len);
}

int cw_str_compare(struct cw_str a, struct cw_str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

struct cw_str cw_str_trim_end(struct cw_str s)
{
    while (s.len > 0 && cw_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

struct cw_str cw_str_trim(struct cw_str s)
{
    while (s.len > 0 && cw_is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    return cw_str_trim_end(s);
}

size_t cw_str_find(struct cw_str s, struct cw_str needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t at = 0; at + needle.len <= s.len;) {
        const char *hit = memchr(s.ptr + at, needle.ptr[0], s.len - needle.len - at + 1);
        if (!hit)
            return SIZE_MAX;
        at = (size_t)(hit - s.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0)
            return at;
        at++;
    }
    return SIZE_MAX;
}

size_t cw_str_find_nocase(struct cw_str s, struct cw_str needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t at = 0; at + needle.len <= s.len; at++) {
        if (equal_nocase(s.ptr + at, needle.ptr, needle.len))
            return at;
    }
    return SIZE_MAX;
}

size_t cw_str_find_char(struct cw_str s, char c)
{
    const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

size_t cw_str_find_last_char(struct cw_str s, char c)
{
    for (size_t at = s.len; at > 0; at--) {
        if (s.ptr[at - 1] == c)
            return at - 1;
    }
    return SIZE_MAX;
}

struct cw_str cw_str_basename(struct cw_str s)
{
    size_t back = cw_str_find_last_char(s, '\\');
    struct cw_str tail = back == SIZE_MAX ? s : cw_str_from(s, back + 1);
    size_t slash = cw_str_find_last_char(tail, '/');
    return slash == SIZE_MAX ? tail : cw_str_from(tail, slash + 1);
}
