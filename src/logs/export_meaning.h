/* What an exported event says about the installation of updates and drivers. */
#ifndef CW_LOGS_EXPORT_MEANING_H
#define CW_LOGS_EXPORT_MEANING_H

#include "logs/export_shape.h"

/* Sets mark, name, value and code of an event with this source, id and title; its text is the
 * message, in any language, or the data of which it would be made. */
void cw_export_mean(const struct cw_export_fields *fields, struct cw_event *event);

#endif
