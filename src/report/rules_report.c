/* The rule pack as text: lists, and one rule in full. */
#include "cbswhy/rules.h"

#include "report/text_layout.h"
#include "rules/nearest.h"
#include "rules/rule.h"

enum {
    HANG = 14, /* column of the values in `show` */
    KIND = 8   /* width of "signal  " */
};

static int finish(struct cw_text *text, struct cw_error *error)
{
    int status = cw_text_end(text);
    return status < 0 ? cw_fail(error, status, "the report could not be written") : CW_OK;
}

static void list_rule(struct cw_text *text, const char *kind, struct cw_str id, struct cw_str title)
{
    struct cw_buf *draft = cw_text_draft(text);
    (void)cw_buf_printf(draft, "%-*s%.*s  ", KIND, kind, CW_STR_ARG(id));
    (void)cw_buf_append(draft, title);
    cw_text_verbatim(text, 0, cw_buf_str(draft));
}

int cw_rules_list(const struct cw_rules *rules, const struct cw_output *output,
                  struct cw_error *error)
{
    struct cw_text text;
    cw_text_begin(&text, NULL, output);
    for (size_t i = 0; i < rules->cause_count; i++)
        list_rule(&text, "cause", rules->causes[i].id, rules->causes[i].title);
    for (size_t i = 0; i < rules->signal_count; i++)
        list_rule(&text, "signal", rules->signals[i].id, rules->signals[i].pattern);
    return finish(&text, error);
}

/* Alternatives of several signals may need the same literal. */
static bool stood_before(const struct cw_rules *rules, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (cw_str_eq(rules->literals[i], rules->literals[index]))
            return true;
    }
    return false;
}

int cw_rules_list_literals(const struct cw_rules *rules, const struct cw_output *output,
                           struct cw_error *error)
{
    /* Byte for byte: a blank at the end belongs to the literal. */
    for (size_t i = 0; i < rules->literal_count; i++) {
        struct cw_str literal = rules->literals[i];
        if (stood_before(rules, i))
            continue;
        int status = output->write(output->context, literal.ptr, literal.len);
        if (status == CW_OK)
            status = output->write(output->context, "\n", 1);
        if (status < 0)
            return cw_fail(error, status, "writing failed");
    }
    return CW_OK;
}

int cw_rules_list_patterns(const struct cw_rules *rules, const struct cw_output *output,
                           struct cw_error *error)
{
    struct cw_text text;
    cw_text_begin(&text, NULL, output);
    for (size_t i = 0; i < rules->signal_count; i++)
        cw_text_verbatim(&text, 0, rules->signals[i].pattern);
    return finish(&text, error);
}

static void show(struct cw_text *text, const char *label, struct cw_str body)
{
    const struct cw_paragraph paragraph = {.hang = HANG, .label = cw_str_c(label)};
    if (body.len)
        cw_text_paragraph(text, &paragraph, body);
}

/* A list under one label, as it is written. */
static void show_list(struct cw_text *text, const char *label, const struct cw_strings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i == 0)
            cw_text_verbatim(text, 0, cw_str_c(label));
        cw_text_verbatim(text, 4, list->items[i]);
    }
}

static void show_place(struct cw_text *text, const char *kind, struct cw_str id,
                       const struct cw_place *place)
{
    struct cw_buf *draft = cw_text_draft(text);
    (void)cw_buf_printf(draft, "%.*s (%s, %.*s:%u)", CW_STR_ARG(id), kind, CW_STR_ARG(place->file),
                        place->line);
    cw_text_verbatim(text, 0, cw_buf_str(draft));
}

static void show_samples(struct cw_text *text, const char *label, const struct cw_samples *samples)
{
    if (samples->count)
        cw_text_verbatim(text, 0, cw_str_c(label));
    for (size_t i = 0; i < samples->count; i++) {
        const struct cw_strings *lines = &samples->items[i].lines;
        for (size_t line = 0; line < lines->count; line++)
            cw_text_verbatim(text, line + 1 == lines->count ? 4 : 6, lines->items[line]);
    }
}

static void show_signal(struct cw_text *text, const struct cw_signal *signal)
{
    show_place(text, "signal", signal->id, &signal->place);
    show(text, "log", cw_log_name(signal->log));
    show_list(text, "component", &signal->component);
    show_list(text, "operation", &signal->operation);
    show_list(text, "within", &signal->within);
    show_list(text, "section", &signal->section);
    cw_text_verbatim(text, 0, CW_STR("pattern"));
    cw_text_verbatim(text, 4, signal->pattern);
    show_list(text, "literal", &signal->literals);
    show(text, "code", signal->code_capture);
    show_samples(text, "matches", &signal->match);
    show_samples(text, "does not match", &signal->miss);
}

static void show_signal_refs(struct cw_text *text, const char *label,
                             const struct cw_signal *const *signals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        show(text, i == 0 ? label : "", signals[i]->id);
}

static void show_codes(struct cw_text *text, const struct cw_cause *cause)
{
    char code[CW_CODE_TEXT];
    for (size_t i = 0; i < cause->code_count; i++)
        show(text, i == 0 ? "code" : "", cw_str_c(cw_code_text(cause->codes[i], code)));
}

static void show_actions(struct cw_text *text, const struct cw_action *actions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct cw_paragraph paragraph = {.hang = HANG, .label = actions[i].kind};
        cw_text_paragraph(text, &paragraph, actions[i].text);
        for (size_t k = 0; k < actions[i].commands.count; k++)
            cw_text_verbatim(text, HANG + 2, actions[i].commands.items[k]);
    }
}

static void show_hypotheses(struct cw_text *text, const struct cw_cause *cause)
{
    for (size_t i = 0; i < cause->hypothesis_count; i++) {
        const struct cw_hypothesis *hypothesis = &cause->hypotheses[i];
        show(text, "hypothesis", hypothesis->statement);
        show(text, "confidence", cw_confidence_name(hypothesis->confidence));
        show(text, "because", hypothesis->reason);
        if (hypothesis->weigh == CW_WEIGH_INTERFERENCE)
            show(text, "weighed by",
                 CW_STR("what all logs hold for and against a driver of another vendor"));
        show_actions(text, hypothesis->settle, hypothesis->settle_count);
    }
}

static void show_strings(struct cw_text *text, const char *label, const struct cw_strings *list)
{
    for (size_t i = 0; i < list->count; i++)
        show(text, i == 0 ? label : "", list->items[i]);
}

static struct cw_str role_name(enum cw_cause_role role)
{
    switch (role) {
    case CW_CAUSE_CAUSE:
        return CW_STR("cause");
    case CW_CAUSE_SYMPTOM:
        return CW_STR("symptom");
    case CW_CAUSE_HARMLESS:
        break;
    }
    return CW_STR("harmless");
}

/* Each signal once, in full, behind what refers to it. */
static void show_cause_signals(struct cw_text *text, const struct cw_cause *cause)
{
    const struct {
        const struct cw_signal *const *signals;
        size_t count;
    } lists[] = {
        {cause->all, cause->all_count},
        {cause->any, cause->any_count},
        {cause->none, cause->none_count},
    };
    for (size_t list = 0; list < sizeof(lists) / sizeof(lists[0]); list++) {
        for (size_t i = 0; i < lists[list].count; i++) {
            cw_text_blank(text);
            show_signal(text, lists[list].signals[i]);
        }
    }
}

static void show_cause(struct cw_text *text, const struct cw_cause *cause)
{
    show_place(text, "cause", cause->id, &cause->place);
    show(text, "title", cause->title);
    show(text, "explanation", cause->explanation);
    show(text, "role", role_name(cause->role));
    show_signal_refs(text, cause->ordered ? "all, in order" : "all", cause->all, cause->all_count);
    show_signal_refs(text, "any", cause->any, cause->any_count);
    show_signal_refs(text, "none", cause->none, cause->none_count);
    show_codes(text, cause);
    show_strings(text, "agree", &cause->agree);
    show_strings(text, "explains", &cause->explains);
    show(text, "confidence", cw_confidence_name(cause->confidence));
    show(text, "because", cause->confidence_reason);
    show_hypotheses(text, cause);
    show_actions(text, cause->actions, cause->action_count);
    show_strings(text, "references", &cause->references);
    show_cause_signals(text, cause);
}

int cw_rules_show(const struct cw_rules *rules, const char *id, const struct cw_output *output,
                  struct cw_error *error)
{
    const struct cw_cause *cause = cw_rules_cause(rules, cw_str_c(id));
    const struct cw_signal *signal = cw_rules_signal(rules, cw_str_c(id));
    if (!cause && !signal)
        return cw_rules_no_id(rules, cw_str_c(id), error);
    struct cw_text text;
    cw_text_begin(&text, NULL, output);
    if (cause)
        show_cause(&text, cause);
    else
        show_signal(&text, signal);
    return finish(&text, error);
}
