/* Why a source holds no log. */
#ifndef CW_DIAGNOSE_NO_LOG_H
#define CW_DIAGNOSE_NO_LOG_H

#include "input/lines.h"

/* The reason, of a source whose first bytes are `head` and from which `lines` was read; static. */
const char *cw_why_no_log(struct cw_str head, const struct cw_line_reader *lines);

#endif
