/* Why a cause holds or not: what was seen of its signals, what came nearest, and what each incident
 * makes of it. For who writes a rule. */
#ifndef CW_DIAGNOSE_TRIAL_H
#define CW_DIAGNOSE_TRIAL_H

#include "diagnose/incident.h"
#include "rules/match.h"

/* A line of a log. */
struct cw_trial_line {
    struct cw_str path; /* of its source */
    uint64_t line;
    struct cw_str text;
};

/* One signal of the cause, in all logs, also where nothing failed. */
struct cw_trial_signal {
    const struct cw_signal *signal;
    uint64_t seen; /* events that it recognised */
    struct cw_trial_line first;
    uint64_t missed;  /* events with its literal that it did not recognise */
    unsigned misfits; /* of the nearest of them: bits of cw_misfit */
    struct cw_trial_line nearest;
};

struct cw_trial {
    const struct cw_cause *cause;
    struct cw_trial_signal *signals; /* of `all`, `any` and `none`, each once */
    size_t count;
};

/* All lives in the arena. NULL when memory is exhausted. */
struct cw_trial *cw_trial_new(const struct cw_cause *cause, struct cw_arena *arena);

/* The signal in the trial; NULL when the cause does not use it. */
struct cw_trial_signal *cw_trial_find(const struct cw_trial *trial, const struct cw_signal *signal);

/* Notes that the signal met the event: recognised when there are no misfits. `path` is that of the
 * source. False when memory is exhausted. */
bool cw_trial_note(struct cw_trial_signal *signal, struct cw_arena *arena, struct cw_str path,
                   const struct cw_event *event, unsigned misfits);

#endif
