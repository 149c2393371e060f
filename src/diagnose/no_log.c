#include "diagnose/no_log.h"

#include "diagnose/own_report.h"

/* Files that are worth a word of advice, by their first bytes. */
static const struct {
    struct cw_str magic;
    const char *why;
} known[] = {
    {{"0\0\0\0LfLe", 8},
     "it is an event log of Windows XP: Event Viewer can save it as text, which can be read"},
    {{"regf", 4}, "it is a registry hive"},
};

/* Names that Windows gives, and of those with the first one, the ones that tell. */
static const char *const silent_logs[] = {
    "Microsoft-",          "Application.",     "HardwareEvents.",
    "Internet Explorer.",  "Key Management S", "OAlerts.",
    "OpenSSH%4",           "Security.",        "SMSApi.",
    "Windows PowerShell.",
};
static const char *const telling_logs[] = {
    "Microsoft-Windows-WindowsUpdateClient%4",
    "Microsoft-Windows-UserPnp%4",
    "Microsoft-Windows-Kernel-PnP%4",
    "Microsoft-Windows-Servicing%4",
};

static bool begins_with_any(struct cw_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_starts_nocase(name, cw_str_c(list[i])))
            return true;
    }
    return false;
}

const char *cw_why_no_event_log(struct cw_str path)
{
    struct cw_str name = cw_str_basename(path);
    bool silent =
        begins_with_any(name, silent_logs, sizeof(silent_logs) / sizeof(silent_logs[0])) &&
        !begins_with_any(name, telling_logs, sizeof(telling_logs) / sizeof(telling_logs[0]));
    return silent ? "it is an event log that does not tell of updates or drivers" : NULL;
}

const char *cw_why_no_log(struct cw_str head, const struct cw_line_reader *lines,
                          const struct cw_text *text)
{
    uint64_t bytes = cw_line_reader_bytes(lines);
    if (text->events)
        return "it is an event log without an event that could be read: on any Windows, wevtutil "
               "qe FILE /lf:true /f:RenderedXml > FILE.xml makes an export of it, which can be "
               "read";
    if (head.len == 0 && bytes && cw_line_reader_nuls(lines) == bytes)
        return "it holds nothing but NUL bytes";
    if (head.len == 0 && bytes)
        return "it is no log of a known kind";
    if (head.len == 0)
        return "the file is empty";
    if (cw_is_own_report(head))
        return "it is a report of cbswhy";
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (cw_str_starts(head, known[i].magic))
            return known[i].why;
    }
    return cw_str_find_char(head, '\0') != SIZE_MAX ? "it holds NUL bytes: binary data"
                                                    : "it is no log of a known kind";
}
