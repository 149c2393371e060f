#include "diagnose/story.h"

#include "base/limits.h"

enum {
    /* Spans of one picture: more can not be told apart in it. */
    SPANS_MOST = 24,
    /* Operations and error lines; a section of more failures repeats itself. */
    NODES_MOST = CW_LIMIT_SECTION_FAILURES * 4
};

static void add_span(struct cw_story *story, const struct cw_span *span)
{
    if (span->first == CW_TIME_NONE || story->span_count == SPANS_MOST)
        return;
    struct cw_span *added = &story->spans[story->span_count++];
    *added = *span;
    if (added->last == CW_TIME_NONE || added->last < added->first)
        added->last = added->first;
}

static void add_mark(struct cw_story *story, enum cw_story_mark_kind kind, enum cw_lane lane,
                     const struct cw_evidence *evidence)
{
    if (evidence->time == CW_TIME_NONE)
        return;
    story->marks[story->mark_count++] =
        (struct cw_story_mark){kind, lane, evidence->time, evidence->source, evidence->line};
}

/* The session ends with the restart, as far as the log shows it. */
static void add_phases(struct cw_story *story, const struct cw_run *run)
{
    bool failed = run->outcome == CW_OUTCOME_FAILED || run->outcome == CW_OUTCOME_RECOVERED;
    bool has_startup = run->startup != CW_TIME_NONE && run->startup > run->start;
    cw_time last = run->end;
    if (has_startup && run->boot != CW_TIME_NONE && run->boot > run->start)
        last = run->boot < run->startup ? run->boot : run->startup;
    else if (has_startup)
        last = run->startup;
    add_span(story, &(struct cw_span){.lane = CW_LANE_SERVICING,
                                      .kind = CW_SPAN_SESSION,
                                      .first = run->start,
                                      .last = last,
                                      .failed = failed && !has_startup,
                                      .label = run->session,
                                      .source = run->source,
                                      .line = run->first_line});
    if (has_startup)
        add_span(story, &(struct cw_span){.lane = CW_LANE_SERVICING,
                                          .kind = CW_SPAN_STARTUP,
                                          .first = run->startup,
                                          .last = run->end,
                                          .failed = failed,
                                          .source = run->source});
}

/* What is taken back at shutdown is tried again at startup: that rollback counts when there is no
 * later one. */
static void mark_rollback(struct cw_story *story, const struct cw_run *run)
{
    const struct cw_step *found = NULL;
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        if (step->kind != CW_STEP_KTM_ROLLBACK && step->kind != CW_STEP_STATE_ROLLBACK)
            continue;
        if (!found || (found->at_shutdown && !step->at_shutdown))
            found = step;
    }
    if (found)
        add_mark(story, CW_STORY_ROLLBACK, CW_LANE_SERVICING, &found->evidence);
}

static void add_operations(struct cw_story *story, const struct cw_run *run)
{
    for (size_t i = 0; i < run->step_count; i++) {
        const struct cw_step *step = &run->steps[i];
        const struct cw_evidence *evidence = &step->evidence;
        if (step->kind == CW_STEP_OPERATION_FAILED)
            add_span(story, &(struct cw_span){.lane = CW_LANE_DRIVER,
                                              .kind = CW_SPAN_OPERATION,
                                              .first = evidence->time,
                                              .last = evidence->time,
                                              .failed = true,
                                              .label = step->inf,
                                              .source = evidence->source,
                                              .line = evidence->line});
    }
}

static void add_section(struct cw_story *story, const struct cw_section *section)
{
    add_span(story, &(struct cw_span){.lane = CW_LANE_SETUP,
                                      .kind = CW_SPAN_SECTION,
                                      .first = section->start,
                                      .last = section->end,
                                      .failed = true,
                                      .label = section->title,
                                      .source = section->source,
                                      .line = section->first_line});
    if (section->failure_count)
        add_mark(story, CW_STORY_FAILURE, CW_LANE_SETUP, &section->failures[0].error);
}

/* CBS.log counts seconds, SetupAPI milliseconds: within one second the cause comes first, whatever
 * the numbers say. */
static void order_marks(struct cw_story *story)
{
    enum { SECOND = 1000 };
    for (size_t i = 0; i < story->mark_count; i++) {
        struct cw_story_mark *mark = &story->marks[i];
        for (size_t k = 0; k < story->mark_count; k++) {
            cw_time rollback = story->marks[k].time;
            if (mark->kind == CW_STORY_FAILURE && story->marks[k].kind == CW_STORY_ROLLBACK &&
                mark->time > rollback && mark->time < rollback + SECOND)
                mark->time = rollback;
        }
    }
}

static size_t count_nodes(const struct cw_section *section)
{
    size_t count = 0;
    for (size_t i = 0; i < section->failure_count; i++)
        count += section->failures[i].depth + 1;
    return count < NODES_MOST ? count : NODES_MOST;
}

static void add_node(struct cw_section_tree *tree, const struct cw_tree_node *node)
{
    if (tree->node_count < NODES_MOST)
        tree->nodes[tree->node_count++] = *node;
}

/* Two failures may lie in one operation. */
static bool has_operation(const struct cw_section_tree *tree, uint64_t line)
{
    for (size_t i = 0; i < tree->node_count; i++) {
        if (!tree->nodes[i].is_line && tree->nodes[i].line == line)
            return true;
    }
    return false;
}

static void add_failure(struct cw_section_tree *tree, const struct cw_section_failure *failure)
{
    for (size_t i = 0; i < failure->depth; i++) {
        const struct cw_failed_operation *operation = &failure->path[i];
        if (!has_operation(tree, operation->line))
            add_node(tree, &(struct cw_tree_node){.depth = (unsigned)i,
                                                  .name = operation->name,
                                                  .argument = operation->argument,
                                                  .line = operation->line,
                                                  .exit_line = operation->exit_line,
                                                  .code = operation->code});
    }
    add_node(tree, &(struct cw_tree_node){.depth = (unsigned)failure->depth,
                                          .is_line = true,
                                          .name = failure->error.text,
                                          .line = failure->error.line,
                                          .code = failure->code});
}

/* Names are copied, as everything in the report. */
static bool keep_names(struct cw_section_tree *tree, struct cw_arena *arena)
{
    for (size_t i = 0; i < tree->node_count; i++) {
        if (!cw_arena_str(arena, tree->nodes[i].name, &tree->nodes[i].name) ||
            !cw_arena_str(arena, tree->nodes[i].argument, &tree->nodes[i].argument))
            return false;
    }
    return cw_arena_str(arena, tree->title, &tree->title);
}

static bool grow_tree(struct cw_finding *finding, struct cw_arena *arena,
                      const struct cw_section *section)
{
    struct cw_section_tree *tree = &finding->tree;
    *tree = (struct cw_section_tree){
        .title = section->title,
        .source = section->source,
        .first_line = section->first_line,
        .last_line = section->last_line,
        .nodes = cw_arena_array(arena, count_nodes(section), sizeof(*tree->nodes)),
    };
    if (!tree->nodes)
        return false;
    for (size_t i = 0; i < section->failure_count; i++)
        add_failure(tree, &section->failures[i]);
    return keep_names(tree, arena);
}

bool cw_story_tell(struct cw_finding *finding, struct cw_arena *arena,
                   const struct cw_incident *incident)
{
    struct cw_story *story = &finding->story;
    const struct cw_run *run = incident->run;
    /* A session, a startup, operations, sections; a rollback, and a failure in each section. */
    size_t spans = 2 + (run ? run->step_count : 0) + incident->section_count;
    story->spans =
        cw_arena_array(arena, spans < SPANS_MOST ? spans : SPANS_MOST, sizeof(*story->spans));
    story->marks = cw_arena_array(arena, 1 + incident->section_count, sizeof(*story->marks));
    if (!story->spans || !story->marks)
        return false;
    if (run) {
        add_phases(story, run);
        add_operations(story, run);
        mark_rollback(story, run);
    }
    for (size_t i = 0; i < incident->section_count; i++)
        add_section(story, incident->sections[i]);
    order_marks(story);
    for (size_t i = 0; i < story->span_count; i++) {
        if (!cw_arena_str(arena, story->spans[i].label, &story->spans[i].label))
            return false;
    }
    return incident->section_count == 0 || grow_tree(finding, arena, incident->sections[0]);
}
