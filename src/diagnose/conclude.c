#include "diagnose/conclude.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/limits.h"
#include "diagnose/chain.h"
#include "diagnose/expand.h"
#include "diagnose/unexplained.h"

const struct cw_section_failure *cw_section_main_failure(const struct cw_section *section)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        if (cw_code_same(section->failures[i].code, section->code))
            return &section->failures[i];
    }
    return section->failure_count ? &section->failures[0] : NULL;
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
            if (match && section->source == match->evidence.source &&
                match->evidence.line >= from && match->evidence.line <= to)
                return failure;
        }
    }
    return incident->section_count ? cw_section_main_failure(incident->sections[0]) : NULL;
}

static bool add_run_entities(struct cw_finding *finding, struct cw_arena *arena,
                             const struct cw_run *run)
{
    const struct cw_strings *packages =
        run->failed_packages.count ? &run->failed_packages : &run->packages;
    for (size_t i = 0; i < packages->count; i++) {
        if (!cw_entities_add(&finding->entities, arena, CW_ENTITY_PACKAGE, packages->items[i]))
            return false;
    }
    bool packages_lack_kb = finding->entities.of[CW_ENTITY_KB].count == 0;
    for (size_t i = 0; i < run->step_count; i++) {
        if (!cw_entities_add(&finding->entities, arena, CW_ENTITY_INF, run->steps[i].inf))
            return false;
    }
    /* A package that carries no KB may be part of one that does. */
    for (size_t i = 0; i < run->kbs.count && packages_lack_kb; i++) {
        if (!cw_entities_add(&finding->entities, arena, CW_ENTITY_KB, run->kbs.items[i]))
            return false;
    }
    return true;
}

static struct cw_str stage_of(const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    if (!run)
        return incident->sections[0]->title.len ? incident->sections[0]->title : CW_STR_NONE;
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
    return run->has_verdict || run->never_executed ? CW_NO : CW_UNKNOWN;
}

static bool add_outcome(struct cw_finding *finding, struct cw_arena *arena,
                        const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    struct cw_outcome *outcome = &finding->outcome;
    outcome->progress_percent = run ? run->progress_percent : -1;
    outcome->rolled_back = rolled_back(run);
    return cw_arena_str(arena, stage_of(incident), &outcome->stage) &&
           cw_arena_str(arena, run ? run->package_state : CW_STR_NONE, &outcome->package_state);
}

static bool add_agreement(struct cw_finding *finding, struct cw_arena *arena,
                          const struct cw_incident *incident)
{
    static const struct {
        enum cw_agreement bit;
        const char *name;
    } names[] = {{CW_AGREE_TIME, "time"},
                 {CW_AGREE_INF, "inf"},
                 {CW_AGREE_CODE, "code"},
                 {CW_AGREE_TITLE, "section title"},
                 {CW_AGREE_BOOT, "boot"}};
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

bool cw_finding_add_facts(struct cw_finding *finding, struct cw_arena *arena,
                          const struct cw_incident *incident,
                          const struct cw_section_failure *failure)
{
    finding->undecided = is_undecided(incident);
    finding->occurrences = 1;
    finding->first_seen = incident->start;
    finding->last_seen = incident->end;
    if (failure && !cw_entities_merge(&finding->entities, arena, &failure->entities))
        return false;
    return (!incident->run || add_run_entities(finding, arena, incident->run)) &&
           add_outcome(finding, arena, incident) && add_agreement(finding, arena, incident) &&
           add_operations(finding, arena, failure) && add_spellings(finding, arena, incident);
}

/* What a fingerprint depends on: the cause and what it is about, but nothing that differs between
 * two machines with the same failure, nor between this month's update and the next. */
bool cw_finding_fingerprint(struct cw_finding *finding, struct cw_arena *arena)
{
    static const enum cw_entity kinds[] = {CW_ENTITY_INF, CW_ENTITY_SERVICE, CW_ENTITY_COMPONENT,
                                           CW_ENTITY_INSTALLER};
    char code[CW_CODE_TEXT];
    uint64_t hash = cw_hash(CW_HASH_INIT, finding->id);
    hash = cw_hash(hash, cw_str_c(cw_code_text(finding->code, code)));
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        const struct cw_strings *values = &finding->entities.of[kinds[k]];
        hash = cw_hash(hash, cw_entity_name(kinds[k]));
        for (size_t i = 0; i < values->count; i++) {
            for (size_t b = 0; b < values->items[i].len; b++) {
                char lower = cw_to_lower(values->items[i].ptr[b]);
                hash = cw_hash(hash, (struct cw_str){&lower, 1});
            }
            hash = cw_hash(hash, CW_STR("\n"));
        }
    }
    char text[24];
    int len = snprintf(text, sizeof(text), "%016llx", (unsigned long long)hash);
    return len > 0 &&
           cw_arena_str(arena, (struct cw_str){text, (size_t)len}, &finding->fingerprint);
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

/* What the finding's INFs own: by knowledge, and by what the logs show. */
static bool collect_owned(const struct cw_conclusion *conclusion, const struct cw_finding *finding,
                          struct cw_strings *services, struct cw_strings *files)
{
    const struct cw_strings *infs = &finding->entities.of[CW_ENTITY_INF];
    struct cw_arena *arena = conclusion->arena;
    for (size_t i = 0; i < infs->count; i++) {
        const struct cw_inf_facts *facts = cw_rules_inf(conclusion->rules, infs->items[i]);
        for (size_t k = 0; facts && k < facts->services.count; k++) {
            if (!cw_strings_add(services, arena, facts->services.items[k]))
                return false;
        }
        for (size_t k = 0; facts && k < facts->files.count; k++) {
            if (!cw_strings_add(files, arena, facts->files.items[k]))
                return false;
        }
        for (size_t n = 0; n < conclusion->c->inf_count; n++) {
            const struct cw_learned_inf *learned = &conclusion->c->infs[n];
            if (!cw_str_eq_nocase(learned->inf, infs->items[i]))
                continue;
            for (size_t k = 0; k < learned->services.count; k++) {
                if (!cw_strings_add(services, arena, learned->services.items[k]))
                    return false;
            }
            for (size_t k = 0; k < learned->files.count; k++) {
                if (!cw_strings_add(files, arena, learned->files.items[k]))
                    return false;
            }
        }
    }
    return true;
}

static bool expand_actions(const struct cw_expansion *expansion, struct cw_arena *arena,
                           const struct cw_action *from, size_t count, struct cw_action **ret_to)
{
    struct cw_action *to = cw_arena_array(arena, count, sizeof(*to));
    if (!to)
        return false;
    for (size_t i = 0; i < count; i++) {
        to[i].kind = from[i].kind;
        if (!cw_expand_text(expansion, arena, from[i].text, &to[i].text) ||
            !cw_expand_list(expansion, arena, &from[i].commands, &to[i].commands))
            return false;
    }
    *ret_to = to;
    return true;
}

static bool expand_hypotheses(const struct cw_expansion *expansion, struct cw_arena *arena,
                              const struct cw_cause *cause, struct cw_finding *finding)
{
    struct cw_hypothesis *to = cw_arena_array(arena, cause->hypothesis_count, sizeof(*to));
    if (!to)
        return false;
    for (size_t i = 0; i < cause->hypothesis_count; i++) {
        const struct cw_hypothesis *from = &cause->hypotheses[i];
        to[i] = *from;
        if (!cw_expand_text(expansion, arena, from->statement, &to[i].statement) ||
            !cw_expand_text(expansion, arena, from->reason, &to[i].reason) ||
            !expand_actions(expansion, arena, from->settle, from->settle_count, &to[i].settle))
            return false;
    }
    finding->hypotheses = to;
    finding->hypothesis_count = cause->hypothesis_count;
    return true;
}

/* Everything of the cause that is text. */
static bool expand_cause(struct cw_conclusion *conclusion, const struct cw_cause *cause,
                         struct cw_str process, struct cw_finding *finding)
{
    struct cw_arena *arena = conclusion->arena;
    struct cw_strings services = {0};
    struct cw_strings files = {0};
    char code[CW_CODE_TEXT];
    struct cw_expansion expansion = {
        .entities = &finding->entities,
        .owned_services = &services,
        .owned_files = &files,
        .code = cw_str_c(cw_code_text(finding->code, code)),
        .process = process,
    };
    if (!collect_owned(conclusion, finding, &services, &files))
        return false;
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        if (!cw_expand_list(&expansion, arena, &cause->entities.of[kind],
                            &finding->entities.of[kind]))
            return false;
    }
    finding->confidence = cause->confidence;
    finding->references = cause->references;
    finding->action_count = cause->action_count;
    return cw_expand_text(&expansion, arena, cause->title, &finding->title) &&
           cw_expand_text(&expansion, arena, cause->explanation, &finding->explanation) &&
           cw_expand_text(&expansion, arena, cause->confidence_reason,
                          &finding->confidence_reason) &&
           cw_expand_list(&expansion, arena, &cause->allowlist.process,
                          &finding->allowlist.process) &&
           cw_expand_list(&expansion, arena, &cause->allowlist.registry_key,
                          &finding->allowlist.registry_key) &&
           cw_expand_list(&expansion, arena, &cause->allowlist.file, &finding->allowlist.file) &&
           expand_actions(&expansion, arena, cause->actions, cause->action_count,
                          &finding->actions) &&
           expand_hypotheses(&expansion, arena, cause, finding);
}

/* The program that the section's `cmd:` line names, without its arguments. */
static struct cw_str acting_process(const struct cw_incident *incident)
{
    if (!incident->section_count)
        return CW_STR_NONE;
    struct cw_str command = incident->sections[0]->command;
    if (cw_str_starts(command, CW_STR("\""))) {
        command = cw_str_from(command, 1);
        return cw_str_head(command, cw_str_find_char(command, '"'));
    }
    size_t end = cw_str_find_nocase(command, CW_STR(".exe"));
    return end == SIZE_MAX ? CW_STR_NONE : cw_str_head(command, end + 4);
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
                        const struct cw_section_failure *failure)
{
    struct cw_chain chain;
    if (!cw_chain_init(&chain, arena))
        return false;
    if (!cw_chain_add(&chain, CW_CHAIN_CAUSE, &held->first->evidence, CW_STR_NONE))
        return false;
    for (size_t i = 0; i < held->match_count; i++) {
        if (!cw_chain_add(&chain, CW_CHAIN_CAUSE, &held->matches[i]->evidence, CW_STR_NONE))
            return false;
    }
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
    size_t matches = cw_incident_match_count(incident);
    for (size_t i = 0; i < matches; i++) {
        if (cw_incident_match(incident, i)->code != CW_CODE_NONE)
            return cw_incident_match(incident, i)->code;
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
    if (!add_match_facts(finding, arena, held))
        return false;
    if (finding->code == CW_CODE_NONE)
        finding->code = incident_code(incident);
    if (finding->code == CW_CODE_NONE && failure)
        finding->code = failure->code;
    return cw_finding_add_facts(finding, arena, incident, failure) &&
           expand_cause(conclusion, held->cause, acting_process(incident), finding) &&
           build_chain(finding, arena, incident, held, failure) &&
           cw_finding_fingerprint(finding, arena);
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
