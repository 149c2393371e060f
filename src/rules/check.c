#include "rules/check.h"

#include <stdio.h>

#include "rules/check_causes.h"
#include "rules/sample.h"
#include "rules/usual.h"

enum {
    /* Below this the filter has too few rare byte sequences to choose from. */
    LITERAL_GOOD = 15,
    PROBLEM_TEXT = 480
};

struct check {
    const struct cw_problem_sink *problems;
    struct cw_matcher *matcher;
    size_t errors;
};

static void check_literal(struct check *check, const struct cw_signal *signal,
                          struct cw_str literal)
{
    char text[PROBLEM_TEXT];
    unsigned share = signal->log == CW_LOG_CBS ? cw_usual_share(literal) : 0;
    if (share > CW_USUAL_MOST) {
        (void)snprintf(text, sizeof(text),
                       "%.*s: the literal \"%.*s\" stands in %u of 100,000 lines of a usual log",
                       CW_STR_ARG(signal->id), CW_STR_ARG(literal), share);
        check->problems->problem(check->problems->context, &signal->place, true, text);
        check->errors++;
    } else if (literal.len < LITERAL_GOOD) {
        (void)snprintf(text, sizeof(text),
                       "%.*s: the literal \"%.*s\" has fewer than %d bytes: slower",
                       CW_STR_ARG(signal->id), CW_STR_ARG(literal), LITERAL_GOOD);
        check->problems->problem(check->problems->context, &signal->place, false, text);
    }
}

static int check_sample(struct check *check, const struct cw_signal *signal,
                        const struct cw_sample *sample, bool should_match, struct cw_error *error)
{
    enum cw_sample_result result;
    struct cw_error why = {0};
    int status = cw_sample_run(check->matcher, signal, sample, &result, &why);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    const char *complaint = status < 0 ? why.text : cw_sample_complaint(result, should_match);
    if (!complaint)
        return CW_OK;
    char text[PROBLEM_TEXT + 40];
    (void)snprintf(text, sizeof(text), "%.*s: %s", CW_STR_ARG(signal->id), complaint);
    check->problems->problem(check->problems->context, &sample->place, true, text);
    check->errors++;
    return CW_OK;
}

static int check_signal(struct check *check, const struct cw_signal *signal, struct cw_error *error)
{
    int status = CW_OK;
    for (size_t i = 0; i < signal->literals.count; i++)
        check_literal(check, signal, signal->literals.items[i]);
    for (size_t i = 0; i < signal->match.count && status >= 0; i++)
        status = check_sample(check, signal, &signal->match.items[i], true, error);
    for (size_t i = 0; i < signal->miss.count && status >= 0; i++)
        status = check_sample(check, signal, &signal->miss.items[i], false, error);
    return status;
}

/* Does some cause that uses one belong to one that uses the other? */
static bool are_related(const struct cw_rules *rules, const struct cw_signal *a,
                        const struct cw_signal *b)
{
    bool used = false;
    for (size_t i = 0; i < rules->cause_count; i++) {
        for (size_t k = 0; k < rules->cause_count; k++) {
            const struct cw_cause *left = &rules->causes[i];
            const struct cw_cause *right = &rules->causes[k];
            if (!cw_cause_uses(left, a) || !cw_cause_uses(right, b))
                continue;
            used = true;
            /* What is harmless only counts where nothing is a cause. */
            if (cw_causes_are_related(left, right) || left->role == CW_CAUSE_HARMLESS ||
                right->role == CW_CAUSE_HARMLESS)
                return true;
        }
    }
    return !used;
}

/* A line that two rules claim, of which none explains the other, gives two causes. */
static int check_claims(struct check *check, const struct cw_rules *rules,
                        const struct cw_signal *owner, struct cw_error *error)
{
    char text[PROBLEM_TEXT];
    for (size_t i = 0; i < rules->signal_count; i++) {
        const struct cw_signal *other = &rules->signals[i];
        if (other == owner || other->log != owner->log || are_related(rules, owner, other))
            continue;
        for (size_t k = 0; k < owner->match.count; k++) {
            enum cw_sample_result result;
            struct cw_error why = {0};
            int status =
                cw_sample_run(check->matcher, other, &owner->match.items[k], &result, &why);
            if (status == CW_ERR_NOMEM)
                return cw_fail_nomem(error);
            if (status < 0 || result != CW_SAMPLE_MATCHED)
                continue;
            (void)snprintf(text, sizeof(text),
                           "%.*s claims this sample of %.*s, too, and no cause of one explains "
                           "that of the other",
                           CW_STR_ARG(other->id), CW_STR_ARG(owner->id));
            check->problems->problem(check->problems->context, &owner->match.items[k].place, false,
                                     text);
        }
    }
    return CW_OK;
}

int cw_rules_check_pack(const struct cw_rules *rules, const struct cw_problem_sink *problems,
                        size_t *ret_errors, struct cw_error *error)
{
    struct check check = {.problems = problems};
    int status = cw_matcher_new(rules, &check.matcher, error);
    if (status < 0)
        return status;
    for (size_t i = 0; i < rules->signal_count && status >= 0; i++)
        status = check_signal(&check, &rules->signals[i], error);
    for (size_t i = 0; i < rules->signal_count && status >= 0; i++)
        status = check_claims(&check, rules, &rules->signals[i], error);
    if (status >= 0)
        status = cw_rules_check_causes(rules, problems, &check.errors, error);
    cw_matcher_free(check.matcher);
    if (status >= 0)
        *ret_errors = check.errors;
    return status;
}
