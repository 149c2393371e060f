/* Reports without what identifies people and machines.
 *
 *     struct cw_redaction *redaction;
 *     cw_redaction_new(&redaction, &error);
 *     cw_redaction_read_map(redaction, "case.map", &error);     same values, same tokens as then
 *     cw_analysis_set_redaction(analysis, redaction, &error);   before finish
 *     ... finish, write ...
 *     cw_redaction_write_map(redaction, "case.map", &error);
 *     cw_redaction_free(redaction);
 *
 * User names, names of machines and domains, SIDs, serial numbers, MAC and IP addresses, addresses
 * of mail, and what users named below their profile are replaced by tokens such as USER-1: the same
 * value by the same token, in every format. One redaction may serve several analyses in turn; each
 * knows what those before it found. What diagnosis needs stays: updates, packages, INFs, services,
 * files of the system, versions, error codes. The findings, their order and their fingerprints are
 * those of a report that is not redacted.
 */
#ifndef CBSWHY_REDACTION_H
#define CBSWHY_REDACTION_H

#include "cbswhy/analysis.h"

struct cw_redaction;

int cw_redaction_new(struct cw_redaction **ret_redaction, struct cw_error *error);
/* NULL is fine. */
void cw_redaction_free(struct cw_redaction *redaction);

/* Replaces a further word, in any case and inside other words, too: the name of a customer.
 * CW_ERR_INVALID when it is empty or not UTF-8, CW_ERR_LIMIT when there are too many values. */
int cw_redaction_add_word(struct cw_redaction *redaction, const char *word, struct cw_error *error);

/* Takes the values and tokens of a map that was written earlier. That there is none is fine.
 * CW_ERR_INVALID when the file is no such map, CW_ERR_IO when it can not be read or is a symbolic
 * link. Before the first analysis. */
int cw_redaction_read_map(struct cw_redaction *redaction, const char *path, struct cw_error *error);
/* Writes the values that have tokens, as JSON that only the owner may read, from the moment on that
 * the file exists; what stood under the name is replaced when all is written. CW_ERR_IO. */
int cw_redaction_write_map(const struct cw_redaction *redaction, const char *path,
                           struct cw_error *error);

/* Has the analysis redact its report; both are to live until it is freed. Before the first path is
 * added. */
int cw_analysis_set_redaction(struct cw_analysis *analysis, struct cw_redaction *redaction,
                              struct cw_error *error);

/* Writes the text with tokens in the place of what is known by now: for messages about paths. */
int cw_redaction_write(struct cw_redaction *redaction, const char *text,
                       const struct cw_output *output, struct cw_error *error);
/* Writes what was replaced in the last report: "USER 2, HOST 1", or "nothing". */
int cw_redaction_write_summary(const struct cw_redaction *redaction, const struct cw_output *output,
                               struct cw_error *error);

#endif
