/* What the lines of a run say, by anchor (the table at the end has each of them):
 *
 *     session   Exec: Processing started ... Exec: Processing complete ... finalized
 *     shutdown  Shtd: Begin shutdown processing ...       a rollback here is temporary
 *     startup   Retrieved original failure status ... Startup: Processing complete
 *
 * Only what happened at startup, or the session's own verdict, decides.
 */
#include "model/run_lines.h"
#include "model/run_line.h"
#include "model/sfc_scan.h"

#include "base/cursor.h"

static void end_run(struct cw_run_line *line, enum cw_outcome_kind outcome)
{
    struct cw_run *run = line->tracker->run;
    run->has_verdict = true;
    run->outcome =
        outcome == CW_OUTCOME_SUCCEEDED && (run->rolled_back || run->failed_packages.count)
            ? CW_OUTCOME_FAILED
            : outcome;
    line->tracker->closing = true;
}

/* --- session --- */

static int on_exec_started(struct cw_run_line *line)
{
    int status = cw_line_begin_session(line, cw_line_field(line->text, CW_STR("Session: ")));
    return status < 0 ? status : cw_line_identity(line);
}

static int on_exec_complete(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    int status = cw_line_identity(line);
    run->has_verdict = true;
    if (status < 0 || !cw_code_is_failure(line->event->code))
        return status;
    struct cw_str package = cw_line_field(line->text, CW_STR("Package: "));
    status = cw_line_package(line, &run->failed_packages, package);
    return status < 0 ? status : cw_line_simple_step(line, CW_STEP_SESSION_FAILED);
}

static int on_finalized(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    struct cw_str session = cw_line_field(line->text, CW_STR("Session: "));
    size_t blank = cw_str_find_char(session, ' ');
    session = cw_str_head(session, blank);
    /* Queries are sessions, too, and end well while a run is under way. */
    bool own = cw_str_eq(run->session, session);
    if (!own && (run->session.len || !cw_code_is_failure(line->event->code)))
        return CW_OK;
    bool reboot = cw_str_find(line->text, CW_STR("Reboot required: yes")) != SIZE_MAX;
    int status = CW_OK;
    if (cw_code_is_failure(line->event->code))
        status = cw_line_simple_step(line, CW_STEP_SESSION_FAILED);
    run->awaits_reboot |= reboot;
    if (status == CW_OK && !reboot)
        end_run(line, cw_run_has_lasting_failure(run) ? CW_OUTCOME_FAILED : CW_OUTCOME_SUCCEEDED);
    return status;
}

/* A query's session ends the same way, thousands of times: it opens no run unless it failed. */
static bool wants_finalized(const struct cw_run_line *line)
{
    return line->tracker->run || cw_code_is_failure(line->event->code);
}

static int on_phase_failed(struct cw_run_line *line)
{
    return cw_line_simple_step(line, CW_STEP_PHASE_FAILED);
}

static int on_report(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    struct cw_str package = cw_line_field(line->text, CW_STR("package: "));
    struct cw_str failed_in = cw_line_field(line->text, CW_STR("failure source: "));
    run->never_executed |=
        cw_str_eq(failed_in, CW_STR("Resolve")) || cw_str_eq(failed_in, CW_STR("Stage"));
    run->drivers_failed |= cw_str_eq(failed_in, CW_STR("DOQ"));
    int status = cw_line_package(line, &run->failed_packages, package);
    return status < 0 ? status : cw_line_simple_step(line, CW_STEP_PACKAGE_REPORTED);
}

/* --- shutdown and startup --- */

/* What comes from here on is final; what came before, at shutdown, was tried again. */
static void mark_startup(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    if (!run->saw_startup)
        run->startup = line->event->time;
    run->saw_startup = true;
}

static int on_shutdown(struct cw_run_line *line)
{
    int status = line->tracker->run->saw_startup ? cw_line_begin_anew(line) : CW_OK;
    if (status == CW_OK)
        line->tracker->run->saw_shutdown = true;
    return status;
}

static int on_retrieved(struct cw_run_line *line)
{
    bool clean = !cw_code_is_failure(line->event->code);
    int status = clean && line->tracker->run->rolled_back ? cw_line_begin_anew(line) : CW_OK;
    if (status < 0)
        return status;
    struct cw_run *run = line->tracker->run;
    mark_startup(line);
    if (!cw_code_is_failure(line->event->code))
        return CW_OK;
    run->original_failure = line->event->code;
    return cw_line_simple_step(line, CW_STEP_ORIGINAL_FAILURE);
}

static int on_original_failure(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    if (!cw_code_is_failure(line->event->code))
        return CW_OK;
    run->original_failure = line->event->code;
    size_t at = cw_str_find(line->text, CW_STR("forward execute state: "));
    if (at != SIZE_MAX &&
        cw_line_set_text(line, &run->forward_state, cw_str_from(line->text, at + 23)) < 0)
        return CW_ERR_NOMEM;
    return cw_line_simple_step(line, CW_STEP_ORIGINAL_FAILURE);
}

/* "CbsExecuteStateFailed" alone is a dead-man's switch, written before every commit: no failure.
 * A state with a rollback flag is one. */
static int on_execute_state(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    run->switch_set = cw_str_eq(cw_str_trim(line->tail), CW_STR("CbsExecuteStateFailed"));
    run->completed |= cw_str_eq(cw_str_trim(line->tail), CW_STR("CbsExecuteStateComplete"));
    if (cw_str_find(line->tail, CW_STR("Rollback")) == SIZE_MAX)
        return CW_OK;
    /* Windows 7 writes this one before the advanced installers run, failed or not. */
    bool switch_only =
        cw_str_find(line->tail, CW_STR("InitiateRollback")) != SIZE_MAX && !cw_run_has_failure(run);
    run->switch_set |= switch_only;
    if (switch_only)
        return CW_OK;
    bool at_shutdown = cw_line_at_shutdown(line);
    run->rolled_back |= !at_shutdown;
    run->rolled_back_at_shutdown |= at_shutdown;
    return cw_line_simple_step(line, CW_STEP_STATE_ROLLBACK);
}

static int on_ktm_rollback(struct cw_run_line *line)
{
    bool at_shutdown = cw_line_at_shutdown(line);
    line->tracker->run->rolled_back |= !at_shutdown;
    line->tracker->run->rolled_back_at_shutdown |= at_shutdown;
    return cw_line_simple_step(line, CW_STEP_KTM_ROLLBACK);
}

static int on_progress(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    size_t at = cw_str_find(line->text, CW_STR("Percent progress: "));
    struct cw_cursor cursor = cw_cursor(cw_str_from(line->text, at == SIZE_MAX ? at : at + 18));
    uint64_t percent;
    if (at != SIZE_MAX && !run->rolled_back && cw_cursor_decimal(&cursor, &percent) &&
        percent <= 100)
        run->progress_percent = (int)percent;
    if (cw_str_find(line->text, CW_STR("Temporary Rollback")) != SIZE_MAX)
        run->rolled_back_at_shutdown = true;
    return CW_OK;
}

static int on_startup_package(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    size_t at = cw_str_find(line->text, CW_STR("Startup: Package: "));
    if (at == SIZE_MAX)
        return CW_OK;
    struct cw_str package = cw_str_from(line->text, at + 18);
    package = cw_str_head(package, cw_str_find(package, CW_STR(" completed startup")));
    int status = cw_line_package(line, &run->packages, package);
    if (status == CW_OK)
        status = cw_line_set_text(line, &run->package_state,
                                  cw_line_field(line->text, CW_STR("new state: ")));
    if (status < 0 || !cw_code_is_failure(line->event->code))
        return status;
    status = cw_line_package(line, &run->failed_packages, package);
    return status < 0 ? status : cw_line_simple_step(line, CW_STEP_PACKAGE_STATE);
}

static int on_startup(struct cw_run_line *line)
{
    mark_startup(line);
    return CW_OK;
}

static int on_startup_complete(struct cw_run_line *line)
{
    uint32_t code = line->event->code;
    bool reboot = code == 0x80070bc2 || code == 0x80070bc3;
    struct cw_run *run = line->tracker->run;
    mark_startup(line);
    if (reboot)
        return CW_OK;
    /* The boot before this one had failed, and this one did not make it good. */
    run->rolled_back |= cw_code_is_failure(code) && run->original_failure != CW_CODE_NONE;
    int status =
        cw_code_is_failure(code) ? cw_line_simple_step(line, CW_STEP_STARTUP_FAILED) : CW_OK;
    end_run(line, cw_code_is_failure(code) ? CW_OUTCOME_FAILED : CW_OUTCOME_SUCCEEDED);
    return status;
}

static int on_startup_step(struct cw_run_line *line, enum cw_step_kind kind)
{
    if (cw_str_starts(line->text, CW_STR("Startup:")))
        mark_startup(line);
    return cw_line_simple_step(line, kind);
}

/* "A rollback transaction will be created", "Drivers and primitives will be rolled back" */
static int on_installers_failed(struct cw_run_line *line)
{
    line->tracker->run->rolled_back |=
        cw_str_find(line->text, CW_STR("rollback transaction")) != SIZE_MAX ||
        cw_str_find(line->text, CW_STR("will be rolled back")) != SIZE_MAX;
    return on_startup_step(line, CW_STEP_INSTALLERS_FAILED);
}

static int on_hang(struct cw_run_line *line)
{
    return on_startup_step(line, CW_STEP_HANG_DETECTED);
}

static int on_poqexec(struct cw_run_line *line)
{
    return on_startup_step(line, CW_STEP_PRIMITIVES_FAILED);
}

/* --- driver operations --- */

/* Drivers are installed again: what was rolled back before was another attempt. */
static int on_forward(struct cw_run_line *line)
{
    const struct cw_run *run = line->tracker->run;
    return run->rolled_back || run->failed_packages.count ? cw_line_begin_anew(line) : CW_OK;
}

static int on_queue_failed(struct cw_run_line *line)
{
    return on_startup_step(line, CW_STEP_QUEUE_FAILED);
}

/* --- the machine --- */

/* "TI: Last boot time: 2022-06-19 00:31:45.500" */
static int on_boot(struct cw_run_line *line)
{
    struct cw_run_tracker *tracker = line->tracker;
    struct cw_civil civil = {0};
    struct cw_cursor cursor = cw_cursor(line->tail);
    if (cw_cursor_fixed(&cursor, 4, &civil.year) && cw_cursor_char(&cursor, '-') &&
        cw_cursor_fixed(&cursor, 2, &civil.month) && cw_cursor_char(&cursor, '-') &&
        cw_cursor_fixed(&cursor, 2, &civil.day) && cw_cursor_char(&cursor, ' ') &&
        cw_cursor_fixed(&cursor, 2, &civil.hour) && cw_cursor_char(&cursor, ':') &&
        cw_cursor_fixed(&cursor, 2, &civil.minute) && cw_cursor_char(&cursor, ':') &&
        cw_cursor_fixed(&cursor, 2, &civil.second))
        tracker->boot = cw_time_from_civil(&civil);
    if (tracker->run)
        tracker->run->boot = tracker->boot;
    return CW_OK;
}

/* "Setting core mode: CbsCoreModeOffline": runs that begin now are about a Windows that is not
 * running, until the stack is loaded anew. */
static int on_offline(struct cw_run_line *line)
{
    struct cw_run_tracker *tracker = line->tracker;
    cw_past_set_line(&tracker->offline, tracker->source, line->event);
    return CW_OK;
}

static int on_stack(struct cw_run_line *line)
{
    struct cw_case *c = line->tracker->c;
    struct cw_str *known = &c->sources[line->tracker->source].os_version;
    struct cw_str version;
    line->tracker->offline.line = 0;
    if (known->len || !cw_cursor_word(&(struct cw_cursor){line->tail}, &version))
        return CW_OK;
    return cw_arena_str(&c->arena, version, known) ? CW_OK : CW_ERR_NOMEM;
}

static const struct anchor {
    const char *literal;
    int (*handle)(struct cw_run_line *line);
    bool opens;                                     /* a run when there is none */
    bool (*wanted)(const struct cw_run_line *line); /* NULL = always */
} anchors[] = {
    {"Exec: Processing started", on_exec_started, true, NULL},
    {"Exec: Processing complete", on_exec_complete, true, NULL},
    {" finalized. Reboot required", on_finalized, true, wants_finalized},
    {", Reboot required: ", on_finalized, true, wants_finalized},
    {" finalized. [HR", on_finalized, true, wants_finalized},
    {"Failed to process single phase execution", on_phase_failed, true, NULL},
    {"WER: Generating failure report for package", on_report, true, NULL},
    {"Shtd: Begin shutdown processing", on_shutdown, true, NULL},
    {"Retrieved original failure status: ", on_retrieved, true, NULL},
    {"Setting original failure status: ", on_original_failure, true, NULL},
    {"Setting ExecuteState key to: ", on_execute_state, true, NULL},
    {"Progress: UI message updated. ", on_progress, true, NULL},
    {" completed startup processing, new state", on_startup_package, true, NULL},
    {"Startup: Processing advanced operation queue", on_startup, true, NULL},
    {"Startup: Processing complete", on_startup_complete, true, NULL},
    {"Failed to process advanced operation queue", on_installers_failed, true, NULL},
    {"A possible hang was detected on the last boot", on_hang, true, NULL},
    {"Failure in poqexec.exe while processing", on_poqexec, true, NULL},
    {"Doqe: [Forward] Installing driver", on_forward, true, NULL},
    {"Corruption Detect/Repair): ", cw_line_on_repair_started, true, NULL},
    {"StoreCorruptionRepair transaction begun", cw_line_on_check_begun, false, NULL},
    {"Seconds executed: ", cw_line_on_old_report, true, NULL},
    {"Operation result: 0x", cw_line_on_repair_result, true, NULL},
    {"Total Detected Corruption:", cw_line_on_detected, true, NULL},
    {"Total Repaired Corruption:", cw_line_on_repaired, true, NULL},
    {"Total Operation Time: ", cw_line_on_report_end, true, NULL},
    {"INSTALL index: ", cw_line_on_operation, true, NULL},
    {"Doqe: Recording result: ", cw_line_on_recorded, true, NULL},
    {"Failed while processing non-critical driver operations", on_queue_failed, true, NULL},
    {"Failed executing critical driver operations queue", on_queue_failed, true, NULL},
    {"Rolling back KTM, because drivers failed", on_ktm_rollback, true, NULL},
    {"Doqe: Marked package ", cw_line_on_marked, true, NULL},
    {"Cancelling transactions: [", cw_line_on_cancelling, true, NULL},
    {"Loaded Servicing Stack v", on_stack, false, NULL},
    {"Client requests SFP repair object", cw_sfc_on_begin, false, NULL},
    {"[SR] Cannot repair member file", cw_sfc_on_unrepaired, false, NULL},
    {"[SR] Could not reproject corrupted file", cw_sfc_on_unrepaired, false, NULL},
    {"[SR] Cannot verify component files", cw_sfc_on_unrepaired, false, NULL},
    {"[SR] Repairing ", cw_sfc_on_repairing, false, NULL},
    {"[SR] Repair complete", cw_sfc_on_complete, false, NULL},
    {"TI: Last boot time: ", on_boot, false, NULL},
    {"Setting core mode: CbsCoreModeOffline", on_offline, false, NULL},
};

size_t cw_run_anchor_count(void)
{
    return sizeof(anchors) / sizeof(anchors[0]);
}

struct cw_str cw_run_anchor(size_t index)
{
    return cw_str_c(anchors[index].literal);
}

int cw_run_line_handle(struct cw_run_tracker *tracker, const struct cw_event *event, size_t index)
{
    const struct anchor *anchor = &anchors[index];
    struct cw_run_line here = {.tracker = tracker, .event = event, .text = event->text};
    struct cw_run_line *line = &here;
    struct cw_str literal = cw_str_c(anchor->literal);
    size_t at = cw_str_find(line->text, literal);
    line->tail = cw_str_from(line->text, at == SIZE_MAX ? at : at + literal.len);
    if (at == SIZE_MAX || (anchor->wanted && !anchor->wanted(line)))
        return CW_OK;
    if (!anchor->opens)
        return anchor->handle(line);
    int status = cw_run_open(line->tracker, line->event);
    return status < 0 ? status : anchor->handle(line);
}
