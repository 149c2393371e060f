#include "cli/message.h"

#include <stdbool.h>
#include <stdio.h>

/* C0, DEL, and C1 in UTF-8 (0xC2 0x80..0x9F), which some terminals obey. */
static bool is_control(unsigned char before, unsigned char c)
{
    return c < 0x20 || c == 0x7F || (before == 0xC2 && c >= 0x80 && c < 0xA0);
}

void cw_message(const char *text)
{
    unsigned char before = 0;
    (void)fputs("cbswhy: ", stderr);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        (void)fputc(is_control(before, c) ? '?' : c, stderr);
        before = c;
    }
    (void)fputc('\n', stderr);
}

static int write_stderr(void *context, const char *bytes, size_t size)
{
    (void)context;
    /* There is nowhere to complain about standard error. */
    (void)fwrite(bytes, 1, size, stderr);
    return CW_OK;
}

const struct cw_output cw_message_output = {write_stderr, NULL};
