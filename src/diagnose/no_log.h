/* Why a source holds no log. */
#ifndef CW_DIAGNOSE_NO_LOG_H
#define CW_DIAGNOSE_NO_LOG_H

#include "input/lines.h"
#include "input/text.h"

/* Why an event log of this name is not read, or NULL: there are hundreds in a Windows, and those
 * that tell of updates and drivers have names. One that somebody named otherwise is read. Static.
 */
const char *cw_why_no_event_log(struct cw_str path);

/* The reason; static. `head` is the first bytes of the source's text, from which `lines` was read.
 */
const char *cw_why_no_log(struct cw_str head, const struct cw_line_reader *lines,
                          const struct cw_text *text);

#endif
