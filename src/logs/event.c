#include "logs/event.h"

static const char *const log_names[CW_LOG_KINDS] = {
    [CW_LOG_CBS] = "cbs",
    [CW_LOG_SETUPAPI] = "setupapi",
    [CW_LOG_SETUPAPI_XP] = "setupapi-xp",
    [CW_LOG_DISM] = "dism",
    [CW_LOG_CHECKSUR] = "checksur",
    [CW_LOG_POQEXEC] = "poqexec",
    [CW_LOG_WINDOWS_UPDATE] = "windows-update",
    [CW_LOG_EVENTS] = "events",
    [CW_LOG_SETUPACT] = "setupact",
};

struct cw_str cw_log_name(enum cw_log_kind log)
{
    return cw_str_c(log_names[log]);
}

bool cw_log_has_sections(enum cw_log_kind log)
{
    return log == CW_LOG_SETUPAPI || log == CW_LOG_SETUPAPI_XP;
}

struct cw_str cw_level_name(enum cw_level level)
{
    static const char *const names[] = {"info", "warning", "error"};
    return cw_str_c(names[level]);
}

struct cw_str cw_mark_name(enum cw_mark mark)
{
    static const char *const names[] = {"",        "begin", "detail", "failure",
                                        "success", "end",   "report"};
    return cw_str_c(names[mark]);
}

struct cw_str cw_event_kind_name(enum cw_event_kind kind)
{
    static const char *const names[] = {"record",      "header",  "boot", "section_start",
                                        "section_end", "command", "open", "close",
                                        "property",    "message"};
    return cw_str_c(names[kind]);
}
