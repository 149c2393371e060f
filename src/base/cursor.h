/* A cursor over a borrowed string: each step consumes and returns true, or consumes nothing and
 * returns false. Parsers of the log formats are written in these steps; none allocates.
 */
#ifndef CW_BASE_CURSOR_H
#define CW_BASE_CURSOR_H

#include "base/str.h"

struct cw_cursor {
    struct cw_str rest; /* what has not been consumed */
};

static inline struct cw_cursor cw_cursor(struct cw_str text)
{
    return (struct cw_cursor){text};
}

static inline bool cw_cursor_end(const struct cw_cursor *cursor)
{
    return cursor->rest.len == 0;
}

/* The next byte without consuming it; 0 at the end. */
static inline char cw_cursor_peek(const struct cw_cursor *cursor)
{
    return cursor->rest.len ? cursor->rest.ptr[0] : '\0';
}

static inline void cw_cursor_skip(struct cw_cursor *cursor, size_t count)
{
    cursor->rest = cw_str_from(cursor->rest, count);
}

/* Consumes `literal` exactly. */
bool cw_cursor_literal(struct cw_cursor *cursor, struct cw_str literal);
bool cw_cursor_char(struct cw_cursor *cursor, char c);

/* Consumes blanks and tabs; returns how many. */
size_t cw_cursor_blanks(struct cw_cursor *cursor);

/* Exactly `digits` decimal digits. */
bool cw_cursor_fixed(struct cw_cursor *cursor, size_t digits, unsigned *ret_value);

/* One or more decimal digits; false on overflow of 64 bits. */
bool cw_cursor_decimal(struct cw_cursor *cursor, uint64_t *ret_value);

/* One to `most` hexadecimal digits. */
bool cw_cursor_hex(struct cw_cursor *cursor, size_t most, uint64_t *ret_value);

/* Everything before `stop`, and `stop` itself; false when `stop` does not follow. */
bool cw_cursor_until(struct cw_cursor *cursor, struct cw_str stop, struct cw_str *ret_text);

/* One or more bytes that are neither blank, tab nor line end. */
bool cw_cursor_word(struct cw_cursor *cursor, struct cw_str *ret_word);

#endif
