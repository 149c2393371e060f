/* Life of a run: it opens with the first line that belongs to one, since a log may begin anywhere,
 * and is kept when it closes only if something in it failed. What the lines say is in run_lines.c.
 */
#include "model/run_tracker.h"

#include <stdlib.h>

#include "logs/usual_lines.h"
#include "model/run_lines.h"
#include "model/run_opening.h"
#include "model/sfc_scan.h"

/* Of the two places that are kept. */
static unsigned older_place(const struct cw_run_tracker *tracker)
{
    return tracker->place_line[0] ? 0 : 1;
}

struct cw_run *cw_run_new(const struct cw_run_tracker *tracker, const struct cw_event *event)
{
    struct cw_run *run = calloc(1, sizeof(*run));
    if (!run)
        return NULL;
    run->source = run->end_source = tracker->source;
    run->start = run->end = event->time;
    run->first_line = event->line;
    run->offset = event->offset;
    run->boot = tracker->boot;
    run->offline = tracker->offline;
    run->startup = CW_TIME_NONE;
    run->progress_percent = -1;
    unsigned near = older_place(tracker);
    if (tracker->place_line[near] &&
        event->offset - tracker->place_offset[near] <= 4 * (uint64_t)CW_RUN_STRIDE) {
        run->before_line = tracker->place_line[near];
        run->before_offset = tracker->place_offset[near];
    }
    return run;
}

int cw_run_open(struct cw_run_tracker *tracker, const struct cw_event *event)
{
    if (tracker->run)
        return CW_OK;
    tracker->run = cw_run_new(tracker, event);
    if (!tracker->run)
        return CW_ERR_NOMEM;
    tracker->saw_run = true;
    return CW_OK;
}

void cw_run_extend(struct cw_run *run, const struct cw_event *event)
{
    if (event->time != CW_TIME_NONE) {
        run->start = run->start == CW_TIME_NONE ? event->time : run->start;
        run->end = event->time;
    }
    run->last_line = event->last_line;
    run->end_offset = event->offset;
}

/* A few lines cut out of a log may hold the error and nothing of the run around it. In a whole log
 * an error line outside a run is nothing: queries fail all the time. */
static int note_error_line(struct cw_run_tracker *tracker, const struct cw_event *event)
{
    bool fails =
        cw_code_is_failure(event->code) && !cw_usual_line(event->log, event->text, event->code);
    if (tracker->saw_run || event->level != CW_LEVEL_ERROR || !fails)
        return CW_OK;
    if (!tracker->excerpt)
        tracker->excerpt = cw_run_new(tracker, event);
    if (!tracker->excerpt)
        return CW_ERR_NOMEM;
    cw_run_extend(tracker->excerpt, event);
    struct cw_step step = {
        .kind = CW_STEP_ERROR_LINE, .code = event->code, .written = event->code_written};
    return cw_run_add_step(tracker->excerpt, event, &step);
}

/* The run's packages were installed: an older failure of the same KB was overcome. */
static bool note_success(struct cw_run_tracker *tracker)
{
    const struct cw_run *run = tracker->run;
    for (size_t i = 0; i < run->kbs.count; i++) {
        if (!cw_case_add_success(tracker->into, tracker->source, run->kbs.items[i], run->end))
            return false;
    }
    return true;
}

bool cw_run_has_failure(const struct cw_run *run)
{
    return run->step_count > 0;
}

/* Only something that failed for good: not at shutdown, where it will be tried again. */
bool cw_run_has_lasting_failure(const struct cw_run *run)
{
    if (run->rolled_back || run->failed_packages.count)
        return true;
    for (size_t i = 0; i < run->step_count; i++) {
        if (!run->steps[i].at_shutdown)
            return true;
    }
    return false;
}

/* Closes the run under way: kept when it failed or may have failed, dropped when all was well. */
int cw_run_close(struct cw_run_tracker *tracker)
{
    struct cw_run *run = tracker->run;
    tracker->closing = false;
    if (!run)
        return CW_OK;
    if (run->outcome == CW_OUTCOME_OPEN && cw_run_has_lasting_failure(run))
        run->outcome = CW_OUTCOME_FAILED;
    /* Everything was applied; only the line that says so is missing. */
    if (run->outcome == CW_OUTCOME_OPEN && run->completed)
        run->outcome = CW_OUTCOME_SUCCEEDED;
    if (run->outcome == CW_OUTCOME_SUCCEEDED && cw_run_has_failure(run))
        run->outcome = CW_OUTCOME_RECOVERED;
    bool succeeded = run->outcome == CW_OUTCOME_SUCCEEDED || run->outcome == CW_OUTCOME_RECOVERED;
    tracker->runs_closed++;
    bool keep =
        run->outcome != CW_OUTCOME_SUCCEEDED && (cw_run_has_failure(run) || run->match_count);
    if ((succeeded && !note_success(tracker)) || (keep && !cw_case_add_run(tracker->into, run)))
        return CW_ERR_NOMEM;
    tracker->run = NULL;
    if (!keep)
        cw_run_free(run);
    return CW_OK;
}

void cw_run_tracker_init(struct cw_run_tracker *tracker, struct cw_case *c, size_t source)
{
    *tracker = (struct cw_run_tracker){
        .c = c, .into = c, .source = source, .boot = CW_TIME_NONE, .place_line = {0, 1}};
}

void cw_run_tracker_done(struct cw_run_tracker *tracker)
{
    cw_run_free(tracker->run);
    cw_run_free(tracker->excerpt);
    cw_run_free(tracker->sfc.run);
    cw_run_opening_free(tracker->opening);
    tracker->run = tracker->excerpt = tracker->sfc.run = NULL;
    tracker->opening = NULL;
}

/* The log's first line is a place; then one about every CW_RUN_STRIDE bytes. */
static void note_place(struct cw_run_tracker *tracker, const struct cw_event *event)
{
    if (tracker->place_line[1] && event->offset - tracker->place_offset[1] < CW_RUN_STRIDE)
        return;
    tracker->place_line[0] = tracker->place_line[1];
    tracker->place_offset[0] = tracker->place_offset[1];
    tracker->place_line[1] = event->line;
    tracker->place_offset[1] = event->offset;
}

int cw_run_tracker_event(struct cw_run_tracker *tracker, const struct cw_event *event,
                         const uint32_t *anchors, size_t anchor_count)
{
    cw_run_opening_next(tracker);
    int status = tracker->closing ? cw_run_close(tracker) : CW_OK;
    if (tracker->run)
        tracker->run->end_source = tracker->source;
    note_place(tracker, event);
    for (size_t i = 0; i < anchor_count && status == CW_OK; i++)
        status = cw_run_line_handle(tracker, event, anchors[i]);
    if (tracker->run)
        cw_run_extend(tracker->run, event);
    if (status == CW_OK)
        status = note_error_line(tracker, event);
    cw_run_opening_event(tracker, event, anchors, anchor_count);
    return status;
}

struct cw_run *cw_run_tracker_run(struct cw_run_tracker *tracker, const struct cw_event *event)
{
    if (cw_sfc_owns(tracker, event))
        return cw_sfc_run(tracker, event);
    return cw_run_open(tracker, event) < 0 ? NULL : tracker->run;
}

int cw_run_tracker_match(struct cw_run_tracker *tracker, const struct cw_event *event,
                         const struct cw_signal_match *match)
{
    struct cw_run *run = cw_run_tracker_run(tracker, event);
    if (!run)
        return CW_ERR_NOMEM;
    struct cw_signal_match placed = *match;
    placed.at_shutdown =
        cw_str_starts(event->text, CW_STR("Shtd:")) || (run->saw_shutdown && !run->saw_startup);
    run->last_line = event->last_line;
    run->end_offset = event->offset;
    run->end_source = tracker->source;
    cw_run_opening_match(tracker, &placed);
    return cw_match_add(&run->arena, &run->matches, &run->match_count, &run->match_cap, &placed)
               ? CW_OK
               : CW_ERR_NOMEM;
}

int cw_run_tracker_leave(struct cw_run_tracker *tracker)
{
    struct cw_run_tracker *kept = malloc(sizeof(*kept));
    if (!kept)
        return CW_ERR_NOMEM;
    *kept = *tracker;
    struct cw_case_source *source = &tracker->c->sources[tracker->source];
    source->tail_line = tracker->place_line[older_place(tracker)];
    source->tail_offset = tracker->place_offset[older_place(tracker)];
    source->runs = kept;
    tracker->run = tracker->excerpt = tracker->sfc.run = NULL;
    tracker->opening = NULL;
    return CW_OK;
}

void cw_run_tracker_free(struct cw_run_tracker *tracker)
{
    if (tracker)
        cw_run_tracker_done(tracker);
    free(tracker);
}

int cw_run_tracker_finish(struct cw_run_tracker *tracker)
{
    int accepted = cw_run_opening_accept(tracker);
    if (accepted < 0)
        return accepted;
    tracker->c->ends_in_commit |= tracker->run && tracker->run->switch_set;
    int status = cw_run_close(tracker);
    if (status == CW_OK && tracker->excerpt && !tracker->saw_run) {
        if (!cw_case_add_run(tracker->c, tracker->excerpt))
            return CW_ERR_NOMEM;
        tracker->excerpt = NULL;
    }
    return status < 0 ? status : cw_sfc_close(tracker);
}
