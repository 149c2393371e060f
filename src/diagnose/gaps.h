/* What is missing between two logs of one series. */
#ifndef CW_DIAGNOSE_GAPS_H
#define CW_DIAGNOSE_GAPS_H

#include "model/case.h"

/* Remarks on every log of a series that can not follow the one before it, and parts them, so that
 * nothing is joined across: it begins in the middle of what was going on, and the one before ended
 * when nothing was, or long ago. A machine that was off, or had nothing to do, leaves no gap: its
 * next log begins with the start of the service. After cw_history_order(), before
 * cw_history_join(). CW_ERR_NOMEM or 0. */
int cw_gaps_find(struct cw_case *c);

#endif
