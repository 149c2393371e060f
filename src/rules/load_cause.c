#include "rules/load_rules.h"

static const struct cw_word confidence_items[] = {
    {"observed", CW_CONFIDENCE_OBSERVED},
    {"consistent", CW_CONFIDENCE_CONSISTENT},
    {"possible", CW_CONFIDENCE_POSSIBLE},
};
static const struct cw_word role_items[] = {
    {"cause", CW_CAUSE_CAUSE},
    {"symptom", CW_CAUSE_SYMPTOM},
    {"harmless", CW_CAUSE_HARMLESS},
};
static const struct cw_word action_items[] = {{"fix", 0}, {"check", 1}, {"collect", 2}};
static const struct cw_word weighing_items[] = {{"interference", CW_WEIGH_INTERFERENCE}};

#define WORDS(what, items)                                                                         \
    {                                                                                              \
        (what), (items), sizeof(items) / sizeof((items)[0])                                        \
    }
static const struct cw_words confidence_words = WORDS("confidence", confidence_items);
static const struct cw_words role_words = WORDS("role", role_items);
static const struct cw_words action_words = WORDS("kind of action", action_items);
static const struct cw_words weighing_words = WORDS("weighing", weighing_items);

static bool read_confidence(struct cw_loader *loader, const cJSON *item, void *field)
{
    int value = 0;
    if (!cw_read_word(loader, item, &confidence_words, &value))
        return false;
    *(enum cw_confidence *)field = (enum cw_confidence)value;
    return true;
}

static bool read_role(struct cw_loader *loader, const cJSON *item, void *field)
{
    int value = 0;
    if (!cw_read_word(loader, item, &role_words, &value))
        return false;
    *(enum cw_cause_role *)field = (enum cw_cause_role)value;
    return true;
}

/* Room for as many elements as the list `item` has. NULL when it is no list, which has been
 * reported, or when memory is exhausted. */
static void *list_room(struct cw_loader *loader, const cJSON *item, size_t size)
{
    if (!cJSON_IsArray(item)) {
        cw_load_error(loader, cw_json_value_offset(loader->doc, item), "a list is expected here");
        return NULL;
    }
    size_t count = (size_t)cJSON_GetArraySize(item);
    void *room = cw_arena_array(&loader->rules->arena, count, size);
    if (!room)
        (void)cw_load_nomem(loader);
    return room;
}

static bool is_declared(const struct cw_loader *loader, struct cw_str id, bool is_cause)
{
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (loader->declared[i].is_cause == is_cause && cw_str_eq(loader->declared[i].id, id))
            return true;
    }
    return false;
}

static bool read_signal_ref(struct cw_loader *loader, const cJSON *item,
                            const struct cw_signal **ret_signal)
{
    struct cw_str id = cw_str_c(cJSON_GetStringValue(item));
    *ret_signal = cw_rules_signal(loader->rules, id);
    if (*ret_signal)
        return true;
    bool left_out = is_declared(loader, id, false);
    cw_load_error(loader, cw_json_value_offset(loader->doc, item),
                  left_out ? "signal \"%.*s\" has an error" : "there is no signal \"%.*s\"",
                  CW_STR_ARG(id));
    return false;
}

static bool read_signal_refs(struct cw_loader *loader, const cJSON *item,
                             const struct cw_signal ***ret_signals, size_t *ret_count)
{
    const struct cw_signal **signals = list_room(loader, item, sizeof(const struct cw_signal *));
    if (!signals)
        return false;
    bool good = true;
    size_t count = 0;
    for (const cJSON *child = item->child; child; child = child->next) {
        if (read_signal_ref(loader, child, &signals[count]))
            count++;
        else
            good = false;
    }
    *ret_signals = signals;
    *ret_count = count;
    return good;
}

static bool read_all(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_cause *cause = field;
    return read_signal_refs(loader, item, &cause->all, &cause->all_count);
}

static bool read_any(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_cause *cause = field;
    return read_signal_refs(loader, item, &cause->any, &cause->any_count);
}

static bool read_none(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_cause *cause = field;
    return read_signal_refs(loader, item, &cause->none, &cause->none_count);
}

static bool read_codes(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_cause *cause = field;
    cause->codes = list_room(loader, item, sizeof(*cause->codes));
    if (!cause->codes)
        return false;
    bool good = true;
    for (const cJSON *child = item->child; child; child = child->next) {
        struct cw_str spelling = cw_str_c(cJSON_GetStringValue(child));
        if (cw_code_parse(spelling, &cause->codes[cause->code_count])) {
            cause->code_count++;
            continue;
        }
        cw_load_error(loader, cw_json_value_offset(loader->doc, child),
                      "\"%.*s\" is no error code in a string", CW_STR_ARG(spelling));
        good = false;
    }
    return good;
}

static bool read_agree(struct cw_loader *loader, const cJSON *item, void *field)
{
    bool good = cw_read_strings(loader, item, field);
    for (const cJSON *child = item->child; good && child; child = child->next) {
        enum cw_entity entity;
        if (cw_entity_from_name(cw_str_c(child->valuestring), &entity))
            continue;
        cw_load_error(loader, cw_json_value_offset(loader->doc, child),
                      "\"%s\" is no kind of entity", child->valuestring);
        good = false;
    }
    return good;
}

static bool explains_something(const struct cw_loader *loader, struct cw_str target)
{
    if (!cw_str_ends(target, CW_STR("*")))
        return is_declared(loader, target, true);
    struct cw_str begin = cw_str_head(target, target.len - 1);
    for (size_t i = 0; i < loader->declared_count; i++) {
        if (loader->declared[i].is_cause && cw_str_starts(loader->declared[i].id, begin))
            return true;
    }
    return false;
}

static bool read_explains(struct cw_loader *loader, const cJSON *item, void *field)
{
    bool good = cw_read_strings(loader, item, field);
    for (const cJSON *child = item->child; good && child; child = child->next) {
        if (explains_something(loader, cw_str_c(child->valuestring)))
            continue;
        cw_load_error(loader, cw_json_value_offset(loader->doc, child),
                      "there is no cause \"%s\" to explain", child->valuestring);
        good = false;
    }
    return good;
}

static bool read_entities(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_key keys[CW_ENTITY_KINDS];
    for (size_t i = 0; i < CW_ENTITY_KINDS; i++) {
        keys[i] = (struct cw_key){cw_entity_name((enum cw_entity)i).ptr,
                                  offsetof(struct cw_entities, of) + i * sizeof(struct cw_strings),
                                  cw_read_templates, false};
    }
    return cw_read_object(loader, item, CW_KEYS(keys), field);
}

static const struct cw_key allowlist_keys[] = {
    {"process", offsetof(struct cw_allowlist, process), cw_read_templates, false},
    {"registry_key", offsetof(struct cw_allowlist, registry_key), cw_read_templates, false},
    {"file", offsetof(struct cw_allowlist, file), cw_read_templates, false},
};

static bool read_allowlist(struct cw_loader *loader, const cJSON *item, void *field)
{
    return cw_read_object(loader, item, CW_KEYS(allowlist_keys), field);
}

static bool read_action_kind(struct cw_loader *loader, const cJSON *item, void *field)
{
    int value = 0;
    return cw_read_word(loader, item, &action_words, &value) && cw_read_string(loader, item, field);
}

static const struct cw_key action_keys[] = {
    {"kind", offsetof(struct cw_action, kind), read_action_kind, true},
    {"text", offsetof(struct cw_action, text), cw_read_text, true},
    {"commands", offsetof(struct cw_action, commands), cw_read_templates, false},
};

bool cw_load_actions(struct cw_loader *loader, const cJSON *item, struct cw_action **ret_actions,
                     size_t *ret_count)
{
    void *items = NULL;
    if (!cw_read_objects(loader, item, CW_KEYS(action_keys), sizeof(struct cw_action), &items,
                         ret_count))
        return false;
    *ret_actions = items;
    return true;
}

static bool read_settle(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_hypothesis *hypothesis = field;
    return cw_load_actions(loader, item, &hypothesis->settle, &hypothesis->settle_count);
}

static bool read_actions(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_cause *cause = field;
    return cw_load_actions(loader, item, &cause->actions, &cause->action_count);
}

static bool read_weighing(struct cw_loader *loader, const cJSON *item, void *field)
{
    int value = 0;
    if (!cw_read_word(loader, item, &weighing_words, &value))
        return false;
    *(enum cw_weighing *)field = (enum cw_weighing)value;
    return true;
}

static const struct cw_key hypothesis_keys[] = {
    {"statement", offsetof(struct cw_hypothesis, statement), cw_read_text, true},
    {"confidence", offsetof(struct cw_hypothesis, confidence), read_confidence, true},
    {"reason", offsetof(struct cw_hypothesis, reason), cw_read_text, true},
    {"settle", 0, read_settle, true},
    {"weigh", offsetof(struct cw_hypothesis, weigh), read_weighing, false},
};

static bool read_hypotheses(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_cause *cause = field;
    void *items = NULL;
    if (!cw_read_objects(loader, item, CW_KEYS(hypothesis_keys), sizeof(struct cw_hypothesis),
                         &items, &cause->hypothesis_count))
        return false;
    cause->hypotheses = items;
    return true;
}

/* Offset 0: what fills a pair of fields is given the whole structure. */
#define FIELD(name) offsetof(struct cw_cause, name)
static const struct cw_key cause_keys[] = {
    {"id", FIELD(id), cw_read_id, true},
    {"all", 0, read_all, false},
    {"any", 0, read_any, false},
    {"none", 0, read_none, false},
    {"ordered", FIELD(ordered), cw_read_bool, false},
    {"gather", FIELD(gather), cw_read_bool, false},
    {"code", 0, read_codes, false},
    {"agree", FIELD(agree), read_agree, false},
    {"role", FIELD(role), read_role, false},
    {"explains", FIELD(explains), read_explains, false},
    {"confidence", FIELD(confidence), read_confidence, true},
    {"confidence_reason", FIELD(confidence_reason), cw_read_text, true},
    {"title", FIELD(title), cw_read_text, true},
    {"explanation", FIELD(explanation), cw_read_text, true},
    {"entities", FIELD(entities), read_entities, false},
    {"hypotheses", 0, read_hypotheses, false},
    {"actions", 0, read_actions, false},
    {"allowlist", FIELD(allowlist), read_allowlist, false},
    {"references", FIELD(references), cw_read_strings, false},
};

static bool is_about_denials(const struct cw_cause *cause)
{
    for (size_t i = 0; i < cause->code_count; i++) {
        if (!cw_code_is_denial(cause->codes[i]))
            return false;
    }
    return cause->code_count > 0;
}

/* What speaks for and against a refused write can be asked of one statement, and of refusals. */
static bool check_weighing(struct cw_loader *loader, const cJSON *object,
                           const struct cw_cause *cause)
{
    size_t weighed = 0;
    for (size_t i = 0; i < cause->hypothesis_count; i++)
        weighed += cause->hypotheses[i].weigh == CW_WEIGH_INTERFERENCE;
    const char *complaint =
        weighed > 1 ? "only one hypothesis can have \"weigh\": \"interference\""
        : weighed && !is_about_denials(cause)
            ? "\"weigh\": \"interference\" wants a \"code\" that lists nothing but access denied"
            : NULL;
    if (complaint)
        cw_load_error(loader, cw_json_offset(object), "%s", complaint);
    return !complaint;
}

bool cw_load_cause(struct cw_loader *loader, const cJSON *object, struct cw_cause *ret_cause)
{
    struct cw_cause cause = {
        .place = cw_json_place(loader->doc, cw_json_offset(object)),
    };
    if (!cw_read_object(loader, object, CW_KEYS(cause_keys), &cause))
        return false;
    if (cause.all_count == 0 && cause.any_count == 0) {
        cw_load_error(loader, cw_json_offset(object), "\"all\" or \"any\" must name a signal");
        return false;
    }
    if (!check_weighing(loader, object, &cause))
        return false;
    *ret_cause = cause;
    return true;
}
