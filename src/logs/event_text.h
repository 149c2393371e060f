/* The text of an event in UTF-8. */
#ifndef CW_LOGS_EVENT_TEXT_H
#define CW_LOGS_EVENT_TEXT_H

#include "input/codepage.h"
#include "logs/event.h"

/* Learns from the event and brings its strings, with those of the operations around it, into
 * UTF-8; what had to be converted goes into the arena. False when memory is exhausted. */
bool cw_event_convert(struct cw_codepage *page, struct cw_arena *arena, struct cw_event *event);

#endif
