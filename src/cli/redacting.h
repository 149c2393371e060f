/* --redact and its relatives. */
#ifndef CW_CLI_REDACTING_H
#define CW_CLI_REDACTING_H

#include "cbswhy/redaction.h"
#include "cli/session.h"

/* What the options ask for; NULL when nothing is to be hidden. False when that can not be had:
 * said, and the session is abandoned. */
bool cw_redacting_open(struct cw_session *session, struct cw_redaction **ret_redaction);

/* Says what was replaced in the report of one analysis. `redaction` may be NULL. */
void cw_redacting_say(struct cw_session *session, const struct cw_redaction *redaction);

/* cw_session_fail() with tokens in the text. `redaction` may be NULL. */
void cw_redacting_fail(struct cw_session *session, struct cw_redaction *redaction,
                       enum cw_exit status, const struct cw_error *error);

/* Standard error, for text that may hold what is to be hidden; good as long as the redaction, which
 * may be NULL when the output is not used. */
struct cw_output cw_redacting_output(struct cw_redaction *redaction);

/* Writes the map that the options name, unless the reports were lost. `redaction` may be NULL. */
void cw_redacting_save(struct cw_session *session, const struct cw_redaction *redaction);

#endif
