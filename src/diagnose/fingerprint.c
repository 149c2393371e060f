#include "diagnose/fingerprint.h"

#include <stdio.h>

#include "base/hash.h"

/* --- the shape of a line ------------------------------------------------------------------- */

static bool is_between(char c)
{
    return cw_is_space(c) || cw_str_find_char(CW_STR(",;:()'\"<>{}=!#"), c) != SIZE_MAX;
}

static bool has_letters_only(struct cw_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = cw_to_lower(word.ptr[i]);
        if ((c < 'a' || c > 'z') && c != '-' && c != '.')
            return false;
    }
    return word.len > 1;
}

/* "contoso-spooler" out of "amd64_contoso-spooler_31bf3856ad364e35_10.0.19041.1_none_0a1b2c3d",
 * with or without a file behind it; empty for anything else. */
static struct cw_str component_of(struct cw_str word)
{
    struct cw_str name = cw_str_from(word, cw_str_find_char(word, '_'));
    name = cw_str_from(name, name.len ? 1 : 0);
    size_t end = cw_str_find_char(name, '_');
    struct cw_str token = cw_str_from(name, end);
    bool is_key = end != SIZE_MAX && end > 0 && token.len > 17 && token.ptr[17] == '_';
    return is_key ? cw_str_head(name, end) : CW_STR_NONE;
}

static void add_word(struct cw_buf *shape, struct cw_str word)
{
    struct cw_str component = component_of(cw_str_basename(word));
    if (component.len == 0)
        component = component_of(word);
    if (component.len)
        word = component;
    else if (!has_letters_only(word))
        return;
    for (size_t i = 0; i < word.len; i++)
        (void)cw_buf_char(shape, cw_to_lower(word.ptr[i]));
    (void)cw_buf_char(shape, ' ');
}

void cw_fingerprint_shape(struct cw_buf *shape, struct cw_str line)
{
    size_t begin = 0;
    size_t depth = 0;
    for (size_t at = 0; at <= line.len; at++) {
        char c = at < line.len ? line.ptr[at] : ' ';
        bool bracket = c == '[' || c == ']';
        if (!bracket && !is_between(c))
            continue;
        if (depth == 0)
            add_word(shape, cw_str_head(cw_str_from(line, begin), at - begin));
        depth += c == '[';
        depth -= c == ']' && depth > 0;
        begin = at + 1;
    }
}

/* --- the fingerprint ----------------------------------------------------------------------- */

static uint64_t hash_values(uint64_t hash, const struct cw_strings *values)
{
    for (size_t i = 0; i < values->count; i++) {
        for (size_t b = 0; b < values->items[i].len; b++) {
            char lower = cw_to_lower(values->items[i].ptr[b]);
            hash = cw_hash(hash, (struct cw_str){&lower, 1});
        }
        hash = cw_hash(hash, CW_STR("\n"));
    }
    return hash;
}

bool cw_finding_fingerprint(struct cw_finding *finding, struct cw_str shape, struct cw_arena *arena)
{
    static const enum cw_entity kinds[] = {CW_ENTITY_INF, CW_ENTITY_SERVICE, CW_ENTITY_COMPONENT,
                                           CW_ENTITY_INSTALLER};
    char code[CW_CODE_TEXT];
    uint64_t hash = cw_hash(CW_HASH_INIT, finding->id);
    hash = cw_hash(hash, cw_str_c(cw_code_text(finding->code, code)));
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        hash = cw_hash(hash, cw_entity_name(kinds[k]));
        hash = hash_values(hash, &finding->entities.of[kinds[k]]);
    }
    hash = cw_hash(hash, shape);
    char text[24];
    int len = snprintf(text, sizeof(text), "%016llx", (unsigned long long)hash);
    return len > 0 &&
           cw_arena_str(arena, (struct cw_str){text, (size_t)len}, &finding->fingerprint);
}
