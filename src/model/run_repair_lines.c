/* What the lines about checking and repairing the component store say (DISM /ScanHealth and
 * /RestoreHealth, and what servicing does by itself):
 *
 *     Exec: Session processing started.  Client: Manual, Session(... Detect/Repair): S
 *     StoreCorruptionRepair transaction begun. ...
 *     Checking System Update Readiness.         a report; Windows 8 has all of it in one record
 *     Operation result: 0x800f081f
 *     Total Detected Corruption:	6
 *     Total Repaired Corruption:	0
 *     Total Operation Time: 282 seconds.
 *
 * or, on Windows 7, all in one record:
 *
 *     Seconds executed: 211
 *      Found 3 errors
 *      Fixed 2 errors
 *
 * A check alone ends with 0x0 whatever it found: the counts tell.
 */
#include "base/cursor.h"
#include "model/run_line.h"

int cw_line_on_repair_started(struct cw_run_line *line)
{
    struct cw_str session = CW_STR_NONE;
    struct cw_cursor cursor = cw_cursor(line->tail);
    (void)cw_cursor_word(&cursor, &session);
    int status = cw_line_begin_session(line, session);
    if (status == CW_OK)
        line->tracker->run->checks = CW_CHECKS_STORE;
    return status;
}

/* Another check begins, and no line says that the session of the one before has ended. */
int cw_line_on_check_begun(struct cw_run_line *line)
{
    return line->tracker->run && line->tracker->run->reported ? cw_line_begin_anew(line) : CW_OK;
}

/* "Operation result: 0x800f0915" */
int cw_line_on_repair_result(struct cw_run_line *line)
{
    uint32_t code;
    struct cw_str word = CW_STR_NONE;
    struct cw_cursor cursor = cw_cursor(line->tail);
    line->tracker->run->detected = line->tracker->run->repaired = 0;
    if (!cw_cursor_word(&cursor, &word))
        return CW_OK;
    struct cw_str written = {word.ptr - 2, word.len + 2}; /* the anchor ends behind "0x" */
    if (!cw_code_parse(written, &code) || !cw_code_is_failure(code))
        return CW_OK;
    line->tracker->run->checks = CW_CHECKS_STORE;
    struct cw_step step = {.kind = CW_STEP_REPAIR_FAILED, .code = code, .written = written};
    return cw_line_step(line, &step);
}

static void read_count(const struct cw_run_line *line, uint64_t *count)
{
    uint64_t number;
    struct cw_cursor cursor = cw_cursor(cw_str_trim(line->tail));
    if (cw_cursor_decimal(&cursor, &number))
        *count = number;
}

int cw_line_on_detected(struct cw_run_line *line)
{
    read_count(line, &line->tracker->run->detected);
    return CW_OK;
}

int cw_line_on_repaired(struct cw_run_line *line)
{
    read_count(line, &line->tracker->run->repaired);
    return CW_OK;
}

static bool has_failed_repair(const struct cw_run *run)
{
    for (size_t i = 0; i < run->step_count; i++) {
        if (run->steps[i].kind == CW_STEP_REPAIR_FAILED)
            return true;
    }
    return false;
}

/* What was found and is repaired is no failure, also when the log ends here. */
int cw_line_on_report_end(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    run->reported = true;
    if (has_failed_repair(run))
        return CW_OK;
    if (run->detected > run->repaired) {
        run->checks = CW_CHECKS_STORE;
        struct cw_step step = {.kind = CW_STEP_REPAIR_FAILED};
        return cw_line_step(line, &step);
    }
    run->completed = true;
    if (line->event->time > line->tracker->into->store_sound)
        line->tracker->into->store_sound = line->event->time;
    return CW_OK;
}

/* The number behind the word; what it was when there is none. */
static void read_number(struct cw_str text, struct cw_str word, uint64_t *number)
{
    size_t at = cw_str_find(text, word);
    uint64_t read;
    struct cw_cursor cursor = cw_cursor(cw_str_from(text, at));
    if (at != SIZE_MAX && cw_cursor_literal(&cursor, word) && cw_cursor_decimal(&cursor, &read))
        *number = read;
}

/* "Seconds executed: 211", and the counts below it */
int cw_line_on_old_report(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    int status = run->reported ? cw_line_begin_anew(line) : CW_OK;
    if (status < 0)
        return status;
    run = line->tracker->run;
    run->detected = run->repaired = 0;
    read_number(line->tail, CW_STR(" Found "), &run->detected);
    read_number(line->tail, CW_STR(" Fixed "), &run->repaired);
    return cw_line_on_report_end(line);
}
