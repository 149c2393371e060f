#include "model/case.h"

#include <stdlib.h>

#include "base/limits.h"
#include "model/run_tracker.h"

void cw_case_init(struct cw_case *c)
{
    *c = (struct cw_case){.store_sound = CW_TIME_NONE, .files_sound = CW_TIME_NONE};
    cw_arena_init(&c->arena, CW_LIMIT_CASE_BYTES);
}

void cw_run_free(struct cw_run *run)
{
    if (!run)
        return;
    cw_arena_done(&run->arena);
    free(run);
}

void cw_section_free(struct cw_section *section)
{
    if (!section)
        return;
    cw_arena_done(&section->arena);
    free(section);
}

void cw_case_done(struct cw_case *c)
{
    for (size_t i = 0; i < c->run_count; i++)
        cw_run_free(c->runs[i]);
    for (size_t i = 0; i < c->section_count; i++)
        cw_section_free(c->sections[i]);
    for (size_t i = 0; i < c->account_count; i++)
        cw_account_free(c->accounts[i]);
    for (size_t i = 0; i < c->source_count; i++) {
        cw_codepage_free(c->sources[i].text);
        cw_run_tracker_free(c->sources[i].runs);
        free(c->sources[i].window);
    }
    cw_past_done(&c->past);
    cw_arena_done(&c->arena);
    *c = (struct cw_case){0};
}

/* Takes an item out of a list of pointers. */
static void take_out(void *items, size_t *count, size_t index)
{
    char *item = (char *)items + index * sizeof(void *);
    --*count;
    memmove(item, item + sizeof(void *), (*count - index) * sizeof(void *));
}

void cw_case_drop_run(struct cw_case *c, size_t index)
{
    cw_run_free(c->runs[index]);
    take_out(c->runs, &c->run_count, index);
}

void cw_case_drop_section(struct cw_case *c, size_t index)
{
    cw_section_free(c->sections[index]);
    take_out(c->sections, &c->section_count, index);
}

void cw_case_drop_account(struct cw_case *c, size_t index)
{
    cw_account_free(c->accounts[index]);
    take_out(c->accounts, &c->account_count, index);
}

/* Counts the episode that has to go then. */
static bool is_full(struct cw_case *c, size_t count)
{
    c->episodes_dropped += count == CW_LIMIT_EPISODES;
    return count == CW_LIMIT_EPISODES;
}

/* A list of pointers with room for one more; NULL when memory is exhausted. */
static void *with_room(struct cw_case *c, void *items, size_t count, size_t *cap)
{
    bool grown = cw_arena_grow(&c->arena, &items, cap, count, sizeof(void *), CW_LIMIT_EPISODES);
    return grown ? items : NULL;
}

bool cw_case_add_run(struct cw_case *c, struct cw_run *run)
{
    if (is_full(c, c->run_count))
        cw_case_drop_run(c, 0);
    struct cw_run **runs = with_room(c, c->runs, c->run_count, &c->run_cap);
    if (!runs)
        return false;
    c->runs = runs;
    c->runs[c->run_count++] = run;
    return true;
}

bool cw_case_add_section(struct cw_case *c, struct cw_section *section)
{
    if (is_full(c, c->section_count))
        cw_case_drop_section(c, 0);
    struct cw_section **sections = with_room(c, c->sections, c->section_count, &c->section_cap);
    if (!sections)
        return false;
    c->sections = sections;
    c->sections[c->section_count++] = section;
    return true;
}

bool cw_case_add_account(struct cw_case *c, struct cw_account *account)
{
    if (is_full(c, c->account_count))
        cw_case_drop_account(c, 0);
    struct cw_account **accounts = with_room(c, c->accounts, c->account_count, &c->account_cap);
    if (!accounts)
        return false;
    c->accounts = accounts;
    c->accounts[c->account_count++] = account;
    return true;
}

/* "Device Install " of "Device Install (Hardware initiated)". */
static struct cw_str kind_of(struct cw_str title)
{
    return cw_str_head(title, cw_str_find_char(title, '('));
}

/* An instance is a device or a path; a root device is made under no name of its own. */
static bool does_the_same(const struct cw_section *a, const struct cw_section *b)
{
    return cw_str_find_char(a->instance, '\\') != SIZE_MAX &&
           cw_str_eq_nocase(a->instance, b->instance) &&
           cw_str_eq(kind_of(a->title), kind_of(b->title));
}

void cw_case_section_succeeded(struct cw_case *c, const struct cw_section *section)
{
    for (size_t i = 0; i < c->section_count; i++) {
        struct cw_section *other = c->sections[i];
        bool before = other->start != CW_TIME_NONE && other->start < section->start;
        if (other->outcome == CW_OUTCOME_FAILED && before && does_the_same(other, section))
            other->outcome = CW_OUTCOME_RECOVERED;
    }
}

bool cw_case_add_success(struct cw_case *c, size_t source, struct cw_str kb, cw_time time)
{
    for (size_t i = 0; i < c->success_count; i++) {
        if (c->successes[i].source == source && cw_str_eq(c->successes[i].kb, kb)) {
            c->successes[i].time = time > c->successes[i].time ? time : c->successes[i].time;
            return true;
        }
    }
    /* Past the limit an old failure stays reported although it was overcome: the safe side. */
    if (c->success_count == CW_LIMIT_EPISODES)
        return true;
    void *items = c->successes;
    struct cw_success success = {.time = time, .source = source};
    if (!cw_arena_grow(&c->arena, &items, &c->success_cap, c->success_count, sizeof(success),
                       CW_LIMIT_EPISODES) ||
        !cw_arena_str(&c->arena, kb, &success.kb))
        return false;
    c->successes = items;
    c->successes[c->success_count++] = success;
    return true;
}

static cw_time later(cw_time a, cw_time b)
{
    return a > b ? a : b; /* none is the smallest */
}

bool cw_case_take(struct cw_case *c, struct cw_case *draft)
{
    size_t taken = 0;
    while (taken < draft->run_count && cw_case_add_run(c, draft->runs[taken]))
        taken++;
    draft->run_count -= taken;
    if (draft->run_count) {
        memmove(draft->runs, draft->runs + taken, draft->run_count * sizeof(*draft->runs));
        return false;
    }
    for (size_t i = 0; i < draft->success_count; i++) {
        const struct cw_success *success = &draft->successes[i];
        if (!cw_case_add_success(c, success->source, success->kb, success->time))
            return false;
    }
    c->episodes_dropped += draft->episodes_dropped;
    c->store_sound = later(c->store_sound, draft->store_sound);
    c->files_sound = later(c->files_sound, draft->files_sound);
    return true;
}

struct cw_learned_inf *cw_case_inf(struct cw_case *c, struct cw_str inf)
{
    for (size_t i = 0; i < c->inf_count; i++) {
        if (cw_str_eq_nocase(c->infs[i].inf, inf))
            return &c->infs[i];
    }
    void *items = c->infs;
    struct cw_learned_inf learned = {0};
    if (!cw_arena_grow(&c->arena, &items, &c->inf_cap, c->inf_count, sizeof(learned),
                       CW_LIMIT_INFS) ||
        !cw_arena_str(&c->arena, inf, &learned.inf))
        return NULL;
    c->infs = items;
    c->infs[c->inf_count] = learned;
    return &c->infs[c->inf_count++];
}

bool cw_case_remark(struct cw_case *c, const struct cw_remark *remark)
{
    for (size_t i = 0; i < c->remark_count; i++) {
        struct cw_remark *known = &c->remarks[i];
        if (cw_str_eq(known->kind, remark->kind) && cw_str_eq(known->path, remark->path) &&
            cw_str_eq(known->text, remark->text)) {
            known->count += remark->count;
            return true;
        }
    }
    void *items = c->remarks;
    struct cw_remark copy = *remark;
    if (!cw_arena_grow(&c->arena, &items, &c->remark_cap, c->remark_count, sizeof(copy),
                       CW_LIMIT_SOURCES) ||
        !cw_arena_str(&c->arena, remark->kind, &copy.kind) ||
        !cw_arena_str(&c->arena, remark->path, &copy.path) ||
        !cw_arena_str(&c->arena, remark->text, &copy.text))
        return false;
    c->remarks = items;
    c->remarks[c->remark_count++] = copy;
    return true;
}
