#include "diagnose/cause_context.h"

#include "base/limits.h"

/* What a look at the run unpacks: members of archives, up to the run or its end. */
static uint64_t unpacked_by_look(const struct cw_case *c, const struct cw_run *run)
{
    uint64_t bytes = 0;
    for (size_t at = run->source; at != CW_SOURCE_NONE; at = c->sources[at].next) {
        const struct cw_case_source *source = &c->sources[at];
        bool is_last = at == run->end_source;
        if (source->place.depth)
            bytes += is_last ? run->end_offset : source->bytes;
        if (is_last)
            break;
    }
    return bytes;
}

bool cw_may_look_again(struct cw_conclusion *conclusion, const struct cw_run *run)
{
    const uint64_t most = CW_LIMIT_UNPACKED_AGAIN_MIB * UINT64_C(1048576);
    uint64_t bytes = unpacked_by_look(conclusion->c, run);
    if (bytes > most - conclusion->unpacked_again)
        return false;
    conclusion->unpacked_again += bytes;
    return true;
}

/* Lines that say how it ended, not what failed. */
static bool is_verdict(enum cw_step_kind kind)
{
    static const enum cw_step_kind verdicts[] = {
        CW_STEP_ORIGINAL_FAILURE, CW_STEP_PHASE_FAILED,   CW_STEP_PACKAGE_REPORTED,
        CW_STEP_PACKAGE_STATE,    CW_STEP_SESSION_FAILED, CW_STEP_STARTUP_FAILED,
    };
    for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
        if (verdicts[i] == kind)
            return true;
    }
    return false;
}

/* The earliest line that the cause matched is one of the run's verdicts. */
static bool is_told_by_verdict(const struct cw_run *run, const struct cw_held_cause *held)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (is_verdict(step->kind) && step->evidence.source == held->first->evidence.source &&
            step->evidence.line == held->first->evidence.line)
            return true;
    }
    return false;
}

/* The cause was told by the line that says that the last startup hung. */
static bool is_about_hang(const struct cw_run *run, const struct cw_held_cause *held)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (step->kind == CW_STEP_HANG_DETECTED &&
            step->evidence.source == held->first->evidence.source &&
            step->evidence.line == held->first->evidence.line)
            return true;
    }
    return false;
}

/* The cause is about an installer: it names one, or it is no driver's and the run had one that
 * failed. */
static bool is_about_installer(const struct cw_incident *incident, const struct cw_held_cause *held)
{
    if (held->first->entities.of[CW_ENTITY_INF].count)
        return false;
    size_t count = cw_incident_match_count(incident);
    for (size_t i = 0; i < count; i++) {
        const struct cw_signal_match *match = cw_incident_match(incident, i);
        if (match && match->entities.of[CW_ENTITY_INSTALLER].count)
            return true;
    }
    return false;
}

bool cw_cause_context(struct cw_conclusion *conclusion, const struct cw_incident *incident,
                      const struct cw_held_cause *held, uint32_t code,
                      struct cw_second_look *ret_look)
{
    const struct cw_run *run = incident->run;
    const struct cw_evidence *evidence = &held->first->evidence;
    if (!run || conclusion->c->sources[evidence->source].log != CW_LOG_CBS)
        return true;
    bool by_verdict = is_told_by_verdict(run, held);
    bool hung = is_about_hang(run, held);
    bool wanted = by_verdict || hung || is_about_installer(incident, held);
    if (!wanted || !cw_may_look_again(conclusion, run))
        return true;
    const struct cw_look_for verdict = {.code = code, .code_alone = true};
    const struct cw_look_for installer = {.before = evidence, .open = hung};
    return cw_look_again(conclusion->c, run, by_verdict ? &verdict : &installer, conclusion->arena,
                         ret_look) >= 0;
}
