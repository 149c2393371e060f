#include "rules/check_causes.h"

#include <stdio.h>

enum { PROBLEM_TEXT = 480 };

struct check {
    const struct cw_rules *rules;
    const struct cw_problem_sink *problems;
    size_t errors;
};

static bool is_among(const struct cw_signal *signal, const struct cw_signal *const *list,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == signal)
            return true;
    }
    return false;
}

bool cw_cause_uses(const struct cw_cause *cause, const struct cw_signal *signal)
{
    return is_among(signal, cause->all, cause->all_count) ||
           is_among(signal, cause->any, cause->any_count);
}

bool cw_causes_are_related(const struct cw_cause *a, const struct cw_cause *b)
{
    return a == b || cw_cause_explains(a, b) || cw_cause_explains(b, a);
}

static void complain(struct check *check, const struct cw_place *place, bool is_error,
                     const char *text)
{
    check->problems->problem(check->problems->context, place, is_error, text);
    check->errors += is_error;
}

/* A signal that must be seen and must not. */
static void check_contradiction(struct check *check, const struct cw_cause *cause)
{
    char text[PROBLEM_TEXT];
    for (size_t i = 0; i < cause->all_count; i++) {
        if (!is_among(cause->all[i], cause->none, cause->none_count))
            continue;
        (void)snprintf(text, sizeof(text), "%.*s never holds: it wants %.*s and excludes it",
                       CW_STR_ARG(cause->id), CW_STR_ARG(cause->all[i]->id));
        complain(check, &cause->place, true, text);
    }
}

/* Does `other` hold whenever `cause` does? */
static bool follows(const struct cw_cause *other, const struct cw_cause *cause)
{
    bool narrower = other->none_count || other->code_count || other->ordered ||
                    other->agree.count || other->all_count == 0;
    for (size_t i = 0; i < other->all_count && !narrower; i++)
        narrower = !is_among(other->all[i], cause->all, cause->all_count);
    bool any = other->any_count == 0;
    for (size_t i = 0; i < other->any_count && !any; i++)
        any = is_among(other->any[i], cause->all, cause->all_count);
    return !narrower && any;
}

static void check_reach(struct check *check, const struct cw_cause *cause)
{
    char text[PROBLEM_TEXT];
    for (size_t i = 0; i < check->rules->cause_count; i++) {
        const struct cw_cause *other = &check->rules->causes[i];
        bool hides = other != cause && cw_cause_explains(other, cause) &&
                     !cw_cause_explains(cause, other) && follows(other, cause);
        if (!hides || cause->role != CW_CAUSE_CAUSE)
            continue;
        (void)snprintf(text, sizeof(text),
                       "%.*s is never the root: %.*s holds whenever it does, and explains it",
                       CW_STR_ARG(cause->id), CW_STR_ARG(other->id));
        complain(check, &cause->place, true, text);
    }
}

/* Follows `explains` from `at` back to `start`, along causes behind it in the pack, so that each
 * circle is found once; two that name each other cancel out and are none. */
static bool leads_back(const struct cw_rules *rules, size_t start, size_t at, bool *seen)
{
    for (size_t i = start; i < rules->cause_count; i++) {
        bool explains = i != at && cw_cause_explains(&rules->causes[at], &rules->causes[i]) &&
                        !cw_cause_explains(&rules->causes[i], &rules->causes[at]);
        if (!explains || (i != start && seen[i]))
            continue;
        if (i == start)
            return true;
        seen[i] = true;
        if (leads_back(rules, start, i, seen))
            return true;
    }
    return false;
}

static void check_circle(struct check *check, size_t index, bool *seen)
{
    char text[PROBLEM_TEXT];
    const struct cw_cause *cause = &check->rules->causes[index];
    memset(seen, 0, check->rules->cause_count * sizeof(*seen));
    if (!leads_back(check->rules, index, index, seen))
        return;
    (void)snprintf(text, sizeof(text), "%.*s: what it explains explains it in the end",
                   CW_STR_ARG(cause->id));
    complain(check, &cause->place, true, text);
}

static void check_use(struct check *check, const struct cw_signal *signal)
{
    char text[PROBLEM_TEXT];
    for (size_t i = 0; i < check->rules->cause_count; i++) {
        const struct cw_cause *cause = &check->rules->causes[i];
        if (cw_cause_uses(cause, signal) || is_among(signal, cause->none, cause->none_count))
            return;
    }
    (void)snprintf(text, sizeof(text), "%.*s: no cause uses this signal", CW_STR_ARG(signal->id));
    complain(check, &signal->place, false, text);
}

static void check_text(struct check *check, const struct cw_cause *cause, const char *what,
                       struct cw_str english)
{
    char text[PROBLEM_TEXT];
    for (unsigned language = 0; language < CW_LANGUAGES && english.len; language++) {
        enum cw_language wanted = (enum cw_language)language;
        if (cw_rules_text(check->rules, wanted, english).len)
            continue;
        (void)snprintf(text, sizeof(text), "%.*s: %s has no \"%s\"", CW_STR_ARG(cause->id), what,
                       cw_language_name(wanted));
        complain(check, &cause->place, false, text);
    }
}

static void check_actions(struct check *check, const struct cw_cause *cause,
                          const struct cw_action *actions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(check, cause, "an action", actions[i].text);
}

static void check_texts(struct check *check, const struct cw_cause *cause)
{
    check_text(check, cause, "the title", cause->title);
    check_text(check, cause, "the explanation", cause->explanation);
    check_text(check, cause, "the reason of the confidence", cause->confidence_reason);
    check_actions(check, cause, cause->actions, cause->action_count);
    for (size_t i = 0; i < cause->hypothesis_count; i++) {
        const struct cw_hypothesis *hypothesis = &cause->hypotheses[i];
        check_text(check, cause, "a hypothesis", hypothesis->statement);
        check_text(check, cause, "the reason of a hypothesis", hypothesis->reason);
        check_actions(check, cause, hypothesis->settle, hypothesis->settle_count);
    }
}

int cw_rules_check_causes(const struct cw_rules *rules, const struct cw_problem_sink *problems,
                          size_t *ret_errors, struct cw_error *error)
{
    struct check check = {.rules = rules, .problems = problems};
    struct cw_arena scratch = {0};
    bool *seen = cw_arena_array(&scratch, rules->cause_count, sizeof(*seen));
    if (!seen)
        return cw_fail_nomem(error);
    for (size_t i = 0; i < rules->cause_count; i++) {
        check_contradiction(&check, &rules->causes[i]);
        check_reach(&check, &rules->causes[i]);
        check_circle(&check, i, seen);
        check_texts(&check, &rules->causes[i]);
    }
    for (size_t i = 0; i < rules->signal_count; i++)
        check_use(&check, &rules->signals[i]);
    cw_arena_done(&scratch);
    *ret_errors += check.errors;
    return CW_OK;
}
