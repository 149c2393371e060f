/* Lines that look like failures and are none: alone, among those of a run that ended well, and of
 * whatever level, no finding comes of them. */
#include "support/test.h"

#include <stdio.h>

#include "logs/usual_lines.h"
#include "support/diagnosing.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { LINE_MOST = 512, LOG_MOST = 8192 };

/* The columns between time and text, and the text. */
static const struct {
    const char *component, *text;
} cbs_lines[] = {
    {"CBS    ",
     "Failed to internally open package. [HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]"},
    {"CBS    ", "Failed to OpenPackage using worker session [HRESULT = 0x800f0805]"},
    {"CBS    ", "Failed to create open package. [HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]"},
    {"CBS    ", "Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]"},
    {"CBS    ", "Failed to get next element [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]"},
    {"CBS    ", "Warning: Unrecognized packageExtended attribute."},
    {"CBS    ", "SQM: Failed to start standard sample upload. [HRESULT = 0x80004005 - E_FAIL]"},
    {"CBS    ", "SQM: Failed to initialize Win SAT assessment. [HRESULT = 0x80040154]"},
    {"CBS    ", "Failed to create backup log cab. [HRESULT = 0x80070001 - ERROR_INVALID_FUNCTION]"},
    {"CBS    ", "Not able to add pending.xml to Windows Error Report. [HRESULT = 0x80070002 - "
                "ERROR_FILE_NOT_FOUND]"},
    {"CBS    ", "Not able to query DisableWerReporting flag. [HRESULT = 0x80070002]"},
    {"CBS    ", "Failed to get session package state for package: Package_4_for_KB5005566~31bf3856"
                "ad364e35~amd64~~19041.1.1.0 [HRESULT = 0x80070490 - ERROR_NOT_FOUND]"},
    {"CBS    ", "Failed to read DoqTime time value from registry [HRESULT = 0x80070490]"},
    {"CBS    ", "Exec: Failed to read AutoRepairNeeded [HRESULT = 0x80070002]"},
    {"CBS    ", "WU: Windows update server selection group policy not set [HRESULT = 0x80070002]"},
    {"CBS    ", "Not able to read IsBuildFlightingEnabled [HRESULT = 0x80070002]"},
    {"CBS    ", "Unable to determine current WU country code [HRESULT = 0x80070002]"},
    {"CBS    ", "FOD: WUFodMetadataCache not available [HRESULT = 0x80070002]"},
    {"CBS    ",
     "Failed to move C:\\Windows\\CbsTemp\\31_2\\ to temp directory [HRESULT = 0x80070020]"},
    {"CBS    ", "Failed moving directory: \\\\?\\C:\\Windows\\CbsTemp\\31_2, will delete in-place "
                "instead [HRESULT = 0x80070020 - ERROR_SHARING_VIOLATION]"},
    {"CBS    ", "Failed to clear CorruptionDetectedDuringAcr store corrupt flag [HRESULT = "
                "0x80070002 - ERROR_FILE_NOT_FOUND]"},
    {"CBS    ", "Failed to delete current corruption first found value [HRESULT = 0x80070002]"},
    {"CBS    ", "Retrieved original failure status: 0x00000000, last forward execute state: "
                "CbsExecuteStateComplete"},
    {"CBS    ", "Startup: Retrying failed packages."},
    {"CBS    ", "Total Detected Corruption:\t0"},
    {"CBS    ", "Count of times corruption detected: 1"},
    {"CBS    ", "LastScavengingStarvationReport [HRESULT = 0x80070216]"},
    {"CBS    ", "Failed setting restore point [HRESULT = 0x80070422 - ERROR_SERVICE_DISABLED]"},
    {"CBS    ", "nested restore point - failed, ignoring and continuing [HRESULT = 0x80070422]"},
    {"CBS    ", "Failed to ask UI handler to terminate. [HRESULT = 0x800706ba]"},
    {"CBS    ", "Failed Open Eventlog: Application [HRESULT = 0x800706ba]"},
    {"CBS    ", "Failed to write store corruption detect and repair start event [HRESULT = "
                "0x800706ba - RPC_S_SERVER_UNAVAILABLE]"},
    {"CBS    ", "Failed to check whether package is partially installed, package: Windows7SP1 "
                "[HRESULT = 0x80070490 - ERROR_NOT_FOUND]"},
    {"CBS    ", "Current tick count: 31, lower than last tick count. [HRESULT = 0x8007000d]"},
    {"CBS    ", "Repr: No owner found for component x86_contoso-runtime_0, it might be a 3rd party "
                "component [HRESULT = 0x800f090c]"},
    {"CBS    ", "Parent Missing (ERROR_FILE_NOT_FOUND), non-critical error, ignored [HRESULT = "
                "0x80070002]"},
    {"CBS    ", "Failed to find servicing stack directory in online store. [HRESULT = 0x80070490]"},
    {"CBS    ", "Failed to unload offline registry: {bf1a281b}, the client may still need it open. "
                "[HRESULT = 0x80070005 - E_ACCESSDENIED]"},
    {"CBS    ", "Failed to do what was asked [HRESULT = 0x00000000 - S_OK]"},
    {"CBS    ", "Failed restart attempt. [HRESULT = 0x8007045b - ]"},
    {"CBS    ", "Reporting capability session finalize status: 0x00000000, client id: DISM, torn "
                "state reservicing: 0x800f081e"},
    {"CSI    ", "0000001c (F) Logged @2024/1/10:7:5:12.100 : [l:20]'JobsHandler::Install enter'"},
    {"CSI    ", "0000001c Warning: Overlap: Directory [l:9]'\\??\\C:\\x' is owned twice or has its "
                "security set twice"},
    {"CSI    ", "0000001c [DIRSD OWNER WARNING] Directory [l:9]'\\??\\C:\\x' is not owned but "
                "specifies SDDL in component x"},
    {"DPX    ", "Extraction of file: update.ses failed because it is not present in the container"},
    {"DPX    ", "DpxException hr=0x80070002 code=0x020109"},
    {"DEPLOY ", "[Pnp] Corrupt file: C:\\WINDOWS\\System32\\drivers\\bthmodem.sys"},
};

#define STAMP "2024-01-10 08:05:12, "
#define RUN_BEGINS                                                                                 \
    "2024-01-10 08:05:00, Info                  CBS    Exec: Processing started.  Client: "        \
    "WindowsUpdateAgent, Session: 31081361_1000, Package: Package_for_RollupFix~31bf3856ad364e35~" \
    "amd64~~19041.3930.1.7, Identifier: KB5034122\n"
#define RUN_ENDS                                                                                   \
    "2024-01-10 08:06:01, Info                  CBS    Session: 31081361_1000 finalized. Reboot "  \
    "required: no [HRESULT = 0x00000000 - S_OK]\n"

static void assert_nothing(const struct cw_rules *rules, const char *cbs, const char *setupapi)
{
    struct diagnosed diagnosed = diagnose(rules, cbs, setupapi);
    if (diagnosed.report->finding_count || diagnosed.report->verdict == CW_VERDICT_FAILURE)
        fail_msg("a finding comes of: %s", cbs ? cbs : setupapi);
    free_diagnosed(&diagnosed);
}

static void no_line_of_healthy_logs_of_servicing_is_a_finding(void **state)
{
    static const char *const levels[] = {"Info ", "Error"};
    for (size_t i = 0; i < COUNT(cbs_lines) * COUNT(levels); i++) {
        char line[LINE_MOST];
        char log[LOG_MOST];
        int len = snprintf(line, sizeof(line), STAMP "%s                 %s%s\n",
                           levels[i % COUNT(levels)], cbs_lines[i / COUNT(levels)].component,
                           cbs_lines[i / COUNT(levels)].text);
        assert_in_range(len, 1, LINE_MOST - 1);
        assert_nothing(*state, line, NULL);
        (void)snprintf(log, sizeof(log), RUN_BEGINS "%s%s%s" RUN_ENDS, line, line, line);
        assert_nothing(*state, log, NULL);
    }
}

static void no_warning_of_a_section_that_ended_well_is_a_finding(void **state)
{
    static const char *const lines[] = {
        "!    sto: Driver package already imported as 'oem7.inf' (x.inf_amd64_0).",
        "!    inf: Legacy directive 'CopyINF' will be ignored. Code = 1101, Line = 12",
        "!    sto: Unable to find driver update 'C:\\x.inf' in Driver Store.",
        "!    sto: Unable to delete driver package directory 'C:\\x'. Error = 0x00000005",
        "!    cpy: Could not delete file 'C:\\x\\y.sys'. Error = 0x00000005",
        "!    idb: Unable to find driver INF match for 'oem7.inf'.",
        "!    sig: Verifying file against specific (valid) catalog failed! (0x800b0109)",
        ("!    dvi: Device pending start: Device has problem: 0x38 (CM_PROB_NEED_CLASS_CONFIG), "
         "problem status: 0x00000000."),
        "     dvi: {Configure Driver Package: exit(0x00000bc3)}",
        "     dvi: {DIF_INSTALLDEVICE - exit(0xe000020e)}",
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        char log[LOG_MOST];
        (void)snprintf(log, sizeof(log),
                       ">>>  [Device Install (DiInstallDriver) - C:\\x.inf]\n"
                       ">>>  Section start 2024/01/10 08:05:13.000\n"
                       "%s\n"
                       "<<<  Section end 2024/01/10 08:05:14.000\n"
                       "<<<  [Exit status: SUCCESS]\n",
                       lines[i]);
        assert_nothing(*state, NULL, log);
    }
}

static void a_line_is_usual_by_its_beginning_and_what_is_in_it(void **state)
{
    static const struct {
        enum cw_log_kind log;
        const char *text;
        uint32_t code;
        bool usual;
    } rows[] = {
        {CW_LOG_CBS, "Failed to open it", 0x800f0805, true},
        {CW_LOG_CBS, "Failed to open it", 0x80070005, false},
        {CW_LOG_SETUPAPI, "Failed to open it", 0x800f0805, false},
        {CW_LOG_CBS, "Failed to read RptTime", CW_CODE_NONE, true},
        {CW_LOG_CBS, "It Failed to read RptTime", CW_CODE_NONE, false},
        {CW_LOG_CBS, "Failed to move C:\\Windows\\CbsTemp\\1 [0x80070020]", 0x80070020, true},
        {CW_LOG_CBS, "Failed to move C:\\Windows\\WinSxS\\1 [0x80070020]", 0x80070020, false},
        {CW_LOG_CBS, "Failed to move C:\\Windows\\CbsTemp\\1 [0x80070005]", 0x80070005, false},
        {CW_LOG_CBS, "(F) Logged @: 'RegisterTask failed 0x80070002'", 0x80070002, false},
        {CW_LOG_SETUPACT, "  BFSVC: BfspCopyFile(a, b) failed! (Attempt 2 of 60)", 3, true},
        {CW_LOG_SETUPACT, "Operation failed: x. Error: 0x80070005", 0x80070005, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *found = cw_usual_line(rows[i].log, cw_str_c(rows[i].text), rows[i].code);
        assert_int_equal(found != NULL, rows[i].usual);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_of_healthy_logs_of_servicing_is_a_finding),
        cmocka_unit_test(no_warning_of_a_section_that_ended_well_is_a_finding),
        cmocka_unit_test(a_line_is_usual_by_its_beginning_and_what_is_in_it),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
