#include "model/inf_learn.h"

void cw_inf_learn(struct cw_case *c, struct cw_arena *scratch, const struct cw_event *event)
{
    bool service = cw_str_eq(event->name, CW_STR("Add Service"));
    bool file = cw_str_eq(event->name, CW_STR("Copy File"));
    const struct cw_scope *scope = &event->scope;
    if ((!service && !file) || event->value.len == 0)
        return;
    for (size_t i = scope->depth; i > 0; i--) {
        enum cw_entity entity;
        const struct cw_operation *operation = &scope->operations[i - 1];
        if (!cw_entity_of_operation(operation->name, &entity) || entity != CW_ENTITY_INF)
            continue;
        struct cw_entities names = {0};
        if (!cw_entities_add(&names, scratch, CW_ENTITY_INF, operation->argument) ||
            names.of[CW_ENTITY_INF].count == 0)
            return;
        struct cw_learned_inf *inf = cw_case_inf(c, names.of[CW_ENTITY_INF].items[0]);
        if (inf)
            (void)cw_strings_add(service ? &inf->services : &inf->files, &c->arena, event->value);
        return;
    }
}
