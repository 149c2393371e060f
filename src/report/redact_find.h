/* Where the values stand in a text: by the signs of logs/identifier.h, and bare, as words.
 *
 * A bare value is found as a whole word, in any case: "jdoe" in "jdoe-setup.log" and "JDOE_x", not
 * in "jdoey". So is what is left of it where names are cut: to 15 characters (NetBIOS), to 20
 * (accounts), to 8, and at the end of a text that was cut. The words that the caller named are
 * found inside others, too.
 */
#ifndef CW_REPORT_REDACT_FIND_H
#define CW_REPORT_REDACT_FIND_H

#include "report/redact_values.h"
#include "report/redact_words.h"

struct cw_redact_span {
    size_t begin, end;
    uint32_t value;
};

struct cw_redact_spans {
    struct cw_redact_span *items;
    size_t count, cap;
};

void cw_redact_spans_done(struct cw_redact_spans *spans);
bool cw_redact_spans_add(struct cw_redact_spans *spans, size_t begin, size_t end, uint32_t value);

/* What a text is, beside text. */
enum cw_redact_field {
    CW_REDACT_TEXT,
    CW_REDACT_CUT,    /* it goes on */
    CW_REDACT_REMARK, /* of ours, which may name a file */
    CW_REDACT_FILE    /* the path of a log, where it lies now */
};

struct cw_redact_finder {
    struct cw_redact_values *values;        /* borrowed */
    const struct cw_redact_words *common;   /* borrowed */
    const struct cw_redact_words *entities; /* of the report: borrowed */
    struct cw_arena arena;                  /* of the dictionary */
    struct cw_redact_entry *entries;
    size_t entry_count, entry_cap;
    uint32_t *slots; /* by the first word of an entry: index + 1 of a list, 0 = none */
    struct cw_buf folded;
};

int cw_redact_finder_init(struct cw_redact_finder *finder, struct cw_redact_values *values,
                          const struct cw_redact_words *common,
                          const struct cw_redact_words *entities);
void cw_redact_finder_done(struct cw_redact_finder *finder);

/* Adds what the text shows to the values. CW_ERR_NOMEM, CW_ERR_LIMIT, or 0. */
int cw_redact_learn(struct cw_redact_finder *finder, struct cw_str text,
                    enum cw_redact_field field);

/* Makes the dictionary of bare values out of all values, and tells of each whether it is in it. */
int cw_redact_finder_prepare(struct cw_redact_finder *finder);

/* What stands where, in order, no span in another. CW_ERR_NOMEM or 0. */
int cw_redact_find(struct cw_redact_finder *finder, struct cw_str text, enum cw_redact_field field,
                   struct cw_redact_spans *spans);
/* The same of bare values alone. */
int cw_redact_find_bare(struct cw_redact_finder *finder, struct cw_str text,
                        struct cw_redact_spans *spans);

/* Tells `sink` of the parts of a log's path that its collector named: folders, archives, and what
 * stands around the name that Windows gave to the log. What consists of common words stays. */
int cw_redact_find_in_path(struct cw_str path, const struct cw_redact_words *common,
                           const struct cw_identifier_sink *sink);

#endif
