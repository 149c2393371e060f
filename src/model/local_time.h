/* Logs whose times are UTC, beside logs in the machine's local time. */
#ifndef CW_MODEL_LOCAL_TIME_H
#define CW_MODEL_LOCAL_TIME_H

#include "model/case.h"

/* Brings what was found in the source, whose stats are `in_utc`, into local time, if another log of
 * the same machine tells the offset of its clock: CBS.log does where its lines have a stamp in UTC,
 * and so does ReportingEvents.log. That is the offset of then: where daylight saving began or ended
 * in between, the times are off by it. False when no log tells; the times are UTC still. */
bool cw_source_to_local(struct cw_case *c, size_t source);

#endif
