/* How far an analysis is, for who waits for it. */
#ifndef CBSWHY_PROGRESS_H
#define CBSWHY_PROGRESS_H

#include <stdint.h>

struct cw_progress {
    const char *name; /* of what is being read, or the end of a long one: UTF-8 without characters
                         that act on a terminal */
    uint64_t bytes;   /* of logs read so far, unpacked; those that are read twice count twice */
    uint64_t milliseconds; /* since the sink was set */
};

struct cw_progress_sink {
    /* After every piece that was read (at most 1 MiB), in the thread that reads. What it is given
     * is good until it returns. NULL: nobody waits, and nothing is counted. */
    void (*step)(void *context, const struct cw_progress *progress);
    void *context;
};

#endif
