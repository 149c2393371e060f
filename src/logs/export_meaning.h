/* What an exported event says about the installation of updates and drivers. */
#ifndef CW_LOGS_EXPORT_MEANING_H
#define CW_LOGS_EXPORT_MEANING_H

#include "logs/event.h"

/* Sets mark, name, value and code of an event of this source ("Microsoft-Windows-Servicing", or
 * empty) and id ("3", or empty), whose text is the message, in any language. */
void cw_export_mean(struct cw_str source, struct cw_str id, struct cw_event *event);

#endif
