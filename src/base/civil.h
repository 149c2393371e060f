/* Civil (wall clock) time without a zone.
 *
 * The logs carry the local time of the machine that wrote them and no zone, so a time is a count
 * of milliseconds on the proleptic Gregorian calendar from 1970-01-01 00:00 *in that machine's
 * clock*. Nothing here looks at the zone or the locale of the machine that analyses.
 */
#ifndef CW_BASE_CIVIL_H
#define CW_BASE_CIVIL_H

#include "base/str.h"

typedef int64_t cw_time; /* milliseconds; CW_TIME_NONE = not known */
#define CW_TIME_NONE INT64_MIN

struct cw_civil {
    unsigned year, month, day, hour, minute, second, millisecond;
};

/* CW_TIME_NONE when a field is out of range (months 1-12, days by month, leap seconds refused). */
cw_time cw_time_from_civil(const struct cw_civil *civil);
struct cw_civil cw_civil_from_time(cw_time time);

enum { CW_TIME_TEXT = 32 };
/* "2024-09-10T10:44:45", or with ".973" when there are milliseconds; "" for CW_TIME_NONE. */
const char *cw_time_text(cw_time time, char text[CW_TIME_TEXT]);

/* "+08:00" from minutes east of UTC. */
const char *cw_offset_text(int minutes, char text[CW_TIME_TEXT]);

#endif
