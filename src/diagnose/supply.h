/* Where the lines of one source come from: from its reader as they are, or, when it is a damaged
 * excerpt, from that excerpt put together again.
 *
 * Whether it is one is told by its first bytes. It must be taken as a whole then; a source that
 * turns out to be too large for that is read from the beginning as if nothing had happened.
 */
#ifndef CW_DIAGNOSE_SUPPLY_H
#define CW_DIAGNOSE_SUPPLY_H

#include "base/buf.h"
#include "logs/excerpt.h"

struct cw_supply {
    struct cw_line_reader *lines;
    struct cw_str head;  /* the first bytes of the source */
    struct cw_buf taken; /* what was read of it already */
    uint64_t taken_offset;
    int failed; /* it could be taken only as far as this failure: see cw_supply_init */
    bool is_excerpt;
    struct cw_excerpt excerpt;
};

/* `head` is what `lines` peeked; both are borrowed. `at_start`: nothing was read before, so that it
 * may be an excerpt. CW_ERR_NOMEM; the supply is to be released all the same. When the source of
 * an excerpt can not be read to its end, `failed` is the reason, and what was read counts. */
int cw_supply_init(struct cw_supply *supply, struct cw_line_reader *lines, struct cw_str head,
                   bool at_start, struct cw_error *error);
void cw_supply_done(struct cw_supply *supply);

/* Everything that there is of this log through its parser, and the parser's end. */
int cw_supply_feed(struct cw_supply *supply, enum cw_log_kind log, const struct cw_filter *filter,
                   struct cw_parser *parser, struct cw_error *error);

/* The event with the place that it has in the source, and what to quote for it. */
struct cw_event cw_supply_place(const struct cw_supply *supply, const struct cw_event *event);

#endif
