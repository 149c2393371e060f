/* An output that keeps what is written to it, and that can be told to fail. */
#ifndef CW_TESTS_CAPTURE_H
#define CW_TESTS_CAPTURE_H

#include "base/buf.h"
#include "cbswhy/output.h"

struct capture {
    struct cw_buf buf;
    size_t writes;
    size_t fail_at; /* the n-th write, from 1, and all after it fail; 0 = none */
};

static inline int capture_write(void *context, const char *bytes, size_t size)
{
    struct capture *capture = context;
    capture->writes++;
    if (capture->fail_at && capture->writes >= capture->fail_at)
        return CW_ERR_CLOSED;
    return cw_buf_append(&capture->buf, (struct cw_str){bytes, size}) ? CW_OK : CW_ERR_NOMEM;
}

/* Good as long as `capture`; release with cw_buf_done(&capture->buf). */
static inline struct cw_output capture_begin(struct capture *capture)
{
    *capture = (struct capture){0};
    cw_buf_init(&capture->buf, (size_t)64 * 1024 * 1024);
    return (struct cw_output){capture_write, capture};
}

#endif
