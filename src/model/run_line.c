/* One line of a run: its parts, and what is kept of it. */
#include "model/run_line.h"

#include "base/limits.h"

/* Steps that may come by the hundred leave room for those that come once. */
static bool is_plentiful(enum cw_step_kind kind)
{
    return kind == CW_STEP_OPERATION_FAILED || kind == CW_STEP_RESULT_RECORDED ||
           kind == CW_STEP_ERROR_LINE;
}

int cw_run_add_step(struct cw_run *run, const struct cw_event *event, const struct cw_step *step)
{
    size_t most = is_plentiful(step->kind) ? CW_LIMIT_RUN_ITEMS / 2 : CW_LIMIT_RUN_ITEMS;
    if (run->step_count >= most) {
        run->steps_dropped++;
        return CW_OK;
    }
    struct cw_step copy = *step;
    void *items = run->steps;
    if (!cw_arena_grow(&run->arena, &items, &run->step_cap, run->step_count, sizeof(copy),
                       CW_LIMIT_RUN_ITEMS) ||
        !cw_arena_str(&run->arena, step->inf, &copy.inf) ||
        !cw_arena_str(&run->arena, step->written, &copy.written) ||
        !cw_evidence_keep(&run->arena, run->end_source, event, &copy.evidence))
        return CW_ERR_NOMEM;
    run->steps = items;
    run->steps[run->step_count++] = copy;
    return CW_OK;
}

int cw_line_step(struct cw_run_line *line, const struct cw_step *step)
{
    return cw_run_add_step(line->tracker->run, line->event, step);
}

bool cw_line_at_shutdown(const struct cw_run_line *line)
{
    return cw_str_starts(line->text, CW_STR("Shtd:")) ||
           (line->tracker->run->saw_shutdown && !line->tracker->run->saw_startup &&
            !cw_str_starts(line->text, CW_STR("Startup:")));
}

/* A step whose code is the one in the line. */
int cw_line_simple_step(struct cw_run_line *line, enum cw_step_kind kind)
{
    struct cw_step step = {
        .kind = kind,
        .at_shutdown = cw_line_at_shutdown(line),
        .code = line->event->code,
        .written = line->event->code_written,
    };
    return cw_line_step(line, &step);
}

/* "Session: 31134493_4116500938, Package: P, ..." -> the value behind `name`. */
struct cw_str cw_line_field(struct cw_str text, struct cw_str name)
{
    size_t at = cw_str_find(text, name);
    if (at == SIZE_MAX)
        return CW_STR_NONE;
    struct cw_str value = cw_str_from(text, at + name.len);
    size_t end = cw_str_find_char(value, ',');
    size_t blank = cw_str_find(value, CW_STR("  "));
    value = cw_str_head(value, end < blank ? end : blank);
    size_t bracket = cw_str_find(value, CW_STR(" ["));
    value = cw_str_trim(cw_str_head(value, bracket));
    return cw_str_ends(value, CW_STR(".")) ? cw_str_head(value, value.len - 1) : value;
}

struct cw_str cw_run_known_kb(const struct cw_run_tracker *tracker, struct cw_str package)
{
    for (size_t i = 0; i < CW_RUN_IDENTITIES; i++) {
        const struct cw_identity *identity = &tracker->identities[i];
        if (identity->kb[0] && cw_str_eq(cw_str_c(identity->package), package))
            return cw_str_c(identity->kb);
    }
    return CW_STR_NONE;
}

int cw_line_package(struct cw_run_line *line, struct cw_strings *packages, struct cw_str package)
{
    struct cw_run *run = line->tracker->run;
    struct cw_str kb = CW_STR_NONE;
    if (!cw_kb_of_package(package, &kb))
        kb = cw_run_known_kb(line->tracker, package);
    struct cw_strings *kbs = packages == &run->failed_packages ? &run->failed_kbs : &run->kbs;
    return cw_strings_add(kbs, &run->arena, kb) && cw_strings_add(packages, &run->arena, package)
               ? CW_OK
               : CW_ERR_NOMEM;
}

/* The latest sessions are kept, whichever run they belong to: an update staged before another one
 * may be the one that fails at startup. */
static void keep_identity(struct cw_run_tracker *tracker, struct cw_str package, struct cw_str kb)
{
    struct cw_identity *identity = &tracker->identities[tracker->next_identity];
    bool known = cw_run_known_kb(tracker, package).len > 0;
    if (known || package.len == 0 || package.len >= sizeof(identity->package) ||
        kb.len >= sizeof(identity->kb))
        return;
    *identity = (struct cw_identity){0};
    memcpy(identity->package, package.ptr, package.len);
    memcpy(identity->kb, kb.ptr, kb.len);
    tracker->next_identity = (tracker->next_identity + 1) % CW_RUN_IDENTITIES;
}

int cw_line_identity(struct cw_run_line *line)
{
    struct cw_str package = cw_line_field(line->text, CW_STR("Package: "));
    struct cw_str kb;
    if (cw_kb_of_package(cw_line_field(line->text, CW_STR("Identifier: ")), &kb))
        keep_identity(line->tracker, package, kb);
    return cw_line_package(line, &line->tracker->run->packages, package);
}

int cw_line_set_text(struct cw_run_line *line, struct cw_str *target, struct cw_str text)
{
    if (cw_str_eq(*target, text))
        return CW_OK;
    return cw_arena_str(&line->tracker->run->arena, text, target) ? CW_OK : CW_ERR_NOMEM;
}

int cw_line_begin_anew(struct cw_run_line *line)
{
    int status = cw_run_close(line->tracker);
    return status < 0 ? status : cw_run_open(line->tracker, line->event);
}

int cw_line_begin_session(struct cw_run_line *line, struct cw_str session)
{
    const struct cw_run *run = line->tracker->run;
    bool another = run->session.len && !cw_str_eq(run->session, session);
    if (another || run->saw_startup || run->reported || cw_run_has_failure(run)) {
        int status = cw_line_begin_anew(line);
        if (status < 0)
            return status;
    }
    return cw_line_set_text(line, &line->tracker->run->session, session);
}
