/* See setupapi_state.h. An event is delivered when the next one begins, with the scope in which its
 * line stood; so whatever a line changes, it changes in the order: deliver, change, wait.
 */
#include "logs/setupapi_state.h"

#include <stdlib.h>

#include "logs/setupapi_entry.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

void cw_setupapi_state_init(struct cw_setupapi_state *state, enum cw_log_kind log,
                            struct cw_event_sink sink)
{
    *state = (struct cw_setupapi_state){.log = log, .sink = sink};
    state->section.start = state->section.latest = CW_TIME_NONE;
    state->stats.first = state->stats.last = state->stats.boot = CW_TIME_NONE;
    cw_buf_init(&state->pending.text, CW_LIMIT_RECORD);
    cw_buf_init(&state->section.text, CW_LIMIT_LINE);
    for (size_t i = 0; i < CW_LIMIT_DEPTH; i++)
        cw_buf_init(&state->operation_text[i], CW_LIMIT_LINE);
}

void cw_setupapi_state_done(struct cw_setupapi_state *state)
{
    cw_buf_done(&state->pending.text);
    cw_buf_done(&state->section.text);
    for (size_t i = 0; i < CW_LIMIT_DEPTH; i++)
        cw_buf_done(&state->operation_text[i]);
    cw_literal_set_done(&state->pending.literals);
}

int cw_setupapi_feed(struct cw_setupapi_state *state, struct cw_log_parser *parser,
                     int (*read_line)(struct cw_log_parser *parser, struct cw_str line,
                                      struct cw_error *error),
                     const struct cw_block *block, struct cw_error *error)
{
    size_t hit = 0;
    for (size_t i = 0; i < block->line_count; i++) {
        state->here.line = block->first_line + i;
        state->here.offset = block->offset + block->start[i];
        int status = read_line(parser, cw_block_line(block, i), error);
        bool belongs = state->pending.used && state->pending.last_line == state->here.line;
        for (; hit < block->hit_count && block->hits[hit].offset < block->start[i + 1]; hit++) {
            if (status == CW_OK && belongs &&
                !cw_literal_set_add(&state->pending.literals, block->hits[hit].literal))
                status = cw_fail_nomem(error);
        }
        if (status < 0)
            return status;
    }
    state->stats.lines += block->line_count;
    if (block->len > 0)
        state->torn = block->data[block->len - 1] != block->newline;
    return CW_OK;
}

/* Appends what there is room for. CW_ERR_NOMEM, 1 when something was cut off, or 0. */
static int append_cut(struct cw_buf *buf, struct cw_str text)
{
    size_t room = buf->most - buf->len;
    if (!cw_buf_append(buf, cw_str_head(text, room)))
        return CW_ERR_NOMEM;
    return text.len > room;
}

/* --- delivering ---------------------------------------------------------------------------- */

static struct cw_str pending_str(const struct cw_setupapi_pending *pending,
                                 struct cw_setupapi_slice slice)
{
    return slice.len ? (struct cw_str){pending->text.data + slice.at, slice.len} : CW_STR_NONE;
}

static struct cw_setupapi_slice slice_of(struct cw_str part, struct cw_str whole)
{
    return part.len ? (struct cw_setupapi_slice){(size_t)(part.ptr - whole.ptr), part.len}
                    : (struct cw_setupapi_slice){0, 0};
}

static struct cw_scope scope_of(const struct cw_setupapi_state *state)
{
    const struct cw_setupapi_section *section = &state->section;
    struct cw_scope scope = {
        .start = CW_TIME_NONE, .operations = state->operations, .depth = state->depth};
    if (!section->open)
        return scope;
    struct cw_str names = cw_buf_str(&section->text);
    scope.in_section = true;
    scope.title = cw_str_head(names, section->title_len);
    scope.instance = cw_str_from(names, section->title_len);
    scope.line = section->line;
    scope.start = section->start;
    return scope;
}

/* Information that mentions a number is no failure; information that says "Error" may be one. */
static bool may_carry_code(const struct cw_event *event)
{
    if (event->kind != CW_EVENT_MESSAGE && event->kind != CW_EVENT_PROPERTY)
        return false;
    if (event->level != CW_LEVEL_INFO)
        return true;
    return event->kind == CW_EVENT_MESSAGE &&
           (cw_str_find(event->text, CW_STR("Error")) != SIZE_MAX ||
            cw_str_find(event->text, CW_STR("status=")) != SIZE_MAX ||
            cw_str_find(event->text, CW_STR("HRESULT")) != SIZE_MAX);
}

static struct cw_event build_event(const struct cw_setupapi_state *state)
{
    const struct cw_setupapi_pending *pending = &state->pending;
    struct cw_event event = {
        .log = state->log,
        .kind = pending->kind,
        .level = pending->level,
        .line = pending->place.line,
        .last_line = pending->last_line,
        .offset = pending->place.offset,
        .time = pending->time,
        .component = {pending->category, pending->category_len},
        .text = cw_buf_str(&pending->text),
        .name = pending_str(pending, pending->name),
        .value = pending_str(pending, pending->value),
        .code = pending->code,
        .code_written = pending_str(pending, pending->written),
        .incomplete = pending->incomplete,
        .utc = CW_TIME_NONE,
        .scope = scope_of(state),
        .literals = pending->literals.items,
        .literal_count = pending->literals.count,
    };
    if (pending->kind == CW_EVENT_SECTION_END && !pending->has_status)
        event.incomplete = true; /* nobody knows how it ended */
    if (pending->closes)
        event.name = state->operations[state->depth - 1].name;
    if (may_carry_code(&event) && !cw_code_find(event.text, &event.code, &event.code_written))
        event.code = CW_CODE_NONE;
    return event;
}

void cw_setupapi_close_section(struct cw_setupapi_state *state)
{
    state->section.open = false;
    state->section.start = state->section.latest = CW_TIME_NONE;
    state->depth = 0;
    state->untracked = 0;
}

static void count_event(struct cw_log_stats *stats, const struct cw_event *event)
{
    stats->records++;
    if (event->time == CW_TIME_NONE)
        return;
    if (stats->first == CW_TIME_NONE)
        stats->first = event->time;
    stats->last = event->time;
}

int cw_setupapi_flush(struct cw_setupapi_state *state, struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &state->pending;
    if (!pending->used)
        return CW_OK;
    struct cw_event event = build_event(state);
    pending->used = false;
    count_event(&state->stats, &event);
    int status = state->sink.event(state->sink.context, &event, error);
    if (pending->closes)
        state->depth--;
    if (pending->kind == CW_EVENT_SECTION_END)
        cw_setupapi_close_section(state);
    return status < 0 ? status : CW_OK;
}

/* --- the pending event --------------------------------------------------------------------- */

int cw_setupapi_begin(struct cw_setupapi_state *state, enum cw_event_kind kind,
                      struct cw_error *error)
{
    int status = cw_setupapi_flush(state, error);
    if (status < 0)
        return status;
    struct cw_setupapi_pending *pending = &state->pending;
    *pending = (struct cw_setupapi_pending){.used = true,
                                            .kind = kind,
                                            .place = state->here,
                                            .last_line = state->here.line,
                                            .time = CW_TIME_NONE,
                                            .text = pending->text,
                                            .literals = pending->literals};
    pending->literals.count = 0;
    cw_buf_clear(&pending->text);
    return CW_OK;
}

static int append_text(struct cw_setupapi_state *state, struct cw_str text, struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &state->pending;
    int cut = append_cut(&pending->text, text);
    if (cut < 0)
        return cw_fail_nomem(error);
    if (cut > 0 && !pending->incomplete) {
        pending->incomplete = true;
        state->stats.cut_records++;
    }
    return CW_OK;
}

int cw_setupapi_set_text(struct cw_setupapi_state *state, struct cw_str text, struct cw_str name,
                         struct cw_str value, struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &state->pending;
    cw_buf_clear(&pending->text);
    pending->name = slice_of(name, text);
    pending->value = slice_of(value, text);
    return append_text(state, text, error);
}

cw_time cw_setupapi_date(struct cw_setupapi_section *section, int32_t clock)
{
    if (clock < 0 || section->latest == CW_TIME_NONE)
        return CW_TIME_NONE;
    cw_time of_day = section->latest % DAY_MS;
    if (of_day < 0)
        of_day += DAY_MS;
    cw_time time = section->latest - of_day + clock;
    if (section->latest - time > DAY_MS / 2)
        time += DAY_MS;
    section->latest = time;
    return time;
}

int cw_setupapi_join(struct cw_setupapi_state *state, const struct cw_setupapi_line *line,
                     struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &state->pending;
    int status = append_text(state, CW_STR("\n"), error);
    for (; pending->blanks > 0 && !pending->incomplete && status == CW_OK; pending->blanks--)
        status = append_text(state, CW_STR("\n"), error);
    if (status == CW_OK)
        status = append_text(state, line->text, error);
    bool has_value = pending->kind == CW_EVENT_PROPERTY || pending->kind == CW_EVENT_COMMAND;
    if (has_value && pending->text.len > pending->value.at)
        pending->value.len = pending->text.len - pending->value.at;
    if (pending->time == CW_TIME_NONE)
        pending->time = cw_setupapi_date(&state->section, line->clock);
    pending->last_line = state->here.line;
    return status;
}

/* --- operations ---------------------------------------------------------------------------- */

/* `inner` is what stands between the braces; name and value of `entry` lie in it. */
static int push_operation(struct cw_setupapi_state *state, const struct cw_setupapi_entry *entry,
                          struct cw_str inner, struct cw_error *error)
{
    if (state->depth == CW_LIMIT_DEPTH) {
        state->untracked++;
        state->stats.untracked_operations++;
        return CW_OK;
    }
    struct cw_buf *text = &state->operation_text[state->depth];
    cw_buf_clear(text);
    if (append_cut(text, inner) < 0)
        return cw_fail_nomem(error);
    struct cw_setupapi_slice name = slice_of(entry->name, inner);
    struct cw_setupapi_slice argument = slice_of(entry->value, inner);
    struct cw_str kept = cw_buf_str(text);
    state->operations[state->depth++] = (struct cw_operation){
        .name = cw_str_head(cw_str_from(kept, name.at), name.len),
        .argument = cw_str_head(cw_str_from(kept, argument.at), argument.len),
        .line = state->pending.place.line,
        .time = state->pending.time,
        .indent = (unsigned)(state->pending.column / CW_SETUPAPI_INDENT),
    };
    return CW_OK;
}

/* How many operations are open up to and including the one that `name` closes; 0 when it closes
 * none. Only a line at the same indentation closes by the beginning of the name. */
static size_t find_operation(const struct cw_setupapi_state *state, struct cw_str name)
{
    for (size_t depth = state->depth; depth > 0; depth--) {
        if (cw_str_eq(state->operations[depth - 1].name, name))
            return depth;
    }
    for (size_t depth = state->depth; depth > 0; depth--) {
        if (state->operations[depth - 1].indent == state->pending.column / CW_SETUPAPI_INDENT &&
            cw_setupapi_closes(cw_buf_str(&state->operation_text[depth - 1]), name))
            return depth;
    }
    return 0;
}

static void close_operation(struct cw_setupapi_state *state, struct cw_str name)
{
    if (state->untracked > 0) {
        state->untracked--;
        return;
    }
    size_t depth = find_operation(state, name);
    if (depth == 0)
        return;
    state->depth = depth;
    state->pending.closes = true;
}

int cw_setupapi_set_entry(struct cw_setupapi_state *state, const struct cw_setupapi_line *line,
                          struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &state->pending;
    struct cw_str text = line->text;
    struct cw_setupapi_entry entry;
    cw_setupapi_entry_read(text, pending->level, &entry);
    int status = cw_setupapi_set_text(state, text, entry.name, entry.value, error);
    pending->kind = entry.kind;
    pending->time = cw_setupapi_date(&state->section, line->clock);
    pending->written = slice_of(entry.written, text);
    pending->code = entry.code;
    pending->last_line = state->here.line;
    if (entry.kind == CW_EVENT_PROPERTY && entry.value.len == 0)
        pending->value.at = text.len + 1; /* behind the '\n' of a value that is yet to come */
    if (status == CW_OK && entry.kind == CW_EVENT_OPEN)
        status = push_operation(state, &entry, (struct cw_str){text.ptr + 1, text.len - 2}, error);
    if (status == CW_OK && entry.kind == CW_EVENT_CLOSE)
        close_operation(state, entry.name);
    return status;
}

int cw_setupapi_set_status(struct cw_setupapi_state *state, struct cw_str text,
                           struct cw_error *error)
{
    struct cw_setupapi_pending *pending = &state->pending;
    struct cw_str value;
    struct cw_str written;
    cw_setupapi_status_read(text, &value, &pending->code, &written);
    pending->written = slice_of(written, text);
    pending->last_line = state->here.line;
    pending->has_status = true;
    return cw_setupapi_set_text(state, text, CW_STR_NONE, value, error);
}

/* --- sections ------------------------------------------------------------------------------ */

int cw_setupapi_open_section(struct cw_setupapi_state *state, struct cw_str title,
                             struct cw_str instance, struct cw_error *error)
{
    struct cw_setupapi_section *section = &state->section;
    cw_setupapi_close_section(state);
    cw_buf_clear(&section->text);
    if (append_cut(&section->text, title) < 0)
        return cw_fail_nomem(error);
    section->title_len = section->text.len;
    if (append_cut(&section->text, instance) < 0)
        return cw_fail_nomem(error);
    section->open = true;
    section->line = state->here.line;
    section->offset = state->here.offset;
    state->stats.sections++;
    return CW_OK;
}
