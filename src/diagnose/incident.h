/* An incident: a servicing run that failed with the driver sections that belong to it and what
 * other logs tell of it, or one of these alone. Causes are looked for in incidents. */
#ifndef CW_DIAGNOSE_INCIDENT_H
#define CW_DIAGNOSE_INCIDENT_H

#include "model/case.h"
#include "rules/rule.h"

/* What joined a section to its run. */
enum cw_agreement {
    CW_AGREE_TIME = 1,     /* their times overlap */
    CW_AGREE_INF = 2,      /* a driver operation names the INF that the section failed on */
    CW_AGREE_CODE = 4,     /* the same error code, in whatever spelling */
    CW_AGREE_TITLE = 8,    /* the section is one that servicing makes */
    CW_AGREE_BOOT = 16,    /* both name the same start of the machine */
    CW_AGREE_EXCERPT = 32, /* both were pasted into one excerpt */
    CW_AGREE_DEVICE = 64   /* an installer names the device that the section failed on */
};

enum { CW_INCIDENT_SECTIONS = 8, CW_INCIDENT_ACCOUNTS = 8 };

struct cw_incident {
    struct cw_run *run;                                /* NULL: a section or account alone */
    struct cw_section *sections[CW_INCIDENT_SECTIONS]; /* best agreement first */
    size_t section_count;
    struct cw_account *accounts[CW_INCIDENT_ACCOUNTS]; /* the one that knows most first */
    size_t account_count;
    unsigned agreement; /* of the first section, bits of cw_agreement */
    cw_time start, end;
    enum cw_outcome_kind outcome;
    bool damaged;         /* its run, or section alone, comes from a damaged excerpt */
    bool startup_decides; /* drivers failed at startup: what was seen at shutdown does not count */
};

struct cw_incidents {
    struct cw_incident *items;
    size_t count;
};

/* True for the titles of sections that servicing makes ("Install Driver Updates"). */
bool cw_is_servicing_section(const struct cw_section *section);

/* All incidents of the case: runs, newest first, then sections that servicing makes, accounts, and
 * other sections. Runs that were overcome later (the same KB installed) have become
 * CW_OUTCOME_RECOVERED. False when memory is exhausted. */
bool cw_incidents_find(struct cw_case *c, struct cw_arena *arena,
                       struct cw_incident **ret_incidents, size_t *ret_count);

/* Where it stands: the place of its run, else of its first section, else of its first account. */
struct cw_incident_place {
    size_t source;
    uint64_t first_line, last_line;
};
struct cw_incident_place cw_incident_place(const struct cw_incident *incident);

/* What servicing did, not a device: a run, a section that servicing makes, an account. */
bool cw_incident_is_servicing(const struct cw_incident *incident);

/* What it checked, if it was a check of Windows and no update. */
enum cw_checks cw_incident_checks(const struct cw_incident *incident);

/* Matches of the incident: of its run, then of its sections, then of its accounts. */
size_t cw_incident_match_count(const struct cw_incident *incident);
/* NULL for one that does not count, see startup_decides. */
const struct cw_signal_match *cw_incident_match(const struct cw_incident *incident, size_t index);

#endif
