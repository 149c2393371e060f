#include "logs/event.h"

struct cw_str cw_log_name(enum cw_log_kind log)
{
    return log == CW_LOG_CBS ? CW_STR("cbs") : CW_STR("setupapi");
}

struct cw_str cw_level_name(enum cw_level level)
{
    static const char *const names[] = {"info", "warning", "error"};
    return cw_str_c(names[level]);
}

struct cw_str cw_event_kind_name(enum cw_event_kind kind)
{
    static const char *const names[] = {"record",      "header",  "boot", "section_start",
                                        "section_end", "command", "open", "close",
                                        "property",    "message"};
    return cw_str_c(names[kind]);
}
