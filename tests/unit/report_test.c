#include "support/test.h"

#include <cjson/cJSON.h>

#include "report/json_report.h"
#include "report/renderer.h"
#include "support/capture.h"
#include "support/sample_report.h"

static cJSON *render_json(const struct cw_report *report)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    assert_int_equal(cw_report_json(report, NULL, &output, NULL), CW_OK);
    cJSON *json = cJSON_ParseWithLength(capture.buf.data, capture.buf.len);
    assert_non_null(json);
    cw_buf_done(&capture.buf);
    return json;
}

/* The value at "findings.0.error.code"; NULL when there is none. */
static const cJSON *value_at(const cJSON *json, const char *path)
{
    struct cw_str rest = cw_str_c(path);
    while (json && rest.len) {
        char step[64];
        size_t dot = cw_str_find_char(rest, '.');
        struct cw_str name = cw_str_head(rest, dot);
        assert_true(name.len < sizeof(step));
        memcpy(step, name.ptr, name.len);
        step[name.len] = '\0';
        json = cw_is_digit(step[0]) ? cJSON_GetArrayItem(json, step[0] - '0')
                                    : cJSON_GetObjectItemCaseSensitive(json, step);
        rest = dot == SIZE_MAX ? CW_STR_NONE : cw_str_from(rest, dot + 1);
    }
    return json;
}

static void the_json_says_what_the_report_holds(void **state)
{
    static const struct {
        const char *path;
        const char *value; /* as JSON on one line */
    } cases[] = {
        {"schema_version", "\"1.0\""},
        {"tool.name", "\"cbswhy\""},
        {"tool.rules_version", "\"1.0+deadbeef\""},
        {"verdict", "\"failure\""},
        {"machine",
         "{\"os_version\":\"10.0.17763\",\"architecture\":null,\"utc_offset\":\"-03:30\"}"},
        {"findings.0.rank", "1"},
        {"findings.0.role", "\"root_cause\""},
        {"findings.0.confidence", "\"observed\""},
        {"findings.0.error.code", "\"0x80070005\""},
        {"findings.0.error.symbol", "\"E_ACCESSDENIED\""},
        {"findings.0.error.as_written", "[\"0x00000005\",\"result 5\"]"},
        {"findings.0.entities.service", "[\"UsbGate\",\"UsbGateFlt\",\"UsbGateHid\"]"},
        {"findings.0.entities.file", "[]"},
        {"findings.0.outcome", "{\"rolled_back\":true,\"stage\":\"startup\","
                               "\"progress_percent\":31,\"package_state\":\"Staged\",\"forward_"
                               "state\":null,\"update\":null}"},
        {"findings.0.chain.0.time", "\"2023-03-14T09:31:07.017\""},
        {"findings.0.chain.0.time_approximate", "true"},
        {"findings.0.chain.0.source", "\"logs/setupapi.dev.log\""},
        {"findings.0.chain.1.time", "\"2023-03-14T09:31:08\""},
        {"findings.0.chain.1.last_line", "20107"},
        {"findings.0.chain.1.note", "null"},
        {"findings.0.chain.2.time", "null"},
        {"findings.0.agreed", "[\"time\",\"code\"]"},
        {"findings.0.hypotheses.0.confidence", "\"consistent\""},
        {"findings.0.hypotheses.0.settle.0.kind", "\"check\""},
        {"findings.0.actions.0.commands", "[\"fltmc filters\"]"},
        {"findings.0.allowlist.file", "[]"},
        {"findings.1.error", "null"},
        {"findings.1.role", "\"recovered\""},
        {"findings.1.confidence_reason", "null"},
        {"findings.1.outcome", "{\"rolled_back\":null,\"stage\":null,"
                               "\"progress_percent\":null,\"package_state\":null,\"forward_state\":"
                               "null,\"update\":null}"},
        {"findings.1.occurrences.count", "3"},
        {"coverage.sources.0.kind", "\"setupapi\""},
        {"coverage.sources.0.first_unrecognized_line", "7"},
        {"coverage.sources.0.unrecognized_quoted.0.line", "7"},
        {"coverage.sources.0.unrecognized_quoted.0.text", "\"<Garbled data>\""},
        {"coverage.sources.0.unrecognized_quoted.0.cut", "false"},
        {"coverage.sources.0.unrecognized_quoted.1.cut", "true"},
        {"coverage.sources.0.utc_offset", "null"},
        {"coverage.sources.1.events", "20190"},
        {"coverage.sources.1.first_backward_line", "null"},
        {"coverage.not_read.0.reason", "\"not a log\""},
        {"coverage.missing.0.what", "\"Setup.evtx\""},
        {"coverage.diagnostics.0.line", "77"},
    };
    struct sample *sample = *state;
    cJSON *json = render_json(&sample->report);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const cJSON *value = value_at(json, cases[i].path);
        char *text = value ? cJSON_PrintUnformatted(value) : NULL;
        if (!text || strcmp(text, cases[i].value) != 0)
            fail_msg("%s is %s, expected %s", cases[i].path, text ? text : "absent",
                     cases[i].value);
        cJSON_free(text);
    }
    cJSON_Delete(json);
}

static void what_was_not_parsed_has_no_times(void **state)
{
    struct sample *sample = *state;
    sample->sources[0] = (struct cw_source_report){.path = CW_STR("logs/odd.bin")};
    cJSON *json = render_json(&sample->report);
    assert_string_equal(value_at(json, "coverage.sources.0.kind")->valuestring, "unknown");
    assert_true(cJSON_IsNull(value_at(json, "coverage.sources.0.first")));
    assert_true(cJSON_IsNull(value_at(json, "coverage.sources.0.encoding")));
    cJSON_Delete(json);
}

static void an_empty_report_is_a_report(void **state)
{
    (void)state;
    const struct cw_report empty = {0};
    cJSON *json = render_json(&empty);
    assert_string_equal(value_at(json, "verdict")->valuestring, "unknown");
    assert_int_equal(cJSON_GetArraySize(value_at(json, "findings")), 0);
    cJSON_Delete(json);
}

static void every_format_says_that_its_reader_went_away(void **state)
{
    struct sample *sample = *state;
    for (unsigned format = 0; format < CW_FORMATS; format++) {
        const struct cw_renderer *renderer = cw_renderer_of((enum cw_report_format)format);
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        struct cw_error error = {0};
        capture.fail_at = 1;
        if (renderer->write) {
            assert_int_equal(renderer->write(&sample->report, NULL, &output, &error),
                             CW_ERR_CLOSED);
            assert_int_equal(error.status, CW_ERR_CLOSED);
        }
        cw_buf_done(&capture.buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_json_says_what_the_report_holds, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_parsed_has_no_times, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test(an_empty_report_is_a_report),
        cmocka_unit_test_setup_teardown(every_format_says_that_its_reader_went_away, sample_set_up,
                                        sample_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
