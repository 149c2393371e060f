/* Lines that look like failures and stand in logs of machines where nothing failed. */
#ifndef CW_LOGS_USUAL_LINES_H
#define CW_LOGS_USUAL_LINES_H

#include "logs/event.h"

/* What is usual about the line: the words by which it was told, or the name of its code; NULL for a
 * line that may mean something. */
const char *cw_usual_line(enum cw_log_kind log, struct cw_str text, uint32_t code);

#endif
