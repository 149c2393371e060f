/* CBS logs read by a test, and their records as text. */
#ifndef CW_TESTS_CBS_EVENTS_H
#define CW_TESTS_CBS_EVENTS_H

#include "support/test.h"

#include "support/setupapi_events.h"

/* A record's line in the columns that Windows writes. */
#define RECORD(time, component, text) time ", Info                  " component text
#define CBS(time, text) RECORD(time, "CBS    ", text)
#define CSI(time, text) RECORD(time, "CSI    ", text)

event_view view_record;  /* every field of a record */
event_view view_columns; /* time|level|id|component|sequence|utc|text, empty lines of it as "/" */

struct cbs_reading {
    event_view *view;
    size_t block_lines; /* lines a block; 0 = through a source, `piece` bytes at a time */
    size_t piece;       /* 0 = all */
    bool only_literals; /* ask for the records with a literal, and not for every one */
};

/* Appends the records of `log` to `out`. */
struct cw_log_stats read_cbs(struct cw_str log, const struct cbs_reading *how, struct cw_buf *out);

void assert_records(const char *log, event_view *view, const char *expected);
struct cw_log_stats cbs_stats_of(const char *log);

/* Fails unless every partition of the log into blocks and every read size from 1 to 80 give the
 * same records, those asked for by a literal are among them, and all have the same statistics. */
void assert_same_however_read(struct cw_str log);

#endif
