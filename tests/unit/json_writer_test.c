#include "support/test.h"

#include <stdlib.h>

#include "report/json_writer.h"
#include "support/capture.h"

static void strings_become_valid_json_whatever_their_bytes(void **state)
{
    (void)state;
    const struct {
        struct cw_str bytes;
        const char *json;
    } cases[] = {
        {{NULL, 0}, "\"\""},
        {CW_STR("plain text"), "\"plain text\""},
        {CW_STR("C:\\Windows \"x\""), "\"C:\\\\Windows \\\"x\\\"\""},
        {CW_STR("a\tb\r\nc\b\f"), "\"a\\tb\\r\\nc\\b\\f\""},
        {CW_STR("a\0b\x1b[31m\x7f"), "\"a\\u0000b\\u001b[31m\\u007f\""},
        {CW_STR("\xC2\x9B"), "\"\\u009b\""},
        {CW_STR("\xE8\xAE\xBE\xE5\xA4\x87"), "\"\xE8\xAE\xBE\xE5\xA4\x87\""},
        {CW_STR("\xF0\x9F\x92\xBE"), "\"\xF0\x9F\x92\xBE\""},
        {CW_STR("\xE2\x80\xA8|\xE2\x80\xA9"), "\"\\u2028|\\u2029\""},
        {CW_STR("a\xE2\x80\xAE"), "\"a\\u202e\""},
        {CW_STR("\xF3\xA0\x81\x81"), "\"\\udb40\\udc41\""},
        /* not UTF-8: a lone byte, an overlong form, a surrogate, a cut character, past the end */
        {CW_STR("a\xFFz"), "\"a\xEF\xBF\xBDz\""},
        {CW_STR("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {CW_STR("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {CW_STR("\xE8\xAE"), "\"\xEF\xBF\xBD\""},
        {CW_STR("\xE8\xAEz"), "\"\xEF\xBF\xBDz\""},
        {CW_STR("\xF4\x90\x80\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        struct cw_json json;
        cw_json_begin(&json, &output, 0);
        cw_json_str(&json, cases[i].bytes);
        assert_int_equal(cw_json_end(&json), CW_OK);
        assert_str(cw_str_trim(cw_buf_str(&capture.buf)), cases[i].json);
        cw_buf_done(&capture.buf);
    }
}

static void write_sample(struct cw_json *json)
{
    cw_json_object(json);
    cw_json_member_str(json, "text", CW_STR("x"));
    cw_json_member_str_or_null(json, "nothing", CW_STR_NONE);
    cw_json_member_uint(json, "large", UINT64_MAX);
    cw_json_key(json, "small");
    cw_json_int(json, INT64_MIN);
    cw_json_member_bool(json, "yes", true);
    cw_json_member_time(json, "never", CW_TIME_NONE);
    cw_json_member_time(json, "once", 973);
    cw_json_key(json, "empty");
    cw_json_array(json);
    cw_json_array_end(json);
    cw_json_key(json, "list");
    cw_json_array(json);
    cw_json_uint(json, 1);
    cw_json_object(json);
    cw_json_object_end(json);
    cw_json_null(json);
    cw_json_array_end(json);
    cw_json_object_end(json);
}

static void check_sample(int indent, const char *expected)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_json json;
    cw_json_begin(&json, &output, indent);
    write_sample(&json);
    assert_int_equal(cw_json_end(&json), CW_OK);
    assert_str(cw_buf_str(&capture.buf), expected);
    cw_buf_done(&capture.buf);
}

static void without_indent_everything_stands_on_one_line(void **state)
{
    (void)state;
    check_sample(0, "{\"text\":\"x\",\"nothing\":null,\"large\":18446744073709551615,"
                    "\"small\":-9223372036854775808,\"yes\":true,\"never\":null,"
                    "\"once\":\"1970-01-01T00:00:00.973\",\"empty\":[],\"list\":[1,{},null]}\n");
}

static void with_indent_every_member_has_its_line(void **state)
{
    (void)state;
    check_sample(2, "{\n  \"text\": \"x\",\n  \"nothing\": null,\n"
                    "  \"large\": 18446744073709551615,\n  \"small\": -9223372036854775808,\n"
                    "  \"yes\": true,\n  \"never\": null,\n"
                    "  \"once\": \"1970-01-01T00:00:00.973\",\n  \"empty\": [],\n"
                    "  \"list\": [\n    1,\n    {},\n    null\n  ]\n}\n");
}

static void values_at_the_top_stand_a_line_each(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_json json;
    cw_json_begin(&json, &output, 0);
    for (int i = 0; i < 3; i++) {
        cw_json_object(&json);
        cw_json_object_end(&json);
    }
    assert_int_equal(cw_json_end(&json), CW_OK);
    assert_str(cw_buf_str(&capture.buf), "{}\n{}\n{}\n");
    cw_buf_done(&capture.buf);
}

static void nothing_in_gives_nothing_out(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_json json;
    cw_json_begin(&json, &output, 2);
    assert_int_equal(cw_json_end(&json), CW_OK);
    assert_int_equal(capture.writes, 0);
    cw_buf_done(&capture.buf);
}

static void a_string_longer_than_the_buffer_arrives_whole(void **state)
{
    (void)state;
    enum { LENGTH = 300 * 1000 };
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_json json;
    char *bytes = malloc(LENGTH);
    assert_non_null(bytes);
    memset(bytes, 0x01, LENGTH);
    memset(bytes, 'x', LENGTH / 2);
    cw_json_begin(&json, &output, 0);
    cw_json_str(&json, (struct cw_str){bytes, LENGTH});
    assert_int_equal(cw_json_end(&json), CW_OK);
    assert_int_equal(capture.buf.len, 3 + LENGTH / 2 + 6 * (LENGTH / 2));
    assert_true(capture.writes > 10);
    free(bytes);
    cw_buf_done(&capture.buf);
}

static void the_first_failure_ends_the_writing(void **state)
{
    (void)state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    capture.fail_at = 2;
    struct cw_json json;
    cw_json_begin(&json, &output, 0);
    for (int i = 0; i < 100000; i++)
        cw_json_str(&json, CW_STR("a line of a log"));
    assert_int_equal(json.status, CW_ERR_CLOSED);
    assert_int_equal(cw_json_end(&json), CW_ERR_CLOSED);
    assert_int_equal(capture.writes, 2);
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_become_valid_json_whatever_their_bytes),
        cmocka_unit_test(without_indent_everything_stands_on_one_line),
        cmocka_unit_test(with_indent_every_member_has_its_line),
        cmocka_unit_test(values_at_the_top_stand_a_line_each),
        cmocka_unit_test(nothing_in_gives_nothing_out),
        cmocka_unit_test(a_string_longer_than_the_buffer_arrives_whole),
        cmocka_unit_test(the_first_failure_ends_the_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
