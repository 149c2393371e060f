#include "report/redact_strings.h"

#include "base/limits.h"

struct walk {
    const struct cw_redact_visitor *visitor;
    int status; /* the first failure */
};

static void visit(struct walk *walk, enum cw_redact_field field, struct cw_str *text)
{
    if (walk->status == CW_OK && text->len > 0)
        walk->status = walk->visitor->visit(walk->visitor->context, field, text);
}

static void visit_text(struct walk *walk, struct cw_str *text)
{
    /* What fills the room of a quote was cut. */
    bool cut = text->len + 4 > CW_LIMIT_QUOTE;
    visit(walk, cut ? CW_REDACT_CUT : CW_REDACT_TEXT, text);
}

/* A copy of `count` items to be changed; NULL when there are none, or on failure. */
static void *copy_items(struct walk *walk, const void *items, size_t count, size_t size)
{
    if (count == 0 || !items || walk->status < 0)
        return NULL;
    void *copy = cw_arena_array(walk->visitor->arena, count, size);
    if (!copy)
        walk->status = CW_ERR_NOMEM;
    else
        memcpy(copy, items, count * size);
    return copy;
}

static void visit_strings(struct walk *walk, struct cw_strings *strings)
{
    struct cw_str *copy = copy_items(walk, strings->items, strings->count, sizeof(*copy));
    for (size_t i = 0; copy && i < strings->count; i++)
        visit_text(walk, &copy[i]);
    strings->items = copy;
}

static struct cw_action *visit_actions(struct walk *walk, const struct cw_action *actions,
                                       size_t count)
{
    struct cw_action *copy = copy_items(walk, actions, count, sizeof(*copy));
    for (size_t i = 0; copy && i < count; i++) {
        visit_text(walk, &copy[i].text);
        visit_strings(walk, &copy[i].commands);
    }
    return copy;
}

/* Of a translation the numbers of steps are those of `original`. */
static struct cw_hypothesis *visit_hypotheses(struct walk *walk,
                                              const struct cw_hypothesis *hypotheses,
                                              const struct cw_hypothesis *original, size_t count)
{
    struct cw_hypothesis *copy = copy_items(walk, hypotheses, count, sizeof(*copy));
    for (size_t i = 0; copy && i < count; i++) {
        visit_text(walk, &copy[i].statement);
        visit_text(walk, &copy[i].reason);
        copy[i].settle = visit_actions(walk, copy[i].settle, original[i].settle_count);
    }
    return copy;
}

static void visit_wording(struct walk *walk, struct cw_finding *finding)
{
    struct cw_wording *wording = &finding->chinese;
    visit_text(walk, &wording->title);
    visit_text(walk, &wording->explanation);
    visit_text(walk, &wording->confidence_reason);
    wording->actions = visit_actions(walk, wording->actions, finding->action_count);
    wording->hypotheses =
        visit_hypotheses(walk, wording->hypotheses, finding->hypotheses, finding->hypothesis_count);
}

static void visit_item(struct walk *walk, struct cw_chain_item *item)
{
    visit_text(walk, &item->text);
    visit_text(walk, &item->note);
    visit_text(walk, &item->ended);
}

static void visit_chain(struct walk *walk, struct cw_finding *finding)
{
    struct cw_chain_item *copy =
        copy_items(walk, finding->chain, finding->chain_count, sizeof(*copy));
    for (size_t i = 0; copy && i < finding->chain_count; i++)
        visit_item(walk, &copy[i]);
    finding->chain = copy;
}

static struct cw_weight *visit_weights(struct walk *walk, const struct cw_weight *weights,
                                       size_t count)
{
    struct cw_weight *copy = copy_items(walk, weights, count, sizeof(*copy));
    for (size_t i = 0; copy && i < count; i++)
        visit_item(walk, &copy[i].item);
    return copy;
}

static void visit_suspect(struct walk *walk, struct cw_suspect *suspect)
{
    visit_text(walk, &suspect->inf);
    visit_text(walk, &suspect->published);
    visit_text(walk, &suspect->provider);
    visit_text(walk, &suspect->version);
    visit_text(walk, &suspect->class);
    visit_text(walk, &suspect->group);
    visit_strings(walk, &suspect->services);
    visit_strings(walk, &suspect->reasons);
    visit_item(walk, &suspect->item);
    visit_item(walk, &suspect->service);
    visit_item(walk, &suspect->removal);
}

static void visit_interference(struct walk *walk, struct cw_interference *interference)
{
    struct cw_suspect *suspects =
        copy_items(walk, interference->suspects, interference->suspect_count, sizeof(*suspects));
    visit_text(walk, &interference->conclusion);
    interference->pro = visit_weights(walk, interference->pro, interference->pro_count);
    interference->contra = visit_weights(walk, interference->contra, interference->contra_count);
    for (size_t i = 0; suspects && i < interference->suspect_count; i++)
        visit_suspect(walk, &suspects[i]);
    interference->suspects = suspects;
    interference->settle = visit_actions(walk, interference->settle, interference->settle_count);
    interference->chinese_settle =
        visit_actions(walk, interference->chinese_settle, interference->settle_count);
}

static void visit_history(struct walk *walk, struct cw_attempts *history)
{
    struct cw_cause_change *copy =
        copy_items(walk, history->changes, history->change_count, sizeof(*copy));
    for (size_t i = 0; copy && i < history->change_count; i++) {
        visit_text(walk, &copy[i].from.title);
        visit_text(walk, &copy[i].from.chinese_title);
        visit_text(walk, &copy[i].to.title);
        visit_text(walk, &copy[i].to.chinese_title);
    }
    history->changes = copy;
}

static void visit_story(struct walk *walk, struct cw_finding *finding)
{
    struct cw_story *story = &finding->story;
    struct cw_section_tree *tree = &finding->tree;
    story->spans = copy_items(walk, story->spans, story->span_count, sizeof(*story->spans));
    for (size_t i = 0; story->spans && i < story->span_count; i++)
        visit_text(walk, &story->spans[i].label);
    visit_text(walk, &tree->title);
    tree->nodes = copy_items(walk, tree->nodes, tree->node_count, sizeof(*tree->nodes));
    for (size_t i = 0; tree->nodes && i < tree->node_count; i++) {
        visit_text(walk, &tree->nodes[i].name);
        visit_text(walk, &tree->nodes[i].argument);
    }
}

static void visit_finding(struct walk *walk, struct cw_finding *finding)
{
    visit_text(walk, &finding->title);
    visit_text(walk, &finding->explanation);
    visit_text(walk, &finding->confidence_reason);
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++)
        visit_strings(walk, &finding->entities.of[kind]);
    visit_text(walk, &finding->outcome.package_state);
    visit_text(walk, &finding->outcome.forward_state);
    visit_text(walk, &finding->update);
    visit_chain(walk, finding);
    finding->actions = visit_actions(walk, finding->actions, finding->action_count);
    visit_wording(walk, finding);
    finding->hypotheses =
        visit_hypotheses(walk, finding->hypotheses, finding->hypotheses, finding->hypothesis_count);
    visit_strings(walk, &finding->allowlist.process);
    visit_strings(walk, &finding->allowlist.registry_key);
    visit_strings(walk, &finding->allowlist.file);
    visit_strings(walk, &finding->operations);
    visit_strings(walk, &finding->references);
    visit_interference(walk, &finding->interference);
    visit_history(walk, &finding->history);
    visit_story(walk, finding);
}

static void visit_sources(struct walk *walk, struct cw_report *report)
{
    report->sources =
        copy_items(walk, report->sources, report->source_count, sizeof(*report->sources));
    for (size_t i = 0; report->sources && i < report->source_count; i++) {
        struct cw_source_report *source = &report->sources[i];
        visit(walk, CW_REDACT_FILE, &source->path);
        for (size_t k = 0; k < source->stray_count; k++)
            visit(walk, source->strays[k].cut ? CW_REDACT_CUT : CW_REDACT_TEXT,
                  &source->strays[k].text);
    }
}

static void visit_coverage(struct walk *walk, struct cw_report *report)
{
    visit_sources(walk, report);
    report->not_read =
        copy_items(walk, report->not_read, report->not_read_count, sizeof(*report->not_read));
    for (size_t i = 0; report->not_read && i < report->not_read_count; i++) {
        visit(walk, CW_REDACT_FILE, &report->not_read[i].path);
        visit(walk, CW_REDACT_REMARK, &report->not_read[i].reason);
    }
    report->missing =
        copy_items(walk, report->missing, report->missing_count, sizeof(*report->missing));
    for (size_t i = 0; report->missing && i < report->missing_count; i++) {
        visit(walk, CW_REDACT_REMARK, &report->missing[i].what);
        visit(walk, CW_REDACT_REMARK, &report->missing[i].why);
        visit(walk, CW_REDACT_REMARK, &report->missing[i].where);
    }
    report->diagnostics = copy_items(walk, report->diagnostics, report->diagnostic_count,
                                     sizeof(*report->diagnostics));
    for (size_t i = 0; report->diagnostics && i < report->diagnostic_count; i++) {
        visit(walk, CW_REDACT_FILE, &report->diagnostics[i].path);
        visit(walk, CW_REDACT_REMARK, &report->diagnostics[i].text);
    }
}

int cw_redact_strings(const struct cw_report *report, const struct cw_redact_visitor *visitor,
                      struct cw_report *ret_report)
{
    struct walk walk = {visitor, CW_OK};
    struct cw_report copy = *report;
    visit_text(&walk, &copy.summary);
    copy.findings =
        copy_items(&walk, report->findings, report->finding_count, sizeof(*copy.findings));
    for (size_t i = 0; copy.findings && i < copy.finding_count; i++)
        visit_finding(&walk, &copy.findings[i]);
    visit_coverage(&walk, &copy);
    if (walk.status == CW_OK)
        *ret_report = copy;
    return walk.status;
}
