/* Exports of events as XML that have no line ends -> one event a line.
 *
 * Event Viewer saves thousands of events in a single line. Here a line end follows each event that
 * has none; all other text passes unchanged.
 */
#ifndef CW_INPUT_EVENT_LINES_H
#define CW_INPUT_EVENT_LINES_H

#include "input/source.h"

/* A source of the text of `inner`, which is borrowed and of which nothing was read. Offsets count
 * the line ends that were put in. It can be read at any position when `inner` can and is no such
 * export. */
int cw_source_event_lines(struct cw_source *inner, struct cw_source **ret_source,
                          struct cw_error *error);

/* How many line ends a source that cw_source_event_lines made has put in so far. */
uint64_t cw_source_events_broken(const struct cw_source *source);

#endif
