/* Writes that were refused, and to what. */
#ifndef CW_DIAGNOSE_REFUSALS_H
#define CW_DIAGNOSE_REFUSALS_H

#include "diagnose/incident.h"

/* What is written to. The key ...\Services\NAME is that service; a file has no folder. */
struct cw_written_thing {
    enum cw_entity kind; /* service, registry key or file */
    struct cw_str name;
    struct cw_str service; /* in whose key it is: a service, or a key below one; else empty */
};

struct cw_refusal {
    struct cw_written_thing thing; /* an empty name: the log does not say what it was */
    const struct cw_evidence *evidence;
    const struct cw_incident *incident;
    uint32_t code;
};

struct cw_refusals {
    struct cw_refusal *items;
    size_t count;
};

bool cw_same_thing(const struct cw_written_thing *a, const struct cw_written_thing *b);
/* The same, or in the key of the same service. */
bool cw_related_things(const struct cw_written_thing *a, const struct cw_written_thing *b);
/* The thing that an entity of this kind and value is. */
struct cw_written_thing cw_thing_of(enum cw_entity kind, struct cw_str value);

/* The refused writes of the incident, in the order of its parts, each thing once; and, in
 * `ret_sharing`, what failed because somebody else had it open. At most CW_REFUSALS_MOST of each.
 * False when memory is exhausted. */
enum { CW_REFUSALS_MOST = 32 };
bool cw_refusals_find(const struct cw_incident *incident, struct cw_arena *arena,
                      struct cw_refusals *ret_refusals, struct cw_refusals *ret_sharing);

#endif
