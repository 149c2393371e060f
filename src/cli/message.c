#include "cli/message.h"

#include <stdio.h>

static int write_stderr(void *context, const char *bytes, size_t size)
{
    (void)context;
    /* There is nowhere to complain about standard error. */
    (void)fwrite(bytes, 1, size, stderr);
    return CW_OK;
}

const struct cw_output cw_message_output = {write_stderr, NULL};

void cw_message(const char *text)
{
    (void)fputs("cbswhy: ", stderr);
    (void)cw_output_line(&cw_message_output, text);
}
