/* Samples: lines beside a rule that prove what its pattern matches and what not.
 *
 * They are read by the real parser of their log, so a sample also proves that the pattern is
 * written against the text that the parser delivers.
 */
#ifndef CW_RULES_SAMPLE_H
#define CW_RULES_SAMPLE_H

#include "rules/match.h"
#include "rules/test_results.h"

enum cw_sample_result {
    CW_SAMPLE_MATCHED,
    CW_SAMPLE_MATCHED_USUAL, /* and it is a line of healthy logs, see logs/usual_lines.h */
    CW_SAMPLE_NOT_MATCHED,
    CW_SAMPLE_UNREAD /* no event covers the last line: it is not in the log's form */
};

/* Is the event that covers the last line of `sample` one for `signal`? When several do, the one
 * delivered last counts. Fails as cw_matcher_test does. */
int cw_sample_run(struct cw_matcher *matcher, const struct cw_signal *signal,
                  const struct cw_sample *sample, enum cw_sample_result *ret_result,
                  struct cw_error *error);

/* What is wrong with a sample, for messages; NULL when it gives what it should. */
const char *cw_sample_complaint(enum cw_sample_result result, bool should_match);

/* Runs every sample of the pack. CW_ERR_NOMEM or 0. */
int cw_rules_test_samples(const struct cw_rules *rules, struct cw_test_results *results,
                          struct cw_error *error);

#endif
