#include "report/junit_report.h"

#include "base/error.h"
#include "report/expect.h"
#include "report/redact.h"
#include "report/text_layout.h"

enum { TEXT_MOST = 1024 * 1024, ESCAPE_GROWTH = 6 };

/* What an expectation says may be what is to be hidden. */
static bool put_safe(struct cw_batch *batch, struct cw_str text, enum cw_redact_field field,
                     bool keep_line_ends, struct cw_buf *safe)
{
    struct cw_buf hidden;
    cw_buf_init(&hidden, TEXT_MOST);
    bool done =
        !batch->redaction || cw_redaction_put(batch->redaction, text, field, &hidden) == CW_OK;
    cw_text_escape(safe, batch->redaction ? cw_buf_str(&hidden) : text, keep_line_ends);
    cw_buf_done(&hidden);
    return done;
}

static int add_result(struct cw_batch *batch, const char *input, struct cw_str complaint,
                      struct cw_error *error)
{
    struct cw_buf safe;
    struct cw_buf name;
    cw_buf_init(&safe, (size_t)TEXT_MOST * ESCAPE_GROWTH);
    cw_buf_init(&name, TEXT_MOST);
    bool done = put_safe(batch, complaint, CW_REDACT_REMARK, true, &safe) &&
                put_safe(batch, cw_str_c(input), CW_REDACT_FILE, false, &name);
    const struct cw_test_result result = {CW_STR("analyze"), cw_buf_str(&name), cw_buf_str(&safe)};
    done = done && !safe.failed && !name.failed && cw_test_results_add(&batch->results, &result);
    cw_buf_done(&safe);
    cw_buf_done(&name);
    return done ? CW_OK : cw_fail_nomem(error);
}

/* XML can hold characters that reorder a terminal; what is shown here is escaped as everywhere. */
int cw_batch_junit(struct cw_batch *batch, const char *input, const struct cw_report *report,
                   struct cw_error *error)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    (void)cw_expectation_differ(batch->expectation, input, report, &text);
    int status = text.failed ? cw_fail_nomem(error)
                             : add_result(batch, input, cw_str_trim(cw_buf_str(&text)), error);
    cw_buf_done(&text);
    return status;
}

int cw_batch_junit_end(struct cw_batch *batch, struct cw_error *error)
{
    size_t index = 0;
    const char *input;
    int status = CW_OK;
    while (status == CW_OK && batch->expectation &&
           (input = cw_expectation_next_unmet(batch->expectation, &index)) != NULL)
        status = add_result(batch, input, CW_STR(CW_EXPECTED_INPUT_MISSING), error);
    if (status == CW_OK)
        status = cw_test_results_write_junit(&batch->results, batch->output);
    cw_test_results_done(&batch->results);
    return cw_renderer_done(status, error);
}
