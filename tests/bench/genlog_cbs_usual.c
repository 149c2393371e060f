/* Templates of healthy CBS.log records, with the frequencies that they have in real logs. */
#include "genlog_cbs.h"

const struct cw_gen_weighted cw_gen_cbs_usual[] = {
    /* Applicability: every package against its parents, at every scan for updates. */
    {17453,
     {COL_CBS, "Appl: Evaluating package applicability for package $p, applicable state: $w"}},
    {2831, {COL_CBS, "Appl: detectParent: parent found: $p, state: $w"}},
    {2714, {COL_CBS, "Appl: detectParent: no parent found, go absent"}},
    {2171,
     {COL_CBS, "Appl: detect Parent, Package: $p, Parent: $p, Disposition = Detect, VersionComp: "
               "EQ, BuildComp: EQ, RevisionComp: GE, Exist: present"}},
    {1784,
     {COL_CBS, "Appl: detect Parent, Package: $p, Parent: $p, Disposition = Detect, VersionComp: "
               "EQ, BuildComp: GE, RevisionComp: GE, Exist: present"}},
    {1605,
     {COL_CBS, "Appl: detect Parent, Package: , Parent: $p, Disposition = Detect, VersionComp: GE, "
               "BuildComp: GE, RevisionComp: GE, Exist: present"}},
    {624,
     {COL_CBS, "Appl: Higher version found for package: $p, superseded. (Version on system:$p)"}},
    {441,
     {COL_CBS,
      "Appl:Feature On Demand package without explicit comparator, using GE on build version"}},
    {431,
     {COL_CBS, "Appl: DetectUpdate, Package: $p, Local Parent: IIS-WebServer, Intended State: $w"}},
    {269,
     {COL_CBS,
      "Appl: DetectUpdate, Package: $p, Remote Parent: IIS-WebServerRole, Intended State: $w"}},
    {602,
     {COL_CBS, "Appl: Package: $p, Update: IIS-CommonHttpFeatures, Applicable: NeedsParent, "
               "Disposition: Staged"}},
    {254,
     {COL_CBS, "Appl: Package: $p, Update: Microsoft-Hyper-V-Tools-All, Applicable: NeedsParent, "
               "Disposition: Staged"}},
    {156,
     {COL_CBS,
      "Appl: Package: $p, Update: $k-1_neutral, Applicable: NotApplicable, Disposition: Staged"}},
    {176,
     {COL_CBS, "Appl: detect Parent, Package: $p, Parent: $p, Standalone integration and parent is "
               "missing, ignore this parent."}},
    {166,
     {COL_CBS,
      "Appl: Selfupdate, Component: $c ($v), elevation:2, lower version revision holder: $v"}},
    {160, {COL_CBS, "Appl: SelfUpdate detect, component: $c, elevation: 2, applicable: 1"}},
    {147, {COL_CBS, "Appl:LCU package and revision compare set to explicit"}},
    {132, {COL_CBS, "Appl: detect Parent, Package: $p, disposition state from detectParent: $w"}},
    {29,
     {COL_CBS,
      "Appl: Partial install Status testing, package: $p, partially installed (true/false), 0"}},
    {324, {COL_CBS, "EvaluateApplicability, package: $p, Package applicability: $w."}},
    {168,
     {COL_CBS, "External EvaluateApplicability, package: $p, package applicable State: $w, highest "
               "update applicable state: $w, resulting applicable state:$w"}},
    {80,
     {COL_CBS, "External EvaluateApplicability - Current state, package: $p, package current "
               "state: $w, lowest rollup current state: $w, resulting current state: $w"}},
    {1842,
     {COL_CBS, "Read out cached applicability from TiLight for package: $p, ApplicableState: 112, "
               "CurrentState:112"}},
    {1359,
     {COL_CBS,
      "Read out cached package applicability for package: $p, ApplicableState: 0, CurrentState:0"}},
    {388,
     {COL_CBS, "Skipping package [$p] since it has a release-type [OnDemand Pack] that makes it "
               "not superseded"}},
    {90, {COL_CBS, "Skipping package [$p] since it is permanent"}},
    {299, {COL_CBS, "Skip FODs not currently installed: $p, state: $w"}},
    {62, {COL_CBS, "Skip FODs not currently staged or installed: $p, state: $w"}},
    {97, {COL_CBS, "Enumerating Foundation package: $p, this could be slow"}},
    {169,
     {COL_CBS,
      "FOD: Package found on the server, but not applicable to the system: "
      "\\\\?\\C:\\Windows\\Servicing\\InboxFodMetadataCache\\metadata\\Language.Basic~$l~1.0.mum"}},
    {37, {COL_CBS, "FOD: ActionList.xml is not cached."}},
    {34, {COL_CBS, "Found satellite package that does not match: $p"}},
    {141,
     {COL_CBS, "Virtual Edition: Microsoft-Windows-EnterpriseEdition will be mapped to: "
               "Microsoft-Windows-ProfessionalEdition"}},

    /* Probing for packages that are not there: healthy, for all its HRESULTs. */
    {218,
     {COL_CBS, "InternalOpenPackage failed for Package_for_KB$k~31bf3856ad364e35~amd64~~10.0.1.$n "
               "[HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]"}},
    {1444,
     {COL_CBS,
      "Failed to internally open package. [HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]"}},
    {218,
     {COL_CBS, "Failed to create open package. [HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]"}},
    {251, {COL_CBS, "Failed to OpenPackage using worker session [HRESULT = 0x800f0805]"}},
    {620, {COL_CBS, "Warning: Unrecognized packageExtended attribute."}},
    {496,
     {COL_CBS, "Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]"}},
    {496,
     {COL_CBS, "Failed to get next element [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]"}},
    {36,
     {COL_CBS, "FOD: WUFodMetadataCache not available; falling back to InboxFodMetadataCache: hr = "
               "0x80070002"}},
    {22, {COL_CBS, "Not able to read BranchName [HRESULT = 0x80070002 - ERROR_FILE_NOT_FOUND]"}},
    {17,
     {COL_CBS, "Failed to move \\\\?\\C:\\Windows\\CbsTemp\\$s to temp directory "
               "\\\\?\\C:\\Windows\\CbsTemp\\$g [HRESULT = 0x80070020 - ERROR_SHARING_VIOLATION]"}},
    {26, {COL_CBS, "SQM: Failed to start standard sample upload. [HRESULT = 0x80004005 - E_FAIL]"}},
    {21, {COL_CBS, "DLWD:WU search failed [HRESULT = 0x8024402c - Unknown Error]"}},
    {21, {COL_CBS, "FC:   CFCAcquirerWUClient::Download(134): Result = 0x8024402C"}},

    /* Sessions, most of them mere queries. */
    {3185,
     {COL_CBS, "Session: $s initialized by client WindowsUpdateAgent, external staging directory: "
               "(null), external registry directory: (null)"}},
    {166,
     {COL_CBS, "Session: $s initialized by client WinMgmt, external staging directory: (null), "
               "external registry directory: (null)"}},
    {89,
     {COL_CBS, "Session: $s initialized by client QueryFileHash, external staging directory: "
               "(null), external registry directory: (null)"}},
    {49,
     {COL_CBS, "Session: $s initialized by client LanguageSettings, external staging directory: "
               "(null), external registry directory: (null)"}},
    {91, {COL_CBS, "Session: $s finalized. Reboot required: no [HRESULT = 0x00000000 - S_OK]"}},
    {398,
     {COL_CBS,
      "WU creates the package, AppID:<<PROCESS>>: powershell.exe, UpdateID:$g, revision: 202"}},
    {66,
     {COL_CBS, "WU creates the package, AppID:MoUpdateOrchestrator, UpdateID:$g, revision: 200"}},
    {422, {COL_CBS, "CBS Engine already deactivated"}},
    {312, {COL_CBS, "Package Format: PSFX"}},
    {179, {COL_CBS, "Delta Format: ForwardOnly"}},
    {84, {COL_CBS, "Priority: Restoring default priority"}},
    {44, {COL_CBS, "Enabling EcoQos for session threads"}},
    {45, {COL_CBS, "Operations recap:"}},
    {45, {COL_CBS, "Total time: $mms"}},
    {121, {COL_CBS, "Deletion of: \\\\?\\C:\\WINDOWS\\CbsTemp\\$g successful"}},
    {97, {COL_CBS, "Deleting the contents of directory: \\\\?\\C:\\Windows\\CbsTemp"}},
    {46, {COL_CBS, "No content found - '\\\\?\\C:\\Windows\\SoftwareDistribution\\Download\\$x'"}},
    {277, {COL_CBS, "FC:   FCAcquirerWUClient: WULib DownloadProgress: [$n / 100]"}},
    {26, {COL_CBS, "FC:   FCAcquirerWUClient: WULib Mode Complete: [1]"}},
    {42,
     {COL_CBS, "DWLD: Downloading update (1 of 1 bytes)...[$m of 99999 bytes overall - $n%], sub "
               "phase: 3, sub percentage: $n"}},
    {95, {COL_CBS, "Maint: idle processing paused"}},
    {20,
     {COL_CBS,
      "Plan: Force applicability state to absent due to absent limit state on package: $p"}},
    {48,
     {COL_CBS, "Plan: Package: $p, current: Installed, pending: Default, start: Installed, "
               "applicable: Absent, targeted: Absent, limit: Absent"}},
    {15, {COL_CBS, "Exec: Uninstall package: $p"}},
    {34, {COL_CBS, "Winlogon: Registering for CreateSession notifications"}},
    {29, {COL_CBS, "Reboot mark set"}},
    {26, {COL_CBS, "Reboot mark cleared"}},
    {24, {COL_CBS, "TI: the computer is suspending"}},
    {17, {COL_CBS, "Clearing HangDetect value"}},
    {17,
     {COL_CBS,
      "SetProgressMessage: progressMessageStage: 0, ExecuteState: ExecuteStateNone, SubStage: 0"}},

    /* The component store. */
    {22236, {COL_CSI, "$q Direct SIL provider: Number of files opened: $m."}},
    {1773,
     {COL_CSI, "$q Hashes for file member [l:9]'$f' do not match.\n Expected: {l:32 ml:33 b:$b}.\n "
               "Actual: {l:32 b:$b}."}},
    {605, {COL_CSI, "$q CSIPERF - FilePI Queue $mms"}},
    {443, {COL_CSI, "$q [SR] This component was referenced by [l:112]'$p.$k-1_neutral_LDR'"}},
    {430,
     {COL_CSI, "$q [SR] Repairing file \\??\\C:\\WINDOWS\\System32\\drivers\\\\$f from store"}},
    {168,
     {COL_CSI, "$q Perf: LRU Cache Initialize @$h; Maximum Size: 193 MiB; Initial Elements: 1976"}},
    {168, {COL_CSI, "$q Perf: LRU Cache Clear @$h"}},
    {168,
     {COL_CSI, "$q Ignoring duplicate ownership for directory "
               "[l:43]'\\??\\C:\\WINDOWS\\System32\\drivers\\$l' in component $o"}},
    {120,
     {COL_CSI, "$q [DIRSD OWNER WARNING] Directory [l:37]'\\??\\C:\\WINDOWS\\System32\\wbem\\$l' "
               "is not owned but specifies SDDL in component $o"}},
    {53, {COL_CSI, "$q Poqexec successfully registered in [l:12 ml:13]'SetupExecute'"}},
    {51,
     {COL_CSI, "$q Warning: Unable to repair payload file ($f) for component ($c) from backups "
               "directory with disposition (2). A backup file may not exist or may be corrupt."}},
    {49, {COL_CSI, "$q CSI Store 4294967295 initialized"}},
    {45, {COL_CSI, "$Q CSI Transaction @$h destroyed\n"}},
    {44,
     {COL_CSI, "$q IAdvancedInstallerAwareStore_ResolvePendingTransactions (call 1) (flags = "
               "00000004, progress = NULL, phase = 0, pdwDisposition = @$h"}},
    {39, {COL_CSI, "$q Created NT transaction (seq 1) result 0x00000000, handle @0x29$n"}},
    {38, {COL_CSI, "$Q CSI perf trace:\nCSIPERF:TXCOMMIT;$m"}},
    {31, {COL_CSI, "$Q Beginning NT transaction commit..."}},
    {28,
     {COL_CSI,
      "$Q CSI Transaction @$h initialized for deployment engine "
      "{d16d444c-56d8-11d5-882d-0080c847b195} with flags 00000000 and client id 'TI5.$s:1/'\n"}},
    {24,
     {COL_CSI, "$q Warning: Overlap: Directory \\??\\C:\\WINDOWS\\System32\\wbem\\$l\\ is owned "
               "twice or has its security set twice\n   Original owner: $o\n   New owner: $o"}},
    {24,
     {COL_CSI, "$q Begin executing advanced installer phase 38 index $n (sequence $n)\n    Old "
               "component: $o\n    New component: $o\n    Install mode: delta\n    Smart "
               "installer: true\n    Installer ID: $g\n    Installer name: 'Events'\n"}},
    {24, {COL_CSI, "$Q CSI Advanced installer perf trace:\nCSIPERF:AIDONE;$g;$o;$mus\n"}},
    {24,
     {COL_CSI,
      "$q End executing advanced installer (sequence $n)\n    Completion status: S_OK \n"}},
    {21,
     {COL_CSI, "$q Component change list:\n  { $v -> $v $o }\n  { (null) -> $v $o }\n  { $v -> "
               "(null) $o }"}},
    {19,
     {COL_CSI,
      "$q Loading installer DLL from explicit path: \\\\?\\C:\\WINDOWS\\winsxs\\$c\\cmiv2.dll"}},
    {17, {COL_CSI, "$q Transaction UoW: $g for BeginTransaction"}},
    {10,
     {COL_CSI, "$q StoreCorruptionRepair transaction begun. WcpVersion: [l:47]'$v "
               "(WinBuild.160101.0800)'."}},
    {10, {COL_CSI, "$Q Corruption detection complete. numCorruptions = 0, Disp = 1."}},
    {10, {COL_CSI, "$q Primitive operation timings: Registry: $nms, Files: $nms"}},
    {10, {COL_CSI, "$q POQ $n starts:\n\r\nPOQ $n ends."}},
    {161,
     {COL_SXS,
      "Initialized store, arch=amd64, style=Desktop, compact=false, windir=(null), sandbox="}},
    {161,
     {COL_SXS, "TurboStack version $v (WinBuild.160101.0800) loaded from C:\\WINDOWS\\winsxs\\$c"}},

    /* The others. */
    {240,
     {COL_NONE, "Loading database: "
                "\\\\?\\C:\\WINDOWS\\CbsTemp\\$s\\LocalFoDEnum\\DesktopTargetCompDB_$l.xml"}},
    {40, {COL_NONE, "Arbiter invoked from servicing stack; skip locking"}},
    {40, {COL_NONE, "  Using flags: UnitTestMode"}},
    {43,
     {COL_DISM,
      "DISM Provider Store: PID=$m TID=$m Connecting to the provider located at "
      "C:\\Windows\\System32\\Dism\\CbsProvider.dll. - CDISMProviderStore::Internal_LoadProvider"}},
    {10,
     {COL_DISM, "DISM WIM Provider: PID=$m TID=$m Reading the catalogue.\r\n[$n] [0x8007007b] "
                "FIOReadFileIntoBuffer:(1452): The filename, directory name, or volume label "
                "syntax is incorrect."}},
    {10, {COL_DEPLOY, "[Pnp] Repaired file: C:\\WINDOWS\\System32\\drivers\\$f"}},
    {16, {COL_DPX, "Started DPX phase: Resume and Download Job"}},
    {16, {COL_DPX, "Ended DPX phase: Resume and Download Job"}},

    /* A summary of the older kind: one header, no text, everything below it. */
    {2,
     {COL_CBS,
      "\r\n=================================\r\nChecking System Update Readiness.\r\n\r\n(p)\tCSI "
      "Payload Corrupt\t(w)\t(Fixed)\t$c\\$f\r\n\r\nSummary:\r\nOperation: Detect and Repair "
      "\r\nOperation result: 0x0\r\nLast Successful Step: Entire operation completes.\r\nTotal "
      "Detected Corruption:\t1\r\n\tCBS Manifest Corruption:\t0\r\n\tCBS Metadata "
      "Corruption:\t0\r\n\tCSI Payload Corruption:\t1\r\nTotal Repaired Corruption:\t1\r\nTotal "
      "Operation Time: $n seconds.\r\n"}},
};
const size_t cw_gen_cbs_usual_count = sizeof(cw_gen_cbs_usual) / sizeof(cw_gen_cbs_usual[0]);

const struct cw_gen_weighted cw_gen_cbs_noise[] = {
    {20,
     {COL_CBS,
      "Failed to internally open package. [HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]"}},
    {10,
     {COL_CBS, "Failed to get next element [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]"}},
    {10,
     {COL_CBS, "Failed to get merged pending executionsequence info. [HRESULT = 0x80070490 - "
               "ERROR_NOT_FOUND]"}},
    {10,
     {COL_CBS, "Failed to read DoqCount for Session: $s [HRESULT = 0x80070490 - ERROR_NOT_FOUND]"}},
    {10, {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateFailed"}},
    {10,
     {COL_CBS, "Progress: UI message updated. Operation type: Update. Stage: 1 out of 1. Temporary "
               "Rollback."}},
    {10, {COL_CBS, "    INSTALL index: $n, phase: 2, result 0, inf: $i"}},
    {5,
     {COL_CBS_ERROR,
      "Failed to perform operation.  [HRESULT = 0x800f0816 - CBS_E_DPX_JOB_STATE_SAVED]"}},
    {5,
     {COL_CBS_WARNING, "Current tick count lower than last tick count. [HRESULT = 0x8007000d - "
                       "ERROR_INVALID_DATA]"}},
    {5, {COL_CSI, "$q (F) Logged @: [l:26 ml:27]'JobsHandler::Install enter'"}},
    {5,
     {COL_CSI, "$q [SR] Cannot repair member file [l:9]'$f' of $o in the store, file is missing"}},
};
const size_t cw_gen_cbs_noise_count = sizeof(cw_gen_cbs_noise) / sizeof(cw_gen_cbs_noise[0]);
