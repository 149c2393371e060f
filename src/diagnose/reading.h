/* Reads one source into the case: lines, events, episodes, and what the rules see. */
#ifndef CW_DIAGNOSE_READING_H
#define CW_DIAGNOSE_READING_H

#include "diagnose/harvest.h"
#include "diagnose/trial.h"
#include "input/source.h"
#include "model/case.h"
#include "rules/match.h"

struct cw_reading; /* the filter and the matcher, made once for all sources of a case */

/* `rules` and `c` are borrowed. */
int cw_reading_new(const struct cw_rules *rules, struct cw_case *c, struct cw_reading **ret_reading,
                   struct cw_error *error);
void cw_reading_free(struct cw_reading *reading);

/* Has every event that meets a signal of the trial noted there, in `arena`; both are borrowed. */
void cw_reading_try(struct cw_reading *reading, struct cw_trial *trial, struct cw_arena *arena);

/* Has `harvest`, which is borrowed, look at every line. */
void cw_reading_harvest(struct cw_reading *reading, struct cw_harvest *harvest);

/* Reads `source`, the file `file` ("-": standard input). What is no log is recorded as such and is
 * no failure. Negative: CW_ERR_IO and others when it can not be read, CW_ERR_NOMEM. What was read
 * before a failure stays in the case. */
int cw_reading_source(struct cw_reading *reading, struct cw_source *source, const char *file,
                      struct cw_error *error);

/* The same for a member of an archive, which is at `place` in `file`. What is no log is not
 * recorded: *ret_no_log is the reason then, else NULL. */
int cw_reading_member(struct cw_reading *reading, struct cw_source *source, const char *file,
                      const struct cw_member_place *place, const char **ret_no_log,
                      struct cw_error *error);

/* A part of a log, with the place of its first line. */
struct cw_log_piece {
    struct cw_str text;
    uint64_t first_line, offset;
};

/* Reads pieces one after the other, as if they were one log, into the case; what they tell stands
 * in `source`, which was read before. *ret_stats: what the parser counted in them. CW_ERR_NOMEM or
 * 0. */
int cw_reading_pieces(struct cw_reading *reading, size_t source, const struct cw_log_piece *pieces,
                      size_t count, struct cw_log_stats *ret_stats, struct cw_error *error);

#endif
