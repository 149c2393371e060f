#include "rules/load_rules.h"

#define FIELD(name) offsetof(struct cw_inf_facts, name)
static const struct cw_key inf_keys[] = {
    {"inf", FIELD(inf), cw_read_string, true},
    {"services", FIELD(services), cw_read_strings, false},
    {"files", FIELD(files), cw_read_strings, false},
    {"source", 0, cw_read_nothing, true},
};

static const struct cw_word class_kind_items[] = {
    {"filter", CW_CLASS_FILTER},
    {"device", CW_CLASS_DEVICE},
    {"software", CW_CLASS_SOFTWARE},
    {"other", CW_CLASS_UNKNOWN},
};
static const struct cw_words class_kind_words = {
    "kind of class", class_kind_items, sizeof(class_kind_items) / sizeof(class_kind_items[0])};

static bool read_class_kind(struct cw_loader *loader, const cJSON *item, void *field)
{
    int value = 0;
    if (!cw_read_word(loader, item, &class_kind_words, &value))
        return false;
    *(enum cw_class_kind *)field = (enum cw_class_kind)value;
    return true;
}

static const struct cw_key class_keys[] = {
    {"guid", offsetof(struct cw_class_facts, guid), cw_read_string, true},
    {"name", offsetof(struct cw_class_facts, name), cw_read_string, true},
    {"kind", offsetof(struct cw_class_facts, kind), read_class_kind, true},
};

/* A list that grows with every file. */
struct facts {
    struct cw_keys keys;
    size_t size; /* of one */
    void **items;
    size_t *count;
};

/* Appends to what other files gave; each list is read once, so copying it is cheap. */
static bool read_facts(struct cw_loader *loader, const cJSON *item, const struct facts *facts)
{
    void *items = NULL;
    size_t count = 0;
    bool good = cw_read_objects(loader, item, facts->keys, facts->size, &items, &count);
    if (count == 0)
        return good;
    char *all = cw_arena_array(&loader->rules->arena, *facts->count + count, facts->size);
    if (!all)
        return cw_load_nomem(loader);
    if (*facts->count)
        memcpy(all, *facts->items, *facts->count * facts->size);
    memcpy(all + *facts->count * facts->size, items, count * facts->size);
    *facts->items = all;
    *facts->count += count;
    return good;
}

static bool read_infs(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_rules *rules = field;
    void *items = rules->infs;
    const struct facts facts = {CW_KEYS(inf_keys), sizeof(*rules->infs), &items, &rules->inf_count};
    bool good = read_facts(loader, item, &facts);
    rules->infs = items;
    return good;
}

static bool read_classes(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_rules *rules = field;
    void *items = rules->classes;
    const struct facts facts = {CW_KEYS(class_keys), sizeof(*rules->classes), &items,
                                &rules->class_count};
    bool good = read_facts(loader, item, &facts);
    rules->classes = items;
    return good;
}

static bool read_named(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_interference_steps *steps = field;
    return cw_load_actions(loader, item, &steps->named, &steps->named_count);
}

static bool read_unnamed(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_interference_steps *steps = field;
    return cw_load_actions(loader, item, &steps->unnamed, &steps->unnamed_count);
}

static bool read_offline(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_interference_steps *steps = field;
    return cw_load_actions(loader, item, &steps->offline, &steps->offline_count);
}

static const struct cw_key interference_keys[] = {
    {"named", 0, read_named, true},
    {"unnamed", 0, read_unnamed, true},
    {"offline", 0, read_offline, true},
};

/* Those of a later pack take the place of the built-in ones. */
static bool read_interference(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_rules *rules = field;
    return cw_read_object(loader, item, CW_KEYS(interference_keys), &rules->interference);
}

static const struct cw_key knowledge_keys[] = {
    {"inf", 0, read_infs, false},
    {"driver_class", 0, read_classes, false},
    {"interference", 0, read_interference, false},
};

bool cw_load_knowledge(struct cw_loader *loader, const cJSON *object)
{
    return cw_read_object(loader, object, CW_KEYS(knowledge_keys), loader->rules);
}
