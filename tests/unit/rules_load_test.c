#include "support/test.h"

#include "support/capture.h"

#include <stdio.h>

#include "rules/sample.h"
#include "support/rule_files.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct cw_rules *load_one(const char *text, struct cw_buf *problems)
{
    return load_rule_texts(&text, 1, problems);
}

#define SAMPLES                                                                                    \
    "\"match\": [\"!!!  ndv: Watchdog expired after 30 seconds\"],"                                \
    "\"miss\": [\"     ndv: Watchdog armed\"]"
#define SIGNAL(id)                                                                                 \
    "{\"id\": \"" id "\", \"log\": \"setupapi\", \"pattern\": \"^Watchdog expired\", " SAMPLES "}"
#define CAUSE_TEXTS                                                                                \
    "\"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"r\"},"                        \
    "\"title\": {\"en\": \"t\"}, \"explanation\": {\"en\": \"e\"}"
#define CAUSE(id, more) "{\"id\": \"" id "\", \"all\": [\"s.one\"], " CAUSE_TEXTS more "}"
#define PACK(signals, causes)                                                                      \
    "{\"format\": 1,\n\"signals\": [" signals "],\n\"causes\": [" causes "]}"

static void test_a_good_pack_loads_without_problems(void **state)
{
    struct cw_buf problems;
    struct cw_rules *rules = load_one(
        PACK(SIGNAL("s.one"),
             CAUSE("c.one", ", \"explains\": [\"c.two\", \"c.*\"]") "," CAUSE("c.two", "")),
        &problems);
    (void)state;
    assert_int_equal(problems.len, 0);
    assert_int_equal(rules->signal_count, 1);
    assert_int_equal(rules->cause_count, 2);
    assert_int_equal(rules->literal_count, 1);
    assert_str(rules->literals[0], "Watchdog expired");
    const struct cw_cause *one = cw_rules_cause(rules, CW_STR("c.one"));
    const struct cw_cause *two = cw_rules_cause(rules, CW_STR("c.two"));
    assert_ptr_equal(one->all[0], cw_rules_signal(rules, CW_STR("s.one")));
    assert_true(cw_cause_explains(one, two));
    assert_false(cw_cause_explains(two, one));
    assert_int_equal(two->place.line, 3);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

struct row {
    const char *text;    /* of a.json */
    const char *problem; /* its only problem */
};

static void check_row(const struct row *row)
{
    struct cw_buf problems;
    struct cw_rules *rules = load_one(row->text, &problems);
    assert_str(cw_buf_str(&problems), row->problem);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

static void test_wrong_syntax_is_reported_where_it_stands(void **state)
{
    static const struct row rows[] = {
        {"", "a.json:1:1: error: a value is expected here\n"},
        {"{", "a.json:1:2: error: a key in quotes is expected here\n"},
        {"\xEF\xBB\xBF"
         "0",
         "a.json:1:2: error: an object is expected here\n"},
        {"{\"format\" 1}", "a.json:1:11: error: ':' is expected after a key\n"},
        {"{\"format\": 1\n \"signals\": []}", "a.json:2:2: error: ',' or '}' is expected here\n"},
        {"{\"format\": [1}", "a.json:1:14: error: ',' or ']' is expected here\n"},
        {"{\"format\": 1,}", "a.json:1:14: error: a key in quotes is expected here\n"},
        {"{\"format\": 1} x", "a.json:1:15: error: something follows the end of the object\n"},
        {"{\"format\": 1.5}",
         "a.json:1:13: error: a number must be whole and have at most 9 digits\n"},
        {"{\"format", "a.json:1:2: error: the string is not closed\n"},
        {"{\"for\tmat\"", "a.json:1:6: error: a control character inside a string\n"},
        {"{\"\\d\": 1}",
         "a.json:1:4: error: unknown escape; a backslash in a pattern is written twice\n"},
        {"{\"\\u00g0\"", "a.json:1:5: error: \\u needs four hexadecimal digits\n"},
        {"{\"\\u0000\"",
         "a.json:1:5: error: no character has this number; write the character itself\n"},
        {"[[[[[[[[[[[[[[[[[[", "a.json:1:18: error: nested too deeply\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i]);
}

static void test_the_shape_of_a_file_is_checked(void **state)
{
    static const struct row rows[] = {
        {"[]", "a.json:1:1: error: an object is expected here\n"},
        {"{}", "a.json:1:1: error: key \"format\" is missing\n"},
        {"{\"format\": 2}", "a.json:1:12: error: this is no rule file of format 1\n"},
        {"{\"format\": 1}", "a.json:1:1: error: the file holds no rule\n"},
        {"{\"format\": 1, \"signals\": []}", "a.json:1:1: error: the file holds no rule\n"},
        {"{\"format\": 1, \"rules\": []}", "a.json:1:15: error: unknown key \"rules\"\n"},
        {"{\"format\": 1, \"signals\": {}}", "a.json:1:26: error: a list is expected here\n"},
        {"{\"format\": 1,\n  \"format\": 1}",
         "a.json:2:3: error: key \"format\" stands here twice\n"},
        {"{\"format\": 1, \"knowledge\": {\"driver_class\": [{\"name\": \"x\", \"guid\": \"{1}\", "
         "\"kind\": \"lamp\"}]}}",
         "a.json:1:83: error: unknown kind of class \"lamp\"; known: filter, device, software, "
         "other\n"},
        {"{\"format\": 1, \"knowledge\": {\"inf\": [{\"inf\": \"x.inf\"}]}}",
         "a.json:1:37: error: key \"source\" is missing\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i]);
}

/* A signal whose keys stand in the second line; `keys` follow its id. */
#define BAD_SIGNAL(keys) "{\"format\": 1, \"signals\": [\n{\"id\": \"s.x\", " keys "}]}"

static void test_a_wrong_signal_is_reported_where_it_stands(void **state)
{
    static const struct row rows[] = {
        {BAD_SIGNAL("\"log\": \"cbs\", \"pattern\": \"Watchdog expired\", "
                    "\"match\": [\"2024-05-06 07:08:09, Info                  CBS    "
                    "Watchdog expired\"]"),
         "a.json:2:1: error: key \"miss\" is missing\n"},
        {BAD_SIGNAL("\"log\": \"evtx\", \"pattern\": \"Watchdog expired\", " SAMPLES),
         "a.json:2:22: error: unknown log \"evtx\"; known: cbs, setupapi, "
         "setupapi-xp, dism, checksur, poqexec, windows-update, events, setupact\n"},
        {BAD_SIGNAL("\"log\": 7, \"pattern\": \"Watchdog expired\", " SAMPLES),
         "a.json:2:22: error: a string is expected here\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"level\": [\"error\", \"fatal\"], "
                    "\"pattern\": \"Watchdog expired\", " SAMPLES),
         "a.json:2:53: error: unknown level \"fatal\"; known: info, warning, error\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"Watchdog (expired\", " SAMPLES),
         "a.json:2:63: error: pattern, byte 17: missing closing parenthesis\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"Watchdog \\\\d\\\\d ++*\", " SAMPLES),
         "a.json:2:64: error: pattern, byte 16: quantifier does not follow a repeatable item\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"^Watch\", " SAMPLES),
         "a.json:2:45: error: an alternative of the pattern has no fixed text of 7 bytes\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"Watchdog expired\", "
                    "\"literal\": \"Watchdog armed\", " SAMPLES),
         "a.json:2:76: error: literal \"Watchdog armed\" is not in what every match contains\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"Watchdog|expired\", "
                    "\"literal\": \"Watchdog\", " SAMPLES),
         "a.json:2:76: error: literal \"Watchdog\" is not in what every match contains\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"Watchdog expired\", "
                    "\"literal\": \"dog\", " SAMPLES),
         "a.json:2:76: error: literal \"dog\" has fewer than 7 bytes\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"^Watchdog expired\", "
                    "\"code\": \"code\", " SAMPLES),
         "a.json:2:46: error: pattern, byte 0: \"code\" names no capture of the pattern: code\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"^Watchdog expired\", \"match\": [], "
                    "\"miss\": [\"x\"]"),
         "a.json:2:75: error: a list of samples, at least one, is expected here\n"},
        {BAD_SIGNAL("\"log\": \"setupapi\", \"pattern\": \"^Watchdog expired\", "
                    "\"match\": [\"!!!  ndv: Watchdog\"], \"miss\": [\"x\"]"),
         "a.json:2:76: error: the sample holds no literal of the signal\n"},
        {BAD_SIGNAL("\"log\": \"cbs\", \"section\": \"Install\", "
                    "\"pattern\": \"^Watchdog expired\", " SAMPLES),
         "a.json:2:1: error: \"event\", \"operation\", \"within\", \"section\" or \"failure\" asks "
         "for what a cbs log has not got\n"},
        {BAD_SIGNAL("\"log\": \"cbs\", \"failure\": true, "
                    "\"pattern\": \"^Watchdog expired\", " SAMPLES),
         "a.json:2:1: error: \"event\", \"operation\", \"within\", \"section\" or \"failure\" asks "
         "for what a cbs log has not got\n"},
        {"{\"format\": 1, \"signals\": [" SIGNAL("S one") "]}",
         "a.json:1:34: error: an id (lower case words joined by '.' and '-') is expected here\n"},
        {"{\"format\": 1, \"signals\": [" SIGNAL("s.one") ",\n" SIGNAL("s.one") "]}",
         "a.json:2:8: error: the id \"s.one\" is taken\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i]);
}

/* A cause in the third line; `keys` stand first. */
#define BAD_CAUSE(keys) PACK(SIGNAL("s.one"), "{" keys ", \"id\": \"c.x\", " CAUSE_TEXTS "}")

static void test_a_wrong_cause_is_reported_where_it_stands(void **state)
{
    static const struct row rows[] = {
        {BAD_CAUSE("\"all\": [\"s.two\"]"), "a.json:3:21: error: there is no signal \"s.two\"\n"},
        {BAD_CAUSE("\"all\": []"), "a.json:3:12: error: \"all\" or \"any\" must name a signal\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"code\": [\"0x8007000g\"]"),
         "a.json:3:40: error: \"0x8007000g\" is no error code in a string\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"code\": [5]"),
         "a.json:3:40: error: \"\" is no error code in a string\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"explains\": [\"c.none\"]"),
         "a.json:3:44: error: there is no cause \"c.none\" to explain\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"explains\": [\"s.*\"]"),
         "a.json:3:44: error: there is no cause \"s.*\" to explain\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"agree\": [\"colour\"]"),
         "a.json:3:41: error: \"colour\" is no kind of entity\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"role\": \"villain\""),
         "a.json:3:39: error: unknown role \"villain\"; known: cause, symptom, harmless\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"entities\": {\"file\": [\"\\u00e9\\t${fill}\"]}"),
         "a.json:3:62: error: \"${fill}\" is no template\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"actions\": [{\"kind\": \"pray\", \"text\": {\"en\": "
                   "\"x\"}}]"),
         "a.json:3:52: error: unknown kind of action \"pray\"; known: fix, check, collect\n"},
        {BAD_CAUSE(
             "\"all\": [\"s.one\"], \"actions\": [{\"kind\": \"fix\", \"text\": {\"zh\": \"x\"}}]"),
         "a.json:3:67: error: the text in English, \"en\", is expected here\n"},
        {BAD_CAUSE("\"all\": [\"s.one\"], \"ordered\": 1"),
         "a.json:3:42: error: true or false is expected here\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i]);
}

#define BAD_IN_PACK "{\"id\": \"s.bad\"}"
#define CAUSE_OF_BAD "{\"id\": \"c.bad\", \"any\": [\"s.bad\"], " CAUSE_TEXTS "}"

static void test_a_wrong_rule_is_left_out_and_the_rest_loads(void **state)
{
    struct cw_buf problems;
    struct cw_rules *rules = load_one(
        PACK(SIGNAL("s.one") "," BAD_IN_PACK, CAUSE("c.one", "") "," CAUSE_OF_BAD), &problems);
    (void)state;
    assert_int_equal(rules->signal_count, 1);
    assert_int_equal(rules->cause_count, 1);
    assert_non_null(strstr(problems.data, "signal \"s.bad\" has an error"));
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

static void test_rules_name_each_other_across_files(void **state)
{
    static const char *const texts[] = {
        "{\"format\": 1, \"causes\": [" CAUSE("c.one", ", \"explains\": [\"c.two\"]") "]}",
        "not json",
        "{\"format\": 1, \"signals\": [" SIGNAL("s.one") "]}",
        "{\"format\": 1, \"causes\": [" CAUSE("c.two", "") "]}",
    };
    struct cw_buf problems;
    struct cw_rules *rules = load_rule_texts(texts, COUNT(texts), &problems);
    (void)state;
    assert_str(cw_buf_str(&problems), "b.json:1:1: error: a value is expected here\n");
    assert_int_equal(rules->cause_count, 2);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

static void test_knowledge_of_several_files_is_joined(void **state)
{
    static const char *const texts[] = {
        "{\"format\": 1, \"knowledge\": {\"inf\": [{\"inf\": \"pump.inf\", \"services\": "
        "[\"Pump\"], "
        "\"source\": \"x\"}]}}",
        "{\"format\": 1, \"knowledge\": {\"inf\": [{\"inf\": \"lamp.inf\", \"files\": "
        "[\"lamp.sys\"], \"source\": \"x\"}]}}",
    };
    struct cw_buf problems;
    struct cw_rules *rules = load_rule_texts(texts, COUNT(texts), &problems);
    (void)state;
    assert_int_equal(problems.len, 0);
    assert_str(cw_rules_inf(rules, CW_STR("PUMP.INF"))->services.items[0], "Pump");
    assert_str(cw_rules_inf(rules, CW_STR("lamp.inf"))->files.items[0], "lamp.sys");
    assert_null(cw_rules_inf(rules, CW_STR("desk.inf")));
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

static void test_the_version_changes_with_any_byte(void **state)
{
    struct cw_buf problems;
    struct cw_rules *one = load_one(PACK(SIGNAL("s.one"), ""), &problems);
    cw_buf_done(&problems);
    struct cw_rules *two = load_one(PACK(SIGNAL("s.one"), "") " ", &problems);
    cw_buf_done(&problems);
    (void)state;
    assert_int_equal(one->version.len, 12);
    assert_true(cw_str_starts(one->version, CW_STR("1.0+")));
    assert_false(cw_str_eq(one->version, two->version));
    cw_rules_free(one);
    cw_rules_free(two);
}

#define IN_PUMP(line) "[\"     ndv: {Start Pump}\", \"" line "\"]"
/* One sample that is right, and one of each way to be wrong. */
#define SAMPLE_SIGNAL                                                                              \
    "{\"id\": \"s.two\", \"log\": \"setupapi\", \"operation\": \"Start Pump\", "                   \
    "\"pattern\": \"^Watchdog expired\", "                                                         \
    "\"match\": [\n \"!!!  ndv: Watchdog expired\", " IN_PUMP(                                     \
        "!!!  ndv:      Watchdog expired") "],\"miss\": [\n " IN_PUMP("!    ndv:      Watchdog "   \
                                                                      "expired") ",\n \"not a "    \
                                                                                 "line of this "   \
                                                                                 "log\"]}"

static void test_samples_are_run_through_the_parser_of_their_log(void **state)
{
    struct cw_buf problems;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    struct cw_test_results results = {0};
    struct cw_rules *rules = load_one(PACK(SIGNAL("s.one") "," SAMPLE_SIGNAL, ""), &problems);
    (void)state;
    assert_str(cw_buf_str(&problems), "");
    assert_int_equal(cw_rules_test_samples(rules, &results, &error), CW_OK);
    assert_int_equal(cw_test_results_write(&results, &output), CW_OK);
    assert_str(cw_buf_str(&capture.buf),
               "a.json:3:2: s.two: the signal does not match this sample\n"
               "a.json:4:2: s.two: the signal matches this sample, and must not\n"
               "a.json:5:2: s.two: the sample is not in the form of its log\n"
               "3 passed, 3 failed\n");
    cw_test_results_done(&results);
    cw_rules_free(rules);
    cw_buf_done(&problems);
    cw_buf_done(&capture.buf);
}

static void test_the_built_in_pack_has_no_errors(void **state)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    (void)state;
    const struct cw_rules_places builtin = {0};
    int errors = cw_rules_check(&builtin, NULL, 0, &output, &error);
    if (errors != 0)
        fail_msg("%d errors: %s%s", errors, error.text, capture.buf.data ? capture.buf.data : "");
    cw_buf_done(&capture.buf);
}

static void test_the_built_in_pack_opens_and_every_rule_can_be_shown(void **state)
{
    struct cw_rules *rules = NULL;
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(cw_rules_open_builtin(&rules, &error), CW_OK);
    for (size_t i = 0; i < rules->cause_count; i++) {
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        assert_int_equal(cw_rules_show(rules, rules->causes[i].id.ptr, &output, &error), CW_OK);
        assert_true(cw_str_starts(cw_buf_str(&capture.buf), rules->causes[i].id));
        cw_buf_done(&capture.buf);
    }
    cw_rules_free(rules);
}

static void test_a_folder_with_the_built_in_files_is_the_built_in_pack(void **state)
{
    struct cw_rules *builtin = NULL;
    struct cw_rules *folder = NULL;
    struct capture capture;
    struct cw_output problems = capture_begin(&capture);
    struct cw_error error = {0};
    size_t errors = SIZE_MAX;
    (void)state;
    const struct cw_rules_places places = {.folder = CW_FIXTURES "/../src/rules"};
    assert_int_equal(cw_rules_open_builtin(&builtin, &error), CW_OK);
    assert_int_equal(cw_rules_open(&places, &problems, &folder, &errors, &error), CW_OK);
    assert_int_equal(errors, 0);
    assert_int_equal(capture.writes, 0);
    assert_string_equal(cw_rules_version(folder), cw_rules_version(builtin));
    cw_rules_free(builtin);
    cw_rules_free(folder);
    cw_buf_done(&capture.buf);
}

static void test_a_folder_without_rules_is_not_found(void **state)
{
    struct cw_rules *rules = NULL;
    struct cw_error error = {0};
    (void)state;
    static const struct cw_rules_places places[] = {
        {.folder = CW_FIXTURES "/../include"},
        {.folder = CW_FIXTURES "/absent"},
        {.added = CW_FIXTURES "/absent"},
    };
    for (size_t i = 0; i < COUNT(places); i++)
        assert_int_equal(cw_rules_open(&places[i], NULL, &rules, NULL, &error), CW_ERR_NOT_FOUND);
    assert_null(rules);
}

static void test_problems_that_can_not_be_written_fail_the_check(void **state)
{
    static const char *const files[] = {CW_FIXTURES "/../src/rules/README.md"};
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    const struct cw_rules_places builtin = {0};
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(cw_rules_check(&builtin, files, 1, &output, &error), 1);
    assert_true(cw_str_ends(cw_buf_str(&capture.buf),
                            CW_STR("README.md:1:1: error: a value is expected here\n")));
    capture.fail_at = 1;
    assert_int_equal(cw_rules_check(&builtin, files, 1, &output, &error), CW_ERR_CLOSED);
    cw_buf_done(&capture.buf);
}

static void test_an_unknown_id_is_answered_with_the_nearest(void **state)
{
    struct cw_buf problems;
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_error error = {0};
    struct cw_rules *rules = load_one(
        PACK(SIGNAL("s.one"), CAUSE("pump.stuck", "") "," CAUSE("lamp.dark", "")), &problems);
    (void)state;
    assert_int_equal(cw_rules_show(rules, "lamp.drak", &output, &error), CW_ERR_NOT_FOUND);
    assert_string_equal(error.text, "no rule has the id 'lamp.drak'; the nearest is 'lamp.dark'");
    assert_int_equal(capture.writes, 0);
    cw_rules_free(rules);
    cw_buf_done(&problems);
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_pack_loads_without_problems),
        cmocka_unit_test(test_wrong_syntax_is_reported_where_it_stands),
        cmocka_unit_test(test_the_shape_of_a_file_is_checked),
        cmocka_unit_test(test_a_wrong_signal_is_reported_where_it_stands),
        cmocka_unit_test(test_a_wrong_cause_is_reported_where_it_stands),
        cmocka_unit_test(test_a_wrong_rule_is_left_out_and_the_rest_loads),
        cmocka_unit_test(test_rules_name_each_other_across_files),
        cmocka_unit_test(test_knowledge_of_several_files_is_joined),
        cmocka_unit_test(test_the_version_changes_with_any_byte),
        cmocka_unit_test(test_samples_are_run_through_the_parser_of_their_log),
        cmocka_unit_test(test_the_built_in_pack_has_no_errors),
        cmocka_unit_test(test_the_built_in_pack_opens_and_every_rule_can_be_shown),
        cmocka_unit_test(test_a_folder_with_the_built_in_files_is_the_built_in_pack),
        cmocka_unit_test(test_a_folder_without_rules_is_not_found),
        cmocka_unit_test(test_problems_that_can_not_be_written_fail_the_check),
        cmocka_unit_test(test_an_unknown_id_is_answered_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
