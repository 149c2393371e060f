/* One log format: how to recognise it and how to turn its lines into events.
 *
 * Adding a format is one file that defines a `const struct cw_format`, and one row in format.c.
 */
#ifndef CW_LOGS_FORMAT_H
#define CW_LOGS_FORMAT_H

#include "input/lines.h"
#include "logs/event.h"
#include "logs/stray.h"

/* What a reading found out about one source. */
struct cw_log_stats {
    uint64_t lines;              /* physical lines */
    uint64_t records;            /* events that the log holds, whether or not they were asked for */
    uint64_t unrecognized;       /* lines that are no part of any record */
    uint64_t first_unrecognized; /* number of the first such line, 0 = none */
    struct cw_strays strays;     /* the first of them */
    cw_time first, last;         /* earliest and latest place in the file that has a time */
    bool in_utc;                 /* those times are UTC: the log holds no others */
    uint64_t backward_steps;     /* how often time went back by more than a minute */
    uint64_t first_backward;     /* line of the first such step, 0 = none */
    bool has_utc_offset;
    int utc_offset;    /* minutes east of UTC, from stamps in local time beside UTC */
    uint64_t sections; /* SetupAPI */
    uint64_t unclosed_sections;
    bool ends_unclosed;              /* the last section is one of those */
    uint64_t open_line, open_offset; /* SetupAPI: where that section begins */
    cw_time boot;                    /* SetupAPI: the last boot session, CW_TIME_NONE = none */
    bool ends_in_section;            /* SetupAPI: the log ends before its last section does */
    uint64_t untracked_operations;   /* SetupAPI: opened below CW_LIMIT_DEPTH */
    uint64_t cut_records;            /* longer than CW_LIMIT_RECORD; the events are incomplete */
};

/* Counts a line that is no part of any record. */
void cw_log_stats_stray(struct cw_log_stats *stats, uint64_t line, struct cw_str text);

/* Counts a step back in time by more than a minute, from the place before to one at `line`;
 * CW_TIME_NONE on either side is none. */
void cw_log_stats_backward(struct cw_log_stats *stats, cw_time before, cw_time time, uint64_t line);

struct cw_format;
struct cw_text_format;
struct cw_log_parser; /* defined by each implementation of struct cw_parsing */

/* How the lines of a format become events; see the functions cw_parser_*. */
struct cw_parsing {
    int (*open)(const struct cw_format *format, struct cw_event_sink sink, bool every_event,
                struct cw_str head, struct cw_log_parser **ret_parser, struct cw_error *error);
    void (*close)(struct cw_log_parser *parser);
    int (*feed)(struct cw_log_parser *parser, const struct cw_block *block, struct cw_error *error);
    int (*finish)(struct cw_log_parser *parser, struct cw_error *error);
    void (*stats)(const struct cw_log_parser *parser, struct cw_log_stats *ret_stats);
};

struct cw_format {
    enum cw_log_kind log;
    /* How sure the format is of the first bytes of a source: 0 = not mine ... 100 = certain. */
    int (*bid)(struct cw_str head);
    const struct cw_parsing *parsing;
    const struct cw_text_format *records; /* with cw_text_log as `parsing`: what a record is */
};

extern const struct cw_format cw_format_cbs;
extern const struct cw_format cw_format_setupapi;
extern const struct cw_format cw_format_dism;
extern const struct cw_format cw_format_checksur;
extern const struct cw_format cw_format_events;
extern const struct cw_format cw_format_windows_update;
extern const struct cw_format cw_format_poqexec;
extern const struct cw_format cw_format_setupapi_xp;
extern const struct cw_format cw_format_setupact;

/* The format of a kind of log. */
const struct cw_format *cw_format_of(enum cw_log_kind log);

/* The format with the highest bid, or NULL when none wants it. */
const struct cw_format *cw_format_recognise(struct cw_str head);

/* A reading of one source. {0} is none: it may be done with, and nothing else. */
struct cw_parser {
    const struct cw_parsing *parsing;
    struct cw_log_parser *own;
};

/* `head` is the first bytes of the source; it need not outlive the call. `every_event`: deliver
 * all events; otherwise the parser may leave out events of another level than Error in whose lines
 * no literal of the filter occurs (CBS does; all others deliver all). CW_ERR_NOMEM or 0; after a
 * failure the parser is none. */
int cw_parser_init(struct cw_parser *parser, const struct cw_format *format,
                   struct cw_event_sink sink, bool every_event, struct cw_str head,
                   struct cw_error *error);
void cw_parser_done(struct cw_parser *parser);
/* Blocks in order. 0, or what the sink or a failure of the parser says. */
int cw_parser_feed(struct cw_parser *parser, const struct cw_block *block, struct cw_error *error);
/* The same with all that is left in the reader, whose first byte has the offset `offset` in the
 * source. */
int cw_parser_feed_all(struct cw_parser *parser, struct cw_line_reader *lines, uint64_t offset,
                       struct cw_error *error);
/* After the last block: what is pending is delivered. */
int cw_parser_finish(struct cw_parser *parser, struct cw_error *error);
/* At any time. */
void cw_parser_stats(const struct cw_parser *parser, struct cw_log_stats *ret_stats);

#endif
