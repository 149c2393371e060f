/* The same logs in other encodings: the same findings, and names that can be read. */
#include "support/test.h"

#include <stdio.h>

#include "support/diagnosing.h"
#include "support/stories.h"
#include "support/temp_folder.h"
#include "support/wide.h"

static struct cw_buf as_utf16(struct cw_str text, bool big_endian)
{
    struct cw_buf wide;
    cw_buf_init(&wide, (size_t)16 * 1024 * 1024);
    put_utf16(&wide, text, big_endian);
    return wide;
}

/* The findings with their proof, without the names of encodings. */
static struct cw_buf findings_of(const struct cw_report *report)
{
    struct cw_buf json = json_of(report);
    size_t end = cw_str_find(cw_buf_str(&json), CW_STR("\"coverage\""));
    assert_true(end < json.len);
    json.len = end;
    json.data[end] = '\0';
    return json;
}

static void logs_in_utf16_give_the_same_findings(void **state)
{
    struct cw_buf cbs = read_fixture_file("cases/driver-service-write-denied/CBS.log");
    struct cw_buf setupapi =
        read_fixture_file("cases/driver-service-write-denied/setupapi.dev.log");
    struct diagnosed narrow = diagnose_bytes(*state, cw_buf_str(&cbs), cw_buf_str(&setupapi));
    struct cw_buf expected = findings_of(narrow.report);
    assert_findings(&narrow, "failure: driver.service-write-denied root_cause");
    for (unsigned order = 0; order < 2; order++) {
        struct cw_buf wide_cbs = as_utf16(cw_buf_str(&cbs), order);
        struct cw_buf wide_setupapi = as_utf16(cw_buf_str(&setupapi), order);
        struct diagnosed wide =
            diagnose_bytes(*state, cw_buf_str(&wide_cbs), cw_buf_str(&wide_setupapi));
        struct cw_buf actual = findings_of(wide.report);
        assert_string_equal(actual.data, expected.data);
        assert_str(wide.report->findings[0].fingerprint,
                   narrow.report->findings[0].fingerprint.ptr);
        for (size_t i = 0; i < 2; i++)
            assert_str(wide.report->sources[i].encoding, order ? "utf-16be" : "utf-16le");
        assert_int_equal(wide.report->diagnostic_count, narrow.report->diagnostic_count);
        cw_buf_done(&actual);
        free_diagnosed(&wide);
        cw_buf_done(&wide_cbs);
        cw_buf_done(&wide_setupapi);
    }
    cw_buf_done(&expected);
    free_diagnosed(&narrow);
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
}

/* --- a code page ------------------------------------------------------------------------------ */

#define NAME_GBK "AMD \xB4\xA6\xC0\xED\xC6\xF7"
#define NAME_UTF8 "AMD \xE5\xA4\x84\xE7\x90\x86\xE5\x99\xA8"
#define PATH_GBK "C:\\\xC7\xFD\xB6\xAF\\k8.inf"
#define SECTION(path, name)                                                                        \
    "[Device Install Log]\r\n"                                                                     \
    "     OS Version = 6.1.7601\r\n\r\n[BeginLog]\r\n\r\n"                                         \
    ">>>  [Install Driver Updates]\r\n"                                                            \
    ">>>  Section start 2021/05/06 07:00:01.000\r\n"                                               \
    "     sto: {Reflect Driver Package: " path "}\r\n"                                             \
    "     sto:      {Reflect Driver: " name "}\r\n"                                                \
    "     sto:           Manufacturer = " name "\r\n"                                              \
    "     sto:           {Add Service: AmdK8}\r\n"                                                 \
    "!!!  sto:                Failed to set Start Type. Error = 0x00000005\r\n"                    \
    "     sto:           {Add Service: exit(0x00000005)}\r\n"                                      \
    "     sto:      {Reflect Driver: exit(0x00000005)}\r\n"                                        \
    "     sto: {Reflect Driver Package: exit(0x00000005)}\r\n"                                     \
    "!!!  sto: Failed to reflect all driver updates. Error = 0x00000005\r\n"                       \
    "<<<  Section end 2021/05/06 07:00:02.000\r\n"                                                 \
    "<<<  [Exit status: FAILURE(0x00000005)]\r\n"

static bool has_diagnostic(const struct cw_report *report, const char *kind, uint64_t count)
{
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        if (cw_str_eq(report->diagnostics[i].kind, cw_str_c(kind)))
            return report->diagnostics[i].count == count;
    }
    return count == 0;
}

static void names_in_a_code_page_are_reported_in_utf8(void **state)
{
    struct diagnosed gbk = diagnose(*state, NULL, SECTION(PATH_GBK, NAME_GBK));
    struct diagnosed utf8 =
        diagnose(*state, NULL, SECTION("C:\\\xE9\xA9\xB1\xE5\x8A\xA8\\k8.inf", NAME_UTF8));
    assert_findings(&gbk, "failure: driver.service-write-denied root_cause");
    assert_entity(&gbk, CW_ENTITY_DRIVER, NAME_UTF8);
    assert_entity(&gbk, CW_ENTITY_INF, "k8.inf");
    assert_str(gbk.report->findings[0].operations.items[1], "Reflect Driver: " NAME_UTF8);
    assert_str(gbk.report->sources[0].encoding, "cp936");
    assert_str(utf8.report->sources[0].encoding, "utf-8");
    assert_str(gbk.report->findings[0].fingerprint, utf8.report->findings[0].fingerprint.ptr);
    assert_true(has_diagnostic(gbk.report, "code_page_guessed", 1));
    assert_true(has_diagnostic(gbk.report, "undecodable", 0));
    assert_int_equal(utf8.report->diagnostic_count, 0);
    free_diagnosed(&gbk);
    free_diagnosed(&utf8);
}

static void a_log_may_mix_utf8_and_a_code_page(void **state)
{
    struct diagnosed mixed =
        diagnose(*state, NULL, SECTION("C:\\\xE9\xA9\xB1\xE5\x8A\xA8\\k8.inf", NAME_GBK));
    assert_entity(&mixed, CW_ENTITY_DRIVER, NAME_UTF8);
    assert_str(mixed.report->findings[0].operations.items[0],
               "Reflect Driver Package: C:\\\xE9\xA9\xB1\xE5\x8A\xA8\\k8.inf");
    assert_str(mixed.report->sources[0].encoding, "cp936");
    assert_true(has_diagnostic(mixed.report, "mixed_encodings", 1));
    free_diagnosed(&mixed);
}

static struct diagnosed diagnose_as(const struct cw_rules *rules, enum cw_encoding encoding,
                                    struct cw_str log)
{
    struct diagnosed diagnosed = {0};
    assert_int_equal(cw_diagnosis_new(rules, &diagnosed.diagnosis, NULL), CW_OK);
    cw_diagnosis_encoding(diagnosed.diagnosis, encoding);
    assert_int_equal(cw_diagnosis_add_memory(diagnosed.diagnosis, SETUPAPI_NAME, log, 0, NULL),
                     CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, NULL), CW_OK);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    return diagnosed;
}

static void an_encoding_that_is_given_is_taken(void **state)
{
    struct cw_str log = CW_STR(SECTION(PATH_GBK, NAME_GBK));
    struct diagnosed russian = diagnose_as(*state, CW_ENCODING_CP1251, log);
    assert_entity(&russian, CW_ENTITY_DRIVER, "AMD ґ¦АнЖч");
    assert_str(russian.report->sources[0].encoding, "cp1251");
    assert_int_equal(russian.report->diagnostic_count, 0);
    free_diagnosed(&russian);
    struct diagnosed utf8 = diagnose_as(*state, CW_ENCODING_UTF8, log);
    assert_str(utf8.report->sources[0].encoding, "utf-8");
    assert_true(has_diagnostic(utf8.report, "code_page_guessed", 0));
    assert_false(has_diagnostic(utf8.report, "undecodable", 0));
    free_diagnosed(&utf8);
}

static void a_code_page_that_is_given_leaves_utf16_alone(void **state)
{
    struct cw_buf wide = as_utf16(CW_STR(SECTION("C:\\k8.inf", NAME_UTF8)), false);
    struct diagnosed diagnosed = diagnose_as(*state, CW_ENCODING_CP936, cw_buf_str(&wide));
    assert_entity(&diagnosed, CW_ENTITY_DRIVER, NAME_UTF8);
    assert_str(diagnosed.report->sources[0].encoding, "utf-16le");
    free_diagnosed(&diagnosed);
    cw_buf_done(&wide);
}

static void what_is_no_utf16_is_counted(void **state)
{
    struct cw_buf wide = as_utf16(CW_STR(SECTION("C:\\k8.inf", "X")), false);
    put_unit(&wide, 0xDC00, false);
    (void)cw_buf_char(&wide, 'x');
    struct diagnosed diagnosed = diagnose_as(*state, CW_ENCODING_UTF16LE, cw_buf_str(&wide));
    assert_true(has_diagnostic(diagnosed.report, "undecodable", 2));
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    free_diagnosed(&diagnosed);
    cw_buf_done(&wide);
}

/* --- the second look -------------------------------------------------------------------------- */

/* A run that fails with a code that no rule knows; what failed first is an ordinary line. */
#define UNKNOWN_FAILURE                                                                            \
    EXEC("2021-05-06", "1_1", PACKAGE("KB1"))                                                      \
    LINE("2021-05-06", "09:00:01", "Exec: Staging Package: \xE5\x8C\x85, Update: u")               \
    LINE("2021-05-06", "09:00:02", "Nothing that a rule asks for [HRESULT = 0x8abc0001]")          \
    EXEC_ENDS("2021-05-06", "1_1", PACKAGE("KB1"), "0x8abc0001")                                   \
    FINALIZED("2021-05-06", "1_1", "no", "0x8abc0001")

static struct cw_buf look_twice(const struct cw_rules *rules, const char *path)
{
    struct cw_diagnosis *diagnosis = NULL;
    assert_int_equal(cw_diagnosis_new(rules, &diagnosis, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_add(diagnosis, path, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosis, NULL), CW_OK);
    struct cw_buf json = findings_of(cw_diagnosis_report(diagnosis));
    cw_diagnosis_free(diagnosis);
    return json;
}

static void the_second_look_finds_its_place_in_utf16(void **state)
{
    static const char log[] = "\xEF\xBB\xBF" UNKNOWN_FAILURE;
    struct cw_rules *rules = NULL;
    assert_int_equal(load_builtin_rules((void **)&rules), 0);
    struct cw_buf wide = as_utf16(cw_str_c(log), false);
    struct temp_path path = temp_path(state, "CBS.log");
    temp_file(state, "CBS.log", cw_str_c(log));
    struct cw_buf expected = look_twice(rules, path.text);
    temp_file(state, "CBS.log", cw_buf_str(&wide));
    struct cw_buf actual = look_twice(rules, path.text);
    assert_non_null(strstr(expected.data, "Nothing that a rule asks for"));
    assert_non_null(strstr(expected.data, "Staging Package: \xE5\x8C\x85"));
    assert_string_equal(actual.data, expected.data);
    cw_buf_done(&wide);
    cw_buf_done(&expected);
    cw_buf_done(&actual);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest diagnoses[] = {
        cmocka_unit_test(logs_in_utf16_give_the_same_findings),
        cmocka_unit_test(names_in_a_code_page_are_reported_in_utf8),
        cmocka_unit_test(a_log_may_mix_utf8_and_a_code_page),
        cmocka_unit_test(an_encoding_that_is_given_is_taken),
        cmocka_unit_test(a_code_page_that_is_given_leaves_utf16_alone),
        cmocka_unit_test(what_is_no_utf16_is_counted),
    };
    const struct CMUnitTest files[] = {
        cmocka_unit_test(the_second_look_finds_its_place_in_utf16),
    };
    int failed = cmocka_run_group_tests(diagnoses, load_builtin_rules, free_rules);
    return failed + cmocka_run_group_tests(files, temp_folder_make, temp_folder_remove);
}
