/* What `rules check` finds beyond what loading does. */
#include "support/test.h"

#include "base/buf.h"
#include "rules/check.h"
#include "rules/usual.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define LINE(text) "2021-05-06 09:00:00, Info                  CBS    " text
#define SIGNAL(id, pattern, match)                                                                 \
    "{\"id\": \"" id "\", \"log\": \"cbs\", \"pattern\": \"" pattern                               \
    "\", \"match\": [\"" LINE(match) "\"], \"miss\": [\"" LINE("All is well here") "\"]}"
#define TEXTS(title)                                                                               \
    "\"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"R\", \"zh-CN\": \"R\"}, "     \
    "\"title\": " title ", \"explanation\": {\"en\": \"E\", \"zh-CN\": \"E\"}, \"actions\": "      \
    "[{\"kind\": \"check\", \"text\": {\"en\": \"A\", \"zh-CN\": \"A\"}}]"
#define BOTH "{\"en\": \"T\", \"zh-CN\": \"T\"}"
#define CAUSE(id, keys) "{\"id\": \"" id "\", " keys ", " TEXTS(BOTH) "}"
#define PACK(signals, causes)                                                                      \
    "{\"format\": 1, \"signals\": [" signals "], \"causes\": [" causes "]}"

#define ALPHA SIGNAL("s.alpha", "The alpha machine broke", "The alpha machine broke")
#define BRAVO SIGNAL("s.bravo", "The bravo machine broke", "The bravo machine broke")
#define USES_ALPHA "\"all\": [\"s.alpha\"]"
#define USES_BRAVO "\"all\": [\"s.bravo\"]"

static void take_problem(void *context, const struct cw_place *place, bool is_error,
                         const char *text)
{
    (void)place;
    (void)cw_buf_printf(context, "%s: %s\n", is_error ? "error" : "warning", text);
}

/* Loads, which must give no problem, and checks. */
static void assert_problems(const char *json, const char *expected)
{
    struct cw_rule_file file = {CW_STR("a.json"), cw_str_c(json)};
    struct cw_buf problems;
    cw_buf_init(&problems, 64 * 1024);
    struct cw_problem_sink sink = {take_problem, &problems};
    struct cw_rules *rules = NULL;
    size_t errors = 0;
    assert_int_equal(cw_rules_load(&file, 1, &sink, &rules, NULL, NULL), CW_OK);
    assert_string_equal(problems.data ? problems.data : "", "");
    assert_int_equal(cw_rules_check_pack(rules, &sink, &errors, NULL), CW_OK);
    assert_string_equal(problems.data ? problems.data : "", expected);
    assert_int_equal(errors > 0, cw_str_find(cw_str_c(expected), CW_STR("error: ")) != SIZE_MAX);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

struct row {
    const char *pack, *problems;
};

static void what_is_wrong_with_a_pack_is_said(void **state)
{
    static const struct row rows[] = {
        {PACK(ALPHA, CAUSE("c.one", USES_ALPHA)), ""},
        {PACK(ALPHA "," BRAVO, CAUSE("c.one", USES_ALPHA)),
         "warning: s.bravo: no cause uses this signal\n"},
        {PACK(ALPHA, CAUSE("c.one", USES_ALPHA ", \"none\": [\"s.alpha\"]")),
         "error: c.one never holds: it wants s.alpha and excludes it\n"},
        {PACK(ALPHA "," BRAVO,
              CAUSE("c.wide", USES_ALPHA ", \"explains\": [\"c.narrow\"]") "," CAUSE(
                  "c.narrow", "\"all\": [\"s.alpha\", \"s.bravo\"]")),
         "error: c.narrow is never the root: c.wide holds whenever it does, and explains it\n"},
        {PACK(ALPHA "," BRAVO,
              CAUSE("c.one", USES_ALPHA ", \"explains\": [\"c.two\"]") "," CAUSE(
                  "c.two", USES_BRAVO
                  ", \"explains\": [\"c.three\"]") "," CAUSE("c.three",
                                                             "\"any\": [\"s.alpha\", \"s.bravo\"], "
                                                             "\"code\": "
                                                             "[\"0x80070005\"], \"explains\": "
                                                             "[\"c.one\"]")),
         "error: c.one: what it explains explains it in the end\n"},
        {PACK(ALPHA "," SIGNAL("s.any", "machine broke down", "The alpha machine broke down"),
              CAUSE("c.one", USES_ALPHA) "," CAUSE("c.two", "\"all\": [\"s.any\"]")),
         "warning: s.alpha claims this sample of s.any, too, and no cause of one explains that of "
         "the other\n"},
        {PACK(ALPHA, "{\"id\": \"c.one\", " USES_ALPHA ", " TEXTS("{\"en\": \"T2\"}") "}"),
         "warning: c.one: the title has no \"zh-CN\"\n"},
        {PACK(SIGNAL("s.usual", "no parent found, go absent", "Appl: no parent found, go absent"),
              CAUSE("c.one", "\"all\": [\"s.usual\"]")),
         "error: s.usual: the literal \"no parent found, go absent\" stands in 2786 of 100,000 "
         "lines of a usual log\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_problems(rows[i].pack, rows[i].problems);
}

static void what_usual_lines_say_is_known(void **state)
{
    (void)state;
    assert_true(cw_usual_share(CW_STR("applicability for package")) > CW_USUAL_MOST);
    assert_true(cw_usual_share(CW_STR("[HRESULT = ")) > CW_USUAL_MOST);
    assert_int_equal(cw_usual_share(CW_STR("Rolling back KTM")), 0);
    /* The variable part of a line belongs to no literal. */
    assert_int_equal(cw_usual_share(CW_STR("opened: *.")), 0);
}

static void nothing_is_wrong_with_the_built_in_pack(void **state)
{
    struct cw_buf problems;
    cw_buf_init(&problems, 1024 * 1024);
    struct cw_problem_sink sink = {take_problem, &problems};
    struct cw_rules *rules = NULL;
    size_t errors = 0;
    (void)state;
    assert_int_equal(cw_rules_load_builtin(NULL, &rules, NULL, NULL), CW_OK);
    assert_int_equal(cw_rules_check_pack(rules, &sink, &errors, NULL), CW_OK);
    if (errors > 0)
        fail_msg("%s", problems.data);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_with_a_pack_is_said),
        cmocka_unit_test(what_usual_lines_say_is_known),
        cmocka_unit_test(nothing_is_wrong_with_the_built_in_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
