#include "diagnose/refusals.h"

bool cw_same_thing(const struct cw_written_thing *a, const struct cw_written_thing *b)
{
    return a->kind == b->kind && a->name.len && cw_str_eq_nocase(a->name, b->name);
}

bool cw_related_things(const struct cw_written_thing *a, const struct cw_written_thing *b)
{
    return cw_same_thing(a, b) || (a->service.len && cw_str_eq_nocase(a->service, b->service));
}

/* "NAME", or "NAME\\below", of a key below Services; the event log's sources are no services. */
static struct cw_str below_services(struct cw_str key)
{
    const struct cw_str services = CW_STR("\\Services\\");
    size_t at = cw_str_find_nocase(key, services);
    if (at == SIZE_MAX)
        return CW_STR_NONE;
    struct cw_str rest = cw_str_from(key, at + services.len);
    return cw_str_starts_nocase(rest, CW_STR("EventLog\\")) ? CW_STR_NONE : rest;
}

struct cw_written_thing cw_thing_of(enum cw_entity kind, struct cw_str value)
{
    if (kind == CW_ENTITY_FILE)
        return (struct cw_written_thing){kind, cw_str_basename(value), CW_STR_NONE};
    if (kind == CW_ENTITY_SERVICE)
        return (struct cw_written_thing){kind, value, value};
    struct cw_str rest = below_services(value);
    size_t end = cw_str_find_char(rest, '\\');
    struct cw_str service = cw_str_head(rest, end);
    if (service.len && end == SIZE_MAX)
        return (struct cw_written_thing){CW_ENTITY_SERVICE, service, service};
    return (struct cw_written_thing){kind, value, service};
}

/* The first of the entities that can be written to. */
static struct cw_written_thing thing_among(const struct cw_entities *entities)
{
    static const enum cw_entity kinds[] = {CW_ENTITY_REGISTRY_KEY, CW_ENTITY_FILE,
                                           CW_ENTITY_SERVICE};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const struct cw_strings *values = &entities->of[kinds[i]];
        if (values->count)
            return cw_thing_of(kinds[i], values->items[0]);
    }
    return (struct cw_written_thing){.kind = CW_ENTITY_SERVICE};
}

/* What the innermost operation that names something works on. */
static struct cw_written_thing thing_of_failure(const struct cw_section_failure *failure)
{
    const struct cw_strings *keys = &failure->entities.of[CW_ENTITY_REGISTRY_KEY];
    for (size_t i = failure->depth; i > 0; i--) {
        const struct cw_failed_operation *operation = &failure->path[i - 1];
        enum cw_entity kind;
        if (cw_str_eq(operation->name, CW_STR("Add Registry Key")) && keys->count)
            return cw_thing_of(CW_ENTITY_REGISTRY_KEY, keys->items[keys->count - 1]);
        if (cw_entity_of_operation(operation->name, &kind) &&
            (kind == CW_ENTITY_SERVICE || kind == CW_ENTITY_FILE) && operation->argument.len)
            return cw_thing_of(kind, operation->argument);
    }
    return (struct cw_written_thing){.kind = CW_ENTITY_SERVICE};
}

static bool has_thing(const struct cw_refusals *refusals, const struct cw_written_thing *thing)
{
    for (size_t i = 0; i < refusals->count; i++) {
        if (cw_same_thing(&refusals->items[i].thing, thing))
            return true;
    }
    return false;
}

static void add(struct cw_refusals *refusals, const struct cw_refusal *refusal)
{
    if (refusals->count < CW_REFUSALS_MOST && refusal->thing.name.len && refusal->evidence->line &&
        !has_thing(refusals, &refusal->thing))
        refusals->items[refusals->count++] = *refusal;
}

static void sort_in(const struct cw_refusal *refusal, struct cw_refusals *refusals,
                    struct cw_refusals *sharing)
{
    if (cw_code_is_denial(refusal->code))
        add(refusals, refusal);
    else if (cw_code_is_sharing(refusal->code))
        add(sharing, refusal);
}

bool cw_refusals_find(const struct cw_incident *incident, struct cw_arena *arena,
                      struct cw_refusals *ret_refusals, struct cw_refusals *ret_sharing)
{
    struct cw_refusals refusals = {
        .items = cw_arena_array(arena, CW_REFUSALS_MOST, sizeof(*refusals.items))};
    struct cw_refusals sharing = {
        .items = cw_arena_array(arena, CW_REFUSALS_MOST, sizeof(*sharing.items))};
    if (!refusals.items || !sharing.items)
        return false;
    for (size_t i = 0; i < incident->section_count; i++) {
        const struct cw_section *section = incident->sections[i];
        for (size_t k = 0; k < section->failure_count; k++) {
            const struct cw_section_failure *failure = &section->failures[k];
            const struct cw_refusal refusal = {thing_of_failure(failure), &failure->error, incident,
                                               failure->code};
            sort_in(&refusal, &refusals, &sharing);
        }
    }
    size_t count = cw_incident_match_count(incident);
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        if (!match)
            continue;
        const struct cw_refusal refusal = {thing_among(&match->entities), &match->evidence,
                                           incident, match->code};
        sort_in(&refusal, &refusals, &sharing);
    }
    *ret_refusals = refusals;
    *ret_sharing = sharing;
    return true;
}
