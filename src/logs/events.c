/* Events of Windows, exported as text: what the log of Setup says of packages, and the log System
 * of updates and drivers. The shapes are in export_shape.h, the meaning in export_meaning.c.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "logs/export_meaning.h"
#include "logs/export_shape.h"
#include "logs/text_log.h"

struct reading {
    struct cw_export_shape shape;
    struct cw_export_place place;
    struct cw_buf message; /* of the event that was read last, without doubled quotes */
};

static bool events_head(void *state, struct cw_str line, struct cw_text_head *ret_head)
{
    struct reading *reading = state;
    (void)ret_head;
    return cw_export_begins(&reading->shape, &reading->place, line);
}

static bool events_known(void *state, struct cw_str line)
{
    const struct reading *reading = state;
    return cw_export_is_heading(&reading->shape, line);
}

static struct cw_str plain(struct reading *reading, const struct cw_export_fields *fields)
{
    struct cw_buf *buf = &reading->message;
    struct cw_str text = fields->message;
    if (!fields->doubled)
        return text;
    cw_buf_clear(buf);
    for (size_t at = 0; at < text.len; at++) {
        (void)cw_buf_char(buf, text.ptr[at]);
        at += text.ptr[at] == '"' && at + 1 < text.len && text.ptr[at + 1] == '"';
    }
    return buf->failed ? text : cw_buf_str(buf);
}

static void events_read(void *state, struct cw_event *event)
{
    struct reading *reading = state;
    struct cw_export_fields fields = cw_export_read(&reading->shape, event->text);
    event->time = fields.time;
    event->utc = fields.utc;
    event->level = fields.level;
    event->component = fields.source;
    event->event_id = fields.id;
    if (fields.message.len > 0)
        event->text = plain(reading, &fields);
    if (!cw_code_find(event->text, &event->code, &event->code_written)) {
        event->code = CW_CODE_NONE;
        event->code_written = CW_STR_NONE;
    }
    cw_export_mean(fields.source, fields.id, event);
}

static void events_done(void *state)
{
    struct reading *reading = state;
    cw_buf_done(&reading->message);
}

static int events_bid(struct cw_str head)
{
    return cw_export_learn(head).events > 0 ? 90 : 0;
}

static const struct cw_text_format events = {
    .log = CW_LOG_EVENTS,
    .state_size = sizeof(struct reading),
    .head = events_head,
    .known = events_known,
    .read = events_read,
    .done = events_done,
    .any_order = true,
};

static int events_parser_new(struct cw_event_sink sink, bool every_event, struct cw_str head,
                             struct cw_log_parser **ret_parser, struct cw_error *error)
{
    struct cw_log_parser *parser;
    (void)every_event;
    int status = cw_text_log_new(&events, sink, &parser, error);
    if (status < 0)
        return status;
    struct reading *reading = cw_text_log_state(parser);
    reading->shape = cw_export_learn(head);
    cw_buf_init(&reading->message, CW_LIMIT_RECORD);
    *ret_parser = parser;
    return CW_OK;
}

const struct cw_format cw_format_events = {
    .log = CW_LOG_EVENTS,
    .bid = events_bid,
    .parser_new = events_parser_new,
    .parser_free = cw_text_log_free,
    .feed = cw_text_log_feed,
    .finish = cw_text_log_finish,
    .stats = cw_text_log_stats,
};
