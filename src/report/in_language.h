/* A report in the language of its reader. */
#ifndef CW_REPORT_IN_LANGUAGE_H
#define CW_REPORT_IN_LANGUAGE_H

#include "base/arena.h"
#include "cbswhy/output.h"
#include "diagnose/finding.h"

/* `report` with its words in `language`; words that have no translation, and everything quoted from
 * a log, stay as they are. What is new lives in `arena`, the rest is shared. False when memory is
 * exhausted. */
bool cw_report_in_language(const struct cw_report *report, enum cw_language language,
                           struct cw_arena *arena, struct cw_report *ret_report);

#endif
