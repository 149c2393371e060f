/* CBS.log: lines -> records.
 *
 *     log    = { record | stray } ;
 *     record = head text NL { continuation NL } [ cut-off rest ] ;
 *     head   = 'YYYY-MM-DD HH:MM:SS, ' level [ event-id ] component     (see cbs_head.h)
 *
 *     2024-09-10 10:44:44, Info                  CBS        INSTALL index: 0, phase: 2, result 5,
 * ... 2024-09-10 10:44:46, Info                  CSI    00000007 Creating NT transaction (seq 1),
 * ...
 *
 * A line without a head continues the record before it. A record whose payload exceeds 2,048 bytes
 * is cut by Windows, in the middle of a word, and goes on in a new line with a head of its own but
 * without a CSI sequence number; such pieces are joined again.
 *
 * Most lines of a log are of no interest to anybody: unless every event is wanted, a line costs a
 * comparison of its first 20 bytes with those of the record before it, and nothing else.
 */
#include "logs/cbs_head.h"

#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "logs/format.h"
#include "logs/literal_set.h"

enum {
    CUT_PAYLOAD = 2048, /* where Windows cuts a record */
    LEVEL_COLUMN = 21,
    HEAD_MOST = 64, /* bytes of head kept of a record that spans blocks */
    OFFSET_SLACK_MS = 60 * 1000,
    QUARTER_HOUR_MS = 15 * 60 * 1000
};

/* The record that is being collected. */
struct record {
    bool open;
    bool wanted;    /* somebody asked for one of its lines */
    bool joined;    /* from pieces */
    bool collected; /* its text is in parser->text; otherwise it is block->data[begin ..] */
    size_t begin;   /* offset in the current block, when not collected */
    uint64_t line, last_line;
    uint64_t piece_line; /* first line of its last piece, which Windows may have cut */
    uint64_t offset;
    cw_time time;
    size_t
        payload; /* bytes of its last piece, each inner line end counted as one; when collected */
};

struct cw_log_parser {
    struct cw_event_sink sink;
    bool every_event;
    bool loose; /* no head of this log has a readable time */
    char newline;
    char stamp[CW_CBS_STAMP]; /* of the last head */
    bool has_stamp;
    cw_time stamp_time;
    struct record record;
    struct cw_cbs_head head; /* of a collected record; its strings are in head_copy */
    struct cw_buf text;
    char head_copy[HEAD_MOST];
    struct cw_literal_set literals;
    struct cw_log_stats stats;
};

static int cbs_open(const struct cw_format *format, struct cw_event_sink sink, bool every_event,
                    struct cw_str head, struct cw_log_parser **ret_parser, struct cw_error *error)
{
    struct cw_log_parser *parser = calloc(1, sizeof(*parser));
    (void)format;
    if (!parser)
        return cw_fail_nomem(error);
    parser->sink = sink;
    /* A published copy is short and lacks the columns by which error lines are found. */
    struct cw_cbs_manner manner = cw_cbs_manner(head);
    parser->every_event = every_event || manner.squeezed;
    parser->loose = manner.loose;
    parser->stats.first = parser->stats.last = CW_TIME_NONE;
    cw_buf_init(&parser->text, CW_LIMIT_RECORD);
    *ret_parser = parser;
    return CW_OK;
}

static void cbs_close(struct cw_log_parser *parser)
{
    cw_buf_done(&parser->text);
    cw_literal_set_done(&parser->literals);
    free(parser);
}

/* Time of the machine minus UTC, from a stamp in each. Zones are multiples of a quarter hour; a
 * difference that is not even near one comes from a masked or edited copy. */
static void learn_offset(struct cw_log_stats *stats, cw_time local, cw_time utc)
{
    if (stats->has_utc_offset || local == CW_TIME_NONE || utc == CW_TIME_NONE)
        return;
    int64_t difference = local - utc;
    int64_t shifted = difference + QUARTER_HOUR_MS / 2;
    int64_t quarters = shifted / QUARTER_HOUR_MS - (shifted % QUARTER_HOUR_MS < 0);
    int64_t rest = difference - quarters * QUARTER_HOUR_MS;
    if (rest > OFFSET_SLACK_MS || rest < -OFFSET_SLACK_MS || quarters > 4 * 15 ||
        quarters < -4 * 15)
        return;
    stats->has_utc_offset = true;
    stats->utc_offset = (int)quarters * 15;
}

/* Only these have a sequence number. */
static bool is_csi(const struct cw_cbs_head *head)
{
    return cw_str_eq(head->component, CW_STR("CSI"));
}

/* A head with another second than the one before. */
static bool new_second(struct cw_log_parser *parser, struct cw_str line, uint64_t number)
{
    if (!cw_cbs_is_head(line))
        return false;
    cw_time time = cw_cbs_stamp(line);
    struct cw_log_stats *stats = &parser->stats;
    memcpy(parser->stamp, line.ptr, CW_CBS_STAMP);
    parser->has_stamp = true;
    parser->stamp_time = time;
    if (time == CW_TIME_NONE)
        return true;
    cw_log_stats_backward(stats, stats->last, time, number);
    if (stats->first == CW_TIME_NONE)
        stats->first = time;
    stats->last = time;
    if (!stats->has_utc_offset && line.len > 60 && line.ptr[58] == '@') {
        struct cw_cbs_head head = cw_cbs_head_parse(line);
        uint32_t sequence;
        cw_time utc = CW_TIME_NONE;
        if (is_csi(&head) && cw_cbs_sequence(&head.text, &sequence, &utc))
            learn_offset(stats, time, utc);
    }
    return true;
}

/* Two stamps, compared as two numbers of eight bytes and one of four: this is done for every line
 * of the log. */
static inline bool same_stamp(const char *a, const char *b)
{
    uint64_t a_parts[2];
    uint64_t b_parts[2];
    uint32_t a_rest;
    uint32_t b_rest;
    memcpy(a_parts, a, sizeof(a_parts));
    memcpy(b_parts, b, sizeof(b_parts));
    memcpy(&a_rest, a + sizeof(a_parts), sizeof(a_rest));
    memcpy(&b_rest, b + sizeof(b_parts), sizeof(b_rest));
    return ((a_parts[0] ^ b_parts[0]) | (a_parts[1] ^ b_parts[1]) | (a_rest ^ b_rest)) == 0;
}

static_assert(CW_CBS_STAMP == 20, "same_stamp compares 20 bytes");

static bool is_head(struct cw_log_parser *parser, struct cw_str line, uint64_t number)
{
    if (line.len > CW_CBS_STAMP && parser->has_stamp && same_stamp(line.ptr, parser->stamp))
        return true;
    if (line.len > 0 && cw_is_digit(line.ptr[0]) && new_second(parser, line, number))
        return true;
    if (!parser->loose || !cw_cbs_is_loose_head(line))
        return false;
    parser->stamp_time = CW_TIME_NONE;
    return true;
}

static struct cw_str without_carriage_return(struct cw_str line, char newline)
{
    if (newline == '\n' && cw_str_ends(line, CW_STR("\r")))
        line.len--;
    return line;
}

/* The bytes of a record without the end of its last line. */
static struct cw_str without_line_end(struct cw_str raw, char newline)
{
    if (raw.len > 0 && raw.ptr[raw.len - 1] == newline)
        raw.len--;
    return without_carriage_return(raw, newline);
}

/* Takes the first line off `rest`; what has no further line is CW_STR_NONE. */
static struct cw_str take_line(struct cw_str *rest, char newline)
{
    size_t end = cw_str_find_char(*rest, newline);
    struct cw_str line = cw_str_head(*rest, end);
    *rest = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(*rest, end + 1);
    return without_carriage_return(line, newline);
}

/* Splits the bytes of a record that lies in one piece into its head and the lines after it. */
static struct cw_cbs_head split_record(struct cw_str raw, char newline, struct cw_str *ret_rest)
{
    *ret_rest = without_line_end(raw, newline);
    return cw_cbs_head_parse(take_line(ret_rest, newline));
}

/* Keeps a head's short strings in the parser; what has no room there is dropped. */
static void keep_head(struct cw_log_parser *parser, const struct cw_cbs_head *head)
{
    parser->head = *head;
    size_t used = 0;
    struct cw_str *fields[] = {&parser->head.event_id, &parser->head.component};
    for (size_t i = 0; i < 2; i++) {
        if (fields[i]->len > sizeof(parser->head_copy) - used)
            fields[i]->len = 0;
        if (fields[i]->len)
            memcpy(parser->head_copy + used, fields[i]->ptr, fields[i]->len);
        fields[i]->ptr = parser->head_copy + used;
        used += fields[i]->len;
    }
    parser->head.text = CW_STR_NONE;
}

static void append_line(struct cw_buf *text, struct cw_str line)
{
    (void)cw_buf_char(text, '\n');
    (void)cw_buf_append(text, line);
}

/* Moves a record out of the block, which is about to change. */
static void collect(struct cw_log_parser *parser, struct cw_str raw)
{
    struct cw_str rest;
    struct cw_cbs_head head = split_record(raw, parser->newline, &rest);
    cw_buf_clear(&parser->text);
    (void)cw_buf_append(&parser->text, head.text);
    while (rest.ptr)
        append_line(&parser->text, take_line(&rest, parser->newline));
    keep_head(parser, &head);
    parser->record.payload = parser->text.len;
    parser->record.collected = true;
}

/* Without the blanks in front and the empty lines behind. */
static struct cw_str without_margin(struct cw_str text)
{
    while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
        text = cw_str_from(text, 1);
    while (cw_str_ends(text, CW_STR("\n")))
        text.len--;
    return text;
}

static int deliver(struct cw_log_parser *parser, const struct cw_cbs_head *head, struct cw_str text,
                   bool incomplete, struct cw_error *error)
{
    const struct record *record = &parser->record;
    struct cw_event event = {
        .log = CW_LOG_CBS,
        .kind = CW_EVENT_RECORD,
        .level = head->level,
        .line = record->line,
        .last_line = record->last_line,
        .offset = record->offset,
        .time = record->time,
        .component = head->component,
        .event_id = head->event_id,
        .utc = CW_TIME_NONE,
        .incomplete = incomplete,
        .joined = record->joined,
        .literals = parser->literals.items,
        .literal_count = parser->literals.count,
    };
    event.has_sequence = is_csi(head) && cw_cbs_sequence(&text, &event.sequence, &event.utc);
    learn_offset(&parser->stats, event.time, event.utc);
    event.text = without_margin(text);
    if (!cw_code_find(event.text, &event.code, &event.code_written))
        event.code = CW_CODE_NONE;
    return parser->sink.event(parser->sink.context, &event, error);
}

static int deliver_record(struct cw_log_parser *parser, struct cw_str raw, bool incomplete,
                          struct cw_error *error)
{
    struct record *record = &parser->record;
    if (!record->collected) {
        struct cw_str rest = CW_STR_NONE;
        struct cw_cbs_head head = split_record(raw, parser->newline, &rest);
        if (!rest.ptr)
            return deliver(parser, &head, head.text, incomplete, error);
        collect(parser, raw);
    }
    parser->stats.cut_records += parser->text.failed;
    return deliver(parser, &parser->head, cw_buf_str(&parser->text),
                   incomplete || parser->text.failed, error);
}

/* Ends the record that is open; `raw` are its bytes in the block, when it is not collected. */
static int close_record(struct cw_log_parser *parser, struct cw_str raw, bool incomplete,
                        struct cw_error *error)
{
    struct record *record = &parser->record;
    bool wanted = record->open && (record->wanted || parser->every_event);
    int status = wanted ? deliver_record(parser, raw, incomplete, error) : CW_OK;
    record->open = false;
    return status;
}

/* Lines of the record's last piece after its first. */
static size_t inner_lines(const struct record *record)
{
    return (size_t)(record->last_line - record->piece_line);
}

/* Is it worth measuring? `raw` are its bytes in the block, when it is not collected. */
static bool may_be_cut(const struct record *record, struct cw_str raw)
{
    return record->open && (record->collected || raw.len + inner_lines(record) >= CUT_PAYLOAD);
}

/* Is `line`, which has a head, the rest of the collected record that Windows cut? */
static bool continues_cut(const struct record *record, struct cw_str line)
{
    /* Windows may have written two bytes where an inner line ends. */
    if (record->payload > CUT_PAYLOAD || record->payload + inner_lines(record) < CUT_PAYLOAD)
        return false;
    struct cw_cbs_head next = cw_cbs_head_parse(line);
    uint32_t sequence;
    cw_time utc;
    return is_csi(&next) && next.time == record->time &&
           !cw_cbs_sequence(&next.text, &sequence, &utc);
}

/* Joins the rest of a cut record. A literal may have been cut in two: the record is delivered. */
static void join_cut(struct cw_log_parser *parser, struct cw_str line, uint64_t number)
{
    struct record *record = &parser->record;
    struct cw_cbs_head next = cw_cbs_head_parse(line);
    (void)cw_buf_append(&parser->text, next.text);
    record->payload = next.text.len;
    record->last_line = record->piece_line = number;
    record->wanted = record->joined = true;
}

/* Lines of level Error are always delivered: there are few, and they tell. */
static bool has_level_error(const struct cw_block *block, size_t index)
{
    size_t at = block->start[index] + LEVEL_COLUMN;
    return at < block->start[index + 1] && block->data[at] == 'E';
}

static void open_record(struct cw_log_parser *parser, const struct cw_block *block, size_t index)
{
    parser->stats.records++;
    parser->literals.count = 0;
    parser->record = (struct record){
        .open = true,
        .begin = block->start[index],
        .line = block->first_line + index,
        .last_line = block->first_line + index,
        .piece_line = block->first_line + index,
        .offset = block->offset + block->start[index],
        .time = parser->stamp_time,
        .wanted = has_level_error(block, index),
    };
}

/* The bytes of the open record that lie in the block before line `index`. */
static struct cw_str raw_record(const struct cw_log_parser *parser, const struct cw_block *block,
                                size_t index)
{
    if (!parser->record.open || parser->record.collected)
        return CW_STR_NONE;
    size_t begin = parser->record.begin;
    return (struct cw_str){block->data + begin, block->start[index] - begin};
}

static int head_line(struct cw_log_parser *parser, const struct cw_block *block, size_t index,
                     struct cw_error *error)
{
    struct cw_str raw = raw_record(parser, block, index);
    if (may_be_cut(&parser->record, raw)) {
        struct cw_str line = cw_block_line(block, index);
        if (!parser->record.collected)
            collect(parser, raw);
        if (continues_cut(&parser->record, line)) {
            join_cut(parser, line, block->first_line + index);
            return CW_OK;
        }
    }
    int status = close_record(parser, raw, false, error);
    if (status == CW_OK)
        open_record(parser, block, index);
    return status;
}

static void continuation_line(struct cw_log_parser *parser, const struct cw_block *block,
                              size_t index)
{
    struct record *record = &parser->record;
    struct cw_str line = cw_block_line(block, index);
    if (!record->open) {
        if (cw_str_trim(line).len > 0)
            cw_log_stats_stray(&parser->stats, block->first_line + index, line);
        return;
    }
    record->last_line = block->first_line + index;
    if (record->collected) {
        append_line(&parser->text, line);
        record->payload += line.len + 1;
    }
}

static int cbs_feed(struct cw_log_parser *parser, const struct cw_block *block,
                    struct cw_error *error)
{
    size_t hit = 0;
    parser->newline = block->newline;
    for (size_t i = 0; i < block->line_count; i++) {
        size_t begin = block->start[i];
        size_t end = block->start[i + 1];
        struct cw_str line = {block->data + begin, end - begin};
        if (is_head(parser, line, block->first_line + i)) {
            int status = head_line(parser, block, i, error);
            if (status < 0)
                return status;
        } else {
            continuation_line(parser, block, i);
        }
        for (; hit < block->hit_count && block->hits[hit].offset < end; hit++) {
            parser->record.wanted = true;
            if (!cw_literal_set_add(&parser->literals, block->hits[hit].literal))
                return cw_fail_nomem(error);
        }
    }
    if (parser->record.open && !parser->record.collected)
        collect(parser, raw_record(parser, block, block->line_count));
    parser->stats.lines += block->line_count;
    return CW_OK;
}

static int cbs_finish(struct cw_log_parser *parser, struct cw_error *error)
{
    return close_record(parser, CW_STR_NONE, false, error);
}

static void cbs_stats(const struct cw_log_parser *parser, struct cw_log_stats *ret_stats)
{
    *ret_stats = parser->stats;
}

static const struct cw_parsing cbs_parsing = {
    .open = cbs_open,
    .close = cbs_close,
    .feed = cbs_feed,
    .finish = cbs_finish,
    .stats = cbs_stats,
};

const struct cw_format cw_format_cbs = {
    .log = CW_LOG_CBS,
    .bid = cw_cbs_bid,
    .parsing = &cbs_parsing,
};
