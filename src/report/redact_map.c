/* The private map, as JSON:
 *
 *     {"format": "cbswhy-redact-map", "version": 1,
 *      "values": [{"token": "USER-1", "kind": "user", "value": "jdoe"}, ...]}
 *
 * Two values may have one token: a user, and the short name of that user's profile. */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"
#include "report/json_writer.h"
#include "report/redact.h"

static const char map_format[] = "cbswhy-redact-map";
enum { MAP_VERSION = 1 };

static struct cw_str string_of(const cJSON *object, const char *key)
{
    return cw_str_c(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key)));
}

static bool kind_of(struct cw_str name, enum cw_identifier *ret_kind)
{
    for (size_t kind = 0; kind < CW_IDENTIFIERS; kind++) {
        if (!cw_str_eq(name, cw_identifier_name((enum cw_identifier)kind)))
            continue;
        *ret_kind = (enum cw_identifier)kind;
        return true;
    }
    return false;
}

/* The value that has this token already, or CW_REDACT_NONE. */
static uint32_t find_owner(const struct cw_redact_values *values, enum cw_identifier kind,
                           uint64_t number)
{
    for (uint32_t i = 0; i < values->count; i++) {
        if (values->items[i].kind == kind && values->items[i].number == number)
            return i;
    }
    return CW_REDACT_NONE;
}

/* One of the map's values. CW_ERR_INVALID when it is none. */
static int take_value(struct cw_redact_values *values, const cJSON *object)
{
    enum cw_identifier kind;
    enum cw_identifier token_kind;
    uint64_t number;
    uint32_t index;
    struct cw_str value = string_of(object, "value");
    bool known = kind_of(string_of(object, "kind"), &kind);
    if (!known || value.len == 0 || !cw_text_is_utf8(value) ||
        !cw_identifier_is_token(string_of(object, "token"), &token_kind, &number) ||
        kind != token_kind)
        return CW_ERR_INVALID;
    int status = cw_redact_values_add(values, kind, value, &index);
    if (status < 0)
        return status;
    if (index == CW_REDACT_NONE || values->items[index].number ||
        values->items[index].same_as != CW_REDACT_NONE)
        return CW_ERR_INVALID;
    uint32_t owner = find_owner(values, kind, number);
    if (owner == CW_REDACT_NONE)
        values->items[index].number = number;
    else
        values->items[index].same_as = owner;
    cw_redact_values_avoid(values, kind, number);
    return CW_OK;
}

static int take_map(struct cw_redact_values *values, const cJSON *map)
{
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(map, "version");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(map, "values");
    const cJSON *object = NULL;
    int status = CW_OK;
    if (!cw_str_eq(string_of(map, "format"), cw_str_c(map_format)) ||
        cJSON_GetNumberValue(version) != MAP_VERSION || !cJSON_IsArray(list))
        return CW_ERR_INVALID;
    cJSON_ArrayForEach(object, list)
    {
        if (status == CW_OK)
            status = take_value(values, object);
    }
    return status;
}

static int read_map(struct cw_redaction *redaction, const char *path, struct cw_error *error)
{
    struct cw_arena arena = {0};
    struct cw_str text;
    int status = cw_os_read_file(path, CW_LIMIT_REDACT_MAP, &arena, &text, error);
    if (status < 0)
        return status;
    cJSON *map = cJSON_ParseWithLengthOpts(text.ptr, text.len + 1, NULL, true);
    status = map ? take_map(&redaction->values, map) : CW_ERR_INVALID;
    cJSON_Delete(map);
    cw_arena_done(&arena);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    return status < 0 ? cw_fail(error, status, "'%s' is no map of tokens, or is damaged", path)
                      : CW_OK;
}

int cw_redaction_read_map(struct cw_redaction *redaction, const char *path, struct cw_error *error)
{
    struct cw_os_info info;
    int status = cw_os_stat(path, &info, error);
    if (status == CW_ERR_NOT_FOUND)
        return CW_OK;
    if (status < 0)
        return status;
    if (info.is_link || info.kind != CW_OS_FILE)
        return cw_fail(error, CW_ERR_IO, "'%s': is no file", path);
    return read_map(redaction, path, error);
}

static int compare_entries(const void *a, const void *b)
{
    const struct cw_redact_value *first = *(struct cw_redact_value *const *)a;
    const struct cw_redact_value *second = *(struct cw_redact_value *const *)b;
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    return cw_str_compare(first->folded, second->folded);
}

/* The values that have a token, by kind and value. */
static struct cw_redact_value **sorted_values(const struct cw_redact_values *values,
                                              size_t *ret_count)
{
    struct cw_redact_value **sorted = calloc(values->count + 1, sizeof(struct cw_redact_value *));
    *ret_count = 0;
    for (size_t i = 0; sorted && i < values->count; i++) {
        struct cw_redact_value *value = &values->items[i];
        bool owns = value->same_as == CW_REDACT_NONE;
        if ((owns ? value : &values->items[value->same_as])->number)
            sorted[(*ret_count)++] = value;
    }
    if (sorted)
        qsort(sorted, *ret_count, sizeof(struct cw_redact_value *), compare_entries);
    return sorted;
}

static void write_value(struct cw_json *json, const struct cw_redact_values *values,
                        const struct cw_redact_value *value)
{
    struct cw_buf token;
    cw_buf_init(&token, 64);
    cw_redact_values_token(
        &token, value->same_as == CW_REDACT_NONE ? value : &values->items[value->same_as]);
    cw_json_object(json);
    cw_json_member_str(json, "token", cw_buf_str(&token));
    cw_json_member_str(json, "kind", cw_identifier_name(value->kind));
    cw_json_member_str(json, "value", value->text);
    cw_json_object_end(json);
    if (token.failed)
        json->status = CW_ERR_NOMEM;
    cw_buf_done(&token);
}

static int append(void *context, const char *bytes, size_t size)
{
    return cw_buf_append(context, (struct cw_str){bytes, size}) ? CW_OK : CW_ERR_NOMEM;
}

static int put_map(const struct cw_redact_values *values, struct cw_buf *text)
{
    const struct cw_output output = {append, text};
    struct cw_json json;
    size_t count;
    struct cw_redact_value **sorted = sorted_values(values, &count);
    if (!sorted)
        return CW_ERR_NOMEM;
    cw_json_begin(&json, &output, 2);
    cw_json_object(&json);
    cw_json_member_str(&json, "format", cw_str_c(map_format));
    cw_json_member_uint(&json, "version", MAP_VERSION);
    cw_json_key(&json, "values");
    cw_json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_value(&json, values, sorted[i]);
    cw_json_array_end(&json);
    cw_json_object_end(&json);
    free(sorted);
    return cw_json_end(&json);
}

int cw_redaction_write_map(const struct cw_redaction *redaction, const char *path,
                           struct cw_error *error)
{
    struct cw_buf text;
    cw_buf_init(&text, CW_LIMIT_REDACT_MAP);
    int status = put_map(&redaction->values, &text);
    status =
        status < 0 ? cw_fail_nomem(error) : cw_os_write_private(path, cw_buf_str(&text), error);
    cw_buf_done(&text);
    return status;
}
