/* Redaction inside the library: what the public calls (cbswhy/redaction.h) do not show.
 *
 * Two steps. While logs are read, and then in the report itself, values are learned that identify
 * somebody; then one copy of the report is made in which tokens stand for them, and every renderer
 * is given that copy. What a renderer makes of it is searched for the values once more before it
 * leaves the library (redact_guard.h): a leftover is a failure, never a leak.
 */
#ifndef CW_REPORT_REDACT_H
#define CW_REPORT_REDACT_H

#include "cbswhy/redaction.h"
#include "diagnose/finding.h"
#include "diagnose/harvest.h"
#include "report/redact_find.h"

struct cw_redaction {
    struct cw_redact_values values;
    struct cw_redact_words common;   /* of the rules, made once */
    struct cw_redact_words entities; /* of the report under way */
    struct cw_redact_finder finder;
    struct cw_redacted redacted; /* in the last report */
    bool knows_rules;
};

/* Before the logs of an analysis with these rules are read. */
int cw_redaction_begin(struct cw_redaction *redaction, const struct cw_rules *rules,
                       struct cw_error *error);
/* Takes what is found in them. */
struct cw_harvest_sink cw_redaction_sink(struct cw_redaction *redaction);

/* Makes *ret_report, in `arena`, the report with tokens; a remark says what was replaced.
 * CW_ERR_NOMEM or CW_ERR_LIMIT. */
int cw_redaction_report(struct cw_redaction *redaction, const struct cw_report *report,
                        struct cw_arena *arena, struct cw_report *ret_report,
                        struct cw_error *error);

/* Appends the text with tokens for what is known by now, learning what the text itself shows.
 * CW_ERR_NOMEM or CW_ERR_LIMIT. */
int cw_redaction_put(struct cw_redaction *redaction, struct cw_str text, enum cw_redact_field field,
                     struct cw_buf *buf);

/* Appends "USER 2, HOST 1", or nothing. */
bool cw_redacted_put(struct cw_buf *buf, const struct cw_redacted *redacted);

#endif
