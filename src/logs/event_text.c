#include "logs/event_text.h"

static bool is_ascii(const struct cw_operation *operation)
{
    return cw_text_is_ascii(operation->name) && cw_text_is_ascii(operation->argument);
}

static bool are_ascii(const struct cw_operation *operations, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_ascii(&operations[i]))
            return false;
    }
    return true;
}

static bool convert_operations(struct cw_codepage *page, struct cw_arena *arena,
                               struct cw_scope *scope)
{
    if (are_ascii(scope->operations, scope->depth))
        return true;
    struct cw_operation *operations = cw_arena_array(arena, scope->depth, sizeof(*operations));
    if (!operations)
        return false;
    for (size_t i = 0; i < scope->depth; i++) {
        operations[i] = scope->operations[i];
        if (!cw_codepage_convert(page, arena, operations[i].name, &operations[i].name) ||
            !cw_codepage_convert(page, arena, operations[i].argument, &operations[i].argument))
            return false;
    }
    scope->operations = operations;
    return true;
}

bool cw_event_convert(struct cw_codepage *page, struct cw_arena *arena, struct cw_event *event)
{
    struct cw_str *const texts[] = {&event->text, &event->name, &event->value, &event->scope.title,
                                    &event->scope.instance};
    if (!cw_codepage_learn(page, event->text))
        return false;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (!cw_codepage_convert(page, arena, *texts[i], texts[i]))
            return false;
    }
    return convert_operations(page, arena, &event->scope);
}
