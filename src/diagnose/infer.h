/* Which causes hold in an incident, and which of them is the root. */
#ifndef CW_DIAGNOSE_INFER_H
#define CW_DIAGNOSE_INFER_H

#include "diagnose/incident.h"

/* A cause that holds. */
struct cw_held_cause {
    const struct cw_cause *cause;
    const struct cw_signal_match **matches; /* one for each signal of `all`, then one of `any`, or,
                                               to gather, one for each of them that was seen */
    size_t match_count;
    const struct cw_signal_match *first; /* the earliest of them: where the cause shows */
    bool explained;                      /* another held cause explains it */
};

struct cw_inference {
    struct cw_held_cause *held; /* in the order of the pack */
    size_t held_count;
    const struct cw_held_cause *root; /* NULL: nothing but symptoms, or nothing at all */
    bool harmless;                    /* a harmless cause holds and explains everything else */
};

/* What an incident makes of one cause, part by part. */
struct cw_verdict_parts {
    const struct cw_signal_match **all; /* the earliest match of each signal of `all`, or NULL */
    const struct cw_signal_match **any; /* the same of `any` */
    const struct cw_signal_match *excluded; /* a match of a signal of `none`, or NULL */
    bool code_fits; /* one of the matches carries a code that the cause asks for, if it does */
    bool holds;     /* all of this, and order and agreement */
    const struct cw_cause *explained_by; /* another cause that holds; NULL = none */
    bool is_root;
};

/* All lives in the arena. False when memory is exhausted. */
bool cw_infer_parts(const struct cw_rules *rules, const struct cw_incident *incident,
                    const struct cw_cause *cause, struct cw_arena *arena,
                    struct cw_verdict_parts *ret_parts);

/* False when memory is exhausted. */
bool cw_infer(const struct cw_rules *rules, const struct cw_incident *incident,
              struct cw_arena *arena, struct cw_inference *ret_inference);

#endif
