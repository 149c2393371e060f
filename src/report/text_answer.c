/* The first screen: what a support engineer needs while the customer is on the phone.
 *
 * Every field has a largest number of lines. The course of things gets what they leave, less what
 * the next steps need at least; the steps get the rest.
 */
#include "report/text_sections.h"

/* True when it shows the finding's title, which is the end of most summaries. */
static bool write_verdict(struct cw_text *text, const struct cw_report *report)
{
    enum { USUAL_LINES = 2, TITLE_LINES = 4 };
    static const enum cw_tone tones[] = {
        [CW_VERDICT_UNKNOWN] = CW_TONE_WARN,
        [CW_VERDICT_NO_FAILURE] = CW_TONE_GOOD,
        [CW_VERDICT_FAILURE] = CW_TONE_BAD,
    };
    const struct cw_finding *finding = cw_report_main_finding(report);
    bool has_title = finding && cw_str_ends(report->summary, finding->title);
    struct cw_str word = cw_verdict_word(text->language, report->verdict);
    const struct cw_paragraph paragraph = {
        .label = word,
        .label_tone = tones[report->verdict],
        .hang = cw_columns(word) + 2,
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
    cw_text_field(screen->text, is_root ? CW_SAY("Root cause") : CW_SAY("Failure"), 2,
                  screen->finding->title);
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
    cw_text_field(screen->text, CW_SAY("Proof"), 2, cw_buf_str(place));
    const struct cw_paragraph quote = {
        .hang = CW_FIELD_HANG,
        .tone = CW_TONE_BAD,
        .most = cw_text_scale(screen->text, 2),
        .keep = cw_finding_proof_code(screen->finding, item),
    };
    cw_text_paragraph(screen->text, &quote, item->text);
}

static void write_code(const struct cw_screen *screen)
{
    if (screen->finding->code == CW_CODE_NONE)
        return;
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_put_error(body, screen->finding);
    cw_text_field(screen->text, CW_SAY("Error"), 2, cw_buf_str(body));
}

/* How the entities of one kind are shown. */
struct concern {
    enum cw_entity kind;
    bool labelled; /* some speak for themselves */
    size_t most;
};

/* "service AmdK8, AmdPPM (3 more)" */
static void put_concern(struct cw_buf *body, enum cw_language language,
                        const struct concern *concern, const struct cw_strings *values)
{
    char number[CW_NUMBER_TEXT];
    if (values->count == 0)
        return;
    struct cw_strings shown = *values;
    shown.count = shown.count < concern->most ? shown.count : concern->most;
    cw_buf_append(body, body->len ? CW_STR("; ") : CW_STR(""));
    if (concern->labelled) {
        cw_buf_append(body, cw_entity_word(language, concern->kind));
        cw_buf_char(body, ' ');
    }
    cw_put_list(body, &shown, ", ");
    if (values->count > shown.count)
        cw_say_with(body, language, CW_SAY(" (%1 more)"),
                    CW_VALUES(cw_number_text(values->count - shown.count, number)));
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
        put_concern(body, screen->text->language, &order[i],
                    &screen->finding->entities.of[order[i].kind]);
    cw_text_field(screen->text, CW_SAY("Concerns"), 3, cw_buf_str(body));
}

static void write_outcome(const struct cw_screen *screen)
{
    struct cw_buf *body = cw_text_draft(screen->text);
    if (cw_put_outcome(body, screen->text->language, screen->report, screen->finding))
        cw_text_field(screen->text, CW_SAY("Outcome"), 2, cw_buf_str(body));
}

static void write_history(const struct cw_screen *screen)
{
    struct cw_buf *body = cw_text_draft(screen->text);
    if (cw_put_history(body, screen->text->language, screen->finding))
        cw_text_field(screen->text, CW_SAY("History"), 2, cw_buf_str(body));
}

/* "CBS.log (where it is): why it is wanted". What is not proven without it has been said. */
static void put_missing(struct cw_buf *body, const struct cw_missing *missing, bool reason)
{
    cw_buf_append(body, body->len ? CW_STR("; ") : CW_STR(""));
    cw_buf_append(body, missing->what);
    if (missing->kind == CW_MISSING_DETAIL)
        return;
    if (missing->where.len)
        cw_buf_printf(body, " (%.*s)", CW_STR_ARG(missing->where));
    if (reason && missing->why.len)
        cw_buf_printf(body, ": %.*s", CW_STR_ARG(missing->why));
}

/* What would decide an open verdict has a field of its own; where details are stands below. */
static void write_missing(const struct cw_screen *screen)
{
    const struct cw_report *report = screen->report;
    bool details = cw_count_missing(report, CW_MISSING_DETAIL) > 0;
    bool reason = !cw_is_unproven(report, screen->finding) && !details;
    struct cw_buf *body = cw_text_draft(screen->text);
    for (size_t i = 0; i < report->missing_count; i++) {
        enum cw_missing_kind kind = report->missing[i].kind;
        if (kind == CW_MISSING_SERVICING || kind == CW_MISSING_DETAIL)
            put_missing(body, &report->missing[i], reason);
    }
    if (details)
        cw_say(body, screen->text->language, CW_SAY(" (see below)"));
    if (body->len)
        cw_text_field(screen->text, CW_SAY("Missing"), 3, cw_buf_str(body));
}

static const struct cw_hypothesis *consistent_hypothesis(const struct cw_finding *finding)
{
    for (size_t i = 0; i < finding->hypothesis_count; i++) {
        if (finding->hypotheses[i].confidence == CW_CONFIDENCE_CONSISTENT)
            return &finding->hypotheses[i];
    }
    return NULL;
}

/* Where there is nobody to name, the balance is said beside the hypothesis. */
static bool weighs_in_passing(const struct cw_finding *finding)
{
    return finding->interference.weighed && finding->interference.suspect_count == 0 &&
           consistent_hypothesis(finding);
}

static void write_confidence(const struct cw_screen *screen)
{
    const struct cw_finding *finding = screen->finding;
    const struct cw_hypothesis *hypothesis = consistent_hypothesis(finding);
    enum cw_language language = screen->text->language;
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_put_confidence(body, language, finding->confidence, finding->confidence_reason);
    cw_text_field(screen->text, CW_SAY("Confidence"), 2, cw_buf_str(body));
    if (!hypothesis)
        return;
    body = cw_text_draft(screen->text);
    cw_say(body, language, CW_SAY("consistent with: "));
    cw_buf_append(body, hypothesis->statement);
    size_t end = body->len;
    if (weighs_in_passing(finding))
        cw_put_balance(body, language, &finding->interference);
    else
        cw_say(body, language, CW_SAY(" (to settle it: see below)"));
    cw_text_field_prose(screen->text, CW_SAY(""), cw_text_scale(screen->text, 2), cw_buf_str(body),
                        cw_str_from(cw_buf_str(body), end));
}

/* Who to look at has a field of its own, and so has what was lowered to a mere possibility. */
static void write_weighing(const struct cw_screen *screen)
{
    const struct cw_finding *finding = screen->finding;
    const struct cw_interference *interference = &finding->interference;
    size_t said =
        interference->pro_total + interference->contra_total + interference->suspect_count;
    if (said == 0 || weighs_in_passing(finding))
        return;
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_put_weighing(body, screen->text->language, interference);
    size_t end = body->len;
    cw_say(body, screen->text->language, CW_SAY(" (see below)"));
    cw_text_field_prose(screen->text, CW_SAY("Weighed"), cw_text_scale(screen->text, 2),
                        cw_buf_str(body), cw_str_from(cw_buf_str(body), end));
}

/* The day on which it ended. */
static void find_date(struct cw_screen *screen)
{
    (void)cw_time_text(cw_finding_day(screen->finding), screen->date);
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
    write_history(&screen);
    write_missing(&screen);
    if (report->verdict == CW_VERDICT_UNKNOWN)
        cw_text_undecided(text, report);
    write_confidence(&screen);
    write_weighing(&screen);
    cw_screen_course(&screen, cw_screen_steps_reserve(&screen));
    cw_screen_steps(&screen);
}
