#include "logs/text_log.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "logs/literal_set.h"

/* A part of the record's text, which may move while it grows. */
struct slice {
    size_t at, len;
};

/* The record that is being collected. */
struct record {
    bool open;
    enum cw_level level;
    uint64_t line, last_line, offset;
    cw_time time;
    struct slice component, text; /* of its first line */
    size_t blanks;                /* empty lines behind it, which may yet prove to be inside */
};

struct cw_log_parser {
    enum cw_log_kind log;
    const struct cw_text_format *records;
    struct cw_event_sink sink;
    void *state;
    struct record record;
    struct cw_buf lines; /* of the record, as they stand in the log */
    struct cw_literal_set literals;
    struct cw_log_stats stats;
};

bool cw_text_log_line(struct cw_str *head, struct cw_str *ret_line)
{
    while (head->len > 0) {
        size_t end = cw_str_find_char(*head, '\n');
        struct cw_str line = cw_str_trim_end(cw_str_head(*head, end));
        *head = cw_str_from(*head, end == SIZE_MAX ? head->len : end + 1);
        if (cw_str_trim(line).len == 0)
            continue;
        *ret_line = line;
        return true;
    }
    return false;
}

static int text_open(const struct cw_format *format, struct cw_event_sink sink, bool every_event,
                     struct cw_str head, struct cw_log_parser **ret_parser, struct cw_error *error)
{
    (void)every_event;
    struct cw_log_parser *parser = calloc(1, sizeof(*parser));
    void *state = calloc(1, format->records->state_size + 1);
    if (!parser || !state) {
        free(parser);
        free(state);
        return cw_fail_nomem(error);
    }
    parser->log = format->log;
    parser->records = format->records;
    parser->sink = sink;
    parser->state = state;
    parser->stats.first = parser->stats.last = CW_TIME_NONE;
    cw_buf_init(&parser->lines, CW_LIMIT_RECORD);
    if (format->records->begin)
        format->records->begin(state, head);
    *ret_parser = parser;
    return CW_OK;
}

static void text_close(struct cw_log_parser *parser)
{
    if (parser->records->done)
        parser->records->done(parser->state);
    cw_literal_set_done(&parser->literals);
    cw_buf_done(&parser->lines);
    free(parser->state);
    free(parser);
}

static struct slice slice_of(struct cw_str line, struct cw_str part)
{
    if (!part.ptr)
        return (struct slice){0};
    return (struct slice){(size_t)(part.ptr - line.ptr), part.len};
}

static struct cw_str part(const struct cw_log_parser *parser, struct slice slice)
{
    if (slice.len == 0)
        return CW_STR_NONE;
    return (struct cw_str){parser->lines.data + slice.at, slice.len};
}

static void note_time(struct cw_log_parser *parser, cw_time time, uint64_t line)
{
    struct cw_log_stats *stats = &parser->stats;
    bool any_order = parser->records->any_order;
    if (time == CW_TIME_NONE)
        return;
    if (!any_order)
        cw_log_stats_backward(stats, stats->last, time, line);
    if (stats->first == CW_TIME_NONE || (any_order && time < stats->first))
        stats->first = time;
    if (!any_order || stats->last == CW_TIME_NONE || time > stats->last)
        stats->last = time;
}

static int deliver(struct cw_log_parser *parser, struct cw_error *error)
{
    const struct record *record = &parser->record;
    struct cw_event event = {
        .log = parser->log,
        .kind = CW_EVENT_RECORD,
        .level = record->level,
        .line = record->line,
        .last_line = record->last_line,
        .offset = record->offset,
        .time = record->time,
        .component = part(parser, record->component),
        .text = cw_str_trim(cw_str_from(cw_buf_str(&parser->lines), record->text.at)),
        .utc = CW_TIME_NONE,
        .incomplete = parser->lines.failed,
        .literals = parser->literals.items,
        .literal_count = parser->literals.count,
    };
    bool wanted = !parser->records->codes_on_demand || event.level != CW_LEVEL_INFO ||
                  event.literal_count > 0;
    if (!wanted || !cw_code_find(event.text, &event.code, &event.code_written))
        event.code = CW_CODE_NONE;
    if (parser->records->read)
        parser->records->read(parser->state, &event);
    note_time(parser, cw_event_when(&event), event.line);
    parser->stats.in_utc |= event.time == CW_TIME_NONE && event.utc != CW_TIME_NONE;
    parser->stats.cut_records += parser->lines.failed;
    return parser->sink.event(parser->sink.context, &event, error);
}

static int close_record(struct cw_log_parser *parser, struct cw_error *error)
{
    bool open = parser->record.open;
    parser->record.open = false;
    return open ? deliver(parser, error) : CW_OK;
}

static void open_record(struct cw_log_parser *parser, const struct cw_text_head *head,
                        struct cw_str line, uint64_t number, uint64_t offset)
{
    parser->stats.records++;
    if (head->has_utc_offset && !parser->stats.has_utc_offset) {
        parser->stats.has_utc_offset = true;
        parser->stats.utc_offset = head->utc_offset;
    }
    parser->record = (struct record){
        .open = true,
        .level = head->level,
        .line = number,
        .last_line = number,
        .offset = offset,
        .time = head->time,
        .component = slice_of(line, head->component),
        .text = slice_of(line, head->text),
    };
    parser->literals.count = 0;
    cw_buf_clear(&parser->lines);
    (void)cw_buf_append(&parser->lines, line);
}

static void continue_record(struct cw_log_parser *parser, struct cw_str line, uint64_t number)
{
    struct record *record = &parser->record;
    bool blank = cw_str_trim(line).len == 0;
    if (record->open && blank) {
        record->blanks++;
    } else if (record->open) {
        for (; record->blanks > 0; record->blanks--)
            (void)cw_buf_char(&parser->lines, '\n');
        (void)cw_buf_char(&parser->lines, '\n');
        (void)cw_buf_append(&parser->lines, line);
        record->last_line = number;
    } else if (!blank && !(parser->records->known && parser->records->known(parser->state, line))) {
        cw_log_stats_stray(&parser->stats, number, line);
    }
}

static int read_line(struct cw_log_parser *parser, struct cw_str line, uint64_t number,
                     uint64_t offset, struct cw_error *error)
{
    struct cw_text_head head = {.time = CW_TIME_NONE, .text = line};
    if (!parser->records->head(parser->state, line, &head)) {
        continue_record(parser, line, number);
        return CW_OK;
    }
    int status = close_record(parser, error);
    if (status == CW_OK)
        open_record(parser, &head, line, number, offset);
    return status;
}

static int text_feed(struct cw_log_parser *parser, const struct cw_block *block,
                     struct cw_error *error)
{
    size_t hit = 0;
    for (size_t i = 0; i < block->line_count; i++) {
        int status = read_line(parser, cw_block_line(block, i), block->first_line + i,
                               block->offset + block->start[i], error);
        if (status < 0)
            return status;
        for (; hit < block->hit_count && block->hits[hit].offset < block->start[i + 1]; hit++) {
            if (!cw_literal_set_add(&parser->literals, block->hits[hit].literal))
                return cw_fail_nomem(error);
        }
    }
    parser->stats.lines += block->line_count;
    return CW_OK;
}

static int text_finish(struct cw_log_parser *parser, struct cw_error *error)
{
    return close_record(parser, error);
}

static void text_stats(const struct cw_log_parser *parser, struct cw_log_stats *ret_stats)
{
    *ret_stats = parser->stats;
}

const struct cw_parsing cw_text_log = {
    .open = text_open,
    .close = text_close,
    .feed = text_feed,
    .finish = text_finish,
    .stats = text_stats,
};
