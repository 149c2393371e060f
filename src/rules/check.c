#include "rules/check.h"

#include <stdio.h>

#include "rules/sample.h"

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

static void check_literals(const struct check *check, const struct cw_signal *signal)
{
    char text[PROBLEM_TEXT];
    for (size_t i = 0; i < signal->literals.count; i++) {
        struct cw_str literal = signal->literals.items[i];
        if (literal.len >= LITERAL_GOOD)
            continue;
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
    char text[PROBLEM_TEXT + 40];
    if (status >= 0 && should_match && result == CW_SAMPLE_MATCHED_USUAL) {
        (void)snprintf(text, sizeof(text), "%.*s: healthy logs have this line, too",
                       CW_STR_ARG(signal->id));
        check->problems->problem(check->problems->context, &sample->place, false, text);
    }
    const char *complaint = status < 0 ? why.text : cw_sample_complaint(result, should_match);
    if (!complaint)
        return CW_OK;
    (void)snprintf(text, sizeof(text), "%.*s: %s", CW_STR_ARG(signal->id), complaint);
    check->problems->problem(check->problems->context, &sample->place, true, text);
    check->errors++;
    return CW_OK;
}

static int check_signal(struct check *check, const struct cw_signal *signal, struct cw_error *error)
{
    int status = CW_OK;
    check_literals(check, signal);
    for (size_t i = 0; i < signal->match.count && status >= 0; i++)
        status = check_sample(check, signal, &signal->match.items[i], true, error);
    for (size_t i = 0; i < signal->miss.count && status >= 0; i++)
        status = check_sample(check, signal, &signal->miss.items[i], false, error);
    return status;
}

int cw_rules_check_pack(const struct cw_rules *rules, const struct cw_strings *files,
                        const struct cw_problem_sink *problems, size_t *ret_errors,
                        struct cw_error *error)
{
    struct check check = {.problems = problems};
    int status = cw_matcher_new(rules, &check.matcher, error);
    if (status < 0)
        return status;
    for (size_t i = 0; i < rules->signal_count && status >= 0; i++) {
        if (cw_strings_has(files, rules->signals[i].place.file))
            status = check_signal(&check, &rules->signals[i], error);
    }
    cw_matcher_free(check.matcher);
    if (status >= 0)
        *ret_errors = check.errors;
    return status;
}
