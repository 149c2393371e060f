#include "diagnose/retries.h"

#include "model/history.h"

/* The failures of one update, the newest first. */
struct series {
    const struct cw_conclusion *conclusion;
    const struct cw_attempt **attempts;
    size_t count, recovered;
};

static const struct cw_finding *root_of(const struct cw_conclusion *conclusion,
                                        const struct cw_attempt *attempt)
{
    return &conclusion->findings.items[attempt->first];
}

/* --- which attempts are counted --- */

static const struct cw_strings *kbs_of(const struct cw_incident *incident)
{
    return incident->run ? cw_run_failed_kbs(incident->run)
                         : &incident->accounts[0]->entities.of[CW_ENTITY_KB];
}

static const struct cw_strings *packages_of(const struct cw_incident *incident)
{
    return incident->run ? cw_run_failed_packages(incident->run)
                         : &incident->accounts[0]->entities.of[CW_ENTITY_PACKAGE];
}

/* A failure of an update at a known time. What startup may still decide is none yet. */
static bool is_attempt(const struct cw_conclusion *conclusion, const struct cw_attempt *attempt)
{
    const struct cw_incident *incident = attempt->incident;
    const struct cw_finding *root = root_of(conclusion, attempt);
    return (incident->run || !incident->section_count) && !incident->damaged && !root->undecided &&
           root->checks == CW_CHECKS_NOTHING && root->update.len && incident->end != CW_TIME_NONE;
}

/* An old failure may be known by its package alone. */
static bool is_same_update(const struct cw_incident *older, const struct cw_incident *newest,
                           struct cw_str update)
{
    const struct cw_strings *packages = packages_of(newest);
    if (cw_strings_has(kbs_of(older), update) || cw_strings_has(packages_of(older), update))
        return true;
    return kbs_of(older)->count == 0 && packages->count == 1 &&
           cw_strings_has(packages_of(older), packages->items[0]);
}

/* Logs of two folders may be of two machines, and what lies beside each other is one history. */
static bool is_same_series(const struct cw_case *c, const struct cw_incident *a,
                           const struct cw_incident *b)
{
    const struct cw_case_source *left = &c->sources[cw_incident_place(a).source];
    const struct cw_case_source *right = &c->sources[cw_incident_place(b).source];
    return !a->run == !b->run && left->log == right->log &&
           cw_str_eq(cw_series_folder(left->path, left->place.depth > 0),
                     cw_series_folder(right->path, right->place.depth > 0)) &&
           cw_str_eq_nocase(cw_series_name(left->path), cw_series_name(right->path));
}

/* Parts of one session that a gap in the logs keeps apart. */
static bool is_same_session(const struct cw_incident *a, const struct cw_incident *b)
{
    return a->run && b->run && a->run->session.len && cw_str_eq(a->run->session, b->run->session) &&
           a->run->boot == b->run->boot;
}

static bool is_counted(const struct series *series, const struct cw_attempt *attempt)
{
    for (size_t i = 0; i < series->count; i++) {
        if (is_same_session(series->attempts[i]->incident, attempt->incident))
            return true;
    }
    return false;
}

/* All that failed for the update of `attempts[0]`; marks them in `told`. */
static void gather(struct series *series, const struct cw_attempt *attempts, size_t count,
                   bool *told)
{
    const struct cw_conclusion *conclusion = series->conclusion;
    const struct cw_incident *newest = attempts[0].incident;
    struct cw_str update = root_of(conclusion, &attempts[0])->update;
    for (size_t i = 0; i < count; i++) {
        const struct cw_incident *older = attempts[i].incident;
        if (told[i] || !is_attempt(conclusion, &attempts[i]) ||
            !is_same_series(conclusion->c, older, newest) ||
            !is_same_update(older, newest, update) || is_counted(series, &attempts[i]))
            continue;
        told[i] = true;
        if (older->outcome == CW_OUTCOME_RECOVERED)
            series->recovered++;
        else
            series->attempts[series->count++] = &attempts[i];
    }
}

/* --- whether they failed for one reason --- */

static bool names_cause(const struct cw_conclusion *conclusion, const struct cw_attempt *attempt,
                        const struct cw_finding *cause)
{
    for (size_t i = 0; i < attempt->count; i++) {
        const struct cw_finding *finding = root_of(conclusion, attempt) + i;
        if (cw_str_eq(finding->fingerprint, cause->fingerprint))
            return true;
    }
    return false;
}

static bool codes_known(const struct cw_finding *finding)
{
    return finding->code != CW_CODE_NONE && finding->reported_code != CW_CODE_NONE;
}

/* One of them may be known only by what wraps the other's code. */
static bool may_wrap(const struct cw_finding *a, const struct cw_finding *b)
{
    return cw_code_same(a->code, b->reported_code) || cw_code_same(a->reported_code, b->code);
}

/* The beginning of both runs is in the logs, or of neither. */
static bool begin_alike(const struct cw_incident *a, const struct cw_incident *b)
{
    return !a->run || !a->run->session.len == !b->run->session.len;
}

/* Both were looked into in the same logs. */
static bool tell_alike(const struct cw_incident *a, const struct cw_incident *b)
{
    return begin_alike(a, b) && !a->section_count == !b->section_count;
}

static bool is_explained(const struct cw_finding *finding)
{
    return finding->role != CW_ROLE_UNEXPLAINED;
}

/* Of two findings of the same update neither of which is named in the other's attempt. What is told
 * of one attempt alone, or known of it by another code, is no change. */
static enum cw_sameness compare_causes(const struct cw_finding *a, const struct cw_finding *b,
                                       bool alike)
{
    bool explained = is_explained(a) && is_explained(b);
    if (cw_code_same(a->code, b->code))
        return explained && alike ? CW_SAME_NOT : CW_SAME_ERROR;
    if (may_wrap(a, b))
        return CW_SAME_UNKNOWN;
    bool same_end = cw_code_same(a->reported_code, b->reported_code);
    return !same_end || (explained && alike) ? CW_SAME_NOT : CW_SAME_UNKNOWN;
}

static enum cw_sameness compare(const struct cw_conclusion *conclusion, const struct cw_attempt *a,
                                const struct cw_attempt *b)
{
    const struct cw_finding *left = root_of(conclusion, a);
    const struct cw_finding *right = root_of(conclusion, b);
    bool same_code = codes_known(left) && cw_code_same(left->code, right->code);
    bool same =
        cw_str_eq(left->fingerprint, right->fingerprint) ||
        (same_code && cw_str_eq(left->id, right->id) && cw_str_eq(left->title, right->title));
    if (same && is_explained(left))
        return CW_SAME_CAUSE;
    if (same || names_cause(conclusion, a, right) || names_cause(conclusion, b, left))
        return same_code ? CW_SAME_ERROR : CW_SAME_UNKNOWN;
    if (!codes_known(left) || !codes_known(right) || !begin_alike(a->incident, b->incident))
        return same_code ? CW_SAME_ERROR : CW_SAME_UNKNOWN;
    return compare_causes(left, right, tell_alike(a->incident, b->incident));
}

static struct cw_cause_name name_of(const struct cw_finding *finding)
{
    return (struct cw_cause_name){.id = finding->id,
                                  .title = finding->title,
                                  .chinese_title = finding->chinese.title,
                                  .code = finding->code,
                                  .fingerprint = finding->fingerprint};
}

/* A change outweighs doubt, which outweighs sameness. */
static enum cw_sameness weaker(enum cw_sameness a, enum cw_sameness b)
{
    static const unsigned order[] = {
        [CW_SAME_CAUSE] = 0, [CW_SAME_ERROR] = 1, [CW_SAME_UNKNOWN] = 2, [CW_SAME_NOT] = 3};
    return order[a] > order[b] ? a : b;
}

static bool find_changes(const struct series *series, struct cw_arena *arena,
                         struct cw_attempts *history)
{
    const struct cw_conclusion *conclusion = series->conclusion;
    history->changes = cw_arena_array(arena, series->count, sizeof(*history->changes));
    history->sameness = CW_SAME_CAUSE;
    if (!history->changes)
        return false;
    for (size_t i = series->count; i-- > 1;) {
        const struct cw_attempt *before = series->attempts[i];
        const struct cw_attempt *after = series->attempts[i - 1];
        enum cw_sameness sameness = compare(conclusion, before, after);
        history->sameness = weaker(history->sameness, sameness);
        if (sameness == CW_SAME_NOT)
            history->changes[history->change_count++] =
                (struct cw_cause_change){after->incident->end, name_of(root_of(conclusion, before)),
                                         name_of(root_of(conclusion, after))};
    }
    return true;
}

bool cw_retries_tell(struct cw_conclusion *conclusion, const struct cw_attempt *attempts,
                     size_t count)
{
    struct cw_arena *arena = conclusion->arena;
    bool *told = cw_arena_array(arena, count, sizeof(*told));
    const struct cw_attempt **found = cw_arena_array(arena, count, sizeof(struct cw_attempt *));
    if (!told || !found)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct series series = {.conclusion = conclusion, .attempts = found};
        if (told[i] || !is_attempt(conclusion, &attempts[i]) ||
            attempts[i].incident->outcome == CW_OUTCOME_RECOVERED)
            continue;
        gather(&series, &attempts[i], count - i, &told[i]);
        struct cw_attempts *history = &conclusion->findings.items[attempts[i].first].history;
        if (series.count + series.recovered < 2)
            continue;
        *history = (struct cw_attempts){
            .count = series.count,
            .recovered = series.recovered,
            .first = found[series.count - 1]->incident->end,
            .last = found[0]->incident->end,
        };
        if (!find_changes(&series, arena, history))
            return false;
    }
    return true;
}
