#include "base/civil.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static unsigned days_in_month(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

/* Days from 1970-01-01, by counting years from 1 March (the usual era arithmetic). */
static int64_t days_from_civil(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    unsigned year_of_era = (unsigned)(year - era * 400);
    unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + (int64_t)day_of_era - 719468;
}

cw_time cw_time_from_civil(const struct cw_civil *civil)
{
    if (civil->year < 1 || civil->year > 9999 || civil->month < 1 || civil->month > 12 ||
        civil->day < 1 || civil->day > days_in_month(civil->year, civil->month) ||
        civil->hour > 23 || civil->minute > 59 || civil->second > 59 || civil->millisecond > 999)
        return CW_TIME_NONE;
    int64_t days = days_from_civil((int64_t)civil->year, civil->month, civil->day);
    int64_t seconds = (int64_t)civil->hour * 3600 + civil->minute * 60 + civil->second;
    return days * DAY_MS + seconds * 1000 + civil->millisecond;
}

struct cw_civil cw_civil_from_time(cw_time time)
{
    int64_t days = time / DAY_MS - (time % DAY_MS < 0);
    int64_t rest = time - days * DAY_MS;
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    unsigned day_of_era = (unsigned)(days - era * 146097);
    unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned shifted = (5 * day_of_year + 2) / 153;
    unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (struct cw_civil){
        .year = (unsigned)(era * 400 + year_of_era + (month <= 2)),
        .month = month,
        .day = day_of_year - (153 * shifted + 2) / 5 + 1,
        .hour = (unsigned)(rest / 3600000),
        .minute = (unsigned)(rest / 60000 % 60),
        .second = (unsigned)(rest / 1000 % 60),
        .millisecond = (unsigned)(rest % 1000),
    };
}

const char *cw_time_text(cw_time time, char text[CW_TIME_TEXT])
{
    text[0] = '\0';
    if (time == CW_TIME_NONE)
        return text;
    struct cw_civil c = cw_civil_from_time(time);
    int used = snprintf(text, CW_TIME_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u", c.year % 10000,
                        c.month, c.day, c.hour, c.minute, c.second);
    if (c.millisecond && used > 0)
        (void)snprintf(text + used, CW_TIME_TEXT - (size_t)used, ".%03u", c.millisecond % 1000);
    return text;
}

const char *cw_offset_text(int minutes, char text[CW_TIME_TEXT])
{
    int magnitude = abs(minutes);
    (void)snprintf(text, CW_TIME_TEXT, "%c%02d:%02d", minutes < 0 ? '-' : '+', magnitude / 60 % 100,
                   magnitude % 60);
    return text;
}
