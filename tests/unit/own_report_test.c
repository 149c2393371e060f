/* A report beside the logs is no log, in whatever form and language it is. */
#include "support/test.h"

#include "cbswhy/analysis.h"
#include "diagnose/own_report.h"
#include "report/renderer.h"
#include "support/capture.h"
#include "support/diagnosing.h"

#define CBS(text) "2021-05-06 09:00:01, Info                  CBS    " text "\n"
#define RUN                                                                                        \
    CBS("Exec: Processing started.  Client: WindowsUpdateAgent, Session: 30_1, Package: "          \
        "Package_for_KB5001111~31bf3856ad364e35~amd64~~6.1.1.4")
#define FAILS                                                                                      \
    CBS("Session: 30_1 finalized. Reboot required: no [HRESULT = 0x80070005 - E_ACCESSDENIED]")

/* Logs whose reports have the verdicts there are. */
static const char *const logs[] = {RUN FAILS, CBS("All is well"), "no log at all"};

static void assert_own(const struct cw_report *report, enum cw_report_format format,
                       enum cw_language language)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_style style = {.language = language};
    struct cw_batch *batch = NULL;
    if (cw_format_is_batch(format)) {
        assert_int_equal(cw_batch_begin(format, &style, &output, &batch, NULL), CW_OK);
        assert_int_equal(cw_render_in_batch(batch, "CBS.log", report, NULL), CW_OK);
        assert_int_equal(cw_batch_end(batch, NULL), CW_OK);
        cw_batch_free(batch);
    } else {
        assert_int_equal(cw_render(cw_renderer_of(format), report, &style, &output, NULL), CW_OK);
    }
    if (!cw_is_own_report(cw_buf_str(&capture.buf)))
        fail_msg("%s, %s: %.300s", cw_format_name(format), cw_language_name(language),
                 capture.buf.data);
    cw_buf_done(&capture.buf);
}

static void every_form_of_a_report_is_known(void **state)
{
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        struct diagnosed diagnosed = diagnose(*state, logs[i], NULL);
        for (unsigned format = 0; format < CW_FORMATS; format++) {
            for (unsigned language = 0; language < CW_LANGUAGES; language++)
                assert_own(cw_diagnosis_report(diagnosed.diagnosis), (enum cw_report_format)format,
                           (enum cw_language)language);
        }
        free_diagnosed(&diagnosed);
    }
}

static void a_log_or_a_mail_is_none(void **state)
{
    (void)state;
    assert_false(cw_is_own_report(CW_STR(RUN FAILS)));
    assert_false(cw_is_own_report(CW_STR("")));
    assert_false(cw_is_own_report(CW_STR("FAILURE  of the pump\n")));
    assert_false(cw_is_own_report(CW_STR("The tool says:\nFAILURE  x\n\nWhat was read\n" RUN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_a_report_is_known),
        cmocka_unit_test(a_log_or_a_mail_is_none),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
