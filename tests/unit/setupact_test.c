/* setupact.log and setuperr.log: the columns, what counts as a failure of Windows Setup and of
 * Sysprep, and what does not. */
#include "support/test.h"

#include "support/cbs_events.h"
#include "support/text_events.h"

#define AT "2024-05-14 19:40:09"
#define INFO(component, text) RECORD(AT, component, text) "\n"
#define FAULT(component, text) AT ", Error                 " component text "\n"

#define BEGINS INFO("MOUPG  ", "*************** SetupHost Logging Begin ***************")
#define GATHER                                                                                     \
    FAULT("MIG    ", "Error 1392 while gathering object D:\\Profiles\\kwan [a.bin]. Shell "        \
                     "application requested abort![gle=0x00000570]")
#define FAILS                                                                                      \
    FAULT("SP     ", "Operation failed: Migrate framework (Full). Error: "                         \
                     "0x8007042B[gle=0x000000b7]")

static void the_columns_are_those_of_cbs_log_with_components_of_setup(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_setupact,
        AT ", Info       [0x0601d0] IBS    Build version is 10.0.16299.15\n" AT
           ", Info                         PnPIBS: Initializing ...\n"
           "\n" AT ", Error MOUPG CSetupManager::ExecuteTask(2630): Result = 0x800704D3\n" INFO(
               "CBS    ", "Startup: begins"),
        "1-1|2024-05-14T19:40:09|info|IBS|-||Build version is 10.0.16299.15\n"
        "2-2|2024-05-14T19:40:09|info||-||PnPIBS: Initializing ...\n"
        "4-4|2024-05-14T19:40:09|error|MOUPG|-|0x800704d3|CSetupManager::ExecuteTask(2630): "
        "Result = 0x800704D3\n"
        "5-5|2024-05-14T19:40:09|info|CBS|-||Startup: begins\n");
}

static void a_document_prints_it_without_columns_or_times(void **state)
{
    (void)state;
    assert_text_events(&cw_format_setupact,
                       "<DateTime>, Info MIG Instantiating an ICbsSession9 interface\n"
                       "Error MIG Failed to create CBS session 9. hr = 0x8007045B\n"
                       "Error in a sentence\n",
                       "1-1||info|MIG|-||Instantiating an ICbsSession9 interface\n"
                       "2-3||error|MIG|failure|0x8007045b|Failed to create CBS session 9. hr = "
                       "0x8007045B/Error in a sentence\n");
    assert_ptr_equal(cw_format_recognise(CW_STR("Error MIG Failed to create CBS session 9.\n")),
                     &cw_format_setupact);
    assert_null(cw_format_recognise(CW_STR("Error in a sentence\nInfo about it\n")));
}

static void what_setup_gives_up_for_is_a_failure(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_setupact,
        BEGINS GATHER FAILS FAULT(
            "SP     ", "CSetupPlatformPrivate::Execute: Execution of operations queue failed, "
                       "abandoning. Error: 0x8007042B[gle=0x000000b7]")
            FAULT("MIG    ", "Failed to create CBS session 9. hr = 0x8007045B[gle=0x000003f0]")
                FAULT("MOUPG  ", "CSetupHost::Execute(433): Result = 0x800704C7"),
        "1 begin\n"
        "2 failure 0x80070570\n"
        "3 failure operation=Migrate framework (Full) 0x8007042b\n"
        "4 failure 0x8007042b\n"
        "5 failure 0x8007045b\n"
        "6 end 0x800704c7\n");
}

/* They stand in the logs of setups that ended well. */
static void an_error_that_setup_gets_over_is_none(void **state)
{
    static const char *const lines[] = {
        FAULT("MOUPG  ", "CSetupHost::Execute(412): Result = 0x800705BB"),
        FAULT("MOUPG  ", "CInstallUI::GetDefaultLanguage(2027): Result = 0x80070002"),
        FAULT("IBS    ", "[SetupCl library] Required profile hive does not exist: "
                         "[\\??\\E:\\WINDOWS\\system32\\config\\systemprofile\\NTUSER.DAT]."),
        FAULT("SP     ", "    BFSVC: BfspCopyFile(C:\\a.efi, D:\\a.efi) failed! (Attempt 2 of 60) "
                         "Last Error = 0x3[gle=0x00000003]"),
        FAULT("       ", "Failed to delete \\\\?\\C:\\windows.old\\clr.dll. hr = 0x80070005"),
        FAULT("SP     ", "CProvisioningMigration::DoExecute: ProvMigration failed. Error: "
                         "0x80070003[gle=0x0000012a]"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        assert_text_marks(&cw_format_setupact, lines[i], "");
}

static void each_run_of_sysprep_has_its_end(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_setupact,
        INFO("SYSPRP ", "===          Beginning of a new sysprep run          ===") AT
        ", Error      [0x0f0070] SYSPRP RunDlls:An error occurred while running registry "
        "sysprep DLLs, halting sysprep execution. dwRet = 0x3cf2\n" AT
        ", Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate sysprep "
        "generalize internal providers; hr = 0x80073cf2\n",
        "1 begin operation=Sysprep\n2 failure operation=Sysprep\n"
        "3 end operation=Sysprep 0x80073cf2\n");
}

static void a_phase_that_completed_makes_good_what_failed_before(void **state)
{
    (void)state;
    assert_text_marks(&cw_format_setupact,
                      INFO("IBS    ", "Setup has started phase 4 at " AT)
                          FAILS INFO("IBS    ", "Setup has completed phase 4 at " AT),
                      "1 begin\n"
                      "2 failure operation=Migrate framework (Full) 0x8007042b\n"
                      "3 success\n");
}

/* Servicing writes to both; only one of them has components of Setup. */
static void it_is_told_from_cbs_log_by_its_components(void **state)
{
    struct cw_str servicing = CW_STR(INFO("CBS    ", "Session: 1_2") INFO("CSI    ", "00000001 x"));
    (void)state;
    assert_ptr_equal(cw_format_recognise(CW_STR(FAILS)), &cw_format_setupact);
    assert_ptr_equal(cw_format_recognise(CW_STR(INFO("CSI    ", "00000001 x") BEGINS)),
                     &cw_format_setupact);
    assert_ptr_equal(cw_format_recognise(servicing), &cw_format_cbs);
    assert_ptr_equal(
        cw_format_recognise(CW_STR(INFO("CBS    ", "one") INFO("CBS    ", "two") FAILS)),
        &cw_format_cbs);
    assert_ptr_equal(cw_format_recognise(CW_STR(INFO("DISM   ", "DISM.EXE: x"))), &cw_format_dism);
}

static void it_may_be_cut_anywhere(void **state)
{
    (void)state;
    assert_text_cuts(&cw_format_setupact, BEGINS GATHER "\n" FAILS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_are_those_of_cbs_log_with_components_of_setup),
        cmocka_unit_test(a_document_prints_it_without_columns_or_times),
        cmocka_unit_test(what_setup_gives_up_for_is_a_failure),
        cmocka_unit_test(an_error_that_setup_gets_over_is_none),
        cmocka_unit_test(each_run_of_sysprep_has_its_end),
        cmocka_unit_test(a_phase_that_completed_makes_good_what_failed_before),
        cmocka_unit_test(it_is_told_from_cbs_log_by_its_components),
        cmocka_unit_test(it_may_be_cut_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
