/* What another program put in front of every line of a log: numbers, bullets, the columns of a
 * search or of another log.
 *
 * A mark counts only when most lines have it. That is how an empty line, or the rest of one that
 * was wrapped, can be told from a line that is no part of the log.
 */
#ifndef CW_INPUT_FRONT_H
#define CW_INPUT_FRONT_H

#include "base/str.h"

enum cw_front {
    CW_FRONT_NONE,
    CW_FRONT_QUOTE,   /* "> ", as mail has it */
    CW_FRONT_TICKS,   /* "`", and at the end, too */
    CW_FRONT_QUOTED,  /* quotation marks, and at the end, too; a comma may follow */
    CW_FRONT_BAR,     /* "| " */
    CW_FRONT_BULLET,  /* "- ", "* ", "+ ", U+2022 */
    CW_FRONT_NUMBER,  /* "12. ", "12: ", "12) ", "12 | ", "  12<tab>" */
    CW_FRONT_BRACKET, /* "[12]": find /n */
    CW_FRONT_LINE,    /* "  Line 12: " */
    CW_FRONT_SEARCH,  /* "CBS.log:12:", "C:\Windows\Logs\CBS\CBS.log:12:" */
    CW_FRONT_STAMP,   /* "2020-01-28T08:00:01.123Z " */
    CW_FRONT_SYSLOG   /* "Jan 28 08:00:01 host agent[12]: " */
};
enum { CW_FRONTS = CW_FRONT_SYSLOG + 1, CW_FRONT_LEVELS = 5 };

/* Marks that stand before one another, outermost first; the rest is CW_FRONT_NONE. */
struct cw_fronts {
    enum cw_front levels[CW_FRONT_LEVELS];
};

/* What most of the lines have; lines end in `newline`. */
struct cw_fronts cw_fronts_find(struct cw_str text, char newline);

/* The line without them; without those that it has, when it has not all. */
struct cw_str cw_fronts_take(const struct cw_fronts *fronts, struct cw_str line);

#endif
