#include "diagnose/convert.h"

#include <stdio.h>

/* What strings of one source are converted with, and where they go. */
struct target {
    struct cw_codepage *text;
    struct cw_arena *arena;
    const struct cw_case_source *sources; /* of the case */
};

static bool convert(const struct target *target, struct cw_str *text)
{
    return cw_codepage_convert(target->text, target->arena, *text, text);
}

/* A run that was cut in two by a rotation has lines of two logs. */
static bool convert_line(const struct target *target, struct cw_evidence *line)
{
    return cw_codepage_convert(target->sources[line->source].text, target->arena, line->text,
                               &line->text);
}

static bool convert_strings(const struct target *target, struct cw_strings *strings)
{
    for (size_t i = 0; i < strings->count; i++) {
        if (!convert(target, &strings->items[i]))
            return false;
    }
    return true;
}

static bool convert_entities(const struct target *target, struct cw_entities *entities)
{
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        if (!convert_strings(target, &entities->of[kind]))
            return false;
    }
    return true;
}

static bool convert_matches(const struct target *target, struct cw_signal_match *matches,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!convert_line(target, &matches[i].evidence) ||
            !convert_entities(target, &matches[i].entities))
            return false;
    }
    return true;
}

static bool convert_run(const struct target *target, struct cw_run *run)
{
    for (size_t i = 0; i < run->step_count; i++) {
        if (!convert(target, &run->steps[i].inf) || !convert_line(target, &run->steps[i].evidence))
            return false;
    }
    return convert(target, &run->session) && convert_strings(target, &run->packages) &&
           convert_strings(target, &run->failed_packages) && convert_strings(target, &run->kbs) &&
           convert(target, &run->package_state) && convert(target, &run->forward_state) &&
           convert_matches(target, run->matches, run->match_count);
}

static bool convert_failure(const struct target *target, struct cw_section_failure *failure)
{
    for (size_t i = 0; i < failure->depth; i++) {
        if (!convert(target, &failure->path[i].name) ||
            !convert(target, &failure->path[i].argument))
            return false;
    }
    for (size_t i = 0; i < failure->property_count; i++) {
        if (!convert(target, &failure->properties[i]))
            return false;
    }
    return convert_line(target, &failure->error) && convert_line(target, &failure->exits) &&
           convert_entities(target, &failure->entities);
}

static bool convert_section(const struct target *target, struct cw_section *section)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        if (!convert_failure(target, &section->failures[i]))
            return false;
    }
    return convert(target, &section->title) && convert(target, &section->instance) &&
           convert(target, &section->command) && convert(target, &section->exit_status) &&
           convert_line(target, &section->exit) &&
           convert_matches(target, section->matches, section->match_count);
}

static bool convert_account(const struct target *target, struct cw_account *account)
{
    for (size_t i = 0; i < account->error_count; i++) {
        if (!convert_line(target, &account->errors[i].evidence))
            return false;
    }
    return convert(target, &account->subject) && convert_line(target, &account->verdict) &&
           convert_entities(target, &account->entities) &&
           convert_matches(target, account->matches, account->match_count);
}

/* What was learned of an INF may come from several logs: one machine has one code page. */
static bool convert_infs(struct cw_case *c)
{
    struct target target = {.arena = &c->arena};
    for (size_t i = 0; i < c->source_count; i++) {
        if (!target.text || c->sources[i].log == CW_LOG_SETUPAPI)
            target.text = c->sources[i].text;
    }
    for (size_t i = 0; i < c->inf_count; i++) {
        struct cw_learned_inf *inf = &c->infs[i];
        if (!convert(&target, &inf->inf) || !convert_strings(&target, &inf->services) ||
            !convert_strings(&target, &inf->files))
            return false;
    }
    return true;
}

bool cw_case_convert(struct cw_case *c)
{
    for (size_t i = 0; i < c->run_count; i++) {
        struct cw_run *run = c->runs[i];
        struct target target = {c->sources[run->source].text, &run->arena, c->sources};
        if (!convert_run(&target, run))
            return false;
    }
    for (size_t i = 0; i < c->section_count; i++) {
        struct cw_section *section = c->sections[i];
        struct target target = {c->sources[section->source].text, &section->arena, c->sources};
        if (!convert_section(&target, section))
            return false;
    }
    for (size_t i = 0; i < c->account_count; i++) {
        struct cw_account *account = c->accounts[i];
        struct target target = {c->sources[account->source].text, &account->arena, c->sources};
        if (!convert_account(&target, account))
            return false;
    }
    return convert_infs(c);
}

static bool remark(struct cw_case *c, const struct cw_case_source *source, const char *kind,
                   uint64_t count, const char *text)
{
    struct cw_remark remark = {
        .kind = cw_str_c(kind),
        .path = source->path,
        .text = cw_str_c(text),
        .count = count,
    };
    return cw_case_remark(c, &remark);
}

static bool remark_encoding(struct cw_case *c, const struct cw_case_source *source)
{
    enum cw_encoding encoding;
    char text[200];
    if (cw_codepage_encoding(source->text, &encoding) < 0)
        return false;
    (void)snprintf(text, sizeof(text),
                   "names beyond ASCII were taken for %.*s (%.*s); --encoding takes another",
                   CW_STR_ARG(cw_encoding_name(encoding)),
                   CW_STR_ARG(cw_encoding_script(encoding)));
    if (cw_codepage_is_guess(source->text) && !remark(c, source, "code_page_guessed", 1, text))
        return false;
    (void)snprintf(text, sizeof(text), "some names are in UTF-8 and some in %.*s",
                   CW_STR_ARG(cw_encoding_name(encoding)));
    if (cw_codepage_is_mixed(source->text) && !remark(c, source, "mixed_encodings", 1, text))
        return false;
    uint64_t replaced = cw_codepage_replaced(source->text);
    (void)snprintf(text, sizeof(text), "quoted bytes are no characters of %.*s and stand as U+FFFD",
                   CW_STR_ARG(cw_encoding_name(encoding)));
    return replaced == 0 || remark(c, source, "undecodable", replaced, text);
}

bool cw_case_remark_encodings(struct cw_case *c)
{
    for (size_t i = 0; i < c->source_count; i++) {
        if (!remark_encoding(c, &c->sources[i]))
            return false;
    }
    return true;
}

bool cw_case_source_encoding(const struct cw_case_source *source, struct cw_str *ret_name)
{
    enum cw_encoding encoding = source->encoding;
    if (encoding == CW_ENCODING_UTF8 && cw_codepage_encoding(source->text, &encoding) < 0)
        return false;
    *ret_name = cw_encoding_name(encoding);
    return true;
}
