/* The text of one body line of a SetupAPI log: operation, property or sentence.
 *
 * Without memory of the lines before. All results are slices of what was passed in.
 */
#ifndef CW_LOGS_SETUPAPI_ENTRY_H
#define CW_LOGS_SETUPAPI_ENTRY_H

#include "logs/event.h"

struct cw_setupapi_entry {
    enum cw_event_kind kind; /* CW_EVENT_OPEN, CLOSE, PROPERTY or MESSAGE */
    struct cw_str name;      /* operation or property, else empty */
    struct cw_str value;     /* argument of an operation, value of a property */
    uint32_t code;           /* CLOSE: canonical exit code */
    struct cw_str written;   /* CLOSE: its spelling */
};

void cw_setupapi_entry_read(struct cw_str text, enum cw_level level,
                            struct cw_setupapi_entry *ret_entry);

/* "NAME = VALUE" of the file header. */
bool cw_setupapi_header_read(struct cw_str text, struct cw_str *ret_name, struct cw_str *ret_value);

/* True when a block whose opening line held `opening` ("Add Service: AmdK8") may be closed by a
 * line that only begins like it: {Update Wizard for X} by {Update Wizard - exit(0x0)}. */
bool cw_setupapi_closes(struct cw_str opening, struct cw_str closing);

#endif
