/* One incident -> its findings. */
#ifndef CW_DIAGNOSE_CONCLUDE_H
#define CW_DIAGNOSE_CONCLUDE_H

#include "diagnose/finding.h"
#include "diagnose/infer.h"

struct cw_findings {
    struct cw_finding *items;
    size_t count, cap;
};

struct cw_conclusion {
    const struct cw_rules *rules;
    const struct cw_case *c;
    uint64_t unpacked_again; /* bytes, for second looks (cause_context.c) */
    struct cw_arena *arena;  /* of the report */
    struct cw_findings findings;
};

/* Adds what there is to say about the incident. False when memory is exhausted. */
bool cw_conclude(struct cw_conclusion *conclusion, const struct cw_incident *incident);

/* What the log calls failed, else what the run was to change. */
const struct cw_strings *cw_run_failed_packages(const struct cw_run *run);
const struct cw_strings *cw_run_failed_kbs(const struct cw_run *run);

/* The failed operation of a section that is to be reported: the first whose code is the section's,
 * else the first. NULL when there is none. */
const struct cw_section_failure *cw_section_main_failure(const struct cw_section *section);

#endif
