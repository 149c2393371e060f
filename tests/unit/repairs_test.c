/* Repairs, of the component store and of system files: what failed, and what a later one made good.
 * With a pack that knows nothing: the model alone tells. */
#include "support/test.h"

#include "support/diagnosing.h"
#include "support/stories.h"

#define CSI(clock, text) "2022-02-11 " clock ", Info                  CSI    00000071 " text "\n"
#define CBS(clock, text) LINE("2022-02-11", clock, text)
#define NO_FAILURE "no_failure:"
#define FAILURE "failure: unexplained unexplained"
#define RECOVERED "no_failure: unexplained recovered"

/* --- DISM ---------------------------------------------------------------------------------- */

#define REPAIR(clock, session)                                                                     \
    CBS(clock, "Exec: Session processing started.  Client: Manual, Session(DISM Package Manager "  \
               "Provider Store Corruption Detect/Repair): " session)
#define REPORT(clock, result, detected, repaired)                                                  \
    CBS(clock, "Checking System Update Readiness.")                                                \
    CBS(clock, "Summary:")                                                                         \
    CBS(clock, "Operation: Detect and Repair ")                                                    \
    CBS(clock, "Operation result: " result)                                                        \
    CBS(clock, "Total Detected Corruption:\t" detected)                                            \
    CBS(clock, "\tCBS Manifest Corruption:\t0")                                                    \
    CBS(clock, "Total Repaired Corruption:\t" repaired)                                            \
    CBS(clock, "Total Operation Time: 61 seconds.")
#define REPAIR_ENDS(clock, session, result)                                                        \
    CBS(clock, "Exec: Processing complete, session(Corruption Repairing): " session                \
               " [HRESULT = " result "]")                                                          \
    CBS(clock, "Session: " session " finalized. Reboot required: no [HRESULT = " result "]")
#define NOT_FOUND "0x800f081f - CBS_E_SOURCE_MISSING"
#define DONE "0x00000000 - S_OK"

/* Windows 8 and 8.1 write the whole report as one record. */
#define REPORT_IN_ONE(result, detected, repaired)                                                  \
    CBS("10:02:00", "")                                                                            \
    "=================================\nChecking System Update Readiness.\n\nSummary:\n"           \
    "Operation: Detect and Repair\nOperation result: " result                                      \
    "\nTotal Detected Corruption:\t" detected "\nTotal Repaired Corruption:\t" repaired            \
    "\nTotal Operation Time: 61 seconds.\n"

static void a_report_tells_whether_damage_is_left(void **state)
{
    static const struct {
        const char *log, *expected;
    } cases[] = {
        {CBS("10:02:00", "Operation result: 0x800f0915"), FAILURE},
        {CBS("10:02:00", "Operation result: 0x0"), NO_FAILURE},
        {REPORT("10:02:00", "0x0", "0", "0"), NO_FAILURE},
        {REPORT("10:02:00", "0x0", "9", "9"), NO_FAILURE},
        {REPORT("10:02:00", "0x0", "9", "0"), FAILURE},
        {REPORT("10:02:00", "0x800f081f", "9", "3"), FAILURE},
        {REPORT("10:02:00", "0x800f0820", "0", "0"), FAILURE},
        {REPORT_IN_ONE("0x0", "3", "3"), NO_FAILURE},
        {REPORT_IN_ONE("0x0", "3", "2"), FAILURE},
        {REPORT_IN_ONE("0x800f081f", "3", "0"), FAILURE},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_diagnosis(*state, cases[i].log, NULL, cases[i].expected);
}

static void a_repair_is_one_failure_with_its_session(void **state)
{
    assert_diagnosis(*state,
                     REPAIR("10:00:00", "30941_7") REPORT("10:02:00", "0x800f081f", "2", "0")
                         REPAIR_ENDS("10:02:01", "30941_7", NOT_FOUND),
                     NULL, FAILURE);
    struct diagnosed diagnosed = diagnose(*state, REPORT("10:02:00", "0x800f081f", "2", "0"), NULL);
    assert_int_equal(diagnosed.report->findings[0].code, 0x800f081f);
    assert_strings(&diagnosed.report->findings[0].as_written, "0x800f081f");
    free_diagnosed(&diagnosed);
}

static void a_later_repair_makes_good_what_an_earlier_one_could_not(void **state)
{
    assert_diagnosis(*state,
                     REPAIR("10:00:00", "30941_7") REPORT("10:02:00", "0x800f081f", "2", "0")
                         REPAIR_ENDS("10:02:01", "30941_7", NOT_FOUND) REPAIR("11:00:00", "30941_8")
                             REPORT("11:02:00", "0x0", "2", "2")
                                 REPAIR_ENDS("11:02:01", "30941_8", DONE),
                     NULL, RECOVERED);
    assert_diagnosis(*state,
                     REPAIR("10:00:00", "30941_7") REPORT("10:02:00", "0x0", "2", "2")
                         REPAIR_ENDS("10:02:01", "30941_7", DONE) REPAIR("11:00:00", "30941_8")
                             REPORT("11:02:00", "0x800f081f", "2", "0")
                                 REPAIR_ENDS("11:02:01", "30941_8", NOT_FOUND),
                     NULL, FAILURE);
}

static void a_repair_that_went_well_makes_no_update_good(void **state)
{
    assert_diagnosis(*state,
                     SESSION_FAILS("2022-02-10", "30940_1", PACKAGE("KB5002222"), "0x80073712 - x")
                         REPAIR("10:00:00", "30941_7") REPORT("10:02:00", "0x0", "2", "2")
                             REPAIR_ENDS("10:02:01", "30941_7", DONE),
                     NULL, FAILURE);
}

static void reports_without_sessions_are_told_apart_by_the_check_that_begins(void **state)
{
    assert_diagnosis(
        *state,
        CSI("10:00:00", "StoreCorruptionRepair transaction begun. WcpVersion: [l:4]'10.0'.")
            REPORT("10:02:00", "0x800f081f", "2", "0")
                CSI("11:00:00", "StoreCorruptionRepair transaction begun. WcpVersion: [l:4]'10.0'.")
                    REPORT("11:02:00", "0x0", "2", "2"),
        NULL, RECOVERED);
}

/* --- SFC ----------------------------------------------------------------------------------- */

#define BEGINS(clock) CBS(clock, "TiWorker: Client requests SFP repair object.")
#define BAD(clock)                                                                                 \
    CSI(clock, "[SR] Cannot repair member file [l:11]'example.dll' of Contoso-Example, version "   \
               "10.0.1.4, arch amd64, nonSxS, pkt {l:8 b:31bf3856ad364e35} in the store, hash "    \
               "mismatch")
#define PASS(clock, count) CSI(clock, "[SR] Repairing " count " components")
#define FIXED(clock)                                                                               \
    CSI(clock, "[SR] Repairing file \\??\\C:\\Windows\\System32\\\\example.dll from store")
#define ENDS(clock)                                                                                \
    CSI(clock, "[SR] Repair complete")                                                             \
    CSI(clock, "[SR] Verify and Repair Transaction completed. All files and registry keys listed " \
               "in this transaction  have been successfully repaired")

static void a_file_that_sfc_can_not_repair_is_a_failure_whatever_its_last_line_says(void **state)
{
    static const struct {
        const char *log, *expected;
    } cases[] = {
        {BAD("10:00:00"), FAILURE},
        {BAD("10:00:00") ENDS("10:05:00"), FAILURE},
        {BAD("10:00:00") PASS("10:04:00", "0") ENDS("10:05:00"), FAILURE},
        {BAD("10:00:00") PASS("10:04:00", "1") BAD("10:04:01") ENDS("10:05:00"), FAILURE},
        {PASS("10:04:00", "1") FIXED("10:04:01") ENDS("10:05:00"), NO_FAILURE},
        {BAD("10:00:00") PASS("10:04:00", "1") FIXED("10:04:01") ENDS("10:05:00"), RECOVERED},
        {BAD("10:00:00") FIXED("10:00:01") ENDS("10:05:00"), FAILURE},
        {CSI("10:00:00", "[SR] Cannot verify component files for Contoso-Example, version "
                         "10.0.1.4, manifest is damaged (FALSE)"),
         FAILURE},
        {CSI("10:00:00", "[SR] Could not reproject corrupted file \\??\\C:\\Windows\\\\a.exe; "
                         "source file in store is also corrupted"),
         FAILURE},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_diagnosis(*state, cases[i].log, NULL, cases[i].expected);
}

static void a_later_scan_makes_good_what_an_earlier_one_could_not(void **state)
{
    assert_diagnosis(*state,
                     BEGINS("09:59:00") BAD("10:00:00") ENDS("10:05:00") BEGINS("11:00:00")
                         PASS("11:04:00", "0") ENDS("11:05:00"),
                     NULL, RECOVERED);
    assert_diagnosis(*state,
                     BEGINS("09:59:00") ENDS("10:05:00") BEGINS("11:00:00") BAD("11:01:00")
                         ENDS("11:05:00"),
                     NULL, FAILURE);
    /* the first one was interrupted */
    assert_diagnosis(*state,
                     BEGINS("09:59:00") BAD("10:00:00") BEGINS("11:00:00") PASS("11:04:00", "0")
                         ENDS("11:05:00"),
                     NULL, RECOVERED);
}

static void a_scan_and_an_update_do_not_disturb_each_other(void **state)
{
    assert_diagnosis(*state,
                     BEGINS("09:59:00") BAD("10:00:00")
                         INSTALLED("2022-02-11", "30941_9", PACKAGE("KB5002222")) ENDS("10:05:00"),
                     NULL, FAILURE);
    assert_diagnosis(*state,
                     BEGINS("08:59:00") SESSION_FAILS("2022-02-11", "30941_9", PACKAGE("KB5002222"),
                                                      "0x80073712 - x") ENDS("10:05:00"),
                     NULL, FAILURE);
}

static void an_update_that_failed_comes_before_a_later_check(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state,
        SESSION_FAILS("2022-02-10", "30940_1", PACKAGE("KB5002222"), "0x80073712 - x")
            REPAIR("10:00:00", "30941_7") REPORT("10:02:00", "0x800f081f", "2", "0")
                REPAIR_ENDS("10:02:01", "30941_7", NOT_FOUND) BAD("11:00:00") ENDS("11:05:00"),
        NULL);
    assert_int_equal(diagnosed.report->finding_count, 3);
    assert_int_equal(diagnosed.report->findings[0].code, 0x80073712);
    assert_int_equal(diagnosed.report->findings[1].code, CW_CODE_NONE);
    assert_int_equal(diagnosed.report->findings[2].code, 0x800f081f);
    free_diagnosed(&diagnosed);
}

static int load_nothing(void **state)
{
    *state = load_no_rules();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_tells_whether_damage_is_left),
        cmocka_unit_test(a_repair_is_one_failure_with_its_session),
        cmocka_unit_test(a_later_repair_makes_good_what_an_earlier_one_could_not),
        cmocka_unit_test(a_repair_that_went_well_makes_no_update_good),
        cmocka_unit_test(reports_without_sessions_are_told_apart_by_the_check_that_begins),
        cmocka_unit_test(a_file_that_sfc_can_not_repair_is_a_failure_whatever_its_last_line_says),
        cmocka_unit_test(a_later_scan_makes_good_what_an_earlier_one_could_not),
        cmocka_unit_test(an_update_that_failed_comes_before_a_later_check),
        cmocka_unit_test(a_scan_and_an_update_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, load_nothing, free_rules);
}
