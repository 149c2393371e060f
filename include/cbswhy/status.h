/* Status codes and error text shared by every call of the library.
 *
 * Convention: a function that can fail returns `int`; 0 (CW_OK) or a positive count is success,
 * a negative value is one of the codes below. The text, when the caller passed a cw_error, is one
 * impersonal line without a final newline; it is set where the failure happens and nowhere else.
 * Out-parameters are last, named ret_..., and untouched on failure.
 */
#ifndef CBSWHY_STATUS_H
#define CBSWHY_STATUS_H

enum cw_status {
    CW_OK = 0,
    CW_ERR_NOMEM = -1,       /* an allocation failed */
    CW_ERR_IO = -2,          /* the operating system refused to open, read or write */
    CW_ERR_INVALID = -3,     /* the bytes or the argument are not what the contract asks for */
    CW_ERR_LIMIT = -4,       /* a limit of src/base/limits.h was reached */
    CW_ERR_NOT_FOUND = -5,   /* no such file, rule or code */
    CW_ERR_UNSUPPORTED = -6, /* understood, but this build or this input cannot do it */
    CW_ERR_CLOSED = -7       /* the reader of our output went away (EPIPE) */
};

/* Caller-owned error text. `text` is always terminated. Initialise with {0}. */
struct cw_error {
    int status;     /* the cw_status that was returned */
    char text[480]; /* UTF-8, one line */
};

#endif
