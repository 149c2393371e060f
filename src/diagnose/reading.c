#include "diagnose/reading.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "input/lines.h"
#include "model/run_tracker.h"
#include "model/section_tracker.h"

enum { HEAD_SIZE = 64 * 1024 };

/* What is looked for in one kind of log: the literals of its signals, then, in CBS.log, the anchors
 * of the run tracker. Each log has its own, so that none pays for the other's short literals. */
struct wanted {
    struct cw_filter *filter;
    uint32_t *signal; /* of each of the signals' literals */
    size_t signal_literals;
};

struct cw_reading {
    const struct cw_rules *rules;
    struct cw_case *c;
    struct wanted wanted[CW_LOG_KINDS];
    struct cw_matcher *matcher;
    uint32_t *anchors; /* room for those of one event */
    /* the source under way */
    size_t source;
    enum cw_log_kind log;
    struct cw_run_tracker runs;
    struct cw_section_tracker sections;
};

static int make_filter(const struct cw_rules *rules, enum cw_log_kind log, struct wanted *wanted,
                       struct cw_error *error)
{
    size_t anchors = log == CW_LOG_CBS ? cw_run_anchor_count() : 0;
    struct cw_str *literals = calloc(rules->literal_count + anchors + 1, sizeof(*literals));
    wanted->signal = calloc(rules->literal_count + 1, sizeof(*wanted->signal));
    if (!literals || !wanted->signal) {
        free(literals);
        return cw_fail_nomem(error);
    }
    size_t count = 0;
    for (size_t i = 0; i < rules->literal_count; i++) {
        if (rules->signals[rules->literal_signal[i]].log != log)
            continue;
        wanted->signal[count] = rules->literal_signal[i];
        literals[count++] = rules->literals[i];
    }
    wanted->signal_literals = count;
    for (size_t i = 0; i < anchors; i++)
        literals[count++] = cw_run_anchor(i);
    int status = cw_filter_new(literals, count, &wanted->filter, error);
    free(literals);
    return status;
}

int cw_reading_new(const struct cw_rules *rules, struct cw_case *c, struct cw_reading **ret_reading,
                   struct cw_error *error)
{
    struct cw_reading *reading = calloc(1, sizeof(*reading));
    if (!reading)
        return cw_fail_nomem(error);
    reading->rules = rules;
    reading->c = c;
    reading->anchors = calloc(cw_run_anchor_count(), sizeof(*reading->anchors));
    int status = reading->anchors ? CW_OK : cw_fail_nomem(error);
    for (unsigned log = 0; log < CW_LOG_KINDS && status == CW_OK; log++)
        status = make_filter(rules, (enum cw_log_kind)log, &reading->wanted[log], error);
    if (status == CW_OK)
        status = cw_matcher_new(rules, &reading->matcher, error);
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
    for (unsigned log = 0; log < CW_LOG_KINDS; log++) {
        cw_filter_free(reading->wanted[log].filter);
        free(reading->wanted[log].signal);
    }
    free(reading->anchors);
    free(reading);
}

static int remark(struct cw_reading *reading, const char *kind, uint64_t line, uint64_t count,
                  const char *text)
{
    struct cw_remark remark = {
        .kind = cw_str_c(kind),
        .path = reading->c->sources[reading->source].path,
        .text = cw_str_c(text),
        .line = line,
        .count = count,
    };
    return cw_case_remark(reading->c, &remark) ? CW_OK : CW_ERR_NOMEM;
}

/* Entities of the operations around a SetupAPI event. */
static bool scope_entities(struct cw_entities *entities, struct cw_arena *arena,
                           const struct cw_scope *scope)
{
    for (size_t i = 0; i < scope->depth; i++) {
        enum cw_entity entity;
        const struct cw_operation *operation = &scope->operations[i];
        if (cw_entity_of_operation(operation->name, &entity) &&
            !cw_entities_add(entities, arena, entity, operation->argument))
            return false;
    }
    return true;
}

static bool captured_entities(struct cw_entities *entities, struct cw_arena *arena,
                              const struct cw_match *match)
{
    for (size_t i = 0; i < match->capture_count; i++) {
        enum cw_entity entity;
        if (cw_entity_from_name(match->captures[i].name, &entity) &&
            !cw_entities_add(entities, arena, entity, match->captures[i].value))
            return false;
    }
    return true;
}

/* Keeps a match in the episode under way. */
static int keep_match(struct cw_reading *reading, const struct cw_event *event,
                      const struct cw_match *match)
{
    bool cbs = reading->log == CW_LOG_CBS;
    struct cw_arena *arena = cbs ? cw_run_tracker_arena(&reading->runs, event)
                                 : cw_section_tracker_arena(&reading->sections, event);
    if (!arena)
        return CW_ERR_NOMEM;
    const struct cw_run *run = reading->runs.run;
    const struct cw_section *section = reading->sections.section;
    if (cbs ? !cw_match_wanted(run->matches, run->match_count, match->signal)
            : !cw_match_wanted(section->matches, section->match_count, match->signal))
        return CW_OK;
    struct cw_signal_match kept = {.signal = match->signal, .code = match->code};
    if (!cw_arena_str(arena, match->code_written, &kept.code_written) ||
        !cw_evidence_keep(arena, reading->source, event, &kept.evidence) ||
        !captured_entities(&kept.entities, arena, match) ||
        !scope_entities(&kept.entities, arena, &event->scope))
        return CW_ERR_NOMEM;
    return cbs ? cw_run_tracker_match(&reading->runs, event, &kept)
               : cw_section_tracker_match(&reading->sections, event, &kept);
}

/* A pattern that ran wild is named and counted; the rest of the pack goes on. */
static int note_wild_pattern(struct cw_reading *reading, const struct cw_signal *signal,
                             const struct cw_event *event, const struct cw_error *reason)
{
    char text[640];
    (void)snprintf(text, sizeof(text), "rule '%.*s' was stopped: %s", CW_STR_ARG(signal->id),
                   reason->text);
    return remark(reading, "rule_stopped", event->line, 1, text);
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
        return note_wild_pattern(reading, signal, event, &reason);
    return found > 0 ? keep_match(reading, event, &match) : CW_OK;
}

/* The signals whose literals occur in the event, each once although it may have several. */
static int test_signals(struct cw_reading *reading, const struct cw_event *event)
{
    const struct wanted *wanted = &reading->wanted[reading->log];
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

static int track_run(struct cw_reading *reading, const struct cw_event *event)
{
    size_t first = reading->wanted[CW_LOG_CBS].signal_literals;
    size_t count = 0;
    for (size_t i = 0; i < event->literal_count; i++) {
        if (event->literals[i] >= first)
            reading->anchors[count++] = event->literals[i] - (uint32_t)first;
    }
    return cw_run_tracker_event(&reading->runs, event, reading->anchors, count);
}

static int take_event(struct cw_reading *reading, const struct cw_event *event)
{
    int status = reading->log == CW_LOG_CBS ? track_run(reading, event)
                                            : cw_section_tracker_event(&reading->sections, event);
    return status == CW_OK ? test_signals(reading, event) : status;
}

/* Which literals were hit, ascending, without duplicates; `ret_literals` has room for all hits. */
static size_t list_literals(const struct cw_hits *hits, uint32_t *ret_literals)
{
    size_t count = 0;
    for (size_t i = 0; i < hits->count; i++) {
        uint32_t literal = hits->items[i].literal;
        size_t at = count;
        while (at > 0 && ret_literals[at - 1] > literal)
            at--;
        if (at > 0 && ret_literals[at - 1] == literal)
            continue;
        memmove(ret_literals + at + 1, ret_literals + at, (count - at) * sizeof(*ret_literals));
        ret_literals[at] = literal;
        count++;
    }
    return count;
}

/* A literal may have been cut in two with the record: what was joined is searched again. */
static int take_joined_event(struct cw_reading *reading, const struct cw_event *event)
{
    struct cw_hits hits = {0};
    struct cw_event whole = *event;
    int status = cw_filter_scan(reading->wanted[reading->log].filter, event->text, &hits);
    uint32_t *literals = calloc(hits.count + 1, sizeof(*literals));
    if (status == CW_OK && !literals)
        status = CW_ERR_NOMEM;
    if (status == CW_OK) {
        whole.literals = literals;
        whole.literal_count = list_literals(&hits, literals);
        status = take_event(reading, &whole);
    }
    free(literals);
    cw_hits_done(&hits);
    return status;
}

static int on_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct cw_reading *reading = context;
    int status = event->joined ? take_joined_event(reading, event) : take_event(reading, event);
    return status == CW_ERR_NOMEM ? cw_fail_nomem(error) : status;
}

/* What kind of text it is, judged by its first bytes. */
static void judge_encoding(struct cw_case_source *source, struct cw_str head)
{
    source->utf8 = true;
    for (size_t at = 0; at < head.len;) {
        uint32_t point;
        if ((unsigned char)head.ptr[at] < 0x80) {
            at++;
            continue;
        }
        source->high_bytes = true;
        size_t len = cw_utf8_decode(cw_str_from(head, at), &point);
        /* The head may end inside a character. */
        if (point == CW_UTF8_INVALID && at + 4 < head.len)
            source->utf8 = false;
        at += len;
    }
}

static int add_source(struct cw_reading *reading, const char *name, const struct cw_format *format,
                      struct cw_str head)
{
    struct cw_case *c = reading->c;
    void *items = c->sources;
    struct cw_case_source source = {.recognised = true, .log = format->log};
    judge_encoding(&source, head);
    source.stats.first = source.stats.last = CW_TIME_NONE;
    if (!cw_arena_grow(&c->arena, &items, &c->source_cap, c->source_count, sizeof(source),
                       CW_LIMIT_SOURCES) ||
        !cw_arena_str(&c->arena, cw_str_c(name), &source.path))
        return CW_ERR_NOMEM;
    c->sources = items;
    reading->source = c->source_count;
    c->sources[c->source_count++] = source;
    return CW_OK;
}

static int feed_all(struct cw_line_reader *lines, const struct cw_format *format,
                    struct cw_log_parser *parser, struct cw_error *error)
{
    struct cw_block block;
    int status;
    while ((status = cw_line_reader_next(lines, &block, error)) > 0) {
        status = format->feed(parser, &block, error);
        if (status < 0)
            return status;
    }
    return status < 0 ? status : format->finish(parser, error);
}

static int remark_on_lines(struct cw_reading *reading, const struct cw_line_reader *lines)
{
    uint64_t first = 0;
    uint64_t cut = cw_line_reader_cut(lines, &first);
    uint64_t nuls = cw_line_reader_nuls(lines);
    int status = CW_OK;
    if (cut)
        status = remark(reading, "long_line", first, cut,
                        "a line is longer than 65536 bytes; the rest of it was not read");
    if (status == CW_OK && nuls)
        status = remark(reading, "nul_bytes", 0, nuls, "the log holds NUL bytes");
    return status;
}

static int remark_on_stats(struct cw_reading *reading)
{
    const struct cw_case_source *source = &reading->c->sources[reading->source];
    const struct cw_log_stats *stats = &source->stats;
    const struct {
        const char *kind;
        uint64_t line, count;
        const char *text;
    } remarks[] = {
        {"not_utf8", 0, !source->utf8,
         "the text is in an 8-bit code page; its bytes are kept as they are"},
        {"unrecognized_lines", stats->first_unrecognized, stats->unrecognized,
         "lines belong to no record of the format"},
        {"time_goes_back", stats->first_backward, stats->backward_steps,
         "the time goes back: the clock was set or a log was appended"},
        {"unclosed_section", 0, stats->unclosed_sections,
         "a section has no end line: it was cut off, or was still under way"},
        {"long_record", 0, stats->cut_records,
         "a record is longer than 262144 bytes; the rest of it was not read"},
        {"deep_operations", 0, stats->untracked_operations,
         "operations lie more than 64 levels deep; those below were not followed"},
    };
    int status = CW_OK;
    for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]) && status == CW_OK; i++) {
        if (remarks[i].count)
            status = remark(reading, remarks[i].kind, remarks[i].line, remarks[i].count,
                            remarks[i].text);
    }
    return status;
}

static int read_log(struct cw_reading *reading, struct cw_line_reader *lines, const char *name,
                    const struct cw_format *format, struct cw_str head, struct cw_error *error)
{
    struct cw_case *c = reading->c;
    struct cw_log_parser *parser = NULL;
    struct cw_event_sink sink = {on_event, reading};
    reading->log = format->log;
    cw_line_reader_filter(lines, reading->wanted[format->log].filter);
    if (add_source(reading, name, format, head) < 0)
        return cw_fail_nomem(error);
    cw_run_tracker_init(&reading->runs, c, reading->source);
    int status = cw_section_tracker_init(&reading->sections, c, reading->source);
    if (status == CW_OK)
        status = format->parser_new(sink, false, head, &parser, error);
    if (status == CW_OK)
        status = feed_all(lines, format, parser, error);
    /* What was read before a failure counts. */
    int ended = status == CW_ERR_NOMEM ? status : cw_run_tracker_finish(&reading->runs);
    if (ended == CW_OK)
        ended = cw_section_tracker_finish(&reading->sections);
    if (parser)
        format->stats(parser, &c->sources[reading->source].stats);
    format->parser_free(parser);
    cw_run_tracker_done(&reading->runs);
    cw_section_tracker_done(&reading->sections);
    if (ended < 0)
        return cw_fail_nomem(error);
    int remarks = remark_on_lines(reading, lines);
    if (remarks == CW_OK)
        remarks = remark_on_stats(reading);
    return remarks < 0 ? cw_fail_nomem(error) : status;
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

static int note_no_log(struct cw_reading *reading, const char *name, struct cw_str head,
                       struct cw_error *error)
{
    bool has_nul = cw_str_find_char(head, '\0') != SIZE_MAX;
    struct cw_remark remark = {
        .kind = CW_STR("not_a_log"),
        .path = cw_str_c(name),
        .count = 1,
        .text = head.len == 0 ? CW_STR("the file is empty")
                : has_nul     ? CW_STR("it holds NUL bytes: binary data, or text in UTF-16, which "
                                           "is not read yet")
                              : CW_STR("it is no log of a known kind"),
    };
    return cw_case_remark(reading->c, &remark) ? CW_OK : cw_fail_nomem(error);
}

/* The end of a pipe, for a second look. */
static int keep_window(struct cw_reading *reading, const struct cw_source *source,
                       struct cw_error *error)
{
    struct cw_case_source *entry = &reading->c->sources[reading->source];
    if (cw_source_can_read_at(source))
        return CW_OK;
    return cw_source_window(source, &entry->window, &entry->window_len, &entry->window_offset) < 0
               ? cw_fail_nomem(error)
               : CW_OK;
}

static int read_source(struct cw_reading *reading, struct cw_source *source, struct cw_error *error)
{
    struct cw_line_reader *lines = NULL;
    struct cw_str head = CW_STR_NONE;
    int status = cw_line_reader_new(source, NULL, &lines, error);
    if (status == CW_OK)
        status = cw_line_reader_peek(lines, HEAD_SIZE, &head, error);
    uint64_t skipped = 0;
    if (status == CW_OK)
        status = skip_long_start(lines, &head, &skipped, error);
    const struct cw_format *format = status == CW_OK ? cw_format_recognise(head) : NULL;
    if (format) {
        status = read_log(reading, lines, cw_source_name(source), format, head, error);
        /* Without memory there may be no such source. */
        if (status != CW_ERR_NOMEM)
            reading->c->sources[reading->source].stats.lines += skipped;
        if (status == CW_OK)
            status = keep_window(reading, source, error);
    } else if (status == CW_OK) {
        status = note_no_log(reading, cw_source_name(source), head, error);
    }
    cw_line_reader_free(lines);
    return status;
}

int cw_reading_file(struct cw_reading *reading, const char *path, struct cw_error *error)
{
    struct cw_source *source;
    int status = cw_source_open(path, &source, error);
    if (status < 0)
        return status;
    status = read_source(reading, source, error);
    cw_source_close(source);
    return status;
}

int cw_reading_memory(struct cw_reading *reading, const char *name, struct cw_str bytes,
                      size_t piece, struct cw_error *error)
{
    struct cw_source *source;
    int status = cw_source_memory(name, bytes, piece, &source, error);
    if (status < 0)
        return status;
    status = read_source(reading, source, error);
    cw_source_close(source);
    return status;
}
