/* The innermost failing operation is the first that closes with a failure and in which no other
 * operation closed with the same failure. The operations around it close with the same code, one
 * after the other: those exits are folded.
 *
 *     sto: {Reflect Driver: AMD K8 Processor}
 *     sto:      {Add Service: AmdK8}
 * !!! sto:           Failed to set Start Type. Error = 0x00000005     <- its first error
 *     sto:      {Add Service: exit(0x00000005)}                       <- the innermost failure
 *     sto: {Reflect Driver: exit(0x00000005)}                         <- folded
 */
#include "model/section_tracker.h"

#include <stdlib.h>

#include "model/inf_learn.h"

struct cw_open_node {
    bool has_error;
    struct cw_evidence error; /* first error line directly or deeper inside */
    uint32_t child_failure;   /* code with which an operation inside it failed */
    size_t failure;           /* 1 + index of that failure in the section, 0 = none */
    struct cw_str *properties;
    size_t property_count, property_cap;
    struct cw_entities entities;
    bool is_success_only; /* its exit code is no error code: {SPFILENOTIFY_...} gives TRUE */
};

/* Operations whose exit is a return value and no error code. */
static const char *const not_error_exits[] = {"SPFILENOTIFY_", "SPFQNOTIFY_"};

int cw_section_tracker_init(struct cw_section_tracker *tracker, struct cw_case *c, size_t source)
{
    *tracker = (struct cw_section_tracker){.c = c, .source = source, .boot = CW_TIME_NONE};
    cw_arena_init(&tracker->scratch, CW_LIMIT_OPEN_BYTES);
    tracker->nodes = calloc(CW_LIMIT_DEPTH, sizeof(*tracker->nodes));
    return tracker->nodes ? CW_OK : CW_ERR_NOMEM;
}

void cw_section_tracker_done(struct cw_section_tracker *tracker)
{
    cw_section_free(tracker->section);
    tracker->section = NULL;
    cw_arena_done(&tracker->scratch);
    free(tracker->nodes);
    tracker->nodes = NULL;
}

/* Details of open operations are worth a limited amount of memory; the rest is counted. */
static int details_lost(struct cw_section_tracker *tracker)
{
    struct cw_remark remark = {
        .kind = CW_STR("section_details_dropped"),
        .path = tracker->c->sources[tracker->source].path,
        .line = tracker->section->first_line,
        .count = 1,
        .text = CW_STR("a section has more open operations and properties than are kept"),
    };
    return cw_case_remark(tracker->c, &remark) ? CW_OK : CW_ERR_NOMEM;
}

static void pop_nodes(struct cw_section_tracker *tracker, size_t depth)
{
    while (tracker->depth > depth)
        tracker->nodes[--tracker->depth] = (struct cw_open_node){0};
    if (depth == 0)
        cw_arena_done(&tracker->scratch);
}

static int open_section(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    if (tracker->section)
        return CW_OK;
    struct cw_section *section = calloc(1, sizeof(*section));
    if (!section)
        return CW_ERR_NOMEM;
    section->source = tracker->source;
    section->first_line = event->line;
    section->boot = tracker->boot;
    section->start = section->end = CW_TIME_NONE;
    section->outcome = CW_OUTCOME_OPEN;
    tracker->section = section;
    tracker->depth = 0;
    tracker->has_first_error = false;
    tracker->about = (struct cw_entities){0};
    return CW_OK;
}

/* What is known to have failed in the end. A section may exit well although an operation in it
 * failed and was made good, and a block may exit well although the section fails. */
static bool section_failed(const struct cw_section *section)
{
    if (section->complete)
        return cw_code_is_failure(section->code);
    return section->failure_count > 0;
}

static bool has_failing_match(const struct cw_section *section)
{
    bool found = false;
    for (size_t i = 0; i < section->match_count; i++)
        found |= section->matches[i].is_failure;
    return found;
}

static int close_section(struct cw_section_tracker *tracker)
{
    struct cw_section *section = tracker->section;
    tracker->closing = false;
    if (!section)
        return CW_OK;
    pop_nodes(tracker, 0);
    bool failed = section_failed(section) || has_failing_match(section);
    if (section->complete || (failed && !section->has_header))
        section->outcome = failed ? CW_OUTCOME_FAILED : CW_OUTCOME_SUCCEEDED;
    if (!cw_section_past_end(&tracker->past, &tracker->c->past, section))
        return CW_ERR_NOMEM;
    if (section->outcome == CW_OUTCOME_SUCCEEDED)
        cw_case_section_succeeded(tracker->c, section);
    bool open = section->outcome == CW_OUTCOME_OPEN;
    bool keep = section->outcome == CW_OUTCOME_FAILED ||
                (open && (section->failure_count || section->match_count || section->error_lines));
    if (keep && !cw_case_add_section(tracker->c, section))
        return CW_ERR_NOMEM;
    tracker->section = NULL;
    if (!keep)
        cw_section_free(section);
    return CW_OK;
}

/* Error lines carry no time of their own: what follows them in the section gives the next one. */
static void date_evidence(struct cw_evidence *evidence, cw_time time)
{
    if (evidence->time == CW_TIME_NONE && time != CW_TIME_NONE) {
        evidence->time = time;
        evidence->time_approximate = true;
    }
}

static void date_all(struct cw_section *section, cw_time time)
{
    for (size_t i = 0; i < section->failure_count; i++) {
        date_evidence(&section->failures[i].error, time);
        date_evidence(&section->failures[i].exits, time);
    }
    for (size_t i = 0; i < section->match_count; i++)
        date_evidence(&section->matches[i].evidence, time);
}

static int start_section(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    int status = close_section(tracker);
    if (status == CW_OK)
        status = open_section(tracker, event);
    if (status < 0)
        return status;
    struct cw_section *section = tracker->section;
    section->has_header = true;
    section->start = section->end = event->time;
    return cw_arena_str(&section->arena, event->name, &section->title) &&
                   cw_arena_str(&section->arena, event->value, &section->instance) &&
                   cw_section_past_event(&tracker->past, &tracker->c->past, section, event)
               ? CW_OK
               : CW_ERR_NOMEM;
}

/* The first error of a section in which no operation failed stands for one: its path is empty. */
static int add_bare_failure(struct cw_section_tracker *tracker)
{
    struct cw_section *section = tracker->section;
    if (section->failure_count || !tracker->has_first_error)
        return CW_OK;
    struct cw_section_failure *failure = cw_arena_alloc(&section->arena, sizeof(*failure));
    if (!failure)
        return CW_ERR_NOMEM;
    failure->error = tracker->first_error;
    failure->entities = tracker->about;
    if (!cw_code_find(failure->error.text, &failure->code, &failure->written))
        failure->code = section->code;
    section->failures = failure;
    section->failure_count = section->failure_cap = 1;
    return CW_OK;
}

static int end_section(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    struct cw_section *section = tracker->section;
    section->complete = !event->incomplete;
    section->code = event->code;
    if (event->time != CW_TIME_NONE)
        section->end = event->time;
    tracker->closing = true;
    if (event->incomplete)
        return CW_OK;
    if (!cw_arena_str(&section->arena, event->value, &section->exit_status) ||
        !cw_evidence_keep(&section->arena, tracker->source, event, &section->exit))
        return CW_ERR_NOMEM;
    section->exit.line = event->last_line;
    int status = cw_code_is_failure(section->code) ? add_bare_failure(tracker) : CW_OK;
    date_all(section, section->end);
    return status;
}

static int open_node(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    size_t depth = event->scope.depth;
    if (depth == 0 || depth > CW_LIMIT_DEPTH)
        return CW_OK;
    pop_nodes(tracker, depth - 1);
    struct cw_open_node *node = &tracker->nodes[depth - 1];
    *node = (struct cw_open_node){0};
    tracker->depth = depth;
    for (size_t i = 0; i < sizeof(not_error_exits) / sizeof(not_error_exits[0]); i++)
        node->is_success_only |= cw_str_starts(event->name, cw_str_c(not_error_exits[i]));
    enum cw_entity entity;
    if (cw_entity_of_operation(event->name, &entity) &&
        !cw_entities_add(&node->entities, &tracker->scratch, entity, event->value))
        return details_lost(tracker);
    cw_inf_learn(tracker->c, &tracker->scratch, event);
    return CW_OK;
}

/* "Name = value", first line only. */
static bool property_text(struct cw_arena *arena, const struct cw_event *event,
                          struct cw_str *ret_text)
{
    struct cw_str line = cw_str_head(event->text, cw_str_find_char(event->text, '\n'));
    return cw_arena_str(arena, cw_str_head(line, CW_LIMIT_PROPERTY), ret_text);
}

static int note_subject(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    enum cw_entity entity;
    if (!cw_entity_of_property(event->name, &entity))
        return CW_OK;
    return cw_entities_add(&tracker->about, &tracker->section->arena, entity, event->value)
               ? CW_OK
               : CW_ERR_NOMEM;
}

static int add_property(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    size_t depth = event->scope.depth;
    if (depth == 0)
        return note_subject(tracker, event);
    if (depth > tracker->depth)
        return CW_OK;
    struct cw_open_node *node = &tracker->nodes[depth - 1];
    struct cw_arena *arena = &tracker->scratch;
    if (node->property_count == CW_LIMIT_PROPERTIES)
        return CW_OK;
    void *items = node->properties;
    struct cw_str text;
    if (!property_text(arena, event, &text) ||
        !cw_arena_grow(arena, &items, &node->property_cap, node->property_count, sizeof(text),
                       CW_LIMIT_PROPERTIES))
        return details_lost(tracker);
    node->properties = items;
    node->properties[node->property_count++] = text;
    enum cw_entity entity;
    if (!cw_entity_of_property(event->name, &entity))
        return CW_OK;
    return cw_entities_add(&node->entities, arena, entity, event->value) ? CW_OK
                                                                         : details_lost(tracker);
}

/* A warning only stands until the first real error. */
static bool improves(const struct cw_event *event, bool has, const struct cw_evidence *first)
{
    return !has || event->level > first->level;
}

/* An error line belongs to the operation it stands in, and to those around it. */
static int add_error(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    struct cw_section *section = tracker->section;
    bool is_error = event->level == CW_LEVEL_ERROR;
    bool is_warning = event->level == CW_LEVEL_WARNING;
    section->error_lines += is_error;
    if (!is_error && !(is_warning && cw_code_is_failure(event->code)))
        return CW_OK;
    if (improves(event, tracker->has_first_error, &tracker->first_error)) {
        if (!cw_evidence_keep(&section->arena, tracker->source, event, &tracker->first_error))
            return CW_ERR_NOMEM;
        tracker->has_first_error = true;
    }
    struct cw_evidence evidence = {0};
    for (size_t i = 0; i < tracker->depth; i++) {
        struct cw_open_node *node = &tracker->nodes[i];
        if (!improves(event, node->has_error, &node->error))
            continue;
        if (!evidence.text.ptr &&
            !cw_evidence_keep(&tracker->scratch, tracker->source, event, &evidence))
            return details_lost(tracker);
        node->error = evidence;
        node->has_error = true;
    }
    return CW_OK;
}

static bool copy_properties(struct cw_arena *arena, const struct cw_open_node *node,
                            struct cw_section_failure *failure)
{
    for (size_t i = 0; i < node->property_count; i++) {
        if (failure->property_count == CW_LIMIT_PROPERTIES)
            return true;
        struct cw_str *copy = &failure->properties[failure->property_count];
        if (!cw_arena_str(arena, node->properties[i], copy))
            return false;
        failure->property_count++;
    }
    return true;
}

static int copy_path(struct cw_section_tracker *tracker, const struct cw_event *event,
                     struct cw_section_failure *failure)
{
    struct cw_arena *arena = &tracker->section->arena;
    const struct cw_scope *scope = &event->scope;
    size_t depth = scope->depth < tracker->depth ? scope->depth : tracker->depth;
    failure->path = cw_arena_array(arena, depth, sizeof(*failure->path));
    failure->properties = cw_arena_array(arena, CW_LIMIT_PROPERTIES, sizeof(*failure->properties));
    if (!failure->path || !failure->properties)
        return CW_ERR_NOMEM;
    for (size_t i = 0; i < depth; i++) {
        const struct cw_open_node *node = &tracker->nodes[i];
        struct cw_failed_operation *operation = &failure->path[i];
        operation->line = scope->operations[i].line;
        if (!cw_arena_str(arena, scope->operations[i].name, &operation->name) ||
            !cw_arena_str(arena, scope->operations[i].argument, &operation->argument) ||
            !cw_entities_merge(&failure->entities, arena, &node->entities))
            return CW_ERR_NOMEM;
        if (!copy_properties(arena, node, failure))
            return CW_ERR_NOMEM;
    }
    failure->depth = depth;
    return CW_OK;
}

static int add_failure(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    struct cw_section *section = tracker->section;
    struct cw_open_node *node = &tracker->nodes[event->scope.depth - 1];
    if (section->failure_count == CW_LIMIT_SECTION_FAILURES)
        return CW_OK;
    struct cw_section_failure failure = {.code = event->code};
    int status = copy_path(tracker, event, &failure);
    void *items = section->failures;
    if (status < 0 || !cw_arena_str(&section->arena, event->code_written, &failure.written) ||
        !cw_arena_grow(&section->arena, &items, &section->failure_cap, section->failure_count,
                       sizeof(failure), CW_LIMIT_SECTION_FAILURES))
        return CW_ERR_NOMEM;
    failure.error = node->error;
    if (node->has_error
            ? !cw_arena_str(&section->arena, node->error.text, &failure.error.text)
            : !cw_evidence_keep(&section->arena, tracker->source, event, &failure.error))
        return CW_ERR_NOMEM;
    if (!cw_evidence_keep(&section->arena, tracker->source, event, &failure.exits))
        return CW_ERR_NOMEM;
    struct cw_failed_operation *innermost = &failure.path[failure.depth - 1];
    innermost->code = event->code;
    innermost->exit_line = event->line;
    failure.exit_count = 1;
    section->failures = items;
    section->failures[section->failure_count++] = failure;
    node->failure = section->failure_count;
    return CW_OK;
}

/* An enclosing operation passed the failure on. */
static void fold_exit(struct cw_section_failure *failure, size_t depth,
                      const struct cw_event *event)
{
    failure->exits.last_line = event->last_line;
    failure->exit_count++;
    if (depth <= failure->depth) {
        failure->path[depth - 1].code = event->code;
        failure->path[depth - 1].exit_line = event->line;
    }
}

static int close_node(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    size_t depth = event->scope.depth;
    if (depth == 0 || depth > tracker->depth)
        return CW_OK;
    struct cw_open_node *node = &tracker->nodes[depth - 1];
    int status = CW_OK;
    if (cw_code_is_failure(event->code) && !node->is_success_only) {
        bool passed_on = node->failure && cw_code_same(node->child_failure, event->code);
        if (passed_on)
            fold_exit(&tracker->section->failures[node->failure - 1], depth, event);
        else
            status = add_failure(tracker, event);
        if (depth >= 2) {
            tracker->nodes[depth - 2].failure = node->failure;
            tracker->nodes[depth - 2].child_failure = event->code;
        }
    }
    pop_nodes(tracker, depth - 1);
    return status;
}

static int keep_machine(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    struct cw_case *c = tracker->c;
    struct cw_case_source *source = &c->sources[tracker->source];
    struct cw_str *target = cw_str_eq(event->name, CW_STR("OS Version"))     ? &source->os_version
                            : cw_str_eq(event->name, CW_STR("Architecture")) ? &source->architecture
                                                                             : NULL;
    if (!target || target->len)
        return CW_OK;
    return cw_arena_str(&c->arena, event->value, target) ? CW_OK : CW_ERR_NOMEM;
}

static int body_event(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    int status = open_section(tracker, event);
    if (status < 0)
        return status;
    if (!cw_section_past_event(&tracker->past, &tracker->c->past, tracker->section, event))
        return CW_ERR_NOMEM;
    switch (event->kind) {
    case CW_EVENT_COMMAND:
        return cw_arena_str(&tracker->section->arena, event->value, &tracker->section->command)
                   ? CW_OK
                   : CW_ERR_NOMEM;
    case CW_EVENT_OPEN:
        return open_node(tracker, event);
    case CW_EVENT_CLOSE:
        return close_node(tracker, event);
    case CW_EVENT_PROPERTY:
        status = add_property(tracker, event);
        return status < 0 ? status : add_error(tracker, event);
    case CW_EVENT_MESSAGE:
        return add_error(tracker, event);
    case CW_EVENT_SECTION_END:
        return end_section(tracker, event);
    case CW_EVENT_RECORD:
    case CW_EVENT_HEADER:
    case CW_EVENT_BOOT:
    case CW_EVENT_SECTION_START:
        break;
    }
    return CW_OK;
}

int cw_section_tracker_event(struct cw_section_tracker *tracker, const struct cw_event *event)
{
    int status = tracker->closing ? close_section(tracker) : CW_OK;
    if (status < 0)
        return status;
    if (event->kind == CW_EVENT_HEADER)
        return keep_machine(tracker, event);
    if (event->kind == CW_EVENT_BOOT) {
        tracker->boot = event->time;
        return close_section(tracker);
    }
    if (event->kind == CW_EVENT_SECTION_START)
        return start_section(tracker, event);
    status = body_event(tracker, event);
    struct cw_section *section = tracker->section;
    if (!section)
        return status;
    section->last_line = event->last_line;
    if (event->time != CW_TIME_NONE) {
        section->end = event->time;
        date_all(section, event->time);
        cw_section_past_date(&tracker->past, &tracker->c->past, section);
    }
    return status;
}

struct cw_arena *cw_section_tracker_arena(struct cw_section_tracker *tracker,
                                          const struct cw_event *event)
{
    return open_section(tracker, event) < 0 ? NULL : &tracker->section->arena;
}

int cw_section_tracker_match(struct cw_section_tracker *tracker, const struct cw_event *event,
                             const struct cw_signal_match *match)
{
    int status = open_section(tracker, event);
    if (status < 0)
        return status;
    struct cw_section *section = tracker->section;
    return cw_match_add(&section->arena, &section->matches, &section->match_count,
                        &section->match_cap, match)
               ? CW_OK
               : CW_ERR_NOMEM;
}

int cw_section_tracker_finish(struct cw_section_tracker *tracker)
{
    return close_section(tracker);
}
