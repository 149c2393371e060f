/* Which files a path stands for. */
#ifndef CW_INPUT_WALK_H
#define CW_INPUT_WALK_H

#include "base/arena.h"
#include "base/error.h"

/* A folder that holds a Windows, or a part of one that somebody copied. */
struct cw_walk_windows {
    const char *path;   /* of the folder */
    bool is_whole;      /* only the known places were delivered; else every file */
    struct cw_str have; /* known places of logs: "Windows/Logs/CBS, Windows/INF/setupapi*.log" */
    struct cw_str lack; /* those that every Windows has and this one has not; may be empty */
};

struct cw_walk_sink {
    /* A file, in the order of names. Negative stops the walk. */
    int (*file)(void *context, const char *path, struct cw_error *error);
    /* Something that can not be read, with the reason. Negative stops the walk. */
    int (*skipped)(void *context, const char *path, const char *reason);
    /* A Windows was recognised, and its files were delivered or are about to be. Negative stops the
     * walk. */
    int (*windows)(void *context, const struct cw_walk_windows *windows, struct cw_error *error);
    void *context;
};

/* Delivers `path` itself when it is a file, a stream or "-", or every file below it when it is a
 * folder: names in byte order, at most CW_LIMIT_WALK_DEPTH deep. A symbolic link in a folder is
 * never followed: what it leads to inside is delivered by its own name, and what lies outside was
 * not asked for. `path` itself may be one. Where a folder is the root of a Windows (a mounted disk,
 * an image, WinPE) or its folder `Windows`, only the places where Windows keeps logs are read.
 * CW_ERR_NOT_FOUND or CW_ERR_IO when `path` itself can not be read. */
int cw_walk(const char *path, const struct cw_walk_sink *sink, struct cw_error *error);

#endif
