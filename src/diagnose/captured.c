#include "diagnose/captured.h"

/* Entities of the operations around a SetupAPI event. */
static bool scope_entities(struct cw_entities *entities, struct cw_arena *arena,
                           const struct cw_scope *scope)
{
    for (size_t i = 0; i < scope->depth; i++) {
        enum cw_entity entity;
        const struct cw_operation *operation = &scope->operations[i];
        if (cw_entity_of_operation(operation->name, &entity) &&
            !cw_entities_add(entities, arena, entity, operation->argument))
            return false;
    }
    return true;
}

static bool match_entities(struct cw_entities *entities, struct cw_arena *arena,
                           const struct cw_match *match)
{
    for (size_t i = 0; i < match->capture_count; i++) {
        enum cw_entity entity;
        if (cw_entity_from_name(match->captures[i].name, &entity) &&
            !cw_entities_add(entities, arena, entity, match->captures[i].value))
            return false;
    }
    return true;
}

bool cw_captured_entities(struct cw_entities *entities, struct cw_arena *arena,
                          const struct cw_match *match, const struct cw_scope *scope)
{
    return match_entities(entities, arena, match) && scope_entities(entities, arena, scope);
}
