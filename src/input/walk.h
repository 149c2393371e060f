/* Which files a path stands for. */
#ifndef CW_INPUT_WALK_H
#define CW_INPUT_WALK_H

#include "base/arena.h"
#include "base/error.h"

struct cw_walk_sink {
    /* A file, in the order of names. Negative stops the walk. */
    int (*file)(void *context, const char *path, struct cw_error *error);
    /* Something that can not be read, with the reason. Negative stops the walk. */
    int (*skipped)(void *context, const char *path, const char *reason);
    void *context;
};

/* Delivers `path` itself when it is a file, a stream or "-", or every file below it when it is a
 * folder: names in byte order, links to folders not followed, at most CW_LIMIT_WALK_DEPTH deep.
 * CW_ERR_NOT_FOUND or CW_ERR_IO when `path` itself can not be read. */
int cw_walk(const char *path, const struct cw_walk_sink *sink, struct cw_error *error);

#endif
