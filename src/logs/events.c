/* Events of Windows, exported as text or XML: what the log of Setup says of packages, and the log
 * System of updates and drivers. The shapes are in export_shape.h, the meaning in export_meaning.c.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "logs/export_meaning.h"
#include "logs/export_shape.h"
#include "logs/text_log.h"

struct reading {
    struct cw_export_shape shape;
    struct cw_export_place place;
    struct cw_buf text; /* of the event that was read last, where it had to be made */
};

static void events_begin(void *state, struct cw_str head)
{
    struct reading *reading = state;
    reading->shape = cw_export_learn(head);
    cw_buf_init(&reading->text, CW_LIMIT_RECORD);
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

static void events_read(void *state, struct cw_event *event)
{
    struct reading *reading = state;
    struct cw_export_fields fields = cw_export_read(&reading->shape, event->text, &reading->text);
    event->time = fields.time;
    event->utc = fields.utc;
    event->level = fields.level;
    event->component = fields.source;
    event->event_id = fields.id;
    if (fields.message.len > 0)
        event->text = fields.message;
    if (!cw_code_find(event->text, &event->code, &event->code_written)) {
        event->code = CW_CODE_NONE;
        event->code_written = CW_STR_NONE;
    }
    cw_export_mean(&fields, event);
}

static void events_done(void *state)
{
    struct reading *reading = state;
    cw_buf_done(&reading->text);
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
