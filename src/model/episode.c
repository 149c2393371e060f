#include "model/episode.h"

#include "base/limits.h"

static size_t count_lines(struct cw_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

/* Whether the lines of the text are those of the record, in their order. A record that Windows cut
 * has more in the file; the blank ones at its end are in none. */
static bool has_lines_of_record(const struct cw_event *event)
{
    if (event->log == CW_LOG_CBS)
        return !event->joined;
    return event->last_line - event->line == count_lines(event->text);
}

/* The line to quote: the one with the part that tells, else the first. `ret_index` is its place in
 * the record. */
static struct cw_str telling_line(const struct cw_event *event, struct cw_str part,
                                  size_t *ret_index)
{
    struct cw_str text = event->text;
    *ret_index = 0;
    bool inside = part.len && part.ptr >= text.ptr && part.ptr < text.ptr + text.len;
    if (!inside || !has_lines_of_record(event))
        return cw_str_head(text, cw_str_find_char(text, '\n'));
    struct cw_str before = cw_str_head(text, (size_t)(part.ptr - text.ptr));
    size_t begin = cw_str_find_last_char(before, '\n');
    *ret_index = count_lines(before);
    struct cw_str line = cw_str_from(text, begin == SIZE_MAX ? 0 : begin + 1);
    return cw_str_head(line, cw_str_find_char(line, '\n'));
}

bool cw_evidence_keep(struct cw_arena *arena, size_t source, const struct cw_event *event,
                      struct cw_evidence *ret_evidence)
{
    return cw_evidence_keep_part(arena, source, event, event->code_written, ret_evidence);
}

bool cw_evidence_keep_part(struct cw_arena *arena, size_t source, const struct cw_event *event,
                           struct cw_str part, struct cw_evidence *ret_evidence)
{
    size_t index = 0;
    struct cw_str text = event->quote.len ? event->quote : telling_line(event, part, &index);
    struct cw_evidence evidence = {
        .source = source,
        .line = event->line + index,
        .last_line = index ? event->line + index : event->last_line,
        .offset = event->offset,
        .level = event->level,
        .time = cw_event_when(event),
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
