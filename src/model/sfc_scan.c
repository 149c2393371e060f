/* Scans of SFC.
 *
 *     Client requests SFP repair object.
 *     [SR] Verifying 100 components             again and again
 *     [SR] Cannot repair member file ...        in each pass, and twice
 *     [SR] Repairing 3 components               the pass that counts, unless there is nothing to do
 *     [SR] Repair complete
 *     [SR] Verify and Repair Transaction completed. All files ... successfully repaired
 *
 * The last line is the same whatever happened; only those before it tell.
 */
#include "model/sfc_scan.h"

int cw_sfc_close(struct cw_run_tracker *tracker)
{
    struct cw_run *run = tracker->sfc.run;
    bool keep = run && run->step_count;
    if (keep) {
        run->outcome = tracker->sfc.unrepaired ? CW_OUTCOME_FAILED : CW_OUTCOME_RECOVERED;
        run->has_verdict = true;
        if (!cw_case_add_run(tracker->into, run))
            return CW_ERR_NOMEM;
    } else {
        cw_run_free(run);
    }
    tracker->sfc = (struct cw_sfc_scan){0};
    return CW_OK;
}

struct cw_run *cw_sfc_run(struct cw_run_tracker *tracker, const struct cw_event *event)
{
    struct cw_sfc_scan *sfc = &tracker->sfc;
    if (!sfc->run)
        sfc->run = cw_run_new(tracker, event);
    if (sfc->run) {
        sfc->run->end_source = tracker->source;
        sfc->run->checks = CW_CHECKS_FILES;
        cw_run_extend(sfc->run, event);
    }
    return sfc->run;
}

int cw_sfc_on_begin(struct cw_run_line *line)
{
    int status = cw_sfc_close(line->tracker);
    line->tracker->sfc.active = true;
    return status;
}

int cw_sfc_on_unrepaired(struct cw_run_line *line)
{
    struct cw_run *run = cw_sfc_run(line->tracker, line->event);
    struct cw_step step = {.kind = CW_STEP_NOT_REPAIRED};
    line->tracker->sfc.active = true;
    line->tracker->sfc.unrepaired = true;
    return run ? cw_run_add_step(run, line->event, &step) : CW_ERR_NOMEM;
}

/* "Repairing 3 components": what was not repaired before may be now. With 0 there is no such pass,
 * and "Repairing file" is about one file. */
int cw_sfc_on_repairing(struct cw_run_line *line)
{
    line->tracker->sfc.active = true;
    if (line->tail.len && line->tail.ptr[0] >= '1' && line->tail.ptr[0] <= '9')
        line->tracker->sfc.unrepaired = false;
    return CW_OK;
}

int cw_sfc_on_complete(struct cw_run_line *line)
{
    if (!line->tracker->sfc.unrepaired && line->event->time > line->tracker->into->files_sound)
        line->tracker->into->files_sound = line->event->time;
    return cw_sfc_close(line->tracker);
}

bool cw_sfc_owns(const struct cw_run_tracker *tracker, const struct cw_event *event)
{
    return cw_str_starts(event->text, CW_STR("[SR] ")) ||
           (tracker->sfc.active && !tracker->run && cw_str_eq(event->component, CW_STR("CSI")));
}
