/* Pasted fragments: a stage in front of the parsers that puts a damaged excerpt together again.
 *
 * What arrives by mail is quoted, numbered, wrapped, scanned and typed again, and may hold both
 * logs with prose between them. Such a source is taken as a whole: decoration is taken off, lines
 * that were torn are joined, what can only have been one thing is put right, and what is left goes
 * to the strict parsers, each line under the number it has in the source.
 *
 * A log as Windows writes it never comes here, and the parsers need not be any looser for it.
 */
#ifndef CW_LOGS_EXCERPT_H
#define CW_LOGS_EXCERPT_H

#include "base/arena.h"
#include "logs/format.h"

/* A line as it goes to a parser. */
struct cw_excerpt_line {
    enum cw_log_kind log;
    bool altered;       /* not as it stands in the source */
    struct cw_str text; /* with a line end */
    /* The lines of the source that it was made of, first and last, and their bytes. */
    uint64_t line, last_line;
    size_t begin, end;
};

struct cw_excerpt {
    struct cw_str bytes; /* of the source, borrowed */
    struct cw_arena arena;
    struct cw_excerpt_line *lines;
    size_t count, cap;
    uint64_t source_lines;
    uint64_t strangers; /* lines that belong to no log */
    uint64_t first_stranger;
    struct cw_strays quoted; /* the first of them */
};

/* Does a source that begins with these bytes have to go through here? Judged line by line: a line
 * counts that is one of a log only without its decoration, or is torn. `whole`: there are no
 * further bytes. 1 or 0, or CW_ERR_NOMEM. */
int cw_excerpt_suspected(struct cw_str head, bool whole);

/* Takes `bytes` apart. CW_ERR_NOMEM, or CW_ERR_LIMIT when there are more than
 * CW_LIMIT_EXCERPT_LINES lines. Free with cw_excerpt_done(), also after a failure. */
int cw_excerpt_read(struct cw_str bytes, struct cw_excerpt *excerpt);
void cw_excerpt_done(struct cw_excerpt *excerpt);

/* How many lines of the log it holds, how many of them are altered, and the first of those. */
struct cw_excerpt_census {
    size_t lines, altered;
    uint64_t first_altered;
};

struct cw_excerpt_census cw_excerpt_census(const struct cw_excerpt *excerpt, enum cw_log_kind log);

/* Its lines of the log through a parser of that, and the parser's end. `filter` may be NULL. */
int cw_excerpt_feed(const struct cw_excerpt *excerpt, enum cw_log_kind log,
                    const struct cw_filter *filter, struct cw_parser *parser,
                    struct cw_error *error);

/* The first line of the log, by which its parser tells how the heads are written. */
struct cw_str cw_excerpt_head(const struct cw_excerpt *excerpt, enum cw_log_kind log);

/* Gives an event that came out of such a parser the last line that it has in the source, and what
 * to quote for it. */
void cw_excerpt_place(const struct cw_excerpt *excerpt, struct cw_event *event);

#endif
