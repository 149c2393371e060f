#include "rules/rule.h"

#include "codes/code.h"

struct cw_str cw_confidence_name(enum cw_confidence confidence)
{
    switch (confidence) {
    case CW_CONFIDENCE_OBSERVED:
        return CW_STR("observed");
    case CW_CONFIDENCE_CONSISTENT:
        return CW_STR("consistent");
    case CW_CONFIDENCE_POSSIBLE:
        break;
    }
    return CW_STR("possible");
}

const struct cw_signal *cw_rules_signal(const struct cw_rules *rules, struct cw_str id)
{
    for (size_t i = 0; i < rules->signal_count; i++) {
        if (cw_str_eq(rules->signals[i].id, id))
            return &rules->signals[i];
    }
    return NULL;
}

const struct cw_cause *cw_rules_cause(const struct cw_rules *rules, struct cw_str id)
{
    for (size_t i = 0; i < rules->cause_count; i++) {
        if (cw_str_eq(rules->causes[i].id, id))
            return &rules->causes[i];
    }
    return NULL;
}

const struct cw_inf_facts *cw_rules_inf(const struct cw_rules *rules, struct cw_str inf)
{
    for (size_t i = 0; i < rules->inf_count; i++) {
        if (cw_str_eq_nocase(rules->infs[i].inf, inf))
            return &rules->infs[i];
    }
    return NULL;
}

const struct cw_class_facts *cw_rules_class(const struct cw_rules *rules, struct cw_str guid)
{
    for (size_t i = 0; i < rules->class_count; i++) {
        if (cw_str_eq_nocase(rules->classes[i].guid, guid))
            return &rules->classes[i];
    }
    return NULL;
}

const struct cw_hypothesis *cw_cause_weighed(const struct cw_cause *cause,
                                             enum cw_weighing weighing)
{
    for (size_t i = 0; i < cause->hypothesis_count; i++) {
        if (cause->hypotheses[i].weigh == weighing)
            return &cause->hypotheses[i];
    }
    return NULL;
}

bool cw_cause_has_code(const struct cw_cause *cause, uint32_t code)
{
    for (size_t i = 0; i < cause->code_count; i++) {
        if (cw_code_same(cause->codes[i], code))
            return true;
    }
    return false;
}

enum cw_naming cw_cause_naming(const struct cw_cause *cause, const struct cw_cause *other)
{
    enum cw_naming naming = CW_NAMES_NOT;
    for (size_t i = 0; i < cause->explains.count; i++) {
        struct cw_str target = cause->explains.items[i];
        if (cw_str_eq(target, other->id))
            return CW_NAMES_OUTRIGHT;
        if (cw_str_ends(target, CW_STR("*")) &&
            cw_str_starts(other->id, cw_str_head(target, target.len - 1)))
            naming = CW_NAMES_BY_PATTERN;
    }
    return naming;
}

bool cw_cause_explains(const struct cw_cause *cause, const struct cw_cause *other)
{
    return cw_cause_naming(cause, other) > cw_cause_naming(other, cause);
}

struct cw_str cw_rules_text(const struct cw_rules *rules, enum cw_language language,
                            struct cw_str english)
{
    if (language == CW_LANGUAGE_EN)
        return english;
    for (size_t i = 0; i < rules->translation_count; i++) {
        const struct cw_translation *translation = &rules->translations[i];
        if (translation->language == language && cw_str_eq(translation->english, english))
            return translation->text;
    }
    return CW_STR_NONE;
}

const char *cw_language_name(enum cw_language language)
{
    static const char *const names[CW_LANGUAGES] = {"en", "zh-CN"};
    return names[language];
}
