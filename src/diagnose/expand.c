#include "diagnose/expand.h"

#include "base/limits.h"

enum { EXPANDED_MOST = 64 * 1024 };

/* The values of the placeholder `name`; a single one is put into `single`. */
static struct cw_strings values_of(const struct cw_expansion *expansion, struct cw_str name,
                                   struct cw_str *single)
{
    enum cw_entity entity;
    if (expansion->bound.len && cw_str_eq(name, expansion->bound)) {
        *single = expansion->bound_value;
        return (struct cw_strings){single, 1, 0};
    }
    if (cw_entity_from_name(name, &entity))
        return expansion->entities->of[entity];
    if (cw_str_eq(name, CW_STR("owned_service")))
        return *expansion->owned_services;
    if (cw_str_eq(name, CW_STR("owned_file")))
        return *expansion->owned_files;
    if (cw_str_eq(name, CW_STR("code")))
        *single = expansion->code;
    else if (cw_str_eq(name, CW_STR("process")))
        *single = expansion->process;
    else if (cw_str_eq(name, CW_STR("servicing_process")))
        *single = expansion->servicing_process;
    return (struct cw_strings){single, single->len > 0, 0};
}

/* The first placeholder of `text`: `ret_before` and `ret_after` are what stands around it. */
static bool find_placeholder(struct cw_str text, struct cw_str *ret_before, struct cw_str *ret_name,
                             struct cw_str *ret_after)
{
    size_t at = cw_str_find(text, CW_STR("${"));
    if (at == SIZE_MAX)
        return false;
    struct cw_str rest = cw_str_from(text, at + 2);
    size_t end = cw_str_find_char(rest, '}');
    if (end == SIZE_MAX)
        return false;
    *ret_before = cw_str_head(text, at);
    *ret_name = cw_str_head(rest, end);
    *ret_after = cw_str_from(rest, end + 1);
    return true;
}

bool cw_expand_text(const struct cw_expansion *expansion, struct cw_arena *arena,
                    struct cw_str text, struct cw_str *ret_text)
{
    struct cw_buf buf;
    cw_buf_init(&buf, EXPANDED_MOST);
    struct cw_str before;
    struct cw_str name;
    struct cw_str after;
    while (find_placeholder(text, &before, &name, &after)) {
        struct cw_str single = CW_STR_NONE;
        struct cw_strings values = values_of(expansion, name, &single);
        (void)cw_buf_append(&buf, before);
        (void)cw_buf_append(&buf, values.count ? values.items[0] : expansion->unknown);
        text = after;
    }
    bool done =
        cw_buf_append(&buf, text) && !buf.failed && cw_arena_str(arena, cw_buf_str(&buf), ret_text);
    cw_buf_done(&buf);
    return done;
}

/* One line for each value of the placeholder; all others of the line have their first value. */
static bool expand_line(const struct cw_expansion *expansion, struct cw_arena *arena,
                        struct cw_str template, struct cw_strings *into)
{
    struct cw_str before;
    struct cw_str name;
    struct cw_str after;
    if (!find_placeholder(template, &before, &name, &after))
        return cw_strings_add(into, arena, template);
    struct cw_str single = CW_STR_NONE;
    struct cw_strings values = values_of(expansion, name, &single);
    for (size_t i = 0; i < values.count; i++) {
        struct cw_str rest;
        struct cw_buf buf;
        struct cw_expansion here = *expansion;
        here.bound = name;
        here.bound_value = values.items[i];
        cw_buf_init(&buf, EXPANDED_MOST);
        bool done = cw_expand_text(&here, arena, after, &rest) && cw_buf_append(&buf, before) &&
                    cw_buf_append(&buf, values.items[i]) && cw_buf_append(&buf, rest) &&
                    cw_strings_add(into, arena, cw_buf_str(&buf));
        cw_buf_done(&buf);
        if (!done)
            return false;
    }
    return true;
}

bool cw_expand_list(const struct cw_expansion *expansion, struct cw_arena *arena,
                    const struct cw_strings *templates, struct cw_strings *into)
{
    for (size_t i = 0; i < templates->count; i++) {
        if (!expand_line(expansion, arena, templates->items[i], into))
            return false;
    }
    return true;
}

/* Letters, digits and what names of services, files and devices are made of. Device ids hold '&',
 * which is only a character inside quotes. */
static bool is_safe_in_command(struct cw_str value, bool quoted)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        bool letter = cw_to_lower(c) >= 'a' && cw_to_lower(c) <= 'z';
        if (!letter && !cw_is_digit(c) && (c == '\0' || !strchr(" _.-\\/:{}#~@+,=()", c)) &&
            !(c == '&' && quoted))
            return false;
    }
    return true;
}

/* Every value that may be put into the template is harmless there. */
static bool is_safe_template(const struct cw_expansion *expansion, struct cw_str template)
{
    struct cw_str before;
    struct cw_str name;
    struct cw_str after;
    bool quoted = false;
    while (find_placeholder(template, &before, &name, &after)) {
        struct cw_str single = CW_STR_NONE;
        struct cw_strings values = values_of(expansion, name, &single);
        for (size_t i = 0; i < before.len; i++)
            quoted ^= before.ptr[i] == '"';
        for (size_t i = 0; i < values.count; i++) {
            if (!is_safe_in_command(values.items[i], quoted))
                return false;
        }
        template = after;
    }
    return true;
}

bool cw_expand_commands(const struct cw_expansion *expansion, struct cw_arena *arena,
                        const struct cw_strings *templates, struct cw_strings *into,
                        bool *ret_left_out)
{
    *ret_left_out = false;
    for (size_t i = 0; i < templates->count; i++) {
        if (!is_safe_template(expansion, templates->items[i]))
            *ret_left_out = true;
        else if (!expand_line(expansion, arena, templates->items[i], into))
            return false;
    }
    return true;
}
