#include "support/test.h"

#include <cjson/cJSON.h>

#include "report/json_report.h"
#include "report/text_layout.h"
#include "report/text_report.h"
#include "report/text_sections.h"
#include "support/capture.h"

#define CODE_DENIED UINT32_C(0x80070005)

/* A report made by hand: one root cause, one failure that recovered, remarks of every kind. */
struct sample {
    struct cw_arena arena;
    struct cw_source_report sources[2];
    struct cw_chain_item chain[3];
    struct cw_chain_item old_chain[1];
    struct cw_action actions[3];
    struct cw_action settle[1];
    struct cw_hypothesis hypotheses[1];
    struct cw_finding findings[2];
    struct cw_not_read not_read[1];
    struct cw_missing missing[1];
    struct cw_diagnostic diagnostics[1];
    struct cw_report report;
};

static cw_time at(unsigned hour, unsigned minute, unsigned second, unsigned millisecond)
{
    const struct cw_civil civil = {2023, 3, 14, hour, minute, second, millisecond};
    return cw_time_from_civil(&civil);
}

static void add(struct sample *sample, struct cw_strings *strings, const char *text)
{
    assert_true(cw_strings_add(strings, &sample->arena, cw_str_c(text)));
}

static void add_entity(struct sample *sample, enum cw_entity entity, const char *text)
{
    add(sample, &sample->findings[0].entities.of[entity], text);
}

static void make_sources(struct sample *sample)
{
    sample->sources[0] = (struct cw_source_report){
        .path = CW_STR("logs/setupapi.dev.log"),
        .recognised = true,
        .log = CW_LOG_SETUPAPI,
        .encoding = CW_STR("8-bit"),
        .stats = {.lines = 412,
                  .records = 398,
                  .unrecognized = 2,
                  .first_unrecognized = 7,
                  .first = at(9, 0, 1, 250),
                  .last = at(9, 31, 7, 17),
                  .sections = 12,
                  .unclosed_sections = 1},
    };
    sample->sources[1] = (struct cw_source_report){
        .path = CW_STR("logs/CBS.log"),
        .recognised = true,
        .log = CW_LOG_CBS,
        .encoding = CW_STR("utf-8"),
        .stats = {.lines = 20311,
                  .records = 20190,
                  .first = at(8, 59, 58, 0),
                  .last = at(9, 31, 9, 0),
                  .has_utc_offset = true,
                  .utc_offset = -210},
    };
}

static void make_chain(struct sample *sample)
{
    sample->chain[0] = (struct cw_chain_item){
        .role = CW_CHAIN_CAUSE,
        .time = at(9, 31, 7, 17),
        .time_approximate = true,
        .source = 0,
        .line = 388,
        .last_line = 388,
        .text = CW_STR("Failed to set Image Path. Error = 0x00000005"),
        .note = CW_STR("the first error of the section"),
    };
    sample->chain[1] = (struct cw_chain_item){
        .role = CW_CHAIN_CONSEQUENCE,
        .time = at(9, 31, 8, 0),
        .source = 1,
        .line = 20104,
        .last_line = 20107,
        .text = CW_STR("Doqd: [Forward] Installing driver updates failed, result 5"),
    };
    sample->chain[2] = (struct cw_chain_item){
        .role = CW_CHAIN_OUTCOME,
        .time = CW_TIME_NONE,
        .source = 1,
        .line = 20300,
        .last_line = 20300,
        .text = CW_STR("Rolling back \x1b[2Jeverything \xE2\x80\xAE now"),
    };
    sample->old_chain[0] = sample->chain[1];
}

static void make_advice(struct sample *sample)
{
    sample->actions[0] = (struct cw_action){
        .kind = CW_STR("check"),
        .text = CW_STR("See which filter drivers are loaded that the system does not own."),
    };
    add(sample, &sample->actions[0].commands, "fltmc filters");
    sample->actions[1] = (struct cw_action){
        .kind = CW_STR("fix"), .text = CW_STR("Put the entries below on the allow list.")};
    sample->actions[2] = (struct cw_action){.kind = CW_STR("collect"),
                                            .text = CW_STR("Ask for Setup.evtx of the same day.")};
    sample->settle[0] =
        (struct cw_action){.kind = CW_STR("check"), .text = CW_STR("Write the value by hand.")};
    sample->hypotheses[0] = (struct cw_hypothesis){
        .statement = CW_STR("A security product denies the write."),
        .confidence = CW_CONFIDENCE_CONSISTENT,
        .reason = CW_STR("the key itself lets the system write"),
        .settle = sample->settle,
        .settle_count = 1,
    };
}

static void make_root_cause(struct sample *sample)
{
    struct cw_finding *finding = &sample->findings[0];
    *finding = (struct cw_finding){
        .id = CW_STR("sample.write-denied"),
        .role = CW_ROLE_ROOT_CAUSE,
        .confidence = CW_CONFIDENCE_OBSERVED,
        .confidence_reason = CW_STR("the log names the value and the code"),
        .title = CW_STR("Writing to the key of service UsbGate was denied"),
        .explanation = CW_STR("Servicing writes the service's key again although no such device "
                              "is present. The write was refused."),
        .code = CODE_DENIED,
        .outcome = {CW_YES, CW_STR("startup"), 31, CW_STR("Staged")},
        .chain = sample->chain,
        .chain_count = 3,
        .actions = sample->actions,
        .action_count = 3,
        .hypotheses = sample->hypotheses,
        .hypothesis_count = 1,
        .occurrences = 1,
        .first_seen = at(9, 31, 7, 17),
        .last_seen = at(9, 31, 7, 17),
        .fingerprint = CW_STR("00c0ffee00c0ffee"),
    };
    add(sample, &finding->as_written, "0x00000005");
    add(sample, &finding->as_written, "result 5");
    add(sample, &finding->agreed, "time");
    add(sample, &finding->agreed, "code");
    add(sample, &finding->operations, "Reflect Driver Package: usbgate.inf");
    add(sample, &finding->operations, "Add Service: UsbGate");
    add(sample, &finding->references, "https://example.org/denied");
    add(sample, &finding->allowlist.process, "C:\\Windows\\servicing\\TrustedInstaller.exe");
    add(sample, &finding->allowlist.registry_key,
        "HKLM\\SYSTEM\\CurrentControlSet\\Services\\UsbGate");
    add_entity(sample, CW_ENTITY_KB, "KB4990017");
    add_entity(sample, CW_ENTITY_INF, "usbgate.inf");
    add_entity(sample, CW_ENTITY_SERVICE, "UsbGate");
    add_entity(sample, CW_ENTITY_SERVICE, "UsbGateFlt");
    add_entity(sample, CW_ENTITY_SERVICE, "UsbGateHid");
    add_entity(sample, CW_ENTITY_PACKAGE,
               "Package_7_for_KB4990017~31bf3856ad364e35~amd64~~10.0.1.4");
}

static void make_recovered(struct sample *sample)
{
    sample->findings[1] = (struct cw_finding){
        .id = CW_STR("unexplained"),
        .role = CW_ROLE_RECOVERED,
        .confidence = CW_CONFIDENCE_POSSIBLE,
        .title = CW_STR("An older run failed"),
        .outcome = {.progress_percent = -1},
        .chain = sample->old_chain,
        .chain_count = 1,
        .occurrences = 3,
        .first_seen = at(9, 1, 0, 0),
        .last_seen = at(9, 2, 0, 0),
        .fingerprint = CW_STR("0123456789abcdef"),
    };
}

static void make_report(struct sample *sample)
{
    sample->not_read[0] = (struct cw_not_read){CW_STR("logs/notes.docx"), CW_STR("not a log")};
    sample->missing[0] = (struct cw_missing){CW_STR("Setup.evtx"),
                                             CW_STR("it names the packages and their verdicts"),
                                             CW_STR("C:\\Windows\\System32\\winevt\\Logs")};
    sample->diagnostics[0] = (struct cw_diagnostic){CW_STR("nul_bytes"), CW_STR("logs/CBS.log"), 77,
                                                    4, CW_STR("The line holds NUL bytes.")};
    sample->report = (struct cw_report){
        .rules_version = CW_STR("1.0+deadbeef"),
        .verdict = CW_VERDICT_FAILURE,
        .summary = CW_STR("KB4990017 was rolled back: writing to service UsbGate was denied"),
        .os_version = CW_STR("10.0.17763"),
        .has_utc_offset = true,
        .utc_offset = -210,
        .findings = sample->findings,
        .finding_count = 2,
        .sources = sample->sources,
        .source_count = 2,
        .not_read = sample->not_read,
        .not_read_count = 1,
        .missing = sample->missing,
        .missing_count = 1,
        .diagnostics = sample->diagnostics,
        .diagnostic_count = 1,
    };
}

static int set_up(void **state)
{
    static struct sample sample;
    sample = (struct sample){0};
    make_sources(&sample);
    make_chain(&sample);
    make_advice(&sample);
    make_root_cause(&sample);
    make_recovered(&sample);
    make_report(&sample);
    *state = &sample;
    return 0;
}

static int tear_down(void **state)
{
    struct sample *sample = *state;
    cw_arena_done(&sample->arena);
    return 0;
}

/* Keeps the NUL behind the last byte, so that the text can be given to C functions. */
static void render_text(const struct cw_report *report, int width, struct capture *ret_capture)
{
    struct cw_output output = capture_begin(ret_capture);
    const struct cw_style style = {.width = width};
    assert_int_equal(cw_report_text(report, &style, &output, NULL), CW_OK);
}

static cJSON *render_json(const struct cw_report *report)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    assert_int_equal(cw_report_json(report, &output, NULL), CW_OK);
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
                               "\"progress_percent\":31,\"package_state\":\"Staged\"}"},
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
                               "\"progress_percent\":null,\"package_state\":null}"},
        {"findings.1.occurrences.count", "3"},
        {"coverage.sources.0.kind", "\"setupapi\""},
        {"coverage.sources.0.first_unrecognized_line", "7"},
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

static const char first_screen[] =
    "FAILURE  KB4990017 was rolled back: writing to service UsbGate was denied\n"
    "\n"
    "Root cause   Writing to the key of service UsbGate was denied\n"
    "Proof        logs/setupapi.dev.log:388  before 2023-03-14 09:31:07.017\n"
    "             Failed to set Image Path. Error = 0x00000005\n"
    "Inside       Reflect Driver Package: usbgate.inf > Add Service: UsbGate\n"
    "Error        0x80070005 E_ACCESSDENIED: Access is denied. (in the logs:\n"
    "             0x00000005, result 5)\n"
    "Concerns     KB4990017; INF usbgate.inf; service UsbGate, UsbGateFlt (1 more);\n"
    "             package Package_7_for_KB4990017~31bf3856ad364e35~amd64~~10.0.1.4\n"
    "Outcome      rolled back, stage: startup, progress 31 %, package state: Staged\n"
    "Confidence   observed: the log names the value and the code\n"
    "Missing      Setup.evtx: it names the packages and their verdicts\n"
    "Do next      1. check: See which filter drivers are loaded that the system does\n"
    "             not own.\n"
    "                fltmc filters\n"
    "             2. fix: Put the entries below on the allow list.\n"
    "             3. collect: Ask for Setup.evtx of the same day.\n"
    "\n"
    "Why\n";

static void the_first_screen_is_the_answer(void **state)
{
    struct sample *sample = *state;
    struct capture capture;
    render_text(&sample->report, 80, &capture);
    assert_str(cw_str_head(cw_buf_str(&capture.buf), sizeof(first_screen) - 1), first_screen);
    cw_buf_done(&capture.buf);
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
    add(sample, &finding->operations, "An operation with a long argument: that fills its line");
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
        "\nWhat happened\n  cause       logs/setupapi.dev.log:388  before 2023-03-14 09:31:07.017\n"
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
        "    2 lines not recognised (first: line 7); 1 section not closed\n",
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
         "Read         2 logs, 20723 lines, 2023-03-14 08:59:58 to 2023-03-14 09:31:09\n"
         "Result       No run that failed was found in what was read.\n"
         "Missing      Setup.evtx: it names the packages and their verdicts\n"
         "Not read     1 input, see below\n"},
        {CW_VERDICT_UNKNOWN,
         "UNKNOWN  as it should be\n\n"
         "Read         2 logs, 20723 lines, 2023-03-14 08:59:58 to 2023-03-14 09:31:09\n"
         "Result       What was read neither shows a failed run nor rules one out.\n"
         "Missing      Setup.evtx: it names the packages and their verdicts\n"
         "Not read     1 input, see below\n"},
    };
    struct sample *sample = *state;
    sample->report.finding_count = 0;
    sample->report.summary = CW_STR("as it should be");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct capture capture;
        sample->report.verdict = cases[i].verdict;
        render_text(&sample->report, 80, &capture);
        assert_str(cw_str_head(cw_buf_str(&capture.buf), strlen(cases[i].expected)),
                   cases[i].expected);
        cw_buf_done(&capture.buf);
    }
}

static void an_empty_report_is_a_report(void **state)
{
    (void)state;
    const struct cw_report empty = {0};
    struct capture capture;
    render_text(&empty, 80, &capture);
    assert_true(cw_str_starts(cw_buf_str(&capture.buf), CW_STR("UNKNOWN\n\nRead         0 logs")));
    cw_buf_done(&capture.buf);
    cJSON *json = render_json(&empty);
    assert_string_equal(value_at(json, "verdict")->valuestring, "unknown");
    assert_int_equal(cJSON_GetArraySize(value_at(json, "findings")), 0);
    cJSON_Delete(json);
}

static void a_reader_that_went_away_is_reported(void **state)
{
    struct sample *sample = *state;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    capture.fail_at = 1;
    assert_int_equal(cw_report_text(&sample->report, NULL, &output, &error), CW_ERR_CLOSED);
    assert_int_equal(error.status, CW_ERR_CLOSED);
    error = (struct cw_error){0};
    assert_int_equal(cw_report_json(&sample->report, &output, &error), CW_ERR_CLOSED);
    assert_int_equal(error.status, CW_ERR_CLOSED);
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_json_says_what_the_report_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_parsed_has_no_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_screen_is_the_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_talkative_finding_still_fits_the_screen, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_details_hold_the_rest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_of_a_log_controls_the_terminal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_finding_it_says_what_was_read, set_up, tear_down),
        cmocka_unit_test(an_empty_report_is_a_report),
        cmocka_unit_test_setup_teardown(a_reader_that_went_away_is_reported, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
