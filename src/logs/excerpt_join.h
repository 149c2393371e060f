/* The second half of reading an excerpt: torn lines become whole ones again. Private to excerpt.c.
 */
#ifndef CW_LOGS_EXCERPT_JOIN_H
#define CW_LOGS_EXCERPT_JOIN_H

#include "logs/excerpt.h"
#include "logs/excerpt_shape.h"

/* A line of the source without its decoration. */
struct cw_excerpt_piece {
    enum cw_shape shape;
    bool altered;
    bool after_blank; /* an empty line or a mark of a missing one stands before it */
    struct cw_str text;
    uint64_t line;
    size_t begin, end; /* bytes in the source */
};

/* Columns at which the text was wrapped by hand or by mail, 0 = it was not. */
size_t cw_excerpt_wrap_width(const struct cw_excerpt_piece *pieces, size_t count);

/* Joins the pieces into the excerpt's lines. CW_ERR_NOMEM or 0. */
int cw_excerpt_join(const struct cw_excerpt_piece *pieces, size_t count,
                    struct cw_excerpt *excerpt);

#endif
