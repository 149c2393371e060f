/* Why a cause holds or not, for who writes rules. */
#include <inttypes.h>

#include "cbswhy/analysis.h"
#include "diagnose/diagnosis.h"
#include "diagnose/infer.h"
#include "report/of_analysis.h"
#include "report/text_layout.h"

enum { PART = 2, DETAIL = 8, TEXT_LINES = 2 };

/* The trial at work. */
struct trial_text {
    struct cw_text text;
    const struct cw_diagnosis *diagnosis;
    const struct cw_trial *trial;
};

static void put_line(struct trial_text *out, size_t indent, const char *label, struct cw_str path,
                     uint64_t line, struct cw_str quote)
{
    const struct cw_paragraph place = {.indent = indent};
    const struct cw_paragraph words = {.indent = indent + 2, .most = TEXT_LINES};
    struct cw_buf *body = cw_text_draft(&out->text);
    (void)cw_buf_printf(body, "%s%.*s:%" PRIu64, label, CW_STR_ARG(path), line);
    cw_text_paragraph(&out->text, &place, cw_buf_str(body));
    cw_text_paragraph(&out->text, &words, quote);
}

static void put_verdict(struct trial_text *out, bool passed, const char *what, struct cw_str name)
{
    const struct cw_paragraph part = {
        .indent = PART,
        .hang = DETAIL,
        .label = passed ? CW_STR("PASS") : CW_STR("FAIL"),
        .label_tone = passed ? CW_TONE_GOOD : CW_TONE_BAD,
    };
    struct cw_buf *body = cw_text_draft(&out->text);
    (void)cw_buf_printf(body, "%s%.*s", what, CW_STR_ARG(name));
    cw_text_paragraph(&out->text, &part, cw_buf_str(body));
}

/* "its component does not fit; its pattern does" */
static void put_misfits(struct trial_text *out, unsigned misfits)
{
    static const struct {
        unsigned bit;
        const char *name;
    } names[] = {{CW_MISFIT_LEVEL, "level"},         {CW_MISFIT_KIND, "kind of event"},
                 {CW_MISFIT_COMPONENT, "component"}, {CW_MISFIT_OPERATION, "innermost operation"},
                 {CW_MISFIT_WITHIN, "operations"},   {CW_MISFIT_SECTION, "section"},
                 {CW_MISFIT_PATTERN, "pattern"}};
    const struct cw_paragraph part = {.indent = DETAIL + 2};
    struct cw_buf *body = cw_text_draft(&out->text);
    (void)cw_buf_append(body, CW_STR("what does not fit: "));
    unsigned listed = 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (misfits & names[i].bit)
            (void)cw_buf_printf(body, "%s%s", listed++ ? ", " : "", names[i].name);
    }
    cw_text_paragraph(&out->text, &part, cw_buf_str(body));
}

static void put_note(struct trial_text *out, const char *note)
{
    const struct cw_paragraph part = {.indent = DETAIL};
    cw_text_paragraph(&out->text, &part, cw_str_c(note));
}

/* What there is of a signal that this failure has not. */
static void put_absent(struct trial_text *out, const struct cw_signal *signal)
{
    const struct cw_trial_signal *tried = cw_trial_find(out->trial, signal);
    if (tried->seen)
        put_line(out, DETAIL, "seen elsewhere: ", tried->first.path, tried->first.line,
                 tried->first.text);
    if (tried->missed) {
        put_line(out, DETAIL, "nearest: ", tried->nearest.path, tried->nearest.line,
                 tried->nearest.text);
        put_misfits(out, tried->misfits);
    }
    if (!tried->seen && !tried->missed)
        put_note(out, "no line of these logs has its literal");
}

static void put_match(struct trial_text *out, const struct cw_signal_match *match)
{
    const struct cw_report *report = cw_diagnosis_report(out->diagnosis);
    put_line(out, DETAIL, "", report->sources[match->evidence.source].path, match->evidence.line,
             match->evidence.text);
}

static void put_all(struct trial_text *out, const struct cw_verdict_parts *parts)
{
    const struct cw_cause *cause = out->trial->cause;
    for (size_t i = 0; i < cause->all_count; i++) {
        put_verdict(out, parts->all[i], "all: ", cause->all[i]->id);
        if (parts->all[i])
            put_match(out, parts->all[i]);
        else
            put_absent(out, cause->all[i]);
    }
}

static void put_any(struct trial_text *out, const struct cw_verdict_parts *parts)
{
    const struct cw_cause *cause = out->trial->cause;
    bool seen = false;
    for (size_t i = 0; i < cause->any_count; i++)
        seen |= parts->any[i] != NULL;
    if (cause->any_count)
        put_verdict(out, seen, "any", CW_STR_NONE);
    for (size_t i = 0; i < cause->any_count; i++) {
        put_note(out, cause->any[i]->id.ptr);
        if (parts->any[i])
            put_match(out, parts->any[i]);
        else if (!seen)
            put_absent(out, cause->any[i]);
    }
}

static void put_none(struct trial_text *out, const struct cw_verdict_parts *parts)
{
    const struct cw_cause *cause = out->trial->cause;
    for (size_t i = 0; i < cause->none_count; i++) {
        bool seen = parts->excluded && parts->excluded->signal == cause->none[i];
        put_verdict(out, !seen, "none: ", cause->none[i]->id);
        if (seen)
            put_match(out, parts->excluded);
    }
}

static void put_codes(struct trial_text *out, const struct cw_verdict_parts *parts)
{
    const struct cw_cause *cause = out->trial->cause;
    struct cw_buf codes;
    char code[CW_CODE_TEXT];
    if (cause->code_count == 0)
        return;
    cw_buf_init(&codes, 4096);
    for (size_t i = 0; i < cause->code_count; i++)
        (void)cw_buf_printf(&codes, "%s%s", i ? ", " : "", cw_code_text(cause->codes[i], code));
    put_verdict(out, parts->code_fits, "code: ", cw_buf_str(&codes));
    cw_buf_done(&codes);
}

static void put_conclusion(struct trial_text *out, const struct cw_verdict_parts *parts)
{
    const struct cw_paragraph part = {.indent = PART};
    struct cw_buf *body = cw_text_draft(&out->text);
    if (!parts->holds)
        (void)cw_buf_append(body, CW_STR("=> does not hold"));
    else if (parts->is_root)
        (void)cw_buf_append(body, CW_STR("=> holds, and is the root cause"));
    else if (parts->explained_by)
        (void)cw_buf_printf(body, "=> holds, and is explained by %.*s",
                            CW_STR_ARG(parts->explained_by->id));
    else
        (void)cw_buf_append(body, CW_STR("=> holds beside another root cause"));
    cw_text_paragraph(&out->text, &part, cw_buf_str(body));
}

static void put_incident(struct trial_text *out, const struct cw_incident *incident, size_t number)
{
    static const char *const outcomes[] = {"undecided", "ended well", "failed", "was overcome"};
    const struct cw_paragraph heading = {.tone = CW_TONE_STRONG};
    const struct cw_report *report = cw_diagnosis_report(out->diagnosis);
    struct cw_incident_place place = cw_incident_place(incident);
    char time[CW_TIME_TEXT];
    cw_text_blank(&out->text);
    struct cw_buf *body = cw_text_draft(&out->text);
    (void)cw_buf_printf(body, "Failure %zu: %s, %.*s:%" PRIu64 "-%" PRIu64, number,
                        outcomes[incident->outcome], CW_STR_ARG(report->sources[place.source].path),
                        place.first_line, place.last_line);
    if (incident->start != CW_TIME_NONE)
        (void)cw_buf_printf(body, ", %s", cw_time_text(incident->start, time));
    cw_text_paragraph(&out->text, &heading, cw_buf_str(body));
}

static bool put_trial(struct trial_text *out, struct cw_arena *scratch)
{
    const struct cw_incidents *incidents = cw_diagnosis_incidents(out->diagnosis);
    const struct cw_cause *cause = out->trial->cause;
    const struct cw_paragraph title = {.hang = 0};
    struct cw_buf *body = cw_text_draft(&out->text);
    (void)cw_buf_printf(body, "%.*s: %.*s", CW_STR_ARG(cause->id), CW_STR_ARG(cause->title));
    cw_text_paragraph(&out->text, &title, cw_buf_str(body));
    for (size_t i = 0; i < incidents->count; i++) {
        struct cw_verdict_parts parts;
        if (!cw_infer_parts(cw_diagnosis_rules(out->diagnosis), &incidents->items[i], cause,
                            scratch, &parts))
            return false;
        put_incident(out, &incidents->items[i], i + 1);
        put_all(out, &parts);
        put_any(out, &parts);
        put_codes(out, &parts);
        put_none(out, &parts);
        put_conclusion(out, &parts);
    }
    if (incidents->count)
        return true;
    cw_text_blank(&out->text);
    put_note(out, "There is no failure in these logs to which the cause could belong.");
    for (size_t i = 0; i < out->trial->count; i++) {
        put_verdict(out, false, "", out->trial->signals[i].signal->id);
        put_absent(out, out->trial->signals[i].signal);
    }
    return true;
}

int cw_diagnosis_write_trial(const struct cw_diagnosis *diagnosis, const struct cw_style *style,
                             const struct cw_output *output, struct cw_error *error)
{
    struct trial_text out = {.diagnosis = diagnosis};
    struct cw_arena scratch = {0};
    out.trial = cw_diagnosis_trial(out.diagnosis);
    cw_text_begin(&out.text, style, output);
    bool done = put_trial(&out, &scratch);
    int status = cw_text_end(&out.text);
    cw_arena_done(&scratch);
    if (!done)
        return cw_fail_nomem(error);
    return status < 0 ? cw_fail(error, status, "the report could not be written") : CW_OK;
}

int cw_analysis_write_trial(const struct cw_analysis *analysis, const struct cw_style *style,
                            const struct cw_output *output, struct cw_error *error)
{
    if (cw_analysis_redaction(analysis))
        return cw_fail(error, CW_ERR_UNSUPPORTED, "a trial of a rule is not redacted");
    return cw_diagnosis_write_trial(cw_analysis_diagnosis(analysis), style, output, error);
}
