#include "diagnose/reading.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "diagnose/captured.h"
#include "diagnose/damage.h"
#include "diagnose/no_log.h"
#include "diagnose/own_report.h"
#include "diagnose/remarks.h"
#include "diagnose/supply.h"
#include "diagnose/tracking.h"
#include "diagnose/wanted.h"
#include "input/lines.h"
#include "input/text.h"

enum {
    HEAD_SIZE = 64 * 1024,
    HEARD_SIZE = 64 /* of an event, for telling copies */
};

struct cw_reading {
    const struct cw_rules *rules;
    struct cw_case *c;
    struct cw_wanted wanted[CW_LOG_KINDS]; /* made for the first log of that kind */
    struct cw_matcher *matcher;
    uint32_t *anchors;            /* room for those of one event */
    struct cw_trial *trial;       /* of one cause, or NULL ... */
    struct cw_arena *trial_arena; /* ... and where it lives */
    struct cw_harvest *harvest;   /* or NULL */
    /* the source under way */
    const char *file;                    /* that holds it ... */
    const struct cw_member_place *place; /* ... there */
    const struct cw_text *text;          /* its text */
    size_t source;
    struct cw_supply supply;
    struct cw_tracking tracking;
};

int cw_reading_new(const struct cw_rules *rules, struct cw_case *c, struct cw_reading **ret_reading,
                   struct cw_error *error)
{
    struct cw_reading *reading = calloc(1, sizeof(*reading));
    if (!reading)
        return cw_fail_nomem(error);
    reading->rules = rules;
    reading->c = c;
    size_t most_anchors = 0;
    for (unsigned log = 0; log < CW_LOG_KINDS; log++) {
        size_t anchors = cw_tracking_anchor_count((enum cw_log_kind)log);
        most_anchors = anchors > most_anchors ? anchors : most_anchors;
    }
    reading->anchors = calloc(most_anchors + 1, sizeof(*reading->anchors));
    int status =
        reading->anchors ? cw_matcher_new(rules, &reading->matcher, error) : cw_fail_nomem(error);
    if (status < 0) {
        cw_reading_free(reading);
        return status;
    }
    *ret_reading = reading;
    return CW_OK;
}

void cw_reading_free(struct cw_reading *reading)
{
    if (!reading)
        return;
    cw_matcher_free(reading->matcher);
    for (unsigned log = 0; log < CW_LOG_KINDS; log++)
        cw_wanted_done(&reading->wanted[log]);
    free(reading->anchors);
    free(reading);
}

void cw_reading_try(struct cw_reading *reading, struct cw_trial *trial, struct cw_arena *arena)
{
    reading->trial = trial;
    reading->trial_arena = arena;
}

/* Where in a record the match is to be seen: its code, else what it captured first. */
static struct cw_str telling_part(const struct cw_event *event, const struct cw_match *match)
{
    if (match->code_written.len)
        return match->code_written;
    return match->capture_count ? match->captures[0].value : event->code_written;
}

void cw_reading_harvest(struct cw_reading *reading, struct cw_harvest *harvest)
{
    reading->harvest = harvest;
}

/* Keeps a match in the episode under way. */
static int keep_match(struct cw_reading *reading, const struct cw_event *event,
                      const struct cw_match *match)
{
    struct cw_arena *arena = NULL;
    int status = cw_tracking_room(&reading->tracking, event, match->signal, &arena);
    if (status < 0 || !arena)
        return status;
    struct cw_signal_match kept = {
        .signal = match->signal,
        .code = match->code,
        .is_failure = match->signal->is_failure,
    };
    if (!cw_arena_str(arena, match->code_written, &kept.code_written) ||
        !cw_evidence_keep_part(arena, reading->source, event, telling_part(event, match),
                               &kept.evidence) ||
        !cw_captured_entities(&kept.entities, arena, match, &event->scope))
        return CW_ERR_NOMEM;
    return cw_tracking_match(&reading->tracking, event, &kept);
}

/* What the trial wants to know of a signal that meets an event. */
static int note_trial(struct cw_reading *reading, const struct cw_signal *signal,
                      const struct cw_event *event)
{
    struct cw_trial_signal *tried = reading->trial ? cw_trial_find(reading->trial, signal) : NULL;
    unsigned misfits = 0;
    if (!tried || cw_matcher_misfits(reading->matcher, signal, event, &misfits, NULL) < 0)
        return CW_OK;
    struct cw_str path = reading->c->sources[reading->source].path;
    return cw_trial_note(tried, reading->trial_arena, path, event, misfits) ? CW_OK : CW_ERR_NOMEM;
}

static int test_signal(struct cw_reading *reading, const struct cw_signal *signal,
                       const struct cw_event *event)
{
    struct cw_match match;
    struct cw_error reason = {0};
    int found = cw_matcher_test(reading->matcher, signal, event, &match, &reason);
    if (found == CW_ERR_NOMEM)
        return found;
    if (found < 0)
        return cw_remark_on_rule(reading->c, reading->source, signal->id, event->line, &reason);
    int status = found > 0 ? keep_match(reading, event, &match) : CW_OK;
    return status == CW_OK ? note_trial(reading, signal, event) : status;
}

/* The signals whose literals occur in the event, each once although it may have several. */
static int test_signals(struct cw_reading *reading, const struct cw_event *event)
{
    const struct cw_wanted *wanted = &reading->wanted[reading->tracking.log];
    const struct cw_signal *last = NULL;
    for (size_t i = 0; i < event->literal_count; i++) {
        uint32_t literal = event->literals[i];
        if (literal >= wanted->signal_literals)
            break;
        const struct cw_signal *signal = &reading->rules->signals[wanted->signal[literal]];
        if (signal == last)
            continue;
        last = signal;
        int status = test_signal(reading, signal, event);
        if (status < 0)
            return status;
    }
    return CW_OK;
}

static int track(struct cw_reading *reading, const struct cw_event *event)
{
    size_t first = reading->wanted[reading->tracking.log].signal_literals;
    size_t count = 0;
    for (size_t i = 0; i < event->literal_count; i++) {
        if (event->literals[i] >= first)
            reading->anchors[count++] = event->literals[i] - (uint32_t)first;
    }
    return cw_tracking_event(&reading->tracking, event, reading->anchors, count);
}

static int take_event(struct cw_reading *reading, const struct cw_event *event)
{
    int status = track(reading, event);
    return status == CW_OK ? test_signals(reading, event) : status;
}

/* A literal may have been cut in two with the record: what was joined is searched again. */
static int take_joined_event(struct cw_reading *reading, const struct cw_event *event)
{
    struct cw_hits hits = {0};
    struct cw_event whole = *event;
    int status = cw_filter_scan(reading->wanted[reading->tracking.log].filter, event->text, &hits);
    uint32_t *literals = calloc(hits.count + 1, sizeof(*literals));
    if (status == CW_OK && !literals)
        status = CW_ERR_NOMEM;
    if (status == CW_OK) {
        whole.literals = literals;
        whole.literal_count = cw_hits_literals(&hits, literals);
        status = take_event(reading, &whole);
    }
    free(literals);
    cw_hits_done(&hits);
    return status;
}

static int on_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct cw_reading *reading = context;
    struct cw_event placed;
    if (reading->supply.is_excerpt) {
        placed = cw_supply_place(&reading->supply, event);
        event = &placed;
    }
    struct cw_case_source *source = &reading->c->sources[reading->source];
    source->heard = cw_hash_number(source->heard, event->line);
    source->heard = cw_hash_number(source->heard, event->code);
    source->heard = cw_hash(source->heard, cw_str_head(event->text, HEARD_SIZE));
    if (!cw_codepage_learn(source->text, event->text))
        return cw_fail_nomem(error);
    int status = event->joined ? take_joined_event(reading, event) : take_event(reading, event);
    return status == CW_ERR_NOMEM ? cw_fail_nomem(error) : status;
}

/* What the 8-bit text of the source under way is in, as far as it is known. */
static int make_codepage(const struct cw_reading *reading, struct cw_str head,
                         struct cw_case_source *source)
{
    enum cw_encoding given = reading->c->encoding;
    source->encoding = cw_source_encoding(reading->text->plain);
    if (source->encoding != CW_ENCODING_UTF8)
        given = CW_ENCODING_UTF8;
    int status = cw_codepage_new(given, &source->text);
    if (status == CW_OK && !cw_codepage_learn(source->text, head)) {
        cw_codepage_free(source->text);
        status = CW_ERR_NOMEM;
    }
    return status;
}

static int add_source(struct cw_reading *reading, const char *name, const struct cw_format *format,
                      struct cw_str head)
{
    struct cw_case *c = reading->c;
    void *items = c->sources;
    struct cw_case_source source = {
        .recognised = true, .log = format->log, .place = *reading->place};
    source.heard = CW_HASH_INIT;
    source.previous = source.next = source.copy_of = CW_SOURCE_NONE;
    source.stats.first = source.stats.last = CW_TIME_NONE;
    if (!cw_arena_grow(&c->arena, &items, &c->source_cap, c->source_count, sizeof(source),
                       CW_LIMIT_SOURCES) ||
        !cw_arena_str(&c->arena, cw_str_c(name), &source.path) ||
        !cw_arena_str(&c->arena, cw_str_c(reading->file), &source.file) ||
        !cw_arena_str(&c->arena, cw_str_head(head, CW_SOURCE_HEAD), &source.head) ||
        make_codepage(reading, head, &source) < 0)
        return CW_ERR_NOMEM;
    c->sources = items;
    reading->source = c->source_count;
    c->sources[c->source_count++] = source;
    return CW_OK;
}

static int read_log(struct cw_reading *reading, const char *name, const struct cw_format *format,
                    struct cw_str head, struct cw_error *error)
{
    struct cw_case *c = reading->c;
    struct cw_parser parser = {0};
    struct cw_event_sink sink = {on_event, reading};
    if (add_source(reading, name, format, head) < 0)
        return cw_fail_nomem(error);
    struct cw_wanted *wanted = &reading->wanted[format->log];
    int status = cw_tracking_init(&reading->tracking, format->log, c, reading->source);
    if (status == CW_OK && !wanted->filter)
        status = cw_wanted_init(wanted, reading->rules, format->log, error);
    if (status == CW_OK)
        status = cw_parser_init(&parser, format, sink, reading->supply.is_excerpt, head, error);
    if (status == CW_OK)
        status = cw_supply_feed(&reading->supply, format->log, wanted->filter, &parser, error);
    /* What was read before a failure counts. */
    int ended = status == CW_ERR_NOMEM ? status : cw_tracking_finish(&reading->tracking);
    if (parser.own)
        cw_parser_stats(&parser, &c->sources[reading->source].stats);
    cw_parser_done(&parser);
    cw_tracking_done(&reading->tracking);
    if (ended < 0)
        return cw_fail_nomem(error);
    int remarks = cw_source_mark_damage(c, reading->source, &reading->supply);
    if (remarks == CW_OK)
        remarks = cw_remark_on_stats(reading->c, reading->source);
    return remarks < 0 ? cw_fail_nomem(error) : status;
}

/* Each log that the excerpt holds is a source of its own. */
static int read_excerpt(struct cw_reading *reading, const char *name, struct cw_error *error)
{
    const struct cw_excerpt *excerpt = &reading->supply.excerpt;
    int status = CW_OK;
    for (unsigned kind = 0; kind < CW_LOG_KINDS && status == CW_OK; kind++) {
        enum cw_log_kind log = (enum cw_log_kind)kind;
        struct cw_str head = cw_excerpt_head(excerpt, log);
        if (head.len)
            status = read_log(reading, name, cw_format_of(log), head, error);
    }
    return status;
}

/* The log or logs of the source. *ret_found: it holds one. */
static int read_supply(struct cw_reading *reading, struct cw_line_reader *lines, const char *name,
                       uint64_t skipped, bool *ret_found, struct cw_error *error)
{
    const struct cw_supply *supply = &reading->supply;
    size_t before = reading->c->source_count;
    const struct cw_format *format = cw_format_recognise(supply->head);
    int status = CW_OK;
    if (cw_is_own_report(supply->head))
        *ret_found = false;
    else if (supply->is_excerpt)
        status = read_excerpt(reading, name, error);
    else if (format)
        status = read_log(reading, name, format, supply->head, error);
    *ret_found = reading->c->source_count > before;
    if (status == CW_ERR_NOMEM || !*ret_found)
        return status;
    reading->c->sources[reading->source].stats.lines += skipped;
    reading->c->sources[reading->source].bytes = cw_line_reader_bytes(lines);
    reading->c->sources[reading->source].shape = cw_line_reader_shape(lines);
    if (!cw_arena_str(&reading->c->arena, cw_line_reader_last(lines),
                      &reading->c->sources[reading->source].last_line))
        return cw_fail_nomem(error);
    if (status == CW_OK)
        status = supply->failed;
    return cw_remark_on_lines(reading->c, reading->source, lines, reading->text->plain) < 0
               ? cw_fail_nomem(error)
               : status;
}

/* A first line that fills the whole head says nothing about the format: what follows it may be a
 * log all the same. The reader counts it as a line that was cut. */
static int skip_long_start(struct cw_line_reader *lines, struct cw_str *head, uint64_t *skipped,
                           struct cw_error *error)
{
    struct cw_block block;
    while (head->len == HEAD_SIZE && cw_str_find_char(*head, '\n') == SIZE_MAX &&
           cw_str_find_char(*head, '\r') == SIZE_MAX) {
        int status = cw_line_reader_next(lines, &block, error);
        if (status < 0)
            return status;
        *skipped += status ? block.line_count : 0;
        status = cw_line_reader_peek(lines, HEAD_SIZE, head, error);
        if (status < 0)
            return status;
    }
    return CW_OK;
}

static int read_text(struct cw_reading *reading, struct cw_source *text, const char **ret_no_log,
                     struct cw_error *error)
{
    struct cw_line_reader *lines = NULL;
    struct cw_str head = CW_STR_NONE;
    int status = cw_line_reader_new(text, NULL, &lines, error);
    if (status == CW_OK)
        cw_line_reader_tap(lines, reading->harvest ? cw_harvest_block : NULL, reading->harvest);
    if (status == CW_OK)
        status = cw_line_reader_peek(lines, HEAD_SIZE, &head, error);
    uint64_t skipped = 0;
    if (status == CW_OK)
        status = skip_long_start(lines, &head, &skipped, error);
    if (status == CW_OK)
        status = cw_supply_init(&reading->supply, lines, head, skipped == 0, error);
    bool found = false;
    if (status == CW_OK)
        status = read_supply(reading, lines, cw_source_name(text), skipped, &found, error);
    if (status >= 0)
        *ret_no_log = found ? NULL : cw_why_no_log(reading->supply.head, lines, reading->text);
    cw_supply_done(&reading->supply);
    cw_line_reader_free(lines);
    return status;
}

/* The end of a pipe, for a second look. Offsets in a log that is decoded or put together are not
 * those of the pipe. */
static int keep_window(struct cw_reading *reading, const struct cw_source *source,
                       struct cw_error *error)
{
    struct cw_case_source *entry = &reading->c->sources[reading->source];
    if (cw_source_can_read_at(source) || entry->encoding != CW_ENCODING_UTF8 || entry->damaged ||
        entry->window)
        return CW_OK;
    if (cw_source_window(source, &entry->window, &entry->window_len, &entry->window_offset) < 0)
        return cw_fail_nomem(error);
    /* A member of an archive that came through a pipe has none. */
    if (entry->window_len == 0) {
        free(entry->window);
        entry->window = NULL;
    }
    return CW_OK;
}

static int read_source(struct cw_reading *reading, struct cw_source *source,
                       const char **ret_no_log, struct cw_error *error)
{
    /* A code page that was given is that of 8-bit text; UTF-16 shows itself. */
    enum cw_encoding given = reading->c->encoding;
    enum cw_encoding encoding = cw_encoding_is_codepage(given) ? CW_ENCODING_UNKNOWN : given;
    struct cw_text text;
    cw_source_watch(source, reading->c->watch);
    int status = cw_text_open(&text, source, encoding, error);
    reading->text = &text;
    *ret_no_log = text.events ? cw_why_no_event_log(cw_str_c(cw_source_name(source))) : NULL;
    if (status == CW_OK && !*ret_no_log)
        status = read_text(reading, text.lines, ret_no_log, error);
    if (status == CW_OK && !*ret_no_log)
        status = keep_window(reading, source, error);
    if (status == CW_OK && !*ret_no_log &&
        cw_remark_on_events(reading->c, reading->source, &text) < 0)
        status = cw_fail_nomem(error);
    cw_text_close(&text);
    reading->text = NULL;
    return status;
}

int cw_reading_member(struct cw_reading *reading, struct cw_source *source, const char *file,
                      const struct cw_member_place *place, const char **ret_no_log,
                      struct cw_error *error)
{
    size_t first = reading->c->source_count;
    reading->file = file;
    reading->place = place;
    int status = read_source(reading, source, ret_no_log, error);
    if (reading->harvest)
        cw_harvest_end(reading->harvest, reading->c->source_count > first
                                             ? reading->c->sources[reading->source].text
                                             : NULL);
    return status;
}

int cw_reading_source(struct cw_reading *reading, struct cw_source *source, const char *file,
                      struct cw_error *error)
{
    const struct cw_member_place whole = {0};
    const char *no_log = NULL;
    int status = cw_reading_member(reading, source, file, &whole, &no_log, error);
    if (status < 0 || !no_log)
        return status;
    struct cw_remark remark = {
        .kind = CW_STR("not_a_log"),
        .path = cw_str_c(cw_source_name(source)),
        .count = 1,
        .text = cw_str_c(no_log),
    };
    return cw_case_remark(reading->c, &remark) ? CW_OK : cw_fail_nomem(error);
}

static int feed_piece(struct cw_parser *parser, const struct cw_log_piece *piece,
                      const struct cw_filter *filter, struct cw_error *error)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *lines = NULL;
    struct cw_block block;
    int status = cw_source_memory("", piece->text, 0, &source, error);
    if (status == CW_OK)
        status = cw_line_reader_new(source, filter, &lines, error);
    while (status == CW_OK && (status = cw_line_reader_next(lines, &block, error)) > 0) {
        block.first_line += piece->first_line - 1;
        block.offset += piece->offset;
        status = cw_parser_feed(parser, &block, error);
    }
    cw_line_reader_free(lines);
    cw_source_close(source);
    return status;
}

int cw_reading_pieces(struct cw_reading *reading, size_t source, const struct cw_log_piece *pieces,
                      size_t count, struct cw_log_stats *ret_stats, struct cw_error *error)
{
    const struct cw_format *format = cw_format_of(reading->c->sources[source].log);
    struct cw_event_sink sink = {on_event, reading};
    struct cw_parser parser = {0};
    reading->source = source;
    int status = cw_tracking_init(&reading->tracking, format->log, reading->c, source);
    if (status == CW_OK)
        status = cw_parser_init(&parser, format, sink, false, pieces[0].text, error);
    for (size_t i = 0; i < count && status == CW_OK; i++)
        status = feed_piece(&parser, &pieces[i], reading->wanted[format->log].filter, error);
    if (status == CW_OK)
        status = cw_parser_finish(&parser, error);
    if (status == CW_OK)
        status = cw_tracking_finish(&reading->tracking);
    if (status == CW_OK)
        cw_parser_stats(&parser, ret_stats);
    cw_parser_done(&parser);
    cw_tracking_done(&reading->tracking);
    return status;
}
