/* A pack is loaded in passes over its files, because rules name each other across files: syntax
 * and ids, then signals, then causes and knowledge, then the list of all literals.
 */
#include "rules/load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/hash.h"
#include "rules/load_rules.h"

enum { FORMAT = 1 };

extern const struct cw_embedded_file cw_rules_embedded[];
extern const size_t cw_rules_embedded_count;

/* NULL when it is absent, or no list, which has been reported. */
static const cJSON *list_of(const struct cw_json_doc *doc, const char *key)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(doc->root, key);
    return cJSON_IsArray(list) ? list : NULL;
}

static bool read_format(struct cw_loader *loader, const cJSON *item, void *field)
{
    (void)field;
    if (cJSON_IsNumber(item) && item->valuedouble == FORMAT)
        return true;
    cw_load_error(loader, cw_json_value_offset(loader->doc, item),
                  "this is no rule file of format %d", FORMAT);
    return false;
}

/* The rules themselves are read later. */
static bool read_rules_list(struct cw_loader *loader, const cJSON *item, void *field)
{
    size_t *count = field;
    if (cJSON_IsArray(item)) {
        *count += (size_t)cJSON_GetArraySize(item);
        return true;
    }
    cw_load_error(loader, cw_json_value_offset(loader->doc, item), "a list is expected here");
    return false;
}

static bool read_knowledge_later(struct cw_loader *loader, const cJSON *item, void *field)
{
    (void)loader;
    size_t *count = field;
    *count += (size_t)cJSON_GetArraySize(item);
    return true;
}

static bool read_ids_later(struct cw_loader *loader, const cJSON *item, void *field)
{
    size_t *count = field;
    struct cw_strings ids = {0};
    if (!loader->doc->file.is_added) {
        cw_load_error(loader, cw_json_offset(item), "only a pack that is added can disable rules");
        return false;
    }
    *count += (size_t)cJSON_GetArraySize(item);
    return cw_read_strings(loader, item, &ids);
}

struct file_counts {
    size_t signals, causes, knowledge, disabled;
};

static const struct cw_key file_keys[] = {
    {"format", 0, read_format, true},
    {"signals", offsetof(struct file_counts, signals), read_rules_list, false},
    {"causes", offsetof(struct file_counts, causes), read_rules_list, false},
    {"knowledge", offsetof(struct file_counts, knowledge), read_knowledge_later, false},
    {"disable", offsetof(struct file_counts, disabled), read_ids_later, false},
};

static void check_file(struct cw_loader *loader, struct file_counts *totals)
{
    struct file_counts counts = {0};
    bool good = cw_read_object(loader, loader->doc->root, CW_KEYS(file_keys), &counts);
    totals->signals += counts.signals;
    totals->causes += counts.causes;
    if (good && counts.signals + counts.causes + counts.knowledge + counts.disabled == 0)
        cw_load_error(loader, cw_json_offset(loader->doc->root), "the file holds no rule");
}

/* NULL when no rule has it. */
static struct cw_declared_id *find_declared(const struct cw_loader *loader, struct cw_str id)
{
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (cw_str_eq(loader->declared[i].id, id))
            return &loader->declared[i];
    }
    return NULL;
}

/* A pack that is added may replace rules of those before it, a signal by a signal. */
static bool replaces(const struct cw_declared_id *new_one, const struct cw_declared_id *old)
{
    return new_one->is_added && !old->is_added && new_one->is_cause == old->is_cause;
}

/* Before anything is read, so that a rule that is left out is told from one that never was. */
static void declare_ids(struct cw_loader *loader, bool is_cause)
{
    const cJSON *list = list_of(loader->doc, is_cause ? "causes" : "signals");
    for (const cJSON *rule = list ? list->child : NULL; rule; rule = rule->next) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(rule, "id");
        if (!cJSON_IsString(item))
            continue; /* reported when the rule is read */
        const struct cw_declared_id declared = {.id = cw_str_c(item->valuestring),
                                                .item = item,
                                                .is_cause = is_cause,
                                                .is_added = loader->doc->file.is_added};
        struct cw_declared_id *old = find_declared(loader, declared.id);
        if (!old)
            loader->declared[loader->declared_count++] = declared;
        else if (replaces(&declared, old))
            *old = declared;
        else
            cw_load_error(loader, cw_json_value_offset(loader->doc, item), "the id \"%s\" is taken",
                          item->valuestring);
    }
}

/* The id of a rule that is to be loaded; NULL for one that has been replaced, or whose id is taken.
 */
static const struct cw_declared_id *declared_of(const struct cw_loader *loader, const cJSON *rule)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(rule, "id");
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (loader->declared[i].item == item)
            return &loader->declared[i];
    }
    return NULL;
}

static void disable_ids(struct cw_loader *loader)
{
    const cJSON *list = list_of(loader->doc, "disable");
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next) {
        const char *id = cJSON_GetStringValue(item);
        struct cw_declared_id *declared = id ? find_declared(loader, cw_str_c(id)) : NULL;
        if (declared)
            declared->is_disabled = true;
        else if (id)
            cw_load_error(loader, cw_json_value_offset(loader->doc, item),
                          "there is no rule \"%s\" to disable", id);
    }
}

static void load_signals(struct cw_loader *loader)
{
    const cJSON *list = list_of(loader->doc, "signals");
    for (const cJSON *rule = list ? list->child : NULL; rule && !loader->nomem; rule = rule->next) {
        struct cw_signal *signal = &loader->rules->signals[loader->rules->signal_count];
        bool loaded = cw_load_signal(loader, rule, signal);
        const struct cw_declared_id *declared = declared_of(loader, rule);
        if (!loaded || !declared)
            continue;
        /* One that nothing is looked for is never seen; causes may still name it. */
        if (declared->is_disabled)
            signal->literals = (struct cw_strings){0};
        loader->rules->signal_count++;
    }
}

static void load_causes(struct cw_loader *loader)
{
    const cJSON *list = list_of(loader->doc, "causes");
    for (const cJSON *rule = list ? list->child : NULL; rule && !loader->nomem; rule = rule->next) {
        struct cw_rules *rules = loader->rules;
        bool loaded = cw_load_cause(loader, rule, &rules->causes[rules->cause_count]);
        const struct cw_declared_id *declared = declared_of(loader, rule);
        rules->cause_count += loaded && declared && !declared->is_disabled;
    }
}

static void load_knowledge(struct cw_loader *loader)
{
    const cJSON *knowledge = cJSON_GetObjectItemCaseSensitive(loader->doc->root, "knowledge");
    if (knowledge)
        (void)cw_load_knowledge(loader, knowledge);
}

static void collect_literals(struct cw_loader *loader)
{
    struct cw_rules *rules = loader->rules;
    size_t count = 0;
    for (size_t i = 0; i < rules->signal_count; i++)
        count += rules->signals[i].literals.count;
    rules->literals = cw_arena_array(&rules->arena, count, sizeof(*rules->literals));
    rules->literal_signal = cw_arena_array(&rules->arena, count, sizeof(*rules->literal_signal));
    if (!rules->literals || !rules->literal_signal) {
        (void)cw_load_nomem(loader);
        return;
    }
    for (size_t i = 0; i < rules->signal_count; i++) {
        const struct cw_signal *signal = &rules->signals[i];
        for (size_t k = 0; k < signal->literals.count; k++) {
            rules->literals[rules->literal_count] = signal->literals.items[k];
            rules->literal_signal[rules->literal_count++] = (uint32_t)i;
        }
    }
}

/* Room for every rule of every file: rules are pointed at while others are still being added. */
static void make_room(struct cw_loader *loader, struct cw_arena *scratch,
                      const struct file_counts *totals)
{
    struct cw_rules *rules = loader->rules;
    rules->signals = cw_arena_array(&rules->arena, totals->signals, sizeof(*rules->signals));
    rules->causes = cw_arena_array(&rules->arena, totals->causes, sizeof(*rules->causes));
    loader->declared =
        cw_arena_array(scratch, totals->signals + totals->causes, sizeof(*loader->declared));
    if (!rules->signals || !rules->causes || !loader->declared)
        (void)cw_load_nomem(loader);
}

static void set_version(struct cw_loader *loader, const struct cw_rule_file *files, size_t count)
{
    uint64_t hash = CW_HASH_INIT;
    for (size_t i = 0; i < count; i++)
        hash = cw_hash_file(hash, files[i].bytes);
    char text[32];
    (void)snprintf(text, sizeof(text), "1.0+%08" PRIx32, (uint32_t)(hash ^ hash >> 32));
    if (!cw_arena_str(&loader->rules->arena, cw_str_c(text), &loader->rules->version))
        (void)cw_load_nomem(loader);
}

static void open_file(struct cw_loader *loader, const struct cw_rule_file *file,
                      struct cw_arena *scratch)
{
    struct cw_rule_file kept = *file;
    if (!cw_arena_str(&loader->rules->arena, file->name, &kept.name)) {
        (void)cw_load_nomem(loader);
        return;
    }
    struct cw_json_fault fault = {0};
    int status = cw_json_open(&kept, scratch, loader->doc, &fault);
    if (status == CW_ERR_NOMEM)
        (void)cw_load_nomem(loader);
    else if (status < 0)
        cw_load_error(loader, fault.offset, "%s", fault.text);
}

/* One pass over the files that could be opened. */
static void for_each_doc(struct cw_loader *loader, struct cw_json_doc *docs, size_t count,
                         void (*step)(struct cw_loader *loader))
{
    for (size_t i = 0; i < count && !loader->nomem; i++) {
        loader->doc = &docs[i];
        if (docs[i].root)
            step(loader);
    }
}

static void declare_all(struct cw_loader *loader)
{
    declare_ids(loader, false);
    declare_ids(loader, true);
}

static void load_docs(struct cw_loader *loader, const struct cw_rule_file *files, size_t count,
                      struct cw_json_doc *docs, struct cw_arena *scratch)
{
    struct file_counts totals = {0};
    for (size_t i = 0; i < count && !loader->nomem; i++) {
        loader->doc = &docs[i];
        open_file(loader, &files[i], scratch);
        if (docs[i].root)
            check_file(loader, &totals);
    }
    make_room(loader, scratch, &totals);
    for_each_doc(loader, docs, count, declare_all);
    for_each_doc(loader, docs, count, disable_ids);
    for_each_doc(loader, docs, count, load_signals);
    for_each_doc(loader, docs, count, load_causes);
    for_each_doc(loader, docs, count, load_knowledge);
    collect_literals(loader);
    set_version(loader, files, count);
}

int cw_rules_load(const struct cw_rule_file *files, size_t count,
                  const struct cw_problem_sink *problems, struct cw_rules **ret_rules,
                  size_t *ret_errors, struct cw_error *error)
{
    struct cw_arena scratch = {0};
    struct cw_loader loader = {.problems = problems, .rules = calloc(1, sizeof(*loader.rules))};
    struct cw_json_doc *docs = cw_arena_array(&scratch, count, sizeof(*docs));
    loader.nomem = !loader.rules || !docs;
    if (!loader.nomem)
        load_docs(&loader, files, count, docs, &scratch);
    for (size_t i = 0; docs && i < count; i++)
        cw_json_close(&docs[i]);
    cw_arena_done(&scratch);
    if (loader.nomem) {
        cw_rules_free(loader.rules);
        return cw_fail_nomem(error);
    }
    *ret_rules = loader.rules;
    if (ret_errors)
        *ret_errors = loader.errors;
    return CW_OK;
}

void cw_rules_free(struct cw_rules *rules)
{
    if (!rules)
        return;
    cw_arena_done(&rules->arena);
    free(rules);
}

int cw_rules_builtin_files(struct cw_arena *arena, struct cw_rule_file **ret_files,
                           size_t *ret_count, struct cw_error *error)
{
    size_t count = cw_rules_embedded_count;
    struct cw_rule_file *files = cw_arena_array(arena, count, sizeof(*files));
    if (!files)
        return cw_fail_nomem(error);
    for (size_t i = 0; i < count; i++) {
        const struct cw_embedded_file *file = &cw_rules_embedded[i];
        files[i].name = cw_str_c(file->name);
        files[i].bytes = (struct cw_str){(const char *)file->data, file->size};
    }
    *ret_files = files;
    *ret_count = count;
    return CW_OK;
}

int cw_rules_load_builtin(const struct cw_problem_sink *problems, struct cw_rules **ret_rules,
                          size_t *ret_errors, struct cw_error *error)
{
    struct cw_arena scratch = {0};
    struct cw_rule_file *files = NULL;
    size_t count = 0;
    int status = cw_rules_builtin_files(&scratch, &files, &count, error);
    if (status >= 0)
        status = cw_rules_load(files, count, problems, ret_rules, ret_errors, error);
    cw_arena_done(&scratch);
    return status;
}
