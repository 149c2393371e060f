#include "support/test.h"

#include "report/text_report.h"
#include "report/text_sections.h"
#include "support/capture.h"
#include "support/sample_report.h"

/* Keeps the NUL behind the last byte, so that the text can be given to C functions. */
static void render_text(const struct cw_report *report, int width, struct capture *ret_capture)
{
    struct cw_output output = capture_begin(ret_capture);
    const struct cw_style style = {.width = width};
    assert_int_equal(cw_report_text(report, &style, &output, NULL), CW_OK);
}

static void assert_begins(const struct cw_report *report, const char *expected)
{
    struct capture capture;
    render_text(report, 80, &capture);
    assert_str(cw_str_head(cw_buf_str(&capture.buf), strlen(expected)), expected);
    cw_buf_done(&capture.buf);
}

static void assert_shows(const struct cw_report *report, const char *expected)
{
    struct capture capture;
    render_text(report, 80, &capture);
    if (cw_str_find(cw_buf_str(&capture.buf), cw_str_c(expected)) == SIZE_MAX)
        fail_msg("absent: %s\nfrom: %s", expected, capture.buf.data);
    cw_buf_done(&capture.buf);
}

static const char first_screen[] =
    "FAILURE  KB4990017 was rolled back: writing to service UsbGate was denied\n"
    "\n"
    "Root cause Writing to the key of service UsbGate was denied\n"
    "Proof      setupapi.dev.log:388  by 09:31:07\n"
    "           Failed to set Image Path. Error = 0x00000005\n"
    "Error      0x80070005 E_ACCESSDENIED: Access is denied. (= 0x00000005, result 5)\n"
    "Concerns   KB4990017; Package_7_for_KB4990017~31bf3856ad364e35~amd64~~10.0.1.4;\n"
    "           INF usbgate.inf; service UsbGate, UsbGateFlt (1 more)\n"
    "Outcome    rolled back at startup on 2023-03-14, progress 31 %, package state:\n"
    "           Staged\n"
    "Missing    Setup.evtx (C:\\Windows\\System32\\winevt\\Logs): it names the packages\n"
    "           and their verdicts\n"
    "Confidence observed: the log names the value and the code\n"
    "           consistent with: A security product denies the write. (to settle it:\n"
    "           see below)\n"
    "Then       CBS.log:20104-20107  09:31:08  Doqd: [Forward]…failed, result 5\n"
    "           CBS.log:20300        Rolling back \\x1b[2Jeverything \\u202e now\n"
    "Do next    1. check: See which filter drivers are loaded that the system does\n"
    "           not own.\n"
    "              fltmc filters\n"
    "           2. fix: Put the entries below on the allow list.\n"
    "           3. collect: Ask for Setup.evtx of the same day.\n"
    "Allow list for the vendor: 1 process, 1 registry key (below)\n"
    "\n"
    "Why\n";

static void the_first_screen_is_the_answer(void **state)
{
    struct sample *sample = *state;
    assert_begins(&sample->report, first_screen);
}

static size_t count_lines(struct cw_str text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    return lines;
}

static void a_talkative_finding_still_fits_the_screen(void **state)
{
    static char long_text[2000];
    struct sample *sample = *state;
    for (size_t i = 0; i < sizeof(long_text); i++)
        long_text[i] = i % 7 == 6 ? ' ' : 'x';
    const struct cw_str talk = {long_text, sizeof(long_text)};
    struct cw_finding *finding = &sample->findings[0];
    sample->report.summary = finding->title = finding->confidence_reason = talk;
    sample->actions[0].text = sample->actions[1].text = sample->actions[2].text = talk;
    sample->chain[0].text = sample->missing[0].why = talk;
    sample->sources[0].path = cw_str_head(talk, 400);
    finding->outcome.package_state = talk;
    sample_add(sample, &finding->operations,
               "An operation with a long argument: that fills its line");
    struct capture capture;
    render_text(&sample->report, 80, &capture);
    size_t end = cw_str_find(cw_buf_str(&capture.buf), CW_STR("\n\nWhy\n"));
    assert_true(end != SIZE_MAX);
    assert_in_range(count_lines(cw_str_head(cw_buf_str(&capture.buf), end + 1)), 10,
                    CW_SCREEN_LINES);
    cw_buf_done(&capture.buf);
}

static void the_details_hold_the_rest(void **state)
{
    static const char *const parts[] = {
        "\nWhat happened\n"
        "  inside      Reflect Driver Package: usbgate.inf > Add Service: UsbGate\n"
        "  cause       logs/setupapi.dev.log:388  by 2023-03-14 09:31:07.017\n"
        "    Failed to set Image Path. Error = 0x00000005\n    -> the first error of the section\n",
        "  consequence logs/CBS.log:20104-20107  2023-03-14 09:31:08  (4 lines folded)\n",
        "    Rolling back \\x1b[2Jeverything \\u202e now\n",
        "  The logs were joined by what agrees in them: time, code.\n",
        "  - A security product denies the write. (consistent: the key itself lets the\n",
        "      1. check: Write the value by hand.\n",
        "\n       fltmc filters\n",
        "\n    HKLM\\SYSTEM\\CurrentControlSet\\Services\\UsbGate\n",
        "  service       UsbGate\n                UsbGateFlt\n                UsbGateHid\n",
        "  rule sample.write-denied, fingerprint 00c0ffee00c0ffee, seen 1 time,\n",
        "\nFailures that a later attempt made good\n  2. An older run failed\n"
        "     possible, seen 3 times, 2023-03-14 09:01:00 to 2023-03-14 09:02:00; rule\n",
        "Windows 10.0.17763, local time is UTC-03:30\n",
        "  logs/setupapi.dev.log\n    setupapi, 8-bit, 412 lines, 398 events, 12 sections, "
        "2023-03-14 09:00:01.250\n",
        "    2 lines not recognised (first: line 7); 1 section not closed\n"
        "      7: <Garbled data>\n      9: \\x1b[1mAnd more...\n",
        "  logs/notes.docx\n    not a log\n",
        "    Where: C:\\Windows\\System32\\winevt\\Logs\n",
        "  - logs/CBS.log:77: The line holds NUL bytes. (4 times)\n",
    };
    struct sample *sample = *state;
    struct capture capture;
    render_text(&sample->report, 80, &capture);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (cw_str_find(cw_buf_str(&capture.buf), cw_str_c(parts[i])) == SIZE_MAX)
            fail_msg("absent: %s", parts[i]);
    }
    cw_buf_done(&capture.buf);
}

static void nothing_of_a_log_controls_the_terminal(void **state)
{
    struct sample *sample = *state;
    const struct cw_str hostile = CW_STR("\x1b]0;x\x07 \xFF\xE2\x80\xAE\xC2\x9B");
    sample->report.summary = sample->findings[0].title = sample->findings[1].title = hostile;
    sample->findings[0].id = sample->findings[0].outcome.package_state = hostile;
    sample->chain[0].text = sample->chain[0].note = hostile;
    sample->sources[0].path = sample->not_read[0].path = hostile;
    sample->actions[0].commands.items[0] = sample->findings[0].operations.items[0] = hostile;
    sample->findings[0].allowlist.process.items[0] = hostile;
    sample->findings[0].entities.of[CW_ENTITY_SERVICE].items[0] = hostile;
    struct capture capture;
    render_text(&sample->report, 80, &capture);
    struct cw_str text = cw_buf_str(&capture.buf);
    for (size_t i = 0; i < text.len; i++)
        assert_true((unsigned char)text.ptr[i] >= ' ' || text.ptr[i] == '\n');
    assert_int_equal(cw_str_find(text, CW_STR("\xFF")), SIZE_MAX);
    assert_int_equal(cw_str_find(text, CW_STR("\xE2\x80\xAE")), SIZE_MAX);
    assert_int_equal(cw_str_find(text, CW_STR("\xC2\x9B")), SIZE_MAX);
    cw_buf_done(&capture.buf);
}

static void without_a_finding_it_says_what_was_read(void **state)
{
    static const struct {
        enum cw_verdict verdict;
        const char *expected;
    } cases[] = {
        {CW_VERDICT_NO_FAILURE,
         "NO FAILURE  as it should be\n\n"
         "Result     No run that failed was found in what was read.\n"
         "Read       2 logs, 20723 lines, 2023-03-14 08:59:58 to 2023-03-14 09:31:09\n"
         "Not read   1 input, see below\n"},
        {CW_VERDICT_UNKNOWN,
         "UNKNOWN  as it should be\n\n"
         "Result     What was read neither shows a failed run nor rules one out.\n"
         "To decide  CBS.log of the startup that followed, after 2023-03-14 09:31:09\n"
         "           (C:\\Windows\\Logs\\CBS\\CBS.log, or CbsPersist_*.cab beside it)\n"
         "Read       2 logs, 20723 lines, 2023-03-14 08:59:58 to 2023-03-14 09:31:09\n"
         "Not read   1 input, see below\n"},
    };
    struct sample *sample = *state;
    sample->report.finding_count = 0;
    sample->report.summary = CW_STR("as it should be");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sample->report.verdict = cases[i].verdict;
        assert_begins(&sample->report, cases[i].expected);
    }
}

static void what_was_made_good_is_said_at_once(void **state)
{
    static const struct {
        const char *stage;
        const char *expected;
    } cases[] = {
        {"shutdown",
         "NO FAILURE  as it should be\n\n"
         "Recovered  An older run failed: failed at shutdown on 2023-03-14, succeeded at\n"
         "           the following startup\n"
         "Result     Whatever failed in these logs has succeeded since.\n"},
        {"startup", "NO FAILURE  as it should be\n\n"
                    "Recovered  An older run failed: failed on 2023-03-14, made good later\n"
                    "Result     Whatever failed in these logs has succeeded since.\n"},
    };
    struct sample *sample = *state;
    sample->report.findings = &sample->findings[1];
    sample->report.finding_count = 1;
    sample->report.verdict = CW_VERDICT_NO_FAILURE;
    sample->report.summary = CW_STR("as it should be");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sample->findings[1].outcome.stage = cw_str_c(cases[i].stage);
        assert_begins(&sample->report, cases[i].expected);
    }
}

static void a_title_that_ends_the_summary_is_not_repeated(void **state)
{
    struct sample *sample = *state;
    sample->findings[0].title = CW_STR("writing to service UsbGate was denied");
    assert_begins(&sample->report,
                  "FAILURE  KB4990017 was rolled back: writing to service UsbGate was denied\n"
                  "\n"
                  "Proof      setupapi.dev.log:388  by 09:31:07\n");
}

static void logs_of_one_name_are_told_apart(void **state)
{
    struct sample *sample = *state;
    sample->sources[0].path = CW_STR("first/setupapi.dev.log");
    sample->sources[1].path = CW_STR("second\\SetupAPI.dev.log");
    assert_shows(&sample->report, "\nProof      first/setupapi.dev.log:388  by 09:31:07\n");
}

static void another_day_is_shown_beside_the_time(void **state)
{
    struct sample *sample = *state;
    sample->chain[0].time -= (cw_time)24 * 60 * 60 * 1000;
    assert_shows(&sample->report, "\nProof      setupapi.dev.log:388  by 2023-03-13 09:31:07\n");
    assert_shows(&sample->report, "\nOutcome    rolled back at startup on 2023-03-14, ");
}

/* An event log that was exported on another machine has the time of that one. */
static void the_day_of_the_outcome_is_that_of_the_run_and_not_of_another_clock(void **state)
{
    struct sample *sample = *state;
    sample->chain[2].time += (cw_time)24 * 60 * 60 * 1000;
    assert_shows(&sample->report, "\nOutcome    rolled back at startup on 2023-03-14, ");
}

static void what_a_check_finds_is_no_update_that_failed(void **state)
{
    struct sample *sample = *state;
    sample->findings[0].outcome =
        (struct cw_outcome){.rolled_back = CW_UNKNOWN, .progress_percent = -1};
    sample->findings[0].checks = CW_CHECKS_STORE;
    assert_shows(&sample->report, "\nOutcome    failed on 2023-03-14\n");
}

static void what_is_not_proven_is_said_in_full(void **state)
{
    static const struct {
        struct cw_outcome outcome;
        bool servicing;
        const char *expected;
    } cases[] = {
        {{CW_UNKNOWN, {"Install Driver Updates", 22}, -1, {NULL, 0}, {NULL, 0}},
         true,
         "\nOutcome    failed in Install Driver Updates on 2023-03-14; that the update was\n"
         "           rolled back is not proven by these logs\n"
         "Missing    Setup.evtx (C:\\Windows\\System32\\winevt\\Logs)\n"},
        {{CW_UNKNOWN, {NULL, 0}, -1, {NULL, 0}, {NULL, 0}},
         false,
         "\nOutcome    failed on 2023-03-14; that the update was rolled back is not proven\n"
         "           by these logs\nConfidence"},
        {{CW_UNKNOWN, {"Device Install", 14}, -1, {NULL, 0}, {NULL, 0}},
         false,
         "\nOutcome    failed in Device Install on 2023-03-14\nConfidence"},
        {{CW_NO, {"session", 7}, 4, {"Staged", 6}, {NULL, 0}},
         false,
         "\nOutcome    failed in the session on 2023-03-14, not rolled back, progress 4 %,\n"
         "           package state: Staged\nConfidence"},
    };
    struct sample *sample = *state;
    struct cw_entities entities = sample->findings[0].entities;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sample->findings[0].outcome = cases[i].outcome;
        sample->findings[0].entities = cases[i].servicing ? entities : (struct cw_entities){0};
        sample->report.missing_count = cases[i].servicing;
        assert_shows(&sample->report, cases[i].expected);
    }
}

static void an_open_verdict_says_what_would_decide(void **state)
{
    struct sample *sample = *state;
    sample->report.verdict = CW_VERDICT_UNKNOWN;
    sample->findings[0].undecided = true;
    sample->findings[0].role = CW_ROLE_CONTRIBUTING;
    sample->findings[0].outcome.rolled_back = CW_UNKNOWN;
    assert_shows(&sample->report,
                 "\nFailure    Writing to the key of service UsbGate was denied\n");
    assert_shows(&sample->report, "; that the update was rolled back");
    assert_shows(&sample->report,
                 "\nTo decide  CBS.log of the startup that followed, after 2023-03-14 09:31:09\n");
}

/* A chain of a driver section and its servicing run. */
static const struct cw_chain_item long_chain[] = {
    {.role = CW_CHAIN_CAUSE, .line = 9, .last_line = 9, .text = {"the cause", 9}},
    {.role = CW_CHAIN_CONSEQUENCE,
     .line = 10,
     .last_line = 13,
     .text = {"{Add Service: exit(0x00000005)}", 31},
     .ended = {"Add Service, Reflect Driver, Reflect Driver Package", 51}},
    {.role = CW_CHAIN_CONSEQUENCE,
     .line = 14,
     .last_line = 14,
     .text = {"minor", 5},
     .minor = true},
    {.role = CW_CHAIN_CONSEQUENCE, .line = 15, .last_line = 15, .text = {"step 1", 6}},
    {.role = CW_CHAIN_CONSEQUENCE, .line = 16, .last_line = 16, .text = {"step 2", 6}},
    {.role = CW_CHAIN_CONSEQUENCE,
     .line = 117,
     .last_line = 117,
     .text = {"The whole queue of driver operations failed [HRESULT = 0x80070005 - DENIED]", 75}},
    {.role = CW_CHAIN_CONSEQUENCE, .line = 118, .last_line = 118, .text = {"step 4", 6}},
    {.role = CW_CHAIN_OUTCOME, .line = 119, .last_line = 119, .text = {"the outcome", 11}},
};

static void the_course_shows_what_matters_and_never_hides_a_code(void **state)
{
    struct sample *sample = *state;
    struct cw_chain_item chain[sizeof(long_chain) / sizeof(long_chain[0])];
    memcpy(chain, long_chain, sizeof(chain));
    for (size_t i = 0; i < sizeof(chain) / sizeof(chain[0]); i++)
        chain[i].time = CW_TIME_NONE;
    sample->findings[0].chain = chain;
    sample->findings[0].chain_count = sizeof(chain) / sizeof(chain[0]);
    sample->findings[0].action_count = 0;
    sample->report.missing_count = 0;
    assert_shows(&sample->report,
                 "\nThen       setupapi.dev.log:10-13  Add Service, Reflect… end with 0x00000005\n"
                 "           setupapi.dev.log:15     step 1\n"
                 "           setupapi.dev.log:16     step 2\n"
                 "           setupapi.dev.log:117    The whole queue of…[HRESULT = 0x80070005…\n"
                 "           setupapi.dev.log:119    the outcome\n");
}

static void steps_that_do_not_fit_are_counted(void **state)
{
    static char long_text[400];
    struct cw_action actions[12];
    struct sample *sample = *state;
    memset(long_text, 'x', sizeof(long_text));
    for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
        actions[i] = (struct cw_action){CW_STR("fix"), {long_text, sizeof(long_text)}, {0}};
    sample->findings[0].actions = actions;
    sample->findings[0].action_count = sizeof(actions) / sizeof(actions[0]);
    assert_shows(&sample->report, "… (+ 7 steps below)\nAllow list for the vendor: ");
}

static void no_line_ends_in_a_blank(void **state)
{
    struct sample *sample = *state;
    for (int width = 20; width <= 200; width += 9) {
        struct capture capture;
        render_text(&sample->report, width, &capture);
        assert_int_equal(cw_str_find(cw_buf_str(&capture.buf), CW_STR(" \n")), SIZE_MAX);
        cw_buf_done(&capture.buf);
    }
}

static void an_empty_report_asks_for_logs(void **state)
{
    (void)state;
    const struct cw_report empty = {0};
    assert_begins(
        &empty,
        "UNKNOWN\n\n"
        "Result     What was read neither shows a failed run nor rules one out.\n"
        "To decide  CBS.log (C:\\Windows\\Logs\\CBS\\CBS.log and CbsPersist_*.cab beside it)\n"
        "           and setupapi.dev.log (C:\\Windows\\inf\\setupapi.dev.log)\n"
        "Read       0 logs, 0 lines\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_screen_is_the_answer, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(a_talkative_finding_still_fits_the_screen, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(the_details_hold_the_rest, sample_set_up, sample_tear_down),
        cmocka_unit_test_setup_teardown(nothing_of_a_log_controls_the_terminal, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(without_a_finding_it_says_what_was_read, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(what_was_made_good_is_said_at_once, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(a_title_that_ends_the_summary_is_not_repeated,
                                        sample_set_up, sample_tear_down),
        cmocka_unit_test_setup_teardown(logs_of_one_name_are_told_apart, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(
            the_day_of_the_outcome_is_that_of_the_run_and_not_of_another_clock, sample_set_up,
            sample_tear_down),
        cmocka_unit_test_setup_teardown(what_a_check_finds_is_no_update_that_failed, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(another_day_is_shown_beside_the_time, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_proven_is_said_in_full, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(an_open_verdict_says_what_would_decide, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(the_course_shows_what_matters_and_never_hides_a_code,
                                        sample_set_up, sample_tear_down),
        cmocka_unit_test_setup_teardown(steps_that_do_not_fit_are_counted, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(no_line_ends_in_a_blank, sample_set_up, sample_tear_down),
        cmocka_unit_test(an_empty_report_asks_for_logs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
