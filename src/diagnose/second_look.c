#include "diagnose/second_look.h"

#include "base/os.h"
#include "diagnose/supply.h"
#include "input/decode.h"
#include "logs/usual_lines.h"

enum {
    /* A run's last record may have continuation lines behind its offset. */
    BEHIND = 64 * 1024
};

/* Lines that begin an operation: the last of them before an error says what was being done; and
 * what ends it, where a line says so. */
static const struct {
    const char *begin, *end;
} operations[] = {
    {"Exec: Resolving Package: ", NULL},
    {"Exec: Staging Package: ", NULL},
    {"Exec: Installing Package: ", NULL},
    {"Exec: Uninstall package: ", NULL},
    {"Exec: Unprojecting Package: ", NULL},
    {"Exec: Unpinning Package: ", NULL},
    {"Begin executing advanced installer", "End executing advanced installer"},
    {"Calling generic command executable", "Done with generic command"},
    {"Running poqexec with: ", "Poqexec.exe completed"},
    {"Doqe: [", "Perf: Doqe: Install ended"},
    {"INSTALL index: ", NULL},
};
enum { OPERATIONS = sizeof(operations) / sizeof(operations[0]) };

#define COMMAND "Calling generic command executable"

/* The bytes of one log that are looked through: a run may go on in the next one. */
struct piece {
    size_t source;
    uint64_t first_line, offset; /* where it begins */
    uint64_t end_offset;         /* of the last record; UINT64_MAX: to the end of the log */
    uint64_t run_line, run_end;  /* lines of the run in it; none when run_line is UINT64_MAX */
};

struct look {
    const struct cw_case *c;
    const struct cw_run *run;
    const struct cw_look_for *what;
    struct piece piece; /* under way; line numbers begin at 1 in it */
    bool done;          /* what was found is not to be taken back */
    bool lacks_piece;   /* of the run */
    struct cw_arena *arena;
    struct cw_supply supply;
    struct cw_second_look result;
    struct cw_second_look outer; /* the installer that runs the command that is `result` */
    size_t open;                 /* index of that operation */
};

/* The operation that this line begins; OPERATIONS when none. */
static size_t begun_by(struct cw_str text)
{
    size_t i = 0;
    while (i < OPERATIONS && !cw_str_starts(text, cw_str_c(operations[i].begin)))
        i++;
    return i;
}

static bool begins_with_any(struct cw_str text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_starts(text, cw_str_c(list[i])))
            return true;
    }
    return false;
}

static bool is_the_failure(const struct look *look, const struct cw_event *event)
{
    bool fails = cw_code_is_failure(event->code);
    if (cw_usual_line(event->log, event->text, event->code))
        return false;
    if (fails && look->what->code != CW_CODE_NONE && cw_code_same(event->code, look->what->code))
        return true;
    if (look->what->code_alone)
        return false;
    /* CSI marks its failures; a mark of CBS with another code belongs to something else. */
    return cw_str_eq(event->component, CW_STR("CSI")) &&
           (event->level == CW_LEVEL_ERROR || cw_str_starts(event->text, CW_STR("(F) ")));
}

/* Lines behind which nothing belongs to what came before. */
static const char *const boundaries[] = {
    "Exec: Processing started",      "Startup: Processing complete",
    "TI: --- Initializing",          "Trusted Installer is shutting down",
    "Ending TrustedInstaller final", "Retrieved original failure status",
};

static int keep(struct look *look, const struct cw_event *event, struct cw_evidence *evidence)
{
    const struct piece *piece = &look->piece;
    struct cw_codepage *text = look->c->sources[piece->source].text;
    if (!cw_evidence_keep(look->arena, piece->source, event, evidence))
        return CW_ERR_NOMEM;
    if (!cw_codepage_convert(text, look->arena, evidence->text, &evidence->text))
        return CW_ERR_NOMEM;
    evidence->line += piece->first_line - 1;
    evidence->last_line += piece->first_line - 1;
    evidence->offset += piece->offset;
    return CW_OK;
}

/* The name in "    New component: [l:57 ml:58]'Microsoft-Windows-X, Culture=neutral, ...'", or in
 * "    New component: Microsoft-Windows-X, version 10.0.26100.1, arch amd64"; empty for "(null)".
 * And in "    Installer name: 'Root Devices'".
 */
static struct cw_str name_in(struct cw_str block, struct cw_str label)
{
    size_t at = cw_str_find(block, label);
    struct cw_str value = cw_str_from(block, at == SIZE_MAX ? at : at + label.len);
    value = cw_str_head(value, cw_str_find_char(value, '\n'));
    if (cw_str_starts(value, CW_STR("["))) {
        size_t end = cw_str_find_char(value, ']');
        value = cw_str_from(value, end == SIZE_MAX ? end : end + 1);
    }
    if (value.len && (value.ptr[0] == '\'' || value.ptr[0] == '"')) {
        struct cw_str inside = cw_str_from(value, 1);
        value = cw_str_head(inside, cw_str_find_char(inside, value.ptr[0]));
    }
    bool named = value.len && ((value.ptr[0] | 0x20) >= 'a' && (value.ptr[0] | 0x20) <= 'z');
    return named ? cw_str_head(value, cw_str_find_char(value, ',')) : CW_STR_NONE;
}

/* A command that an installer runs is about the component that the installer is about. */
static bool name_operation(struct look *look, const struct cw_event *event)
{
    struct cw_second_look *result = &look->result;
    if (cw_str_starts(event->text, CW_STR(COMMAND)))
        return true;
    struct cw_str name = name_in(event->text, CW_STR("New component: "));
    if (name.len == 0)
        name = name_in(event->text, CW_STR("Old component: "));
    return cw_arena_str(look->arena, name, &result->component) &&
           cw_arena_str(look->arena, name_in(event->text, CW_STR("Installer name: ")),
                        &result->installer);
}

static int begin_operation(struct look *look, const struct cw_event *event, size_t operation)
{
    bool inside = cw_str_starts(event->text, CW_STR(COMMAND)) && look->result.has_operation;
    look->outer = inside ? look->result : (struct cw_second_look){0};
    look->open = operation;
    look->result.has_operation = true;
    if (!name_operation(look, event))
        return CW_ERR_NOMEM;
    return keep(look, event, &look->result.operation);
}

/* What is under way when the command of an installer ends is the installer. */
static void end_operation(struct look *look, const struct cw_event *event)
{
    if (!look->result.has_operation || !operations[look->open].end ||
        !cw_str_starts(event->text, cw_str_c(operations[look->open].end)))
        return;
    bool possible = look->result.possible;
    look->result = look->outer;
    look->result.possible = possible;
    look->outer = (struct cw_second_look){0};
    look->open = begun_by(CW_STR("Begin executing advanced installer"));
}

static bool is_reached(const struct look *look, uint64_t line)
{
    const struct cw_evidence *before = look->what->before;
    return before && look->piece.source == before->source && line >= before->line;
}

static int on_event(void *context, const struct cw_event *delivered, struct cw_error *error)
{
    struct look *look = context;
    const struct cw_event placed = cw_supply_place(&look->supply, delivered);
    const struct cw_event *event = &placed;
    struct cw_second_look *result = &look->result;
    uint64_t line = event->line + look->piece.first_line - 1;
    bool in_run = line >= look->piece.run_line;
    if (!in_run &&
        begins_with_any(event->text, boundaries, sizeof(boundaries) / sizeof(boundaries[0])))
        *result = (struct cw_second_look){.possible = result->possible};
    look->done |= (in_run && result->found) || is_reached(look, line);
    if (look->done || result->found || line > look->piece.run_end)
        return CW_OK;
    if (!look->what->before && is_the_failure(look, event)) {
        result->found = true;
        result->code = event->code;
        if (!cw_arena_str(look->arena, event->code_written, &result->written))
            return cw_fail_nomem(error);
        return keep(look, event, &result->first_error);
    }
    size_t operation = begun_by(event->text);
    if (look->what->open)
        end_operation(look, event);
    return operation < OPERATIONS ? begin_operation(look, event, operation) : CW_OK;
}

static int parse_lines(struct look *look, struct cw_line_reader *lines)
{
    struct cw_event_sink sink = {on_event, look};
    struct cw_parser parser = {0};
    struct cw_block block;
    struct cw_str head;
    int status = cw_line_reader_peek(lines, BEHIND, &head, NULL);
    if (status == CW_OK)
        status = cw_parser_init(&parser, &cw_format_cbs, sink, true, head, NULL);
    while (status == CW_OK && !look->done) {
        int more = cw_line_reader_next(lines, &block, NULL);
        if (more <= 0) {
            status = more < 0 ? more : cw_parser_finish(&parser, NULL);
            break;
        }
        status = cw_parser_feed(&parser, &block, NULL);
    }
    cw_parser_done(&parser);
    return status;
}

/* The piece out of `whole`, whose first byte has the offset `begin` in the log. */
static int parse_span(struct look *look, struct cw_source *whole, uint64_t begin)
{
    struct cw_source *span = NULL;
    struct cw_line_reader *lines = NULL;
    const struct piece *piece = &look->piece;
    uint64_t size = piece->end_offset - piece->offset;
    size += size < UINT64_MAX - BEHIND ? BEHIND : 0;
    look->result.possible = true;
    int status = cw_source_range(whole, piece->offset - begin, size, &span, NULL);
    if (status == CW_OK) {
        cw_source_watch(span, look->c->watch);
        status = cw_line_reader_new(span, NULL, &lines, NULL);
    }
    if (status == CW_OK)
        status = parse_lines(look, lines);
    cw_line_reader_free(lines);
    cw_source_close(span);
    return status;
}

/* An excerpt is small: it is put together again as a whole. */
static int parse_excerpt(struct look *look, struct cw_source *whole)
{
    struct cw_event_sink sink = {on_event, look};
    struct cw_parser parser = {0};
    struct cw_line_reader *lines = NULL;
    struct cw_str head;
    look->piece.first_line = 1;
    look->piece.offset = 0;
    int status = cw_line_reader_new(whole, NULL, &lines, NULL);
    if (status == CW_OK)
        status = cw_line_reader_peek(lines, BEHIND, &head, NULL);
    if (status == CW_OK)
        status = cw_supply_init(&look->supply, lines, head, true, NULL);
    head = cw_excerpt_head(&look->supply.excerpt, CW_LOG_CBS);
    if (status == CW_OK)
        status = cw_parser_init(&parser, &cw_format_cbs, sink, true, head, NULL);
    if (status == CW_OK)
        status = cw_supply_feed(&look->supply, CW_LOG_CBS, NULL, &parser, NULL);
    cw_parser_done(&parser);
    cw_supply_done(&look->supply);
    cw_line_reader_free(lines);
    return status;
}

/* Windows may have put the log away since, and begun another under its name. */
static bool is_still_there(const struct look *look, const struct cw_case_source *log)
{
    struct cw_os_info info;
    const struct piece *piece = &look->piece;
    uint64_t size = piece->end_offset == UINT64_MAX ? piece->offset : piece->end_offset;
    if (log->inode == 0)
        return true;
    return cw_os_stat(log->file.ptr, &info, NULL) == CW_OK && info.device == log->device &&
           info.inode == log->inode && (log->place.depth || info.size >= size);
}

static int look_into_file(struct look *look, const struct cw_case_source *log)
{
    struct cw_source *source = NULL;
    struct cw_source *text = NULL;
    if (!is_still_there(look, log))
        return CW_OK;
    /* Standard input may be a file: its position does not matter to reading at one. */
    int status = cw_member_open(log->file.ptr, &log->place, &source, NULL);
    if (status == CW_OK)
        status = cw_source_decode(source, log->encoding, &text, NULL);
    if (status == CW_OK && cw_source_can_read_at(text)) {
        look->result.possible = true;
        status = log->damaged ? parse_excerpt(look, text) : parse_span(look, text, 0);
    }
    cw_source_close(text);
    cw_source_close(source);
    return status;
}

/* Only the end of a pipe was kept: the run's beginning may have fallen out of it. */
static int look_into_window(struct look *look, const struct cw_case_source *log)
{
    struct piece *piece = &look->piece;
    bool begins = piece->source == look->run->source;
    if (piece->offset < log->window_offset && begins) {
        piece->offset = look->run->offset;
        piece->first_line = look->run->first_line;
    }
    if (piece->offset < log->window_offset)
        return CW_OK;
    struct cw_source *source = NULL;
    struct cw_str bytes = {log->window, log->window_len};
    int status = cw_source_memory("window", bytes, 0, &source, NULL);
    if (status == CW_OK)
        status = parse_span(look, source, log->window_offset);
    cw_source_close(source);
    return status;
}

static int look_into_piece(struct look *look)
{
    const struct cw_case_source *log = &look->c->sources[look->piece.source];
    bool was_possible = look->result.possible;
    look->result.possible = false;
    int status = log->window ? look_into_window(look, log) : look_into_file(look, log);
    look->lacks_piece |= !look->result.possible && look->piece.run_line != UINT64_MAX;
    look->result.possible |= was_possible;
    return status == CW_ERR_NOMEM ? status : CW_OK;
}

/* What led to the run may stand at the end of the log before its own. */
static int look_before(struct look *look, uint64_t first_line)
{
    size_t before = look->c->sources[look->run->source].previous;
    if (first_line != 1 || before == CW_SOURCE_NONE)
        return CW_OK;
    const struct cw_case_source *log = &look->c->sources[before];
    look->piece = (struct piece){.source = before,
                                 .first_line = log->tail_line,
                                 .offset = log->tail_offset,
                                 .end_offset = UINT64_MAX,
                                 .run_line = UINT64_MAX,
                                 .run_end = UINT64_MAX};
    return log->tail_line ? look_into_piece(look) : CW_OK;
}

/* The run's own log from `first` on, and those in which it goes on. */
static int look_into_run(struct look *look, struct piece first)
{
    const struct cw_run *run = look->run;
    int status = CW_OK;
    look->piece = first;
    while (status == CW_OK && !look->done) {
        size_t next = look->c->sources[look->piece.source].next;
        bool is_last = look->piece.source == run->end_source || next == CW_SOURCE_NONE;
        if (look->piece.source == run->end_source) {
            look->piece.end_offset = run->end_offset;
            look->piece.run_end = run->last_line;
        }
        status = look_into_piece(look);
        if (is_last)
            break;
        look->piece = (struct piece){
            .source = next, .first_line = 1, .end_offset = UINT64_MAX, .run_end = UINT64_MAX};
    }
    return status;
}

int cw_look_again(const struct cw_case *c, const struct cw_run *run, const struct cw_look_for *what,
                  struct cw_arena *arena, struct cw_second_look *ret_look)
{
    struct look look = {.c = c, .run = run, .what = what, .arena = arena};
    struct piece first = {.source = run->source,
                          .first_line = run->before_line ? run->before_line : run->first_line,
                          .offset = run->before_line ? run->before_offset : run->offset,
                          .end_offset = UINT64_MAX,
                          .run_line = run->first_line,
                          .run_end = UINT64_MAX};
    int status = look_before(&look, first.first_line);
    if (status == CW_OK)
        status = look_into_run(&look, first);
    if (status < 0)
        return status;
    look.result.possible &= !look.lacks_piece;
    look.result.is_open = what->open && look.result.has_operation;
    *ret_look = look.result;
    return CW_OK;
}
