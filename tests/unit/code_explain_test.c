/* What is said about one error code: by the tables, and by the rules of a small pack. */
#include "support/test.h"

#include "base/buf.h"
#include "cbswhy/analysis.h"
#include "support/diagnosing.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

#define HEAD "2021-05-06 09:00:00, Info                  CBS    "
#define SIGNAL                                                                                     \
    "{\"id\": \"s.one\", \"log\": \"cbs\", \"pattern\": \"Ledger (?<file>[a-z]+) broke\","         \
    " \"match\": [\"" HEAD "Ledger a broke\"], \"miss\": [\"" HEAD "nothing\"]}"
#define CAUSE(id, title, more)                                                                     \
    "{\"id\": \"" id "\", \"title\": {\"en\": \"" title "\"}, \"explanation\": {\"en\": \"e\"},"   \
    " \"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"r\"}, "                      \
    "\"any\": [\"s.one\"]" more "}"
#define HAS(code) ", \"code\": [\"" code "\"]"
#define PACK(causes) "{\"format\": 1, \"signals\": [" SIGNAL "], \"causes\": [" causes "]}"

#define ANY_CODE CAUSE("c.any-code", "Something broke", "")
#define DENIED CAUSE("c.denied", "${file} was denied", HAS("0x80070005"))
#define TEN CAUSE("c.ten", "The environment is bad", HAS("10"))
#define EITHER CAUSE("c.either", "Denied, or no signature", HAS("0x800f0247\", \"E_ACCESSDENIED"))

static int load_small_pack(void **state)
{
    *state = load_pack(PACK(ANY_CODE ", " DENIED ", " TEN ", " EITHER));
    return 0;
}

static int append_to(void *context, const char *bytes, size_t size)
{
    struct cw_buf *buf = context;
    return cw_buf_append(buf, (struct cw_str){bytes, size}) ? 0 : CW_ERR_NOMEM;
}

static int refuse(void *context, const char *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return CW_ERR_CLOSED;
}

static int explain(const struct cw_rules *rules, const char *spelling, enum cw_report_format format,
                   struct cw_buf *buf)
{
    struct cw_output output = {append_to, buf};
    struct cw_error error = {0};
    cw_buf_init(buf, 64 * 1024);
    return cw_code_explain(rules, spelling, format, NULL, &output, &error);
}

static void assert_explains(const struct cw_rules *rules, const char *spelling,
                            enum cw_report_format format, const char *const *parts, size_t count)
{
    struct cw_buf buf;
    assert_int_equal(explain(rules, spelling, format, &buf), CW_OK);
    for (size_t i = 0; i < count; i++) {
        if (cw_str_find(cw_buf_str(&buf), cw_str_c(parts[i])) == SIZE_MAX)
            fail_msg("\"%s\" is missing in:\n%s", parts[i], buf.data);
    }
    cw_buf_done(&buf);
}

static void an_explanation_has_every_form_of_the_code(void **state)
{
    static const char *const access[] = {
        "0x80070005  E_ACCESSDENIED\n", "Access is denied.", "5 (Win32)",
        "0x00000005 (SetupAPI)",        "-2147024891",       "2147942405",
        "ERROR_ACCESS_DENIED",          "Win32 error",       "winerror.h"};
    static const char *const setupapi[] = {"0xe0000247  ERROR_DRIVER_STORE_ADD_FAILED",
                                           "0x800f0247 (HRESULT)", "[MS-ERREF]"};
    static const char *const status[] = {"STATUS_ACCESS_DENIED", "0xd0000022 (HRESULT)"};
    static const char *const success[] = {"S_OK", "not a failure"};
    assert_explains(*state, "E_ACCESSDENIED", CW_FORMAT_TEXT, access, COUNT_OF(access));
    assert_explains(*state, "5", CW_FORMAT_TEXT, access, COUNT_OF(access));
    assert_explains(*state, "0xE0000247", CW_FORMAT_TEXT, setupapi, COUNT_OF(setupapi));
    assert_explains(*state, "0xc0000022", CW_FORMAT_TEXT, status, COUNT_OF(status));
    assert_explains(*state, "0", CW_FORMAT_TEXT, success, COUNT_OF(success));
}

static void a_small_number_is_explained_as_a_device_problem_too(void **state)
{
    static const char *const both[] = {"0x8007000a  ERROR_BAD_ENVIRONMENT", "CM_PROB_FAILED_START",
                                       "CR_DEVNODE_HAS_REQS"};
    static const char *const device[] = {"10  CM_PROB_FAILED_START", "code 10 (Device Manager)",
                                         "0x0a (SetupAPI)"};
    assert_explains(*state, "10", CW_FORMAT_TEXT, both, COUNT_OF(both));
    assert_explains(*state, "CM_PROB_FAILED_START", CW_FORMAT_TEXT, device, COUNT_OF(device));
}

static void an_unknown_code_is_taken_apart(void **state)
{
    static const char *const parts[] = {"0x80248fee  (no name known)",
                                        "failure, facility 36 (Windows Update), number 36846"};
    assert_explains(*state, "0x80248fee", CW_FORMAT_TEXT, parts, COUNT_OF(parts));
}

static void a_pasted_fragment_is_explained(void **state)
{
    static const char *const parts[] = {"0x800f0831  CBS_E_STORE_CORRUPTION"};
    assert_explains(*state, "[HRESULT = 0x800f0831 - CBS_E_STORE_CORRUPTION]", CW_FORMAT_TEXT,
                    parts, COUNT_OF(parts));
}

static void the_json_form_is_one_object_a_line(void **state)
{
    static const char *const parts[] = {
        "{\"spelling\":\"3010\",\"code\":\"0x80070bc2\"",
        "\"is_failure\":false",
        "\"family\":{\"id\":\"WIN32\"",
        "\"signed\":-2147021886,\"unsigned\":2147945410,\"win32\":3010",
        "\"setupapi\":\"0x00000bc2\"",
        "\"device_readings\":[],\"causes\":[]}\n",
    };
    static const char *const none[] = {"\"symbol\":null,\"message\":null", "\"family\":null",
                                       "\"win32\":null,\"setupapi\":null", "\"names\":[]"};
    assert_explains(*state, "3010", CW_FORMAT_JSON, parts, COUNT_OF(parts));
    assert_explains(*state, "0x8badf00d", CW_FORMAT_JSON, none, COUNT_OF(none));
}

static void the_causes_that_have_the_code_are_named(void **state)
{
    static const char *const denied[] = {"  Known cause   c.denied: ${file} was denied\n"
                                         "  Known cause   c.either: Denied, or no signature\n"};
    static const char *const denied_json[] = {
        "\"causes\":[{\"id\":\"c.denied\",\"title\":\"${file} was denied\"},"
        "{\"id\":\"c.either\",\"title\":\"Denied, or no signature\"}]}\n"};
    static const char *const ten[] = {"Known cause   c.ten: The environment is bad\n"};
    static const char *const twin[] = {"\"causes\":[{\"id\":\"c.either\",\"title\":\"Denied"};
    assert_explains(*state, "0x80070005", CW_FORMAT_TEXT, denied, COUNT_OF(denied));
    assert_explains(*state, "ERROR_ACCESS_DENIED", CW_FORMAT_JSON, denied_json,
                    COUNT_OF(denied_json));
    assert_explains(*state, "-2147024891", CW_FORMAT_JSON, denied_json, COUNT_OF(denied_json));
    assert_explains(*state, "0xe0000247", CW_FORMAT_JSON, twin, COUNT_OF(twin));
    assert_explains(*state, "0x800f0247", CW_FORMAT_JSON, twin, COUNT_OF(twin));
    assert_explains(*state, "10", CW_FORMAT_TEXT, ten, COUNT_OF(ten));
}

/* 10 of Device Manager is not the 10 that the pack has. */
static void a_code_that_no_cause_has_names_none(void **state)
{
    static const char *const spellings[] = {"0x80070002", "0", "CM_PROB_FAILED_START"};
    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        struct cw_buf buf;
        static const char *const none[] = {"\"causes\":[]}\n"};
        assert_explains(*state, spellings[i], CW_FORMAT_JSON, none, COUNT_OF(none));
        assert_int_equal(explain(*state, spellings[i], CW_FORMAT_TEXT, &buf), CW_OK);
        assert_int_equal(cw_str_find(cw_buf_str(&buf), CW_STR("cause")), SIZE_MAX);
        cw_buf_done(&buf);
    }
}

static void what_can_not_be_explained_says_why(void **state)
{
    struct cw_output output = {refuse, NULL};
    struct cw_error error = {0};
    assert_int_equal(
        cw_code_explain(*state, "no\x1b[31mcode", CW_FORMAT_TEXT, NULL, &output, &error),
        CW_ERR_NOT_FOUND);
    assert_int_equal(error.status, CW_ERR_NOT_FOUND);
    assert_int_equal(cw_code_explain(*state, "5", CW_FORMAT_TEXT, NULL, &output, &error),
                     CW_ERR_CLOSED);
    assert_int_equal(cw_code_explain(*state, "5", CW_FORMAT_JSON, NULL, &output, &error),
                     CW_ERR_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_explanation_has_every_form_of_the_code),
        cmocka_unit_test(a_small_number_is_explained_as_a_device_problem_too),
        cmocka_unit_test(an_unknown_code_is_taken_apart),
        cmocka_unit_test(a_pasted_fragment_is_explained),
        cmocka_unit_test(the_json_form_is_one_object_a_line),
        cmocka_unit_test(the_causes_that_have_the_code_are_named),
        cmocka_unit_test(a_code_that_no_cause_has_names_none),
        cmocka_unit_test(what_can_not_be_explained_says_why),
    };
    return cmocka_run_group_tests(tests, load_small_pack, free_rules);
}
