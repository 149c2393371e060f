#include "diagnose/infer.h"

/* Who did the work knows before who watched it. */
static unsigned rank_log(enum cw_log_kind log)
{
    if (cw_log_has_sections(log))
        return 0;
    return log == CW_LOG_CBS ? 1 : 2;
}

/* In a driver log before CBS.log, where the same instant has only a second; then time; then line.
 * "Earliest" is only asked where no rule explains the other. */
static bool is_earlier(const struct cw_signal_match *a, const struct cw_signal_match *b)
{
    const struct cw_signal *sa = a->signal;
    const struct cw_signal *sb = b->signal;
    if (sa->log != sb->log)
        return rank_log(sa->log) < rank_log(sb->log);
    if (a->evidence.source == b->evidence.source)
        return a->evidence.line < b->evidence.line;
    return a->evidence.time < b->evidence.time;
}

static bool code_fits(const struct cw_cause *cause, const struct cw_signal_match *match)
{
    return cause->code_count == 0 || cw_cause_has_code(cause, match->code);
}

/* The entities that must agree do, between this match and those chosen before it. */
static bool agrees(const struct cw_held_cause *held, const struct cw_signal_match *match)
{
    const struct cw_strings *names = &held->cause->agree;
    for (size_t i = 0; i < names->count; i++) {
        enum cw_entity entity;
        if (!cw_entity_from_name(names->items[i], &entity))
            continue;
        const struct cw_strings *mine = &match->entities.of[entity];
        for (size_t k = 0; k < held->match_count && mine->count; k++) {
            const struct cw_strings *other = &held->matches[k]->entities.of[entity];
            if (other->count && !cw_strings_share(mine, other))
                return false;
        }
    }
    return true;
}

/* The earliest match of `signal` that fits; `after` (may be NULL) must come before it. */
static const struct cw_signal_match *find_match(const struct cw_incident *incident,
                                                const struct cw_held_cause *held,
                                                const struct cw_signal *signal, bool need_code,
                                                const struct cw_signal_match *after)
{
    const struct cw_signal_match *best = NULL;
    size_t count = cw_incident_match_count(incident);
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        if (!match || match->signal != signal || (need_code && !code_fits(held->cause, match)) ||
            !agrees(held, match) || (after && !is_earlier(after, match)))
            continue;
        if (!best || is_earlier(match, best))
            best = match;
    }
    return best;
}

static void take(struct cw_held_cause *held, const struct cw_signal_match *match)
{
    held->matches[held->match_count++] = match;
    if (!held->first || is_earlier(match, held->first))
        held->first = match;
}

/* A signal that carries no code cannot be held to one. */
static bool carries_code(const struct cw_incident *incident, const struct cw_signal *signal)
{
    size_t count = cw_incident_match_count(incident);
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        if (match && match->signal == signal && match->code != CW_CODE_NONE)
            return true;
    }
    return false;
}

static bool take_all(const struct cw_incident *incident, struct cw_held_cause *held)
{
    const struct cw_cause *cause = held->cause;
    const struct cw_signal_match *last = NULL;
    for (size_t i = 0; i < cause->all_count; i++) {
        bool need_code = cause->code_count && carries_code(incident, cause->all[i]);
        const struct cw_signal_match *match =
            find_match(incident, held, cause->all[i], need_code, cause->ordered ? last : NULL);
        if (!match)
            return false;
        take(held, match);
        last = match;
    }
    return true;
}

static bool take_any(const struct cw_incident *incident, struct cw_held_cause *held)
{
    const struct cw_cause *cause = held->cause;
    const struct cw_signal_match *best = NULL;
    for (size_t i = 0; i < cause->any_count; i++) {
        const struct cw_signal_match *match =
            find_match(incident, held, cause->any[i], cause->code_count > 0, NULL);
        if (match && cause->gather)
            take(held, match);
        if (match && (!best || is_earlier(match, best)))
            best = match;
    }
    if (best && !cause->gather)
        take(held, best);
    return best || cause->any_count == 0;
}

static bool has_excluded(const struct cw_incident *incident, const struct cw_cause *cause)
{
    size_t count = cw_incident_match_count(incident);
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        for (size_t k = 0; match && k < cause->none_count; k++) {
            if (match->signal == cause->none[k])
                return true;
        }
    }
    return false;
}

/* Some matched signal carries one of the codes the cause asks for. */
static bool has_code(const struct cw_held_cause *held)
{
    for (size_t i = 0; i < held->match_count; i++) {
        if (code_fits(held->cause, held->matches[i]))
            return true;
    }
    return false;
}

static bool holds(const struct cw_incident *incident, struct cw_held_cause *held)
{
    return take_all(incident, held) && take_any(incident, held) && held->match_count > 0 &&
           has_code(held) && !has_excluded(incident, held->cause);
}

/* Two drivers, or two installers, that fail in one run have each their reason. */
static bool concern_different_things(const struct cw_held_cause *a, const struct cw_held_cause *b)
{
    static const enum cw_entity kinds[] = {CW_ENTITY_INF, CW_ENTITY_INSTALLER};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const struct cw_strings *left = &a->first->entities.of[kinds[i]];
        const struct cw_strings *right = &b->first->entities.of[kinds[i]];
        if (left->count && right->count && !cw_strings_share(left, right))
            return true;
    }
    return false;
}

static bool takes_over(const struct cw_held_cause *by, const struct cw_held_cause *held)
{
    return by != held && !concern_different_things(by, held) &&
           cw_cause_explains(by->cause, held->cause);
}

static void mark_explained(struct cw_inference *inference)
{
    for (size_t i = 0; i < inference->held_count; i++) {
        struct cw_held_cause *held = &inference->held[i];
        for (size_t k = 0; k < inference->held_count; k++)
            held->explained |= takes_over(&inference->held[k], held);
    }
}

/* What carries the code that the run ended with first; then the specific before the general, also
 * where they are about two drivers; then the earlier. */
static bool comes_before(const struct cw_held_cause *a, const struct cw_held_cause *b,
                         uint32_t ended_with)
{
    bool a_ended = cw_code_same(a->first->code, ended_with);
    bool b_ended = cw_code_same(b->first->code, ended_with);
    if (ended_with != CW_CODE_NONE && a_ended != b_ended)
        return a_ended;
    bool explains = cw_cause_explains(a->cause, b->cause);
    bool explained = cw_cause_explains(b->cause, a->cause);
    return explains != explained ? explains : is_earlier(a->first, b->first);
}

static const struct cw_held_cause *find_root(const struct cw_inference *inference,
                                             uint32_t ended_with)
{
    const struct cw_held_cause *root = NULL;
    for (size_t i = 0; i < inference->held_count; i++) {
        const struct cw_held_cause *held = &inference->held[i];
        if (held->explained || held->cause->role != CW_CAUSE_CAUSE)
            continue;
        if (!root || comes_before(held, root, ended_with))
            root = held;
    }
    return root;
}

static bool is_harmless(const struct cw_inference *inference)
{
    bool harmless = false;
    for (size_t i = 0; i < inference->held_count; i++) {
        const struct cw_held_cause *held = &inference->held[i];
        if (held->cause->role == CW_CAUSE_HARMLESS && !held->explained)
            harmless = true;
    }
    return harmless;
}

/* The signals of the cause that names most. */
static size_t count_most_signals(const struct cw_rules *rules)
{
    size_t most = 0;
    for (size_t i = 0; i < rules->cause_count; i++) {
        size_t count = rules->causes[i].all_count + rules->causes[i].any_count;
        most = count > most ? count : most;
    }
    return most;
}

/* Few causes of the pack hold: only these cost memory in every incident. */
static bool keep_held(struct cw_inference *inference, size_t *cap, struct cw_held_cause held,
                      struct cw_arena *arena)
{
    void *items = inference->held;
    const struct cw_signal_match **matches =
        cw_arena_array(arena, held.match_count, sizeof(*matches));
    if (!matches || !cw_arena_grow(arena, &items, cap, inference->held_count, sizeof(held),
                                   SIZE_MAX / sizeof(held)))
        return false;
    memcpy(matches, held.matches, held.match_count * sizeof(*matches));
    held.matches = matches;
    inference->held = items;
    inference->held[inference->held_count++] = held;
    return true;
}

bool cw_infer(const struct cw_rules *rules, const struct cw_incident *incident,
              struct cw_arena *arena, struct cw_inference *ret_inference)
{
    struct cw_inference inference = {0};
    size_t cap = 0;
    const struct cw_signal_match **room =
        cw_arena_array(arena, count_most_signals(rules), sizeof(*room));
    if (!room)
        return false;
    for (size_t i = 0; i < rules->cause_count; i++) {
        struct cw_held_cause held = {.cause = &rules->causes[i], .matches = room};
        if (holds(incident, &held) && !keep_held(&inference, &cap, held, arena))
            return false;
    }
    mark_explained(&inference);
    inference.root =
        find_root(&inference, incident->run ? incident->run->original_failure : CW_CODE_NONE);
    inference.harmless = !inference.root && is_harmless(&inference);
    *ret_inference = inference;
    return true;
}

/* The earliest match of each, whatever its code. */
static const struct cw_signal_match **first_matches(const struct cw_incident *incident,
                                                    const struct cw_cause *cause,
                                                    const struct cw_signal *const *signals,
                                                    size_t count, struct cw_arena *arena)
{
    const struct cw_signal_match **matches = cw_arena_array(arena, count, sizeof(*matches));
    const struct cw_held_cause nothing = {.cause = cause};
    for (size_t i = 0; matches && i < count; i++)
        matches[i] = find_match(incident, &nothing, signals[i], false, NULL);
    return matches;
}

static bool any_code_fits(const struct cw_incident *incident, const struct cw_cause *cause)
{
    size_t count = cw_incident_match_count(incident);
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        bool used = false;
        for (size_t k = 0; match && k < cause->all_count && !used; k++)
            used = cause->all[k] == match->signal;
        for (size_t k = 0; match && k < cause->any_count && !used; k++)
            used = cause->any[k] == match->signal;
        if (used && code_fits(cause, match))
            return true;
    }
    return cause->code_count == 0;
}

static const struct cw_cause *explainer_of(const struct cw_inference *inference,
                                           const struct cw_held_cause *held)
{
    for (size_t i = 0; i < inference->held_count; i++) {
        if (takes_over(&inference->held[i], held))
            return inference->held[i].cause;
    }
    return NULL;
}

bool cw_infer_parts(const struct cw_rules *rules, const struct cw_incident *incident,
                    const struct cw_cause *cause, struct cw_arena *arena,
                    struct cw_verdict_parts *ret_parts)
{
    struct cw_inference inference;
    struct cw_verdict_parts parts = {
        .all = first_matches(incident, cause, cause->all, cause->all_count, arena),
        .any = first_matches(incident, cause, cause->any, cause->any_count, arena),
        .code_fits = any_code_fits(incident, cause),
    };
    const struct cw_signal_match **none =
        first_matches(incident, cause, cause->none, cause->none_count, arena);
    if (!parts.all || !parts.any || !none || !cw_infer(rules, incident, arena, &inference))
        return false;
    for (size_t i = 0; i < cause->none_count && !parts.excluded; i++)
        parts.excluded = none[i];
    for (size_t i = 0; i < inference.held_count; i++) {
        const struct cw_held_cause *held = &inference.held[i];
        if (held->cause != cause)
            continue;
        parts.holds = true;
        parts.is_root = held == inference.root;
        parts.explained_by = explainer_of(&inference, held);
    }
    *ret_parts = parts;
    return true;
}
