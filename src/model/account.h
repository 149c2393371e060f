/* An account: what a log that watches servicing from outside tells of one command, check, update or
 * batch of file operations.
 *
 * dism.log tells of its commands, Windows Update of the updates it hands over, the event log of
 * what became of a package. None of them did the work: an account confirms what CBS.log says of a
 * run, and stands for itself only where CBS.log is not there. Which events open, close and fail one
 * is marked by the log's format (enum cw_mark).
 */
#ifndef CW_MODEL_ACCOUNT_H
#define CW_MODEL_ACCOUNT_H

#include "model/episode.h"

struct cw_account {
    struct cw_arena arena;
    size_t source;
    enum cw_log_kind log;
    struct cw_str kind;    /* of what it is: "command", "update", "check"; empty when unknown */
    struct cw_str subject; /* which: the command line, the title of the update; may be empty */
    cw_time start, end;
    uint64_t first_line, last_line;
    enum cw_outcome_kind outcome;
    bool has_verdict; /* a line says that it failed */
    uint32_t code;    /* with which it failed; CW_CODE_NONE = not said */
    struct cw_str code_written;
    struct cw_evidence verdict; /* the last line that says that it failed */
    bool has_error;
    struct cw_evidence
        error; /* the first line inside that carries the code, else the first error */
    uint32_t error_code;
    struct cw_str error_written;
    struct cw_entities entities;
    struct cw_signal_match *matches;
    size_t match_count, match_cap;
};

void cw_account_free(struct cw_account *account);

#endif
