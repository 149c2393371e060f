/* What machines live through, as text of their logs: put together from steps, each a few lines.
 *
 * All arguments are string literals. `day` is "2021-05-06" in CBS.log and "2021/05/06" in
 * setupapi.dev.log; `package` and `session` are as in the log.
 */
#ifndef CW_TESTS_STORIES_H
#define CW_TESTS_STORIES_H

#define LINE(day, clock, text) day " " clock ", Info                  CBS    " text "\n"
#define PACKAGE(kb) "Package_for_" kb "~31bf3856ad364e35~amd64~~10.0.1.4"

/* --- CBS.log --- */

#define EXEC_OF(day, session, package, identifier)                                                 \
    LINE(day, "09:00:00",                                                                          \
         "Exec: Processing started.  Client: WindowsUpdateAgent, Session: " session                \
         ", Package: " package ", Identifier: " identifier)
#define EXEC(day, session, package) EXEC_OF(day, session, package, "update")
#define EXEC_ENDS(day, session, package, result)                                                   \
    LINE(day, "09:04:00",                                                                          \
         "Exec: Processing complete.  Session: " session ", Package: " package                     \
         ", Identifier: update [HRESULT = " result "]")
#define FINALIZED(day, session, reboot, result)                                                    \
    LINE(day, "09:05:00",                                                                          \
         "Session: " session " finalized. Reboot required: " reboot " [HRESULT = " result "]")

/* The session is done; what it installed waits for a restart. */
#define INSTALL_WAITS(day, session, package)                                                       \
    EXEC(day, session, package)                                                                    \
    EXEC_ENDS(day, session, package, "0x00000000 - S_OK")                                          \
    FINALIZED(day, session, "yes", "0x00000000 - S_OK")
/* The same for a package whose name holds no KB; its session names it. */
#define UPDATE_WAITS(day, session, package, kb)                                                    \
    EXEC_OF(day, session, package, kb)                                                             \
    EXEC_ENDS(day, session, package, "0x00000000 - S_OK")                                          \
    FINALIZED(day, session, "yes", "0x00000000 - S_OK")
/* It was installed without one. */
#define INSTALLED(day, session, package)                                                           \
    EXEC(day, session, package)                                                                    \
    EXEC_ENDS(day, session, package, "0x00000000 - S_OK")                                          \
    FINALIZED(day, session, "no", "0x00000000 - S_OK")
#define SESSION_FAILS(day, session, package, result)                                               \
    EXEC(day, session, package)                                                                    \
    EXEC_ENDS(day, session, package, result)                                                       \
    FINALIZED(day, session, "no", result)

#define SHUTDOWN(day) LINE(day, "18:00:00", "Shtd: Begin shutdown processing.")
#define SHUTDOWN_ENDS(day) LINE(day, "18:00:30", "Shtd: Shutdown processing complete.")

/* Drivers fail at shutdown, which is taken back until startup. */
#define TEMPORARY_ROLLBACK_WITH(day, inf, win32, hresult)                                          \
    SHUTDOWN(day)                                                                                  \
    LINE(day, "18:00:05", "    INSTALL index: 0, phase: 2, result " win32 ", inf: " inf)           \
    LINE(day, "18:00:05",                                                                          \
         "Shtd: Failed while processing non-critical driver operations queue. [HRESULT = " hresult \
         " - ]")                                                                                   \
    LINE(day, "18:00:05", "Shtd: Rolling back KTM, because drivers failed.")                       \
    LINE(day, "18:00:06",                                                                          \
         "Progress: UI message updated. Operation type: Update. Stage: 1 out of 1. Temporary "     \
         "Rollback.")                                                                              \
    SHUTDOWN_ENDS(day)
#define TEMPORARY_ROLLBACK(day, inf) TEMPORARY_ROLLBACK_WITH(day, inf, "32", "0x80070020")

#define STARTUP(day)                                                                               \
    LINE(day, "07:00:00",                                                                          \
         "Retrieved original failure status: 0x00000000, last forward execute state: "             \
         "CbsExecuteStateStageDrivers")                                                            \
    LINE(day, "07:00:01", "Startup: Initializing driver operations queue.")
#define STARTUP_ENDS(day, result)                                                                  \
    LINE(day, "07:01:00", "Startup: Processing complete. [HRESULT = " result "]")

/* A driver operation fails at startup with a Win32 error, and everything is taken back. */
#define DRIVERS_FAIL(day, inf, win32, hresult)                                                     \
    LINE(day, "07:00:10", "Doqe: [Forward] Installing driver updates, Count 1")                    \
    LINE(day, "07:00:20", "    INSTALL index: 0, phase: 2, result " win32 ", inf: " inf)           \
    LINE(day, "07:00:20", "Doqe: Recording result: " hresult ", for Inf: " inf)                    \
    LINE(day, "07:00:20", "Doqe: Failed installing driver updates [HRESULT = " hresult " - ]")     \
    LINE(day, "07:00:21",                                                                          \
         "Startup: Failed while processing non-critical driver operations queue. [HRESULT "        \
         "= " hresult " - ]")                                                                      \
    LINE(day, "07:00:21", "Startup: Rolling back KTM, because drivers failed.")                    \
    LINE(day, "07:00:21",                                                                          \
         "Setting ExecuteState key to: CbsExecuteStateStageDrivers | "                             \
         "CbsExecuteStateFlagRollback | CbsExecuteStateFlagDriversFailed")                         \
    LINE(day, "07:00:21",                                                                          \
         "Setting original failure status: " hresult                                               \
         ", last forward execute state: CbsExecuteStatePrimitives")
#define PACKAGE_FAILS(day, package, hresult)                                                       \
    LINE(day, "07:00:40", "Doqe: Marked package " package " as failed.")                           \
    LINE(day, "07:00:41",                                                                          \
         "Startup: Package: " package                                                              \
         " completed startup processing, new state: Staged, original: Staged, targeted: "          \
         "Installed.  hr = " hresult)

/* The whole of an update that a driver brings down at startup. */
#define UPDATE_ROLLED_BACK(day, next_day, session, package, inf, win32, hresult)                   \
    INSTALL_WAITS(day, session, package)                                                           \
    SHUTDOWN(day)                                                                                  \
    SHUTDOWN_ENDS(day)                                                                             \
    STARTUP(next_day)                                                                              \
    DRIVERS_FAIL(next_day, inf, win32, hresult)                                                    \
    PACKAGE_FAILS(next_day, package, hresult)                                                      \
    STARTUP_ENDS(next_day, hresult " - ")
#define UPDATE_SUCCEEDS(day, next_day, session, package)                                           \
    INSTALL_WAITS(day, session, package)                                                           \
    SHUTDOWN(day)                                                                                  \
    SHUTDOWN_ENDS(day)                                                                             \
    STARTUP(next_day)                                                                              \
    STARTUP_ENDS(next_day, "0x00000000 - S_OK")

/* --- setupapi.dev.log --- */

#define DEVICE_LOG "[Device Install Log]\n     OS Version = 10.0.17763\n\n[BeginLog]\n\n"
#define SECTION_OF(title, day, begin, body, end, status)                                           \
    ">>>  [" title "]\n>>>  Section start " day " " begin "\n" body "<<<  Section end " day        \
    " " end "\n<<<  [Exit status: " status "]\n\n"

/* A step for a service of a driver is refused. */
#define REFUSED_STEPS(inf, driver, service, refused, code)                                         \
    "     sto: {Reflect Driver Package: C:\\Windows\\System32\\DriverStore\\FileRepository\\" inf  \
    "_amd64_5a7c\\" inf "}\n"                                                                      \
    "     sto:      {Reflect Driver: " driver "}\n"                                                \
    "     sto:           {Add Service: " service "}\n"                                             \
    "!!!  sto:                " refused ". Error = " code "\n"                                     \
    "     sto:           {Add Service: exit(" code ")}\n"                                          \
    "     sto:      {Reflect Driver: exit(" code ")}\n"                                            \
    "     sto: {Reflect Driver Package: exit(" code ")}\n"
#define SERVICE_STEPS(inf, driver, service, code)                                                  \
    REFUSED_STEPS(inf, driver, service, "Failed to set Start Type", code)
#define DRIVER_UPDATE_FAILS(day, begin, inf, driver, service, code, end)                           \
    SECTION_OF("Install Driver Updates", day, begin, SERVICE_STEPS(inf, driver, service, code),    \
               end, "FAILURE(" code ")")

#endif
