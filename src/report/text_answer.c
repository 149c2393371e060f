/* The first screen: what a support engineer needs while the customer is on the phone.
 *
 * Every field has a largest number of lines, 19 together with the blank one below the verdict;
 * what the fields leave of the screen goes to the next steps, of which the first takes up to 3 and
 * the pointer to the others 1.
 */
#include "report/text_sections.h"

const struct cw_finding *cw_report_main_finding(const struct cw_report *report)
{
    if (report->finding_count == 0 || report->findings[0].role == CW_ROLE_RECOVERED)
        return NULL;
    return &report->findings[0];
}

static void write_verdict(struct cw_text *text, const struct cw_report *report)
{
    static const struct {
        const char *word;
        enum cw_tone tone;
    } verdicts[] = {
        [CW_VERDICT_UNKNOWN] = {"UNKNOWN", CW_TONE_WARN},
        [CW_VERDICT_NO_FAILURE] = {"NO FAILURE", CW_TONE_GOOD},
        [CW_VERDICT_FAILURE] = {"FAILURE", CW_TONE_BAD},
    };
    struct cw_str word = cw_str_c(verdicts[report->verdict].word);
    const struct cw_paragraph paragraph = {
        .label = word,
        .label_tone = verdicts[report->verdict].tone,
        .hang = word.len + 2,
        .tone = CW_TONE_STRONG,
        .most = 2,
    };
    cw_text_paragraph(text, &paragraph, report->summary);
    cw_text_blank(text);
}

static void write_title(struct cw_text *text, const struct cw_finding *finding)
{
    static const char *const labels[] = {
        [CW_ROLE_ROOT_CAUSE] = "Root cause",
        [CW_ROLE_CONTRIBUTING] = "Contributing",
        [CW_ROLE_RECOVERED] = "Recovered",
        [CW_ROLE_UNEXPLAINED] = "Unexplained",
    };
    cw_text_field(text, labels[finding->role], 2, finding->title);
}

static void write_proof(struct cw_text *text, const struct cw_report *report,
                        const struct cw_finding *finding)
{
    const struct cw_chain_item *item = cw_finding_proof(finding);
    if (!item)
        return;
    struct cw_buf *place = cw_text_draft(text);
    cw_text_put_place(place, report, item);
    cw_text_field(text, "Proof", 2, cw_buf_str(place));
    const struct cw_paragraph quote = {
        .hang = CW_FIELD_HANG,
        .tone = CW_TONE_BAD,
        .most = 2,
        .keep = cw_finding_proof_code(finding, item),
    };
    cw_text_paragraph(text, &quote, item->text);
}

static void write_operations(struct cw_text *text, const struct cw_finding *finding)
{
    if (finding->operations.count == 0)
        return;
    struct cw_buf *body = cw_text_draft(text);
    cw_text_put_list(body, &finding->operations, " > ");
    cw_text_field(text, "Inside", 2, cw_buf_str(body));
}

static void write_code(struct cw_text *text, const struct cw_finding *finding)
{
    if (finding->code == CW_CODE_NONE)
        return;
    struct cw_buf *body = cw_text_draft(text);
    cw_text_put_code(body, finding->code);
    if (finding->as_written.count) {
        cw_buf_append(body, CW_STR(" (in the logs: "));
        cw_text_put_list(body, &finding->as_written, ", ");
        cw_buf_char(body, ')');
    }
    cw_text_field(text, "Error", 2, cw_buf_str(body));
}

/* Up to two of each kind: "KB KB4474419; service AmdK8, AmdPPM (3 more)". */
static void put_entities(struct cw_buf *body, enum cw_entity kind, const struct cw_strings *values)
{
    enum { SHOWN = 2 };
    if (values->count == 0)
        return;
    struct cw_strings shown = *values;
    shown.count = shown.count < SHOWN ? shown.count : SHOWN;
    if (body->len)
        cw_buf_append(body, CW_STR("; "));
    if (kind != CW_ENTITY_KB && kind != CW_ENTITY_REGISTRY_KEY && kind != CW_ENTITY_FILE)
        cw_buf_printf(body, "%s ", cw_text_entity_label(kind));
    cw_text_put_list(body, &shown, ", ");
    if (values->count > SHOWN)
        cw_buf_printf(body, " (%zu more)", values->count - SHOWN);
}

static void write_concerns(struct cw_text *text, const struct cw_finding *finding)
{
    /* What is searched for first stands first; the long names can wait for the details. */
    static const enum cw_entity order[] = {
        CW_ENTITY_KB,           CW_ENTITY_INF,     CW_ENTITY_DRIVER,    CW_ENTITY_SERVICE,
        CW_ENTITY_REGISTRY_KEY, CW_ENTITY_FILE,    CW_ENTITY_INSTALLER, CW_ENTITY_COMPONENT,
        CW_ENTITY_DEVICE,       CW_ENTITY_PACKAGE,
    };
    struct cw_buf *body = cw_text_draft(text);
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
        put_entities(body, order[i], &finding->entities.of[order[i]]);
    if (body->len)
        cw_text_field(text, "Concerns", 2, cw_buf_str(body));
}

static void write_outcome(struct cw_text *text, const struct cw_outcome *outcome)
{
    static const char *const words[] = {
        [CW_UNKNOWN] = "",
        [CW_NO] = "not rolled back",
        [CW_YES] = "rolled back",
    };
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, cw_str_c(words[outcome->rolled_back]));
    if (outcome->stage.len)
        cw_buf_printf(body, "%s%.*s",
                      body->len ? ", stage: " : "stage: ", CW_STR_ARG(outcome->stage));
    if (outcome->progress_percent >= 0)
        cw_buf_printf(body, "%sprogress %d %%", body->len ? ", " : "", outcome->progress_percent);
    if (outcome->package_state.len)
        cw_buf_printf(body, "%spackage state: %.*s", body->len ? ", " : "",
                      CW_STR_ARG(outcome->package_state));
    if (body->len)
        cw_text_field(text, "Outcome", 1, cw_buf_str(body));
}

static void write_confidence(struct cw_text *text, const struct cw_finding *finding)
{
    struct cw_str word = cw_confidence_name(finding->confidence);
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, word);
    if (finding->confidence_reason.len)
        cw_buf_append(body, CW_STR(": "));
    cw_buf_append(body, finding->confidence_reason);
    cw_text_field(text, "Confidence", 2, cw_buf_str(body));
}

static void write_missing(struct cw_text *text, const struct cw_report *report, size_t most)
{
    struct cw_buf *body = cw_text_draft(text);
    for (size_t i = 0; i < report->missing_count; i++) {
        if (i > 0)
            cw_buf_append(body, CW_STR("; "));
        cw_buf_append(body, report->missing[i].what);
        if (report->missing[i].why.len)
            cw_buf_append(body, CW_STR(": "));
        cw_buf_append(body, report->missing[i].why);
    }
    if (body->len)
        cw_text_field(text, "Missing", most, cw_buf_str(body));
}

/* The commands of a step, when all of them fit: on the screen and in its width. */
static void write_commands(struct cw_text *text, const struct cw_strings *commands)
{
    enum { INDENT = 16, SPARE = 2 };
    bool fit = text->lines + commands->count + SPARE <= CW_SCREEN_LINES;
    for (size_t i = 0; i < commands->count; i++)
        fit = fit && INDENT + commands->items[i].len <= text->width;
    for (size_t i = 0; fit && i < commands->count; i++)
        cw_text_verbatim(text, INDENT, commands->items[i]);
}

static void write_step(struct cw_text *text, const struct cw_finding *finding, size_t index,
                       size_t most)
{
    const struct cw_action *action = &finding->actions[index];
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_printf(body, "%zu. ", index + 1);
    cw_buf_append(body, action->kind);
    cw_buf_append(body, CW_STR(": "));
    cw_buf_append(body, action->text);
    cw_text_field(text, index ? "" : "Do next", most, cw_buf_str(body));
    write_commands(text, &action->commands);
}

/* As many steps as the screen still holds, at least one, and how many follow below. */
static void write_next_steps(struct cw_text *text, const struct cw_finding *finding)
{
    enum { FIRST_LINES = 3, STEP_LINES = 2 };
    size_t shown = 0;
    while (shown < finding->action_count &&
           (shown == 0 || text->lines + STEP_LINES < CW_SCREEN_LINES)) {
        write_step(text, finding, shown, shown ? STEP_LINES : FIRST_LINES);
        shown++;
    }
    if (shown == finding->action_count)
        return;
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, CW_STR("+ "));
    cw_text_put_count(body, finding->action_count - shown, "step below", "steps below");
    cw_text_field(text, "", 1, cw_buf_str(body));
}

static void write_what_was_read(struct cw_text *text, const struct cw_report *report)
{
    uint64_t lines = 0;
    cw_time first = CW_TIME_NONE;
    cw_time last = CW_TIME_NONE;
    for (size_t i = 0; i < report->source_count; i++) {
        const struct cw_log_stats *stats = &report->sources[i].stats;
        lines += stats->lines;
        if (!report->sources[i].recognised)
            continue;
        if (stats->first != CW_TIME_NONE && (first == CW_TIME_NONE || stats->first < first))
            first = stats->first;
        if (stats->last != CW_TIME_NONE && stats->last > last)
            last = stats->last;
    }
    struct cw_buf *body = cw_text_draft(text);
    cw_text_put_count(body, report->source_count, "log", "logs");
    cw_buf_append(body, CW_STR(", "));
    cw_text_put_count(body, lines, "line", "lines");
    if (first != CW_TIME_NONE || last != CW_TIME_NONE)
        cw_buf_append(body, CW_STR(", "));
    cw_text_put_span(body, first, last);
    cw_text_field(text, "Read", 2, cw_buf_str(body));
}

static void write_no_finding(struct cw_text *text, const struct cw_report *report)
{
    static const char *const results[] = {
        [CW_VERDICT_UNKNOWN] = "What was read neither shows a failed run nor rules one out.",
        [CW_VERDICT_NO_FAILURE] = "No run that failed was found in what was read.",
        [CW_VERDICT_FAILURE] = "A run failed; what was read holds no line that says why.",
    };
    write_what_was_read(text, report);
    cw_text_field(text, "Result", 2, cw_str_c(results[report->verdict]));
    write_missing(text, report, 6);
    if (report->not_read_count) {
        struct cw_buf *body = cw_text_draft(text);
        cw_text_put_count(body, report->not_read_count, "input, see below", "inputs, see below");
        cw_text_field(text, "Not read", 1, cw_buf_str(body));
    }
}

void cw_text_answer(struct cw_text *text, const struct cw_report *report)
{
    const struct cw_finding *finding = cw_report_main_finding(report);
    write_verdict(text, report);
    if (!finding) {
        write_no_finding(text, report);
        return;
    }
    write_title(text, finding);
    write_proof(text, report, finding);
    write_operations(text, finding);
    write_code(text, finding);
    write_concerns(text, finding);
    write_outcome(text, &finding->outcome);
    write_confidence(text, finding);
    write_missing(text, report, 1);
    write_next_steps(text, finding);
}
