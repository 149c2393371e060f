#include "diagnose/writes.h"

#include "model/machines.h"

static struct cw_written_thing thing_of(const struct cw_written *written)
{
    return cw_thing_of(written->kind, cw_past_name(&written->name));
}

static bool is_later(const struct cw_past_line *line, const struct cw_refusal *refusal,
                     cw_time time)
{
    if (line->source == refusal->evidence->source)
        return line->line > refusal->evidence->line;
    return line->time > time;
}

/* Of one time the first in the order of the logs. */
static bool comes_first(const struct cw_past_line *a, const struct cw_past_line *b)
{
    return a->source != b->source ? a->source < b->source : a->line < b->line;
}

static void consider(struct cw_writes *writes, const struct cw_past_line *line, bool later)
{
    const struct cw_past_line **place = later ? &writes->after : &writes->before;
    const struct cw_past_line *best = *place;
    bool nearer = best && (later ? line->time < best->time : line->time > best->time);
    if (!best || nearer || (line->time == best->time && comes_first(line, best)))
        *place = line;
}

struct cw_writes cw_writes_find(const struct cw_case *c, const struct cw_refusal *refusal,
                                cw_time time)
{
    struct cw_writes writes = {NULL, NULL};
    for (size_t i = 0; i < c->past.written_count; i++) {
        const struct cw_written *written = &c->past.written[i];
        struct cw_written_thing thing = thing_of(written);
        size_t source = written->last.source;
        if (!cw_same_thing(&thing, &refusal->thing) ||
            c->sources[source].copy_of != CW_SOURCE_NONE ||
            !cw_may_be_same_machine(c, refusal->evidence->source, source))
            continue;
        consider(&writes, &written->first, is_later(&written->first, refusal, time));
        consider(&writes, &written->last, is_later(&written->last, refusal, time));
    }
    return writes;
}

static bool stands_in(const struct cw_past_line *line, const struct cw_section *section)
{
    return line->source == section->source && line->line >= section->first_line &&
           line->line <= section->last_line;
}

bool cw_writes_spared(const struct cw_case *c, const struct cw_refusal *refusal,
                      const struct cw_section *section, struct cw_spared *ret_spared)
{
    struct cw_spared found = {.line = NULL};
    for (size_t i = 0; i < c->past.written_count; i++) {
        const struct cw_written *written = &c->past.written[i];
        const struct cw_past_line *const lines[] = {&written->first, &written->last};
        struct cw_written_thing thing = thing_of(written);
        if (thing.kind != refusal->thing.kind || cw_same_thing(&thing, &refusal->thing))
            continue;
        for (size_t k = 0; k < sizeof(lines) / sizeof(lines[0]); k++) {
            if (stands_in(lines[k], section) && (!found.line || lines[k]->line > found.line->line))
                found = (struct cw_spared){thing, lines[k]};
        }
    }
    if (found.line)
        *ret_spared = found;
    return found.line;
}
