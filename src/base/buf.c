#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void cw_buf_init(struct cw_buf *buf, size_t most)
{
    *buf = (struct cw_buf){.most = most};
}

void cw_buf_done(struct cw_buf *buf)
{
    if (!buf)
        return;
    free(buf->data);
    cw_buf_init(buf, buf->most);
}

void cw_buf_clear(struct cw_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

static bool reserve(struct cw_buf *buf, size_t more)
{
    if (more > buf->most || buf->len > buf->most - more) {
        buf->failed = true;
        return false;
    }
    size_t needed = buf->len + more + 1;
    if (needed <= buf->cap)
        return true;
    size_t cap = buf->cap ? buf->cap : 256;
    while (cap < needed)
        cap *= 2;
    char *grown = realloc(buf->data, cap);
    if (!grown) {
        buf->failed = true;
        return false;
    }
    buf->data = grown;
    buf->cap = cap;
    return true;
}

bool cw_buf_append(struct cw_buf *buf, struct cw_str text)
{
    if (!reserve(buf, text.len))
        return false;
    if (text.len)
        memcpy(buf->data + buf->len, text.ptr, text.len);
    buf->len += text.len;
    buf->data[buf->len] = '\0';
    return true;
}

bool cw_buf_char(struct cw_buf *buf, char c)
{
    return cw_buf_append(buf, (struct cw_str){&c, 1});
}

bool cw_buf_printf(struct cw_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int wanted = vsnprintf(NULL, 0, format, args);
    va_end(args);
    bool done = wanted >= 0 && reserve(buf, (size_t)wanted);
    if (done) {
        (void)vsnprintf(buf->data + buf->len, (size_t)wanted + 1, format, again);
        buf->len += (size_t)wanted;
    } else {
        buf->failed = true;
    }
    va_end(again);
    return done;
}
