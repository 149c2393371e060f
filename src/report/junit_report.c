#include "report/junit_report.h"

#include "base/error.h"
#include "report/expect.h"
#include "report/text_layout.h"

enum { TEXT_MOST = 1024 * 1024, ESCAPE_GROWTH = 6 };

/* XML can hold characters that reorder a terminal; what is shown here is escaped as everywhere. */
int cw_batch_junit(struct cw_batch *batch, const char *input, const struct cw_report *report,
                   struct cw_error *error)
{
    struct cw_buf text;
    struct cw_buf safe;
    struct cw_buf name;
    cw_buf_init(&text, TEXT_MOST);
    cw_buf_init(&safe, (size_t)TEXT_MOST * ESCAPE_GROWTH);
    cw_buf_init(&name, TEXT_MOST);
    (void)cw_expectation_differ(batch->expectation, input, report, &text);
    cw_text_escape(&safe, cw_str_trim(cw_buf_str(&text)), true);
    cw_text_escape(&name, cw_str_c(input), false);
    const struct cw_test_result result = {CW_STR("analyze"), cw_buf_str(&name), cw_buf_str(&safe)};
    bool done = !text.failed && !safe.failed && !name.failed &&
                cw_test_results_add(&batch->results, &result);
    cw_buf_done(&text);
    cw_buf_done(&safe);
    cw_buf_done(&name);
    return done ? CW_OK : cw_fail_nomem(error);
}

int cw_batch_junit_end(struct cw_batch *batch, struct cw_error *error)
{
    int status = cw_test_results_write_junit(&batch->results, batch->output);
    cw_test_results_done(&batch->results);
    return cw_renderer_done(status, error);
}
