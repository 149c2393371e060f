#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut may have split a UTF-8 sequence: drop its head. */
static void drop_partial_character(char *text)
{
    size_t len = strlen(text);
    size_t back = 0;
    while (back < len && back < 3 && ((unsigned char)text[len - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back < len && ((unsigned char)text[len - 1 - back] & 0xC0) == 0xC0)
        text[len - 1 - back] = '\0';
}

int cw_fail(struct cw_error *error, int status, const char *format, ...)
{
    if (!error)
        return status;
    error->status = status;
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(error->text, sizeof(error->text), format, args);
    va_end(args);
    if (wanted < 0)
        error->text[0] = '\0';
    else if ((size_t)wanted >= sizeof(error->text))
        drop_partial_character(error->text);
    return status;
}

int cw_fail_nomem(struct cw_error *error)
{
    return cw_fail(error, CW_ERR_NOMEM, "out of memory");
}
