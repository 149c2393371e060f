/* The lines of setupapi.log of Windows 2000, XP and 2003, one at a time. All results are slices of
 * what was passed in. */
#ifndef CW_LOGS_SETUPAPI_XP_LINE_H
#define CW_LOGS_SETUPAPI_XP_LINE_H

#include "base/civil.h"

enum cw_xp_line_kind {
    CW_XP_TEXT,    /* a continuation, a line of the heading, or all that Windows 2000 writes */
    CW_XP_HEADING, /* [SetupAPI Log] */
    CW_XP_SECTION, /* [2004/03/02 10:10:10 1234.5 Driver Install] */
    CW_XP_ENTRY    /* #E122 Device install failed. */
};

struct cw_xp_line {
    enum cw_xp_line_kind kind;
    struct cw_str text; /* ENTRY: behind the number; SECTION: between the brackets; TEXT: trimmed */
    struct cw_str title; /* SECTION: "Driver Install", may be empty */
    cw_time time;        /* SECTION: CW_TIME_NONE when it is none of the calendar */
    struct cw_str id;    /* ENTRY: "E122", "-198" */
    int32_t clock;       /* ENTRY: milliseconds of the day, or -1 */
};

void cw_xp_line_read(struct cw_str line, struct cw_xp_line *ret_line);

#endif
