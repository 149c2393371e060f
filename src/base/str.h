/* Borrowed strings: a pointer and a length, never terminated, never owned.
 *
 * A cw_str is good for as long as what it points into; whoever keeps one copies it into an arena.
 * Bytes are bytes: nothing here assumes UTF-8, and no function depends on the locale.
 */
#ifndef CW_BASE_STR_H
#define CW_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cw_str {
    const char *ptr; /* may be NULL only when len is 0 */
    size_t len;
};

/* A cw_str from a string literal. */
#define CW_STR(literal) ((struct cw_str){(literal), sizeof(literal) - 1})
#define CW_STR_NONE ((struct cw_str){NULL, 0})
/* Arguments for a "%.*s" conversion. */
#define CW_STR_ARG(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

/* `text` may be NULL, which gives the empty string. */
static inline struct cw_str cw_str_c(const char *text)
{
    return (struct cw_str){text, text ? strlen(text) : 0};
}

static inline bool cw_str_eq(struct cw_str a, struct cw_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool cw_str_starts(struct cw_str s, struct cw_str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool cw_str_ends(struct cw_str s, struct cw_str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* The tail of `s` from byte `from`; empty when `from` is past the end. */
static inline struct cw_str cw_str_from(struct cw_str s, size_t from)
{
    return from >= s.len ? (struct cw_str){s.ptr ? s.ptr + s.len : NULL, 0}
                         : (struct cw_str){s.ptr + from, s.len - from};
}

/* The first `count` bytes of `s`, or all of it. */
static inline struct cw_str cw_str_head(struct cw_str s, size_t count)
{
    return (struct cw_str){s.ptr, count < s.len ? count : s.len};
}

static inline bool cw_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool cw_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline bool cw_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline char cw_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The value of a hexadecimal digit, or -1. */
int cw_hex_digit(char c);

/* ASCII letters compare without case, all other bytes exactly. */
bool cw_str_eq_nocase(struct cw_str a, struct cw_str b);
bool cw_str_starts_nocase(struct cw_str s, struct cw_str prefix);

/* Byte order, then length; for sorting. */
int cw_str_compare(struct cw_str a, struct cw_str b);

/* Without blanks, tabs and line ends at either end, or at the end only. */
struct cw_str cw_str_trim(struct cw_str s);
struct cw_str cw_str_trim_end(struct cw_str s);

/* Offset of the first `needle` in `s`, or SIZE_MAX. An empty needle is found at 0. */
size_t cw_str_find(struct cw_str s, struct cw_str needle);
size_t cw_str_find_nocase(struct cw_str s, struct cw_str needle);
/* Offset of the first / last byte `c`, or SIZE_MAX. */
size_t cw_str_find_char(struct cw_str s, char c);
size_t cw_str_find_last_char(struct cw_str s, char c);

/* What follows the last '\\' or '/'; `s` itself when there is none. */
struct cw_str cw_str_basename(struct cw_str s);

#endif
