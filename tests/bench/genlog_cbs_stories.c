/* What CBS.log tells in order: services that start and stop, an update from its session to the
 * verdict after the restart. */
#include "genlog_cbs.h"

#define STORY(lines)                                                                               \
    {                                                                                              \
        lines, sizeof(lines) / sizeof((lines)[0])                                                  \
    }

static const struct cw_gen_line service_start[] = {
    {COL_CBS, "TI: --- Initializing Trusted Installer ---"},
    {COL_CBS, "TI: Last boot time: $T"},
    {COL_CBS, "Starting TrustedInstaller initialization."},
    {COL_CBS, "Lock: New lock added: CCbsPublicSessionClassFactory, level: 30, total lock:4"},
    {COL_CBS, "Lock: New lock added: WinlogonNotifyLock, level: 8, total lock:6"},
    {COL_CBS, "Ending TrustedInstaller initialization."},
    {COL_CBS, "Starting the TrustedInstaller main loop."},
    {COL_CBS, "TrustedInstaller service starts successfully."},
    {COL_CBS, "No startup processing required, TrustedInstaller service was not set as autostart"},
    {COL_CBS, "Startup processing thread terminated normally"},
    {COL_CBS, "TI: Startup Processing completes, release startup processing lock."},
    {COL_CBS, "Starting TiWorker initialization."},
    {COL_CBS, "Lock: New lock added: TiWorkerClassFactory, level: 30, total lock:2"},
    {COL_CBS, "Ending TiWorker initialization."},
    {COL_CBS, "Starting the TiWorker main loop."},
    {COL_CBS, "TiWorker starts successfully."},
    {COL_CBS, "Lock: New lock added: CCbsWorker, level: 5, total lock:3"},
    {COL_CBS, "Universal Time is: $u"},
    {COL_CBS, "Loaded Servicing Stack v$v with Core: C:\\WINDOWS\\winsxs\\$c\\cbscore.dll"},
    {COL_CBS, "Build: 19041.1.amd64fre.vb_release.191206-1406"},
    {COL_CSI, "$Q WcpInitialize: wcp.dll version $v (WinBuild.160101.0800)"},
    {COL_CBS, "TurboContainer load Successful"},
    {COL_CBS, "Lock: New lock added: CCbsSessionManager, level: 11, total lock:9"},
    {COL_CBS, "Lock: New lock added: CSIInventoryCriticalSection, level: 64, total lock:10"},
    {COL_CBS, "NonStart: Set pending store consistency check."},
};

static const struct cw_gen_line service_stop[] = {
    {COL_CBS, "Trusted Installer is shutting down because: SHUTDOWN_REASON_AUTOSTOP"},
    {COL_CBS, "TiWorker signaled for shutdown, going to exit."},
    {COL_CBS, "CbsCoreFinalize: ExecutionEngineFinalize"},
    {COL_CBS, "Execution Engine Finalize"},
    {COL_CBS, "Lock: Lock removed: TiWorkerClassFactory, level: 30, total lock:3"},
    {COL_CBS, "Lock: Lock removed: CCbsWorker, level: 5, total lock:2"},
    {COL_CBS, "Ending the TiWorker main loop."},
    {COL_CBS, "Starting TiWorker finalization."},
    {COL_CBS, "CbsCoreFinalize: ComponentAnalyzerFinalize"},
    {COL_CBS, "CbsCoreFinalize: PackageTrackerFinalize"},
    {COL_CBS, "CbsCoreFinalize: CoreResourcesUnload"},
    {COL_CBS, "CbsCoreFinalize: SessionManagerFinalize"},
    {COL_CBS, "Lock: Lock removed: CSIInventoryCriticalSection, level: 64, total lock:10"},
    {COL_CBS, "Lock: Lock removed: CCbsSessionManager, level: 11, total lock:9"},
    {COL_CBS, "CbsCoreFinalize: CapabilityManagerFinalize"},
    {COL_CBS, "CbsCoreFinalize: PublicObjectMonitorFinalize"},
    {COL_CBS, "CbsCoreFinalize: Enter vCoreInitializeLock"},
    {COL_CBS, "CbsCoreFinalize: WcpUnload"},
    {COL_CBS, "CbsCoreFinalize: DrupUnload"},
    {COL_CBS, "CbsCoreFinalize: CfgMgr32Unload"},
    {COL_CBS, "CbsCoreFinalize: DpxUnload"},
    {COL_CBS, "CbsCoreFinalize: SrUnload"},
    {COL_CBS, "CbsCoreFinalize: CbsEsdUnload"},
    {COL_CBS, "CbsCoreFinalize: CbsTraceInfoUninitialize"},
    {COL_CBS, "CbsCoreFinalize: CbsEventUnregister"},
    {COL_CBS, "CbsCoreFinalize: AppContainerUnload"},
    {COL_CBS, "CbsCoreFinalize: WdsUnload, logging from cbscore will end."},
    {COL_CBS, "Ending TiWorker finalization."},
    {COL_CBS, "Ending the TrustedInstaller main loop."},
    {COL_CBS, "Starting TrustedInstaller finalization."},
    {COL_CBS, "Lock: Lock removed: WinlogonNotifyLock, level: 8, total lock:6"},
    {COL_CBS, "Ending TrustedInstaller finalization."},
};

static const struct cw_gen_line sfc_batch[] = {
    {COL_CSI, "$q [SR] Verifying 100 components"},
    {COL_CSI, "$q [SR] Beginning Verify and Repair transaction"},
    {COL_CSI, "$q [SR] Verify complete"},
};

static const struct cw_gen_line sfc_commit[] = {
    {COL_CSI, "$q [SR] Repairing 1 components"},
    {COL_CSI, "$q [SR] Repair complete"},
    {COL_CSI, "$q [SR] Committing transaction"},
    {COL_CSI, "$q Creating NT transaction (seq 1)"},
    {COL_CSI, "$q Created NT transaction (seq 1) result 0x00000000, handle @0x2958"},
    {COL_CSI, "$Q Beginning NT transaction commit..."},
    {COL_CSI, "$Q CSI perf trace:\nCSIPERF:TXCOMMIT;$m"},
    {COL_CSI,
     "$q [SR] Verify and Repair Transaction completed. All files and registry keys listed in "
     "this transaction  have been successfully repaired"},
};

static const struct cw_gen_line update_prepared[] = {
    {COL_CBS, "Session: $S initialized by client WindowsUpdateAgent, external staging directory: "
              "(null), external registry directory: (null)"},
    {COL_CBS, "Exec: Processing started.  Client: WindowsUpdateAgent, Session: $S, Package: $P, "
              "Identifier: KB$K"},
    {COL_CBS, "Exec: Using execution sequence: $n"},
    {COL_CBS, "Perf: Entering stage: Planning"},
    {COL_CBS, "FLOW: Entering stage: Planning "},
    {COL_CBS, "Plan: Package: $P, current: Absent, pending: Default, start: Absent, applicable: "
              "Installed, targeted: Installed, limit: Installed"},
    {COL_CBS, "Perf: Resolve chain started."},
    {COL_CBS, "FLOW: Entering stage: Resolving "},
    {COL_CBS, "Exec: Resolving Package: $P, Update: $K-1_neutral"},
    {COL_CBS, "Perf: Resolve chain complete."},
    {COL_CBS, "Perf: Stage chain started."},
    {COL_CBS, "FLOW: Entering stage: Staging "},
    {COL_CBS, "Exec: Staging Package: $P, Update: $K-1_neutral, PinDeployment: $c"},
    {COL_CBS, "Perf: Stage chain complete."},
    {COL_CBS, "Perf: Execute chain started."},
    {COL_CBS, "FLOW: Entering stage: Installing "},
    {COL_CBS, "FLOW: Enter Installation Stage: InstallDeployment, Current Operation Stage: "
              "Installing"},
    {COL_CBS, "Exec: Installing Package: $P, Update: $K-1_neutral, InstallDeployment: $c"},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateFailed"},
    {COL_CSI, "$Q CSI Transaction @$h initialized for deployment engine "
              "{d16d444c-56d8-11d5-882d-0080c847b195} with flags 00000000 and client id "
              "'TI4.$S:4/$P'\n"},
    {COL_CBS, "Setting ExecuteState key to: ExecuteStateNone"},
    {COL_CBS, "Perf: InstallUninstallChain complete."},
    {COL_CBS, "Exec: Processing complete.  Session: $S, Package: $P, Identifier: KB$K "
              "[HRESULT = 0x80070bc2 - ERROR_SUCCESS_REBOOT_REQUIRED]"},
    {COL_CBS, "Session: $S finalized. Reboot required: yes [HRESULT = 0x00000000 - S_OK]"},
    {COL_CBS, "Shtd: Begin shutdown processing."},
    {COL_CBS, "Shtd: Prepare for shutdown processing."},
    {COL_CBS, "Shtd: PreshutdownTimeout: 3600000ms, BlockTimeIncrement: 900000ms"},
    {COL_CBS, "Shtd: Waiting for any outstanding sessions to complete"},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateStageDrivers"},
    {COL_CBS, "Perf: Doqe: Install started."},
    {COL_CBS, "Doqe: [Forward] Installing driver updates, Count 1"},
    {COL_CBS, "    INSTALL index: 0, phase: 1, result 0, inf: $I.inf"},
};

static const struct cw_gen_line shutdown_retry[] = {
    {COL_CBS, "    INSTALL index: 0, phase: 2, result $R, inf: $I.inf"},
    {COL_CBS, "Doqe: Recording result: $H, for Inf: $I.inf"},
    {COL_CBS, "DriverUpdateInstallUpdates failed [HRESULT = $E]"},
    {COL_CBS, "Doqe: Failed installing driver updates [HRESULT = $E]"},
    {COL_CBS, "Perf: Doqe: Install ended."},
    {COL_CBS, "Failed installing driver updates [HRESULT = $E]"},
    {COL_CBS_ERROR, "Shtd: Failed while processing non-critical driver operations queue. "
                    "[HRESULT = $E]"},
    {COL_CBS, "Shtd: Rolling back KTM, because drivers failed."},
    {COL_CBS, "Progress: UI message updated. Operation type: Update. Stage: 1 out of 1. Temporary "
              "Rollback."},
    {COL_CBS, "Doqe: Unlocking driver updates, Count 1"},
    {COL_CBS, "Shtd: progress thread terminating. [HRESULT = 0x00000000 - S_OK]"},
    {COL_CBS, "Shtd: Shutdown processing complete."},
};

#define STARTUP_BEGIN(status, state)                                                               \
    {COL_CBS, "TI: --- Initializing Trusted Installer ---"}, {COL_CBS, "TI: Last boot time: $T"},  \
        {COL_CBS, "Setting core mode: CbsCoreModePSRL"},                                           \
        {COL_CSI, "$Q WcpInitialize: wcp.dll version $v (WinBuild.160101.0800)"},                  \
        {COL_CBS, "Startup: BlockTime: 10800000ms, BlockTimeIncrement: 900000ms"},                 \
        {COL_CBS,                                                                                  \
         "Retrieved original failure status: " status ", last forward execute state: " state},     \
        {COL_CBS, "Startup: current ExecuteState is " state},                                      \
        {COL_CBS, "Startup: Initializing driver operations queue."},                               \
        {COL_CBS, "Startup: Initializing advanced operation queue."},                              \
        {COL_CBS, "Startup: Waiting for SC autostart event"},                                      \
        {COL_CBS, "Startup: SC autostart event signaled"},                                         \
    {                                                                                              \
        COL_CBS, "Startup: Changing logon timeout to a sliding window timeout: 900000"             \
    }

static const struct cw_gen_line startup_success[] = {
    STARTUP_BEGIN("0x00000000", "CbsExecuteStateStageDrivers"),
    {COL_CBS, "Doqe: [Forward] Installing driver updates, Count 1"},
    {COL_CBS, "    INSTALL index: 0, phase: 1, result 0, inf: $I.inf"},
    {COL_CBS, "    INSTALL index: 0, phase: 2, result 0, inf: $I.inf"},
    {COL_CBS, "Perf: Doqe: Install ended."},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStatePrimitives"},
    {COL_CBS, "Startup: Processing primitive operations queue."},
    {COL_CBS, "Poqexec.exe completed. [HRESULT = 0x00000000 - S_OK]"},
    {COL_CBS, "Startup: Primitive operations completed successfully."},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateResolvePending"},
    {COL_CBS, "Startup: Processing advanced operation queue, startupPhase: 0"},
    {COL_CSI, "$q Begin executing advanced installer phase 39 index 11 (sequence 51)\n"
              "    Old component: (null)\n    New component: $o\n    Install mode: delta\n"
              "    Smart installer: false\n    Installer ID: $g\n"
              "    Installer name: 'Mof'\n"},
    {COL_CSI, "$Q CSI Advanced installer perf trace:\nCSIPERF:AIDONE;$g;$o;$mus\n"},
    {COL_CSI, "$q End executing advanced installer (sequence 51)\n    Completion status: S_OK \n"},
    {COL_CBS, "No more queue entries, deleted pending.xml"},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateComplete"},
    {COL_CBS, "Startup: Package: $P completed startup processing, new state: Installed, original: "
              "Staged, targeted: Installed.  hr = 0x0"},
    {COL_CBS, "Clearing original failure status: 0x00000000"},
    {COL_CBS, "Setting ExecuteState key to: ExecuteStateNone"},
    {COL_CBS, "Startup: Processing complete. [HRESULT = 0x00000000 - S_OK]"},
};

static const struct cw_gen_line startup_driver_failure[] = {
    STARTUP_BEGIN("0x00000000", "CbsExecuteStateStageDrivers"),
    {COL_CBS, "Perf: Doqe: Install started."},
    {COL_CBS, "Doqe: [Forward] Installing driver updates, Count 1"},
    {COL_CBS, "    INSTALL index: 0, phase: 1, result 0, inf: $I.inf"},
    {COL_CBS, "Progress: UI message updated. Operation type: Update. Stage: 1 out of 1. Percent "
              "progress: $n."},
    {COL_CBS, "    INSTALL index: 0, phase: 2, result $R, inf: $I.inf"},
    {COL_CBS, "Doqe: Recording result: $H, for Inf: $I.inf"},
    {COL_CBS, "DriverUpdateInstallUpdates failed [HRESULT = $E]"},
    {COL_CBS_ERROR, "Doqe: Failed installing driver updates [HRESULT = $E]"},
    {COL_CBS, "Perf: Doqe: Install ended."},
    {COL_CBS, "Failed installing driver updates [HRESULT = $E]"},
    {COL_CBS_ERROR, "Startup: Failed while processing non-critical driver operations queue. "
                    "[HRESULT = $E]"},
    {COL_CBS, "Startup: Rolling back KTM, because drivers failed."},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateStageDrivers | "
              "CbsExecuteStateFlagRollback | CbsExecuteStateFlagDriversFailed"},
    {COL_CBS, "SetProgressMessage: progressMessageStage: -1, ExecuteState: "
              "CbsExecuteStateStageDrivers | CbsExecuteStateFlagRollback | "
              "CbsExecuteStateFlagDriversFailed, SubStage: 0"},
    {COL_CBS, "Progress: UI message updated. Operation type: Update. Stage: 1 out of 1. Rollback."},
    {COL_CBS, "Setting original failure status: $H, last forward execute state: "
              "CbsExecuteStatePrimitives"},
    {COL_CBS, "Doqe: q-unstage: Inf: $I.inf, Ranking: 2, Device-Install: 0, Key: 1, Identity: "
              "$I.inf, Version=$V, PublicKeyToken=31bf3856ad364e35, ProcessorArchitecture=amd64, "
              "versionScope=NonSxS"},
    {COL_CBS, "Perf: Doqe: Unstaging started."},
    {COL_CBS, "Doqe: [Rollback] Unstaging driver updates, Count 1"},
    {COL_CBS, "    UNSTAGE index: 0, phase: 1, result 0, inf: $I.inf"},
    {COL_CBS, "Perf: Doqe: Unstaging ended."},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateFailed"},
    {COL_CBS, "Removed poqexec from Cbs key."},
    {COL_CBS, "Doqe: Enabling Device installs"},
    {COL_CSI, "$q Cancelling transactions: [1]: [l:77]'TI4.$S:4/$P'"},
    {COL_CSI, "$q Creating NT transaction (seq 1), objectname '(null)'"},
    {COL_CSI, "$q Created NT transaction (seq 1) result 0x00000000, handle @0x210"},
    {COL_CSI, "$Q CSI perf trace:\nCSIPERF:TXCOMMIT;$m"},
    {COL_CBS_ERROR, "Doqe: Marked package $P as failed."},
    {COL_CBS, "Startup: Processing complete. [HRESULT = 0x80070bc2 - "
              "ERROR_SUCCESS_REBOOT_REQUIRED]"},
};

static const struct cw_gen_line startup_after_failure[] = {
    STARTUP_BEGIN("$H", "CbsExecuteStatePrimitives"),
    {COL_CBS, "WER: Generating failure report for package: $P, status: $H, failure source: DOQ, "
              "start state: Staged, target state: Installed, client id: WindowsUpdateAgent"},
    {COL_CBS, "Not able to query DisableWerReporting flag.  Assuming not set... [HRESULT = "
              "0x80070002 - ERROR_FILE_NOT_FOUND]"},
    {COL_CBS, "Startup: Package: $P completed startup processing, new state: Staged, original: "
              "Staged, targeted: Installed.  hr = $H"},
    {COL_CBS, "Clearing original failure status: $H"},
    {COL_CBS, "Setting ExecuteState key to: ExecuteStateNone"},
    {COL_CBS, "Startup: Processing complete. [HRESULT = $E]"},
};

static const struct cw_gen_line startup_installer_failure[] = {
    STARTUP_BEGIN("0x00000000", "CbsExecuteStateResolvePending"),
    {COL_CBS, "Startup: Processing advanced operation queue, startupPhase: 0"},
    {COL_CSI, "$q Begin executing advanced installer phase 38 index 4 (sequence 7)\n"
              "    Old component: (null)\n    New component: $o\n    Install mode: install\n"
              "    Smart installer: false\n"
              "    Installer ID: {aa36d5c6-2d9f-4a1b-b0a5-3c1de0c61f7e}\n"
              "    Installer name: 'HTTP Installer'\n"},
    {COL_CSI, "$q End executing advanced installer (sequence 7)\n"
              "    Completion status: HRESULT_FROM_WIN32($R) \n"},
    {COL_CSI_EVENT, "$q (F) Failed execution of queue item Installer: HTTP Installer "
                    "({aa36d5c6-2d9f-4a1b-b0a5-3c1de0c61f7e}) with HRESULT "
                    "HRESULT_FROM_WIN32($R).  Failure will not be ignored: A rollback will be "
                    "initiated after all the operations in the installer queue are completed; "
                    "installer is reliable[gle=0x80004005]"},
    {COL_CSI, "$Q Finished running all AIs."},
    {COL_CSI, "$q The queue has completed running, and AI failures have occured."},
    {COL_CSI, "$q ==Error Summary Start=="},
    {COL_CSI_ERROR, "$q (F) Installer: HTTP Installer\tBinary Name: httpai.dll\tErrorCode: "
                    "$Z\tPhase: 38\tMode: Delta\tComponent: NONE[gle=0x80004005]"},
    {COL_CSI, "$q ==Error Summary End=="},
    {COL_CBS_ERROR, "Startup: Failed to process advanced operation queue, startupPhase: 0.  A "
                    "rollback transaction will be created. [HRESULT = 0x800f0922 - "
                    "CBS_E_INSTALLERS_FAILED]"},
    {COL_CBS, "Setting ExecuteState key to: CbsExecuteStateInitiateRollback | "
              "CbsExecuteStateFlagAdvancedInstallersFailed"},
    {COL_CBS, "Setting original failure status: 0x800f0922, last forward execute state: "
              "CbsExecuteStateResolvePending"},
    {COL_CBS, "Startup: Failed to process advanced operation queue.  Drivers and primitives will "
              "be rolled back and a restart initiated."},
    {COL_CBS, "Startup: Processing complete. [HRESULT = 0x80070bc2 - "
              "ERROR_SUCCESS_REBOOT_REQUIRED]"},
    STARTUP_BEGIN("0x800f0922", "CbsExecuteStateResolvePending"),
    {COL_CBS, "WER: Generating failure report for package: $P, status: 0x800f0922, failure source: "
              "CSI Other, start state: Staged, target state: Installed, client id: "
              "WindowsUpdateAgent"},
    {COL_CBS, "Startup: Processing complete. [HRESULT = 0x800f0922 - CBS_E_INSTALLERS_FAILED]"},
};

static const struct cw_gen_line resolve_failure[] = {
    {COL_CBS, "Session: $S initialized by client WindowsUpdateAgent, external staging directory: "
              "(null), external registry directory: (null)"},
    {COL_CBS, "Exec: Processing started.  Client: WindowsUpdateAgent, Session: $S, Package: $P, "
              "Identifier: KB$K"},
    {COL_CBS, "Perf: Resolve chain started."},
    {COL_CBS, "Exec: Resolving Package: $P, Update: $K-1_neutral"},
    {COL_CBS, "Store corruption, manifest missing for package: Package_123_for_KB$k~"
              "31bf3856ad364e35~amd64~~10.0.1.7"},
    {COL_CBS_ERROR, "Failed to resolve package 'Package_123_for_KB$k~31bf3856ad364e35~amd64~~"
                    "10.0.1.7' [HRESULT = 0x800f0831 - CBS_E_STORE_CORRUPTION]"},
    {COL_CBS, "Mark store corruption flag because of package: $P. [HRESULT = 0x800f0831 - "
              "CBS_E_STORE_CORRUPTION]"},
    {COL_CBS, "Failed to resolve execution chain. [HRESULT = 0x800f0831 - CBS_E_STORE_CORRUPTION]"},
    {COL_CBS_ERROR, "Failed to process single phase execution. [HRESULT = 0x800f0831 - "
                    "CBS_E_STORE_CORRUPTION]"},
    {COL_CBS, "WER: Generating failure report for package: $P, status: 0x800f0831, failure source: "
              "Resolve, start state: Absent, target state: Installed, client id: "
              "WindowsUpdateAgent"},
    {COL_CBS, "Exec: Processing complete.  Session: $S, Package: $P, Identifier: KB$K "
              "[HRESULT = 0x800f0831 - CBS_E_STORE_CORRUPTION]"},
    {COL_CBS_ERROR, "Failed to perform operation.  [HRESULT = 0x800f0831 - "
                    "CBS_E_STORE_CORRUPTION]"},
    {COL_CBS, "Session: $S finalized. Reboot required: no [HRESULT = 0x800f0831 - "
              "CBS_E_STORE_CORRUPTION]"},
};

const struct cw_gen_story cw_gen_service_start = STORY(service_start);
const struct cw_gen_story cw_gen_service_stop = STORY(service_stop);
const struct cw_gen_story cw_gen_sfc_batch = STORY(sfc_batch);
const struct cw_gen_story cw_gen_sfc_commit = STORY(sfc_commit);
const struct cw_gen_story cw_gen_update_prepared = STORY(update_prepared);
const struct cw_gen_story cw_gen_shutdown_retry = STORY(shutdown_retry);
const struct cw_gen_story cw_gen_startup_success = STORY(startup_success);
const struct cw_gen_story cw_gen_startup_driver_failure = STORY(startup_driver_failure);
const struct cw_gen_story cw_gen_startup_installer_failure = STORY(startup_installer_failure);
const struct cw_gen_story cw_gen_startup_after_failure = STORY(startup_after_failure);
const struct cw_gen_story cw_gen_resolve_failure = STORY(resolve_failure);
