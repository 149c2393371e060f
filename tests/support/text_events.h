/* Logs of records without a tree (logs/text_log.h) read by a test, and their events as text. */
#ifndef CW_TESTS_TEXT_EVENTS_H
#define CW_TESTS_TEXT_EVENTS_H

#include "support/log_reading.h"

/* Fails unless the events of `log` are those, one a line: "2-3|time|level|component|mark name=value
 * |code|text", where an absent mark is "-", line ends of the text are "/", and it is the same
 * however many bytes a read gives. */
void assert_text_events(const struct cw_format *format, const char *log, const char *expected);

/* The same for the events that have a mark: "2 mark name=value 0x80070005", without what is absent.
 */
void assert_text_marks(const struct cw_format *format, const char *log, const char *expected);

/* Fails unless every beginning of the log, cut at any byte, is read: each line counted, and no more
 * records than the whole has. */
void assert_text_cuts(const struct cw_format *format, const char *log);

struct cw_log_stats text_stats_of(const struct cw_format *format, const char *log);

#endif
