/* A log fed to the parser of its format by a test. */
#ifndef CW_TESTS_LOG_READING_H
#define CW_TESTS_LOG_READING_H

#include "support/test.h"

#include "logs/format.h"

enum { BLOCK_LINES_MOST = 64 };

struct log_reading {
    const struct cw_format *format;
    const struct cw_filter *filter; /* may be NULL */
    bool only_literals;             /* ask for the events with a literal, and not for every one */
    size_t piece;                   /* bytes a read gives; 0 = all */
    /* Lines a block instead, each block in memory of its own that is gone after the call, so that
     * an event which points into an earlier block is caught; 0 = through a source. */
    size_t block_lines;
};

struct cw_log_stats read_log(struct cw_str log, const struct log_reading *how,
                             struct cw_event_sink sink);

#endif
