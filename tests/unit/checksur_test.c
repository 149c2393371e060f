/* CheckSUR.log: checks, what they found, and what of it they repaired. */
#include "support/test.h"

#include "support/text_events.h"

#define CHECK(date)                                                                                \
    "=================================\n"                                                          \
    "Checking System Update Readiness.\n"                                                          \
    "Binary Version 6.1.7601.24499\n"                                                              \
    "Package Version 26.0\n" date "\n\n"
#define PACKAGE(number) "Package_" number "_for_KB4343900~31bf3856ad364e35~amd64~~6.1.1.2"
#define COMPONENT "amd64_microsoft-windows-x_31bf3856ad364e35_6.1.7601.17514_none_0a1b2c3d4e5f6071"
#define MISSING(number)                                                                            \
    "(f)\tCBS MUM Missing\t0x00000002\tservicing\\Packages\\" PACKAGE(number) ".mum\t\t\n"
#define REPAIR(number)                                                                             \
    "(fix)\tCBS MUM Missing\tCBS File Replaced\t" PACKAGE(number) ".mum from Cabinet: x.cab.\n"
#define RESULT(counts) "\nSummary:\nSeconds executed: 240\n" counts

static void a_check_begins_with_its_title_and_gets_the_time_below_it(void **state)
{
    (void)state;
    assert_text_events(&cw_format_checksur, CHECK("2019-03-14 09:26") "Checking Packages\n",
                       "1-1||info||-||=================================\n"
                       "2-2||info||begin||Checking System Update "
                       "Readiness.\n"
                       "3-3||info||-||Binary Version 6.1.7601.24499\n"
                       "4-4||info||-||Package Version 26.0\n"
                       "5-5|2019-03-14T09:26:00|info||detail||2019-03-14 09:26\n"
                       "7-7||info||-||Checking Packages\n");
}

static void a_finding_without_a_repair_is_a_failure(void **state)
{
    (void)state;
    assert_text_events(&cw_format_checksur, MISSING("1") "Checking Packages\n",
                       "1-1||error||failure package=" PACKAGE(
                           "1") "|0x80070002|"
                                "(f)\tCBS MUM Missing\t0x00000002\tservicing\\Packages\\" PACKAGE(
                                    "1") ".mum\n"
                                         "2-2||info||-||Checking Packages\n");
    assert_text_marks(&cw_format_checksur, MISSING("1") REPAIR("1"), "");
    assert_text_marks(&cw_format_checksur, MISSING("1") "(fix)\tCBS Paired File\tReplaced\n",
                      "1 failure package=" PACKAGE("1") " 0x80070002\n");
}

static void a_finding_names_what_is_damaged(void **state)
{
    static const char *const cases[][2] = {
        {"(f)\tCSI Payload File Missing\t0x00000000\tbootres.dll\t" COMPONENT,
         "1 failure component=" COMPONENT "\n"},
        {"(f)\tCSI Manifest Failed Catalog Check\t0x00000000\twinsxs\\Manifests\\" COMPONENT
         ".manifest\t",
         "1 failure component=" COMPONENT "\n"},
        {"(f)\tCSI Missing Identity\t0x00000000\tidentity\t" COMPONENT,
         "1 failure component=" COMPONENT "\n"},
        {"(f) CBS Catalog Corrupt 0x800B0100 servicing\\Packages\\" PACKAGE("9") ".cat",
         "1 failure package=" PACKAGE("9") " 0x800b0100\n"},
        {"(f)\tCSI Unheard Of\t0x00000000\tstore.dat\t" PACKAGE("9"),
         "1 failure package=" PACKAGE("9") "\n"},
        {"(f)\tCSI Unheard Of\t0x00000000\tstore.dat\tother.dat", "1 failure file=store.dat\n"},
        {"(f)\tCSI Unheard Of\t0x0\tnothing", "1 failure\n"},
        {"(f)\tCSI Unheard Of\t0x", "1 failure\n"},
        {"(f)", "1 failure\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_text_marks(&cw_format_checksur, cases[i][0], cases[i][1]);
}

static void the_garbage_of_a_damaged_file_stays_with_its_finding(void **state)
{
    (void)state;
    assert_text_events(&cw_format_checksur,
                       "(f)\tCBS MUM Corrupt\t0x800F0900\ta.mum\t\tLine 1: \x01\x02\nmore of it\n"
                       "(w)\tUnable to get system disk properties\t0x0000045D\tDisk Cache\n",
                       "1-2||error||failure file=a.mum|0x800f0900|(f)\tCBS MUM "
                       "Corrupt\t0x800F0900\ta.mum\t\tLine 1: \x01\x02/more of it\n"
                       "3-3||warning||-||(w)\tUnable to get system disk "
                       "properties\t0x0000045D\tDisk Cache\n");
}

static void what_was_found_and_not_fixed_decides(void **state)
{
    (void)state;
    assert_text_marks(&cw_format_checksur,
                      RESULT(" Found 3 errors\n  CBS MUM Missing Total Count: 3\n"), "4 failure\n");
    assert_text_marks(&cw_format_checksur,
                      RESULT("Found 3 errors\nFix 1 errors\nFix CSI Payload Total Count: 1\n"),
                      "4 failure\n");
    assert_text_marks(&cw_format_checksur,
                      RESULT(" Found 7 errors\n Fixed 7 errors\n  Fixed: CBS MUM Missing.  Total "
                             "count: 7\n"),
                      "4 success\n");
    assert_text_marks(&cw_format_checksur, RESULT("No errors detected\n"), "4 success\n");
    assert_text_marks(&cw_format_checksur, RESULT(" Found many errors\n"), "");
}

static void files_that_could_not_be_repaired_are_named(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_checksur,
        RESULT(" Found 1 errors\n  CBS MUM Missing Total count: 1\n\n"
               "Unavailable repair files:\n"
               "\tservicing\\packages\\" PACKAGE("2") ".mum\n"
                                                      "\twinsxs\\manifests\\" COMPONENT
                                                      ".manifest\n") CHECK("2019-03-20"),
        "4 failure\n8 detail package=" PACKAGE("2") "\n9 detail component=" COMPONENT
                                                    "\n11 begin\n");
}

static void checks_stand_below_each_other(void **state)
{
    (void)state;
    struct cw_log_stats stats =
        text_stats_of(&cw_format_checksur, MISSING("3") CHECK("2019-03-14 09:26") RESULT(
                                               "No errors detected\n") CHECK("2019-03-16 10:00"));
    assert_int_equal(stats.records, 14);
    assert_int_equal(stats.unrecognized, 0);
    assert_int_equal(stats.last - stats.first, (48 * 60 + 34) * 60 * 1000);
}

static void it_may_be_cut_anywhere(void **state)
{
    (void)state;
    assert_text_cuts(&cw_format_checksur,
                     CHECK("2019-03-14 09:26") MISSING("1") MISSING("2") REPAIR("2")
                         RESULT(" Found 2 errors\n Fixed 1 errors\n") "Unavailable repair files:\n"
                                                                      "\ta\n");
}

static void it_is_told_by_its_title_or_its_findings(void **state)
{
    (void)state;
    assert_ptr_equal(cw_format_recognise(CW_STR(CHECK("2019-03-14 09:26"))), &cw_format_checksur);
    assert_ptr_equal(cw_format_recognise(CW_STR(MISSING("1") MISSING("2"))), &cw_format_checksur);
    assert_ptr_equal(
        cw_format_recognise(CW_STR("2019-03-14 09:26:00, Info                  CBS    \n" CHECK(
            "2019-03-14 09:26") MISSING("1"))),
        &cw_format_cbs);
    assert_null(cw_format_recognise(CW_STR("Checking System Update Readiness.\nnothing more\n")));
    assert_null(cw_format_recognise(CW_STR("(f) function\n(fix) it\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_begins_with_its_title_and_gets_the_time_below_it),
        cmocka_unit_test(a_finding_without_a_repair_is_a_failure),
        cmocka_unit_test(a_finding_names_what_is_damaged),
        cmocka_unit_test(the_garbage_of_a_damaged_file_stays_with_its_finding),
        cmocka_unit_test(what_was_found_and_not_fixed_decides),
        cmocka_unit_test(files_that_could_not_be_repaired_are_named),
        cmocka_unit_test(checks_stand_below_each_other),
        cmocka_unit_test(it_may_be_cut_anywhere),
        cmocka_unit_test(it_is_told_by_its_title_or_its_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
