/* Puts right what a scanner or a typist got wrong, where only one reading is possible. */
#ifndef CW_LOGS_EXCERPT_REPAIR_H
#define CW_LOGS_EXCERPT_REPAIR_H

#include "base/buf.h"
#include "logs/event.h"

/* Appends the line as it was, and says whether that differs. False when the buffer refuses. */
bool cw_excerpt_repair(enum cw_log_kind log, struct cw_str line, struct cw_buf *out,
                       bool *ret_changed);

/* True when the line is one of SetupAPI's as soon as the colon behind its category is put back:
 * "!!!  sto   Failed to ...". Appends it so; otherwise what was appended has no meaning. */
bool cw_excerpt_repair_colon(struct cw_str line, struct cw_buf *out);

#endif
