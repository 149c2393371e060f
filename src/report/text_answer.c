/* The first screen: what a support engineer needs while the customer is on the phone.
 *
 * Every field has a largest number of lines. The course of things gets what they leave, less what
 * the next steps need at least; the steps get the rest.
 */
#include "report/text_sections.h"

const struct cw_finding *cw_report_main_finding(const struct cw_report *report)
{
    if (report->finding_count == 0 || report->findings[0].role == CW_ROLE_RECOVERED)
        return NULL;
    return &report->findings[0];
}

/* True when it shows the finding's title, which is the end of most summaries. */
static bool write_verdict(struct cw_text *text, const struct cw_report *report)
{
    enum { USUAL_LINES = 2, TITLE_LINES = 4 };
    static const struct {
        const char *word;
        enum cw_tone tone;
    } verdicts[] = {
        [CW_VERDICT_UNKNOWN] = {"UNKNOWN", CW_TONE_WARN},
        [CW_VERDICT_NO_FAILURE] = {"NO FAILURE", CW_TONE_GOOD},
        [CW_VERDICT_FAILURE] = {"FAILURE", CW_TONE_BAD},
    };
    const struct cw_finding *finding = cw_report_main_finding(report);
    bool has_title = finding && cw_str_ends(report->summary, finding->title);
    struct cw_str word = cw_str_c(verdicts[report->verdict].word);
    const struct cw_paragraph paragraph = {
        .label = word,
        .label_tone = verdicts[report->verdict].tone,
        .hang = word.len + 2,
        .tone = CW_TONE_STRONG,
        .most = cw_text_scale(text, has_title ? TITLE_LINES : USUAL_LINES),
    };
    cw_text_paragraph(text, &paragraph, report->summary);
    cw_text_blank(text);
    return has_title;
}

static void write_title(const struct cw_screen *screen)
{
    bool is_root = screen->finding->role == CW_ROLE_ROOT_CAUSE;
    cw_text_field(screen->text, is_root ? "Root cause" : "Failure", 2, screen->finding->title);
}

static void write_proof(const struct cw_screen *screen)
{
    const struct cw_chain_item *item = cw_finding_proof(screen->finding);
    if (!item)
        return;
    struct cw_buf *place = cw_text_draft(screen->text);
    cw_screen_put_place(place, screen, item);
    cw_buf_append(place, CW_STR("  "));
    cw_screen_put_clock(place, screen, item);
    cw_text_field(screen->text, "Proof", 2, cw_buf_str(place));
    const struct cw_paragraph quote = {
        .hang = CW_FIELD_HANG,
        .tone = CW_TONE_BAD,
        .most = cw_text_scale(screen->text, 2),
        .keep = cw_finding_proof_code(screen->finding, item),
    };
    cw_text_paragraph(screen->text, &quote, item->text);
}

/* A spelling is not news when it is the code's own, or the end of another one. */
static bool is_news(const struct cw_strings *spellings, size_t index, struct cw_str code)
{
    struct cw_str spelling = spellings->items[index];
    if (cw_str_eq_nocase(spelling, code))
        return false;
    for (size_t i = 0; i < spellings->count; i++) {
        if (i != index && cw_str_ends(spellings->items[i], spelling))
            return false;
    }
    return true;
}

/* "0x80070005 E_ACCESSDENIED: Access is denied. (= 0x00000005, result 5)" */
static void write_code(const struct cw_screen *screen)
{
    const struct cw_strings *spellings = &screen->finding->as_written;
    uint32_t code = screen->finding->code;
    char text[CW_CODE_TEXT];
    bool any = false;
    if (code == CW_CODE_NONE)
        return;
    struct cw_str own = cw_str_c(cw_code_text(code, text));
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_text_put_code(body, code);
    for (size_t i = 0; i < spellings->count; i++) {
        if (!is_news(spellings, i, own))
            continue;
        cw_buf_append(body, any ? CW_STR(", ") : CW_STR(" (= "));
        cw_buf_append(body, spellings->items[i]);
        any = true;
    }
    cw_buf_append(body, any ? CW_STR(")") : CW_STR(""));
    cw_text_field(screen->text, "Error", 2, cw_buf_str(body));
}

/* How the entities of one kind are shown. */
struct concern {
    enum cw_entity kind;
    bool labelled; /* some speak for themselves */
    size_t most;
};

/* "service AmdK8, AmdPPM (3 more)" */
static void put_concern(struct cw_buf *body, const struct concern *concern,
                        const struct cw_strings *values)
{
    if (values->count == 0)
        return;
    struct cw_strings shown = *values;
    shown.count = shown.count < concern->most ? shown.count : concern->most;
    cw_buf_append(body, body->len ? CW_STR("; ") : CW_STR(""));
    if (concern->labelled)
        cw_buf_printf(body, "%s ", cw_text_entity_label(concern->kind));
    cw_text_put_list(body, &shown, ", ");
    if (values->count > shown.count)
        cw_buf_printf(body, " (%zu more)", values->count - shown.count);
}

/* True when the summary names the only thing that there is to name. */
static bool is_said(const struct cw_report *report, const struct cw_finding *finding)
{
    struct cw_str only = CW_STR_NONE;
    size_t count = 0;
    for (size_t kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        const struct cw_strings *values = &finding->entities.of[kind];
        count += values->count;
        only = values->count ? values->items[0] : only;
    }
    return count == 0 || (count == 1 && cw_str_starts(report->summary, only));
}

static void write_concerns(const struct cw_screen *screen)
{
    /* What is searched for first stands first; what is long and may be cut stands last. */
    static const struct concern order[] = {
        {CW_ENTITY_KB, false, 2},       {CW_ENTITY_PACKAGE, false, 1},
        {CW_ENTITY_INF, true, 2},       {CW_ENTITY_DRIVER, true, 2},
        {CW_ENTITY_SERVICE, true, 2},   {CW_ENTITY_REGISTRY_KEY, false, 2},
        {CW_ENTITY_FILE, false, 2},     {CW_ENTITY_INSTALLER, true, 2},
        {CW_ENTITY_COMPONENT, true, 2}, {CW_ENTITY_DEVICE, true, 2},
    };
    if (is_said(screen->report, screen->finding))
        return;
    struct cw_buf *body = cw_text_draft(screen->text);
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
        put_concern(body, &order[i], &screen->finding->entities.of[order[i].kind]);
    cw_text_field(screen->text, "Concerns", 3, cw_buf_str(body));
}

/* " at startup", " in Install Driver Updates" */
static void put_stage(struct cw_buf *body, struct cw_str stage)
{
    static const char *const moments[] = {"startup", "shutdown"};
    if (stage.len == 0)
        return;
    const char *where = "in";
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        if (cw_str_eq(stage, cw_str_c(moments[i])))
            where = "at";
    }
    if (cw_str_eq(stage, CW_STR("session")))
        where = "in the";
    cw_buf_printf(body, " %s %.*s", where, CW_STR_ARG(stage));
}

/* True when an update was at work, and what became of it is open. Only a section that is named and
 * asks for no other log is known to be no part of one. */
static bool is_unproven(const struct cw_screen *screen)
{
    const struct cw_finding *finding = screen->finding;
    bool servicing = screen->report->missing_count || finding->undecided ||
                     finding->entities.of[CW_ENTITY_PACKAGE].count ||
                     finding->entities.of[CW_ENTITY_KB].count || finding->outcome.stage.len == 0;
    return finding->outcome.rolled_back == CW_UNKNOWN && servicing;
}

static void write_outcome(const struct cw_screen *screen)
{
    const struct cw_outcome *outcome = &screen->finding->outcome;
    struct cw_buf *body = cw_text_draft(screen->text);
    bool rolled_back = outcome->rolled_back == CW_YES;
    cw_buf_append(body, rolled_back ? CW_STR("rolled back") : CW_STR("failed"));
    size_t bare = body->len;
    put_stage(body, outcome->stage);
    if (screen->date[0])
        cw_buf_printf(body, " on %s", screen->date);
    if (outcome->rolled_back == CW_NO)
        cw_buf_append(body, CW_STR(", not rolled back"));
    if (outcome->progress_percent >= 0)
        cw_buf_printf(body, ", progress %d %%", outcome->progress_percent);
    if (outcome->package_state.len)
        cw_buf_printf(body, ", package state: %.*s", CW_STR_ARG(outcome->package_state));
    if (is_unproven(screen))
        cw_buf_append(body, CW_STR("; that the update was rolled back is not proven by these "
                                   "logs"));
    if (body->len > bare || rolled_back)
        cw_text_field(screen->text, "Outcome", 2, cw_buf_str(body));
}

/* "CBS.log (where it is): why it is wanted". What is not proven without it has been said. */
static void write_missing(const struct cw_screen *screen)
{
    const struct cw_report *report = screen->report;
    bool reasons = !is_unproven(screen);
    struct cw_buf *body = cw_text_draft(screen->text);
    for (size_t i = 0; i < report->missing_count; i++) {
        const struct cw_missing *missing = &report->missing[i];
        cw_buf_append(body, i ? CW_STR("; ") : CW_STR(""));
        cw_buf_append(body, missing->what);
        if (missing->where.len)
            cw_buf_printf(body, " (%.*s)", CW_STR_ARG(missing->where));
        if (reasons && missing->why.len)
            cw_buf_printf(body, ": %.*s", CW_STR_ARG(missing->why));
    }
    if (body->len)
        cw_text_field(screen->text, "Missing", 3, cw_buf_str(body));
}

static const struct cw_hypothesis *consistent_hypothesis(const struct cw_finding *finding)
{
    for (size_t i = 0; i < finding->hypothesis_count; i++) {
        if (finding->hypotheses[i].confidence == CW_CONFIDENCE_CONSISTENT)
            return &finding->hypotheses[i];
    }
    return NULL;
}

static void write_confidence(const struct cw_screen *screen)
{
    static const char pointer[] = " (to settle it: see below)";
    const struct cw_finding *finding = screen->finding;
    const struct cw_hypothesis *hypothesis = consistent_hypothesis(finding);
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_buf_append(body, cw_confidence_name(finding->confidence));
    cw_buf_append(body, finding->confidence_reason.len ? CW_STR(": ") : CW_STR(""));
    cw_buf_append(body, finding->confidence_reason);
    cw_text_field(screen->text, "Confidence", 2, cw_buf_str(body));
    if (!hypothesis)
        return;
    body = cw_text_draft(screen->text);
    cw_buf_append(body, CW_STR("consistent with: "));
    cw_buf_append(body, hypothesis->statement);
    cw_buf_append(body, CW_STR(pointer));
    cw_text_field_keeping(screen->text, "", cw_text_scale(screen->text, 2), cw_buf_str(body),
                          CW_STR(pointer));
}

/* The day on which it ended. */
static void find_date(struct cw_screen *screen)
{
    const struct cw_finding *finding = screen->finding;
    cw_time time = finding->last_seen;
    for (size_t i = 0; i < finding->chain_count; i++) {
        if (finding->chain[i].time != CW_TIME_NONE)
            time = finding->chain[i].time;
    }
    (void)cw_time_text(time, screen->date);
    char *end = strchr(screen->date, 'T');
    if (end)
        *end = '\0';
}

void cw_text_answer(struct cw_text *text, const struct cw_report *report)
{
    struct cw_screen screen = {text, report, cw_report_main_finding(report), ""};
    bool has_title = write_verdict(text, report);
    if (!screen.finding) {
        cw_text_no_finding(text, report);
        return;
    }
    find_date(&screen);
    if (!has_title)
        write_title(&screen);
    write_proof(&screen);
    write_code(&screen);
    write_concerns(&screen);
    write_outcome(&screen);
    write_missing(&screen);
    if (report->verdict == CW_VERDICT_UNKNOWN)
        cw_text_undecided(text, report);
    write_confidence(&screen);
    cw_screen_course(&screen, cw_screen_steps_reserve(&screen));
    cw_screen_steps(&screen);
}
