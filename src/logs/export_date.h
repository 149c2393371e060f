/* Dates of exported events: each region of Windows writes them in its own way.
 *
 *     2024-09-10T10:44:48.123    2024/9/10 10:44:48    10.09.2024 10:44:48
 *     9/10/2024 10:44:48 AM      10/09/2024 10:44:48   2024/9/10 上午 10:44:48
 *
 * Between slashes, with the year last, nothing in a date says which number is the month. Only the
 * dates beside it do: see cw_export_date_learn().
 */
#ifndef CW_LOGS_EXPORT_DATE_H
#define CW_LOGS_EXPORT_DATE_H

#include "base/civil.h"

struct cw_export_date {
    struct cw_civil civil;
    bool open;  /* it is not known which is which: `month` holds the first number */
    bool clear; /* false: something in it, as the word for "afternoon", could not be read */
    bool utc;   /* it ends in Z; other dates are in local time */
};

/* True when all of `text` is a date with a time of day. */
bool cw_export_date_read(struct cw_str text, struct cw_export_date *ret_date);

/* What the dates of one source say about the open ones among them. */
struct cw_export_order {
    bool day_first;   /* one has a first number above 12 */
    bool month_first; /* one has a second number above 12 */
};

void cw_export_date_learn(struct cw_export_order *order, const struct cw_export_date *date);

/* CW_TIME_NONE when it can not be told, or is none of the calendar. */
cw_time cw_export_date_time(const struct cw_export_date *date, const struct cw_export_order *order);

#endif
