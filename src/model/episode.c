#include "model/episode.h"

#include "base/limits.h"

bool cw_evidence_keep(struct cw_arena *arena, size_t source, const struct cw_event *event,
                      struct cw_evidence *ret_evidence)
{
    struct cw_str text = cw_str_head(event->text, cw_str_find_char(event->text, '\n'));
    struct cw_evidence evidence = {
        .source = source,
        .line = event->line,
        .last_line = event->last_line,
        .offset = event->offset,
        .level = event->level,
        .time = event->time,
    };
    if (!cw_arena_str(arena, cw_str_trim(cw_str_head(text, CW_LIMIT_QUOTE)), &evidence.text))
        return false;
    *ret_evidence = evidence;
    return true;
}

bool cw_match_wanted(const struct cw_signal_match *matches, size_t count, const void *signal)
{
    size_t same = 0;
    for (size_t i = 0; i < count; i++)
        same += matches[i].signal == signal;
    return same < CW_LIMIT_MATCHES;
}

bool cw_match_add(struct cw_arena *arena, struct cw_signal_match **matches, size_t *count,
                  size_t *cap, const struct cw_signal_match *match)
{
    void *items = *matches;
    if (!cw_arena_grow(arena, &items, cap, *count, sizeof(*match), SIZE_MAX / sizeof(*match)))
        return false;
    *matches = items;
    (*matches)[(*count)++] = *match;
    return true;
}
