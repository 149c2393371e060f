#include "rules/load_rules.h"

#define FIELD(name) offsetof(struct cw_inf_facts, name)
static const struct cw_key inf_keys[] = {
    {"inf", FIELD(inf), cw_read_string, true},
    {"services", FIELD(services), cw_read_strings, false},
    {"files", FIELD(files), cw_read_strings, false},
    {"source", 0, cw_read_nothing, true},
};

/* Appends to what other files gave; each list is read once, so copying it is cheap. */
static bool read_infs(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_rules *rules = field;
    void *items = NULL;
    size_t count = 0;
    bool good = cw_read_objects(loader, item, CW_KEYS(inf_keys), sizeof(struct cw_inf_facts),
                                &items, &count);
    if (count == 0)
        return good;
    struct cw_inf_facts *all =
        cw_arena_array(&rules->arena, rules->inf_count + count, sizeof(*all));
    if (!all)
        return cw_load_nomem(loader);
    if (rules->inf_count)
        memcpy(all, rules->infs, rules->inf_count * sizeof(*all));
    memcpy(all + rules->inf_count, items, count * sizeof(*all));
    rules->infs = all;
    rules->inf_count += count;
    return good;
}

static const struct cw_key knowledge_keys[] = {{"inf", 0, read_infs, true}};

bool cw_load_knowledge(struct cw_loader *loader, const cJSON *object)
{
    return cw_read_object(loader, object, CW_KEYS(knowledge_keys), loader->rules);
}
