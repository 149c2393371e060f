#include "model/run_opening.h"

#include <stdlib.h>

#include "model/run_line.h"
#include "model/sfc_scan.h"

enum {
    /* So many runs later a tracker is in the same state whatever it was told before: one is enough
     * unless its end was not that of what stood open in the log before. */
    RUNS_ENOUGH = 4
};

struct entry {
    struct cw_event event;
    uint32_t *anchors;
    size_t anchor_count;
    struct cw_signal_match *matches;
    size_t match_count, match_cap;
};

/* What a tracker that was told the same will show. */
struct state {
    uint64_t run_line; /* where the run under way begins, 0 = none */
    bool closing;
    bool has_sfc, sfc_active, sfc_unrepaired;
};

struct cw_run_opening {
    struct cw_arena arena;
    struct cw_case draft;
    struct entry *entries;
    size_t count, cap;
    bool over;         /* nothing more is kept */
    bool lost;         /* because it did not fit */
    struct state then; /* when it was over */
};

int cw_run_opening_begin(struct cw_run_tracker *tracker)
{
    struct cw_run_opening *opening = calloc(1, sizeof(*opening));
    if (!opening)
        return CW_ERR_NOMEM;
    cw_arena_init(&opening->arena, CW_LIMIT_OPENING);
    cw_case_init(&opening->draft);
    tracker->opening = opening;
    tracker->into = &opening->draft;
    return CW_OK;
}

void cw_run_opening_free(struct cw_run_opening *opening)
{
    if (!opening)
        return;
    cw_case_done(&opening->draft);
    cw_arena_done(&opening->arena);
    free(opening);
}

static struct state state_of(const struct cw_run_tracker *tracker)
{
    const struct cw_run *run = tracker->run;
    bool here = run && run->source == tracker->source;
    return (struct state){
        .run_line = here  ? run->first_line
                    : run ? UINT64_MAX
                          : 0,
        .closing = tracker->closing,
        .has_sfc = tracker->sfc.run != NULL,
        .sfc_active = tracker->sfc.active,
        .sfc_unrepaired = tracker->sfc.unrepaired,
    };
}

/* --- keeping --- */

static void end_keeping(struct cw_run_tracker *tracker)
{
    tracker->opening->over = true;
    tracker->opening->then = state_of(tracker);
    tracker->into = tracker->c;
}

static void lose(struct cw_run_tracker *tracker)
{
    struct cw_run_opening *opening = tracker->opening;
    opening->lost = true;
    opening->entries = NULL;
    opening->count = opening->cap = 0;
    cw_arena_done(&opening->arena);
    end_keeping(tracker);
}

static bool copy_match(struct cw_arena *arena, const struct cw_signal_match *match,
                       struct cw_signal_match *ret_copy)
{
    struct cw_signal_match copy = *match;
    copy.entities = (struct cw_entities){0};
    if (!cw_arena_str(arena, match->code_written, &copy.code_written) ||
        !cw_arena_str(arena, match->evidence.text, &copy.evidence.text) ||
        !cw_entities_merge(&copy.entities, arena, &match->entities))
        return false;
    *ret_copy = copy;
    return true;
}

/* The code stays inside the text: from where it is follows which line is quoted. */
static bool copy_event(struct cw_arena *arena, const struct cw_event *event,
                       struct cw_event *ret_copy)
{
    struct cw_str written = event->code_written;
    bool inside = written.len && written.ptr >= event->text.ptr &&
                  written.ptr < event->text.ptr + event->text.len;
    struct cw_event copy = {
        .log = event->log,
        .kind = event->kind,
        .level = event->level,
        .line = event->line,
        .last_line = event->last_line,
        .offset = event->offset,
        .time = event->time,
        .code = event->code,
        .incomplete = event->incomplete,
    };
    if (!cw_arena_str(arena, event->component, &copy.component) ||
        !cw_arena_str(arena, event->text, &copy.text) ||
        !cw_arena_str(arena, event->quote, &copy.quote))
        return false;
    if (inside)
        copy.code_written =
            (struct cw_str){copy.text.ptr + (written.ptr - event->text.ptr), written.len};
    else if (!cw_arena_str(arena, written, &copy.code_written))
        return false;
    *ret_copy = copy;
    return true;
}

static struct entry *add_entry(struct cw_run_opening *opening)
{
    void *items = opening->entries;
    if (!cw_arena_grow(&opening->arena, &items, &opening->cap, opening->count,
                       sizeof(*opening->entries), SIZE_MAX / sizeof(*opening->entries)))
        return NULL;
    opening->entries = items;
    opening->entries[opening->count] = (struct entry){0};
    return &opening->entries[opening->count++];
}

void cw_run_opening_next(struct cw_run_tracker *tracker)
{
    if (tracker->opening && !tracker->opening->over && tracker->runs_closed >= RUNS_ENOUGH)
        end_keeping(tracker);
}

void cw_run_opening_event(struct cw_run_tracker *tracker, const struct cw_event *event,
                          const uint32_t *anchors, size_t anchor_count)
{
    struct cw_run_opening *opening = tracker->opening;
    if (!opening || opening->over)
        return;
    struct entry *entry = add_entry(opening);
    uint32_t *copies = cw_arena_array(&opening->arena, anchor_count, sizeof(*copies));
    if (!entry || !copies || !copy_event(&opening->arena, event, &entry->event)) {
        lose(tracker);
        return;
    }
    if (anchor_count)
        memcpy(copies, anchors, anchor_count * sizeof(*copies));
    entry->anchors = copies;
    entry->anchor_count = anchor_count;
}

void cw_run_opening_match(struct cw_run_tracker *tracker, const struct cw_signal_match *match)
{
    struct cw_run_opening *opening = tracker->opening;
    if (!opening || opening->over || opening->count == 0)
        return;
    struct entry *entry = &opening->entries[opening->count - 1];
    struct cw_signal_match copy;
    if (!copy_match(&opening->arena, match, &copy) ||
        !cw_match_add(&opening->arena, &entry->matches, &entry->match_count, &entry->match_cap,
                      &copy))
        lose(tracker);
}

int cw_run_opening_accept(struct cw_run_tracker *tracker)
{
    if (!tracker->opening)
        return CW_OK;
    if (!cw_case_take(tracker->c, &tracker->opening->draft))
        return CW_ERR_NOMEM;
    cw_run_opening_free(tracker->opening);
    tracker->opening = NULL;
    tracker->into = tracker->c;
    return CW_OK;
}

/* --- telling it again --- */

static int tell_match(struct cw_run_tracker *tracker, const struct cw_event *event,
                      const struct cw_signal_match *match)
{
    struct cw_run *run = cw_run_tracker_run(tracker, event);
    struct cw_signal_match copy;
    if (!run)
        return CW_ERR_NOMEM;
    if (!cw_match_wanted(run->matches, run->match_count, match->signal))
        return CW_OK;
    if (!copy_match(&run->arena, match, &copy))
        return CW_ERR_NOMEM;
    copy.evidence.source = tracker->source;
    return cw_run_tracker_match(tracker, event, &copy);
}

static int tell(struct cw_run_tracker *tracker, const struct cw_run_opening *opening)
{
    int status = CW_OK;
    for (size_t i = 0; i < opening->count && status == CW_OK; i++) {
        const struct entry *entry = &opening->entries[i];
        status = cw_run_tracker_event(tracker, &entry->event, entry->anchors, entry->anchor_count);
        for (size_t k = 0; k < entry->match_count && status == CW_OK; k++)
            status = tell_match(tracker, &entry->event, &entry->matches[k]);
    }
    return status;
}

/* What the log before knew of the machine and of packages. */
struct past {
    const struct cw_run_tracker *tracker;
    cw_time boot;
    size_t source; /* of the runs that it is told to */
    bool failed;
};

static bool learn_kbs(const struct cw_run_tracker *tracker, struct cw_run *run,
                      const struct cw_strings *packages, struct cw_strings *kbs)
{
    for (size_t i = 0; i < packages->count; i++) {
        if (!cw_strings_add(kbs, &run->arena, cw_run_known_kb(tracker, packages->items[i])))
            return false;
    }
    return true;
}

static void learn_past(struct cw_run *run, void *context)
{
    struct past *past = context;
    if (run->source != past->source)
        return;
    if (run->boot == CW_TIME_NONE)
        run->boot = past->boot;
    past->failed |= !learn_kbs(past->tracker, run, &run->packages, &run->kbs) ||
                    !learn_kbs(past->tracker, run, &run->failed_packages, &run->failed_kbs);
}

static void keep_identities(const struct cw_run_tracker *tracker, struct cw_run_tracker *next)
{
    size_t slot = 0;
    for (size_t i = 0; i < CW_RUN_IDENTITIES; i++) {
        const struct cw_identity *identity = &tracker->identities[i];
        if (!identity->kb[0] || cw_run_known_kb(next, cw_str_c(identity->package)).len)
            continue;
        while (slot < CW_RUN_IDENTITIES && next->identities[slot].kb[0])
            slot++;
        if (slot == CW_RUN_IDENTITIES)
            return;
        next->identities[slot] = *identity;
    }
}

/* The log of `next` is longer than what was kept of it: it goes on by itself from there. */
static int hand_over(struct cw_run_tracker *tracker, struct cw_run_tracker *next, cw_time boot)
{
    struct cw_case *c = next->c;
    struct past past = {tracker, boot, next->source, false};
    struct state now = state_of(tracker);
    const struct state *then = &next->opening->then;
    bool same_run = now.run_line == then->run_line && now.closing == then->closing;
    bool same_sfc = now.has_sfc == then->has_sfc && now.sfc_active == then->sfc_active &&
                    now.sfc_unrepaired == then->sfc_unrepaired;
    int status = same_run ? CW_OK : cw_run_close(tracker);
    if (status == CW_OK && !same_sfc)
        status = cw_sfc_close(tracker);
    for (size_t i = 0; i < c->run_count; i++)
        learn_past(c->runs[i], &past);
    cw_run_opening_free(next->opening);
    next->opening = NULL;
    cw_run_tracker_each(next, learn_past, &past);
    if (next->boot == CW_TIME_NONE)
        next->boot = boot;
    next->saw_run |= tracker->saw_run;
    keep_identities(tracker, next);
    return past.failed ? CW_ERR_NOMEM : status;
}

int cw_run_opening_join(struct cw_run_tracker *tracker, struct cw_run_tracker *next,
                        bool *ret_joined)
{
    cw_time boot = tracker->boot;
    *ret_joined = next->opening && !next->opening->lost;
    if (!*ret_joined)
        return CW_OK;
    tracker->source = next->source;
    tracker->place_line[0] = tracker->place_offset[0] = tracker->place_offset[1] = 0;
    tracker->place_line[1] = 1;
    int status = tell(tracker, next->opening);
    if (status == CW_OK && next->opening->over)
        return hand_over(tracker, next, boot);
    struct cw_run_tracker was = *next;
    *next = *tracker;
    *tracker = (struct cw_run_tracker){.c = next->c, .into = next->c};
    cw_run_tracker_done(&was);
    return status;
}

void cw_run_tracker_each(struct cw_run_tracker *tracker,
                         void (*visit)(struct cw_run *run, void *context), void *context)
{
    struct cw_run *runs[] = {tracker->run, tracker->excerpt, tracker->sfc.run};
    for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
        if (runs[i])
            visit(runs[i], context);
    }
    const struct cw_case *draft = tracker->opening ? &tracker->opening->draft : NULL;
    for (size_t i = 0; draft && i < draft->run_count; i++)
        visit(draft->runs[i], context);
}
