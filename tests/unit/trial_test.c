/* `rules explain`: what is seen of a cause, and what came nearest. */
#include "support/test.h"

#include "cbswhy/analysis.h"
#include "diagnose/trial.h"
#include "report/of_analysis.h"
#include "support/capture.h"
#include "support/diagnosing.h"

#define LINE(time, level, component, text) "2021-05-06 09:00:" time ", " level component text "\n"
#define RUN                                                                                        \
    LINE("00", "Info                  ", "CBS    ",                                                \
         "Exec: Processing started.  Client: WindowsUpdateAgent, Session: 30_1, Package: "         \
         "Package_for_KB5001111~31bf3856ad364e35~amd64~~6.1.1.4")                                  \
    LINE("01", "Info                  ", "CSI    ", "The pump of machine 7 broke")                 \
    LINE("02", "Info                  ", "CBS    ", "The pump of machine seven broke")             \
    LINE("03", "Info                  ", "CBS    ",                                                \
         "Session: 30_1 finalized. Reboot required: no [HRESULT = 0x80070005 - E_ACCESSDENIED]")

static const char pack[] =
    "{\"format\": 1, \"signals\": [{\"id\": \"s.pump\", \"log\": \"cbs\", \"component\": \"CBS\", "
    "\"pattern\": \"The pump of machine [0-9]+ broke\", \"match\": [\"2021-05-06 09:00:00, Info    "
    "  "
    "            CBS    The pump of machine 7 broke\"], \"miss\": [\"2021-05-06 09:00:00, Info     "
    "    "
    "         CBS    Bravo\"]}], \"causes\": [{\"id\": \"c.pump\", \"all\": [\"s.pump\"], "
    "\"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"R\"}, \"title\": {\"en\": "
    "\"The pump broke\"}, \"explanation\": {\"en\": \"E\"}}]}";

static void assert_trial(const char *log, const char *expected)
{
    struct cw_rules *rules = load_pack(pack);
    struct cw_diagnosis *diagnosis = NULL;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    assert_int_equal(cw_diagnosis_new(rules, &diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_try(diagnosis, CW_STR("c.pump"), NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add_memory(diagnosis, "CBS.log", cw_str_c(log), 0, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_write_trial(diagnosis, NULL, &output, NULL), CW_OK);
    assert_string_equal(capture.buf.data, expected);
    cw_diagnosis_free(diagnosis);
    cw_rules_free(rules);
    cw_buf_done(&capture.buf);
}

static void the_nearest_line_and_what_does_not_fit_are_shown(void **state)
{
    (void)state;
    assert_trial(RUN, "c.pump: The pump broke\n"
                      "\n"
                      "Failure 1: failed, CBS.log:1-4, 2021-05-06T09:00:00\n"
                      "  FAIL  all: s.pump\n"
                      "        nearest: CBS.log:2\n"
                      "          The pump of machine 7 broke\n"
                      "          what does not fit: component\n"
                      "  => does not hold\n");
}

static void a_cause_that_holds_shows_its_line(void **state)
{
    (void)state;
    assert_trial(RUN LINE("04", "Info                  ", "CBS    ",
                          "Exec: Processing started.  Client: WindowsUpdateAgent, Session: 30_2, "
                          "Package: Package_for_KB5001112~31bf3856ad364e35~amd64~~6.1.1.4")
                     LINE("05", "Info                  ", "CBS    ", "The pump of machine 9 broke")
                         LINE("06", "Info                  ", "CBS    ",
                              "Session: 30_2 finalized. Reboot required: no [HRESULT = "
                              "0x80070005 - E_ACCESSDENIED]"),
                 "c.pump: The pump broke\n"
                 "\n"
                 "Failure 1: failed, CBS.log:5-7, 2021-05-06T09:00:04\n"
                 "  PASS  all: s.pump\n"
                 "        CBS.log:6\n"
                 "          The pump of machine 9 broke\n"
                 "  => holds, and is the root cause\n"
                 "\n"
                 "Failure 2: failed, CBS.log:1-4, 2021-05-06T09:00:00\n"
                 "  FAIL  all: s.pump\n"
                 "        seen elsewhere: CBS.log:6\n"
                 "          The pump of machine 9 broke\n"
                 "        nearest: CBS.log:2\n"
                 "          The pump of machine 7 broke\n"
                 "          what does not fit: component\n"
                 "  => does not hold\n");
}

static void without_a_failure_there_is_nothing_to_hold(void **state)
{
    (void)state;
    assert_trial(LINE("01", "Info                  ", "CBS    ", "All is well"),
                 "c.pump: The pump broke\n"
                 "\n"
                 "        There is no failure in these logs to which the cause could belong.\n"
                 "  FAIL  s.pump\n"
                 "        no line of these logs has its literal\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_line_and_what_does_not_fit_are_shown),
        cmocka_unit_test(a_cause_that_holds_shows_its_line),
        cmocka_unit_test(without_a_failure_there_is_nothing_to_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
