#include "diagnose/tracking.h"

#include "model/run_opening.h"

/* One kind of tracker behind the calls of the header. */
struct tracker {
    int (*event)(struct cw_tracking *tracking, const struct cw_event *event,
                 const uint32_t *anchors, size_t anchor_count);
    int (*room)(struct cw_tracking *tracking, const struct cw_event *event, const void *signal,
                struct cw_arena **ret_arena);
    int (*match)(struct cw_tracking *tracking, const struct cw_event *event,
                 const struct cw_signal_match *match);
    int (*finish)(struct cw_tracking *tracking);
};

static int run_event(struct cw_tracking *tracking, const struct cw_event *event,
                     const uint32_t *anchors, size_t anchor_count)
{
    return cw_run_tracker_event(&tracking->runs, event, anchors, anchor_count);
}

static int run_room(struct cw_tracking *tracking, const struct cw_event *event, const void *signal,
                    struct cw_arena **ret_arena)
{
    struct cw_run *run = cw_run_tracker_run(&tracking->runs, event);
    if (!run)
        return CW_ERR_NOMEM;
    *ret_arena = cw_match_wanted(run->matches, run->match_count, signal) ? &run->arena : NULL;
    return CW_OK;
}

static int run_match(struct cw_tracking *tracking, const struct cw_event *event,
                     const struct cw_signal_match *match)
{
    return cw_run_tracker_match(&tracking->runs, event, match);
}

/* What is under way may go on in another log. */
static int run_finish(struct cw_tracking *tracking)
{
    return cw_run_tracker_leave(&tracking->runs);
}

static int section_event(struct cw_tracking *tracking, const struct cw_event *event,
                         const uint32_t *anchors, size_t anchor_count)
{
    (void)anchors;
    (void)anchor_count;
    return cw_section_tracker_event(&tracking->sections, event);
}

static int section_room(struct cw_tracking *tracking, const struct cw_event *event,
                        const void *signal, struct cw_arena **ret_arena)
{
    struct cw_arena *arena = cw_section_tracker_arena(&tracking->sections, event);
    if (!arena)
        return CW_ERR_NOMEM;
    const struct cw_section *section = tracking->sections.section;
    *ret_arena = cw_match_wanted(section->matches, section->match_count, signal) ? arena : NULL;
    return CW_OK;
}

static int section_match(struct cw_tracking *tracking, const struct cw_event *event,
                         const struct cw_signal_match *match)
{
    return cw_section_tracker_match(&tracking->sections, event, match);
}

static int section_finish(struct cw_tracking *tracking)
{
    return cw_section_tracker_finish(&tracking->sections);
}

static int account_event(struct cw_tracking *tracking, const struct cw_event *event,
                         const uint32_t *anchors, size_t anchor_count)
{
    (void)anchors;
    (void)anchor_count;
    return cw_account_tracker_event(&tracking->accounts, event);
}

static int account_room(struct cw_tracking *tracking, const struct cw_event *event,
                        const void *signal, struct cw_arena **ret_arena)
{
    struct cw_arena *arena = cw_account_tracker_arena(&tracking->accounts, event);
    if (!arena)
        return CW_ERR_NOMEM;
    const struct cw_account *account = tracking->accounts.account;
    *ret_arena = cw_match_wanted(account->matches, account->match_count, signal) ? arena : NULL;
    return CW_OK;
}

static int account_match(struct cw_tracking *tracking, const struct cw_event *event,
                         const struct cw_signal_match *match)
{
    return cw_account_tracker_match(&tracking->accounts, event, match);
}

static int account_finish(struct cw_tracking *tracking)
{
    return cw_account_tracker_finish(&tracking->accounts);
}

static const struct tracker run_tracker = {run_event, run_room, run_match, run_finish};
static const struct tracker section_tracker = {section_event, section_room, section_match,
                                               section_finish};
static const struct tracker account_tracker = {account_event, account_room, account_match,
                                               account_finish};

static const struct tracker *tracker_of(enum cw_log_kind log)
{
    if (log == CW_LOG_CBS)
        return &run_tracker;
    return cw_log_has_sections(log) ? &section_tracker : &account_tracker;
}

int cw_tracking_init(struct cw_tracking *tracking, enum cw_log_kind log, struct cw_case *c,
                     size_t source)
{
    tracking->log = log;
    cw_run_tracker_init(&tracking->runs, c, source);
    cw_account_tracker_init(&tracking->accounts, c, source);
    int status = log == CW_LOG_CBS ? cw_run_opening_begin(&tracking->runs) : CW_OK;
    return status < 0 ? status : cw_section_tracker_init(&tracking->sections, c, source);
}

void cw_tracking_done(struct cw_tracking *tracking)
{
    cw_run_tracker_done(&tracking->runs);
    cw_section_tracker_done(&tracking->sections);
    cw_account_tracker_done(&tracking->accounts);
}

size_t cw_tracking_anchor_count(enum cw_log_kind log)
{
    return log == CW_LOG_CBS ? cw_run_anchor_count() : 0;
}

struct cw_str cw_tracking_anchor(enum cw_log_kind log, size_t index)
{
    return log == CW_LOG_CBS ? cw_run_anchor(index) : CW_STR_NONE;
}

int cw_tracking_event(struct cw_tracking *tracking, const struct cw_event *event,
                      const uint32_t *anchors, size_t anchor_count)
{
    return tracker_of(tracking->log)->event(tracking, event, anchors, anchor_count);
}

int cw_tracking_room(struct cw_tracking *tracking, const struct cw_event *event, const void *signal,
                     struct cw_arena **ret_arena)
{
    return tracker_of(tracking->log)->room(tracking, event, signal, ret_arena);
}

int cw_tracking_match(struct cw_tracking *tracking, const struct cw_event *event,
                      const struct cw_signal_match *match)
{
    return tracker_of(tracking->log)->match(tracking, event, match);
}

int cw_tracking_finish(struct cw_tracking *tracking)
{
    return tracker_of(tracking->log)->finish(tracking);
}
