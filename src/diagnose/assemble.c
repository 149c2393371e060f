#include "diagnose/assemble.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "diagnose/convert.h"
#include "diagnose/coverage.h"
#include "diagnose/damage.h"
#include "diagnose/interference.h"
#include "diagnose/missing.h"
#include "model/history.h"

/* What still fails comes before what startup has yet to decide, and that before what was
 * overcome. */
enum standing { FAILS_NOW, UNDECIDED, OVERCOME };
enum { STANDINGS = OVERCOME + 1 };

static enum standing standing_of(const struct cw_finding *finding)
{
    if (finding->role == CW_ROLE_RECOVERED)
        return OVERCOME;
    return finding->undecided ? UNDECIDED : FAILS_NOW;
}

static struct cw_finding *find_same(struct cw_findings *findings, size_t before,
                                    const struct cw_finding *finding)
{
    for (size_t i = 0; i < before; i++) {
        struct cw_finding *other = &findings->items[i];
        if (cw_str_eq(other->fingerprint, finding->fingerprint) &&
            standing_of(other) == standing_of(finding))
            return other;
    }
    return NULL;
}

/* Incidents come newest first: an older finding with the same fingerprint is one more occurrence of
 * the newer one. */
static void count_repeats(struct cw_findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct cw_finding *finding = &findings->items[i];
        struct cw_finding *same = find_same(findings, kept, finding);
        if (!same) {
            findings->items[kept++] = *finding;
            continue;
        }
        same->occurrences += finding->occurrences;
        if (finding->first_seen != CW_TIME_NONE &&
            (same->first_seen == CW_TIME_NONE || finding->first_seen < same->first_seen))
            same->first_seen = finding->first_seen;
        if (finding->last_seen > same->last_seen)
            same->last_seen = finding->last_seen;
    }
    findings->count = kept;
}

/* Within a standing the order stays. */
static bool sort_by_standing(struct cw_findings *findings, struct cw_arena *arena)
{
    struct cw_finding *sorted = cw_arena_array(arena, findings->count, sizeof(*sorted));
    size_t count = 0;
    if (!sorted)
        return false;
    for (unsigned standing = 0; standing < STANDINGS; standing++) {
        for (size_t i = 0; i < findings->count; i++) {
            if (standing_of(&findings->items[i]) == standing)
                sorted[count++] = findings->items[i];
        }
    }
    findings->items = sorted;
    return true;
}

static size_t recognised_sources(const struct cw_case *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->source_count; i++)
        count += c->sources[i].recognised && c->sources[i].stats.records > 0 &&
                 c->sources[i].copy_of == CW_SOURCE_NONE;
    return count;
}

/* A rollback that was only temporary so far, a section whose end is missing, a commit under way:
 * the logs stop before it is decided. */
static bool is_undecided(const struct cw_case *c)
{
    for (size_t i = 0; i < c->run_count; i++) {
        if (c->runs[i]->outcome == CW_OUTCOME_OPEN && c->runs[i]->step_count)
            return true;
    }
    for (size_t i = 0; i < c->source_count; i++) {
        if (c->sources[i].stats.ends_in_section && c->sources[i].copy_of == CW_SOURCE_NONE)
            return true;
    }
    return c->ends_in_commit;
}

/* What was put together again may lack the line that tells, and how Setup ends well is not known
 * of all its kinds: they can prove a failure, and never that there is none. */
static bool proves_nothing(const struct cw_case *c)
{
    size_t whole = 0;
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_case_source *source = &c->sources[i];
        whole += source->recognised && source->stats.records > 0 && !source->damaged &&
                 source->log != CW_LOG_SETUPACT;
    }
    return whole == 0;
}

static enum cw_verdict verdict_of(const struct cw_report *report, const struct cw_case *c)
{
    bool undecided = is_undecided(c);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct cw_finding *finding = &report->findings[i];
        if (standing_of(finding) == FAILS_NOW)
            return CW_VERDICT_FAILURE;
        undecided |= standing_of(finding) == UNDECIDED;
    }
    return undecided || proves_nothing(c) ? CW_VERDICT_UNKNOWN : CW_VERDICT_NO_FAILURE;
}

/* What failed, for a subject line: the KB, else the package, the INF, the device. */
static struct cw_str subject_of(const struct cw_finding *finding)
{
    static const enum cw_entity order[] = {CW_ENTITY_INF, CW_ENTITY_DEVICE};
    if (finding->update.len)
        return finding->update;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        const struct cw_strings *values = &finding->entities.of[order[i]];
        if (values->count)
            return values->items[0];
    }
    return CW_STR_NONE;
}

static bool is_driver_log(const struct cw_finding *finding, const struct cw_case *c)
{
    return finding->chain_count && cw_log_has_sections(c->sources[finding->chain[0].source].log);
}

static struct cw_str undertaking_of(const struct cw_finding *finding, const struct cw_case *c)
{
    if (finding->checks != CW_CHECKS_NOTHING)
        return cw_checks_text(finding->checks);
    if (finding->chain_count && c->sources[finding->chain[0].source].log == CW_LOG_SETUPACT)
        return CW_STR("Windows Setup");
    return is_driver_log(finding, c) ? CW_STR("Driver installation") : CW_STR("Servicing");
}

/* "KB4534310 rolled back with 0x80070005: Setting a value of service intelppm was denied" */
static bool write_failure_summary(struct cw_report *report, const struct cw_case *c,
                                  struct cw_arena *arena)
{
    const struct cw_finding *finding = &report->findings[0];
    struct cw_buf text;
    char code[CW_CODE_TEXT];
    cw_buf_init(&text, 4096);
    /* What a check found damaged did not fail itself. */
    struct cw_str subject =
        finding->checks == CW_CHECKS_NOTHING ? cw_str_head(subject_of(finding), 120) : CW_STR_NONE;
    bool rolled_back = finding->outcome.rolled_back == CW_YES;
    if (finding->undecided)
        (void)cw_buf_append(&text, CW_STR("Undecided: "));
    /* The title of what no rule explains says already that it failed, and with what. */
    bool says_itself = cw_str_eq(finding->id, CW_STR("unexplained"));
    if (subject.len || !says_itself)
        (void)cw_buf_append(&text, subject.len ? subject : undertaking_of(finding, c));
    if (!says_itself)
        (void)cw_buf_append(&text, rolled_back ? CW_STR(" rolled back") : CW_STR(" failed"));
    if (!says_itself && finding->reported_code != CW_CODE_NONE)
        (void)cw_buf_printf(&text, " with %s", cw_code_text(finding->reported_code, code));
    if (subject.len || !says_itself)
        (void)cw_buf_append(&text, CW_STR(": "));
    (void)cw_buf_append(&text, cw_str_head(finding->title, CW_LIMIT_SUMMARY_TITLE));
    bool done = !text.failed && cw_arena_str(arena, cw_buf_str(&text), &report->summary);
    cw_buf_done(&text);
    return done;
}

static bool has_damaged_source(const struct cw_case *c)
{
    for (size_t i = 0; i < c->source_count; i++) {
        if (c->sources[i].damaged)
            return true;
    }
    return false;
}

static const char *why_unknown(const struct cw_case *c, size_t logs)
{
    if (logs == 0)
        return "No log was found that could be read";
    if (is_undecided(c))
        return "Undecided: the logs end before it is known how it ended";
    if (has_damaged_source(c))
        return "No failure found in a damaged excerpt; only the original logs could prove that "
               "there is none";
    return "No failure found; how Windows Setup ended is not among what was read";
}

static bool write_summary(struct cw_report *report, const struct cw_case *c, struct cw_arena *arena)
{
    bool undecided = report->finding_count && report->findings[0].undecided;
    if (report->verdict == CW_VERDICT_FAILURE || undecided)
        return write_failure_summary(report, c, arena);
    char text[160];
    size_t logs = recognised_sources(c);
    if (report->verdict == CW_VERDICT_NO_FAILURE)
        (void)snprintf(text, sizeof(text), "No failure found in %zu log%s", logs,
                       logs == 1 ? "" : "s");
    else
        (void)snprintf(text, sizeof(text), "%s", why_unknown(c, logs));
    return cw_arena_str(arena, cw_str_c(text), &report->summary);
}

/* "x86" out of "Package_for_KB4474419~31bf3856ad364e35~x86~~6.1.3.2". */
static struct cw_str architecture_of(struct cw_str package)
{
    size_t at = cw_str_find_char(package, '~');
    if (at == SIZE_MAX)
        return CW_STR_NONE;
    struct cw_str rest = cw_str_from(package, at + 1);
    at = cw_str_find_char(rest, '~');
    if (at == SIZE_MAX)
        return CW_STR_NONE;
    rest = cw_str_from(rest, at + 1);
    return cw_str_head(rest, cw_str_find_char(rest, '~'));
}

static void describe_machine(struct cw_report *report, const struct cw_case *c)
{
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_case_source *source = &c->sources[i];
        if (report->os_version.len == 0)
            report->os_version = source->os_version;
        if (report->architecture.len == 0)
            report->architecture = source->architecture;
    }
    for (size_t i = 0; i < report->finding_count && report->architecture.len == 0; i++) {
        const struct cw_strings *packages = &report->findings[i].entities.of[CW_ENTITY_PACKAGE];
        if (packages->count)
            report->architecture = architecture_of(packages->items[0]);
    }
    for (size_t i = 0; i < c->source_count && !report->has_utc_offset; i++) {
        report->has_utc_offset = c->sources[i].stats.has_utc_offset;
        report->utc_offset = c->sources[i].stats.utc_offset;
    }
}

/* What is missing is asked for the failure that is the answer: the newest of those that stand best.
 */
static bool note_missing(struct cw_report *report, const struct cw_gap *gap, enum standing *best,
                         struct cw_arena *arena)
{
    enum standing standing = standing_of(gap->finding);
    if (standing >= *best)
        return true;
    *best = standing;
    return cw_report_note_missing(report, gap, arena);
}

static bool conclude(struct cw_conclusion *conclusion, const struct cw_incident *incidents,
                     size_t count, struct cw_report *report)
{
    const struct cw_case *c = conclusion->c;
    struct cw_findings *findings = &conclusion->findings;
    enum standing best = OVERCOME;
    struct cw_attempt *attempts = cw_arena_array(conclusion->arena, count, sizeof(*attempts));
    size_t attempt_count = 0;
    if (!attempts)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t before = findings->count;
        if (!cw_conclude(conclusion, &incidents[i]))
            return false;
        if (findings->count == before)
            continue;
        attempts[attempt_count++] =
            (struct cw_attempt){&incidents[i], before, findings->count - before};
        const struct cw_gap gap = {c, &incidents[i], &findings->items[before]};
        if (!note_missing(report, &gap, &best, conclusion->arena))
            return false;
        for (size_t k = before; k < findings->count; k++) {
            if (!cw_finding_mark_damage(&findings->items[k], c, conclusion->arena))
                return false;
        }
    }
    return cw_retries_tell(conclusion, attempts, attempt_count) &&
           cw_interference_weigh(conclusion, attempts, attempt_count);
}

/* Lines that follow each other in one item stay in the log of the first. */
static void place_item(struct cw_chain_item *item, const struct cw_case *c)
{
    size_t last_source = item->source;
    cw_history_place(c, &last_source, &item->last_line);
    cw_history_place(c, &item->source, &item->line);
    if (last_source != item->source)
        item->last_line = c->sources[item->source].stats.lines;
}

static void place_weights(const struct cw_interference *interference, const struct cw_case *c)
{
    for (size_t i = 0; i < interference->pro_count; i++)
        place_item(&interference->pro[i].item, c);
    for (size_t i = 0; i < interference->contra_count; i++)
        place_item(&interference->contra[i].item, c);
    for (size_t i = 0; i < interference->suspect_count; i++) {
        place_item(&interference->suspects[i].item, c);
        place_item(&interference->suspects[i].service, c);
        place_item(&interference->suspects[i].removal, c);
    }
}

static void place_lines(struct cw_findings *findings, const struct cw_case *c)
{
    for (size_t i = 0; i < findings->count; i++) {
        for (size_t k = 0; k < findings->items[i].chain_count; k++)
            place_item(&findings->items[i].chain[k], c);
        place_weights(&findings->items[i].interference, c);
    }
}

bool cw_report_assemble(const struct cw_rules *rules, struct cw_case *c, struct cw_arena *arena,
                        struct cw_report *report, struct cw_incidents *ret_incidents)
{
    struct cw_conclusion conclusion = {.rules = rules, .c = c, .arena = arena};
    struct cw_incident *incidents = NULL;
    size_t count = 0;
    const struct cw_gap none = {.c = c};
    if (!cw_case_convert(c) || !cw_incidents_find(c, arena, &incidents, &count) ||
        !conclude(&conclusion, incidents, count, report))
        return false;
    *ret_incidents = (struct cw_incidents){incidents, count};
    if (!cw_interference_remark(c, &conclusion.findings))
        return false;
    place_lines(&conclusion.findings, c);
    count_repeats(&conclusion.findings);
    if (!sort_by_standing(&conclusion.findings, arena))
        return false;
    report->findings = conclusion.findings.items;
    report->finding_count = conclusion.findings.count;
    report->rules_version = rules->version;
    report->verdict = verdict_of(report, c);
    bool open = report->verdict == CW_VERDICT_UNKNOWN && report->missing_count == 0;
    if (open && !cw_report_note_missing(report, &none, arena))
        return false;
    describe_machine(report, c);
    return write_summary(report, c, arena) && cw_report_cover(c, arena, report);
}
