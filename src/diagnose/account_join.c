#include "diagnose/account_join.h"

#include <stdlib.h>

#include "model/machines.h"

enum {
    NEAR_MS = 10 * 60 * 1000,         /* a report follows the verdict within minutes */
    SAME_TROUBLE_MS = 60 * 60 * 1000, /* two accounts of one attempt */
    /* An event is shown in the time of the machine it was exported on. Zones are multiples of half
     * an hour, but for two small ones, and at most 26 hours apart; the event follows in seconds. */
    ZONE_STEP_MS = 30 * 60 * 1000,
    ZONE_SLACK_MS = 60 * 1000,
    ZONE_MOST_MS = 26 * 60 * 60 * 1000
};

enum { AGREES_NEAR = 1, AGREES_CODE = 2, AGREES_KB = 4 };

struct wording {
    const char *title, *note;
};

static const struct wording wordings[CW_LOG_KINDS] = {
    [CW_LOG_DISM] = {"The DISM command", "with this the DISM command ended"},
    [CW_LOG_CHECKSUR] = {"The check of the component store (CheckSUR)", "CheckSUR found this, too"},
    [CW_LOG_POQEXEC] = {"An operation on files at startup (poqexec)",
                        "the file operations at startup report this, too"},
    [CW_LOG_WINDOWS_UPDATE] = {"The installation (Windows Update)", "Windows Update reports this"},
    [CW_LOG_EVENTS] = {"The change of a package (event log)", "the event log confirms it"},
    [CW_LOG_SETUPACT] = {"Windows Setup", "Windows Setup reports this"},
};

struct cw_str cw_account_title(const struct cw_account *account)
{
    return cw_str_c(wordings[account->log].title);
}

struct cw_str cw_account_note(const struct cw_account *account)
{
    return cw_str_c(wordings[account->log].note);
}

static int64_t distance(cw_time a, cw_time b)
{
    return a > b ? a - b : b - a;
}

/* What an incident and an account say of the KB. */
enum kb_agreement { KB_UNKNOWN, KB_SAME, KB_OTHER };

static enum kb_agreement compare_kbs(const struct cw_strings *a, const struct cw_strings *b)
{
    if (a->count == 0 || b->count == 0)
        return KB_UNKNOWN;
    return cw_strings_share(a, b) ? KB_SAME : KB_OTHER;
}

static enum kb_agreement compare_kb(const struct cw_incident *incident,
                                    const struct cw_account *account)
{
    const struct cw_strings *kbs = &account->entities.of[CW_ENTITY_KB];
    if (!incident->run) {
        return incident->account_count
                   ? compare_kbs(&incident->accounts[0]->entities.of[CW_ENTITY_KB], kbs)
                   : KB_UNKNOWN;
    }
    enum kb_agreement failed = compare_kbs(&incident->run->failed_kbs, kbs);
    enum kb_agreement planned = compare_kbs(&incident->run->kbs, kbs);
    if (failed == KB_SAME || planned == KB_SAME)
        return KB_SAME;
    return failed == KB_OTHER ? failed : planned;
}

static bool has_code(const struct cw_incident *incident, uint32_t code)
{
    if (code == CW_CODE_NONE)
        return false;
    const struct cw_run *run = incident->run;
    if (run && cw_code_same(run->original_failure, code))
        return true;
    for (size_t i = 0; run && i < run->step_count; i++) {
        if (cw_code_same(run->steps[i].code, code))
            return true;
    }
    for (size_t i = 0; i < incident->section_count; i++) {
        if (cw_code_same(incident->sections[i]->code, code))
            return true;
    }
    for (size_t i = 0; i < incident->account_count; i++) {
        if (cw_code_same(incident->accounts[i]->code, code))
            return true;
    }
    return false;
}

static bool is_alone(const struct cw_incident *incident)
{
    return !incident->run && !incident->section_count;
}

static bool is_near(const struct cw_incident *incident, const struct cw_account *account,
                    int64_t slack)
{
    if (incident->start == CW_TIME_NONE || account->start == CW_TIME_NONE)
        return false;
    return account->start <= incident->end + slack && account->end + slack >= incident->start;
}

/* By another clock: the same minute of another hour, or no time at all. */
static bool clock_may_differ(const struct cw_incident *incident, const struct cw_account *account)
{
    if (incident->end == CW_TIME_NONE || account->end == CW_TIME_NONE)
        return true;
    int64_t apart = distance(incident->end, account->end);
    int64_t rest = apart % ZONE_STEP_MS;
    return apart <= ZONE_MOST_MS && (rest <= ZONE_SLACK_MS || rest >= ZONE_STEP_MS - ZONE_SLACK_MS);
}

static bool belongs(const struct cw_incident *incident, unsigned agreed,
                    const struct cw_account *account)
{
    const unsigned all_but_time = AGREES_KB | AGREES_CODE;
    if ((agreed & AGREES_NEAR) && (agreed & all_but_time))
        return true;
    return (agreed & all_but_time) == all_but_time && clock_may_differ(incident, account);
}

/* 0 when it does not belong there. */
static unsigned agreement(const struct cw_incident *incident, const struct cw_account *account)
{
    bool alone = is_alone(incident);
    /* Devices are installed at any time: only what servicing does is told by others. */
    enum kb_agreement kb = compare_kb(incident, account);
    if (!cw_incident_is_servicing(incident) || kb == KB_OTHER ||
        incident->account_count == CW_INCIDENT_ACCOUNTS)
        return 0;
    unsigned agreed = kb == KB_SAME ? AGREES_KB : 0U;
    if (has_code(incident, account->code))
        agreed |= AGREES_CODE;
    if (is_near(incident, account, alone ? SAME_TROUBLE_MS : NEAR_MS))
        agreed |= AGREES_NEAR;
    return belongs(incident, agreed, account) ? agreed : 0;
}

/* One of its KBs was installed later. */
static enum cw_outcome_kind outcome_of(const struct cw_case *c, const struct cw_account *account)
{
    const struct cw_strings *kbs = &account->entities.of[CW_ENTITY_KB];
    for (size_t i = 0; i < c->success_count; i++) {
        const struct cw_success *success = &c->successes[i];
        if (success->time != CW_TIME_NONE && account->end != CW_TIME_NONE &&
            success->time > account->end && cw_strings_has(kbs, success->kb) &&
            cw_may_be_same_machine(c, account->source, success->source))
            return CW_OUTCOME_RECOVERED;
    }
    return account->outcome;
}

/* Where no run tells of it, the account that knows most stands for it: whose log is nearer to the
 * work, then the first to tell. */
static bool knows_more(const struct cw_account *a, const struct cw_account *b)
{
    static const unsigned order[CW_LOG_KINDS] = {
        [CW_LOG_CHECKSUR] = 0, [CW_LOG_POQEXEC] = 1, [CW_LOG_DISM] = 2,
        [CW_LOG_SETUPACT] = 3, [CW_LOG_EVENTS] = 4,  [CW_LOG_WINDOWS_UPDATE] = 5};
    return a->log != b->log ? order[a->log] < order[b->log] : a->end < b->end;
}

static void add_account(struct cw_incident *incident, struct cw_account *account)
{
    size_t at = incident->account_count++;
    incident->accounts[at] = account;
    if (is_alone(incident) && account->start != CW_TIME_NONE && account->start < incident->start)
        incident->start = account->start;
    if (at > 0 && knows_more(account, incident->accounts[0])) {
        incident->accounts[at] = incident->accounts[0];
        incident->accounts[0] = account;
    }
}

static void join(struct cw_case *c, struct cw_account *account, struct cw_incident *incidents,
                 size_t *count)
{
    struct cw_incident *best = NULL;
    unsigned best_agreement = 0;
    for (size_t i = 0; i < *count; i++) {
        unsigned agreed = agreement(&incidents[i], account);
        size_t source = cw_incident_place(&incidents[i]).source;
        if (agreed > best_agreement && !cw_are_other_machines(c, source, account->source)) {
            best_agreement = agreed;
            best = &incidents[i];
        }
    }
    if (!best) {
        best = &incidents[(*count)++];
        *best = (struct cw_incident){
            .start = account->start, .end = account->end, .outcome = outcome_of(c, account)};
    }
    add_account(best, account);
}

/* Newest first: the newest of several attempts is the one that counts. */
static int compare_accounts(const void *a, const void *b)
{
    const struct cw_account *left = *(struct cw_account *const *)a;
    const struct cw_account *right = *(struct cw_account *const *)b;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    if (left->source != right->source)
        return left->source < right->source ? -1 : 1;
    return left->first_line > right->first_line ? -1 : left->first_line < right->first_line;
}

void cw_accounts_join(struct cw_case *c, struct cw_incident *incidents, size_t *count)
{
    if (c->account_count)
        qsort(c->accounts, c->account_count, sizeof(*c->accounts), compare_accounts);
    for (size_t i = 0; i < c->account_count; i++)
        join(c, c->accounts[i], incidents, count);
}
