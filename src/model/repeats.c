/* Episodes that several logs tell of. */
#include "model/history.h"
#include "model/machines.h"

static bool has_step(const struct cw_run *run, const struct cw_step *step)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *other = &run->steps[i];
        if (other->kind == step->kind && other->evidence.time == step->evidence.time &&
            cw_str_eq(other->evidence.text, step->evidence.text))
            return true;
    }
    return false;
}

static bool has_steps_of(const struct cw_run *run, const struct cw_run *part)
{
    for (size_t i = 0; i < part->step_count; i++) {
        if (part->steps[i].evidence.time == CW_TIME_NONE || !has_step(run, &part->steps[i]))
            return false;
    }
    return part->step_count > 0;
}

static bool may_be_copies(const struct cw_case *c, size_t a, size_t b)
{
    return !cw_logs_contradict(c, a, b) &&
           cw_str_eq_nocase(cw_series_name(c->sources[a].path), cw_series_name(c->sources[b].path));
}

/* `run` tells all that `part` does. Sessions are named by the tenth of a microsecond in which they
 * began; without one it takes two lines, to the second, in logs of one name. */
static bool tells_all(const struct cw_case *c, const struct cw_run *run, const struct cw_run *part)
{
    enum { LINES_ENOUGH = 2 };
    bool named = run->session.len && part->session.len;
    if (run->source == part->source || !has_steps_of(run, part))
        return false;
    if (named)
        return cw_str_eq(run->session, part->session);
    return part->step_count >= LINES_ENOUGH && may_be_copies(c, run->source, part->source);
}

/* Two that tell the same: one of them goes, the later. */
static bool is_repeated(const struct cw_case *c, size_t index)
{
    const struct cw_run *part = c->runs[index];
    for (size_t i = 0; i < c->run_count; i++) {
        const struct cw_run *run = c->runs[i];
        if (i == index || !tells_all(c, run, part))
            continue;
        if (i < index || !tells_all(c, part, run))
            return true;
    }
    return false;
}

/* Sections begin at a millisecond; machines that are told to do the same do it at the same time. */
static bool same_section(const struct cw_case *c, const struct cw_section *a,
                         const struct cw_section *b)
{
    return a->source != b->source && a->has_header && b->has_header && a->start != CW_TIME_NONE &&
           a->start == b->start && cw_str_eq(a->title, b->title) &&
           cw_str_eq(a->instance, b->instance) && !cw_boots_differ(a->boot, b->boot) &&
           !cw_logs_contradict(c, a->source, b->source);
}

/* One that was cut off tells less. */
static bool tells_less(const struct cw_section *a, const struct cw_section *b)
{
    if (a->complete != b->complete)
        return b->complete;
    return a->failure_count < b->failure_count;
}

static bool is_repeated_section(const struct cw_case *c, size_t index)
{
    const struct cw_section *section = c->sections[index];
    for (size_t i = 0; i < c->section_count; i++) {
        const struct cw_section *other = c->sections[i];
        if (i == index || !same_section(c, section, other))
            continue;
        if (tells_less(section, other) || (!tells_less(other, section) && i < index))
            return true;
    }
    return false;
}

void cw_history_drop_repeats(struct cw_case *c)
{
    for (size_t i = 0; i < c->run_count;) {
        if (is_repeated(c, i))
            cw_case_drop_run(c, i);
        else
            i++;
    }
    for (size_t i = 0; i < c->section_count;) {
        if (is_repeated_section(c, i))
            cw_case_drop_section(c, i);
        else
            i++;
    }
}
