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

/* Texts of a cause, in a language, with what their placeholders stand for. */
struct writer {
    const struct cw_rules *rules;
    struct cw_arena *arena;
    enum cw_language language;
    struct cw_expansion expansion;
};

/* Empty when the pack has no text in this language. */
static bool expand_text(const struct writer *writer, struct cw_str english, struct cw_str *ret_text)
{
    struct cw_str text = cw_rules_text(writer->rules, writer->language, english);
    return cw_expand_text(&writer->expansion, writer->arena, text, ret_text);
}

static bool add_warning(const struct writer *writer, struct cw_str *text)
{
    static const char *const warnings[CW_LANGUAGES] = {
        [CW_LANGUAGE_EN] = " (A command is left out: what the log gives for it holds characters "
                           "that a shell would act on.)",
        [CW_LANGUAGE_ZH_CN] = "（此处省略一条命令：日志中对应的内容含有会被命令行解释的字符。）",
    };
    struct cw_buf buf;
    if (text->len == 0)
        return true;
    cw_buf_init(&buf, 64 * 1024);
    bool done = cw_buf_append(&buf, *text) &&
                cw_buf_append(&buf, cw_str_c(warnings[writer->language])) &&
                cw_arena_str(writer->arena, cw_buf_str(&buf), text);
    cw_buf_done(&buf);
    return done;
}

static bool expand_actions(const struct writer *writer, const struct cw_action *from, size_t count,
                           struct cw_action **ret_to)
{
    struct cw_action *to = cw_arena_array(writer->arena, count, sizeof(*to));
    if (!to)
        return false;
    for (size_t i = 0; i < count; i++) {
        bool left_out = false;
        to[i].kind = from[i].kind;
        if (!expand_text(writer, from[i].text, &to[i].text) ||
            !cw_expand_commands(&writer->expansion, writer->arena, &from[i].commands,
                                &to[i].commands, &left_out) ||
            (left_out && !add_warning(writer, &to[i].text)))
            return false;
    }
    *ret_to = to;
    return true;
}

static bool expand_hypotheses(const struct writer *writer, const struct cw_cause *cause,
                              struct cw_hypothesis **ret_to)
{
    struct cw_hypothesis *to = cw_arena_array(writer->arena, cause->hypothesis_count, sizeof(*to));
    if (!to)
        return false;
    for (size_t i = 0; i < cause->hypothesis_count; i++) {
        const struct cw_hypothesis *from = &cause->hypotheses[i];
        to[i] = *from;
        if (!expand_text(writer, from->statement, &to[i].statement) ||
            !expand_text(writer, from->reason, &to[i].reason) ||
            !expand_actions(writer, from->settle, from->settle_count, &to[i].settle))
            return false;
    }
    *ret_to = to;
    return true;
}

static bool expand_wording(const struct writer *writer, const struct cw_cause *cause,
                           struct cw_wording *ret_wording)
{
    return expand_text(writer, cause->title, &ret_wording->title) &&
           expand_text(writer, cause->explanation, &ret_wording->explanation) &&
           expand_text(writer, cause->confidence_reason, &ret_wording->confidence_reason) &&
           expand_actions(writer, cause->actions, cause->action_count, &ret_wording->actions) &&
           expand_hypotheses(writer, cause, &ret_wording->hypotheses);
}

static bool expand_allowlist(const struct writer *writer, const struct cw_allowlist *from,
                             struct cw_allowlist *to)
{
    const struct cw_expansion *expansion = &writer->expansion;
    return cw_expand_list(expansion, writer->arena, &from->process, &to->process) &&
           cw_expand_list(expansion, writer->arena, &from->registry_key, &to->registry_key) &&
           cw_expand_list(expansion, writer->arena, &from->file, &to->file);
}

/* The English wording is the finding's own. */
static bool write_wordings(struct writer *writer, const struct cw_cause *cause,
                           struct cw_finding *finding)
{
    struct cw_wording english = {0};
    if (!expand_wording(writer, cause, &english))
        return false;
    finding->title = english.title;
    finding->explanation = english.explanation;
    finding->confidence_reason = english.confidence_reason;
    finding->actions = english.actions;
    finding->action_count = cause->action_count;
    finding->hypotheses = english.hypotheses;
    finding->hypothesis_count = cause->hypothesis_count;
    writer->language = CW_LANGUAGE_ZH_CN;
    writer->expansion.unknown = CW_STR("（未知）");
    return expand_wording(writer, cause, &finding->chinese);
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
    struct writer writer = {
        .rules = conclusion->rules,
        .arena = arena,
        .expansion =
            {
                .unknown = CW_STR("(unknown)"),
                .entities = &finding->entities,
                .owned_services = &services,
                .owned_files = &files,
                .code = cw_str_c(cw_code_text(finding->code, code)),
                .process = stable_process(acting_process(incident)),
                .servicing_process = servicing_process(incident),
            },
    };
    if (!collect_owned(conclusion, finding, &services, &files))
        return false;
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        if (!cw_expand_list(&writer.expansion, arena, &cause->entities.of[kind],
                            &finding->entities.of[kind]))
            return false;
    }
    finding->confidence = cause->confidence;
    finding->references = cause->references;
    return write_wordings(&writer, cause, finding) &&
           expand_allowlist(&writer, &cause->allowlist, &finding->allowlist);
}
