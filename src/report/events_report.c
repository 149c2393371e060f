/* `cbswhy events`: every event of a log as one JSON object a line.
 *
 * Keys of every event, in this order, null where the log says nothing:
 *   log, kind, level, line, last_line, time, component, text, name, value, error {code, symbol,
 *   as_written}, incomplete
 * then of CBS: event_id, sequence, utc; of SetupAPI: section {title, instance, line, start},
 * operations [{name, argument, line, time}], outermost first; of all others: mark, event_id, and of
 * exported events: utc.
 */
#include "base/error.h"
#include "base/limits.h"
#include "cbswhy/analysis.h"
#include "input/archive_head.h"
#include "input/codepage.h"
#include "input/lines.h"
#include "input/source.h"
#include "input/text.h"
#include "input/unpack.h"
#include "logs/event_text.h"
#include "logs/format.h"
#include "report/json_writer.h"

static void write_error(struct cw_json *json, const struct cw_event *event)
{
    char text[CW_CODE_TEXT];
    cw_json_key(json, "error");
    if (event->code == CW_CODE_NONE) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_str(json, "code", cw_str_c(cw_code_text(event->code, text)));
    cw_json_member_str_or_null(json, "symbol", cw_code_symbol(event->code));
    cw_json_member_str_or_null(json, "as_written", event->code_written);
    cw_json_object_end(json);
}

static void write_cbs(struct cw_json *json, const struct cw_event *event)
{
    cw_json_member_str_or_null(json, "event_id", event->event_id);
    cw_json_key(json, "sequence");
    if (event->has_sequence)
        cw_json_uint(json, event->sequence);
    else
        cw_json_null(json);
    cw_json_member_time(json, "utc", event->utc);
}

static void write_section(struct cw_json *json, const struct cw_scope *scope)
{
    cw_json_key(json, "section");
    if (!scope->in_section) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_str(json, "title", scope->title);
    cw_json_member_str_or_null(json, "instance", scope->instance);
    cw_json_member_uint(json, "line", scope->line);
    cw_json_member_time(json, "start", scope->start);
    cw_json_object_end(json);
}

static void write_operations(struct cw_json *json, const struct cw_scope *scope)
{
    cw_json_key(json, "operations");
    cw_json_array(json);
    for (size_t i = 0; i < scope->depth; i++) {
        const struct cw_operation *operation = &scope->operations[i];
        cw_json_object(json);
        cw_json_member_str(json, "name", operation->name);
        cw_json_member_str_or_null(json, "argument", operation->argument);
        cw_json_member_uint(json, "line", operation->line);
        cw_json_member_time(json, "time", operation->time);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void write_scope(struct cw_json *json, const struct cw_event *event)
{
    write_section(json, &event->scope);
    write_operations(json, &event->scope);
}

/* Of a log that watches servicing from outside. */
static void write_account(struct cw_json *json, const struct cw_event *event)
{
    cw_json_member_str_or_null(json, "mark", cw_mark_name(event->mark));
    cw_json_member_str_or_null(json, "event_id", event->event_id);
    if (event->log == CW_LOG_EVENTS)
        cw_json_member_time(json, "utc", event->utc);
}

static void write_event(struct cw_json *json, const struct cw_event *event)
{
    cw_json_object(json);
    cw_json_member_str(json, "log", cw_log_name(event->log));
    cw_json_member_str(json, "kind", cw_event_kind_name(event->kind));
    cw_json_member_str(json, "level", cw_level_name(event->level));
    cw_json_member_uint(json, "line", event->line);
    cw_json_member_uint(json, "last_line", event->last_line);
    cw_json_member_time(json, "time", event->time);
    cw_json_member_str_or_null(json, "component", event->component);
    cw_json_member_str(json, "text", event->text);
    cw_json_member_str_or_null(json, "name", event->name);
    cw_json_member_str_or_null(json, "value", event->value);
    write_error(json, event);
    cw_json_member_bool(json, "incomplete", event->incomplete);
    if (event->log == CW_LOG_CBS)
        write_cbs(json, event);
    else if (cw_log_has_sections(event->log))
        write_scope(json, event);
    else
        write_account(json, event);
    cw_json_object_end(json);
}

/* The output, and what brings events into UTF-8 for it. */
struct writer {
    struct cw_json json;
    struct cw_codepage *text;
    struct cw_arena scratch; /* of one event */
};

/* The reader of a pipe may be gone long before the log ends: stop reading then. */
static int on_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct writer *writer = context;
    struct cw_event converted = *event;
    bool done = cw_event_convert(writer->text, &writer->scratch, &converted);
    if (done)
        write_event(&writer->json, &converted);
    cw_arena_done(&writer->scratch);
    if (!done)
        return cw_fail_nomem(error);
    int status = writer->json.status;
    return status < 0 ? cw_fail(error, status, "the events could not be written") : CW_OK;
}

/* 1, or 0 when it is no log. */
static int read_events(struct cw_line_reader *reader, struct writer *writer, struct cw_error *error)
{
    struct cw_event_sink sink = {on_event, writer};
    struct cw_str head;
    struct cw_parser parser;
    int status = cw_line_reader_peek(reader, CW_LIMIT_LINE, &head, error);
    if (status < 0)
        return status;
    if (!cw_codepage_learn(writer->text, head))
        return cw_fail_nomem(error);
    const struct cw_format *format = cw_format_recognise(head);
    if (!format)
        return 0;
    status = cw_parser_init(&parser, format, sink, true, head, error);
    if (status < 0)
        return status;
    status = cw_parser_feed_all(&parser, reader, 0, error);
    if (status == CW_OK)
        status = cw_parser_finish(&parser, error);
    cw_parser_done(&parser);
    return status < 0 ? status : 1;
}

static int write_text(struct cw_source *text, struct writer *writer, const struct cw_output *output,
                      struct cw_error *error)
{
    struct cw_line_reader *reader;
    int status = cw_line_reader_new(text, NULL, &reader, error);
    if (status < 0)
        return status;
    cw_json_begin(&writer->json, output, 0);
    status = read_events(reader, writer, error);
    int written = cw_json_end(&writer->json);
    cw_line_reader_free(reader);
    if (status >= 0 && written < 0)
        return cw_fail(error, written, "the events could not be written");
    return status;
}

/* 1, or 0 when it is no log. */
static int write_source(struct cw_source *source, enum cw_encoding encoding,
                        const struct cw_output *output, struct cw_error *error)
{
    struct cw_text text;
    struct writer writer = {0};
    bool is_utf16 = cw_encoding_is_utf16(encoding);
    int status = cw_codepage_new(is_utf16 ? CW_ENCODING_UTF8 : encoding, &writer.text);
    if (status < 0)
        return cw_fail_nomem(error);
    status = cw_text_open(
        &text, source, cw_encoding_is_codepage(encoding) ? CW_ENCODING_UNKNOWN : encoding, error);
    if (status == CW_OK)
        status = write_text(text.lines, &writer, output, error);
    cw_text_close(&text);
    cw_codepage_free(writer.text);
    return status;
}

struct members {
    enum cw_encoding encoding;
    const struct cw_output *output;
    bool has_log;
    struct cw_error failure; /* the first one */
};

static int on_not_read(void *context, const char *path, const char *reason, struct cw_error *error)
{
    struct members *members = context;
    (void)error;
    if (members->failure.status == CW_OK)
        (void)cw_fail(&members->failure, CW_ERR_INVALID, "'%s': %s", path, reason);
    return CW_OK;
}

static int on_outside(void *context, const char *path, struct cw_error *error)
{
    (void)context;
    (void)path;
    (void)error;
    return CW_OK;
}

static int on_member(void *context, struct cw_source *source, const struct cw_member_place *place,
                     struct cw_error *error)
{
    struct members *members = context;
    struct cw_error reason = {0};
    (void)place;
    int status = write_source(source, members->encoding, members->output, &reason);
    members->has_log |= status > 0;
    if (status == CW_ERR_INVALID || status == CW_ERR_LIMIT)
        return on_not_read(context, cw_source_name(source), reason.text, error);
    return status < 0 ? cw_fail(error, status, "%s", reason.text) : CW_OK;
}

static int write_members(struct cw_source *source, enum cw_encoding encoding,
                         const struct cw_output *output, struct cw_error *error)
{
    struct members members = {.encoding = encoding, .output = output};
    struct cw_unpack_sink sink = {on_member, on_not_read, on_outside, &members};
    int status = cw_unpack(source, cw_archive_budget(), &sink, error);
    if (status == CW_OK && members.failure.status < 0)
        return cw_fail(error, members.failure.status, "%s", members.failure.text);
    return status < 0 ? status : members.has_log;
}

int cw_events_write(const char *path, const char *encoding, const struct cw_output *output,
                    struct cw_error *error)
{
    struct cw_source *source;
    struct cw_str head;
    enum cw_encoding given = CW_ENCODING_UNKNOWN;
    int status = encoding ? cw_codepage_by_name(encoding, &given, error) : CW_OK;
    if (status == CW_OK)
        status = cw_source_open(path, &source, error);
    if (status != CW_OK)
        return status;
    status = cw_source_peek(source, CW_SOURCE_PEEK, &head, error);
    if (status == CW_OK)
        status = cw_archive_nature(head) == CW_ARCHIVE_NONE
                     ? write_source(source, given, output, error)
                     : write_members(source, given, output, error);
    if (status == 0)
        status = cw_fail(error, CW_ERR_INVALID, "%s: neither a CBS log nor a SetupAPI log",
                         cw_source_name(source));
    cw_source_close(source);
    return status < 0 ? status : CW_OK;
}
