#include "report/guarded.h"

#include "report/redact_guard.h"
#include "report/redact_strings.h"

enum { REPORT_MOST = 512 * 1024 * 1024, NAME_MOST = 64 * 1024 };

/* What is rendered, for the second time without text: a user may be called like a word of the
 * renderer. */
struct job {
    const struct cw_renderer *renderer;
    const struct cw_style *style;
    struct cw_batch *batch; /* or NULL */
    const char *input;      /* of the batch */
};

static int render(const struct job *job, const struct cw_report *report,
                  const struct cw_output *output, struct cw_error *error)
{
    if (!job->batch)
        return cw_render(job->renderer, report, job->style, output, error);
    const struct cw_output *target = job->batch->output;
    job->batch->output = output;
    int status = cw_render_in_batch(job->batch, job->input, report, error);
    job->batch->output = target;
    return status;
}

static int append(void *context, const char *bytes, size_t size)
{
    return cw_buf_append(context, (struct cw_str){bytes, size}) ? CW_OK : CW_ERR_NOMEM;
}

static int blank(void *context, enum cw_redact_field field, struct cw_str *text)
{
    (void)context;
    (void)field;
    *text = CW_STR("x");
    return CW_OK;
}

static int render_blank(const struct job *job, const struct cw_report *report, struct cw_buf *own,
                        struct cw_error *error)
{
    const struct cw_output output = {append, own};
    struct cw_arena arena = {0};
    const struct cw_redact_visitor visitor = {blank, NULL, &arena};
    struct cw_report empty;
    int status = cw_redact_strings(report, &visitor, &empty);
    status = status < 0 ? cw_fail_nomem(error) : render(job, &empty, &output, error);
    cw_arena_done(&arena);
    return status;
}

/* What a rendering holds beyond the renderer's own words is a leak. */
static int check(const struct job *job, const struct cw_report *report,
                 struct cw_redact_guard *guard, struct cw_error *error)
{
    enum cw_identifier kind;
    struct cw_buf own;
    int suspected = cw_redact_guard_suspects(guard, NULL, &kind);
    if (suspected <= 0)
        return suspected < 0 ? cw_fail_nomem(error) : CW_OK;
    cw_buf_init(&own, REPORT_MOST);
    int status = render_blank(job, report, &own, error);
    if (status == CW_OK)
        suspected = cw_redact_guard_suspects(guard, &own, &kind);
    cw_buf_done(&own);
    if (status < 0 || suspected == 0)
        return status;
    return suspected < 0 ? cw_fail_nomem(error) : cw_redact_guard_fail(kind, error);
}

static int render_through(const struct job *job, const struct cw_report *report,
                          struct cw_redaction *redaction, const struct cw_output *output,
                          struct cw_error *error)
{
    struct cw_redact_guard guard;
    cw_redact_guard_open(&guard, redaction, output);
    int status = render(job, report, &guard.output, error);
    if (status == CW_OK && redaction)
        status = check(job, report, &guard, error);
    int closed = cw_redact_guard_close(&guard, status);
    return status < 0 ? status : cw_renderer_done(closed, error);
}

int cw_render_guarded(const struct cw_renderer *renderer, const struct cw_report *report,
                      const struct cw_style *style, struct cw_redaction *redaction,
                      const struct cw_output *output, struct cw_error *error)
{
    const struct job job = {.renderer = renderer, .style = style};
    return render_through(&job, report, redaction, output, error);
}

int cw_render_in_batch_guarded(struct cw_batch *batch, const char *input,
                               const struct cw_report *report, struct cw_error *error)
{
    struct job job = {.renderer = batch->renderer, .batch = batch, .input = input};
    struct cw_buf name;
    cw_buf_init(&name, NAME_MOST);
    int status = CW_OK;
    if (batch->redaction)
        status = cw_redaction_put(batch->redaction, cw_str_c(input), CW_REDACT_FILE, &name);
    if (status < 0)
        status = cw_fail_nomem(error);
    if (name.len)
        job.input = name.data;
    if (status == CW_OK)
        status = render_through(&job, report, batch->redaction, batch->output, error);
    cw_buf_done(&name);
    return status;
}

int cw_batch_end_guarded(struct cw_batch *batch, struct cw_error *error)
{
    struct cw_redact_guard guard;
    enum cw_identifier kind;
    const struct cw_output *target = batch->output;
    cw_redact_guard_open(&guard, batch->redaction, target);
    batch->output = &guard.output;
    int status = batch->renderer->end(batch, error);
    batch->output = target;
    if (status == CW_OK && batch->redaction) {
        int suspected = cw_redact_guard_suspects(&guard, NULL, &kind);
        if (suspected)
            status = suspected < 0 ? cw_fail_nomem(error) : cw_redact_guard_fail(kind, error);
    }
    int closed = cw_redact_guard_close(&guard, status);
    return status < 0 ? status : cw_renderer_done(closed, error);
}
