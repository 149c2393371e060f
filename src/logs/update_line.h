/* The columns of the lines that Windows Update writes as text.
 *
 * WindowsUpdate.log until Windows 8.1, tabs between the columns, the thread in hexadecimal:
 *     2014-11-12  03:00:26:254  1048  84c  Handler  Starting install of CBS update 5B9BA715-...
 * what Get-WindowsUpdateLog makes of the traces since Windows 10:
 *     2019/06/05 11:07:50.0950566 21136 9740  Agent           LogHistory called. idUpdate={...}
 * and ReportingEvents.log, which tells the offset of its clock:
 *     {2C3C39FA-...}  2017-12-12 19:46:19:636+0900  1  182 [AGENT_INSTALLING_FAILED]  101  {...}
 * ... All are local time. Published copies have blanks for the tabs.
 */
#ifndef CW_LOGS_UPDATE_LINE_H
#define CW_LOGS_UPDATE_LINE_H

#include "logs/text_log.h"

enum { CW_GUID = 36 }; /* characters, without the braces */

/* True for a line of one of the three forms. `text` is what follows the columns, for
 * ReportingEvents.log what follows the time; `component` is then empty. Traces that could not be
 * decoded have times of long ago, which are CW_TIME_NONE here. */
bool cw_update_line(struct cw_str line, struct cw_text_head *ret_head);

/* The first GUID in `text`, without braces; false when there is none. */
bool cw_update_guid(struct cw_str text, struct cw_str *ret_guid);

/* What a line of ReportingEvents.log, or a REPORT EVENT in WindowsUpdate.log, reports. */
struct cw_update_report {
    unsigned event;             /* 182 = installing failed, 183 = it succeeded, ... */
    struct cw_str update;       /* GUID */
    uint32_t code;              /* canonical; CW_CODE_NONE for success */
    struct cw_str code_written; /* hexadecimal, without "0x" */
    struct cw_str rest;         /* who asked, "Failure", "Content Install", the message */
};

/* `text` is that of a line of ReportingEvents.log, or begins with "REPORT EVENT: ". */
bool cw_update_report(struct cw_str text, struct cw_update_report *ret_report);

/* Of the message of a report, the title of the update: what follows "the following update: " or
 * "the following update with error 0x80070005: ". Empty when there is none. */
struct cw_str cw_update_title(struct cw_str message);

/* "KB4051033" from a title; empty when it names none. */
struct cw_str cw_update_kb(struct cw_str title);

#endif
