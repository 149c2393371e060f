/* Rules about refused writes: what asks to be weighed, and the knowledge that the weighing uses. */
#include "support/rule_files.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define PACK(cause)                                                                                \
    "{\"format\": 1, \"signals\": [{\"id\": \"s.one\", \"log\": \"setupapi\", "                    \
    "\"pattern\": \"^Watchdog expired\", \"match\": [\"!!!  ndv: Watchdog expired\"], "            \
    "\"miss\": [\"     ndv: Watchdog armed\"]}],\n\"causes\": [{\"id\": \"c.one\", "               \
    "\"all\": [\"s.one\"], \"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"r\"}, " \
    "\"title\": {\"en\": \"t\"}, \"explanation\": {\"en\": \"e\"}, " cause "}]}"
#define HYPOTHESIS(more)                                                                           \
    "{\"statement\": {\"en\": \"s\"}, \"confidence\": \"consistent\", "                            \
    "\"reason\": {\"en\": \"r\"}, \"settle\": []" more "}"
#define WEIGHED HYPOTHESIS(", \"weigh\": \"interference\"")

static void only_refusals_are_weighed_and_only_once(void **state)
{
    static const char not_denied[] = "\"weigh\": \"interference\" wants a \"code\" that lists "
                                     "nothing but access denied";
    static const struct {
        const char *pack, *problem;
    } rows[] = {
        {PACK("\"code\": [\"0x80070005\", \"STATUS_ACCESS_DENIED\"], "
              "\"hypotheses\": [" HYPOTHESIS("") ", " WEIGHED "]"),
         ""},
        {PACK("\"code\": [\"5\", \"0x80070020\"], \"hypotheses\": [" WEIGHED "]"), not_denied},
        {PACK("\"hypotheses\": [" WEIGHED "]"), not_denied},
        {PACK("\"code\": [\"5\"], \"hypotheses\": [" WEIGHED ", " WEIGHED "]"),
         "only one hypothesis can have \"weigh\": \"interference\""},
        {PACK("\"code\": [\"5\"], \"hypotheses\": [" HYPOTHESIS(", \"weigh\": \"luck\"") "]"),
         "unknown weighing \"luck\"; known: interference"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cw_buf problems;
        struct cw_rules *rules = load_rule_texts(&rows[i].pack, 1, &problems);
        struct cw_str told = cw_buf_str(&problems);
        assert_int_equal(told.len > 0, rows[i].problem[0] != '\0');
        assert_true(told.len == 0 || cw_str_starts(told, CW_STR("a.json:2:")));
        assert_true(cw_str_find(told, cw_str_c(rows[i].problem)) != SIZE_MAX || told.len == 0);
        const struct cw_cause *cause = cw_rules_cause(rules, CW_STR("c.one"));
        assert_int_equal(cause != NULL, problems.len == 0);
        if (cause)
            assert_ptr_equal(cw_cause_weighed(cause, CW_WEIGH_INTERFERENCE), &cause->hypotheses[1]);
        cw_rules_free(rules);
        cw_buf_done(&problems);
    }
}

static void classes_and_steps_are_knowledge_of_several_files(void **state)
{
    static const char *const texts[] = {
        "{\"format\": 1, \"knowledge\": {\"driver_class\": [{\"name\": \"Guards\", \"kind\": "
        "\"filter\", \"guid\": \"{0AB1}\"}]}}",
        "{\"format\": 1, \"knowledge\": {\"driver_class\": [{\"name\": \"Lamps\", \"kind\": "
        "\"device\", \"guid\": \"{0ab2}\"}], \"interference\": {\"named\": [], \"offline\": [], "
        "\"unnamed\": [{\"kind\": \"check\", \"text\": {\"en\": \"Look around\"}}]}}}",
    };
    struct cw_buf problems;
    struct cw_rules *rules = load_rule_texts(texts, COUNT(texts), &problems);
    (void)state;
    assert_int_equal(problems.len, 0);
    assert_str(cw_rules_class(rules, CW_STR("{0ab1}"))->name, "Guards");
    assert_int_equal(cw_rules_class(rules, CW_STR("{0AB2}"))->kind, CW_CLASS_DEVICE);
    assert_null(cw_rules_class(rules, CW_STR("{0ab3}")));
    assert_int_equal(rules->interference.unnamed_count, 1);
    assert_str(rules->interference.unnamed[0].text, "Look around");
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

/* Each refusal of the built-in pack that suspects another vendor's driver asks to be weighed. */
static void the_built_in_pack_has_steps_for_every_outcome(void **state)
{
    struct cw_rules *rules = NULL;
    struct cw_error error = {0};
    size_t weighed = 0;
    (void)state;
    assert_int_equal(cw_rules_open_builtin(&rules, &error), CW_OK);
    assert_true(rules->interference.named_count > 0);
    assert_true(rules->interference.unnamed_count > 0);
    assert_true(rules->interference.offline_count > 0);
    for (size_t i = 0; i < rules->cause_count; i++)
        weighed += cw_cause_weighed(&rules->causes[i], CW_WEIGH_INTERFERENCE) != NULL;
    assert_int_equal(weighed, 9);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_refusals_are_weighed_and_only_once),
        cmocka_unit_test(classes_and_steps_are_knowledge_of_several_files),
        cmocka_unit_test(the_built_in_pack_has_steps_for_every_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
