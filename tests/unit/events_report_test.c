#include "support/test.h"

#include <stdio.h>

#include "cbswhy/analysis.h"
#include "support/capture.h"

/* In the folder that the test runs in. */
static const char log_path[] = "events_report_test.log";

static void write_log(const char *text)
{
    FILE *file = fopen(log_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int remove_log(void **state)
{
    (void)state;
    (void)remove(log_path);
    return 0;
}

static void check_events(const char *log, const char *expected)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    write_log(log);
    assert_int_equal(cw_events_write(log_path, NULL, &output, &error), CW_OK);
    assert_str(cw_buf_str(&capture.buf), expected);
    cw_buf_done(&capture.buf);
}

static void a_cbs_record_becomes_one_object_on_one_line(void **state)
{
    (void)state;
    check_events(
        "2023-03-14 09:31:08, Info                  CSI    0000002a Failed to open key, "
        "status 0xc0000022\n"
        "  second line\n"
        "2023-03-14 09:31:09, Error                 CBS    Exec: it failed. "
        "[HRESULT = 0x80070005 - E_ACCESSDENIED]\n",
        "{\"log\":\"cbs\",\"kind\":\"record\",\"level\":\"info\",\"line\":1,\"last_line\":2,"
        "\"time\":\"2023-03-14T09:31:08\",\"component\":\"CSI\","
        "\"text\":\"Failed to open key, status 0xc0000022\\n  second line\",\"name\":null,"
        "\"value\":null,\"error\":{\"code\":\"0xc0000022\",\"symbol\":\"STATUS_ACCESS_DENIED\","
        "\"as_written\":\"0xc0000022\"},\"incomplete\":false,\"event_id\":null,\"sequence\":42,"
        "\"utc\":null}\n"
        "{\"log\":\"cbs\",\"kind\":\"record\",\"level\":\"error\",\"line\":3,\"last_line\":3,"
        "\"time\":\"2023-03-14T09:31:09\",\"component\":\"CBS\","
        "\"text\":\"Exec: it failed. [HRESULT = 0x80070005 - E_ACCESSDENIED]\",\"name\":null,"
        "\"value\":null,\"error\":{\"code\":\"0x80070005\",\"symbol\":\"E_ACCESSDENIED\","
        "\"as_written\":\"0x80070005\"},\"incomplete\":false,\"event_id\":null,"
        "\"sequence\":null,\"utc\":null}\n");
}

static void a_setupapi_event_says_where_it_stands(void **state)
{
    (void)state;
    check_events(
        ">>>  [Install Driver Updates]\n"
        ">>>  Section start 2023/03/14 09:31:01.250\n"
        "     sto: {Add Service: UsbGate}\n"
        "<<<  Section end 2023/03/14 09:31:02.500\n"
        "<<<  [Exit status: SUCCESS]\n",
        "{\"log\":\"setupapi\",\"kind\":\"section_start\",\"level\":\"info\",\"line\":1,"
        "\"last_line\":2,\"time\":\"2023-03-14T09:31:01.250\",\"component\":null,"
        "\"text\":\"[Install Driver Updates]\",\"name\":\"Install Driver Updates\","
        "\"value\":null,\"error\":null,\"incomplete\":false,"
        "\"section\":{\"title\":\"Install Driver Updates\",\"instance\":null,\"line\":1,"
        "\"start\":\"2023-03-14T09:31:01.250\"},\"operations\":[]}\n"
        "{\"log\":\"setupapi\",\"kind\":\"open\",\"level\":\"info\",\"line\":3,\"last_line\":3,"
        "\"time\":null,\"component\":\"sto\",\"text\":\"{Add Service: UsbGate}\","
        "\"name\":\"Add Service\",\"value\":\"UsbGate\",\"error\":null,\"incomplete\":false,"
        "\"section\":{\"title\":\"Install Driver Updates\",\"instance\":null,\"line\":1,"
        "\"start\":\"2023-03-14T09:31:01.250\"},\"operations\":[{\"name\":\"Add Service\","
        "\"argument\":\"UsbGate\",\"line\":3,\"time\":null}]}\n"
        "{\"log\":\"setupapi\",\"kind\":\"section_end\",\"level\":\"info\",\"line\":4,"
        "\"last_line\":5,\"time\":\"2023-03-14T09:31:02.500\",\"component\":null,"
        "\"text\":\"[Exit status: SUCCESS]\",\"name\":null,\"value\":\"SUCCESS\","
        "\"error\":null,\"incomplete\":false,"
        "\"section\":{\"title\":\"Install Driver Updates\",\"instance\":null,\"line\":1,"
        "\"start\":\"2023-03-14T09:31:01.250\"},\"operations\":[{\"name\":\"Add Service\","
        "\"argument\":\"UsbGate\",\"line\":3,\"time\":null}]}\n");
}

static void what_is_no_log_is_refused_by_name(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    write_log("To whom it may concern,\n\nthe update failed.\n");
    assert_int_equal(cw_events_write(log_path, NULL, &output, &error), CW_ERR_INVALID);
    assert_true(cw_str_starts(cw_str_c(error.text), cw_str_c(log_path)));
    assert_int_equal(capture.writes, 0);
    cw_buf_done(&capture.buf);
}

static void what_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    assert_true(cw_events_write("no/such.log", NULL, &output, &error) < 0);
    assert_true(error.status < 0 && error.text[0]);
    cw_buf_done(&capture.buf);
}

static void a_reader_that_went_away_ends_the_reading(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    capture.fail_at = 1;
    write_log("2023-03-14 09:31:08, Info                  CBS    Starting\n");
    assert_int_equal(cw_events_write(log_path, NULL, &output, &error), CW_ERR_CLOSED);
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_cbs_record_becomes_one_object_on_one_line, remove_log),
        cmocka_unit_test_teardown(a_setupapi_event_says_where_it_stands, remove_log),
        cmocka_unit_test_teardown(what_is_no_log_is_refused_by_name, remove_log),
        cmocka_unit_test(what_is_not_there_is_an_error),
        cmocka_unit_test_teardown(a_reader_that_went_away_ends_the_reading, remove_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
