/* SetupAPI logs read by a test, and their events as text. */
#ifndef CW_TESTS_SETUPAPI_EVENTS_H
#define CW_TESTS_SETUPAPI_EVENTS_H

#include "support/log_reading.h"

#include "base/buf.h"

#define SECTION(title, start) ">>>  [" title "]\n>>>  Section start " start "\n"
#define ENDED(end, status) "<<<  Section end " end "\n<<<  [Exit status: " status "]\n"

/* Appends what a test looks at of one event. */
typedef void event_view(struct cw_buf *out, const struct cw_event *event);

event_view view_lines;    /* 3-4 kind=message incomplete */
event_view view_text;     /* message error sto: Text */
event_view view_names;    /* open name=Add Service value=x */
event_view view_codes;    /* close 0x80070005 as=0x00000005 */
event_view view_times;    /* 3 2024-02-29T01:02:03.004 */
event_view view_scope;    /* message [Title|Instance] > Add Service(x) */
event_view view_literals; /* 3 #0 #2 */
event_view view_all;

struct recorder {
    struct cw_buf text;
    event_view *view;
    size_t events;
    size_t refuse_at; /* the n-th event, from 1, stops the reading; 0 = none */
};

/* Release with cw_buf_done(&recorder.text). */
struct recorder new_recorder(event_view *view);

struct cw_event_sink recorder_sink(struct recorder *recorder);

/* Feeds `lines` lines a block. */
struct cw_log_stats read_in_blocks(struct cw_str bytes, size_t lines, struct recorder *recorder);

/* Reads through a source that gives `piece` bytes at a time; 0 = all. */
struct cw_log_stats read_in_pieces(struct cw_str bytes, size_t piece, struct recorder *recorder);

void assert_events(const char *log, event_view *view, const char *expected);
struct cw_log_stats stats_of(const char *log);

/* A file of fixtures/logs. Release with cw_buf_done(). */
struct cw_buf read_fixture(const char *name);

#endif
