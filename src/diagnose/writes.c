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

static void consider(struct cw_writes *writes, const struct cw_past_line *line, bool later)
{
    const struct cw_past_line **place = later ? &writes->after : &writes->before;
    if (!*place || (later ? line->time < (*place)->time : line->time > (*place)->time))
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

const struct cw_written *cw_writes_spared(const struct cw_case *c, const struct cw_refusal *refusal,
                                          const struct cw_section *section)
{
    const struct cw_written *found = NULL;
    for (size_t i = 0; i < c->past.written_count; i++) {
        const struct cw_written *written = &c->past.written[i];
        struct cw_written_thing thing = thing_of(written);
        const struct cw_past_line *line = &written->last;
        if (thing.kind == refusal->thing.kind && !cw_same_thing(&thing, &refusal->thing) &&
            line->source == section->source && line->line >= section->first_line &&
            line->line <= section->last_line && (!found || line->line > found->last.line))
            found = written;
    }
    return found;
}
