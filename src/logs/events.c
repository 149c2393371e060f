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

static void events_begin(void *state, struct cw_str head)
{
    struct reading *reading = state;
    reading->shape = cw_export_learn(head);
    cw_buf_init(&reading->message, CW_LIMIT_RECORD);
}

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
    .state_size = sizeof(struct reading),
    .begin = events_begin,
    .head = events_head,
    .known = events_known,
    .read = events_read,
    .done = events_done,
    .any_order = true,
};

const struct cw_format cw_format_events = {
    .log = CW_LOG_EVENTS,
    .bid = events_bid,
    .parsing = &cw_text_log,
    .records = &events,
};
