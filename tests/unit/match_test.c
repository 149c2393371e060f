#include "support/test.h"

#include <stdio.h>

#include "base/buf.h"
#include "cbswhy/status.h"
#include "rules/load.h"
#include "rules/match.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One signal, and a matcher for it. */
struct fixture {
    struct cw_rules *rules;
    struct cw_matcher *matcher;
};

/* `keys` is the JSON of the signal but for id and samples; the sample holds what any pattern here
 * needs. Nobody listens to problems, so patterns are not compiled before they are needed. */
static struct fixture fixture(const char *keys)
{
    struct fixture fixture = {NULL, NULL};
    struct cw_buf text;
    size_t errors = 0;
    cw_buf_init(&text, 10000);
    assert_true(cw_buf_printf(&text,
                              "{\"format\": 1, \"signals\": [{\"id\": \"pump\", "
                              "\"match\": [[\"the pump stands\", \"the pump runs\", \"the pump "
                              "failed:\"]], \"miss\": [\"x\"], %s}]}",
                              keys));
    struct cw_rule_file file = {.name = CW_STR("pump.json"), .bytes = cw_buf_str(&text)};
    assert_int_equal(cw_rules_load(&file, 1, NULL, &fixture.rules, &errors, NULL), CW_OK);
    assert_int_equal(errors, 0);
    assert_int_equal(cw_matcher_new(fixture.rules, &fixture.matcher, NULL), CW_OK);
    cw_buf_done(&text);
    return fixture;
}

static void release(struct fixture *fixture)
{
    cw_matcher_free(fixture->matcher);
    cw_rules_free(fixture->rules);
}

static int test_event(const struct fixture *fixture, const struct cw_event *event,
                      struct cw_match *ret_match)
{
    struct cw_error error = {0};
    return cw_matcher_test(fixture->matcher, fixture->rules->signals, event, ret_match, &error);
}

static const struct cw_operation operations[] = {
    {.name = {"Start House", 11}},
    {.name = {"Start Pump", 10}},
};

static struct cw_event setupapi_event(const char *text)
{
    return (struct cw_event){
        .log = CW_LOG_SETUPAPI,
        .kind = CW_EVENT_MESSAGE,
        .level = CW_LEVEL_ERROR,
        .component = CW_STR("ndv"),
        .text = cw_str_c(text),
        .code = 0x80070002,
        .code_written = CW_STR("0x2"),
        .scope = {.in_section = true,
                  .title = CW_STR("Install House"),
                  .operations = operations,
                  .depth = COUNT(operations)},
    };
}

#define PATTERN "\"pattern\": \"^the pump \""

static void test_every_field_of_a_signal_must_fit(void **state)
{
    static const struct {
        const char *keys;
        int found;
    } rows[] = {
        {"\"log\": \"setupapi\", " PATTERN, 1},
        {"\"log\": \"cbs\", " PATTERN, 0},
        {"\"log\": \"setupapi\", \"component\": \"ndv\", " PATTERN, 1},
        {"\"log\": \"setupapi\", \"component\": [\"sto\", \"ndv\"], " PATTERN, 1},
        {"\"log\": \"setupapi\", \"component\": \"sto\", " PATTERN, 0},
        {"\"log\": \"setupapi\", \"level\": \"error\", " PATTERN, 1},
        {"\"log\": \"setupapi\", \"level\": [\"info\", \"warning\"], " PATTERN, 0},
        {"\"log\": \"setupapi\", \"event\": \"message\", " PATTERN, 1},
        {"\"log\": \"setupapi\", \"event\": [\"open\", \"close\"], " PATTERN, 0},
        {"\"log\": \"setupapi\", \"operation\": \"Start Pump\", " PATTERN, 1},
        {"\"log\": \"setupapi\", \"operation\": \"Start House\", " PATTERN, 0},
        {"\"log\": \"setupapi\", \"within\": \"Start House\", " PATTERN, 1},
        {"\"log\": \"setupapi\", \"within\": \"Start Lamp\", " PATTERN, 0},
        {"\"log\": \"setupapi\", \"section\": \"Install House\", " PATTERN, 1},
        {"\"log\": \"setupapi\", \"section\": \"Install\", " PATTERN, 0},
        {"\"log\": \"setupapi\", \"pattern\": \"^the pump stands\"", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture pump = fixture(rows[i].keys);
        struct cw_event event = setupapi_event("the pump runs");
        struct cw_match match;
        if (test_event(&pump, &event, &match) != rows[i].found)
            fail_msg("%s: expected %d", rows[i].keys, rows[i].found);
        release(&pump);
    }
}

static void test_without_open_operations_none_is_the_innermost(void **state)
{
    struct fixture pump = fixture("\"log\": \"setupapi\", \"operation\": \"Start Pump\", " PATTERN);
    struct cw_event event = setupapi_event("the pump runs");
    struct cw_match match;
    (void)state;
    event.scope.depth = 0;
    assert_int_equal(test_event(&pump, &event, &match), 0);
    release(&pump);
}

static void test_captures_that_took_part_are_given_by_name(void **state)
{
    struct fixture pump = fixture("\"log\": \"setupapi\", \"pattern\": "
                                  "\"^the pump (?<service>\\\\w+)(?: of (?<device>\\\\w+))? "
                                  "(is|was) (?<file>\\\\w*)$\"");
    struct cw_event event = setupapi_event("the pump P7 is gone");
    struct cw_match match;
    (void)state;
    assert_int_equal(test_event(&pump, &event, &match), 1);
    assert_int_equal(match.capture_count, 2);
    assert_str(match.captures[0].name, "file");
    assert_str(match.captures[0].value, "gone");
    assert_str(match.captures[1].name, "service");
    assert_str(match.captures[1].value, "P7");
    assert_ptr_equal(match.captures[1].value.ptr, event.text.ptr + 9);
    release(&pump);
}

static void test_a_captured_code_is_read_in_its_form(void **state)
{
    static const struct {
        const char *log, *form, *text;
        uint32_t code;
    } rows[] = {
        {"setupapi", "setupapi", "the pump failed: 0x00000005", 0x80070005},
        {"setupapi", "setupapi", "the pump failed: 00000010", 0x80070010},
        {"setupapi", "setupapi", "the pump failed: 0xe0000247", 0xe0000247},
        {"setupapi", "win32", "the pump failed: 10", 0x8007000a},
        {"setupapi", "win32", "the pump failed: 0x10", 0x80070010},
        {"setupapi", "win32", "the pump failed: 5", 0x80070005},
        {"setupapi", "win32", "the pump failed: -536870656", 0xe0000100},
        {"setupapi", "win32", "the pump failed: -2147024891", 0x80070005},
        {"setupapi", "win32", "the pump failed: 3758096640", 0xe0000100},
        {"setupapi", "hresult", "the pump failed: 80070003", 0x80070003},
        {"setupapi", "hresult", "the pump failed: -2147024891", 0x80070005},
        {"setupapi", "hresult", "the pump failed: E_ACCESSDENIED", 0x80070005},
        {"setupapi", "hresult", "the pump failed: nobody", CW_CODE_NONE},
        {"setupapi", "hresult", "the pump failed:", 0x80070002},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char keys[300];
        (void)snprintf(keys, sizeof(keys),
                       "\"log\": \"%s\", \"code\": \"code\", \"code_form\": \"%s\", \"pattern\": "
                       "\"^the pump failed:(?: (?<code>\\\\S+))?\"",
                       rows[i].log, rows[i].form);
        struct fixture pump = fixture(keys);
        struct cw_event event = setupapi_event(rows[i].text);
        struct cw_match match;
        assert_int_equal(test_event(&pump, &event, &match), 1);
        if (match.code != rows[i].code)
            fail_msg("%s gives 0x%08x", rows[i].text, match.code);
        release(&pump);
    }
}

static void test_without_a_code_capture_the_code_of_the_event_counts(void **state)
{
    struct fixture pump = fixture("\"log\": \"setupapi\", " PATTERN);
    struct cw_event event = setupapi_event("the pump failed: 5");
    struct cw_match match;
    (void)state;
    assert_int_equal(test_event(&pump, &event, &match), 1);
    assert_int_equal(match.code, 0x80070002);
    assert_str(match.code_written, "0x2");
    release(&pump);
}

static void test_bytes_are_bytes_and_the_text_is_one_string(void **state)
{
    static const struct {
        const char *pattern, *text;
        int found;
    } rows[] = {
        {"the pump .runs", "the pump \xFFruns", 1},
        {"the pump .runs", "the pump \xC3\xA9runs", 0},
        {"the pump runs$", "the pump runs\n", 1},
        {"the pump runs$", "the pump runs\nand runs", 0},
        {"^the pump ", "first line\nthe pump ", 0},
        {"the pump .+ runs", "the pump \n runs", 0},
        {"the pump ", "", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char keys[200];
        (void)snprintf(keys, sizeof(keys), "\"log\": \"setupapi\", \"pattern\": \"%s\"",
                       rows[i].pattern);
        struct fixture pump = fixture(keys);
        struct cw_event event = setupapi_event(rows[i].text);
        struct cw_match match;
        if (test_event(&pump, &event, &match) != rows[i].found)
            fail_msg("%s on row %zu: expected %d", rows[i].pattern, i, rows[i].found);
        release(&pump);
    }
}

/* The pattern needs time exponential in the length of the text to find that it does not match. */
static void test_a_pattern_that_runs_wild_meets_a_limit(void **state)
{
    struct fixture pump =
        fixture("\"log\": \"setupapi\", \"pattern\": \"^the pump (?:a|aa|a(?=a))+[bx]\"");
    struct cw_event event =
        setupapi_event("the pump aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac");
    struct cw_match match = {.code = 7};
    (void)state;
    /* often enough to have been compiled to machine code on the way */
    for (int i = 0; i < 70; i++)
        assert_int_equal(test_event(&pump, &event, &match), CW_ERR_LIMIT);
    assert_int_equal(match.code, 7);
    release(&pump);
}

static void test_a_pattern_that_does_not_compile_is_invalid_at_its_first_candidate(void **state)
{
    struct fixture pump = fixture("\"log\": \"setupapi\", \"pattern\": \"the pump [z-a]\"");
    struct cw_event event = setupapi_event("the pump runs");
    struct cw_match match;
    size_t offset = 0;
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(test_event(&pump, &event, &match), CW_ERR_INVALID);
    assert_int_equal(cw_signal_compile(pump.rules->signals, &offset, &error), CW_ERR_INVALID);
    assert_int_equal(offset, 12);
    assert_string_equal(error.text, "range out of order in character class");
    release(&pump);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_field_of_a_signal_must_fit),
        cmocka_unit_test(test_without_open_operations_none_is_the_innermost),
        cmocka_unit_test(test_captures_that_took_part_are_given_by_name),
        cmocka_unit_test(test_a_captured_code_is_read_in_its_form),
        cmocka_unit_test(test_without_a_code_capture_the_code_of_the_event_counts),
        cmocka_unit_test(test_bytes_are_bytes_and_the_text_is_one_string),
        cmocka_unit_test(test_a_pattern_that_runs_wild_meets_a_limit),
        cmocka_unit_test(test_a_pattern_that_does_not_compile_is_invalid_at_its_first_candidate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
