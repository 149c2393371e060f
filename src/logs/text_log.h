/* Logs that are records one below the other, without a tree in them: dism.log, CheckSUR.log and
 * the like. What they have in common is done here; such a format is a file that says how a line
 * begins a record and what the record says, and gives a `struct cw_text_format`.
 *
 * They are small: every record becomes an event. A line that does not begin a record continues the
 * one before it; in front of the first record it is not recognised.
 */
#ifndef CW_LOGS_TEXT_LOG_H
#define CW_LOGS_TEXT_LOG_H

#include "logs/format.h"

/* The columns of a line that begins a record; `component` and `text` are parts of the line. */
struct cw_text_head {
    cw_time time; /* CW_TIME_NONE when it has none */
    enum cw_level level;
    struct cw_str component;
    struct cw_str text;
    bool has_utc_offset; /* the line says how many minutes east of UTC its clock is */
    int utc_offset;
};

struct cw_text_format {
    size_t state_size; /* of what the format remembers from line to line, zeroed; 0 = nothing */
    /* Called with the first bytes of the source, before the first line. May be NULL. */
    void (*begin)(void *state, struct cw_str head);
    /* Called for each line in order: whether it begins a record. `*ret_head` is zeroed but for
     * `time`, which is CW_TIME_NONE, and `text`, which is the line. */
    bool (*head)(void *state, struct cw_str line, struct cw_text_head *ret_head);
    /* Whether a line in front of the first record belongs to the log all the same: the heading of
     * a table. May be NULL: none does. */
    bool (*known)(void *state, struct cw_str line);
    /* Called for each record, with its lines joined in `text` and the code that `text` holds:
     * may set mark, name, value, time and anything else of it. May be NULL. */
    void (*read)(void *state, struct cw_event *event);
    /* Releases what the state holds; may be NULL. */
    void (*done)(void *state);
    bool any_order; /* newer records may stand in front of older ones */
    /* The log is long, and its records of level Info name codes all the time that nobody asks for:
     * they are looked for only where a literal of the filter stands. */
    bool codes_on_demand;
};

/* For bids: takes the next line that is not blank off the head of a log, without its line end.
 * False when there is none. */
bool cw_text_log_line(struct cw_str *head, struct cw_str *ret_line);

/* For formats whose `records` is a cw_text_format. */
extern const struct cw_parsing cw_text_log;

#endif
