#include "diagnose/unexplained.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "diagnose/account_join.h"
#include "diagnose/cause_context.h"
#include "diagnose/chain.h"
#include "diagnose/fingerprint.h"

enum { SUBJECT_MOST = 200 };

/* What was found out about the failure without any rule. */
struct facts {
    const struct cw_section_failure *failure; /* of a driver section, or NULL */
    const struct cw_step *step;               /* of the run, or NULL */
    struct cw_second_look look;
    bool lacks_look;                       /* it was wanted and not possible */
    const struct cw_signal_match *symptom; /* earliest symptom, or NULL */
    const struct cw_cause *symptom_cause;
};

static const struct cw_step *first_failing_step(const struct cw_run *run)
{
    for (size_t i = 0; run && i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (step->code != CW_CODE_NONE && !step->at_shutdown)
            return step;
    }
    return run && run->step_count ? &run->steps[0] : NULL;
}

static uint32_t failing_code(const struct cw_incident *incident, const struct facts *facts)
{
    const struct cw_run *run = incident->run;
    if (run && run->original_failure != CW_CODE_NONE)
        return run->original_failure;
    if (facts->step && facts->step->code != CW_CODE_NONE)
        return facts->step->code;
    if (facts->failure && facts->failure->code != CW_CODE_NONE)
        return facts->failure->code;
    if (incident->section_count && incident->sections[0]->code != CW_CODE_NONE)
        return incident->sections[0]->code;
    if (incident->account_count && incident->accounts[0]->code != CW_CODE_NONE)
        return incident->accounts[0]->code;
    return facts->symptom ? facts->symptom->code : CW_CODE_NONE;
}

static void find_symptom(const struct cw_inference *inference, struct facts *facts)
{
    for (size_t i = 0; i < inference->held_count; i++) {
        const struct cw_held_cause *held = &inference->held[i];
        if (held->cause->role != CW_CAUSE_SYMPTOM || held->explained || facts->symptom)
            continue;
        facts->symptom = held->first;
        facts->symptom_cause = held->cause;
    }
}

/* Did it fail, or does it only lack its end? What failed in a run without an end is reported as
 * undecided. */
static bool did_fail(const struct cw_incident *incident, const struct facts *facts)
{
    if (incident->outcome == CW_OUTCOME_FAILED || incident->outcome == CW_OUTCOME_RECOVERED)
        return true;
    if (incident->run)
        return incident->run->step_count > 0;
    return facts->failure || facts->symptom;
}

/* Of what other logs tell, when there is neither run nor section. */
static const struct cw_evidence *account_evidence(const struct cw_account *account)
{
    const struct cw_account_error *error = cw_account_first_error(account);
    return error ? &error->evidence : &account->verdict;
}

static const struct cw_evidence *main_evidence(const struct cw_incident *incident,
                                               const struct facts *facts)
{
    if (facts->failure)
        return &facts->failure->error;
    if (facts->look.found)
        return &facts->look.first_error;
    if (facts->step)
        return &facts->step->evidence;
    if (facts->symptom)
        return &facts->symptom->evidence;
    if (incident->section_count)
        return incident->sections[0]->exit.text.len ? &incident->sections[0]->exit : NULL;
    return incident->account_count ? account_evidence(incident->accounts[0]) : NULL;
}

/* "Add Service: AmdK8", or what the run was doing. */
static struct cw_str operation_text(const struct facts *facts, char *text, size_t size)
{
    int len = 0;
    if (facts->failure && facts->failure->depth) {
        const struct cw_failed_operation *op = &facts->failure->path[facts->failure->depth - 1];
        struct cw_str argument = cw_str_head(op->argument, 120);
        len = snprintf(text, size, "%.*s%s%.*s", CW_STR_ARG(op->name), argument.len ? ": " : "",
                       CW_STR_ARG(argument));
    } else if (facts->step && facts->step->inf.len) {
        len = snprintf(text, size, "driver operation %u (phase %u) for %.*s", facts->step->index,
                       facts->step->phase, CW_STR_ARG(facts->step->inf));
    } else if (facts->look.has_operation) {
        struct cw_str operation = cw_str_head(facts->look.operation.text, 160);
        len = snprintf(text, size, "%.*s", CW_STR_ARG(operation));
    }
    return (struct cw_str){text, len > 0 && (size_t)len < size ? (size_t)len : 0};
}

/* The account, when the incident is nothing but what other logs tell. */
static const struct cw_account *account_alone(const struct cw_incident *incident)
{
    return incident->run || incident->section_count ? NULL : incident->accounts[0];
}

static const char *what_failed(const struct cw_incident *incident)
{
    const struct cw_account *account = account_alone(incident);
    if (account)
        return cw_account_title(account).ptr;
    if (!incident->run)
        return "A driver section";
    return cw_checks_text(incident->run->checks).ptr;
}

/* What a symptom says of itself, in Chinese; the other titles are put together of phrases, which
 * are translated where they are shown. */
static bool write_chinese_title(struct cw_finding *finding, struct cw_arena *arena,
                                const struct cw_rules *rules, struct cw_str english)
{
    const struct cw_strings *installers = &finding->entities.of[CW_ENTITY_INSTALLER];
    struct cw_str title = cw_rules_text(rules, CW_LANGUAGE_ZH_CN, english);
    struct cw_buf text;
    if (title.len == 0)
        return true;
    cw_buf_init(&text, CW_LIMIT_QUOTE);
    (void)cw_buf_append(&text, title);
    if (installers->count)
        (void)cw_buf_printf(&text, "（%.*s）", CW_STR_ARG(installers->items[0]));
    (void)cw_buf_append(&text, CW_STR("；没有规则能说明原因"));
    bool done = !text.failed && cw_arena_str(arena, cw_buf_str(&text), &finding->chinese.title);
    cw_buf_done(&text);
    return done;
}

static bool write_text(struct cw_finding *finding, const struct cw_conclusion *conclusion,
                       const struct cw_incident *incident, const struct facts *facts)
{
    struct cw_arena *arena = conclusion->arena;
    struct cw_buf title;
    char code[CW_CODE_TEXT];
    char operation_buffer[320];
    uint32_t ended = failing_code(incident, facts);
    const struct cw_account *account = account_alone(incident);
    const struct cw_strings *installers = &finding->entities.of[CW_ENTITY_INSTALLER];
    struct cw_str operation = operation_text(facts, operation_buffer, sizeof(operation_buffer));
    cw_buf_init(&title, CW_LIMIT_QUOTE);
    bool speaks_for_itself = facts->symptom_cause && !facts->failure &&
                             cw_str_find(facts->symptom_cause->title, CW_STR("${")) == SIZE_MAX;
    if (speaks_for_itself) {
        (void)cw_buf_append(&title, facts->symptom_cause->title);
        if (installers->count)
            (void)cw_buf_printf(&title, " (%.*s)", CW_STR_ARG(installers->items[0]));
    } else {
        (void)cw_buf_append(&title, cw_str_c(what_failed(incident)));
        if (account && account->subject.len)
            (void)cw_buf_printf(&title, " (%.*s)",
                                CW_STR_ARG(cw_str_head(account->subject, SUBJECT_MOST)));
        (void)cw_buf_append(&title, CW_STR(" failed"));
        if (ended != CW_CODE_NONE)
            (void)cw_buf_printf(&title, " with %s", cw_code_text(ended, code));
        if (operation.len)
            (void)cw_buf_printf(&title, " in: %.*s", CW_STR_ARG(operation));
    }
    (void)cw_buf_append(&title, CW_STR("; no rule knows why"));
    finding->confidence = CW_CONFIDENCE_OBSERVED;
    finding->confidence_reason = CW_STR("The lines below are what the logs say. That the first of "
                                        "them is the reason is not proven.");
    finding->explanation =
        account && account->log == CW_LOG_SETUPACT
            ? CW_STR("Windows Setup gave up, and no rule of the pack recognises why. The first "
                     "line below is the first that carries the code; what Setup was doing stands "
                     "before it in setupact.log, of which setuperr.log has only the errors.")
        : account ? CW_STR("This log tells of the failure from outside, and no rule of the pack "
                           "recognises it. What failed inside stands in CBS.log, or, for a driver, "
                           "in setupapi.dev.log.")
        : facts->failure || facts->look.found
            ? CW_STR("No rule of the pack recognises this failure. The first line below is the "
                     "innermost operation that failed, or the first line that carries the code; "
                     "what stands around it in the log is the place to read on.")
        : facts->lacks_look
            ? CW_STR("No rule of the pack recognises this failure. It could not be "
                     "searched for its first error: the log came through a pipe, and the run's "
                     "beginning was gone by its end; or it lies too deep in an archive; or another "
                     "file took its place meanwhile. Give a copy of the log as a file. The lines "
                     "below are its outermost signs.")
            : CW_STR("No rule of the pack recognises this failure, and no line inside the run "
                     "says what failed first. The lines below are its outermost signs.");
    bool done = !title.failed && cw_arena_str(arena, cw_buf_str(&title), &finding->title) &&
                (!speaks_for_itself || write_chinese_title(finding, arena, conclusion->rules,
                                                           facts->symptom_cause->title));
    cw_buf_done(&title);
    return done;
}

static bool write_chain(struct cw_finding *finding, struct cw_arena *arena,
                        const struct cw_incident *incident, const struct facts *facts)
{
    struct cw_chain chain;
    const struct cw_evidence *evidence = main_evidence(incident, facts);
    if (!cw_chain_init(&chain, arena))
        return false;
    if (facts->look.has_operation && !facts->failure &&
        !cw_chain_add(&chain, CW_CHAIN_CAUSE, &facts->look.operation,
                      CW_STR("what was being done")))
        return false;
    if (evidence && !cw_chain_add(&chain, CW_CHAIN_CAUSE, evidence, CW_STR_NONE))
        return false;
    if (!cw_chain_add_consequences(&chain, incident, facts->failure))
        return false;
    finding->chain = chain.items;
    finding->chain_count = chain.count;
    return true;
}

/* A failure has no action of its own: what is next is to read on, and to send the logs. */
static bool write_actions(struct cw_finding *finding, const struct cw_conclusion *conclusion,
                          const struct facts *facts)
{
    enum { MOST = 2 };
    finding->actions = cw_arena_array(conclusion->arena, MOST, sizeof(*finding->actions));
    finding->chinese.actions = cw_arena_array(conclusion->arena, MOST, sizeof(*finding->actions));
    if (!finding->actions || !finding->chinese.actions)
        return false;
    finding->actions[finding->action_count++] = (struct cw_action){
        .kind = CW_STR("check"),
        .text = CW_STR("Read the log around the first line quoted here; the lines before it say "
                       "what was being done."),
    };
    if (facts->symptom_cause && facts->symptom_cause->action_count) {
        const struct cw_action *action = &facts->symptom_cause->actions[0];
        finding->chinese.actions[finding->action_count].text =
            cw_rules_text(conclusion->rules, CW_LANGUAGE_ZH_CN, action->text);
        finding->actions[finding->action_count++] = *action;
    }
    return true;
}

static bool gather(struct cw_conclusion *conclusion, const struct cw_incident *incident,
                   const struct cw_inference *inference, struct facts *facts)
{
    for (size_t i = 0; i < incident->section_count && !facts->failure; i++)
        facts->failure = cw_section_main_failure(incident->sections[i]);
    facts->step = first_failing_step(incident->run);
    find_symptom(inference, facts);
    if (!incident->run || facts->failure || !did_fail(incident, facts))
        return true;
    facts->lacks_look = !cw_may_look_again(conclusion, incident->run);
    if (facts->lacks_look)
        return true;
    const struct cw_look_for what = {.code = failing_code(incident, facts)};
    if (cw_look_again(conclusion->c, incident->run, &what, conclusion->arena, &facts->look) < 0)
        return false;
    facts->lacks_look = !facts->look.possible;
    return true;
}

/* The code of the line that is quoted, as it is written there; the code with which the run ended is
 * often only a wrapper around it. */
static struct cw_str name_code(struct cw_finding *finding, const struct cw_incident *incident,
                               const struct facts *facts)
{
    if (facts->failure && facts->failure->code != CW_CODE_NONE) {
        finding->code = facts->failure->code;
        return facts->failure->written;
    }
    if (facts->look.found && facts->look.code != CW_CODE_NONE) {
        finding->code = facts->look.code;
        return facts->look.written;
    }
    finding->code = failing_code(incident, facts);
    if (facts->step && cw_code_same(facts->step->code, finding->code))
        return facts->step->written;
    const struct cw_account *account = account_alone(incident);
    return account ? account->code_written : CW_STR_NONE;
}

/* "(F) Failed execution of queue item Installer: Container Installer ({...}) with ..." */
static bool add_installer(struct cw_finding *finding, struct cw_arena *arena,
                          const struct facts *facts)
{
    size_t at = cw_str_find(facts->look.first_error.text, CW_STR("queue item Installer: "));
    if (!facts->look.found || at == SIZE_MAX)
        return true;
    struct cw_str name = cw_str_from(facts->look.first_error.text, at + 22);
    size_t end = cw_str_find(name, CW_STR(" ({"));
    return end == SIZE_MAX ||
           cw_entities_add(&finding->entities, arena, CW_ENTITY_INSTALLER, cw_str_head(name, end));
}

/* What failed, and while what was being done, without what is another on the next machine. Events
 * and Windows Update write in the language of theirs. */
static bool fingerprint(struct cw_finding *finding, struct cw_arena *arena,
                        const struct cw_incident *incident, const struct facts *facts)
{
    const struct cw_account *account = account_alone(incident);
    const struct cw_evidence *evidence = main_evidence(incident, facts);
    struct cw_buf shape;
    cw_buf_init(&shape, (size_t)4 * CW_LIMIT_QUOTE);
    bool localised =
        account && (account->log == CW_LOG_EVENTS || account->log == CW_LOG_WINDOWS_UPDATE);
    if (facts->failure && facts->failure->depth)
        cw_fingerprint_shape(&shape, facts->failure->path[facts->failure->depth - 1].name);
    if (facts->look.has_operation && !facts->failure)
        cw_fingerprint_shape(&shape, facts->look.operation.text);
    if (evidence && !localised)
        cw_fingerprint_shape(&shape, evidence->text);
    bool done = !shape.failed && cw_finding_fingerprint(finding, cw_buf_str(&shape), arena);
    cw_buf_done(&shape);
    return done;
}

bool cw_conclude_unexplained(struct cw_conclusion *conclusion, const struct cw_incident *incident,
                             const struct cw_inference *inference)
{
    struct cw_arena *arena = conclusion->arena;
    struct facts facts = {0};
    if (!gather(conclusion, incident, inference, &facts))
        return false;
    if (!did_fail(incident, &facts))
        return true;
    struct cw_finding *finding = cw_findings_add(&conclusion->findings, arena);
    if (!finding)
        return false;
    finding->id = CW_STR("unexplained");
    finding->role =
        incident->outcome == CW_OUTCOME_RECOVERED ? CW_ROLE_RECOVERED : CW_ROLE_UNEXPLAINED;
    struct cw_str written = name_code(finding, incident, &facts);
    if (facts.symptom && !cw_entities_merge(&finding->entities, arena, &facts.symptom->entities))
        return false;
    return cw_strings_add(&finding->as_written, arena, written) &&
           add_installer(finding, arena, &facts) &&
           cw_finding_add_facts(finding, arena, incident, facts.failure) &&
           write_text(finding, conclusion, incident, &facts) &&
           write_chain(finding, arena, incident, &facts) &&
           write_actions(finding, conclusion, &facts) &&
           fingerprint(finding, arena, incident, &facts);
}
