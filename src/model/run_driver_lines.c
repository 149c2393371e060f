/* What the lines about driver operations and their packages say. */
#include "base/cursor.h"
#include "model/run_line.h"

/* "index: 0, phase: 2, result 5, inf: cpu.inf"; the result is a Win32 code in decimal, or a whole
 * 32-bit code, which may be written as a negative number. */
int cw_line_on_operation(struct cw_run_line *line)
{
    uint64_t index;
    uint64_t phase;
    uint64_t result;
    struct cw_cursor cursor = cw_cursor(line->tail);
    if (!cw_cursor_decimal(&cursor, &index) || !cw_cursor_literal(&cursor, CW_STR(", phase: ")) ||
        !cw_cursor_decimal(&cursor, &phase) || !cw_cursor_literal(&cursor, CW_STR(", result ")))
        return CW_OK;
    struct cw_str from_result = cursor.rest;
    bool negative = cw_cursor_char(&cursor, '-');
    if (!cw_cursor_decimal(&cursor, &result) || result == 0 || result > UINT32_MAX)
        return CW_OK;
    uint32_t number = negative ? 0U - (uint32_t)result : (uint32_t)result;
    size_t digits = from_result.len - cursor.rest.len;
    struct cw_str inf = CW_STR_NONE;
    if (cw_cursor_literal(&cursor, CW_STR(", inf: ")))
        inf = cw_str_trim(cursor.rest);
    struct cw_step step = {
        .kind = CW_STEP_OPERATION_FAILED,
        .at_shutdown = cw_line_at_shutdown(line),
        .code = cw_code_normalise(number, number > UINT16_MAX ? CW_CODE_SETUPAPI : CW_CODE_WIN32),
        .written = {from_result.ptr - 7, digits + 7}, /* "result 5" */
        .inf = inf,
        .index = (unsigned)index,
        .phase = (unsigned)phase,
    };
    return cw_code_is_success(step.code) ? CW_OK : cw_line_step(line, &step);
}

int cw_line_on_recorded(struct cw_run_line *line)
{
    struct cw_str inf = cw_line_field(line->text, CW_STR("for Inf: "));
    if (!cw_code_is_failure(line->event->code))
        return CW_OK;
    struct cw_step step = {
        .kind = CW_STEP_RESULT_RECORDED,
        .at_shutdown = cw_line_at_shutdown(line),
        .code = line->event->code,
        .written = line->event->code_written,
        .inf = inf,
    };
    return cw_line_step(line, &step);
}

int cw_line_on_marked(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    size_t end = cw_str_find(line->tail, CW_STR(" as failed"));
    if (end == SIZE_MAX)
        return CW_OK;
    int status = cw_line_package(line, &run->failed_packages, cw_str_head(line->tail, end));
    if (status == CW_OK)
        status = cw_line_set_text(line, &run->package_state, CW_STR("failed"));
    return status < 0 ? status : cw_line_simple_step(line, CW_STEP_PACKAGE_FAILED);
}

/* `[1]: [77]"TI4.31134493_4116500938:4/Package_for_KB4474419~31bf..."` names session and package */
int cw_line_on_cancelling(struct cw_run_line *line)
{
    struct cw_run *run = line->tracker->run;
    struct cw_str rest = line->tail;
    for (size_t at; (at = cw_str_find(rest, CW_STR("\"TI"))) != SIZE_MAX;) {
        rest = cw_str_from(rest, at + 1);
        struct cw_str id = cw_str_head(rest, cw_str_find_char(rest, '"'));
        size_t dot = cw_str_find_char(id, '.');
        size_t colon = cw_str_find_char(id, ':');
        size_t slash = cw_str_find_char(id, '/');
        if (dot == SIZE_MAX || colon == SIZE_MAX || slash == SIZE_MAX || dot > colon)
            continue;
        struct cw_str session = cw_str_head(cw_str_from(id, dot + 1), colon - dot - 1);
        int status = cw_line_package(line, &run->packages, cw_str_from(id, slash + 1));
        if (status == CW_OK && run->session.len == 0)
            status = cw_line_set_text(line, &run->session, session);
        if (status < 0)
            return status;
    }
    return CW_OK;
}
