/* Failures that no rule knows: what their fingerprint depends on, and what not. */
#include "support/test.h"

#include <stdio.h>

#include "diagnose/fingerprint.h"
#include "support/diagnosing.h"
#include "support/stories.h"
#include "support/temp_folder.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct cw_rules *rules;

static void the_words_of_a_line_stay_and_what_differs_goes(void **state)
{
    static const struct {
        const char *line, *shape;
    } rows[] = {
        {"Failed to gather all required files. [HRESULT = 0x80070002 - ERROR_FILE_NOT_FOUND]",
         "failed to gather all required files. "},
        {"Exec: Staging Package: Package_9_for_KB4467702~31bf3856ad364e35~amd64~~17134.407.1.11, "
         "Update: 4467702-33_neutral_GDR",
         "exec staging package update "},
        {"Failed to spool file: "
         "amd64_contoso-spooler_31bf3856ad364e35_10.0.17134.407_none_11aa22bb33cc44dd\\spooler.dll",
         "failed to spool file contoso-spooler "},
        {"(F) STATUS_OBJECT_NAME_NOT_FOUND #9# from Windows::Rtl::CKey::Open(h = 7c0 ('\\R\\M'))",
         "from windows rtl ckey open "},
        {"Begin executing advanced installer phase 39 index 11 (sequence 51)",
         "begin executing advanced installer phase index sequence "},
        {"Could not copy 'C:\\Windows\\a.sys' to D:\\b [l:3]'x' [[nested] text] end",
         "could not copy to end "},
        {"]]]] [open to the end", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cw_buf shape;
        cw_buf_init(&shape, 4096);
        cw_fingerprint_shape(&shape, cw_str_c(rows[i].line));
        (void)cw_buf_char(&shape, '\0');
        assert_string_equal(shape.data, rows[i].shape);
        cw_buf_done(&shape);
    }
}

#define FAILS(day, session, package, line)                                                         \
    EXEC(day, session, package)                                                                    \
    LINE(day, "09:00:02", line " [HRESULT = 0x8abc0001]")                                          \
    EXEC_ENDS(day, session, package, "0x8abc0001")                                                 \
    FINALIZED(day, session, "no", "0x8abc0001")

static struct cw_str fingerprint_of(void **state, const char *log, char text[24])
{
    temp_file(state, "CBS.log", cw_str_c(log));
    struct diagnosed diagnosed = diagnose_file(rules, temp_path(state, "CBS.log").text);
    assert_findings(&diagnosed, "failure: unexplained unexplained");
    (void)snprintf(text, 24, "%s", diagnosed.report->findings[0].fingerprint.ptr);
    free_diagnosed(&diagnosed);
    return cw_str_c(text);
}

static void an_unknown_failure_is_told_by_its_first_line_and_not_by_its_machine(void **state)
{
    static const struct {
        const char *log;
        bool same;
    } rows[] = {
        {FAILS("2023-01-10", "2_7", PACKAGE("KB9"), "Could not weigh part 12 of C:\\a\\b.cab"),
         true},
        {FAILS("2021-05-06", "1_1", PACKAGE("KB1"), "Could not count part 12 of C:\\x.cab"), false},
    };
    char first[24];
    (void)fingerprint_of(
        state, FAILS("2021-05-06", "1_1", PACKAGE("KB1"), "Could not weigh part 7 of D:\\x.cab"),
        first);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char other[24];
        assert_int_equal(cw_str_eq(cw_str_c(first), fingerprint_of(state, rows[i].log, other)),
                         rows[i].same);
    }
}

static int set_up(void **state)
{
    void *loaded = NULL;
    if (load_builtin_rules(&loaded) != 0)
        return -1;
    rules = loaded;
    return temp_folder_make(state);
}

static int tear_down(void **state)
{
    cw_rules_free(rules);
    return temp_folder_remove(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_of_a_line_stay_and_what_differs_goes),
        cmocka_unit_test(an_unknown_failure_is_told_by_its_first_line_and_not_by_its_machine),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
