#include "logs/usual_lines.h"

/* Sources: whole logs of machines that worked, in public repositories and pastes, of Windows 7 to
 * 11; "Error 0x8007045b" and KB954402 of the Windows documentation. */
static const struct {
    enum cw_log_kind log;
    const char *begins; /* the text of the line */
    const char *holds;  /* and has this in it; NULL = whatever */
    const char *lacks;  /* and not this */
} lines[] = {
    {CW_LOG_CBS, "(F) Logged @", NULL, "failed"},
    {CW_LOG_CBS, "Current tick count: ", " lower than last tick count", NULL},
    {CW_LOG_CBS, "DpxException hr=0x80070002 code=0x020109", NULL, NULL},
    {CW_LOG_CBS, "Exec: Failed to read AutoRepairNeeded", NULL, NULL},
    {CW_LOG_CBS, "Extraction of file: update.ses failed", NULL, NULL},
    {CW_LOG_CBS, "FOD: WUFodMetadataCache not available", NULL, NULL},
    {CW_LOG_CBS, "Failed Open Eventlog: ", NULL, NULL},
    {CW_LOG_CBS, "Failed getting last corruption first found time", NULL, NULL},
    {CW_LOG_CBS, "Failed moving directory: ", "will delete in-place instead", NULL},
    {CW_LOG_CBS, "Failed restart attempt. [HRESULT = 0x8007045b", NULL, NULL},
    {CW_LOG_CBS, "Failed setting restore point", NULL, NULL},
    {CW_LOG_CBS, "Failed to ask UI handler to terminate", NULL, NULL},
    {CW_LOG_CBS, "Failed to call external evaluate applicability on package", NULL, NULL},
    {CW_LOG_CBS, "Failed to check whether package is partially installed, package: Windows7SP1",
     NULL, NULL},
    {CW_LOG_CBS, "Failed to clear CorruptionDetectedDuringAcr", NULL, NULL},
    {CW_LOG_CBS, "Failed to create backup log cab", NULL, NULL},
    {CW_LOG_CBS, "Failed to delete current corruption first found value", NULL, NULL},
    {CW_LOG_CBS, "Failed to evaluate external applicability", NULL, NULL},
    {CW_LOG_CBS, "Failed to find a matching version for servicing stack", NULL, NULL},
    {CW_LOG_CBS, "Failed to find package from aggreated XML string", NULL, NULL},
    {CW_LOG_CBS, "Failed to find package from deployment update", NULL, NULL},
    {CW_LOG_CBS, "Failed to find servicing stack directory in online store", NULL, NULL},
    {CW_LOG_CBS, "Failed to gather event log events", NULL, NULL},
    {CW_LOG_CBS, "Failed to get session package state for package", NULL, NULL},
    {CW_LOG_CBS, "Failed to move ", "CbsTemp", "0x80070005"},
    {CW_LOG_CBS, "Failed to read ", NULL, NULL},
    {CW_LOG_CBS, "Failed to unload offline registry: ", "the client may still need it open", NULL},
    {CW_LOG_CBS, "Failed to write store corruption detect and repair ", NULL, NULL},
    {CW_LOG_CBS, "LastScavengingStarvationReport", NULL, NULL},
    {CW_LOG_CBS, "Non CBS installed component found", NULL, NULL},
    {CW_LOG_CBS, "Not able to add ", NULL, NULL},
    {CW_LOG_CBS, "Not able to get WU country code", NULL, NULL},
    {CW_LOG_CBS, "Not able to query ", NULL, NULL},
    {CW_LOG_CBS, "Not able to read ", NULL, NULL},
    {CW_LOG_CBS, "Parent Missing (ERROR_FILE_NOT_FOUND), non-critical error, ignored", NULL, NULL},
    {CW_LOG_CBS, "Repr: No owner found for component ", "it might be a 3rd party component", NULL},
    {CW_LOG_CBS, "SQM: ", NULL, NULL},
    {CW_LOG_CBS, "The store corruption status report is incomplete", NULL, NULL},
    {CW_LOG_CBS, "Unable to determine current WU country code", NULL, NULL},
    {CW_LOG_CBS, "WU: Windows update server selection group policy not set", NULL, NULL},
    {CW_LOG_CBS, "nested restore point - failed, ignoring and continuing", NULL, NULL},
    {CW_LOG_CBS, "scavenging starvation", "0x80070216", NULL},
    {CW_LOG_DISM, "DISM Driver Manager: ", "Error, file not found 'oem", NULL},
    {CW_LOG_DISM, "DISM OS Provider: ", "EnumeratePathEx: FindFirstFile failed for [", NULL},
    {CW_LOG_DISM, "DISM Provider Store: ", "Failed to get and initialize the PE Provider.", NULL},
    {CW_LOG_DISM, "DISM Provider Store: ", "Failed to load the provider: ", NULL},
    {CW_LOG_DISM, "DISM.EXE: No credentials provided", NULL, NULL},
    {CW_LOG_DISM, "Failed disabling shutdown privilege. HRESULT=0", NULL, NULL},
    {CW_LOG_SETUPAPI, "Could not delete file ", NULL, NULL},
    {CW_LOG_SETUPAPI, "Device pending start: ", "0x38", NULL},
    {CW_LOG_SETUPAPI, "Driver package already imported as ", NULL, NULL},
    {CW_LOG_SETUPAPI, "Found empty compatible IDs for ", NULL, NULL},
    {CW_LOG_SETUPAPI, "Unable to delete driver package directory ", NULL, NULL},
    {CW_LOG_SETUPAPI, "Unable to find driver update ", NULL, NULL},
    {CW_LOG_SETUPAPI, "Unable to set a catalog hint ", NULL, NULL},
    {CW_LOG_SETUPACT, "BFSVC: BfspCopyFile(", "(Attempt ", NULL},
    {CW_LOG_SETUPACT, "CInstallUI::GetDefaultLanguage(", NULL, NULL},
    {CW_LOG_SETUPACT, "CProvisioningMigration::DoExecute: ProvMigration failed", NULL, NULL},
    {CW_LOG_SETUPACT, "CSetupManager::GetWuIdFromRegistry(", NULL, NULL},
    {CW_LOG_SETUPACT, "CSetupHost::InitializeOneSettings(", NULL, NULL},
    {CW_LOG_SETUPACT, "Failed to delete \\\\?\\", "windows.old", NULL},
    {CW_LOG_SETUPACT, "[SetupCl library] Required profile hive does not exist: ", NULL, NULL},
    {CW_LOG_SETUPACT, "hwreqchk: ERROR,", NULL, NULL},
};

/* In healthy logs of CBS by the hundred: packages that are probed for and not there, attributes
 * that an older parser does not know, an express download that goes on. */
static const struct {
    uint32_t code;
    const char *name;
} codes[] = {
    {0x800f0805, "CBS_E_INVALID_PACKAGE"},
    {0x800f080d, "CBS_E_MANIFEST_INVALID_ITEM"},
    {0x800f0816, "CBS_E_DPX_JOB_STATE_SAVED"},
};

const char *cw_usual_line(enum cw_log_kind log, struct cw_str text, uint32_t code)
{
    for (size_t i = 0; log == CW_LOG_CBS && i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (code == codes[i].code)
            return codes[i].name;
    }
    text = cw_str_trim(text);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (lines[i].log == log && cw_str_starts(text, cw_str_c(lines[i].begins)) &&
            (!lines[i].holds || cw_str_find(text, cw_str_c(lines[i].holds)) != SIZE_MAX) &&
            (!lines[i].lacks || cw_str_find(text, cw_str_c(lines[i].lacks)) == SIZE_MAX))
            return lines[i].begins;
    }
    return NULL;
}
