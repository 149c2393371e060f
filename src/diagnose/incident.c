#include "diagnose/incident.h"

#include <stdlib.h>

#include "diagnose/account_join.h"
#include "model/machines.h"

enum {
    /* CBS.log has seconds and SetupAPI milliseconds; both round. */
    TIME_SLACK_MS = 2000
};

static const char *const servicing_titles[] = {
    "Install Driver Updates", "Uninstall Driver Updates", "Stage Driver Updates",
    "Unstage Driver Updates", "Disable Device Install",   "Enable Device Install",
};

bool cw_is_servicing_section(const struct cw_section *section)
{
    for (size_t i = 0; i < sizeof(servicing_titles) / sizeof(servicing_titles[0]); i++) {
        if (cw_str_eq(section->title, cw_str_c(servicing_titles[i])))
            return true;
    }
    return cw_str_find_nocase(section->command, CW_STR("TiWorker.exe")) != SIZE_MAX ||
           cw_str_find_nocase(section->command, CW_STR("TrustedInstaller.exe")) != SIZE_MAX;
}

static bool contains(const struct cw_section *section, cw_time time)
{
    return time != CW_TIME_NONE && section->start <= time + TIME_SLACK_MS &&
           section->end + TIME_SLACK_MS >= time;
}

static bool times_overlap(const struct cw_run *run, const struct cw_section *section)
{
    if (run->start == CW_TIME_NONE || section->start == CW_TIME_NONE)
        return false;
    /* The clock may have been set while the run was under way: its operations tell, too. */
    for (size_t i = 0; i < run->step_count; i++) {
        if (run->steps[i].inf.len && contains(section, run->steps[i].evidence.time))
            return true;
    }
    return section->start <= run->end + TIME_SLACK_MS && section->end + TIME_SLACK_MS >= run->start;
}

static bool times_known(const struct cw_run *run, const struct cw_section *section)
{
    return run->start != CW_TIME_NONE && section->start != CW_TIME_NONE;
}

static bool same_boot(const struct cw_run *run, const struct cw_section *section)
{
    if (run->boot == CW_TIME_NONE || section->boot == CW_TIME_NONE)
        return false;
    int64_t apart = run->boot - section->boot;
    return apart <= TIME_SLACK_MS && apart >= -TIME_SLACK_MS;
}

static bool names_inf(const struct cw_section *section, struct cw_str inf)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        if (cw_strings_has(&section->failures[i].entities.of[CW_ENTITY_INF], inf))
            return true;
    }
    for (size_t i = 0; i < section->match_count; i++) {
        if (cw_strings_has(&section->matches[i].entities.of[CW_ENTITY_INF], inf))
            return true;
    }
    return false;
}

static bool names_device(const struct cw_section *section, const struct cw_strings *devices)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        if (cw_strings_share(&section->failures[i].entities.of[CW_ENTITY_DEVICE], devices))
            return true;
    }
    for (size_t i = 0; i < section->match_count; i++) {
        if (cw_strings_share(&section->matches[i].entities.of[CW_ENTITY_DEVICE], devices))
            return true;
    }
    return false;
}

static bool has_code(const struct cw_section *section, uint32_t code)
{
    if (code == CW_CODE_NONE)
        return false;
    if (section->code != CW_CODE_NONE && cw_code_same(section->code, code))
        return true;
    for (size_t i = 0; i < section->failure_count; i++) {
        if (cw_code_same(section->failures[i].code, code))
            return true;
    }
    return false;
}

/* Who pastes parts of both logs into one text means one failure. */
static bool pasted_together(const struct cw_case *c, const struct cw_run *run,
                            const struct cw_section *section)
{
    const struct cw_case_source *a = &c->sources[run->source];
    const struct cw_case_source *b = &c->sources[section->source];
    return a->damaged && b->damaged && cw_str_eq(a->path, b->path);
}

static unsigned agreement(const struct cw_case *c, const struct cw_run *run,
                          const struct cw_section *section)
{
    unsigned agreed = times_overlap(run, section) ? CW_AGREE_TIME : 0U;
    if (pasted_together(c, run, section))
        agreed |= CW_AGREE_EXCERPT;
    if (same_boot(run, section))
        agreed |= CW_AGREE_BOOT;
    if (cw_is_servicing_section(section))
        agreed |= CW_AGREE_TITLE;
    if (has_code(section, run->original_failure))
        agreed |= CW_AGREE_CODE;
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (step->inf.len && names_inf(section, step->inf))
            agreed |= CW_AGREE_INF;
        if (has_code(section, step->code))
            agreed |= CW_AGREE_CODE;
    }
    /* What a run ends with after an installer is only a wrapper around the installer's own code. */
    for (size_t i = 0; i < run->match_count; i++) {
        const struct cw_signal_match *match = &run->matches[i];
        if (match->entities.of[CW_ENTITY_INSTALLER].count && has_code(section, match->code))
            agreed |= CW_AGREE_CODE;
        if (has_code(section, match->code) &&
            names_device(section, &match->entities.of[CW_ENTITY_DEVICE]))
            agreed |= CW_AGREE_DEVICE | CW_AGREE_CODE;
    }
    return agreed;
}

static bool names_any_inf(const struct cw_section *section)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        if (section->failures[i].entities.of[CW_ENTITY_INF].count)
            return true;
    }
    return false;
}

/* Both logs name an INF that failed, and it is not the same. */
static bool infs_differ(const struct cw_run *run, const struct cw_section *section, unsigned agreed)
{
    if ((agreed & CW_AGREE_INF) || !names_any_inf(section))
        return false;
    for (size_t i = 0; i < run->step_count; i++) {
        if (run->steps[i].inf.len)
            return true;
    }
    return false;
}

/* Time alone joins nothing: devices are installed while updates run. Where both times are known
 * they must overlap: the same INF fails with the same code on every attempt. */
static bool belongs(const struct cw_run *run, const struct cw_section *section, unsigned agreed)
{
    if (infs_differ(run, section, agreed))
        return false;
    unsigned inf_and_code = CW_AGREE_INF | CW_AGREE_CODE;
    if (times_known(run, section) && !(agreed & CW_AGREE_TIME))
        return false;
    if ((agreed & inf_and_code) == inf_and_code || (agreed & CW_AGREE_DEVICE))
        return true;
    if ((agreed & CW_AGREE_EXCERPT) && (agreed & CW_AGREE_CODE))
        return true;
    return (agreed & CW_AGREE_TIME) && (agreed & CW_AGREE_TITLE) && (agreed & inf_and_code);
}

static unsigned count_bits(unsigned bits)
{
    unsigned count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* The cause of a final failure is in the attempt that ended it: the latest section wins a tie. */
static bool is_better(unsigned agreed, const struct cw_section *section, unsigned best,
                      const struct cw_section *other)
{
    unsigned a = count_bits(agreed);
    unsigned b = count_bits(best);
    return a != b ? a > b : section->start > other->start;
}

static void add_section(struct cw_incident *incident, struct cw_section *section, unsigned agreed)
{
    if (incident->section_count == CW_INCIDENT_SECTIONS)
        return;
    size_t at = incident->section_count++;
    incident->sections[at] = section;
    if (at == 0 || is_better(agreed, section, incident->agreement, incident->sections[0])) {
        incident->sections[at] = incident->sections[0];
        incident->sections[0] = section;
        incident->agreement = agreed;
    }
}

/* A later check found nothing, or could repair what this one could not. */
static bool was_made_good(const struct cw_case *c, const struct cw_run *run)
{
    cw_time sound = run->checks == CW_CHECKS_STORE   ? c->store_sound
                    : run->checks == CW_CHECKS_FILES ? c->files_sound
                                                     : CW_TIME_NONE;
    return run->outcome == CW_OUTCOME_FAILED && sound != CW_TIME_NONE && sound > run->end;
}

/* One of the run's KBs was installed later. */
static void mark_recovered(const struct cw_case *c, struct cw_run *run)
{
    if (was_made_good(c, run))
        run->outcome = CW_OUTCOME_RECOVERED;
    for (size_t i = 0; i < c->success_count && run->outcome == CW_OUTCOME_FAILED; i++) {
        const struct cw_success *success = &c->successes[i];
        const struct cw_strings *kbs = run->failed_kbs.count ? &run->failed_kbs : &run->kbs;
        if (success->time != CW_TIME_NONE && success->time > run->end &&
            cw_strings_has(kbs, success->kb) &&
            cw_may_be_same_machine(c, run->source, success->source))
            run->outcome = CW_OUTCOME_RECOVERED;
    }
}

/* Startup failed, too: what failed at shutdown, and was tried again, is not the reason. */
static bool failed_at_startup(const struct cw_run *run)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        bool tells = step->kind == CW_STEP_OPERATION_FAILED ||
                     step->kind == CW_STEP_RESULT_RECORDED || step->kind == CW_STEP_QUEUE_FAILED;
        if (!step->at_shutdown && tells)
            return true;
    }
    return false;
}

static bool is_before_startup(const struct cw_run *run, const struct cw_section *section)
{
    return run->startup != CW_TIME_NONE && section->end != CW_TIME_NONE &&
           section->end + TIME_SLACK_MS < run->startup;
}

/* Sections of the shutdown go when startup has one of its own, or failed with another code. */
static void drop_superseded(const struct cw_case *c, struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    bool own = false;
    for (size_t i = 0; i < incident->section_count; i++)
        own |= !is_before_startup(run, incident->sections[i]);
    size_t kept = 0;
    for (size_t i = 0; i < incident->section_count; i++) {
        struct cw_section *section = incident->sections[i];
        bool other_code =
            run->original_failure != CW_CODE_NONE && !has_code(section, run->original_failure);
        if (is_before_startup(run, section) && (own || other_code))
            continue;
        incident->sections[kept++] = section;
    }
    incident->section_count = kept;
    incident->agreement = kept ? agreement(c, run, incident->sections[0]) : 0;
}

static void from_run(struct cw_case *c, struct cw_run *run, bool *taken,
                     struct cw_incident *incident)
{
    mark_recovered(c, run);
    *incident = (struct cw_incident){
        .run = run,
        .start = run->start,
        .end = run->end,
        .outcome = run->outcome,
        .damaged = c->sources[run->source].damaged,
    };
    incident->startup_decides = failed_at_startup(run);
    for (size_t i = 0; i < c->section_count; i++) {
        struct cw_section *section = c->sections[i];
        unsigned agreed = taken[i] ? 0 : agreement(c, run, section);
        if (!agreed || !belongs(run, section, agreed) ||
            cw_are_other_machines(c, run->source, section->source) ||
            cw_run_knows_other_boots(c, run, section))
            continue;
        taken[i] = true;
        add_section(incident, section, agreed);
    }
    if (incident->startup_decides)
        drop_superseded(c, incident);
}

static int64_t rank_time(cw_time time)
{
    return time; /* unknown is the smallest value: oldest */
}

/* Who did the work, and so can tell most, first. An update that failed before a check of what it
 * left: the check was made because of it. */
static unsigned rank_kind(const struct cw_incident *incident)
{
    if (incident->run)
        return incident->run->checks != CW_CHECKS_NOTHING;
    if (!incident->section_count)
        return 2;
    return cw_is_servicing_section(incident->sections[0]) ? 1 : 3;
}

struct cw_incident_place cw_incident_place(const struct cw_incident *incident)
{
    const struct cw_run *run = incident->run;
    if (run)
        return (struct cw_incident_place){run->source, run->first_line, run->last_line};
    if (incident->section_count) {
        const struct cw_section *section = incident->sections[0];
        return (struct cw_incident_place){section->source, section->first_line, section->last_line};
    }
    const struct cw_account *account = incident->accounts[0];
    return (struct cw_incident_place){account->source, account->first_line, account->last_line};
}

/* Runs before what stands alone; logs before excerpts, which may be of the same; servicing before
 * device installation; newest first; then the order of the files, by name, so that the order of
 * reading does not matter. */
static int compare_incidents(const void *a, const void *b)
{
    const struct cw_incident *left = a;
    const struct cw_incident *right = b;
    if (!left->run != !right->run)
        return left->run ? -1 : 1;
    if (left->damaged != right->damaged)
        return left->damaged ? 1 : -1;
    unsigned lk = rank_kind(left);
    unsigned rk = rank_kind(right);
    if (lk != rk)
        return lk < rk ? -1 : 1;
    int64_t lt = rank_time(left->end);
    int64_t rt = rank_time(right->end);
    if (lt != rt)
        return lt > rt ? -1 : 1;
    uint64_t ll = cw_incident_place(left).first_line;
    uint64_t rl = cw_incident_place(right).first_line;
    return ll > rl ? -1 : ll < rl;
}

static int compare_runs(const void *a, const void *b)
{
    const struct cw_run *left = *(struct cw_run *const *)a;
    const struct cw_run *right = *(struct cw_run *const *)b;
    return left->end > right->end ? -1 : left->end < right->end;
}

bool cw_incidents_find(struct cw_case *c, struct cw_arena *arena,
                       struct cw_incident **ret_incidents, size_t *ret_count)
{
    size_t most = c->run_count + c->section_count + c->account_count;
    struct cw_incident *incidents = cw_arena_array(arena, most, sizeof(*incidents));
    bool *taken = cw_arena_array(arena, c->section_count, sizeof(*taken));
    if (!incidents || !taken)
        return false;
    size_t count = 0;
    /* The newest run chooses first, and that of an excerpt after all others. */
    if (c->run_count)
        qsort(c->runs, c->run_count, sizeof(*c->runs), compare_runs);
    for (size_t i = 0; i < 2 * c->run_count; i++) {
        struct cw_run *run = c->runs[i % c->run_count];
        bool second = i >= c->run_count;
        if (c->sources[run->source].damaged == second)
            from_run(c, run, taken, &incidents[count++]);
    }
    for (size_t i = 0; i < c->section_count; i++) {
        struct cw_section *section = c->sections[i];
        if (!taken[i])
            incidents[count++] = (struct cw_incident){
                .sections = {section},
                .section_count = 1,
                .start = section->start,
                .end = section->end,
                .outcome = section->outcome,
                .damaged = c->sources[section->source].damaged,
            };
    }
    cw_accounts_join(c, incidents, &count);
    if (count)
        qsort(incidents, count, sizeof(*incidents), compare_incidents);
    *ret_incidents = incidents;
    *ret_count = count;
    return true;
}

bool cw_incident_is_servicing(const struct cw_incident *incident)
{
    return incident->run || !incident->section_count ||
           cw_is_servicing_section(incident->sections[0]);
}

enum cw_checks cw_incident_checks(const struct cw_incident *incident)
{
    if (incident->run)
        return incident->run->checks;
    bool readiness = !incident->section_count && incident->account_count &&
                     incident->accounts[0]->log == CW_LOG_CHECKSUR;
    return readiness ? CW_CHECKS_STORE : CW_CHECKS_NOTHING;
}

size_t cw_incident_match_count(const struct cw_incident *incident)
{
    size_t count = incident->run ? incident->run->match_count : 0;
    for (size_t i = 0; i < incident->section_count; i++)
        count += incident->sections[i]->match_count;
    for (size_t i = 0; i < incident->account_count; i++)
        count += incident->accounts[i]->match_count;
    return count;
}

const struct cw_signal_match *cw_incident_match(const struct cw_incident *incident, size_t index)
{
    size_t in_run = incident->run ? incident->run->match_count : 0;
    if (index < in_run) {
        const struct cw_signal_match *match = &incident->run->matches[index];
        return match->at_shutdown && incident->startup_decides ? NULL : match;
    }
    index -= in_run;
    for (size_t i = 0; i < incident->section_count; i++) {
        if (index < incident->sections[i]->match_count)
            return &incident->sections[i]->matches[index];
        index -= incident->sections[i]->match_count;
    }
    for (size_t i = 0; i < incident->account_count; i++) {
        if (index < incident->accounts[i]->match_count)
            return &incident->accounts[i]->matches[index];
        index -= incident->accounts[i]->match_count;
    }
    return NULL;
}
