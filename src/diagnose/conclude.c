#include "diagnose/conclude.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "diagnose/cause_context.h"
#include "diagnose/cause_text.h"
#include "diagnose/chain.h"
#include "diagnose/fingerprint.h"
#include "diagnose/story.h"
#include "diagnose/unexplained.h"

const struct cw_section_failure *cw_section_main_failure(const struct cw_section *section)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        if (cw_code_same(section->failures[i].code, section->code))
            return &section->failures[i];
    }
    return section->failure_count ? &section->failures[0] : NULL;
}

/* Not when both name an INF, and it is not the same: two drivers failed, each for its reason. */
static bool concerns_same_inf(const struct cw_signal_match *match,
                              const struct cw_section_failure *failure)
{
    const struct cw_strings *infs = &failure->entities.of[CW_ENTITY_INF];
    const struct cw_strings *named = &match->entities.of[CW_ENTITY_INF];
    for (size_t i = 0; i < named->count; i++) {
        if (cw_strings_has(infs, named->items[i]))
            return true;
    }
    return named->count == 0 || infs->count == 0;
}

/* The failed operation in which the cause's line stands, or the main one of the section. */
static const struct cw_section_failure *failure_around(const struct cw_incident *incident,
                                                       const struct cw_signal_match *match)
{
    for (size_t i = 0; i < incident->section_count; i++) {
        const struct cw_section *section = incident->sections[i];
        for (size_t k = 0; k < section->failure_count; k++) {
            const struct cw_section_failure *failure = &section->failures[k];
            uint64_t from =
                failure->depth ? failure->path[failure->depth - 1].line : failure->error.line;
            uint64_t to = failure->exit_count ? failure->exits.line : failure->error.last_line;
            if (section->source == match->evidence.source && match->evidence.line >= from &&
                match->evidence.line <= to)
                return failure;
        }
    }
    const struct cw_section_failure *main_failure =
        incident->section_count ? cw_section_main_failure(incident->sections[0]) : NULL;
    return main_failure && concerns_same_inf(match, main_failure) ? main_failure : NULL;
}

static bool add_all(struct cw_finding *finding, struct cw_arena *arena, enum cw_entity entity,
                    const struct cw_strings *values)
{
    for (size_t i = 0; i < values->count; i++) {
        if (!cw_entities_add(&finding->entities, arena, entity, values->items[i]))
            return false;
    }
    return true;
}

const struct cw_strings *cw_run_failed_packages(const struct cw_run *run)
{
    return run->failed_packages.count ? &run->failed_packages : &run->packages;
}

const struct cw_strings *cw_run_failed_kbs(const struct cw_run *run)
{
    bool only_one = run->kbs.count == 1 && run->packages.count == 1;
    bool failed = run->failed_packages.count > 0;
    return failed && (run->failed_kbs.count || !only_one) ? &run->failed_kbs : &run->kbs;
}

/* The packages; and INFs, unless the cause names its own: two drivers that fail in one run have
 * each their reason. */
static bool add_run_entities(struct cw_finding *finding, struct cw_arena *arena,
                             const struct cw_run *run)
{
    if (!add_all(finding, arena, CW_ENTITY_PACKAGE, cw_run_failed_packages(run)) ||
        !add_all(finding, arena, CW_ENTITY_KB, cw_run_failed_kbs(run)))
        return false;
    bool own_inf = finding->entities.of[CW_ENTITY_INF].count > 0;
    for (size_t i = 0; i < run->step_count && !own_inf; i++) {
        if (!cw_entities_add(&finding->entities, arena, CW_ENTITY_INF, run->steps[i].inf))
            return false;
    }
    return true;
}

/* What the run is about is told by itself; an account may know the KB of a package that has none in
 * its name. */
static bool add_account_entities(struct cw_finding *finding, struct cw_arena *arena,
                                 const struct cw_incident *incident)
{
    bool knows_kb = finding->entities.of[CW_ENTITY_KB].count > 0;
    for (size_t i = 0; i < incident->account_count; i++) {
        const struct cw_entities *entities = &incident->accounts[i]->entities;
        bool alone = !incident->run && !incident->section_count;
        if (alone
                ? !cw_entities_merge(&finding->entities, arena, entities)
                : !knows_kb && !add_all(finding, arena, CW_ENTITY_KB, &entities->of[CW_ENTITY_KB]))
            return false;
    }
    return true;
}

static struct cw_str stage_of(const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    if (!run)
        return incident->section_count ? incident->sections[0]->title : CW_STR_NONE;
    for (size_t i = 0; i < run->step_count; i++) {
        if (!run->steps[i].at_shutdown && run->rolled_back)
            return CW_STR("startup");
    }
    if (run->rolled_back_at_shutdown)
        return CW_STR("shutdown");
    return run->saw_startup ? CW_STR("startup") : CW_STR("session");
}

/* "No" is a claim too: it takes a verdict in the log, or a failure before anything was changed. */
static enum cw_tristate rolled_back(const struct cw_run *run)
{
    if (!run || run->outcome == CW_OUTCOME_OPEN)
        return CW_UNKNOWN;
    if (run->rolled_back)
        return CW_YES;
    if (run->original_failure != CW_CODE_NONE && run->outcome == CW_OUTCOME_FAILED)
        return CW_UNKNOWN;
    return run->has_verdict || run->never_executed ? CW_NO : CW_UNKNOWN;
}

/* Of the run, when there is one: what its cause names is something else. */
static struct cw_str update_of(const struct cw_finding *finding, const struct cw_run *run)
{
    const struct cw_strings *kbs =
        run ? cw_run_failed_kbs(run) : &finding->entities.of[CW_ENTITY_KB];
    const struct cw_strings *packages =
        run ? cw_run_failed_packages(run) : &finding->entities.of[CW_ENTITY_PACKAGE];
    return kbs->count ? kbs->items[0] : packages->count ? packages->items[0] : CW_STR_NONE;
}

static bool add_outcome(struct cw_finding *finding, struct cw_arena *arena,
                        const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    struct cw_outcome *outcome = &finding->outcome;
    outcome->progress_percent = run ? run->progress_percent : -1;
    outcome->rolled_back = rolled_back(run);
    return cw_arena_str(arena, update_of(finding, run), &finding->update) &&
           cw_arena_str(arena, stage_of(incident), &outcome->stage) &&
           cw_arena_str(arena, run ? run->package_state : CW_STR_NONE, &outcome->package_state) &&
           cw_arena_str(arena, run ? run->forward_state : CW_STR_NONE, &outcome->forward_state);
}

static bool add_agreement(struct cw_finding *finding, struct cw_arena *arena,
                          const struct cw_incident *incident)
{
    static const struct {
        enum cw_agreement bit;
        const char *name;
    } names[] = {{CW_AGREE_TIME, "time"},    {CW_AGREE_INF, "inf"},
                 {CW_AGREE_CODE, "code"},    {CW_AGREE_TITLE, "section title"},
                 {CW_AGREE_BOOT, "boot"},    {CW_AGREE_EXCERPT, "excerpt"},
                 {CW_AGREE_DEVICE, "device"}};
    if (!incident->run || !incident->section_count)
        return true;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if ((incident->agreement & names[i].bit) &&
            !cw_strings_add(&finding->agreed, arena, cw_str_c(names[i].name)))
            return false;
    }
    return true;
}

static bool add_operations(struct cw_finding *finding, struct cw_arena *arena,
                           const struct cw_section_failure *failure)
{
    for (size_t i = 0; failure && i < failure->depth; i++) {
        const struct cw_failed_operation *operation = &failure->path[i];
        struct cw_buf text;
        cw_buf_init(&text, CW_LIMIT_QUOTE);
        bool done = cw_buf_append(&text, operation->name) &&
                    (operation->argument.len == 0 ||
                     (cw_buf_append(&text, CW_STR(": ")) &&
                      cw_buf_append(&text, cw_str_head(operation->argument, 1024)))) &&
                    cw_strings_add(&finding->operations, arena, cw_buf_str(&text));
        cw_buf_done(&text);
        if (!done)
            return false;
    }
    return true;
}

/* The spellings of the code, the innermost first. */
static bool add_spellings(struct cw_finding *finding, struct cw_arena *arena,
                          const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    for (size_t i = 0; run && i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (step->kind == CW_STEP_OPERATION_FAILED && cw_code_same(step->code, finding->code) &&
            !cw_strings_add(&finding->as_written, arena, step->written))
            return false;
    }
    return true;
}

/* A rollback at shutdown whose startup is not in the log, or an excerpt without a run. */
static bool is_undecided(const struct cw_incident *incident)
{
    return incident->run && incident->outcome == CW_OUTCOME_OPEN && incident->run->step_count;
}

/* The code by which users know the failure: the one that Windows Update shows. */
static uint32_t run_ended_with(const struct cw_run *run)
{
    uint32_t code = run->original_failure;
    for (size_t i = 0; i < run->step_count && code == CW_CODE_NONE; i++) {
        if (run->steps[i].kind == CW_STEP_PACKAGE_REPORTED ||
            run->steps[i].kind == CW_STEP_SESSION_FAILED)
            code = run->steps[i].code;
    }
    return code;
}

bool cw_finding_add_facts(struct cw_finding *finding, struct cw_arena *arena,
                          const struct cw_incident *incident,
                          const struct cw_section_failure *failure)
{
    finding->undecided = is_undecided(incident);
    finding->checks = cw_incident_checks(incident);
    uint32_t ended_with = incident->run ? run_ended_with(incident->run) : CW_CODE_NONE;
    finding->reported_code = ended_with != CW_CODE_NONE ? ended_with : finding->code;
    finding->occurrences = 1;
    finding->first_seen = incident->start;
    finding->last_seen = incident->end;
    if (failure && !cw_entities_merge(&finding->entities, arena, &failure->entities))
        return false;
    return (!incident->run || add_run_entities(finding, arena, incident->run)) &&
           add_account_entities(finding, arena, incident) &&
           add_outcome(finding, arena, incident) && add_agreement(finding, arena, incident) &&
           add_operations(finding, arena, failure) && add_spellings(finding, arena, incident) &&
           cw_story_tell(finding, arena, incident);
}

struct cw_finding *cw_findings_add(struct cw_findings *findings, struct cw_arena *arena)
{
    void *items = findings->items;
    if (!cw_arena_grow(arena, &items, &findings->cap, findings->count, sizeof(struct cw_finding),
                       SIZE_MAX / sizeof(struct cw_finding)))
        return NULL;
    findings->items = items;
    struct cw_finding *finding = &findings->items[findings->count++];
    *finding = (struct cw_finding){.first_seen = CW_TIME_NONE, .last_seen = CW_TIME_NONE};
    return finding;
}

/* "5" alone says nothing to anybody; the step's "result 5" does. */
static bool is_bare_decimal(struct cw_str written)
{
    for (size_t i = 0; i < written.len; i++) {
        if (!cw_is_digit(written.ptr[i]))
            return false;
    }
    return true;
}

static bool is_of_same_signal(const struct cw_held_cause *held, const struct cw_signal_match *match)
{
    for (size_t i = 0; i < held->match_count; i++) {
        if (held->matches[i]->signal == match->signal)
            return true;
    }
    return false;
}

/* What the other lines name, too: the first is in the title, all are in the list. */
static bool gather_entities(struct cw_finding *finding, struct cw_arena *arena,
                            const struct cw_incident *incident, const struct cw_held_cause *held)
{
    size_t count = held->cause->gather ? cw_incident_match_count(incident) : 0;
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        if (match && is_of_same_signal(held, match) &&
            !cw_entities_merge(&finding->entities, arena, &match->entities))
            return false;
    }
    return true;
}

static bool add_match_facts(struct cw_finding *finding, struct cw_arena *arena,
                            const struct cw_held_cause *held)
{
    for (size_t i = 0; i < held->match_count; i++) {
        const struct cw_signal_match *match = held->matches[i];
        if (!cw_entities_merge(&finding->entities, arena, &match->entities))
            return false;
        if (finding->code == CW_CODE_NONE)
            finding->code = match->code;
        if (match->code != CW_CODE_NONE && cw_code_same(match->code, finding->code) &&
            !is_bare_decimal(match->code_written) &&
            !cw_strings_add(&finding->as_written, arena, match->code_written))
            return false;
    }
    return true;
}

static bool build_chain(struct cw_finding *finding, struct cw_arena *arena,
                        const struct cw_incident *incident, const struct cw_held_cause *held,
                        const struct cw_section_failure *failure, const struct cw_second_look *look)
{
    struct cw_chain chain;
    if (!cw_chain_init(&chain, arena))
        return false;
    if (look->found && !cw_chain_add(&chain, CW_CHAIN_CAUSE, &look->first_error, CW_STR_NONE))
        return false;
    if (!cw_chain_add(&chain, CW_CHAIN_CAUSE, &held->first->evidence, CW_STR_NONE))
        return false;
    for (size_t i = 0; i < held->match_count; i++) {
        if (!cw_chain_add(&chain, CW_CHAIN_CAUSE, &held->matches[i]->evidence, CW_STR_NONE))
            return false;
    }
    struct cw_str note = look->is_open ? CW_STR("it began, and no line says that it ended")
                                       : CW_STR("what was being done");
    if (look->has_operation && !cw_chain_add(&chain, CW_CHAIN_CAUSE, &look->operation, note))
        return false;
    if (!cw_chain_add_consequences(&chain, incident, failure))
        return false;
    finding->chain = chain.items;
    finding->chain_count = chain.count;
    return true;
}

static uint32_t incident_code(const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    if (run && run->original_failure != CW_CODE_NONE)
        return run->original_failure;
    for (size_t i = 0; run && i < run->step_count; i++) {
        if (run->steps[i].code != CW_CODE_NONE)
            return run->steps[i].code;
    }
    if (incident->section_count && incident->sections[0]->code != CW_CODE_NONE)
        return incident->sections[0]->code;
    if (incident->account_count && incident->accounts[0]->code != CW_CODE_NONE)
        return incident->accounts[0]->code;
    size_t matches = cw_incident_match_count(incident);
    for (size_t i = 0; i < matches; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        if (match && match->code != CW_CODE_NONE)
            return match->code;
    }
    return CW_CODE_NONE;
}

static enum cw_finding_role role_of(const struct cw_incident *incident, bool is_root)
{
    if (incident->outcome == CW_OUTCOME_RECOVERED)
        return CW_ROLE_RECOVERED;
    return is_root && !is_undecided(incident) ? CW_ROLE_ROOT_CAUSE : CW_ROLE_CONTRIBUTING;
}

static bool add_cause(struct cw_conclusion *conclusion, const struct cw_incident *incident,
                      const struct cw_held_cause *held, bool is_root)
{
    struct cw_arena *arena = conclusion->arena;
    struct cw_finding *finding = cw_findings_add(&conclusion->findings, arena);
    if (!finding)
        return false;
    finding->id = held->cause->id;
    finding->role = role_of(incident, is_root);
    const struct cw_section_failure *failure = failure_around(incident, held->first);
    if (!add_match_facts(finding, arena, held) || !gather_entities(finding, arena, incident, held))
        return false;
    if (finding->code == CW_CODE_NONE)
        finding->code = incident_code(incident);
    if (finding->code == CW_CODE_NONE && failure)
        finding->code = failure->code;
    struct cw_second_look look = {0};
    /* The fingerprint comes before what depends on whether the log can be read again. */
    return cw_cause_context(conclusion, incident, held, finding->code, &look) &&
           cw_finding_add_facts(finding, arena, incident, failure) &&
           cw_cause_write(conclusion, held->cause, incident, finding) &&
           build_chain(finding, arena, incident, held, failure, &look) &&
           cw_finding_fingerprint(finding, CW_STR_NONE, arena) &&
           cw_entities_add(&finding->entities, arena, CW_ENTITY_COMPONENT, look.component) &&
           cw_entities_add(&finding->entities, arena, CW_ENTITY_INSTALLER, look.installer);
}

bool cw_conclude(struct cw_conclusion *conclusion, const struct cw_incident *incident)
{
    struct cw_inference inference;
    if (!cw_infer(conclusion->rules, incident, conclusion->arena, &inference))
        return false;
    if (inference.harmless)
        return true;
    if (!inference.root)
        return cw_conclude_unexplained(conclusion, incident, &inference);
    if (!add_cause(conclusion, incident, inference.root, true))
        return false;
    for (size_t i = 0; i < inference.held_count; i++) {
        const struct cw_held_cause *held = &inference.held[i];
        if (held == inference.root || held->explained || held->cause->role != CW_CAUSE_CAUSE)
            continue;
        if (!add_cause(conclusion, incident, held, false))
            return false;
    }
    return true;
}
