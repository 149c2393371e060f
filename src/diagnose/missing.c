/* One row a log that may be asked for. A row asks only where its log would change the answer or its
 * confidence: a list of everything that a machine could send helps nobody. */
#include "diagnose/missing.h"

/* --- what was read, and what became of it ---------------------------------------------------- */

static bool has_log(const struct cw_gap *gap, enum cw_log_kind log)
{
    const struct cw_case *c = gap->c;
    for (size_t i = 0; i < c->source_count; i++) {
        if (c->sources[i].recognised && c->sources[i].log == log)
            return true;
    }
    return false;
}

static bool has_any_log(const struct cw_gap *gap)
{
    for (unsigned log = 0; log < CW_LOG_KINDS; log++) {
        if (has_log(gap, (enum cw_log_kind)log))
            return true;
    }
    return false;
}

static const struct cw_run *run_of(const struct cw_gap *gap)
{
    return gap->incident ? gap->incident->run : NULL;
}

static bool is_section_alone(const struct cw_gap *gap)
{
    return gap->incident && !gap->incident->run && gap->incident->section_count;
}

static bool is_unexplained(const struct cw_gap *gap)
{
    return gap->finding && cw_str_eq(gap->finding->id, CW_STR("unexplained"));
}

static bool has_step(const struct cw_gap *gap, enum cw_step_kind kind)
{
    const struct cw_run *run = run_of(gap);
    for (size_t i = 0; run && i < run->step_count; i++) {
        if (run->steps[i].kind == kind)
            return true;
    }
    return false;
}

static bool drivers_failed(const struct cw_gap *gap)
{
    return run_of(gap) &&
           (run_of(gap)->drivers_failed || has_step(gap, CW_STEP_OPERATION_FAILED) ||
            has_step(gap, CW_STEP_RESULT_RECORDED) || has_step(gap, CW_STEP_QUEUE_FAILED) ||
            has_step(gap, CW_STEP_KTM_ROLLBACK));
}

/* Whether the failure's code, or the one around it, begins with these bits. */
static bool has_code(const struct cw_gap *gap, uint32_t code, uint32_t mask)
{
    const struct cw_finding *finding = gap->finding;
    return finding && ((finding->code & mask) == code || (finding->reported_code & mask) == code);
}

static bool is_open(const struct cw_gap *gap)
{
    return run_of(gap) && gap->incident->outcome == CW_OUTCOME_OPEN && run_of(gap)->step_count;
}

/* --- when a log is asked for ----------------------------------------------------------------- */

static bool nothing_was_read(const struct cw_gap *gap)
{
    return !gap->incident && !has_any_log(gap);
}

static bool awaits_startup(const struct cw_gap *gap)
{
    return is_open(gap) && (run_of(gap)->rolled_back_at_shutdown || run_of(gap)->saw_shutdown);
}

static bool stops_in_run(const struct cw_gap *gap)
{
    return (is_open(gap) && !awaits_startup(gap)) || (!gap->incident && gap->c->ends_in_commit);
}

static bool stops_in_section(const struct cw_gap *gap)
{
    for (size_t i = 0; !gap->incident && i < gap->c->source_count; i++) {
        if (gap->c->sources[i].stats.ends_in_section)
            return true;
    }
    return false;
}

static bool lacks_setupapi(const struct cw_gap *gap)
{
    return drivers_failed(gap) && !gap->incident->section_count && !has_log(gap, CW_LOG_SETUPAPI);
}

static bool lacks_section(const struct cw_gap *gap)
{
    return drivers_failed(gap) && !gap->incident->section_count && has_log(gap, CW_LOG_SETUPAPI);
}

/* Windows Setup does its work itself. */
static bool is_setup(const struct cw_incident *incident)
{
    return incident->account_count && incident->accounts[0]->log == CW_LOG_SETUPACT;
}

static bool lacks_run(const struct cw_gap *gap)
{
    return gap->incident && !gap->incident->run && cw_incident_is_servicing(gap->incident) &&
           !is_setup(gap->incident) && cw_incident_checks(gap->incident) == CW_CHECKS_NOTHING;
}

/* A session names itself where it begins; one that only shuts down or starts up began earlier.
 * Asked for only when something is not known without. */
static bool lacks_beginning(const struct cw_gap *gap)
{
    const struct cw_run *run = run_of(gap);
    return run && run->session.len == 0 && (run->saw_shutdown || run->saw_startup) &&
           !gap->incident->damaged && (is_unexplained(gap) || run->packages.count == 0);
}

static bool was_damaged(const struct cw_gap *gap)
{
    return gap->incident && gap->incident->damaged;
}

/* Times that overlap join much on a busy machine. */
static bool is_joined_by_time(const struct cw_gap *gap)
{
    return run_of(gap) && gap->incident->section_count &&
           !(gap->incident->agreement & (CW_AGREE_BOOT | CW_AGREE_INF | CW_AGREE_CODE));
}

static bool lacks_offset(const struct cw_gap *gap)
{
    const struct cw_run *run = run_of(gap);
    return run && has_log(gap, CW_LOG_EVENTS) && !gap->c->sources[run->source].stats.has_utc_offset;
}

static bool lacks_agent(const struct cw_gap *gap)
{
    return has_code(gap, 0x80240000, 0xFFFF0000) && !has_log(gap, CW_LOG_WINDOWS_UPDATE);
}

static bool is_upgrade(const struct cw_gap *gap)
{
    return has_code(gap, 0xC1900000, 0xFFFF0000) && !has_log(gap, CW_LOG_SETUPACT);
}

static bool lacks_repair_source(const struct cw_gap *gap)
{
    return has_step(gap, CW_STEP_REPAIR_FAILED) && !has_log(gap, CW_LOG_DISM);
}

static bool lacks_primitives(const struct cw_gap *gap)
{
    return is_unexplained(gap) && has_step(gap, CW_STEP_PRIMITIVES_FAILED) &&
           !has_log(gap, CW_LOG_POQEXEC);
}

static bool hung(const struct cw_gap *gap)
{
    return has_step(gap, CW_STEP_HANG_DETECTED);
}

/* ERROR_SXS_COMPONENT_STORE_CORRUPT, ERROR_SXS_ASSEMBLY_MISSING, CBS_E_SOURCE_MISSING,
 * CBS_E_STORE_CORRUPTION, CBS_E_XML_PARSER_FAILURE */
static const uint32_t corruption_codes[] = {0x80073712, 0x80073701, 0x800f081f, 0x800f0831,
                                            0x800f0900};

/* The code says that the store is damaged, and nothing what in it. */
static bool lacks_damaged_part(const struct cw_gap *gap)
{
    bool corrupt = false;
    for (size_t i = 0; i < sizeof(corruption_codes) / sizeof(corruption_codes[0]); i++)
        corrupt |= has_code(gap, corruption_codes[i], UINT32_MAX);
    if (!corrupt || run_of(gap) == NULL || run_of(gap)->checks == CW_CHECKS_STORE)
        return false;
    const struct cw_entities *entities = &gap->finding->entities;
    return !has_log(gap, CW_LOG_CHECKSUR) && entities->of[CW_ENTITY_COMPONENT].count == 0 &&
           entities->of[CW_ENTITY_FILE].count == 0;
}

/* The section failed and says nothing of where. */
static bool lacks_detail(const struct cw_gap *gap)
{
    return is_section_alone(gap) && is_unexplained(gap) &&
           gap->incident->sections[0]->error_lines == 0;
}

static bool is_device_unexplained(const struct cw_gap *gap)
{
    return is_section_alone(gap) && is_unexplained(gap) && !lacks_run(gap);
}

#define CBS_LOG "C:\\Windows\\Logs\\CBS\\CBS.log"
#define EVENT_LOGS "C:\\Windows\\System32\\winevt\\Logs\\"

struct need {
    bool (*is_wanted)(const struct cw_gap *gap);
    enum cw_missing_kind kind;
    const char *what, *why, *where;
};

static const struct need needs[] = {
    {nothing_was_read, CW_MISSING_VERDICT, "CBS.log", "nothing that was given is a log",
     CBS_LOG " and CbsPersist_*.cab beside it"},
    {nothing_was_read, CW_MISSING_VERDICT, "setupapi.dev.log", "nothing that was given is a log",
     "C:\\Windows\\inf\\setupapi.dev.log"},
    {awaits_startup, CW_MISSING_VERDICT, "CBS.log from after the next restart",
     "what failed at shutdown is tried again at startup, and only what startup says counts",
     CBS_LOG ", after the machine was restarted"},
    {stops_in_run, CW_MISSING_VERDICT, "a later copy of CBS.log",
     "the log ends in the middle of the run, before its verdict", CBS_LOG},
    {stops_in_section, CW_MISSING_VERDICT, "a later copy of setupapi.dev.log",
     "the log ends in the middle of a section, before its exit status",
     "C:\\Windows\\inf\\setupapi.dev.log"},
    {lacks_setupapi, CW_MISSING_SERVICING, "setupapi.dev.log",
     "CBS.log names the driver operation that failed; only setupapi.dev.log says which step failed "
     "inside it, and on what",
     "C:\\Windows\\inf\\setupapi.dev.log"},
    {lacks_section, CW_MISSING_SERVICING, "setupapi.dev.log",
     "the one that was read has no failed section at the time of the driver operation; the step "
     "that failed inside it is not known",
     "C:\\Windows\\inf\\setupapi.dev.log, and older ones beside it (setupapi.dev.DATE_TIME.log)"},
    {lacks_run, CW_MISSING_SERVICING, "CBS.log",
     "that the update was rolled back, and which package, is not proven without it",
     CBS_LOG " and CbsPersist_*.cab beside it"},
    {lacks_beginning, CW_MISSING_DETAIL, "the CBS log before this one",
     "the failing run begins before the log does: its session, its packages and what failed first "
     "stand in the part that Windows has put away",
     "the newest C:\\Windows\\Logs\\CBS\\CbsPersist_*.cab or .log"},
    {was_damaged, CW_MISSING_PROOF, "the original of the pasted log",
     "the evidence was put together from a damaged excerpt, and what was left out of it is not "
     "known",
     CBS_LOG " or C:\\Windows\\inf\\setupapi.dev.log"},
    {lacks_repair_source, CW_MISSING_DETAIL, "dism.log",
     "it says from where the repair was to take the files, and what became of it",
     "C:\\Windows\\Logs\\DISM\\dism.log"},
    {lacks_damaged_part, CW_MISSING_DETAIL, "the result of a check of the component store",
     "the code says that the store is damaged; a check names each damaged file and package",
     "Windows 7 and 2008 R2: C:\\Windows\\Logs\\CBS\\CheckSUR.log, CheckSUR.persist.log; later: "
     "CBS.log after DISM /Online /Cleanup-Image /ScanHealth"},
    {lacks_primitives, CW_MISSING_DETAIL, "poqexec.log",
     "it lists the file and registry operations of the commit with the status of each",
     "C:\\Windows\\WinSxS\\poqexec.log"},
    {lacks_agent, CW_MISSING_DETAIL, "WindowsUpdate.log",
     "the code is that of the Windows Update agent, whose own log says what it was doing",
     "Windows 10 and later: Get-WindowsUpdateLog writes it; before: "
     "C:\\Windows\\WindowsUpdate.log"},
    {is_upgrade, CW_MISSING_DETAIL, "setupact.log and setuperr.log",
     "the code is that of an upgrade of Windows, which has logs of its own",
     "C:\\$WINDOWS.~BT\\Sources\\Panther, or C:\\Windows\\Panther"},
    {hung, CW_MISSING_DETAIL, "the System event log",
     "CBS.log says that nothing moved, not what the machine was doing meanwhile",
     EVENT_LOGS "System.evtx"},
    {is_joined_by_time, CW_MISSING_DETAIL, "the System event log",
     "the two logs were joined by time alone; the restarts in it show whether they are about the "
     "same start of the machine",
     EVENT_LOGS "System.evtx"},
    {lacks_offset, CW_MISSING_DETAIL, "the time zone of the machine",
     "event logs keep UTC, CBS.log local time; nothing in it says how far they are apart",
     "the output of tzutil /g"},
    {lacks_detail, CW_MISSING_DETAIL, "setupapi.dev.log of another try at the highest level",
     "the section failed without a line that says where",
     "LogLevel = 0x2000ffff (REG_DWORD) below HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
     "Setup, then C:\\Windows\\inf\\setupapi.dev.log"},
    {is_device_unexplained, CW_MISSING_DETAIL, "the event logs of Plug and Play",
     "they say what became of the device after its installation",
     EVENT_LOGS "Microsoft-Windows-Kernel-PnP*.evtx, Microsoft-Windows-UserPnp*.evtx"},
};

/* --- advanced installers --------------------------------------------------------------------- */

/* Where an installer leaves what CBS.log does not have of it. The last row is for all others. */
static const struct {
    const char *name; /* a part of it */
    const char *what, *where;
} installers[] = {
    {"Task Scheduler", "the event log of the Task Scheduler",
     EVENT_LOGS "Microsoft-Windows-TaskScheduler*.evtx"},
    {"AppX", "the event log of app deployment",
     EVENT_LOGS "Microsoft-Windows-AppXDeploymentServer*.evtx"},
    {"WMI", "the event log of WMI", EVENT_LOGS "Microsoft-Windows-WMI-Activity*.evtx"},
    {"Root Devices", "setupapi.dev.log", "C:\\Windows\\inf\\setupapi.dev.log"},
    {"", "the System and Application event logs", EVENT_LOGS "System.evtx, Application.evtx"},
};

static bool installers_failed(const struct cw_gap *gap)
{
    return is_unexplained(gap) && (has_step(gap, CW_STEP_INSTALLERS_FAILED) ||
                                   gap->finding->entities.of[CW_ENTITY_INSTALLER].count);
}

static void note_installer(struct cw_report *report, const struct cw_gap *gap)
{
    const struct cw_strings *names = &gap->finding->entities.of[CW_ENTITY_INSTALLER];
    struct cw_str name = names->count ? names->items[0] : CW_STR_NONE;
    size_t row = 0;
    while (cw_str_find_nocase(name, cw_str_c(installers[row].name)) == SIZE_MAX)
        row++;
    report->missing[report->missing_count++] = (struct cw_missing){
        .kind = CW_MISSING_DETAIL,
        .what = cw_str_c(installers[row].what),
        .why = CW_STR("CBS.log names the installer that failed and its code; why it failed stands "
                      "in the log of what it works with"),
        .where = cw_str_c(installers[row].where),
    };
}

bool cw_report_note_missing(struct cw_report *report, const struct cw_gap *gap,
                            struct cw_arena *arena)
{
    enum { NEEDS = sizeof(needs) / sizeof(needs[0]) };
    report->missing_count = 0;
    report->missing = cw_arena_array(arena, NEEDS + 1, sizeof(*report->missing));
    if (!report->missing)
        return false;
    for (size_t i = 0; i < NEEDS; i++) {
        const struct need *need = &needs[i];
        if (need->is_wanted(gap))
            report->missing[report->missing_count++] = (struct cw_missing){
                .kind = need->kind,
                .what = cw_str_c(need->what),
                .why = cw_str_c(need->why),
                .where = cw_str_c(need->where),
            };
    }
    if (installers_failed(gap))
        note_installer(report, gap);
    return true;
}
