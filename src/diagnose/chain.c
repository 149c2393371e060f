#include "diagnose/chain.h"

#include <stdio.h>

#include "diagnose/account_join.h"

bool cw_chain_init(struct cw_chain *chain, struct cw_arena *arena)
{
    *chain = (struct cw_chain){.arena = arena};
    chain->items = cw_arena_array(arena, CW_CHAIN_MOST, sizeof(*chain->items));
    return chain->items != NULL;
}

static bool is_in_chain(const struct cw_chain *chain, const struct cw_evidence *evidence)
{
    for (size_t i = 0; i < chain->count; i++) {
        const struct cw_chain_item *item = &chain->items[i];
        if (item->source == evidence->source && item->line <= evidence->line &&
            item->last_line >= evidence->last_line)
            return true;
    }
    return false;
}

bool cw_chain_add(struct cw_chain *chain, enum cw_chain_role role,
                  const struct cw_evidence *evidence, struct cw_str note)
{
    if (chain->count == CW_CHAIN_MOST || is_in_chain(chain, evidence))
        return true;
    struct cw_chain_item item = {
        .role = role,
        .time = evidence->time,
        .time_approximate = evidence->time_approximate,
        .source = evidence->source,
        .line = evidence->line,
        .last_line = evidence->last_line,
    };
    if (!cw_arena_str(chain->arena, evidence->text, &item.text) ||
        !cw_arena_str(chain->arena, note, &item.note))
        return false;
    chain->items[chain->count++] = item;
    return true;
}

/* "the enclosing operations end with the same code: Reflect Driver, Reflect Driver Package" */
static bool add_exits(struct cw_chain *chain, const struct cw_section_failure *failure)
{
    static const char intro[] = "operations that ended with this code: ";
    char note[320];
    size_t used = 0;
    unsigned enclosing = 0;
    for (size_t i = failure->depth; i > 0; i--) {
        const struct cw_failed_operation *operation = &failure->path[i - 1];
        if (operation->code == CW_CODE_NONE)
            continue;
        int wrote = snprintf(note + used, sizeof(note) - used, "%s%.*s", enclosing++ ? ", " : intro,
                             CW_STR_ARG(operation->name));
        if (wrote < 0 || (size_t)wrote >= sizeof(note) - used)
            break;
        used += (size_t)wrote;
    }
    if (enclosing == 0)
        return true;
    size_t at = chain->count;
    if (!cw_chain_add(chain, CW_CHAIN_CONSEQUENCE, &failure->exits, (struct cw_str){note, used}))
        return false;
    if (chain->count > at)
        chain->items[at].ended = cw_str_from(chain->items[at].note, sizeof(intro) - 1);
    return true;
}

/* Steps that servicing takes because of the ones beside them. */
static bool is_minor(enum cw_step_kind kind)
{
    static const enum cw_step_kind minor[] = {
        CW_STEP_RESULT_RECORDED, CW_STEP_QUEUE_FAILED,     CW_STEP_STATE_ROLLBACK,
        CW_STEP_PHASE_FAILED,    CW_STEP_ORIGINAL_FAILURE, CW_STEP_PACKAGE_REPORTED,
        CW_STEP_SESSION_FAILED,  CW_STEP_STARTUP_FAILED,
    };
    for (size_t i = 0; i < sizeof(minor) / sizeof(minor[0]); i++) {
        if (minor[i] == kind)
            return true;
    }
    return false;
}

static bool is_outcome(enum cw_step_kind kind)
{
    return kind == CW_STEP_PACKAGE_FAILED || kind == CW_STEP_PACKAGE_REPORTED ||
           kind == CW_STEP_PACKAGE_STATE || kind == CW_STEP_STARTUP_FAILED;
}

/* A kind of step once for each INF: the lines repeat themselves at the next boot. */
static bool is_repeated(const struct cw_run *run, size_t index)
{
    const struct cw_step *step = &run->steps[index];
    for (size_t i = 0; i < index; i++) {
        const struct cw_step *other = &run->steps[i];
        if (other->kind == step->kind && other->at_shutdown == step->at_shutdown &&
            cw_str_eq(other->inf, step->inf))
            return true;
    }
    return false;
}

static bool add_steps(struct cw_chain *chain, const struct cw_run *run)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (is_repeated(run, i))
            continue;
        bool temporary = step->at_shutdown && !is_outcome(step->kind);
        struct cw_str note =
            temporary ? CW_STR("at shutdown: tried again at startup") : CW_STR_NONE;
        enum cw_chain_role role = is_outcome(step->kind) ? CW_CHAIN_OUTCOME : CW_CHAIN_CONSEQUENCE;
        size_t at = chain->count;
        if (!cw_chain_add(chain, role, &step->evidence, note))
            return false;
        if (chain->count > at)
            chain->items[at].minor = is_minor(step->kind);
    }
    return true;
}

/* With a run, the section's end is one step of many. */
static bool add_section_end(struct cw_chain *chain, const struct cw_incident *incident)
{
    const struct cw_section *section = incident->section_count ? incident->sections[0] : NULL;
    if (!section || section->exit.text.len == 0)
        return true;
    enum cw_chain_role role = incident->run ? CW_CHAIN_CONSEQUENCE : CW_CHAIN_OUTCOME;
    size_t at = chain->count;
    if (!cw_chain_add(chain, role, &section->exit, CW_STR("the section ends")))
        return false;
    if (chain->count > at)
        chain->items[at].minor = incident->run != NULL;
    return true;
}

/* What other logs tell of it; minor beside what did the work. */
static bool add_accounts(struct cw_chain *chain, const struct cw_incident *incident)
{
    bool alone = !incident->run && !incident->section_count;
    for (size_t i = 0; i < incident->account_count; i++) {
        const struct cw_account *account = incident->accounts[i];
        size_t at = chain->count;
        if (!cw_chain_add(chain, CW_CHAIN_OUTCOME, &account->verdict,
                          alone ? CW_STR_NONE : cw_account_note(account)))
            return false;
        if (chain->count > at)
            chain->items[at].minor = !alone;
    }
    return true;
}

bool cw_chain_add_consequences(struct cw_chain *chain, const struct cw_incident *incident,
                               const struct cw_section_failure *failure)
{
    if (failure && failure->exit_count && !add_exits(chain, failure))
        return false;
    return add_section_end(chain, incident) &&
           (!incident->run || add_steps(chain, incident->run)) && add_accounts(chain, incident);
}
