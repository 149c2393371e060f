/* The public analysis: a diagnosis and the renderers. */
#include "cbswhy/analysis.h"

#include <stdlib.h>

#include "base/error.h"
#include "diagnose/diagnosis.h"
#include "report/guarded.h"
#include "report/of_analysis.h"

struct cw_analysis {
    struct cw_diagnosis *diagnosis;
    struct cw_redaction *redaction; /* borrowed, or NULL */
    struct cw_harvest *harvest;     /* for it */
    struct cw_arena arena;          /* of the redacted report */
    struct cw_report redacted;
};

const struct cw_report *cw_analysis_report(const struct cw_analysis *analysis)
{
    return analysis->redaction ? &analysis->redacted : cw_diagnosis_report(analysis->diagnosis);
}

const struct cw_diagnosis *cw_analysis_diagnosis(const struct cw_analysis *analysis)
{
    return analysis->diagnosis;
}

struct cw_redaction *cw_analysis_redaction(const struct cw_analysis *analysis)
{
    return analysis->redaction;
}

int cw_analysis_new(const struct cw_rules *rules, struct cw_analysis **ret_analysis,
                    struct cw_error *error)
{
    struct cw_analysis *analysis = calloc(1, sizeof(*analysis));
    if (!analysis)
        return cw_fail_nomem(error);
    int status = cw_diagnosis_new(rules, &analysis->diagnosis, error);
    if (status < 0) {
        free(analysis);
        return status;
    }
    cw_arena_init(&analysis->arena, 0);
    *ret_analysis = analysis;
    return CW_OK;
}

void cw_analysis_free(struct cw_analysis *analysis)
{
    if (!analysis)
        return;
    cw_diagnosis_free(analysis->diagnosis);
    cw_harvest_free(analysis->harvest);
    cw_arena_done(&analysis->arena);
    free(analysis);
}

int cw_analysis_set_redaction(struct cw_analysis *analysis, struct cw_redaction *redaction,
                              struct cw_error *error)
{
    const struct cw_harvest_sink sink = cw_redaction_sink(redaction);
    int status = cw_redaction_begin(redaction, cw_diagnosis_rules(analysis->diagnosis), error);
    if (status == CW_OK)
        status = cw_harvest_new(&sink, &analysis->harvest, error);
    if (status < 0)
        return status;
    cw_diagnosis_harvest(analysis->diagnosis, analysis->harvest);
    analysis->redaction = redaction;
    return CW_OK;
}

int cw_analysis_set_encoding(struct cw_analysis *analysis, const char *encoding,
                             struct cw_error *error)
{
    enum cw_encoding found;
    int status = cw_codepage_by_name(encoding, &found, error);
    if (status == CW_OK)
        cw_diagnosis_encoding(analysis->diagnosis, found);
    return status;
}

void cw_analysis_set_progress(struct cw_analysis *analysis, const struct cw_progress_sink *sink)
{
    cw_diagnosis_watch(analysis->diagnosis, sink);
}

int cw_analysis_set_trial(struct cw_analysis *analysis, const char *cause, struct cw_error *error)
{
    return cw_diagnosis_try(analysis->diagnosis, cw_str_c(cause), error);
}

int cw_encoding_check(const char *encoding, struct cw_error *error)
{
    enum cw_encoding found;
    return cw_codepage_by_name(encoding, &found, error);
}

int cw_analysis_add(struct cw_analysis *analysis, const char *path, struct cw_error *error)
{
    return cw_diagnosis_add(analysis->diagnosis, path, error);
}

int cw_analysis_finish(struct cw_analysis *analysis, struct cw_error *error)
{
    int status = cw_diagnosis_finish(analysis->diagnosis, error);
    if (status == CW_OK && analysis->redaction)
        status = cw_harvest_failure(analysis->harvest, error);
    if (status == CW_OK && analysis->redaction)
        status = cw_redaction_report(analysis->redaction, cw_diagnosis_report(analysis->diagnosis),
                                     &analysis->arena, &analysis->redacted, error);
    return status;
}

int cw_analysis_has_root_cause(const struct cw_analysis *analysis)
{
    const struct cw_report *report = cw_analysis_report(analysis);
    return report->finding_count > 0 && report->findings[0].role == CW_ROLE_ROOT_CAUSE;
}

int cw_analysis_has_findings(const struct cw_analysis *analysis)
{
    return cw_analysis_report(analysis)->finding_count > 0;
}

int cw_analysis_is_partial(const struct cw_analysis *analysis)
{
    return cw_diagnosis_is_partial(analysis->diagnosis);
}

int cw_analysis_write(const struct cw_analysis *analysis, enum cw_report_format format,
                      const struct cw_style *style, const struct cw_output *output,
                      struct cw_error *error)
{
    const struct cw_renderer *renderer = cw_renderer_of(format);
    if (!renderer->write)
        return cw_fail(error, CW_ERR_UNSUPPORTED, "the format '%s' is written in a batch",
                       renderer->name);
    return cw_render_guarded(renderer, cw_analysis_report(analysis), style, analysis->redaction,
                             output, error);
}
