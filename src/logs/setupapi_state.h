/* What a reading of a SetupAPI log remembers from line to line: the open section, the operations
 * that are open in it, and the event that waits for its continuation lines.
 *
 * Private to setupapi.c and setupapi_xp.c, which decide what a line is; here stands what follows
 * from it. Memory is bounded by CW_LIMIT_RECORD, CW_LIMIT_LINE and CW_LIMIT_DEPTH.
 */
#ifndef CW_LOGS_SETUPAPI_STATE_H
#define CW_LOGS_SETUPAPI_STATE_H

#include "base/buf.h"
#include "base/limits.h"
#include "logs/format.h"
#include "logs/literal_set.h"
#include "logs/setupapi_line.h"

enum {
    CW_SETUPAPI_INDENT = 5,  /* blanks a level */
    CW_SETUPAPI_CATEGORY = 3 /* longest category */
};

/* A part of pending.text, which may move while it grows. */
struct cw_setupapi_slice {
    size_t at, len;
};

struct cw_setupapi_place {
    uint64_t line, offset;
};

struct cw_setupapi_pending {
    bool used;
    enum cw_event_kind kind;
    enum cw_level level;
    struct cw_setupapi_place place;
    uint64_t last_line;
    cw_time time;
    char category[CW_SETUPAPI_CATEGORY];
    size_t category_len;
    size_t column;
    size_t blanks; /* blank lines behind it: a part of it only if another line of it follows */
    struct cw_buf text;
    struct cw_setupapi_slice name, value, written;
    uint32_t code;
    bool incomplete;
    bool has_status;                /* SECTION_END: the line with the status was seen */
    bool closes;                    /* CLOSE: the innermost operation ends with it */
    struct cw_literal_set literals; /* of its lines */
};

struct cw_setupapi_section {
    bool open;
    struct cw_buf text; /* title and instance, one behind the other */
    size_t title_len;
    uint64_t line, offset;
    cw_time start;
    cw_time latest; /* newest time seen in it: entries have no date of their own */
};

struct cw_setupapi_state {
    enum cw_log_kind log;
    struct cw_event_sink sink;
    struct cw_setupapi_place here; /* the line being read */
    struct cw_setupapi_place seen; /* the line before it that was not blank */
    struct cw_setupapi_pending pending;
    struct cw_setupapi_section section;
    struct cw_operation operations[CW_LIMIT_DEPTH];
    struct cw_buf operation_text[CW_LIMIT_DEPTH];
    size_t depth;
    size_t untracked; /* operations open below CW_LIMIT_DEPTH */
    bool torn;        /* the last line had no line end */
    struct cw_log_stats stats;
};

void cw_setupapi_state_init(struct cw_setupapi_state *state, enum cw_log_kind log,
                            struct cw_event_sink sink);
void cw_setupapi_state_done(struct cw_setupapi_state *state);

/* Reads the lines of a block one by one; the literals in a line belong to the event that is pending
 * behind it. Negative from `read_line` or CW_ERR_NOMEM. */
int cw_setupapi_feed(struct cw_setupapi_state *state, struct cw_log_parser *parser,
                     int (*read_line)(struct cw_log_parser *parser, struct cw_str line,
                                      struct cw_error *error),
                     const struct cw_block *block, struct cw_error *error);

/* Delivers the pending event, if there is one, and lets it take effect: a CLOSE ends its
 * operation, a SECTION_END its section. Negative from the sink or CW_ERR_NOMEM, as below. */
int cw_setupapi_flush(struct cw_setupapi_state *state, struct cw_error *error);

/* Delivers what is pending and begins an event at the current line. */
int cw_setupapi_begin(struct cw_setupapi_state *state, enum cw_event_kind kind,
                      struct cw_error *error);

/* Sets the text of the pending event; `name` and `value` are parts of it or empty. */
int cw_setupapi_set_text(struct cw_setupapi_state *state, struct cw_str text, struct cw_str name,
                         struct cw_str value, struct cw_error *error);

/* Makes the pending event what the text of `line` says: OPEN, CLOSE, PROPERTY or MESSAGE. */
int cw_setupapi_set_entry(struct cw_setupapi_state *state, const struct cw_setupapi_line *line,
                          struct cw_error *error);

/* Makes the pending event, a SECTION_END, end with the status that `text` holds. */
int cw_setupapi_set_status(struct cw_setupapi_state *state, struct cw_str text,
                           struct cw_error *error);

/* A time of day, in milliseconds or -1, with the section's date. Entries follow each other closely:
 * a clock that goes back by half a day has passed midnight. */
cw_time cw_setupapi_date(struct cw_setupapi_section *section, int32_t clock);

/* Joins the current line to the pending event, and the blank lines before it. */
int cw_setupapi_join(struct cw_setupapi_state *state, const struct cw_setupapi_line *line,
                     struct cw_error *error);

/* Opens a section at the current line; what was open before is forgotten. */
int cw_setupapi_open_section(struct cw_setupapi_state *state, struct cw_str title,
                             struct cw_str instance, struct cw_error *error);
void cw_setupapi_close_section(struct cw_setupapi_state *state);

#endif
