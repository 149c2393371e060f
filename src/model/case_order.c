/* The order of the sources of a case. */
#include <stdlib.h>

#include "base/limits.h"
#include "model/run_opening.h"

struct ranked {
    struct cw_str path;
    size_t before; /* index of the source */
};

/* Where each source went: the one at i is now at now[i]. */
struct moves {
    const size_t *now;
};

static int compare_sources(const void *a, const void *b)
{
    const struct ranked *left = a;
    const struct ranked *right = b;
    int order = cw_str_compare(left->path, right->path);
    if (order != 0)
        return order;
    return left->before < right->before ? -1 : left->before > right->before;
}

static void move(size_t *source, const struct moves *moves)
{
    *source = moves->now[*source];
}

static void move_matches(struct cw_signal_match *matches, size_t count, const struct moves *moves)
{
    for (size_t i = 0; i < count; i++)
        move(&matches[i].evidence.source, moves);
}

static void move_run(struct cw_run *run, const struct moves *moves)
{
    move(&run->source, moves);
    move(&run->end_source, moves);
    move(&run->offline.source, moves);
    for (size_t i = 0; i < run->step_count; i++)
        move(&run->steps[i].evidence.source, moves);
    move_matches(run->matches, run->match_count, moves);
}

static void move_section(struct cw_section *section, const struct moves *moves)
{
    move(&section->source, moves);
    move(&section->exit.source, moves);
    move(&section->offline.source, moves);
    for (size_t i = 0; i < section->failure_count; i++) {
        move(&section->failures[i].error.source, moves);
        move(&section->failures[i].exits.source, moves);
    }
    move_matches(section->matches, section->match_count, moves);
}

static void move_past(struct cw_past *past, const struct moves *moves)
{
    for (size_t i = 0; i < past->install_count; i++) {
        move(&past->installs[i].named.source, moves);
        move(&past->installs[i].service.source, moves);
    }
    for (size_t i = 0; i < past->written_count; i++) {
        move(&past->written[i].first.source, moves);
        move(&past->written[i].last.source, moves);
    }
}

static void move_account(struct cw_account *account, const struct moves *moves)
{
    move(&account->source, moves);
    move(&account->verdict.source, moves);
    for (size_t i = 0; i < account->error_count; i++)
        move(&account->errors[i].evidence.source, moves);
    move_matches(account->matches, account->match_count, moves);
}

static void move_open_run(struct cw_run *run, void *context)
{
    move_run(run, context);
}

/* Puts a list of pointers to episodes into the order of their sources, of which `sources` is told,
 * one each. Insertion keeps the order within a source, and there are few episodes. */
static void order_list(void *items, size_t *sources, size_t count)
{
    char *list = items;
    void *item;
    for (size_t i = 1; i < count; i++) {
        size_t source = sources[i];
        size_t at = i;
        while (at > 0 && sources[at - 1] > source)
            at--;
        memcpy(&item, list + i * sizeof(item), sizeof(item));
        memmove(list + (at + 1) * sizeof(item), list + at * sizeof(item), (i - at) * sizeof(item));
        memcpy(list + at * sizeof(item), &item, sizeof(item));
        memmove(sources + at + 1, sources + at, (i - at) * sizeof(*sources));
        sources[at] = source;
    }
}

static void order_episodes(struct cw_case *c)
{
    size_t sources[CW_LIMIT_EPISODES];
    for (size_t i = 0; i < c->run_count; i++)
        sources[i] = c->runs[i]->source;
    order_list(c->runs, sources, c->run_count);
    for (size_t i = 0; i < c->section_count; i++)
        sources[i] = c->sections[i]->source;
    order_list(c->sections, sources, c->section_count);
    for (size_t i = 0; i < c->account_count; i++)
        sources[i] = c->accounts[i]->source;
    order_list(c->accounts, sources, c->account_count);
}

static void move_all(struct cw_case *c, struct moves *moves)
{
    for (size_t i = 0; i < c->source_count; i++) {
        struct cw_run_tracker *tracker = c->sources[i].runs;
        if (c->sources[i].copy_of != CW_SOURCE_NONE)
            move(&c->sources[i].copy_of, moves);
        if (!tracker)
            continue;
        move(&tracker->source, moves);
        move(&tracker->offline.source, moves);
        cw_run_tracker_each(tracker, move_open_run, moves);
    }
    for (size_t i = 0; i < c->run_count; i++)
        move_run(c->runs[i], moves);
    for (size_t i = 0; i < c->section_count; i++)
        move_section(c->sections[i], moves);
    for (size_t i = 0; i < c->account_count; i++)
        move_account(c->accounts[i], moves);
    for (size_t i = 0; i < c->success_count; i++)
        move(&c->successes[i].source, moves);
    move_past(&c->past, moves);
}

bool cw_case_arrange(struct cw_case *c, const size_t *order)
{
    struct cw_case_source *sources = calloc(c->source_count + 1, sizeof(*sources));
    size_t *now = calloc(c->source_count + 1, sizeof(*now));
    bool done = sources && now;
    for (size_t i = 0; i < c->source_count && done; i++) {
        sources[i] = c->sources[order[i]];
        now[order[i]] = i;
    }
    if (done && c->source_count) {
        struct moves moves = {now};
        memcpy(c->sources, sources, c->source_count * sizeof(*sources));
        move_all(c, &moves);
        order_episodes(c);
    }
    free(sources);
    free(now);
    return done;
}

bool cw_case_sort_sources(struct cw_case *c, size_t first)
{
    size_t count = c->source_count - first;
    struct ranked *ranked = calloc(count + 1, sizeof(*ranked));
    size_t *order = calloc(c->source_count + 1, sizeof(*order));
    bool done = ranked && order;
    for (size_t i = 0; i < count && done; i++)
        ranked[i] = (struct ranked){c->sources[first + i].path, first + i};
    if (count && done)
        qsort(ranked, count, sizeof(*ranked), compare_sources);
    for (size_t i = 0; i < c->source_count && done; i++)
        order[i] = i < first ? i : ranked[i - first].before;
    done = done && cw_case_arrange(c, order);
    free(ranked);
    free(order);
    return done;
}
