/* What every command needs around its work: outputs, their styles, and an exit status that only
 * rises. */
#ifndef CW_CLI_SESSION_H
#define CW_CLI_SESSION_H

#include <stdbool.h>

#include "cbswhy/output.h"
#include "cbswhy/rules.h"
#include "cli/options.h"

/* A report and where it goes. */
struct cw_session_target {
    enum cw_report_format format;
    struct cw_style style;
    struct cw_file_output *file;
    const struct cw_output *output; /* of `file` */
};

struct cw_session {
    const struct cw_options *options;
    struct cw_session_target targets[CW_TARGETS];
    size_t target_count;            /* at least 1 */
    const struct cw_output *output; /* of the first one, for commands that have no other */
    enum cw_exit status;            /* the highest so far */
    bool abandoned;                 /* the reports are not to appear */
};

/* Opens the outputs that the options name. On failure says so, and returns false; the session is
 * then closed and its status set. */
bool cw_session_open(const struct cw_options *options, struct cw_session *ret_session);
/* Brings the reports to their places, unless one of them failed, and returns the exit status. A
 * closed pipe is no error. */
enum cw_exit cw_session_close(struct cw_session *session);

void cw_session_raise(struct cw_session *session, enum cw_exit status);

/* True when a write to an output has failed: nothing more need be done for it. */
bool cw_session_lost_output(const struct cw_session *session);

/* For a failed call of the library: says why and raises the status to `status`, or to
 * CW_EXIT_INTERNAL when memory ran out. Silent when the output failed: closing reports that. */
void cw_session_fail(struct cw_session *session, enum cw_exit status, const struct cw_error *error);

/* The rules that the options name. Problems in them are said and raise the status; false when no
 * rules could be had at all. */
bool cw_session_rules(struct cw_session *session, struct cw_rules **ret_rules);

/* False when the options name an encoding that is not known, which is then said. */
bool cw_session_knows_encoding(const struct cw_options *options);

/* True when there is no operand and standard input is a terminal: nobody meant to type a log. */
bool cw_session_lacks_input(const struct cw_options *options);
/* The operands as paths; without any, the one path "-". */
size_t cw_session_input_count(const struct cw_options *options);
const char *cw_session_input(const struct cw_options *options, size_t index);

#endif
