#include "report/redact_values.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "report/redact_fold.h"

enum {
    VALUE_MOST = 1024, /* bytes; a path has 260, one of the new kind seldom more than 500 */
    SLOTS = 4 * CW_LIMIT_IDENTIFIERS,
    /* What a log holds beyond is never given, as values are far fewer; and a number that follows
     * the highest one of all would be no token's. */
    NUMBER_MOST = 1000000,
    SHORT_STEM = 6 /* characters of a name that are left in front of the '~' */
};

int cw_redact_values_init(struct cw_redact_values *values)
{
    *values = (struct cw_redact_values){0};
    cw_buf_init(&values->folded, VALUE_MOST);
    values->slots = calloc(SLOTS, sizeof(*values->slots));
    return values->slots ? CW_OK : CW_ERR_NOMEM;
}

void cw_redact_values_done(struct cw_redact_values *values)
{
    cw_arena_done(&values->arena);
    cw_buf_done(&values->folded);
    free(values->slots);
    *values = (struct cw_redact_values){0};
}

/* "%E5%BC%A0" of a URL becomes what it stands for. */
static void unescape(struct cw_buf *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->len; i++) {
        int high = text->data[i] == '%' && i + 2 < text->len ? cw_hex_digit(text->data[i + 1]) : -1;
        int low = high >= 0 ? cw_hex_digit(text->data[i + 2]) : -1;
        text->data[kept++] = low >= 0 ? (char)(high << 4 | low) : text->data[i];
        i += low >= 0 ? 2 : 0;
    }
    text->len = kept;
}

/* The form by which a value is known, good until the next call. False when memory is exhausted. */
static bool fold(struct cw_redact_values *values, enum cw_identifier kind, struct cw_str text,
                 struct cw_str *ret_folded)
{
    struct cw_buf *folded = &values->folded;
    cw_buf_clear(folded);
    if (!cw_redact_fold(folded, cw_str_head(text, VALUE_MOST)))
        return false;
    if (kind == CW_IDENTIFIER_USER)
        unescape(folded);
    if (kind == CW_IDENTIFIER_MAC) {
        size_t kept = 0;
        for (size_t i = 0; i < folded->len; i++) {
            if (cw_hex_digit(folded->data[i]) >= 0)
                folded->data[kept++] = folded->data[i];
        }
        folded->len = kept;
    }
    *ret_folded = cw_buf_str(folded);
    return true;
}

/* Where it is in the table, or would be. */
static uint32_t *find_slot(const struct cw_redact_values *values, enum cw_identifier kind,
                           struct cw_str folded)
{
    uint64_t hash = cw_hash_number(cw_hash(CW_HASH_INIT, folded), (uint64_t)kind);
    size_t slot = (size_t)(hash % SLOTS);
    for (; values->slots[slot]; slot = (slot + 1) % SLOTS) {
        const struct cw_redact_value *value = &values->items[values->slots[slot] - 1];
        if (value->kind == kind && cw_str_eq(value->folded, folded))
            break;
    }
    return &values->slots[slot];
}

int cw_redact_values_find(struct cw_redact_values *values, enum cw_identifier kind,
                          struct cw_str text, uint32_t *ret_index)
{
    struct cw_str folded;
    if (!fold(values, kind, text, &folded))
        return CW_ERR_NOMEM;
    uint32_t slot = *find_slot(values, kind, folded);
    *ret_index = slot ? slot - 1 : CW_REDACT_NONE;
    return CW_OK;
}

bool cw_redact_values_is_given(const struct cw_redact_values *values, struct cw_str text)
{
    enum cw_identifier kind;
    uint64_t number;
    if (!cw_identifier_is_token(text, &kind, &number))
        return false;
    for (size_t i = 0; i < values->count; i++) {
        if (values->items[i].kind == kind && values->items[i].number == number)
            return true;
    }
    return false;
}

/* Whether a token that was given is part of the text: it is then what a redaction left, and was
 * hidden before. */
static bool has_given(const struct cw_redact_values *values, struct cw_str text)
{
    for (size_t dash = 0; dash < text.len; dash++) {
        size_t begin = dash;
        size_t end = dash + 1;
        if (text.ptr[dash] != '-')
            continue;
        while (begin > 0 && cw_to_lower(text.ptr[begin - 1]) >= 'a' &&
               cw_to_lower(text.ptr[begin - 1]) <= 'z')
            begin--;
        while (end < text.len && cw_is_digit(text.ptr[end]))
            end++;
        if (cw_redact_values_is_given(values, cw_str_head(cw_str_from(text, begin), end - begin)))
            return true;
    }
    return false;
}

/* The least spelling stands for all: which one is met first depends on the order of the logs. */
static bool respell(struct cw_redact_values *values, struct cw_redact_value *value,
                    struct cw_str text)
{
    return cw_str_compare(text, value->text) >= 0 ||
           cw_arena_str(&values->arena, text, &value->text);
}

int cw_redact_values_add(struct cw_redact_values *values, enum cw_identifier kind,
                         struct cw_str text, uint32_t *ret_index)
{
    struct cw_redact_value value = {.kind = kind, .same_as = CW_REDACT_NONE};
    struct cw_str folded;
    void *items = values->items;
    uint32_t index = CW_REDACT_NONE;
    text = cw_str_head(text, VALUE_MOST);
    if (!fold(values, kind, text, &folded))
        return CW_ERR_NOMEM;
    uint32_t *slot = find_slot(values, kind, folded);
    if (*slot) {
        index = *slot - 1;
        if (!respell(values, &values->items[index], text))
            return CW_ERR_NOMEM;
    } else if (!has_given(values, text)) {
        if (values->count == CW_LIMIT_IDENTIFIERS)
            return CW_ERR_LIMIT;
        if (!cw_arena_str(&values->arena, text, &value.text) ||
            !cw_arena_str(&values->arena, folded, &value.folded) ||
            !cw_arena_grow(&values->arena, &items, &values->cap, values->count, sizeof(value),
                           CW_LIMIT_IDENTIFIERS))
            return CW_ERR_NOMEM;
        values->items = items;
        index = (uint32_t)values->count++;
        values->items[index] = value;
        *slot = index + 1;
    }
    if (ret_index)
        *ret_index = index;
    return CW_OK;
}

void cw_redact_values_avoid(struct cw_redact_values *values, enum cw_identifier kind,
                            uint64_t number)
{
    if (number > values->highest[kind] && number <= NUMBER_MOST)
        values->highest[kind] = number;
}

/* What of a name is left in a short one: "john doe" is "johndo". */
static struct cw_str short_stem(struct cw_str folded, char stem[SHORT_STEM])
{
    size_t len = 0;
    for (size_t i = 0; i < folded.len && len < SHORT_STEM; i++) {
        if (folded.ptr[i] != ' ' && folded.ptr[i] != '.')
            stem[len++] = folded.ptr[i];
    }
    return (struct cw_str){stem, len};
}

/* "johndo~1"; *ret_stem is what stands in front of the '~'. */
static bool is_short(struct cw_str folded, struct cw_str *ret_stem)
{
    size_t tilde = cw_str_find_char(folded, '~');
    *ret_stem = cw_str_head(folded, tilde);
    return tilde != SIZE_MAX && tilde > 0 && tilde <= SHORT_STEM && folded.len == tilde + 2 &&
           cw_is_digit(folded.ptr[tilde + 1]);
}

/* "john doe" and "john.doe", which stands in an address of mail, are one person. */
static bool is_same_name(struct cw_str a, struct cw_str b)
{
    bool same = a.len == b.len;
    for (size_t i = 0; i < a.len && same; i++) {
        char first = a.ptr[i] == '.' ? ' ' : a.ptr[i];
        same = first == (b.ptr[i] == '.' ? ' ' : b.ptr[i]);
    }
    return same;
}

/* The only user whose short names begin like that, or CW_REDACT_NONE. */
static uint32_t find_long(const struct cw_redact_values *values, struct cw_str stem)
{
    uint32_t found = CW_REDACT_NONE;
    for (uint32_t i = 0; i < values->count; i++) {
        const struct cw_redact_value *value = &values->items[i];
        char text[SHORT_STEM];
        struct cw_str of_short;
        if (value->kind != CW_IDENTIFIER_USER || is_short(value->folded, &of_short) ||
            !cw_str_eq(short_stem(value->folded, text), stem))
            continue;
        if (found != CW_REDACT_NONE && !is_same_name(values->items[found].folded, value->folded))
            return CW_REDACT_NONE;
        if (found == CW_REDACT_NONE ||
            cw_str_compare(value->folded, values->items[found].folded) < 0)
            found = i;
    }
    return found;
}

void cw_redact_values_join(struct cw_redact_values *values)
{
    for (uint32_t i = 0; i < values->count; i++) {
        struct cw_redact_value *value = &values->items[i];
        struct cw_str stem;
        if (value->kind == CW_IDENTIFIER_USER && value->number == 0 &&
            value->same_as == CW_REDACT_NONE && is_short(value->folded, &stem))
            value->same_as = find_long(values, stem);
    }
}

static int compare_values(const void *a, const void *b)
{
    const struct cw_redact_value *first = *(struct cw_redact_value *const *)a;
    const struct cw_redact_value *second = *(struct cw_redact_value *const *)b;
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    return cw_str_compare(first->folded, second->folded);
}

int cw_redact_values_number(struct cw_redact_values *values)
{
    struct cw_redact_value **fresh = calloc(values->count + 1, sizeof(struct cw_redact_value *));
    size_t count = 0;
    if (!fresh)
        return CW_ERR_NOMEM;
    for (size_t i = 0; i < values->count; i++) {
        const struct cw_redact_value *value = &values->items[i];
        if (value->in_use && value->number == 0 && value->same_as == CW_REDACT_NONE)
            fresh[count++] = &values->items[i];
    }
    qsort(fresh, count, sizeof(*fresh), compare_values);
    for (size_t i = 0; i < count; i++) {
        enum cw_identifier kind = fresh[i]->kind;
        fresh[i]->number = ++values->highest[kind];
    }
    free(fresh);
    return CW_OK;
}

struct cw_redact_value *cw_redact_values_owner(struct cw_redact_values *values, uint32_t index)
{
    struct cw_redact_value *value = &values->items[index];
    return value->same_as == CW_REDACT_NONE ? value : &values->items[value->same_as];
}

bool cw_redact_values_token(struct cw_buf *buf, const struct cw_redact_value *owner)
{
    return cw_buf_printf(buf, "%.*s-%" PRIu64, CW_STR_ARG(cw_identifier_stem(owner->kind)),
                         owner->number);
}
