/* Several analyses, one output. */
#include <stdlib.h>

#include "base/error.h"
#include "input/machine_path.h"
#include "report/guarded.h"
#include "report/of_analysis.h"

int cw_batch_begin(enum cw_report_format format, const struct cw_style *style,
                   const struct cw_output *output, struct cw_batch **ret_batch,
                   struct cw_error *error)
{
    const struct cw_renderer *renderer = cw_renderer_of(format);
    if (!renderer->add)
        return cw_fail(error, CW_ERR_UNSUPPORTED, "the format '%s' holds one report only",
                       renderer->name);
    struct cw_batch *batch = calloc(1, sizeof(*batch));
    if (!batch)
        return cw_fail_nomem(error);
    *batch = (struct cw_batch){.renderer = renderer, .style = style, .output = output};
    *ret_batch = batch;
    return CW_OK;
}

int cw_batch_add(struct cw_batch *batch, const char *input, const struct cw_analysis *analysis,
                 struct cw_error *error)
{
    const struct cw_report *report = cw_analysis_report(analysis);
    batch->redaction = cw_analysis_redaction(analysis);
    int status = cw_render_in_batch_guarded(batch, input, report, error);
    if (status < 0)
        return status;
    batch->inputs++;
    batch->verdicts[report->verdict]++;
    return CW_OK;
}

int cw_batch_end(struct cw_batch *batch, struct cw_error *error)
{
    return batch->renderer->end ? cw_batch_end_guarded(batch, error) : CW_OK;
}

void cw_batch_expect(struct cw_batch *batch, const struct cw_expectation *expectation)
{
    batch->expectation = expectation;
}

void cw_batch_free(struct cw_batch *batch)
{
    if (batch)
        cw_test_results_done(&batch->results);
    free(batch);
}

int cw_is_one_machine(const char *path, const char *other)
{
    return cw_paths_of_one_machine(cw_str_c(path), cw_str_c(other));
}
