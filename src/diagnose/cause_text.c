#include "diagnose/cause_text.h"

#include "base/buf.h"
#include "diagnose/expand.h"

/* What the finding's INFs own: by knowledge, and by what the logs show. */
static bool collect_owned(const struct cw_conclusion *conclusion, const struct cw_finding *finding,
                          struct cw_strings *services, struct cw_strings *files)
{
    const struct cw_strings *infs = &finding->entities.of[CW_ENTITY_INF];
    struct cw_arena *arena = conclusion->arena;
    for (size_t i = 0; i < infs->count; i++) {
        const struct cw_inf_facts *facts = cw_rules_inf(conclusion->rules, infs->items[i]);
        for (size_t k = 0; facts && k < facts->services.count; k++) {
            if (!cw_strings_add(services, arena, facts->services.items[k]))
                return false;
        }
        for (size_t k = 0; facts && k < facts->files.count; k++) {
            if (!cw_strings_add(files, arena, facts->files.items[k]))
                return false;
        }
        for (size_t n = 0; n < conclusion->c->inf_count; n++) {
            const struct cw_learned_inf *learned = &conclusion->c->infs[n];
            if (!cw_str_eq_nocase(learned->inf, infs->items[i]))
                continue;
            for (size_t k = 0; k < learned->services.count; k++) {
                if (!cw_strings_add(services, arena, learned->services.items[k]))
                    return false;
            }
            for (size_t k = 0; k < learned->files.count; k++) {
                if (!cw_strings_add(files, arena, learned->files.items[k]))
                    return false;
            }
        }
    }
    return true;
}

static bool add_warning(struct cw_arena *arena, struct cw_str *text)
{
    struct cw_buf buf;
    cw_buf_init(&buf, 64 * 1024);
    bool done = cw_buf_append(&buf, *text) &&
                cw_buf_append(&buf, CW_STR(" (A command is left out: what the log gives for it "
                                           "holds characters that a shell would act on.)")) &&
                cw_arena_str(arena, cw_buf_str(&buf), text);
    cw_buf_done(&buf);
    return done;
}

static bool expand_actions(const struct cw_expansion *expansion, struct cw_arena *arena,
                           const struct cw_action *from, size_t count, struct cw_action **ret_to)
{
    struct cw_action *to = cw_arena_array(arena, count, sizeof(*to));
    if (!to)
        return false;
    for (size_t i = 0; i < count; i++) {
        bool left_out = false;
        to[i].kind = from[i].kind;
        if (!cw_expand_text(expansion, arena, from[i].text, &to[i].text) ||
            !cw_expand_commands(expansion, arena, &from[i].commands, &to[i].commands, &left_out) ||
            (left_out && !add_warning(arena, &to[i].text)))
            return false;
    }
    *ret_to = to;
    return true;
}

static bool expand_hypotheses(const struct cw_expansion *expansion, struct cw_arena *arena,
                              const struct cw_cause *cause, struct cw_finding *finding)
{
    struct cw_hypothesis *to = cw_arena_array(arena, cause->hypothesis_count, sizeof(*to));
    if (!to)
        return false;
    for (size_t i = 0; i < cause->hypothesis_count; i++) {
        const struct cw_hypothesis *from = &cause->hypotheses[i];
        to[i] = *from;
        if (!cw_expand_text(expansion, arena, from->statement, &to[i].statement) ||
            !cw_expand_text(expansion, arena, from->reason, &to[i].reason) ||
            !expand_actions(expansion, arena, from->settle, from->settle_count, &to[i].settle))
            return false;
    }
    finding->hypotheses = to;
    finding->hypothesis_count = cause->hypothesis_count;
    return true;
}

/* The program that the section's `cmd:` line names, without its arguments. */
static struct cw_str acting_process(const struct cw_incident *incident)
{
    if (!incident->section_count)
        return CW_STR_NONE;
    struct cw_str command = incident->sections[0]->command;
    if (cw_str_starts(command, CW_STR("\""))) {
        command = cw_str_from(command, 1);
        return cw_str_head(command, cw_str_find_char(command, '"'));
    }
    size_t end = cw_str_find_nocase(command, CW_STR(".exe"));
    return end == SIZE_MAX ? CW_STR_NONE : cw_str_head(command, end + 4);
}

/* TiWorker.exe lies in the folder of the servicing stack, which has another name after its next
 * update: an allowlist must not name this one. */
static struct cw_str stable_process(struct cw_str process)
{
    bool worker = cw_str_eq_nocase(cw_str_basename(process), CW_STR("TiWorker.exe"));
    return worker
               ? CW_STR("C:\\Windows\\WinSxS\\*_microsoft-windows-servicingstack_*\\TiWorker.exe")
               : process;
}

static struct cw_str servicing_process(const struct cw_incident *incident)
{
    return cw_incident_is_servicing(incident)
               ? CW_STR("C:\\Windows\\servicing\\TrustedInstaller.exe")
               : CW_STR_NONE;
}

bool cw_cause_write(struct cw_conclusion *conclusion, const struct cw_cause *cause,
                    const struct cw_incident *incident, struct cw_finding *finding)
{
    struct cw_arena *arena = conclusion->arena;
    struct cw_strings services = {0};
    struct cw_strings files = {0};
    char code[CW_CODE_TEXT];
    struct cw_expansion expansion = {
        .entities = &finding->entities,
        .owned_services = &services,
        .owned_files = &files,
        .code = cw_str_c(cw_code_text(finding->code, code)),
        .process = stable_process(acting_process(incident)),
        .servicing_process = servicing_process(incident),
    };
    if (!collect_owned(conclusion, finding, &services, &files))
        return false;
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        if (!cw_expand_list(&expansion, arena, &cause->entities.of[kind],
                            &finding->entities.of[kind]))
            return false;
    }
    finding->confidence = cause->confidence;
    finding->references = cause->references;
    finding->action_count = cause->action_count;
    return cw_expand_text(&expansion, arena, cause->title, &finding->title) &&
           cw_expand_text(&expansion, arena, cause->explanation, &finding->explanation) &&
           cw_expand_text(&expansion, arena, cause->confidence_reason,
                          &finding->confidence_reason) &&
           cw_expand_list(&expansion, arena, &cause->allowlist.process,
                          &finding->allowlist.process) &&
           cw_expand_list(&expansion, arena, &cause->allowlist.registry_key,
                          &finding->allowlist.registry_key) &&
           cw_expand_list(&expansion, arena, &cause->allowlist.file, &finding->allowlist.file) &&
           expand_actions(&expansion, arena, cause->actions, cause->action_count,
                          &finding->actions) &&
           expand_hypotheses(&expansion, arena, cause, finding);
}
