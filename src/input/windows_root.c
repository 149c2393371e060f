#include "input/windows_root.h"

const struct cw_windows_place cw_windows_places[] = {
    {"Logs/CBS", NULL, true},
    {"INF", "setupapi", true},
    {"Logs/DISM", NULL, true},
    {"Panther", NULL, true},
    {"Logs/MoSetup", NULL, false},
    {"Logs/WindowsUpdate", NULL, false},
    {"SoftwareDistribution", "ReportingEvents", false},
    {"WinSxS", "poqexec", false},
    {"System32/winevt/Logs", "Setup.evtx", false},
    {"System32/winevt/Logs", "System.evtx", false},
    {"System32/Sysprep/Panther", NULL, false},
    {"", "setupapi", false},
    {"", "setupact", false},
    {"", "setuperr", false},
    {"", "WindowsUpdate", false},
};
const size_t cw_windows_place_count = sizeof(cw_windows_places) / sizeof(cw_windows_places[0]);

const struct cw_windows_place cw_windows_root_places[] = {
    {"$WINDOWS.~BT/Sources/Panther", NULL, false},
    {"$WINDOWS.~BT/Sources/Rollback", NULL, false},
    {"$Windows.~WS/Sources/Panther", NULL, false},
    {"$SysReset/Logs", NULL, false},
};
const size_t cw_windows_root_place_count =
    sizeof(cw_windows_root_places) / sizeof(cw_windows_root_places[0]);

/* In the folder Windows; "system32" stands in that of XP, too. */
static const char *const windows_names[] = {
    "System32", "INF", "Logs", "WinSxS", "Panther", "SoftwareDistribution", "servicing",
};
enum { WINDOWS_NAMES_ENOUGH = 2 };

static const char *const disk_names[] = {
    "Users",        "Program Files", "ProgramData",  "Documents and Settings",
    "$Recycle.Bin", "RECYCLER",      "pagefile.sys", "System Volume Information",
    "$WINDOWS.~BT", "hiberfil.sys",  "bootmgr",      "ntldr",
};

/* What collectors take out of System32: event logs, traces, hives, the logs of Sysprep. */
static const char *const collected_names[] = {"winevt", "LogFiles", "config", "Sysprep"};

static const char *const log_endings[] = {
    ".log",     ".log.old", ".log.bak", ".log.gz", ".log.xz",
    ".log.zst", ".cab",     ".zip",     ".7z",     ".evtx",
};

static bool is_one_of(struct cw_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_eq_nocase(name, cw_str_c(list[i])))
            return true;
    }
    return false;
}

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

bool cw_is_windows_name(struct cw_str name)
{
    return cw_str_eq_nocase(name, CW_STR("Windows")) || cw_str_eq_nocase(name, CW_STR("WINNT"));
}

bool cw_is_windows_old_name(struct cw_str name)
{
    return cw_str_starts_nocase(name, CW_STR("Windows.old"));
}

bool cw_has_windows_names(const struct cw_str *names, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += is_one_of(names[i], windows_names, COUNT_OF(windows_names));
    return found >= WINDOWS_NAMES_ENOUGH;
}

bool cw_has_disk_names(const struct cw_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_one_of(names[i], disk_names, COUNT_OF(disk_names)))
            return true;
    }
    return false;
}

bool cw_has_system_names(const struct cw_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_one_of(names[i], collected_names, COUNT_OF(collected_names)))
            return true;
    }
    return false;
}

bool cw_is_log_name(struct cw_str name)
{
    for (size_t i = 0; i < COUNT_OF(log_endings); i++) {
        struct cw_str ending = cw_str_c(log_endings[i]);
        if (name.len > ending.len &&
            cw_str_eq_nocase(cw_str_from(name, name.len - ending.len), ending))
            return true;
    }
    return false;
}
