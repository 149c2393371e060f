/* The things that a failure is about: what a person would search for. */
#ifndef CW_MODEL_ENTITY_H
#define CW_MODEL_ENTITY_H

#include "base/arena.h"
#include "logs/event.h"
#include "logs/kb.h"

enum cw_entity {
    CW_ENTITY_KB,           /* KB4474419 */
    CW_ENTITY_PACKAGE,      /* Package_63_for_KB4474419~31bf3856ad364e35~x86~~6.1.3.2 */
    CW_ENTITY_INF,          /* cpu.inf (file name only) */
    CW_ENTITY_DRIVER,       /* AMD K8 Processor */
    CW_ENTITY_SERVICE,      /* AmdK8 */
    CW_ENTITY_DEVICE,       /* an instance or hardware id */
    CW_ENTITY_COMPONENT,    /* a component identity or WinSxS key form */
    CW_ENTITY_INSTALLER,    /* an advanced installer */
    CW_ENTITY_REGISTRY_KEY, /* HKLM\SYSTEM\CurrentControlSet\Services\AmdK8 */
    CW_ENTITY_FILE          /* C:\Windows\system32\drivers\amdk8.sys */
};
enum { CW_ENTITY_KINDS = 10 };

/* "kb", "package", ...; also the names of captures in rules that become entities. */
struct cw_str cw_entity_name(enum cw_entity entity);
bool cw_entity_from_name(struct cw_str name, enum cw_entity *ret_entity);

/* An ordered list of strings in an arena. */
struct cw_strings {
    struct cw_str *items;
    size_t count;
    size_t cap;
};

/* Adds a copy of `text` unless it is empty or already there (ASCII case does not count), or there
 * are CW_LIMIT_RUN_ITEMS: an update of hundreds of packages is told by the first of them. False
 * when memory is exhausted. */
bool cw_strings_add(struct cw_strings *strings, struct cw_arena *arena, struct cw_str text);
bool cw_strings_has(const struct cw_strings *strings, struct cw_str text);
/* True when one is in both. */
bool cw_strings_share(const struct cw_strings *a, const struct cw_strings *b);

struct cw_entities {
    struct cw_strings of[CW_ENTITY_KINDS];
};

/* Brings `value` into the form above (an INF path becomes its file name, HKEY_LOCAL_MACHINE and
 * \Registry\Machine become HKLM, \??\C:\x becomes C:\x) and adds it. A package also adds the KB
 * that its name holds. */
bool cw_entities_add(struct cw_entities *entities, struct cw_arena *arena, enum cw_entity entity,
                     struct cw_str value);
bool cw_entities_merge(struct cw_entities *into, struct cw_arena *arena,
                       const struct cw_entities *from);

/* The entity that an operation's argument or a property's value is, by its name in SetupAPI logs:
 * "Add Service" -> service, "Hardware Id" -> device. False when the name says nothing. */
bool cw_entity_of_operation(struct cw_str name, enum cw_entity *ret_entity);
bool cw_entity_of_property(struct cw_str name, enum cw_entity *ret_entity);

#endif
