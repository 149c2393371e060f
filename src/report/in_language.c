#include "report/in_language.h"

#include "base/limits.h"
#include "report/say.h"

/* What a translation is made in. */
struct translator {
    enum cw_language language;
    struct cw_arena *arena;
};

static bool translate(const struct translator *translator, struct cw_str *text)
{
    return cw_translate(translator->language, *text, translator->arena, text);
}

/* A copy of `count` items to be changed; NULL when memory is exhausted. */
static void *copy_items(const struct translator *translator, const void *items, size_t count,
                        size_t size)
{
    void *copy = cw_arena_array(translator->arena, count, size);
    if (copy && count)
        memcpy(copy, items, count * size);
    return copy;
}

/* The pack's own translation, else that of a sentence. */
static bool choose(const struct translator *translator, struct cw_str translated,
                   struct cw_str *text)
{
    if (translated.len == 0)
        return translate(translator, text);
    *text = translated;
    return true;
}

static bool translate_actions(const struct translator *translator, struct cw_action **actions,
                              size_t count, const struct cw_action *translated)
{
    struct cw_action *copy = copy_items(translator, *actions, count, sizeof(*copy));
    if (!copy)
        return false;
    *actions = copy;
    for (size_t i = 0; i < count; i++) {
        if (!choose(translator, translated ? translated[i].text : CW_STR_NONE, &copy[i].text))
            return false;
    }
    return true;
}

static bool translate_hypotheses(const struct translator *translator, struct cw_finding *finding)
{
    size_t count = finding->hypothesis_count;
    struct cw_hypothesis *copy = copy_items(translator, finding->hypotheses, count, sizeof(*copy));
    if (!copy)
        return false;
    finding->hypotheses = copy;
    for (size_t i = 0; i < count; i++) {
        static const struct cw_hypothesis nothing;
        const struct cw_hypothesis *translated =
            finding->chinese.hypotheses ? &finding->chinese.hypotheses[i] : &nothing;
        if (!choose(translator, translated->statement, &copy[i].statement) ||
            !choose(translator, translated->reason, &copy[i].reason) ||
            !translate_actions(translator, &copy[i].settle, copy[i].settle_count,
                               translated->settle))
            return false;
    }
    return true;
}

static bool translate_chain(const struct translator *translator, struct cw_finding *finding)
{
    struct cw_chain_item *copy =
        copy_items(translator, finding->chain, finding->chain_count, sizeof(*copy));
    if (!copy)
        return false;
    finding->chain = copy;
    for (size_t i = 0; i < finding->chain_count; i++) {
        if (!translate(translator, &copy[i].note))
            return false;
    }
    return true;
}

static bool translate_history(const struct translator *translator, struct cw_attempts *history)
{
    size_t count = history->change_count;
    struct cw_cause_change *copy = copy_items(translator, history->changes, count, sizeof(*copy));
    if (!copy)
        return false;
    history->changes = copy;
    for (size_t i = 0; i < count; i++) {
        if (!choose(translator, copy[i].from.chinese_title, &copy[i].from.title) ||
            !choose(translator, copy[i].to.chinese_title, &copy[i].to.title))
            return false;
    }
    return true;
}

static bool translate_weights(const struct translator *translator, struct cw_weight **weights,
                              size_t count)
{
    struct cw_weight *copy = copy_items(translator, *weights, count, sizeof(*copy));
    if (!copy)
        return false;
    *weights = copy;
    for (size_t i = 0; i < count; i++) {
        if (!translate(translator, &copy[i].item.note))
            return false;
    }
    return true;
}

static bool translate_suspects(const struct translator *translator,
                               struct cw_interference *interference)
{
    size_t count = interference->suspect_count;
    struct cw_suspect *copy = copy_items(translator, interference->suspects, count, sizeof(*copy));
    if (!copy)
        return false;
    interference->suspects = copy;
    for (size_t i = 0; i < count; i++) {
        struct cw_strings *reasons = &copy[i].reasons;
        reasons->items =
            copy_items(translator, reasons->items, reasons->count, sizeof(*reasons->items));
        for (size_t k = 0; k < reasons->count; k++) {
            if (!reasons->items || !translate(translator, &reasons->items[k]))
                return false;
        }
    }
    return true;
}

static bool translate_interference(const struct translator *translator,
                                   struct cw_interference *interference)
{
    return !interference->weighed ||
           (translate(translator, &interference->conclusion) &&
            translate_weights(translator, &interference->pro, interference->pro_count) &&
            translate_weights(translator, &interference->contra, interference->contra_count) &&
            translate_suspects(translator, interference) &&
            translate_actions(translator, &interference->settle, interference->settle_count,
                              interference->chinese_settle));
}

static bool translate_finding(const struct translator *translator, struct cw_finding *finding)
{
    const struct cw_wording *wording = &finding->chinese;
    return choose(translator, wording->title, &finding->title) &&
           choose(translator, wording->explanation, &finding->explanation) &&
           choose(translator, wording->confidence_reason, &finding->confidence_reason) &&
           translate_actions(translator, &finding->actions, finding->action_count,
                             wording->actions) &&
           translate_hypotheses(translator, finding) && translate_chain(translator, finding) &&
           translate_interference(translator, &finding->interference) &&
           translate_history(translator, &finding->history);
}

static bool translate_findings(const struct translator *translator, struct cw_report *report)
{
    struct cw_finding *copy =
        copy_items(translator, report->findings, report->finding_count, sizeof(*copy));
    if (!copy)
        return false;
    report->findings = copy;
    for (size_t i = 0; i < report->finding_count; i++) {
        if (!translate_finding(translator, &copy[i]))
            return false;
    }
    return true;
}

/* "KB4534310 rolled back with 0x80070005: title": what stands in front of the title is ours, the
 * title is translated already. */
static bool translate_summary(const struct translator *translator, struct cw_str english_title,
                              struct cw_report *report)
{
    static const struct cw_str undecided = {"Undecided: ", 11};
    struct cw_str head = report->summary;
    if (english_title.len == 0 || !cw_str_ends(head, english_title))
        return translate(translator, &report->summary);
    struct cw_buf text;
    cw_buf_init(&text, CW_LIMIT_RECORD);
    head = cw_str_head(head, head.len - english_title.len);
    if (cw_str_starts(head, undecided)) {
        cw_say(&text, translator->language, CW_SAY("Undecided: "));
        head = cw_str_from(head, undecided.len);
    }
    bool done = translate(translator, &head);
    cw_buf_append(&text, head);
    cw_buf_append(&text, cw_str_head(report->findings[0].title, CW_LIMIT_SUMMARY_TITLE));
    done = done && !text.failed &&
           cw_arena_str(translator->arena, cw_buf_str(&text), &report->summary);
    cw_buf_done(&text);
    return done;
}

static bool translate_coverage(const struct translator *translator, struct cw_report *report)
{
    struct cw_not_read *not_read =
        copy_items(translator, report->not_read, report->not_read_count, sizeof(*report->not_read));
    struct cw_missing *missing =
        copy_items(translator, report->missing, report->missing_count, sizeof(*report->missing));
    struct cw_diagnostic *diagnostics = copy_items(
        translator, report->diagnostics, report->diagnostic_count, sizeof(*report->diagnostics));
    bool done = not_read && missing && diagnostics;
    for (size_t i = 0; i < report->not_read_count && done; i++)
        done = translate(translator, &not_read[i].reason);
    for (size_t i = 0; i < report->missing_count && done; i++)
        done = translate(translator, &missing[i].what) && translate(translator, &missing[i].why) &&
               translate(translator, &missing[i].where);
    for (size_t i = 0; i < report->diagnostic_count && done; i++)
        done = translate(translator, &diagnostics[i].text);
    report->not_read = not_read;
    report->missing = missing;
    report->diagnostics = diagnostics;
    return done;
}

bool cw_report_in_language(const struct cw_report *report, enum cw_language language,
                           struct cw_arena *arena, struct cw_report *ret_report)
{
    const struct translator translator = {language, arena};
    *ret_report = *report;
    if (language == CW_LANGUAGE_EN)
        return true;
    struct cw_str title = report->finding_count ? report->findings[0].title : CW_STR_NONE;
    title = cw_str_head(title, CW_LIMIT_SUMMARY_TITLE);
    return translate_findings(&translator, ret_report) &&
           translate_summary(&translator, title, ret_report) &&
           translate_coverage(&translator, ret_report);
}
