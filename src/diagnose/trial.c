#include "diagnose/trial.h"

#include "base/limits.h"

struct cw_trial_signal *cw_trial_find(const struct cw_trial *trial, const struct cw_signal *signal)
{
    for (size_t i = 0; i < trial->count; i++) {
        if (trial->signals[i].signal == signal)
            return &trial->signals[i];
    }
    return NULL;
}

static void add_all(struct cw_trial *trial, const struct cw_signal *const *signals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!cw_trial_find(trial, signals[i]))
            trial->signals[trial->count++] = (struct cw_trial_signal){.signal = signals[i]};
    }
}

struct cw_trial *cw_trial_new(const struct cw_cause *cause, struct cw_arena *arena)
{
    struct cw_trial *trial = cw_arena_alloc(arena, sizeof(*trial));
    size_t most = cause->all_count + cause->any_count + cause->none_count;
    struct cw_trial_signal *signals = cw_arena_array(arena, most, sizeof(*signals));
    if (!trial || !signals)
        return NULL;
    *trial = (struct cw_trial){.cause = cause, .signals = signals};
    add_all(trial, cause->all, cause->all_count);
    add_all(trial, cause->any, cause->any_count);
    add_all(trial, cause->none, cause->none_count);
    return trial;
}

static bool keep_line(struct cw_arena *arena, struct cw_str path, const struct cw_event *event,
                      struct cw_trial_line *line)
{
    struct cw_evidence evidence;
    if (!cw_evidence_keep(arena, 0, event, &evidence) || !cw_arena_str(arena, path, &line->path))
        return false;
    line->line = evidence.line;
    line->text = evidence.text;
    return true;
}

static unsigned count_bits(unsigned bits)
{
    unsigned count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* A pattern that fits where one field does not is nearer than fields that fit around another text.
 */
static bool is_nearer(unsigned a, unsigned b)
{
    unsigned pattern = CW_MISFIT_PATTERN;
    if ((a & pattern) != (b & pattern))
        return !(a & pattern);
    return count_bits(a) < count_bits(b);
}

bool cw_trial_note(struct cw_trial_signal *signal, struct cw_arena *arena, struct cw_str path,
                   const struct cw_event *event, unsigned misfits)
{
    if (misfits == 0)
        return signal->seen++ > 0 || keep_line(arena, path, event, &signal->first);
    if (signal->missed++ > 0 && !is_nearer(misfits, signal->misfits))
        return true;
    signal->misfits = misfits;
    return keep_line(arena, path, event, &signal->nearest);
}
