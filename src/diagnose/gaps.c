#include "diagnose/gaps.h"

#include <inttypes.h>

#include "base/buf.h"
#include "diagnose/remarks.h"
#include "model/run_tracker.h"

enum {
    HOUR_MS = 3600 * 1000,
    /* The service stops when it had nothing to do for some minutes: when it goes on after this, it
     * was not silent, its lines are missing. */
    SILENCE_HOURS = 1,
    /* After so long, the next start of the machine is hardly the one that a run waited for. */
    APART_DAYS = 30
};

static bool holds_any(struct cw_str text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_find(text, cw_str_c(list[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Its first lines are not those with which the service, or a driver log, begins. */
static bool begins_in_the_middle(const struct cw_case_source *log)
{
    static const char *const starts[] = {
        "Initializing Trusted Installer",
        "Starting TrustedInstaller initialization",
    };
    if (log->log == CW_LOG_CBS)
        return !holds_any(log->head, starts, sizeof(starts) / sizeof(starts[0]));
    struct cw_str head = cw_str_trim(log->head);
    return !cw_str_starts(head, CW_STR("[")) && !cw_str_starts(head, CW_STR(">>>"));
}

static bool ends_when_nothing_was_going_on(const struct cw_case_source *log)
{
    if (log->log == CW_LOG_CBS)
        return cw_str_find(log->last_line, CW_STR("Ending TrustedInstaller finalization")) !=
               SIZE_MAX;
    return !log->stats.ends_in_section;
}

static bool waits_for_a_start(const struct cw_case_source *log)
{
    const struct cw_run *run = log->runs ? log->runs->run : NULL;
    return run && (run->awaits_reboot || run->step_count);
}

static int remark_gap(struct cw_case *c, size_t index, const char *why)
{
    const struct cw_case_source *log = &c->sources[index];
    const struct cw_case_source *before = &c->sources[log->previous];
    char from[CW_TIME_TEXT];
    char to[CW_TIME_TEXT];
    struct cw_buf text;
    cw_buf_init(&text, CW_LIMIT_RECORD);
    (void)cw_buf_printf(
        &text, "nothing was read between %.*s:%" PRIu64 " (%s) and this line (%s): %s",
        CW_STR_ARG(before->path), before->stats.lines, cw_time_text(before->stats.last, from),
        cw_time_text(log->stats.first, to), why);
    int status = text.failed ? CW_ERR_NOMEM : cw_remark(c, index, "gap", 1, 1, text.data);
    cw_buf_done(&text);
    return status;
}

static int check_link(struct cw_case *c, size_t index)
{
    struct cw_case_source *log = &c->sources[index];
    struct cw_case_source *before = &c->sources[log->previous];
    bool timed = log->stats.first != CW_TIME_NONE && before->stats.last != CW_TIME_NONE;
    int64_t apart = timed ? log->stats.first - before->stats.last : 0;
    bool silent = log->log == CW_LOG_CBS && apart > (int64_t)SILENCE_HOURS * HOUR_MS;
    bool gap = begins_in_the_middle(log) && (silent || ends_when_nothing_was_going_on(before));
    bool far = apart > (int64_t)APART_DAYS * 24 * HOUR_MS;
    int status = CW_OK;
    if (gap)
        status = remark_gap(c, index,
                            "this log begins in the middle of what was going on, and the lines "
                            "before it stand in neither; a rotated log is missing, or the clock "
                            "was set");
    else if (far && waits_for_a_start(before))
        status = remark_gap(c, index,
                            "what was under way then is not looked for after so long a time; the "
                            "machine may have been off, or rotated logs may be missing");
    if (gap || far) {
        before->next = CW_SOURCE_NONE;
        log->previous = CW_SOURCE_NONE;
    }
    return status;
}

int cw_gaps_find(struct cw_case *c)
{
    int status = CW_OK;
    for (size_t i = 0; i < c->source_count && status == CW_OK; i++) {
        enum cw_log_kind log = c->sources[i].log;
        bool checked = log == CW_LOG_CBS || log == CW_LOG_SETUPAPI;
        if (checked && c->sources[i].previous != CW_SOURCE_NONE)
            status = check_link(c, i);
    }
    return status;
}
