/* What happens to a log on its way: every damage must leave the answer as it is. */
#include "support/test.h"

#include <stdio.h>

#include "support/damages.h"
#include "support/diagnosing.h"

enum { MOST = 1024 * 1024 };

static void put_str(struct cw_buf *out, struct cw_str text)
{
    assert_true(cw_buf_append(out, text));
}

static void put_text(struct cw_buf *out, const char *text)
{
    put_str(out, cw_str_c(text));
}

static struct cw_buf clean_log(const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "cases/driver-service-write-denied/%s", name);
    return read_fixture_file(path);
}

static bool has_diagnostic(const struct cw_report *report, const char *kind)
{
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        if (cw_str_eq(report->diagnostics[i].kind, cw_str_c(kind)))
            return true;
    }
    return false;
}

/* What must be the same whatever the damage. */
static void assert_same_answer(const struct cw_report *report, const char *name)
{
    static const char fingerprint[] = "15670fc5a06a5d81";
    if (report->finding_count == 0)
        fail_msg("%s: nothing was found", name);
    const struct cw_finding *finding = &report->findings[0];
    const struct cw_strings *kbs = &finding->entities.of[CW_ENTITY_KB];
    if (!cw_str_eq(finding->id, CW_STR("driver.service-write-denied")) ||
        !cw_str_eq(finding->fingerprint, cw_str_c(fingerprint)))
        fail_msg("%s: got %.*s %.*s", name, CW_STR_ARG(finding->id),
                 CW_STR_ARG(finding->fingerprint));
    if (kbs->count == 0 || !cw_str_eq(kbs->items[0], CW_STR("KB4534310")) ||
        finding->outcome.rolled_back != CW_YES)
        fail_msg("%s: the update, or that it was taken back, is lost", name);
    struct cw_civil last = cw_civil_from_time(finding->last_seen);
    if (finding->last_seen == CW_TIME_NONE || last.hour != 7 || last.minute != 48)
        fail_msg("%s: the time is lost", name);
    if (has_diagnostic(report, "damaged_excerpt") && finding->confidence == CW_CONFIDENCE_OBSERVED)
        fail_msg("%s: too sure", name);
}

static void no_damage_changes_the_answer(void **state)
{
    struct cw_buf cbs = clean_log("CBS.log");
    struct cw_buf setupapi = clean_log("setupapi.dev.log");
    for (size_t i = 0; i < damage_count; i++) {
        struct cw_buf damaged_cbs;
        struct cw_buf damaged_setupapi;
        cw_buf_init(&damaged_cbs, MOST);
        cw_buf_init(&damaged_setupapi, MOST);
        damage_log(&damages[i], cw_buf_str(&cbs), &damaged_cbs);
        damage_log(&damages[i], cw_buf_str(&setupapi), &damaged_setupapi);
        struct diagnosed diagnosed =
            diagnose_bytes(*state, cw_buf_str(&damaged_cbs), cw_buf_str(&damaged_setupapi));
        assert_same_answer(diagnosed.report, damages[i].name);
        free_diagnosed(&diagnosed);
        cw_buf_done(&damaged_cbs);
        cw_buf_done(&damaged_setupapi);
    }
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
}

static const struct damage *damage_named(const char *name)
{
    for (size_t i = 0; i < damage_count; i++) {
        if (strcmp(damages[i].name, name) == 0)
            return &damages[i];
    }
    fail_msg("no damage is called %s", name);
    return NULL;
}

/* What a mail or a chat does to what an editor, a terminal or a page did before. */
static void damage_twice(const char *first, const char *second, struct cw_str log,
                         struct cw_buf *out)
{
    struct cw_buf between;
    cw_buf_init(&between, MOST);
    cw_buf_init(out, MOST);
    damage_log(damage_named(first), log, &between);
    /* The end of the last line begins none. */
    damage_log(damage_named(second), cw_str_trim_end(cw_buf_str(&between)), out);
    cw_buf_done(&between);
}

static void damages_that_meet_do_not_change_it_either(void **state)
{
    static const char *const first[] = {
        "squeezed", "without indentation", "wrapped",    "cut by a terminal", "with empty lines",
        "coloured", "elided often",        "emphasised", "with hard blanks"};
    static const char *const second[] = {
        "quoted",        "quoted twice", "numbered",   "listed", "in a log of another program",
        "found by line", "in ticks",     "in a table", "fenced", "found by grep"};
    struct cw_buf cbs = clean_log("CBS.log");
    struct cw_buf setupapi = clean_log("setupapi.dev.log");
    for (size_t i = 0; i < sizeof(first) / sizeof(first[0]) * sizeof(second) / sizeof(second[0]);
         i++) {
        const char *inner = first[i % (sizeof(first) / sizeof(first[0]))];
        const char *outer = second[i / (sizeof(first) / sizeof(first[0]))];
        char name[128];
        struct cw_buf damaged_cbs;
        struct cw_buf damaged_setupapi;
        (void)snprintf(name, sizeof(name), "%s, %s", inner, outer);
        damage_twice(inner, outer, cw_buf_str(&cbs), &damaged_cbs);
        damage_twice(inner, outer, cw_buf_str(&setupapi), &damaged_setupapi);
        struct diagnosed diagnosed =
            diagnose_bytes(*state, cw_buf_str(&damaged_cbs), cw_buf_str(&damaged_setupapi));
        assert_same_answer(diagnosed.report, name);
        free_diagnosed(&diagnosed);
        cw_buf_done(&damaged_cbs);
        cw_buf_done(&damaged_setupapi);
    }
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
}

static void both_logs_in_one_text_give_the_same_answer(void **state)
{
    struct cw_buf cbs = clean_log("CBS.log");
    struct cw_buf setupapi = clean_log("setupapi.dev.log");
    for (size_t i = 0; i < damage_count; i++) {
        struct cw_buf text;
        cw_buf_init(&text, MOST);
        put_text(&text, "Good morning,\nthis is what the machine says:\n\n");
        damage_log(&damages[i], cw_buf_str(&cbs), &text);
        put_text(&text, "\nand below C:\\Windows\\INF there was this:\n\n");
        damage_log(&damages[i], cw_buf_str(&setupapi), &text);
        put_text(&text, "\nThank you!\n");
        struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&text), CW_STR_NONE);
        assert_same_answer(diagnosed.report, damages[i].name);
        assert_int_equal(diagnosed.report->source_count, 2);
        assert_true(has_diagnostic(diagnosed.report, "damaged_excerpt"));
        free_diagnosed(&diagnosed);
        cw_buf_done(&text);
    }
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
}

static void a_clean_log_is_not_called_damaged(void **state)
{
    struct cw_buf cbs = clean_log("CBS.log");
    struct cw_buf setupapi = clean_log("setupapi.dev.log");
    struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&cbs), cw_buf_str(&setupapi));
    assert_same_answer(diagnosed.report, "clean");
    assert_false(has_diagnostic(diagnosed.report, "damaged_excerpt"));
    assert_int_equal(diagnosed.report->findings[0].confidence, CW_CONFIDENCE_OBSERVED);
    free_diagnosed(&diagnosed);
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
}

static void the_damaged_lines_are_quoted_and_marked(void **state)
{
    struct cw_buf ticket = read_fixture_file("cases/damaged-excerpt/ticket.txt");
    struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&ticket), CW_STR_NONE);
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    const struct cw_chain_item *proof = &finding->chain[0];
    assert_str(proof->text, "!!!\nsto:             Failed to set Start Type. Error = 0x000000005");
    assert_int_equal(proof->last_line, proof->line + 1);
    assert_str(proof->note, "read from a damaged excerpt");
    assert_int_equal(finding->confidence, CW_CONFIDENCE_CONSISTENT);
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "i8042prt");
    assert_entity(&diagnosed, CW_ENTITY_INF, "keyboard.inf");
    free_diagnosed(&diagnosed);
    cw_buf_done(&ticket);
}

static void a_quoted_log_is_looked_at_a_second_time_too(void **state)
{
    static const char *const paths[] = {CW_FIXTURES "/logs/cbs-unknown-failure.log",
                                        CW_FIXTURES "/logs/cbs-quoted.log"};
    struct cw_diagnosis *diagnoses[2] = {NULL, NULL};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(cw_diagnosis_new(*state, &diagnoses[i], NULL), CW_OK);
        assert_int_equal(cw_diagnosis_add(diagnoses[i], paths[i], NULL), CW_OK);
        assert_int_equal(cw_diagnosis_finish(diagnoses[i], NULL), CW_OK);
    }
    const struct cw_report *clean = cw_diagnosis_report(diagnoses[0]);
    const struct cw_report *quoted_one = cw_diagnosis_report(diagnoses[1]);
    assert_int_equal(clean->finding_count, 1);
    assert_int_equal(quoted_one->finding_count, 1);
    const struct cw_chain_item *proof = &quoted_one->findings[0].chain[0];
    assert_int_equal(proof->line, clean->findings[0].chain[0].line);
    assert_true(cw_str_starts(proof->text, CW_STR("> ")));
    assert_true(cw_str_ends(proof->text, clean->findings[0].chain[0].text));
    cw_diagnosis_free(diagnoses[0]);
    cw_diagnosis_free(diagnoses[1]);
}

static void a_log_comes_before_an_excerpt_of_it(void **state)
{
    struct cw_buf cbs = clean_log("CBS.log");
    struct cw_buf setupapi = clean_log("setupapi.dev.log");
    struct cw_buf mail;
    cw_buf_init(&mail, MOST);
    put_text(&mail, "You wrote:\n\n");
    damage_log(&damages[0], cw_buf_str(&cbs), &mail);
    const struct named_log logs[] = {{"/nowhere/0.txt", cw_buf_str(&mail)},
                                     {CBS_NAME, cw_buf_str(&cbs)},
                                     {SETUPAPI_NAME, cw_buf_str(&setupapi)}};
    struct diagnosed diagnosed = diagnose_logs(*state, logs, 3);
    assert_str(diagnosed.report->findings[0].id, "driver.service-write-denied");
    assert_int_equal(diagnosed.report->findings[0].confidence, CW_CONFIDENCE_OBSERVED);
    free_diagnosed(&diagnosed);
    cw_buf_done(&mail);
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
}

/* Whatever is too large to be a paste is read as it is, from its beginning. */
/* The line that tells may be one of those that were lost. */
static void an_excerpt_never_proves_that_nothing_failed(void **state)
{
#define STARTS "2021-05-06 09:00:01, Info                  CBS    Exec: Processing started.\n"
#define ENDS "2021-05-06 09:00:02, Info                  CBS    Exec: Processing complete.\n"
    struct diagnosed quoted = diagnose(*state, "> " STARTS "> " ENDS, NULL);
    assert_int_equal(quoted.report->verdict, CW_VERDICT_UNKNOWN);
    assert_str(quoted.report->summary,
               "No failure found in a damaged excerpt; only the original logs could prove that "
               "there is none");
    free_diagnosed(&quoted);
    struct diagnosed plain = diagnose(*state, STARTS ENDS, NULL);
    assert_int_equal(plain.report->verdict, CW_VERDICT_NO_FAILURE);
    free_diagnosed(&plain);
}

static void a_large_log_is_read_although_it_begins_with_a_torn_line(void **state)
{
    static const char line[] =
        "2020-01-22 08:12:06, Info                  CBS    Appl: detect Parent, no news\n";
    struct cw_buf cbs = clean_log("CBS.log");
    struct cw_buf log;
    cw_buf_init(&log, 8 * MOST);
    put_text(&log, "2020-01-21 08:12:06, Info\n    CBS    Lines were torn here\n");
    while (log.len < 5 * MOST)
        put_text(&log, line);
    put_str(&log, cw_str_from(cw_buf_str(&cbs), 3));
    struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&log), CW_STR_NONE);
    const struct cw_report *report = diagnosed.report;
    assert_false(has_diagnostic(report, "damaged_excerpt"));
    assert_true(report->finding_count > 0);
    assert_true(report->sources[0].stats.lines > 5 * MOST / sizeof(line));
    assert_str(report->findings[0].id, "driver.operation-denied");
    free_diagnosed(&diagnosed);
    cw_buf_done(&log);
    cw_buf_done(&cbs);
}

/* The incident that started the project, as it came by mail; not part of the project. */
static void the_first_ticket_is_understood(void **state)
{
    char bytes[8192];
    FILE *file = fopen(CW_SHARED "/reference-case/excerpt/ticket.txt", "rb");
    if (!file)
        skip();
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    struct diagnosed diagnosed = diagnose_bytes(*state, (struct cw_str){bytes, size}, CW_STR_NONE);
    assert_findings(&diagnosed, "failure: driver.service-write-denied root_cause");
    assert_entity(&diagnosed, CW_ENTITY_INF, "cpu.inf");
    assert_entity(&diagnosed, CW_ENTITY_SERVICE, "AmdK8");
    assert_entity(&diagnosed, CW_ENTITY_KB, "KB4474419");
    assert_int_equal(diagnosed.report->findings[0].code, 0x80070005);
    assert_int_equal(diagnosed.report->findings[0].outcome.rolled_back, CW_YES);
    free_diagnosed(&diagnosed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_damage_changes_the_answer),
        cmocka_unit_test(damages_that_meet_do_not_change_it_either),
        cmocka_unit_test(both_logs_in_one_text_give_the_same_answer),
        cmocka_unit_test(a_clean_log_is_not_called_damaged),
        cmocka_unit_test(the_damaged_lines_are_quoted_and_marked),
        cmocka_unit_test(a_quoted_log_is_looked_at_a_second_time_too),
        cmocka_unit_test(a_log_comes_before_an_excerpt_of_it),
        cmocka_unit_test(an_excerpt_never_proves_that_nothing_failed),
        cmocka_unit_test(a_large_log_is_read_although_it_begins_with_a_torn_line),
        cmocka_unit_test(the_first_ticket_is_understood),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
