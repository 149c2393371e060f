/* Counts what is read, and tells who waits for it (cbswhy/progress.h). */
#ifndef CW_INPUT_WATCH_H
#define CW_INPUT_WATCH_H

#include "cbswhy/progress.h"

#include "base/str.h"

enum { CW_WATCH_NAME = 256 };

struct cw_watch {
    struct cw_progress_sink sink;
    uint64_t start; /* of the system's clock */
    struct cw_progress progress;
    char name[CW_WATCH_NAME]; /* made safe, from its end on */
};

void cw_watch_init(struct cw_watch *watch, const struct cw_progress_sink *sink);

/* From now on it is this that is read. */
void cw_watch_name(struct cw_watch *watch, struct cw_str name);
/* So many bytes were read. */
void cw_watch_read(struct cw_watch *watch, size_t bytes);

#endif
