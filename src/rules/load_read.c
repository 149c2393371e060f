#include "rules/load_read.h"

#include <stdarg.h>
#include <stdio.h>

enum { PROBLEM_TEXT = 480 };

CW_PRINTF(3, 0)
static void report(struct cw_loader *loader, size_t offset, const char *format, va_list args)
{
    char text[PROBLEM_TEXT];
    if (vsnprintf(text, sizeof(text), format, args) < 0)
        text[0] = '\0';
    if (!loader->problems)
        return;
    for (char *c = text; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == '\x7F')
            *c = '?'; /* it quotes the file, and may end on a terminal */
    }
    struct cw_place place = cw_json_place(loader->doc, offset);
    loader->problems->problem(loader->problems->context, &place, true, text);
}

void cw_load_error(struct cw_loader *loader, size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(loader, offset, format, args);
    va_end(args);
    loader->errors++;
}

bool cw_load_nomem(struct cw_loader *loader)
{
    loader->nomem = true;
    return false;
}

/* "a string is expected here" */
static bool expected(struct cw_loader *loader, const cJSON *item, const char *what)
{
    cw_load_error(loader, cw_json_value_offset(loader->doc, item), "%s is expected here", what);
    return false;
}

static const struct cw_key *find_key(struct cw_keys keys, const char *name)
{
    for (size_t i = 0; i < keys.count; i++) {
        if (strcmp(keys.items[i].name, name) == 0)
            return &keys.items[i];
    }
    return NULL;
}

static bool read_member(struct cw_loader *loader, const cJSON *object, const cJSON *member,
                        struct cw_keys keys, void *structure)
{
    const struct cw_key *key = find_key(keys, member->string);
    if (!key) {
        cw_load_error(loader, cw_json_offset(member), "unknown key \"%s\"", member->string);
        return false;
    }
    if (cJSON_GetObjectItemCaseSensitive(object, key->name) != member) {
        cw_load_error(loader, cw_json_offset(member), "key \"%s\" stands here twice", key->name);
        return false;
    }
    return key->read(loader, member, (char *)structure + key->offset);
}

static bool has_required(struct cw_loader *loader, const cJSON *object, struct cw_keys keys)
{
    bool good = true;
    for (size_t i = 0; i < keys.count; i++) {
        const struct cw_key *key = &keys.items[i];
        if (!key->required || cJSON_GetObjectItemCaseSensitive(object, key->name))
            continue;
        cw_load_error(loader, cw_json_value_offset(loader->doc, object), "key \"%s\" is missing",
                      key->name);
        good = false;
    }
    return good;
}

bool cw_read_object(struct cw_loader *loader, const cJSON *item, struct cw_keys keys,
                    void *structure)
{
    if (!cJSON_IsObject(item))
        return expected(loader, item, "an object");
    bool good = has_required(loader, item, keys);
    for (const cJSON *member = item->child; member && !loader->nomem; member = member->next) {
        if (!read_member(loader, item, member, keys, structure))
            good = false;
    }
    return good && !loader->nomem;
}

bool cw_read_objects(struct cw_loader *loader, const cJSON *item, struct cw_keys keys, size_t size,
                     void **ret_items, size_t *ret_count)
{
    if (!cJSON_IsArray(item))
        return expected(loader, item, "a list of objects");
    size_t wanted = (size_t)cJSON_GetArraySize(item);
    char *items = cw_arena_array(&loader->rules->arena, wanted, size);
    if (!items)
        return cw_load_nomem(loader);
    size_t count = 0;
    for (const cJSON *child = item->child; child && !loader->nomem; child = child->next) {
        if (cw_read_object(loader, child, keys, items + count * size))
            count++;
        else
            memset(items + count * size, 0, size);
    }
    *ret_items = items;
    *ret_count = count;
    return count == wanted;
}

/* The words of an enumeration, for a message: "cbs, setupapi". */
static void list_words(const struct cw_words *words, char *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < words->count && used < size; i++) {
        int written =
            snprintf(text + used, size - used, "%s%s", i ? ", " : "", words->items[i].name);
        used += written > 0 ? (size_t)written : 0;
    }
}

bool cw_read_word(struct cw_loader *loader, const cJSON *item, const struct cw_words *words,
                  int *ret_value)
{
    if (!cJSON_IsString(item))
        return expected(loader, item, "a string");
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->items[i].name, item->valuestring) == 0) {
            *ret_value = words->items[i].value;
            return true;
        }
    }
    char known[200] = "";
    list_words(words, known, sizeof(known));
    cw_load_error(loader, cw_json_value_offset(loader->doc, item), "unknown %s \"%s\"; known: %s",
                  words->what, item->valuestring, known);
    return false;
}

bool cw_read_word_set(struct cw_loader *loader, const cJSON *item, const struct cw_words *words,
                      unsigned *ret_set)
{
    unsigned set = 0;
    bool good = true;
    int value = 0;
    const cJSON *child = cJSON_IsArray(item) ? item->child : item;
    for (; child; child = cJSON_IsArray(item) ? child->next : NULL) {
        if (cw_read_word(loader, child, words, &value))
            set |= 1U << value;
        else
            good = false;
    }
    if (good)
        *ret_set = set;
    return good;
}

bool cw_read_append(struct cw_loader *loader, struct cw_strings *strings, struct cw_str text)
{
    void *items = strings->items;
    if (!cw_arena_grow(&loader->rules->arena, &items, &strings->cap, strings->count, sizeof(text),
                       SIZE_MAX))
        return cw_load_nomem(loader);
    strings->items = items;
    strings->items[strings->count++] = text;
    return true;
}

bool cw_read_string(struct cw_loader *loader, const cJSON *item, void *field)
{
    if (!cJSON_IsString(item) || item->valuestring[0] == '\0')
        return expected(loader, item, "a string that is not empty");
    if (!cw_arena_str(&loader->rules->arena, cw_str_c(item->valuestring), field))
        return cw_load_nomem(loader);
    return true;
}

bool cw_read_nothing(struct cw_loader *loader, const cJSON *item, void *field)
{
    (void)field;
    return cJSON_IsString(item) || expected(loader, item, "a string");
}

static bool is_id_char(char c)
{
    return (c >= 'a' && c <= 'z') || cw_is_digit(c);
}

static bool is_id(struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool joint = text.ptr[i] == '.' || text.ptr[i] == '-';
        if (joint && (i == 0 || i + 1 == text.len || !is_id_char(text.ptr[i + 1])))
            return false;
        if (!joint && !is_id_char(text.ptr[i]))
            return false;
    }
    return true;
}

bool cw_read_id(struct cw_loader *loader, const cJSON *item, void *field)
{
    if (!cJSON_IsString(item) || !is_id(cw_str_c(item->valuestring)))
        return expected(loader, item, "an id (lower case words joined by '.' and '-')");
    return cw_read_string(loader, item, field);
}

bool cw_read_bool(struct cw_loader *loader, const cJSON *item, void *field)
{
    if (!cJSON_IsBool(item))
        return expected(loader, item, "true or false");
    *(bool *)field = cJSON_IsTrue(item);
    return true;
}

static bool read_list(struct cw_loader *loader, const cJSON *item, struct cw_strings *strings,
                      cw_read_fn *read_element)
{
    bool good = true;
    for (const cJSON *child = item->child; child && !loader->nomem; child = child->next) {
        struct cw_str text = CW_STR_NONE;
        if (!read_element(loader, child, &text) || !cw_read_append(loader, strings, text))
            good = false;
    }
    return good;
}

bool cw_read_strings(struct cw_loader *loader, const cJSON *item, void *field)
{
    if (!cJSON_IsArray(item))
        return expected(loader, item, "a list of strings");
    return read_list(loader, item, field, cw_read_string);
}

bool cw_read_one_or_more(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_str text = CW_STR_NONE;
    if (cJSON_IsArray(item) && item->child)
        return read_list(loader, item, field, cw_read_string);
    return cw_read_string(loader, item, &text) && cw_read_append(loader, field, text);
}

static bool is_template_name(struct cw_str name)
{
    static const char *const others[] = {"owned_service", "owned_file", "code", "process",
                                         "servicing_process"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (cw_str_eq(name, cw_str_c(others[i])))
            return true;
    }
    enum cw_entity entity;
    return cw_entity_from_name(name, &entity);
}

static bool check_template(struct cw_loader *loader, const cJSON *item)
{
    struct cw_str text = cw_str_c(item->valuestring);
    bool good = true;
    for (size_t at = 0, found; at < text.len; at += found + 2) {
        found = cw_str_find(cw_str_from(text, at), CW_STR("${"));
        if (found == SIZE_MAX)
            break;
        struct cw_str name = cw_str_from(text, at + found + 2);
        size_t end = cw_str_find_char(name, '}');
        name = cw_str_head(name, end == SIZE_MAX ? 0 : end);
        if (is_template_name(name))
            continue;
        cw_load_error(loader, cw_json_inside_offset(loader->doc, item, at + found),
                      "\"${%.*s}\" is no template", CW_STR_ARG(name));
        good = false;
    }
    return good;
}

bool cw_read_template(struct cw_loader *loader, const cJSON *item, void *field)
{
    return cw_read_string(loader, item, field) && check_template(loader, item);
}

bool cw_read_templates(struct cw_loader *loader, const cJSON *item, void *field)
{
    if (!cJSON_IsArray(item))
        return expected(loader, item, "a list of strings");
    return read_list(loader, item, field, cw_read_template);
}

static bool is_language(struct cw_str name)
{
    bool region = name.len == 5 && name.ptr[2] == '-';
    if (name.len != 2 && !region)
        return false;
    return name.ptr[0] >= 'a' && name.ptr[0] <= 'z' && name.ptr[1] >= 'a' && name.ptr[1] <= 'z';
}

/* The languages other than English that reports are written in; a pack may hold more. */
static bool is_shown(const char *name, enum cw_language *ret_language)
{
    for (int language = CW_LANGUAGE_EN + 1; language < CW_LANGUAGES; language++) {
        if (strcmp(name, cw_language_name((enum cw_language)language)) != 0)
            continue;
        *ret_language = (enum cw_language)language;
        return true;
    }
    return false;
}

static bool keep_translation(struct cw_loader *loader, const struct cw_translation *translation)
{
    struct cw_rules *rules = loader->rules;
    void *items = rules->translations;
    if (!cw_arena_grow(&rules->arena, &items, &rules->translation_cap, rules->translation_count,
                       sizeof(*translation), SIZE_MAX / sizeof(*translation)))
        return cw_load_nomem(loader);
    rules->translations = items;
    rules->translations[rules->translation_count++] = *translation;
    return true;
}

/* A text in another language than English. */
static bool read_translation(struct cw_loader *loader, const cJSON *item, struct cw_str english)
{
    struct cw_translation translation = {.english = english};
    if (!is_language(cw_str_c(item->string))) {
        cw_load_error(loader, cw_json_offset(item), "\"%s\" is no language", item->string);
        return false;
    }
    if (!cw_read_template(loader, item, &translation.text))
        return false;
    return !is_shown(item->string, &translation.language) || keep_translation(loader, &translation);
}

bool cw_read_text(struct cw_loader *loader, const cJSON *item, void *field)
{
    if (!cJSON_IsObject(item))
        return expected(loader, item, "an object of texts by language");
    const cJSON *english = cJSON_GetObjectItemCaseSensitive(item, "en");
    if (!english)
        return expected(loader, item, "the text in English, \"en\",");
    struct cw_str *text = field;
    bool good = cw_read_template(loader, english, text);
    for (const cJSON *other = item->child; other && !loader->nomem; other = other->next) {
        if (other != english && !read_translation(loader, other, *text))
            good = false;
    }
    return good;
}
