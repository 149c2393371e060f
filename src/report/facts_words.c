/* What JSON has stable names for, in the language of the reader. */
#include "report/facts.h"

struct cw_str cw_entity_word(enum cw_language language, enum cw_entity entity)
{
    static const struct cw_phrase words[CW_ENTITY_KINDS] = {
        [CW_ENTITY_KB] = CW_PHRASE("KB"),
        [CW_ENTITY_PACKAGE] = CW_PHRASE("package"),
        [CW_ENTITY_INF] = CW_PHRASE("INF"),
        [CW_ENTITY_DRIVER] = CW_PHRASE("driver"),
        [CW_ENTITY_SERVICE] = CW_PHRASE("service"),
        [CW_ENTITY_DEVICE] = CW_PHRASE("device"),
        [CW_ENTITY_COMPONENT] = CW_PHRASE("component"),
        [CW_ENTITY_INSTALLER] = CW_PHRASE("installer"),
        [CW_ENTITY_REGISTRY_KEY] = CW_PHRASE("registry key"),
        [CW_ENTITY_FILE] = CW_PHRASE("file"),
    };
    return cw_phrase_text(language, words[entity]);
}

struct cw_str cw_verdict_word(enum cw_language language, enum cw_verdict verdict)
{
    static const struct cw_phrase words[] = {
        [CW_VERDICT_UNKNOWN] = CW_PHRASE("UNKNOWN"),
        [CW_VERDICT_NO_FAILURE] = CW_PHRASE("NO FAILURE"),
        [CW_VERDICT_FAILURE] = CW_PHRASE("FAILURE"),
    };
    return cw_phrase_text(language, words[verdict]);
}

struct cw_str cw_confidence_word(enum cw_language language, enum cw_confidence confidence)
{
    static const struct cw_phrase words[] = {
        [CW_CONFIDENCE_OBSERVED] = CW_PHRASE("observed"),
        [CW_CONFIDENCE_CONSISTENT] = CW_PHRASE("consistent"),
        [CW_CONFIDENCE_POSSIBLE] = CW_PHRASE("possible"),
    };
    return cw_phrase_text(language, words[confidence]);
}

struct cw_str cw_chain_role_word(enum cw_language language, enum cw_chain_role role)
{
    static const struct cw_phrase words[] = {
        [CW_CHAIN_CAUSE] = CW_PHRASE("cause"),
        [CW_CHAIN_CONSEQUENCE] = CW_PHRASE("consequence"),
        [CW_CHAIN_OUTCOME] = CW_PHRASE("outcome"),
    };
    return cw_phrase_text(language, words[role]);
}

struct cw_str cw_action_word(enum cw_language language, struct cw_str kind)
{
    static const struct cw_phrase words[] = {CW_PHRASE("fix"), CW_PHRASE("check"),
                                             CW_PHRASE("collect")};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cw_str_eq(kind, cw_str_c(words[i].english)))
            return cw_phrase_text(language, words[i]);
    }
    return kind;
}

void cw_put_agreed(struct cw_buf *buf, enum cw_language language, const struct cw_finding *finding)
{
    static const struct cw_phrase words[] = {
        CW_PHRASE("time"), CW_PHRASE("inf"),     CW_PHRASE("code"),   CW_PHRASE("section title"),
        CW_PHRASE("boot"), CW_PHRASE("excerpt"), CW_PHRASE("device"),
    };
    for (size_t i = 0; i < finding->agreed.count; i++) {
        struct cw_str word = finding->agreed.items[i];
        if (i)
            cw_say(buf, language, CW_SAY(", "));
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
            if (cw_str_eq(finding->agreed.items[i], cw_str_c(words[k].english)))
                word = cw_phrase_text(language, words[k]);
        }
        cw_buf_append(buf, word);
    }
}
