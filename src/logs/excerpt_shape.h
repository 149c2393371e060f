/* What a line of an excerpt is, judged by itself: a line of a log, what is left of one, or none. */
#ifndef CW_LOGS_EXCERPT_SHAPE_H
#define CW_LOGS_EXCERPT_SHAPE_H

#include "logs/event.h"

enum cw_shape {
    CW_SHAPE_BLANK,
    CW_SHAPE_FENCE,     /* begins or ends a block of code */
    CW_SHAPE_ELISION,   /* stands for lines that were left out: ... */
    CW_SHAPE_CBS,       /* a head that the CBS parser accepts */
    CW_SHAPE_STAMP,     /* what is left of one: stamp and level */
    CW_SHAPE_COLUMN,    /* begins with a component: its stamp is in the line before, or lost */
    CW_SHAPE_SETUPAPI,  /* a line that the SetupAPI parser accepts */
    CW_SHAPE_EMPTY,     /* of one: prefix or category, but no text */
    CW_SHAPE_OPERATION, /* of one: "{Add Service: AmdK8}" without a category */
    CW_SHAPE_OTHER
};

/* `line` is without its line end. */
enum cw_shape cw_shape_of(struct cw_str line);

/* Is it a line of a log as it is, for one of the parsers? */
bool cw_shape_fits(enum cw_shape shape);

/* Looks for a line of a log behind what stands in front of it: a bullet, a number, another log's
 * columns. Shortens `line` to it when it finds one. */
enum cw_shape cw_shape_find(struct cw_str *line);

/* The parts of a head in which something may be missing. */
struct cw_stamp_parts {
    struct cw_str stamp; /* "2024-09-10 10:44:45", or empty */
    struct cw_str level; /* "Info", or empty */
    struct cw_str component;
    struct cw_str text; /* trimmed */
};

/* For STAMP and COLUMN. */
struct cw_stamp_parts cw_shape_parts(struct cw_str line);

#endif
