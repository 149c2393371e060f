/* A growing byte buffer that is told its largest size when it is made.
 *
 * Appending past the cap or out of memory sets `failed` and keeps what was there; callers may
 * append freely and test once at the end. `data` is always NUL-terminated when not NULL.
 */
#ifndef CW_BASE_BUF_H
#define CW_BASE_BUF_H

#include "base/error.h"
#include "base/str.h"

struct cw_buf {
    char *data;
    size_t len;
    size_t cap;
    size_t most; /* largest len allowed */
    bool failed; /* an append was refused: out of memory or past `most` */
};

void cw_buf_init(struct cw_buf *buf, size_t most);
void cw_buf_done(struct cw_buf *buf);
/* Empty again, memory kept, `failed` cleared. */
void cw_buf_clear(struct cw_buf *buf);

bool cw_buf_append(struct cw_buf *buf, struct cw_str text);
bool cw_buf_char(struct cw_buf *buf, char c);
bool cw_buf_printf(struct cw_buf *buf, const char *format, ...) CW_PRINTF(2, 3);

/* What is in it; good until the next append. */
static inline struct cw_str cw_buf_str(const struct cw_buf *buf)
{
    return (struct cw_str){buf->data, buf->len};
}

#endif
