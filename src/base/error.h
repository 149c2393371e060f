/* Filling in a caller's cw_error. */
#ifndef CW_BASE_ERROR_H
#define CW_BASE_ERROR_H

#include "cbswhy/status.h"

#if defined(__GNUC__)
#define CW_PRINTF(format_index, first_index)                                                       \
    __attribute__((format(printf, format_index, first_index)))
#else
#define CW_PRINTF(format_index, first_index)
#endif

/* Sets status and text and returns `status`, so that `return cw_fail(...)` reads well.
 * `error` may be NULL. Text that does not fit is cut at a character boundary. */
int cw_fail(struct cw_error *error, int status, const char *format, ...) CW_PRINTF(3, 4);

/* CW_ERR_NOMEM with its fixed text. */
int cw_fail_nomem(struct cw_error *error);

#endif
