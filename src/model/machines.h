/* Which logs can not be of one machine, where those of several were given together. */
#ifndef CW_MODEL_MACHINES_H
#define CW_MODEL_MACHINES_H

#include "model/case.h"

/* True when the sources `a` and `b` can not be of one machine: they say so (see below), or they are
 * of different kinds and each has a partner of the other's kind that lies nearer:
 * "pc1/CBS.log" and "pc2/setupapi.dev.log" beside "pc1/setupapi.dev.log" and "pc2/CBS.log". Nearer
 * is whose path agrees further, in whole words ("SERVER1_CBS.log"). Two logs that only lie in two
 * folders may be of one machine: Windows keeps them in two. Copies are no partners. */
bool cw_are_other_machines(const struct cw_case *c, size_t a, size_t b);

/* The logs tell of two architectures, or of two releases of Windows. Asked only where they lie
 * apart: in two folders, and for logs of two kinds in none of those in which Windows keeps them. */
bool cw_logs_contradict(const struct cw_case *c, size_t a, size_t b);

/* Two boot sessions that are known and are not one: CW_TIME_NONE is not known. Clocks are put right
 * while a machine runs, and with them the time at which it started. */
bool cw_boots_differ(cw_time a, cw_time b);

/* True when the section can not have been a part of the run, which its time says: one of them knows
 * of a start of the machine in between that the other would have to know of. Asked only where the
 * logs lie apart, as above. */
bool cw_run_knows_other_boots(const struct cw_case *c, const struct cw_run *run,
                              const struct cw_section *section);

/* Whether what the log `b` says may be said of the machine of the log `a`: that an update was
 * installed there after all, for example. Two CBS.logs are when they are of one series, two of
 * setupapi when they lie in one folder and their names have no other words added ("PC1_", "_PC1"),
 * two other logs of one kind when they lie in one folder, and logs of two kinds when nothing speaks
 * against it. */
bool cw_may_be_same_machine(const struct cw_case *c, size_t a, size_t b);

#endif
