/* The order of the sources of a case. */
#include <stdlib.h>

#include "model/case.h"

struct ranked {
    struct cw_case_source source;
    size_t before; /* its index */
};

/* Where each source went: the one at first + i is now at now[i]. */
struct moves {
    size_t first;
    const size_t *now;
};

static int compare_sources(const void *a, const void *b)
{
    const struct ranked *left = a;
    const struct ranked *right = b;
    int order = cw_str_compare(left->source.path, right->source.path);
    if (order != 0)
        return order;
    return left->before < right->before ? -1 : left->before > right->before;
}

static void move(size_t *source, const struct moves *moves)
{
    if (*source >= moves->first)
        *source = moves->now[*source - moves->first];
}

static void move_matches(struct cw_signal_match *matches, size_t count, const struct moves *moves)
{
    for (size_t i = 0; i < count; i++)
        move(&matches[i].evidence.source, moves);
}

static void move_run(struct cw_run *run, const struct moves *moves)
{
    move(&run->source, moves);
    for (size_t i = 0; i < run->step_count; i++)
        move(&run->steps[i].evidence.source, moves);
    move_matches(run->matches, run->match_count, moves);
}

static void move_section(struct cw_section *section, const struct moves *moves)
{
    move(&section->source, moves);
    move(&section->exit.source, moves);
    for (size_t i = 0; i < section->failure_count; i++) {
        move(&section->failures[i].error.source, moves);
        move(&section->failures[i].exits.source, moves);
    }
    move_matches(section->matches, section->match_count, moves);
}

static void move_account(struct cw_account *account, const struct moves *moves)
{
    move(&account->source, moves);
    move(&account->verdict.source, moves);
    for (size_t i = 0; i < account->error_count; i++)
        move(&account->errors[i].evidence.source, moves);
    move_matches(account->matches, account->match_count, moves);
}

/* Insertion keeps the order within a source, and there are few episodes. */
static void order_runs(struct cw_case *c)
{
    for (size_t i = 1; i < c->run_count; i++) {
        struct cw_run *run = c->runs[i];
        size_t at = i;
        for (; at > 0 && c->runs[at - 1]->source > run->source; at--)
            c->runs[at] = c->runs[at - 1];
        c->runs[at] = run;
    }
}

static void order_sections(struct cw_case *c)
{
    for (size_t i = 1; i < c->section_count; i++) {
        struct cw_section *section = c->sections[i];
        size_t at = i;
        for (; at > 0 && c->sections[at - 1]->source > section->source; at--)
            c->sections[at] = c->sections[at - 1];
        c->sections[at] = section;
    }
}

static void order_accounts(struct cw_case *c)
{
    for (size_t i = 1; i < c->account_count; i++) {
        struct cw_account *account = c->accounts[i];
        size_t at = i;
        for (; at > 0 && c->accounts[at - 1]->source > account->source; at--)
            c->accounts[at] = c->accounts[at - 1];
        c->accounts[at] = account;
    }
}

bool cw_case_sort_sources(struct cw_case *c, size_t first)
{
    size_t count = c->source_count - first;
    struct ranked *ranked = calloc(count + 1, sizeof(*ranked));
    size_t *now = calloc(count + 1, sizeof(*now));
    bool done = ranked && now;
    for (size_t i = 0; i < count && done; i++)
        ranked[i] = (struct ranked){c->sources[first + i], i};
    if (count && done)
        qsort(ranked, count, sizeof(*ranked), compare_sources);
    for (size_t i = 0; i < count && done; i++) {
        c->sources[first + i] = ranked[i].source;
        now[ranked[i].before] = first + i;
    }
    const struct moves moves = {first, now};
    for (size_t i = 0; i < c->run_count && done; i++)
        move_run(c->runs[i], &moves);
    for (size_t i = 0; i < c->section_count && done; i++)
        move_section(c->sections[i], &moves);
    for (size_t i = 0; i < c->account_count && done; i++)
        move_account(c->accounts[i], &moves);
    if (done) {
        order_accounts(c);
        order_runs(c);
        order_sections(c);
    }
    free(ranked);
    free(now);
    return done;
}
