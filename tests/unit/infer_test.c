/* Which causes hold, and which of them is the root: with packs that are made for one question. */
#include "support/test.h"

#include <stdio.h>

#include "support/diagnosing.h"
#include "support/stories.h"

#define SIGNAL(id, log, pattern, match, miss)                                                      \
    "{\"id\": \"" id "\", \"log\": \"" log "\", \"pattern\": \"" pattern                           \
    "\", \"match\": [\"" match "\"], \"miss\": [\"" miss "\"]}"
#define HEAD "2021-05-06 09:00:00, Info                  CBS    "
#define CBS_SIGNAL(id, pattern, text) SIGNAL(id, "cbs", pattern, HEAD text, HEAD "nothing")
#define CAUSE(id, more)                                                                            \
    "{\"id\": \"" id "\", \"confidence\": \"observed\", \"confidence_reason\": {\"en\": \"r\"},"   \
    " \"title\": {\"en\": \"" id "\"}, \"explanation\": {\"en\": \"e\"}, " more "}"
#define PACK(signals, causes)                                                                      \
    "{\"format\": 1, \"signals\": [" signals "], \"causes\": [" causes "]}"

/* Three signals that need no literal of each other. */
#define SIGNALS                                                                                    \
    CBS_SIGNAL("s.one", "Alpha broke(?: (?<service>[a-z]+))?(?: with 0x[0-9a-f]+)?",               \
               "Alpha broke")                                                                      \
    ", " CBS_SIGNAL("s.two", "Bravo broke(?: (?<service>[a-z]+))?",                                \
                    "Bravo broke") ", " CBS_SIGNAL("s.three", "Charlie broke", "Charlie broke")

#define SAYS(text) LINE("2021-05-06", "09:01:00", text)
/* The run is under way when `lines` come. */
#define RUN(lines)                                                                                 \
    EXEC("2021-05-06", "31001_11", PACKAGE("KB5001111"))                                           \
    lines EXEC_ENDS("2021-05-06", "31001_11", PACKAGE("KB5001111"), "0x8007001f - x")              \
        FINALIZED("2021-05-06", "31001_11", "no", "0x8007001f - x")

static void assert_pack(const char *pack, const char *log, const char *expected)
{
    struct cw_rules *rules = load_pack(pack);
    assert_diagnosis(rules, log, NULL, expected);
    cw_rules_free(rules);
}

static void a_cause_holds_when_all_its_signals_were_seen(void **state)
{
    (void)state;
    static const char pack[] = PACK(SIGNALS, CAUSE("c.both", "\"all\": [\"s.one\", \"s.two\"]"));
    assert_pack(pack, RUN(SAYS("Alpha broke") SAYS("Bravo broke")), "failure: c.both root_cause");
    assert_pack(pack, RUN(SAYS("Bravo broke") SAYS("Alpha broke")), "failure: c.both root_cause");
    assert_pack(pack, RUN(SAYS("Bravo broke")), "failure: unexplained unexplained");
}

static void any_of_its_signals_is_enough_and_none_must_not_be_there(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.any", "\"any\": [\"s.one\", \"s.two\"], \"none\": [\"s.three\"]"));
    assert_pack(pack, RUN(SAYS("Alpha broke")), "failure: c.any root_cause");
    assert_pack(pack, RUN(SAYS("Bravo broke")), "failure: c.any root_cause");
    assert_pack(pack, RUN(SAYS("Bravo broke") SAYS("Charlie broke")),
                "failure: unexplained unexplained");
    assert_pack(pack, RUN(SAYS("Delta broke")), "failure: unexplained unexplained");
}

/* A driver can be installed and its device not start. */
static void a_section_that_ends_well_fails_by_what_a_signal_calls_a_failure(void **state)
{
    (void)state;
#define DEVICE_SIGNAL(more)                                                                        \
    "{\"id\": \"s.device\", \"log\": \"setupapi\", " more                                          \
    "\"pattern\": \"^Gizmo did not turn\", \"match\": [\"!!!  dvi: Gizmo did not turn\"], "        \
    "\"miss\": [\"     dvi: Gizmo turns\"]}"
    static const char device[] = CAUSE("c.device", "\"all\": [\"s.device\"]");
    static const char log[] = ">>>  [Device Install - USB\\VID_1]\n"
                              ">>>  Section start 2021/05/06 09:00:00.000\n"
                              "!!!  dvi:           Gizmo did not turn\n"
                              "<<<  Section end 2021/05/06 09:00:01.000\n"
                              "<<<  [Exit status: SUCCESS]\n";
    static const struct {
        const char *signal, *expected;
    } packs[] = {
        {DEVICE_SIGNAL("\"failure\": true, "), "failure: c.device root_cause"},
        {DEVICE_SIGNAL("\"failure\": false, "), "no_failure:"},
        {DEVICE_SIGNAL(""), "no_failure:"},
    };
    for (size_t i = 0; i < sizeof(packs) / sizeof(packs[0]); i++) {
        char pack[2048];
        (void)snprintf(pack, sizeof(pack), PACK("%s", "%s"), packs[i].signal, device);
        struct cw_rules *rules = load_pack(pack);
        assert_diagnosis(rules, NULL, log, packs[i].expected);
        cw_rules_free(rules);
    }
}

static void signals_may_have_to_come_in_order(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.then", "\"all\": [\"s.one\", \"s.two\"], \"ordered\": true"));
    assert_pack(pack, RUN(SAYS("Alpha broke") SAYS("Bravo broke")), "failure: c.then root_cause");
    assert_pack(pack, RUN(SAYS("Bravo broke") SAYS("Alpha broke")),
                "failure: unexplained unexplained");
    assert_pack(pack, RUN(SAYS("Bravo broke") SAYS("Alpha broke") SAYS("Bravo broke")),
                "failure: c.then root_cause");
}

static void entities_may_have_to_agree(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.same", "\"all\": [\"s.one\", \"s.two\"], \"agree\": [\"service\"]"));
    assert_pack(pack, RUN(SAYS("Alpha broke one") SAYS("Bravo broke one")),
                "failure: c.same root_cause");
    assert_pack(pack, RUN(SAYS("Alpha broke one") SAYS("Bravo broke two")),
                "failure: unexplained unexplained");
    assert_pack(pack, RUN(SAYS("Alpha broke one") SAYS("Bravo broke two") SAYS("Bravo broke one")),
                "failure: c.same root_cause");
    assert_pack(pack, RUN(SAYS("Alpha broke one") SAYS("Bravo broke")),
                "failure: c.same root_cause");
}

static void a_code_is_asked_for_in_any_spelling(void **state)
{
    (void)state;
    static const char pack[] =
        PACK("{\"id\": \"s.code\", \"log\": \"cbs\", \"pattern\": \"Alpha gave "
             "(?<number>0x[0-9a-f]+|[A-Z_]+)\", "
             "\"code\": \"number\", \"match\": [\"" HEAD "Alpha gave 0x1f\"], \"miss\": [\"" HEAD
             "Alpha gave up\"]}",
             CAUSE("c.five", "\"all\": [\"s.code\"], \"code\": [\"E_ACCESSDENIED\"]"));
    assert_pack(pack, RUN(SAYS("Alpha gave 0x80070005")), "failure: c.five root_cause");
    assert_pack(pack, RUN(SAYS("Alpha gave 0x00000005")), "failure: c.five root_cause");
    assert_pack(pack, RUN(SAYS("Alpha gave 0x5")), "failure: c.five root_cause");
    assert_pack(pack, RUN(SAYS("Alpha gave ERROR_ACCESS_DENIED")), "failure: c.five root_cause");
    assert_pack(pack, RUN(SAYS("Alpha gave 0x80070002")), "failure: unexplained unexplained");
    assert_pack(pack, RUN(SAYS("Alpha gave 0x80070002") SAYS("Alpha gave 0x80070005")),
                "failure: c.five root_cause");
}

static void the_root_is_what_no_other_cause_explains(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.wide", "\"all\": [\"s.one\"]") ", " CAUSE(
                          "c.deep", "\"all\": [\"s.two\"], \"explains\": [\"c.w*\"]"));
    assert_pack(pack, RUN(SAYS("Alpha broke") SAYS("Bravo broke")), "failure: c.deep root_cause");
    assert_pack(pack, RUN(SAYS("Alpha broke")), "failure: c.wide root_cause");
}

static void two_installers_have_each_their_reason(void **state)
{
    (void)state;
    static const char pack[] = PACK(
        CBS_SIGNAL("s.known", "Alpha broke (?<installer>[a-z]+) with a known",
                   "Alpha broke x with a known") ", " CBS_SIGNAL("s.any",
                                                                 "Bravo broke (?<installer>[a-z]+)",
                                                                 "Bravo broke x"),
        CAUSE("c.any", "\"all\": [\"s.any\"]") ", " CAUSE(
            "c.known", "\"all\": [\"s.known\"], \"explains\": [\"c.any\"]"));
    assert_pack(pack, RUN(SAYS("Bravo broke mof") SAYS("Alpha broke mof with a known")),
                "failure: c.known root_cause");
    assert_pack(pack, RUN(SAYS("Bravo broke ngen") SAYS("Alpha broke mof with a known")),
                "failure: c.known root_cause, c.any contributing");
}

static void causes_that_explain_each_other_leave_the_earliest(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.one", "\"all\": [\"s.one\"], \"explains\": [\"c.*\"]") ", " CAUSE(
                          "c.two", "\"all\": [\"s.two\"], \"explains\": [\"c.*\"]"));
    assert_pack(pack, RUN(SAYS("Bravo broke") SAYS("Alpha broke")),
                "failure: c.two root_cause, c.one contributing");
    assert_pack(pack, RUN(SAYS("Alpha broke") SAYS("Bravo broke")),
                "failure: c.one root_cause, c.two contributing");
}

static void a_symptom_is_never_the_root(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.sign", "\"role\": \"symptom\", \"all\": [\"s.one\"]") ", " CAUSE(
                          "c.why", "\"all\": [\"s.two\"]"));
    assert_pack(pack, RUN(SAYS("Alpha broke")), "failure: unexplained unexplained");
    assert_pack(pack, RUN(SAYS("Alpha broke") SAYS("Bravo broke")), "failure: c.why root_cause");
}

static void a_harmless_cause_explains_a_failure_away(void **state)
{
    (void)state;
    static const char pack[] =
        PACK(SIGNALS, CAUSE("c.known", "\"role\": \"harmless\", \"all\": [\"s.one\"]") ", " CAUSE(
                          "c.why", "\"all\": [\"s.two\"]"));
    assert_pack(pack, RUN(SAYS("Alpha broke")), "no_failure:");
    assert_pack(pack, RUN(SAYS("Alpha broke") SAYS("Bravo broke")), "failure: c.why root_cause");
}

static void a_signal_of_a_run_does_not_count_in_the_next(void **state)
{
    (void)state;
    static const char pack[] = PACK(SIGNALS, CAUSE("c.one", "\"all\": [\"s.one\"]"));
    struct cw_rules *rules = load_pack(pack);
    struct diagnosed diagnosed =
        diagnose(rules,
                 RUN(SAYS("Alpha broke")) SESSION_FAILS("2021-06-06", "31002_22",
                                                        PACKAGE("KB5002222"), "0x80070002 - x"),
                 NULL);
    assert_findings(&diagnosed, "failure: unexplained unexplained, c.one root_cause");
    free_diagnosed(&diagnosed);
    cw_rules_free(rules);
}

/* --- patterns that run wild ---------------------------------------------------------------- */

/* Its number of steps doubles with each letter. */
#define WILD_TEXT "Echo broke aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"

static void assert_stopped(const struct cw_diagnostic *diagnostic, const char *id, size_t count)
{
    assert_str(diagnostic->kind, "rule_stopped");
    assert_str(diagnostic->path, CBS_NAME);
    assert_true(cw_str_find(diagnostic->text, cw_str_c(id)) != SIZE_MAX);
    assert_int_equal(diagnostic->count, count);
    assert_int_equal(diagnostic->line, 2);
}

static void a_wild_pattern_stops_only_itself_and_is_named(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(
        PACK(CBS_SIGNAL("s.wild", "Echo broke (?:a|a)*(?:a|a)*b", "Echo broke aab") ", " CBS_SIGNAL(
                 "s.wilder", "cho broke (?:a|a)*(?:a|a)*k", "cho broke aak") ", " SIGNALS,
             CAUSE("c.wild", "\"all\": [\"s.wild\"]") ", " CAUSE("c.one", "\"all\": [\"s.one\"]")));
    struct diagnosed diagnosed =
        diagnose(rules, RUN(SAYS(WILD_TEXT) SAYS(WILD_TEXT) SAYS("Alpha broke")), NULL);
    assert_findings(&diagnosed, "failure: c.one root_cause");
    assert_int_equal(diagnosed.report->diagnostic_count, 2);
    assert_stopped(&diagnosed.report->diagnostics[0], "s.wild'", 2);
    assert_stopped(&diagnosed.report->diagnostics[1], "s.wilder'", 2);
    free_diagnosed(&diagnosed);
    cw_rules_free(rules);
}

static void a_tame_match_of_the_same_pattern_still_counts(void **state)
{
    (void)state;
    assert_pack(PACK(CBS_SIGNAL("s.wild", "Echo broke (?:a|a)*(?:a|a)*b", "Echo broke aab"),
                     CAUSE("c.wild", "\"all\": [\"s.wild\"]")),
                RUN(SAYS(WILD_TEXT) SAYS("Echo broke ab")), "failure: c.wild root_cause");
}

/* --- records that Windows cut -------------------------------------------------------------- */

static void a_signal_is_seen_although_its_text_was_cut_in_two(void **state)
{
    (void)state;
    enum { CUT = 2048 };
    struct cw_rules *rules = load_pack(
        PACK(CBS_SIGNAL("s.one", "Alpha broke (?<service>[a-z]+)", "Alpha broke x") ", " CBS_SIGNAL(
                 "s.two", "Performing operations", "Performing operations"),
             CAUSE("c.one", "\"all\": [\"s.one\", \"s.two\"]")));
    struct cw_buf log;
    cw_buf_init(&log, 10000);
    (void)cw_buf_append(&log, CW_STR(EXEC("2021-05-06", "31001_11", "")));
    (void)cw_buf_append(&log, CW_STR("2021-05-06 09:01:00, Info                  CSI    "));
    size_t payload = log.len;
    (void)cw_buf_append(&log, CW_STR("0000000e Performing operations "));
    while (log.len - payload < CUT - 7)
        (void)cw_buf_char(&log, 'x');
    (void)cw_buf_append(&log, CW_STR("Alpha b\r\n2021-05-06 09:01:00, Info                  CSI    "
                                     "roke print\r\n"));
    (void)cw_buf_append(&log, CW_STR(FINALIZED("2021-05-06", "31001_11", "no", "0x8007001f - x")));
    struct diagnosed diagnosed = diagnose_bytes(rules, cw_buf_str(&log), CW_STR_NONE);
    assert_findings(&diagnosed, "failure: c.one root_cause");
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "print");
    free_diagnosed(&diagnosed);
    cw_buf_done(&log);
    cw_rules_free(rules);
}

/* --- what a finding takes from its matches ------------------------------------------------- */

static void captures_become_entities_and_text(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(PACK(
        SIGNALS, "{\"id\": \"c.one\", \"all\": [\"s.one\"], \"confidence\": \"possible\", "
                 "\"confidence_reason\": {\"en\": \"r\"}, \"title\": {\"en\": \"${service} gave "
                 "${code} to ${inf}\"}, \"explanation\": {\"en\": \"e\"}, \"entities\": "
                 "{\"registry_key\": [\"HKLM\\\\${service}\"]}, \"allowlist\": {\"file\": "
                 "[\"${file}\"]}}"));
    struct diagnosed diagnosed =
        diagnose(rules, RUN(SAYS("Alpha broke print with [HRESULT = 0x80070005]")), NULL);
    assert_findings(&diagnosed, "failure: c.one root_cause");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_str(finding->title, "print gave 0x80070005 to (unknown)");
    assert_int_equal(finding->confidence, CW_CONFIDENCE_POSSIBLE);
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "print");
    assert_entity(&diagnosed, CW_ENTITY_REGISTRY_KEY, "HKLM\\print");
    assert_int_equal(finding->allowlist.file.count, 0);
    free_diagnosed(&diagnosed);
    cw_rules_free(rules);
}

static void the_entities_of_all_matches_are_gathered_where_the_cause_asks_for_it(void **state)
{
    (void)state;
    static const struct {
        const char *pack, *services;
    } cases[] = {
        {PACK(SIGNALS, CAUSE("c.one", "\"any\": [\"s.one\", \"s.two\"]")), "spooler"},
        {PACK(SIGNALS, CAUSE("c.one", "\"any\": [\"s.one\", \"s.two\"], \"gather\": true")),
         "spooler, dhcp, netman"},
        {PACK(SIGNALS, CAUSE("c.one", "\"any\": [\"s.one\"], \"gather\": true")),
         "spooler, netman"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_rules *rules = load_pack(cases[i].pack);
        struct diagnosed diagnosed = diagnose(
            rules,
            RUN(SAYS("Alpha broke spooler") SAYS("Bravo broke dhcp") SAYS("Alpha broke netman")),
            NULL);
        assert_entity(&diagnosed, CW_ENTITY_SERVICE, cases[i].services);
        free_diagnosed(&diagnosed);
        cw_rules_free(rules);
    }
}

static void the_run_is_known_by_the_code_it_ended_with_and_the_cause_has_its_own(void **state)
{
    (void)state;
    struct cw_rules *rules = load_pack(PACK(SIGNALS, CAUSE("c.one", "\"any\": [\"s.one\"]")));
    struct diagnosed diagnosed = diagnose(rules, RUN(SAYS("Alpha broke with 0x80070005")), NULL);
    assert_int_equal(diagnosed.report->findings[0].code, 0x80070005);
    assert_int_equal(diagnosed.report->findings[0].reported_code, 0x8007001f);
    free_diagnosed(&diagnosed);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_run_is_known_by_the_code_it_ended_with_and_the_cause_has_its_own),
        cmocka_unit_test(the_entities_of_all_matches_are_gathered_where_the_cause_asks_for_it),
        cmocka_unit_test(a_cause_holds_when_all_its_signals_were_seen),
        cmocka_unit_test(any_of_its_signals_is_enough_and_none_must_not_be_there),
        cmocka_unit_test(a_section_that_ends_well_fails_by_what_a_signal_calls_a_failure),
        cmocka_unit_test(signals_may_have_to_come_in_order),
        cmocka_unit_test(entities_may_have_to_agree),
        cmocka_unit_test(a_code_is_asked_for_in_any_spelling),
        cmocka_unit_test(the_root_is_what_no_other_cause_explains),
        cmocka_unit_test(two_installers_have_each_their_reason),
        cmocka_unit_test(causes_that_explain_each_other_leave_the_earliest),
        cmocka_unit_test(a_symptom_is_never_the_root),
        cmocka_unit_test(a_harmless_cause_explains_a_failure_away),
        cmocka_unit_test(a_signal_of_a_run_does_not_count_in_the_next),
        cmocka_unit_test(a_wild_pattern_stops_only_itself_and_is_named),
        cmocka_unit_test(a_tame_match_of_the_same_pattern_still_counts),
        cmocka_unit_test(a_signal_is_seen_although_its_text_was_cut_in_two),
        cmocka_unit_test(captures_become_entities_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
