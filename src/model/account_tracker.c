#include "model/account_tracker.h"

#include <stdlib.h>

const struct cw_account_error *cw_account_first_error(const struct cw_account *account)
{
    for (size_t i = 0; i < account->error_count; i++) {
        if (cw_code_same(account->errors[i].code, account->code))
            return &account->errors[i];
    }
    return account->error_count ? &account->errors[0] : NULL;
}

void cw_account_free(struct cw_account *account)
{
    if (!account)
        return;
    cw_arena_done(&account->arena);
    free(account);
}

void cw_account_tracker_init(struct cw_account_tracker *tracker, struct cw_case *c, size_t source)
{
    *tracker = (struct cw_account_tracker){.c = c, .source = source};
}

void cw_account_tracker_done(struct cw_account_tracker *tracker)
{
    cw_account_free(tracker->account);
    tracker->account = NULL;
}

static int open_account(struct cw_account_tracker *tracker, const struct cw_event *event)
{
    if (tracker->account)
        return CW_OK;
    struct cw_account *account = calloc(1, sizeof(*account));
    if (!account)
        return CW_ERR_NOMEM;
    account->source = tracker->source;
    account->log = event->log;
    account->first_line = event->line;
    account->start = account->end = CW_TIME_NONE;
    tracker->account = account;
    return CW_OK;
}

/* A package that was dealt with well: an older failure of it was overcome. */
static int note_success(struct cw_account_tracker *tracker, const struct cw_event *event,
                        const struct cw_entities *entities, cw_time time)
{
    const struct cw_strings *kbs = &entities->of[CW_ENTITY_KB];
    for (size_t i = 0; i < kbs->count; i++) {
        if (!cw_case_add_success(tracker->c, tracker->source, kbs->items[i],
                                 time != CW_TIME_NONE ? time : cw_event_when(event)))
            return CW_ERR_NOMEM;
    }
    return CW_OK;
}

static int close_account(struct cw_account_tracker *tracker)
{
    struct cw_account *account = tracker->account;
    tracker->closing = false;
    if (!account)
        return CW_OK;
    account->outcome = account->has_verdict ? CW_OUTCOME_FAILED : CW_OUTCOME_SUCCEEDED;
    bool keep = account->outcome == CW_OUTCOME_FAILED;
    if (keep && !cw_case_add_account(tracker->c, account))
        return CW_ERR_NOMEM;
    tracker->account = NULL;
    if (!keep)
        cw_account_free(account);
    return CW_OK;
}

/* What the event is about: an entity, or the subject of the account. */
static bool add_subject(struct cw_account *account, const struct cw_event *event)
{
    enum cw_entity entity;
    if (event->value.len == 0)
        return true;
    if (cw_entity_from_name(event->name, &entity))
        return cw_entities_add(&account->entities, &account->arena, entity, event->value);
    return account->subject.len || cw_arena_str(&account->arena, event->value, &account->subject);
}

static bool is_known_error(const struct cw_account *account, uint32_t code)
{
    for (size_t i = 0; i < account->error_count; i++) {
        if (account->errors[i].code == code)
            return true;
    }
    return false;
}

/* With which code the account will fail is not known yet: the first line of each is kept. */
static bool note_error(struct cw_account *account, const struct cw_event *event, size_t source)
{
    bool tells = event->level == CW_LEVEL_ERROR || event->mark != CW_MARK_NONE;
    if (!tells || !cw_code_is_failure(event->code) || is_known_error(account, event->code))
        return true;
    if (account->error_count < CW_ACCOUNT_ERRORS)
        account->error_count++;
    struct cw_account_error *error = &account->errors[account->error_count - 1];
    error->code = event->code;
    return cw_evidence_keep(&account->arena, source, event, &error->evidence);
}

static bool note_verdict(struct cw_account *account, const struct cw_event *event, size_t source)
{
    account->has_verdict = true;
    if (event->code != CW_CODE_NONE) {
        account->code = event->code;
        if (!cw_arena_str(&account->arena, event->code_written, &account->code_written))
            return false;
    }
    return cw_evidence_keep(&account->arena, source, event, &account->verdict);
}

static bool says_failed(const struct cw_event *event)
{
    bool by_code = event->mark == CW_MARK_END || event->mark == CW_MARK_REPORT;
    return event->mark == CW_MARK_FAILURE || (by_code && cw_code_is_failure(event->code));
}

static void extend(struct cw_account *account, const struct cw_event *event)
{
    cw_time time = cw_event_when(event);
    if (time != CW_TIME_NONE) {
        account->start = account->start == CW_TIME_NONE ? time : account->start;
        account->end = time;
    }
    account->last_line = event->last_line;
}

/* What failed before, in this account and in those before it, is sound now. */
static void make_good(struct cw_account_tracker *tracker)
{
    tracker->account->has_verdict = false;
    for (size_t i = 0; i < tracker->c->account_count; i++) {
        if (tracker->c->accounts[i]->source == tracker->source)
            tracker->c->accounts[i]->outcome = CW_OUTCOME_RECOVERED;
    }
}

static int take_mark(struct cw_account_tracker *tracker, const struct cw_event *event)
{
    struct cw_account *account = tracker->account;
    extend(account, event);
    if (!add_subject(account, event) || !note_error(account, event, tracker->source) ||
        (says_failed(event) && !note_verdict(account, event, tracker->source)))
        return CW_ERR_NOMEM;
    if (event->mark == CW_MARK_SUCCESS && event->value.len == 0)
        make_good(tracker);
    bool succeeded = (event->mark == CW_MARK_SUCCESS && event->value.len > 0) ||
                     (event->mark == CW_MARK_REPORT && !says_failed(event));
    if (event->mark == CW_MARK_END || event->mark == CW_MARK_REPORT)
        tracker->closing = true;
    return succeeded ? note_success(tracker, event, &account->entities, account->end) : CW_OK;
}

int cw_account_tracker_event(struct cw_account_tracker *tracker, const struct cw_event *event)
{
    bool opens = event->mark == CW_MARK_BEGIN || event->mark == CW_MARK_REPORT;
    int status = tracker->closing || opens ? close_account(tracker) : CW_OK;
    if (status == CW_OK && event->mark != CW_MARK_NONE)
        status = open_account(tracker, event);
    return status == CW_OK && tracker->account ? take_mark(tracker, event) : status;
}

struct cw_arena *cw_account_tracker_arena(struct cw_account_tracker *tracker,
                                          const struct cw_event *event)
{
    return open_account(tracker, event) < 0 ? NULL : &tracker->account->arena;
}

int cw_account_tracker_match(struct cw_account_tracker *tracker, const struct cw_event *event,
                             const struct cw_signal_match *match)
{
    int status = open_account(tracker, event);
    if (status < 0)
        return status;
    struct cw_account *account = tracker->account;
    return cw_match_add(&account->arena, &account->matches, &account->match_count,
                        &account->match_cap, match)
               ? CW_OK
               : CW_ERR_NOMEM;
}

int cw_account_tracker_finish(struct cw_account_tracker *tracker)
{
    return close_account(tracker);
}
