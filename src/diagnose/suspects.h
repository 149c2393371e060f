/* Which driver packages of other vendors may have refused a write: only those that the logs name,
 * and that were there when the write was refused. */
#ifndef CW_DIAGNOSE_SUSPECTS_H
#define CW_DIAGNOSE_SUSPECTS_H

#include "diagnose/finding.h"
#include "model/case.h"
#include "rules/rule.h"

/* The write that was refused. */
struct cw_refused_write {
    const struct cw_case *c;
    const struct cw_rules *rules;
    size_t source;                 /* a log of the machine */
    cw_time time;                  /* of the first refusal; CW_TIME_NONE = not known */
    const struct cw_evidence *at;  /* its line, or NULL: in its own log lines tell what came first,
                                      since clocks are put back */
    cw_time written;               /* when the same thing was last written before it, CW_TIME_NONE =
                                      the logs do not show that it was */
    cw_time written_later;         /* and when next after it, or CW_TIME_NONE */
    const struct cw_strings *infs; /* what was being installed is no suspect */
};

/* Fills in suspects and `unranked`. All lives in the arena. False when memory is exhausted. */
bool cw_suspects_rank(const struct cw_refused_write *write, struct cw_arena *arena,
                      struct cw_interference *interference);

#endif
