/* A pack added to another: what it adds, replaces and takes out. */
#include "support/rule_files.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define SIGNAL(id, pattern)                                                                        \
    "{\"id\": \"" id "\", \"log\": \"setupapi\", \"pattern\": \"" pattern "\", \"match\": "        \
    "[\"!!!  ndv: Watchdog expired after 30 seconds\"], \"miss\": [\"     ndv: Watchdog armed\"]}"
#define CAUSE(id)                                                                                  \
    "{\"id\": \"" id "\", \"all\": [\"s.one\"], \"confidence\": \"observed\", "                    \
    "\"confidence_reason\": {\"en\": \"r\"}, \"title\": {\"en\": \"t\"}, "                         \
    "\"explanation\": {\"en\": \"e\"}}"
#define PACK(signals, causes)                                                                      \
    "{\"format\": 1, \"signals\": [" signals "], \"causes\": [" causes "]}"
#define BASE PACK(SIGNAL("s.one", "^Watchdog expired"), CAUSE("c.one") "," CAUSE("c.two"))

static struct cw_rules *load_added(const char *base, const char *added, struct cw_buf *problems)
{
    const struct cw_rule_file files[] = {{CW_STR("base.json"), cw_str_c(base), false},
                                         {CW_STR("added.json"), cw_str_c(added), true}};
    return load_rule_files(files, 2, problems);
}

static void an_added_pack_adds_replaces_and_disables_by_id(void **state)
{
    struct cw_buf problems;
    struct cw_rules *rules =
        load_added(BASE,
                   "{\"format\": 1, \"disable\": [\"c.two\"], \"signals\": [" SIGNAL(
                       "s.one", "^Watchdog expired after") "], \"causes\": [" CAUSE("c.three") "]}",
                   &problems);
    (void)state;
    assert_int_equal(problems.len, 0);
    assert_int_equal(rules->signal_count, 1);
    assert_str(rules->signals[0].pattern, "^Watchdog expired after");
    assert_int_equal(rules->cause_count, 2);
    assert_non_null(cw_rules_cause(rules, CW_STR("c.one")));
    assert_non_null(cw_rules_cause(rules, CW_STR("c.three")));
    assert_ptr_equal(rules->causes[0].all[0], &rules->signals[0]);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

static void a_disabled_signal_is_not_looked_for(void **state)
{
    struct cw_buf problems;
    struct cw_rules *rules =
        load_added(BASE, "{\"format\": 1, \"disable\": [\"s.one\"]}", &problems);
    (void)state;
    assert_int_equal(problems.len, 0);
    assert_int_equal(rules->literal_count, 0);
    assert_int_equal(rules->cause_count, 2);
    cw_rules_free(rules);
    cw_buf_done(&problems);
}

static void what_an_added_pack_can_not_do_is_reported(void **state)
{
    static const struct {
        const char *base, *added, *problem;
    } rows[] = {
        {BASE, "{\"format\": 1, \"disable\": [\"c.six\"]}",
         "added.json:1:27: error: there is no rule \"c.six\" to disable\n"},
        {BASE, "{\"format\": 1, \"disable\": \"c.two\"}",
         "added.json:1:26: error: a list of strings is expected here\n"},
        {BASE, "{\"format\": 1, \"signals\": [" SIGNAL("c.one", "^Watchdog expired") "]}",
         "added.json:1:34: error: the id \"c.one\" is taken\n"},
        {"{\"format\": 1, \"disable\": [\"c.two\"]}", BASE,
         "base.json:1:15: error: only a pack that is added can disable rules\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cw_buf problems;
        struct cw_rules *rules = load_added(rows[i].base, rows[i].added, &problems);
        assert_string_equal(problems.data ? problems.data : "", rows[i].problem);
        cw_rules_free(rules);
        cw_buf_done(&problems);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_added_pack_adds_replaces_and_disables_by_id),
        cmocka_unit_test(a_disabled_signal_is_not_looked_for),
        cmocka_unit_test(what_an_added_pack_can_not_do_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
