#include "model/entity.h"

#include "base/limits.h"

static const struct cw_str entity_names[CW_ENTITY_KINDS] = {
    {"kb", 2},     {"package", 7},   {"inf", 3},       {"driver", 6},        {"service", 7},
    {"device", 6}, {"component", 9}, {"installer", 9}, {"registry_key", 12}, {"file", 4},
};

/* What SetupAPI calls the operation, and what its argument is. */
static const struct {
    const char *name;
    enum cw_entity entity;
} operations[] = {
    {"Add Service", CW_ENTITY_SERVICE},
    {"Delete Service", CW_ENTITY_SERVICE},
    {"Reflect Driver", CW_ENTITY_DRIVER},
    {"Configure Driver", CW_ENTITY_DRIVER},
    {"Reflect Driver Package", CW_ENTITY_INF},
    {"Configure Driver Package", CW_ENTITY_INF},
    {"Publish Driver Package", CW_ENTITY_INF},
    {"Unpublish Driver Package", CW_ENTITY_INF},
    {"Stage Driver Package", CW_ENTITY_INF},
    {"Unstage Driver Package", CW_ENTITY_INF},
    {"Update Device Drivers", CW_ENTITY_INF},
    {"Update Device", CW_ENTITY_DEVICE},
    {"Install Device", CW_ENTITY_DEVICE},
    {"Installing device", CW_ENTITY_DEVICE},
    {"Configure Device", CW_ENTITY_DEVICE},
    {"Update Device Driver", CW_ENTITY_DEVICE},
    {"Driver Setup Update Device", CW_ENTITY_DEVICE},
    {"Install Root Device", CW_ENTITY_DEVICE},
    {"Reflect Critical Device", CW_ENTITY_DEVICE},
    {"Copy File", CW_ENTITY_FILE},
};

/* The same for properties; the last ones are of Windows XP. */
static const struct {
    const char *name;
    enum cw_entity entity;
} properties[] = {
    {"Hardware Id", CW_ENTITY_DEVICE},
    {"Service Name", CW_ENTITY_SERVICE},
    {"Key Path", CW_ENTITY_REGISTRY_KEY},
    {"Inf Name", CW_ENTITY_INF},
    {"InfFile", CW_ENTITY_INF},
    {"Searching for hardware ID(s)", CW_ENTITY_DEVICE},
    {"Selected driver installs from section", CW_ENTITY_INF},
    {"Doing full install of", CW_ENTITY_DEVICE},
    {"Doing copy-only install of", CW_ENTITY_DEVICE},
    {"Installing NULL driver for", CW_ENTITY_DEVICE},
};

struct cw_str cw_entity_name(enum cw_entity entity)
{
    return entity_names[entity];
}

bool cw_entity_from_name(struct cw_str name, enum cw_entity *ret_entity)
{
    for (unsigned i = 0; i < CW_ENTITY_KINDS; i++) {
        if (cw_str_eq(name, entity_names[i])) {
            *ret_entity = (enum cw_entity)i;
            return true;
        }
    }
    return false;
}

bool cw_entity_of_operation(struct cw_str name, enum cw_entity *ret_entity)
{
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        if (cw_str_eq(name, cw_str_c(operations[i].name))) {
            *ret_entity = operations[i].entity;
            return true;
        }
    }
    return false;
}

bool cw_entity_of_property(struct cw_str name, enum cw_entity *ret_entity)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
        if (cw_str_eq(name, cw_str_c(properties[i].name))) {
            *ret_entity = properties[i].entity;
            return true;
        }
    }
    return false;
}

bool cw_strings_has(const struct cw_strings *strings, struct cw_str text)
{
    for (size_t i = 0; i < strings->count; i++) {
        if (cw_str_eq_nocase(strings->items[i], text))
            return true;
    }
    return false;
}

bool cw_strings_share(const struct cw_strings *a, const struct cw_strings *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (cw_strings_has(b, a->items[i]))
            return true;
    }
    return false;
}

bool cw_strings_add(struct cw_strings *strings, struct cw_arena *arena, struct cw_str text)
{
    if (text.len == 0 || strings->count == CW_LIMIT_RUN_ITEMS || cw_strings_has(strings, text))
        return true;
    void *items = strings->items;
    struct cw_str copy;
    if (!cw_arena_grow(arena, &items, &strings->cap, strings->count, sizeof(copy),
                       CW_LIMIT_RUN_ITEMS) ||
        !cw_arena_str(arena, text, &copy))
        return false;
    strings->items = items;
    strings->items[strings->count++] = copy;
    return true;
}

/* The last part of an INF's path; "cpu.inf" out of "cpu.inf_x86_neutral_729b871528391" too. */
static struct cw_str inf_name(struct cw_str value)
{
    struct cw_str name = cw_str_basename(value);
    size_t suffix = cw_str_find_nocase(name, CW_STR(".inf_"));
    return suffix == SIZE_MAX ? name : cw_str_head(name, suffix + 4);
}

/* How keys of the machine begin, in the registry's own words and in the kernel's. */
static const struct cw_str machine_keys[] = {
    {"HKEY_LOCAL_MACHINE", 18},
    {"\\Registry\\Machine", 17},
};

static bool add_key(struct cw_strings *keys, struct cw_arena *arena, struct cw_str value)
{
    size_t at = 0;
    while (at < 2 && !cw_str_starts_nocase(value, machine_keys[at]))
        at++;
    if (at == 2)
        return cw_strings_add(keys, arena, value);
    struct cw_str rest = cw_str_from(value, machine_keys[at].len);
    char *text = cw_arena_alloc(arena, rest.len + 5);
    if (!text)
        return false;
    memcpy(text, "HKLM", 4);
    if (rest.len)
        memcpy(text + 4, rest.ptr, rest.len);
    return cw_strings_add(keys, arena, (struct cw_str){text, rest.len + 4});
}

/* "C:\Windows" out of the kernel's "\??\C:\Windows", and of "\\?\C:\Windows". */
static struct cw_str file_path(struct cw_str value)
{
    bool kernel = cw_str_starts(value, CW_STR("\\?\?\\"));
    return kernel || cw_str_starts(value, CW_STR("\\\\?\\")) ? cw_str_from(value, 4) : value;
}

bool cw_entities_add(struct cw_entities *entities, struct cw_arena *arena, enum cw_entity entity,
                     struct cw_str value)
{
    struct cw_strings *strings = &entities->of[entity];
    value = cw_str_trim(value);
    struct cw_str kb;
    if (entity == CW_ENTITY_INF)
        return cw_strings_add(strings, arena, inf_name(value));
    if (entity == CW_ENTITY_REGISTRY_KEY)
        return add_key(strings, arena, value);
    if (entity == CW_ENTITY_FILE)
        return cw_strings_add(strings, arena, file_path(value));
    if (entity == CW_ENTITY_PACKAGE && cw_kb_of_package(value, &kb) &&
        !cw_strings_add(&entities->of[CW_ENTITY_KB], arena, kb))
        return false;
    return cw_strings_add(strings, arena, value);
}

bool cw_entities_merge(struct cw_entities *into, struct cw_arena *arena,
                       const struct cw_entities *from)
{
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        for (size_t i = 0; i < from->of[kind].count; i++) {
            if (!cw_strings_add(&into->of[kind], arena, from->of[kind].items[i]))
                return false;
        }
    }
    return true;
}
