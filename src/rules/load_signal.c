#include "rules/load_rules.h"

#include "rules/literal.h"
#include "rules/match.h"

static const struct cw_word level_items[] = {
    {"info", CW_LEVEL_INFO},
    {"warning", CW_LEVEL_WARNING},
    {"error", CW_LEVEL_ERROR},
};
static const struct cw_word kind_items[] = {
    {"record", CW_EVENT_RECORD},
    {"section_start", CW_EVENT_SECTION_START},
    {"section_end", CW_EVENT_SECTION_END},
    {"command", CW_EVENT_COMMAND},
    {"open", CW_EVENT_OPEN},
    {"close", CW_EVENT_CLOSE},
    {"property", CW_EVENT_PROPERTY},
    {"message", CW_EVENT_MESSAGE},
};
static const struct cw_word code_form_items[] = {
    {"hresult", CW_CODE_HRESULT},
    {"setupapi", CW_CODE_SETUPAPI},
    {"win32", CW_CODE_WIN32},
};

#define WORDS(what, items)                                                                         \
    {                                                                                              \
        (what), (items), sizeof(items) / sizeof((items)[0])                                        \
    }
static const struct cw_words level_words = WORDS("level", level_items);
static const struct cw_words kind_words = WORDS("event", kind_items);
static const struct cw_words code_form_words = WORDS("code form", code_form_items);

static bool read_log(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_word names[CW_LOG_KINDS];
    const struct cw_words words = {"log", names, CW_LOG_KINDS};
    int value = 0;
    for (int log = 0; log < CW_LOG_KINDS; log++)
        names[log] = (struct cw_word){cw_log_name((enum cw_log_kind)log).ptr, log};
    if (!cw_read_word(loader, item, &words, &value))
        return false;
    *(enum cw_log_kind *)field = (enum cw_log_kind)value;
    return true;
}

static bool read_code_form(struct cw_loader *loader, const cJSON *item, void *field)
{
    int value = 0;
    if (!cw_read_word(loader, item, &code_form_words, &value))
        return false;
    *(enum cw_code_form *)field = (enum cw_code_form)value;
    return true;
}

static bool read_levels(struct cw_loader *loader, const cJSON *item, void *field)
{
    return cw_read_word_set(loader, item, &level_words, field);
}

static bool read_kinds(struct cw_loader *loader, const cJSON *item, void *field)
{
    return cw_read_word_set(loader, item, &kind_words, field);
}

/* "match" and "miss": each element is a line or a list of lines. */
static bool read_samples(struct cw_loader *loader, const cJSON *item, void *field)
{
    struct cw_samples *samples = field;
    if (!cJSON_IsArray(item) || !item->child) {
        cw_load_error(loader, cw_json_value_offset(loader->doc, item),
                      "a list of samples, at least one, is expected here");
        return false;
    }
    samples->items = cw_arena_array(&loader->rules->arena, (size_t)cJSON_GetArraySize(item),
                                    sizeof(*samples->items));
    if (!samples->items)
        return cw_load_nomem(loader);
    for (const cJSON *child = item->child; child; child = child->next) {
        struct cw_sample *sample = &samples->items[samples->count++];
        sample->place = cw_json_place(loader->doc, cw_json_offset(child));
        if (!cw_read_one_or_more(loader, child, &sample->lines))
            return false;
    }
    return true;
}

#define FIELD(name) offsetof(struct cw_signal, name)
static const struct cw_key signal_keys[] = {
    {"id", FIELD(id), cw_read_id, true},
    {"log", FIELD(log), read_log, true},
    {"component", FIELD(component), cw_read_one_or_more, false},
    {"level", FIELD(levels), read_levels, false},
    {"event", FIELD(kinds), read_kinds, false},
    {"operation", FIELD(operation), cw_read_one_or_more, false},
    {"within", FIELD(within), cw_read_one_or_more, false},
    {"section", FIELD(section), cw_read_one_or_more, false},
    {"pattern", FIELD(pattern), cw_read_string, true},
    {"literal", FIELD(literals), cw_read_one_or_more, false},
    {"code", FIELD(code_capture), cw_read_string, false},
    {"code_form", FIELD(code_form), read_code_form, false},
    {"failure", FIELD(is_failure), cw_read_bool, false},
    {"match", FIELD(match), read_samples, true},
    {"miss", FIELD(miss), read_samples, true},
};

/* What a record has not got: a signal that asks for it would never be seen. */
static bool fits_log(struct cw_loader *loader, const cJSON *object, const struct cw_signal *signal)
{
    const unsigned record = 1U << CW_EVENT_RECORD;
    bool scoped = signal->operation.count || signal->within.count || signal->section.count;
    bool sections = cw_log_has_sections(signal->log);
    bool other_kind = sections ? signal->kinds & record : signal->kinds & ~record;
    if (!other_kind && (sections || !(scoped || signal->is_failure)))
        return true;
    cw_load_error(
        loader, cw_json_value_offset(loader->doc, object),
        "\"event\", \"operation\", \"within\", \"section\" or \"failure\" asks for what a %.*s "
        "log has not got",
        CW_STR_ARG(cw_log_name(signal->log)));
    return false;
}

static bool compiles(struct cw_loader *loader, const cJSON *object, const struct cw_signal *signal)
{
    const cJSON *pattern = cJSON_GetObjectItemCaseSensitive(object, "pattern");
    struct cw_error error = {0};
    size_t offset = 0;
    int status = cw_signal_compile(signal, &offset, &error);
    if (status == CW_ERR_NOMEM)
        return cw_load_nomem(loader);
    if (status < 0)
        cw_load_error(loader, cw_json_inside_offset(loader->doc, pattern, offset),
                      "pattern, byte %zu: %s", offset, error.text);
    return status == CW_OK;
}

static bool literals_long_enough(struct cw_loader *loader, const cJSON *given,
                                 const struct cw_signal *signal)
{
    for (size_t i = 0; i < signal->literals.count; i++) {
        if (signal->literals.items[i].len >= CW_LITERAL_MIN)
            continue;
        cw_load_error(loader, cw_json_value_offset(loader->doc, given),
                      "literal \"%.*s\" has fewer than %d bytes",
                      CW_STR_ARG(signal->literals.items[i]), CW_LITERAL_MIN);
        return false;
    }
    return true;
}

static bool literals_proved(struct cw_loader *loader, const cJSON *given,
                            const struct cw_signal *signal)
{
    size_t unproved = signal->literals.count;
    int status = cw_literals_prove(signal->pattern, &signal->literals, &unproved);
    if (status == CW_ERR_NOMEM)
        return cw_load_nomem(loader);
    if (status == CW_OK)
        return true;
    size_t offset = cw_json_value_offset(loader->doc, given);
    if (unproved < signal->literals.count)
        cw_load_error(loader, offset, "literal \"%.*s\" is not in what every match contains",
                      CW_STR_ARG(signal->literals.items[unproved]));
    else
        cw_load_error(loader, offset, "an alternative of the pattern is without a literal");
    return false;
}

static bool literals_derived(struct cw_loader *loader, const cJSON *object,
                             struct cw_signal *signal)
{
    int status = cw_literals_derive(signal->pattern, &loader->rules->arena, &signal->literals);
    if (status == CW_ERR_NOMEM)
        return cw_load_nomem(loader);
    if (status == CW_OK)
        return true;
    const cJSON *pattern = cJSON_GetObjectItemCaseSensitive(object, "pattern");
    cw_load_error(loader, cw_json_value_offset(loader->doc, pattern),
                  "an alternative of the pattern has no fixed text of %d bytes", CW_LITERAL_MIN);
    return false;
}

/* The literals that an author gave are proved, absent ones are derived. */
static bool settle_literals(struct cw_loader *loader, const cJSON *object, struct cw_signal *signal)
{
    const cJSON *given = cJSON_GetObjectItemCaseSensitive(object, "literal");
    if (!given)
        return literals_derived(loader, object, signal);
    return literals_long_enough(loader, given, signal) && literals_proved(loader, given, signal);
}

static bool sample_has_literal(const struct cw_sample *sample, const struct cw_strings *literals)
{
    for (size_t line = 0; line < sample->lines.count; line++) {
        for (size_t i = 0; i < literals->count; i++) {
            if (cw_str_find(sample->lines.items[line], literals->items[i]) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

/* A second proof, beside the one in literal.c, that the filter can not lose a match. */
static bool samples_have_literals(struct cw_loader *loader, const cJSON *object,
                                  const struct cw_signal *signal)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "match")->child;
    for (size_t i = 0; i < signal->match.count; i++, item = item->next) {
        if (sample_has_literal(&signal->match.items[i], &signal->literals))
            continue;
        cw_load_error(loader, cw_json_offset(item), "the sample holds no literal of the signal");
        return false;
    }
    return true;
}

bool cw_load_signal(struct cw_loader *loader, const cJSON *object, struct cw_signal *ret_signal)
{
    struct cw_signal signal = {
        .place = cw_json_place(loader->doc, cw_json_offset(object)),
    };
    if (!cw_read_object(loader, object, CW_KEYS(signal_keys), &signal))
        return false;
    if (!cJSON_GetObjectItemCaseSensitive(object, "code_form") && cw_log_has_sections(signal.log))
        signal.code_form = CW_CODE_SETUPAPI;
    if (!fits_log(loader, object, &signal))
        return false;
    /* Compiling is what loading costs most: the built-in pack, to which nobody listens, is
     * compiled pattern by pattern when they are needed. */
    if (loader->problems && !compiles(loader, object, &signal))
        return false;
    if (!settle_literals(loader, object, &signal) ||
        !samples_have_literals(loader, object, &signal))
        return false;
    *ret_signal = signal;
    return true;
}
