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

/* The first line inside an account that carries a certain code. */
struct cw_account_error {
    uint32_t code;
    struct cw_evidence evidence;
};
/* Codes that are told apart; the last place is that of the latest one. */
enum { CW_ACCOUNT_ERRORS = 8 };

struct cw_account {
    struct cw_arena arena;
    size_t source;
    enum cw_log_kind log;
    struct cw_str subject; /* the command line, the title of the update; may be empty */
    cw_time start, end;
    uint64_t first_line, last_line;
    enum cw_outcome_kind outcome;
    bool has_verdict; /* a line says that it failed */
    uint32_t code;    /* with which it failed; CW_CODE_NONE = not said */
    struct cw_str code_written;
    struct cw_evidence verdict;                        /* the last line that says that it failed */
    struct cw_account_error errors[CW_ACCOUNT_ERRORS]; /* in order */
    size_t error_count;
    struct cw_entities entities;
    struct cw_signal_match *matches;
    size_t match_count, match_cap;
};

/* Where to look: the first line with the code that the account failed with, else its first error;
 * NULL when there is none. */
const struct cw_account_error *cw_account_first_error(const struct cw_account *account);

void cw_account_free(struct cw_account *account);

#endif
