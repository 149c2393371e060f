#include "diagnose/interference.h"

#include <stdio.h>

#include "base/buf.h"
#include "diagnose/interference_verdict.h"
#include "diagnose/refusals.h"
#include "diagnose/suspects.h"
#include "diagnose/writes.h"
#include "model/machines.h"

/* A finding that is weighed. */
struct weighing {
    struct cw_conclusion *conclusion;
    struct cw_arena *arena;
    const struct cw_attempt *attempts; /* all of them */
    size_t attempt_count;
    const struct cw_incident *incident;
    struct cw_finding *finding;
    struct cw_interference *result;
    struct cw_refusals refusals, sharing; /* of the incident */
    size_t others;                        /* unrelated things that were refused, too */
    const struct cw_refusal *refusal;     /* the one that the finding is about, or NULL */
    cw_time time;                         /* when it was refused */
    struct cw_writes writes;              /* of the same thing */
    bool retried;                         /* writes.after is in the same incident */
};

static size_t source_of(const struct weighing *weighing)
{
    return weighing->refusal ? weighing->refusal->evidence->source
                             : cw_incident_place(weighing->incident).source;
}

/* --- items --- */

static bool add_item(struct weighing *weighing, bool pro, const char *kind,
                     const struct cw_chain_item *item)
{
    struct cw_interference *result = weighing->result;
    struct cw_weight *weights = pro ? result->pro : result->contra;
    size_t *count = pro ? &result->pro_count : &result->contra_count;
    *(pro ? &result->pro_total : &result->contra_total) += 1;
    if (*count == CW_WEIGHTS_MOST)
        return true;
    weights[(*count)++] = (struct cw_weight){cw_str_c(kind), *item};
    return true;
}

static bool add_evidence(struct weighing *weighing, bool pro, const char *kind,
                         const struct cw_evidence *evidence, const char *note)
{
    struct cw_chain_item item = {
        .role = CW_CHAIN_CAUSE,
        .time = evidence->time,
        .time_approximate = evidence->time_approximate,
        .source = evidence->source,
        .line = evidence->line,
        .last_line = evidence->last_line,
    };
    return cw_arena_str(weighing->arena, evidence->text, &item.text) &&
           cw_arena_str(weighing->arena, cw_str_c(note), &item.note) &&
           add_item(weighing, pro, kind, &item);
}

static bool add_past(struct weighing *weighing, bool pro, const char *kind,
                     const struct cw_past_line *line, const char *note)
{
    struct cw_str text;
    const struct cw_case *c = weighing->conclusion->c;
    struct cw_evidence evidence = {
        .source = line->source,
        .line = line->line,
        .last_line = line->last_line,
        .time = line->time,
        .time_approximate = line->time_approximate,
    };
    return cw_arena_str(weighing->arena, cw_past_text(line), &text) &&
           cw_codepage_convert(c->sources[line->source].text, weighing->arena, text,
                               &evidence.text) &&
           add_evidence(weighing, pro, kind, &evidence, note);
}

/* "service AmdPPM", then `what`. */
static const char *say_of(const struct cw_written_thing *thing, const char *what, char text[400])
{
    const char *kind = thing->kind == CW_ENTITY_SERVICE        ? "service"
                       : thing->kind == CW_ENTITY_REGISTRY_KEY ? "key"
                                                               : "file";
    (void)snprintf(text, 400, "%s %.*s %s", kind, CW_STR_ARG(cw_str_head(thing->name, 200)), what);
    return text;
}

/* --- for --- */

static bool is_same_machine(const struct weighing *weighing, const struct cw_attempt *attempt)
{
    return attempt->incident != weighing->incident && !attempt->incident->damaged &&
           cw_may_be_same_machine(weighing->conclusion->c,
                                  cw_incident_place(weighing->incident).source,
                                  cw_incident_place(attempt->incident).source);
}

/* It says nothing more than the finding's own refusal, or one before it in the list. */
static bool is_told(const struct weighing *weighing, size_t index)
{
    const struct cw_refusal *refusal = &weighing->refusals.items[index];
    bool told = cw_related_things(&refusal->thing, &weighing->refusal->thing);
    for (size_t i = 0; i < index && !told; i++)
        told = cw_related_things(&refusal->thing, &weighing->refusals.items[i].thing);
    return told;
}

static bool add_other_things(struct weighing *weighing)
{
    char note[400];
    for (size_t i = 0; i < weighing->refusals.count; i++) {
        const struct cw_refusal *other = &weighing->refusals.items[i];
        if (is_told(weighing, i))
            continue;
        weighing->others++;
        if (!add_evidence(weighing, true, "denied_too", other->evidence,
                          say_of(&other->thing, "was refused as well", note)))
            return false;
    }
    return true;
}

/* The same thing, refused in another attempt. */
static bool add_other_attempt(struct weighing *weighing, const struct cw_attempt *attempt,
                              struct cw_refused_write *write)
{
    struct cw_refusals others;
    struct cw_refusals sharing;
    if (!cw_refusals_find(attempt->incident, weighing->arena, &others, &sharing))
        return false;
    for (size_t i = 0; i < others.count; i++) {
        const struct cw_refusal *other = &others.items[i];
        if (!cw_same_thing(&other->thing, &weighing->refusal->thing))
            continue;
        cw_time time = other->evidence->time;
        bool since_written = !weighing->writes.before || time > weighing->writes.before->time;
        if (time != CW_TIME_NONE && time < write->time && since_written) {
            write->time = time;
            write->at = other->evidence;
        }
        return add_evidence(weighing, true, "denied_again", other->evidence,
                            "the same was refused in another attempt");
    }
    return true;
}

/* `write` is given the first refusal. */
static bool add_other_attempts(struct weighing *weighing, struct cw_refused_write *write)
{
    for (size_t i = 0; weighing->refusal && i < weighing->attempt_count; i++) {
        if (is_same_machine(weighing, &weighing->attempts[i]) &&
            !add_other_attempt(weighing, &weighing->attempts[i], write))
            return false;
    }
    return true;
}

static const struct cw_past_line *offline_line(const struct cw_incident *incident)
{
    for (size_t i = 0; i < incident->section_count; i++) {
        if (incident->sections[i]->offline.line)
            return &incident->sections[i]->offline;
    }
    return incident->run && incident->run->offline.line ? &incident->run->offline : NULL;
}

/* "[Install Driver Updates]"; empty when memory is exhausted. */
static struct cw_str heading_of(const struct cw_section *section, struct cw_arena *arena)
{
    struct cw_buf text;
    struct cw_str copy = CW_STR_NONE;
    cw_buf_init(&text, CW_LIMIT_QUOTE);
    (void)cw_buf_printf(&text, "[%.*s%s%.*s]", CW_STR_ARG(section->title),
                        section->instance.len ? " - " : "", CW_STR_ARG(section->instance));
    if (text.failed || !cw_arena_str(arena, cw_buf_str(&text), &copy))
        copy = CW_STR_NONE;
    cw_buf_done(&text);
    return copy;
}

/* A driver section that servicing makes, or a step of the run: who was writing may write. */
static bool add_writer(struct weighing *weighing)
{
    static const char note[] = "servicing itself was writing: by default it may write there, so "
                               "that permissions alone seldom refuse it";
    const struct cw_incident *incident = weighing->incident;
    const struct cw_run *run = incident->run;
    if (!weighing->refusal || offline_line(incident) || !cw_incident_is_servicing(incident))
        return true;
    for (size_t i = 0; run && i < run->step_count; i++) {
        if (cw_code_is_denial(run->steps[i].code))
            return add_evidence(weighing, true, "servicing_writes", &run->steps[i].evidence, note);
    }
    if (incident->section_count == 0 || !incident->sections[0]->has_header)
        return true;
    const struct cw_section *section = incident->sections[0];
    const struct cw_evidence title = {
        .source = section->source,
        .line = section->first_line,
        .last_line = section->first_line,
        .time = section->start,
        .text = heading_of(section, weighing->arena),
    };
    return title.text.len && add_evidence(weighing, true, "servicing_writes", &title, note);
}

/* --- against --- */

static bool add_offline(struct weighing *weighing)
{
    const struct cw_past_line *line = offline_line(weighing->incident);
    return !line || add_past(weighing, false, "offline_image", line,
                             "the Windows that was written to was not running: no driver that is "
                             "installed in it was");
}

static bool add_writes(struct weighing *weighing)
{
    if (weighing->writes.before &&
        !add_past(weighing, false, "written_before", weighing->writes.before,
                  "it could be written then: what refuses it did not do so yet"))
        return false;
    if (!weighing->writes.after)
        return true;
    return add_past(weighing, false, "written_later", weighing->writes.after,
                    weighing->retried ? "it could be written in the same run after all"
                                      : "it could be written later; the logs do not show what was "
                                        "changed in between");
}

static bool add_spared(struct weighing *weighing)
{
    char note[400];
    struct cw_spared spared;
    const struct cw_incident *incident = weighing->incident;
    bool alone = incident->section_count && weighing->refusal && weighing->others == 0;
    if (!alone || !cw_writes_spared(weighing->conclusion->c, weighing->refusal,
                                    incident->sections[0], &spared))
        return true;
    return add_past(weighing, false, "only_this_one", spared.line,
                    say_of(&spared.thing,
                           "was written in the same run: not all of its kind are refused. It may "
                           "be the permissions of this one, or an agent that protects chosen ones",
                           note));
}

static bool add_sharing(struct weighing *weighing)
{
    for (size_t i = 0; weighing->refusal && i < weighing->sharing.count; i++) {
        const struct cw_refusal *other = &weighing->sharing.items[i];
        if (cw_same_thing(&other->thing, &weighing->refusal->thing) &&
            !add_evidence(weighing, false, "open_elsewhere", other->evidence,
                          "a program had it open: what is in use is refused, too"))
            return false;
    }
    return true;
}

/* --- one finding --- */

/* The refusal on the finding's first line, else the first one. */
static const struct cw_refusal *find_refusal(const struct weighing *weighing)
{
    const struct cw_finding *finding = weighing->finding;
    for (size_t i = 0; i < weighing->refusals.count; i++) {
        const struct cw_evidence *evidence = weighing->refusals.items[i].evidence;
        if (finding->chain_count && evidence->source == finding->chain[0].source &&
            evidence->line == finding->chain[0].line)
            return &weighing->refusals.items[i];
    }
    return weighing->refusals.count ? &weighing->refusals.items[0] : NULL;
}

static cw_time oldest_driver_log(const struct weighing *weighing)
{
    const struct cw_case *c = weighing->conclusion->c;
    cw_time since = CW_TIME_NONE;
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_case_source *source = &c->sources[i];
        if (source->log == CW_LOG_SETUPAPI && source->stats.first != CW_TIME_NONE &&
            cw_may_be_same_machine(c, source_of(weighing), i) &&
            (since == CW_TIME_NONE || source->stats.first < since))
            since = source->stats.first;
    }
    return since;
}

static void find_writes(struct weighing *weighing)
{
    const struct cw_incident *incident = weighing->incident;
    if (!weighing->refusal)
        return;
    weighing->writes = cw_writes_find(weighing->conclusion->c, weighing->refusal, weighing->time);
    const struct cw_past_line *after = weighing->writes.after;
    weighing->retried = after && after->time != CW_TIME_NONE && incident->end != CW_TIME_NONE &&
                        after->time <= incident->end;
}

/* What was changed in between, where the logs show it. */
static void mention_removal(struct cw_interference *result)
{
    bool removed = false;
    for (size_t i = 0; i < result->suspect_count; i++)
        removed |= result->suspects[i].removal.line > 0;
    for (size_t i = 0; i < result->contra_count && removed; i++) {
        if (cw_str_eq(result->contra[i].kind, CW_STR("written_later")))
            result->contra[i].item.note =
                CW_STR("it could be written later, after a driver package was removed: see there");
    }
}

static bool gather(struct weighing *weighing)
{
    struct cw_refused_write write = {
        .c = weighing->conclusion->c,
        .rules = weighing->conclusion->rules,
        .source = source_of(weighing),
        .time = weighing->time,
        .at = weighing->refusal ? weighing->refusal->evidence : NULL,
        .written = weighing->writes.before ? weighing->writes.before->time : CW_TIME_NONE,
        .written_later = weighing->writes.after ? weighing->writes.after->time : CW_TIME_NONE,
        .infs = &weighing->finding->entities.of[CW_ENTITY_INF],
    };
    if (!add_other_things(weighing) || !add_other_attempts(weighing, &write) ||
        !add_writer(weighing) || !add_offline(weighing) || !add_sharing(weighing) ||
        !add_writes(weighing) || !add_spared(weighing))
        return false;
    if (offline_line(weighing->incident))
        return true;
    if (!cw_suspects_rank(&write, weighing->arena, weighing->result))
        return false;
    mention_removal(weighing->result);
    return true;
}

static bool weigh(struct weighing *weighing, const struct cw_cause *cause)
{
    struct cw_interference *result = weighing->result;
    result->pro = cw_arena_array(weighing->arena, CW_WEIGHTS_MOST, sizeof(*result->pro));
    result->contra = cw_arena_array(weighing->arena, CW_WEIGHTS_MOST, sizeof(*result->contra));
    if (!result->pro || !result->contra ||
        !cw_refusals_find(weighing->incident, weighing->arena, &weighing->refusals,
                          &weighing->sharing))
        return false;
    result->weighed = true;
    weighing->refusal = find_refusal(weighing);
    weighing->time = weighing->refusal ? weighing->refusal->evidence->time : CW_TIME_NONE;
    if (weighing->time == CW_TIME_NONE)
        weighing->time = weighing->incident->start;
    result->since = oldest_driver_log(weighing);
    find_writes(weighing);
    if (!gather(weighing))
        return false;
    const struct cw_interference_signs signs = {weighing->retried, weighing->others};
    return cw_interference_conclude(weighing->conclusion, weighing->finding, cause, &signs);
}

bool cw_interference_weigh(struct cw_conclusion *conclusion, const struct cw_attempt *attempts,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < attempts[i].count; k++) {
            struct cw_finding *finding = &conclusion->findings.items[attempts[i].first + k];
            const struct cw_cause *cause = cw_rules_cause(conclusion->rules, finding->id);
            if (!cause || !cw_cause_weighed(cause, CW_WEIGH_INTERFERENCE))
                continue;
            struct weighing weighing = {
                .conclusion = conclusion,
                .arena = conclusion->arena,
                .attempts = attempts,
                .attempt_count = count,
                .incident = attempts[i].incident,
                .finding = finding,
                .result = &finding->interference,
            };
            if (!weigh(&weighing, cause))
                return false;
        }
    }
    return true;
}

bool cw_interference_remark(struct cw_case *c, const struct cw_findings *findings)
{
    struct cw_remark installs = {
        .kind = CW_STR("installs_dropped"),
        .count = c->past.installs_dropped,
        .text = CW_STR("driver packages of other vendors that were installed longest ago were left "
                       "out: there are too many"),
    };
    struct cw_remark written = {
        .kind = CW_STR("writes_dropped"),
        .count = c->past.written_dropped,
        .text = CW_STR("of what was written without an error the oldest was left out: there is too "
                       "much"),
    };
    bool weighed = false;
    for (size_t i = 0; i < findings->count; i++)
        weighed |= findings->items[i].interference.weighed;
    return !weighed || ((installs.count == 0 || cw_case_remark(c, &installs)) &&
                        (written.count == 0 || cw_case_remark(c, &written)));
}
