#include "diagnose/interference_verdict.h"

static bool has_contra(const struct cw_interference *result, const char *kind)
{
    for (size_t i = 0; i < result->contra_count; i++) {
        if (cw_str_eq(result->contra[i].kind, cw_str_c(kind)))
            return true;
    }
    return false;
}

static enum cw_leaning lean(const struct cw_interference *result,
                            const struct cw_interference_signs *signs)
{
    bool strong_suspect = result->suspect_count && result->suspects[0].is_strong;
    if (has_contra(result, "offline_image") || has_contra(result, "open_elsewhere") ||
        signs->retried)
        return CW_LEANS_AGAINST;
    return strong_suspect || signs->others > 1 ? CW_LEANS_FOR : CW_LEANS_NOWHERE;
}

static struct cw_str conclude(const struct cw_interference *result)
{
    bool named = result->suspect_count > 0;
    if (has_contra(result, "offline_image"))
        return CW_STR("The Windows that was written to was not running: a driver installed in it "
                      "can not have refused the write, one of the machine that serviced it could.");
    switch (result->leaning) {
    case CW_LEANS_AGAINST:
        return CW_STR("The logs speak more against a driver of another vendor than for one.");
    case CW_LEANS_FOR:
        return named
                   ? CW_STR("The logs speak for a driver of another vendor and name where to "
                            "begin; that it refused the write is not proven.")
                   : CW_STR(
                         "Several things were refused, which the permissions of one do not "
                         "explain. The logs speak for a driver of another vendor, and name none.");
    case CW_LEANS_NOWHERE:
        break;
    }
    return named ? CW_STR("The logs name drivers of other vendors to look at; that one of them "
                          "refused the write is not proven.")
                 : CW_STR("The logs name no driver of another vendor to suspect. One that was "
                          "installed without an INF, or before they begin, is not in them.");
}

static void choose_steps(const struct cw_interference_steps *steps,
                         const struct cw_interference *result, const struct cw_action **ret_steps,
                         size_t *ret_count)
{
    bool offline = has_contra(result, "offline_image");
    bool named = result->suspect_count > 0;
    *ret_steps = offline ? steps->offline : named ? steps->named : steps->unnamed;
    *ret_count = offline ? steps->offline_count : named ? steps->named_count : steps->unnamed_count;
}

static bool write_steps(const struct cw_conclusion *conclusion, struct cw_interference *result)
{
    const struct cw_rules *rules = conclusion->rules;
    const struct cw_action *steps;
    choose_steps(&rules->interference, result, &steps, &result->settle_count);
    result->settle = cw_arena_array(conclusion->arena, result->settle_count, sizeof(*steps));
    result->chinese_settle =
        cw_arena_array(conclusion->arena, result->settle_count, sizeof(*steps));
    if (!result->settle || !result->chinese_settle)
        return false;
    for (size_t i = 0; i < result->settle_count; i++) {
        result->settle[i] = result->chinese_settle[i] = steps[i];
        result->chinese_settle[i].text = cw_rules_text(rules, CW_LANGUAGE_ZH_CN, steps[i].text);
    }
    return true;
}

/* What is to be tried on a Windows that was not running is in vain; what repairs it is not. */
static bool replace_checks(const struct cw_conclusion *conclusion, struct cw_finding *finding)
{
    const struct cw_interference *result = &finding->interference;
    size_t most = result->settle_count + finding->action_count;
    struct cw_action *actions = cw_arena_array(conclusion->arena, most, sizeof(*actions));
    struct cw_action *chinese = cw_arena_array(conclusion->arena, most, sizeof(*chinese));
    size_t count = 0;
    if (!actions || !chinese)
        return false;
    for (size_t i = 0; i < result->settle_count; i++, count++) {
        actions[count] = result->settle[i];
        chinese[count] = result->chinese_settle[i];
    }
    for (size_t i = 0; i < finding->action_count; i++) {
        if (!cw_str_eq(finding->actions[i].kind, CW_STR("fix")))
            continue;
        actions[count] = finding->actions[i];
        chinese[count] =
            finding->chinese.actions ? finding->chinese.actions[i] : (struct cw_action){0};
        count++;
    }
    finding->actions = actions;
    finding->chinese.actions = chinese;
    finding->action_count = count;
    finding->allowlist = (struct cw_allowlist){0};
    return true;
}

/* What speaks against it makes the hypothesis a mere possibility. */
static bool lower(const struct cw_conclusion *conclusion, const struct cw_cause *cause,
                  struct cw_finding *finding)
{
    const struct cw_interference *result = &finding->interference;
    const struct cw_hypothesis *weighed = cw_cause_weighed(cause, CW_WEIGH_INTERFERENCE);
    size_t index = (size_t)(weighed - cause->hypotheses);
    struct cw_hypothesis *hypothesis = &finding->hypotheses[index];
    bool offline = has_contra(result, "offline_image");
    if (result->leaning != CW_LEANS_AGAINST)
        return true;
    hypothesis->confidence = CW_CONFIDENCE_POSSIBLE;
    hypothesis->reason = result->conclusion;
    struct cw_hypothesis *chinese =
        finding->chinese.hypotheses ? &finding->chinese.hypotheses[index] : NULL;
    if (chinese)
        chinese->reason = CW_STR_NONE; /* the conclusion is a sentence of its own */
    if (!offline)
        return true;
    hypothesis->settle = result->settle;
    hypothesis->settle_count = result->settle_count;
    if (chinese)
        chinese->settle = result->chinese_settle;
    return replace_checks(conclusion, finding);
}

bool cw_interference_conclude(const struct cw_conclusion *conclusion, struct cw_finding *finding,
                              const struct cw_cause *cause,
                              const struct cw_interference_signs *signs)
{
    struct cw_interference *result = &finding->interference;
    result->leaning = lean(result, signs);
    result->conclusion = conclude(result);
    return write_steps(conclusion, result) && lower(conclusion, cause, finding);
}
