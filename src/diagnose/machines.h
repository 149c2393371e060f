/* Which logs can not be of one machine, where those of several were given together. */
#ifndef CW_DIAGNOSE_MACHINES_H
#define CW_DIAGNOSE_MACHINES_H

#include "model/case.h"

/* True when the sources `a` and `b`, of different kinds, each have a partner of the other's kind
 * that lies nearer: "pc1/CBS.log" and "pc2/setupapi.dev.log" beside "pc1/setupapi.dev.log" and
 * "pc2/CBS.log". Nearer is whose path agrees further, in whole words ("SERVER1_CBS.log"). Two logs
 * that only lie in two folders may be of one machine: Windows keeps them in two. Copies are no
 * partners. */
bool cw_are_other_machines(const struct cw_case *c, size_t a, size_t b);

/* Whether what the log `b` says may be said of the machine of the log `a`: that an update was
 * installed there after all, for example. Two CBS.logs are when they are of one series, two
 * other logs of one kind when they lie in one folder, and logs of two kinds when nothing speaks
 * against it. */
bool cw_may_be_same_machine(const struct cw_case *c, size_t a, size_t b);

#endif
