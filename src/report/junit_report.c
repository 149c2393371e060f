#include "report/junit_report.h"

#include "base/error.h"
#include "report/expect.h"

enum { TEXT_MOST = 1024 * 1024 };

int cw_batch_junit(struct cw_batch *batch, const char *input, const struct cw_report *report,
                   struct cw_error *error)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    (void)cw_expectation_differ(batch->expectation, input, report, &text);
    const struct cw_test_result result = {CW_STR("analyze"), cw_str_c(input),
                                          cw_str_trim(cw_buf_str(&text))};
    bool done = !text.failed && cw_test_results_add(&batch->results, &result);
    cw_buf_done(&text);
    return done ? CW_OK : cw_fail_nomem(error);
}

int cw_batch_junit_end(struct cw_batch *batch, struct cw_error *error)
{
    int status = cw_test_results_write_junit(&batch->results, batch->output);
    cw_test_results_done(&batch->results);
    return cw_renderer_done(status, error);
}
