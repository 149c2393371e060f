#include "support/test.h"

#include "report/expect.h"
#include "support/sample_report.h"
#include "support/temp_folder.h"

static struct sample *make_sample(void)
{
    void *state = NULL;
    assert_int_equal(sample_set_up(&state), 0);
    return state;
}

/* What is said of the sample, which is called "in", by an expectation with this text; "?" when it
 * is none. */
static void compare(void **state, const char *text, struct cw_buf *ret_differences)
{
    struct sample *sample = make_sample();
    struct cw_expectation *expectation = NULL;
    cw_buf_init(ret_differences, 4096);
    temp_file(state, "expected.json", cw_str_c(text));
    struct temp_path path = temp_path(state, "expected.json");
    if (cw_expectation_open(path.text, &expectation, NULL) < 0)
        assert_true(cw_buf_append(ret_differences, CW_STR("?")));
    else
        (void)cw_expectation_differ(expectation, "in", &sample->report, ret_differences);
    cw_expectation_free(expectation);
    void *made = sample;
    (void)sample_tear_down(&made);
}

#define FIRST "{\"id\": \"sample.write-denied\"}"
#define SECOND "{\"id\": \"unexplained\"}"

static void what_differs_is_said_and_nothing_else(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"{\"findings\": [" FIRST ", " SECOND "]}", ""},
        {"{\"findings\": [" SECOND ", " FIRST "], \"verdict\": \"failure\"}", ""},
        {"{\"findings\": [" FIRST ", " SECOND "], \"verdict\": \"unknown\"}",
         "  ! the verdict is failure, expected unknown\n"},
        {"{\"findings\": [" FIRST "]}",
         "  + finding unexplained was not expected: An older run failed\n"},
        {"{\"findings\": [" FIRST ", " SECOND ", " SECOND "]}",
         "  - finding unexplained is missing\n"},
        {"{\"findings\": [{\"id\": \"sample.write-denied\", \"error\": {\"code\": \"5\"}}, " SECOND
         "]}",
         ""},
        {"{\"findings\": [{\"id\": \"sample.write-denied\", \"error\": null}, " SECOND "]}",
         "  ! sample.write-denied: the code is 0x80070005, expected none\n"},
        {"{\"findings\": [{\"id\": \"sample.write-denied\", \"error\": {\"code\": "
         "\"0x80070020\"}}, "
         "{\"id\": \"unexplained\", \"error\": {\"code\": \"2\"}}]}",
         "  ! sample.write-denied: the code is 0x80070005, expected 0x80070020\n"
         "  ! unexplained: the code is none, expected 2\n"},
        {"{\"findings\": [{\"id\": \"sample.write-denied\", \"entities\": {\"service\": "
         "[\"usbgate\","
         " \"UsbGateFlt\", \"Other\"]}}, " SECOND "]}",
         "  ! sample.write-denied: service Other is missing\n"
         "  ! sample.write-denied: service UsbGateHid was not expected\n"},
        {"{\"input\": \"other\", \"findings\": []}\n{\"input\": \"in\", \"findings\": [" FIRST
         ", " SECOND "]}\n{\"totals\": {}}\n",
         ""},
        {"{\"input\": \"other\", \"findings\": []}\n", "  nothing is expected of this input\n"},
        {"", "?"},
        {"{}", "?"},
        {"[]", "?"},
        {"{\"findings\": {}}", "?"},
        {"{\"findings\": []}\nzebra\n", "?"},
        {"{\"totals\": {}}\n", "?"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_buf differences;
        compare(state, cases[i].text, &differences);
        assert_str(cw_buf_str(&differences), cases[i].expected);
        cw_buf_done(&differences);
    }
}

static void odd_values_are_no_danger(void **state)
{
    static const char *const texts[] = {
        "{\"findings\": [1, null, {}, {\"id\": 5}]}",
        "{\"findings\": [{\"id\": \"sample.write-denied\", \"error\": 3, \"entities\": []}]}",
        ("{\"findings\": [{\"id\": \"sample.write-denied\", \"error\": {\"code\": 7},"
         " \"entities\": {\"service\": [null, 1]}}], \"verdict\": 1, \"input\": []}"),
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct cw_buf differences;
        compare(state, texts[i], &differences);
        assert_true(differences.len > 1);
        cw_buf_done(&differences);
    }
}

static void without_an_expectation_a_failure_is_the_difference(void **state)
{
    struct sample *sample = make_sample();
    struct cw_buf differences;
    (void)state;
    cw_buf_init(&differences, 4096);
    assert_int_equal(cw_expectation_differ(NULL, "in", &sample->report, &differences), 1);
    sample->report.verdict = CW_VERDICT_UNKNOWN;
    assert_int_equal(cw_expectation_differ(NULL, "in", &sample->report, &differences), 0);
    cw_buf_done(&differences);
    void *made = sample;
    (void)sample_tear_down(&made);
}

static int keep(void *context, const char *bytes, size_t size)
{
    return cw_buf_append(context, (struct cw_str){bytes, size}) ? CW_OK : CW_ERR_NOMEM;
}

static void what_is_expected_and_not_given_is_named(void **state)
{
    struct sample *sample = make_sample();
    struct cw_expectation *expectation = NULL;
    struct cw_buf text;
    const struct cw_output output = {keep, &text};
    cw_buf_init(&text, 4096);
    temp_file(state, "expected.ndjson",
              CW_STR("{\"input\": \"in\", \"findings\": [" FIRST ", " SECOND "]}\n"
                     "{\"input\": \"other\\u001b\", \"findings\": []}\n"
                     "{\"totals\": {}}\n"));
    struct temp_path path = temp_path(state, "expected.ndjson");
    assert_int_equal(cw_expectation_open(path.text, &expectation, NULL), CW_OK);
    assert_true(cw_expectation_is_batch(expectation));
    assert_int_equal(cw_expectation_unmet(expectation, &output, NULL), 2);
    cw_buf_clear(&text);
    assert_int_equal(cw_expectation_differ(expectation, "in", &sample->report, &text), 0);
    assert_int_equal(cw_expectation_unmet(expectation, &output, NULL), 1);
    assert_str(cw_buf_str(&text), "other\\x1b\n  " CW_EXPECTED_INPUT_MISSING "\n");
    cw_expectation_free(expectation);
    cw_buf_done(&text);
    void *made = sample;
    (void)sample_tear_down(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_differs_is_said_and_nothing_else),
        cmocka_unit_test(odd_values_are_no_danger),
        cmocka_unit_test(what_is_expected_and_not_given_is_named),
        cmocka_unit_test(without_an_expectation_a_failure_is_the_difference),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
