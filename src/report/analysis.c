/* The public analysis: a diagnosis and the renderers. */
#include "cbswhy/analysis.h"

#include "base/error.h"
#include "diagnose/diagnosis.h"
#include "report/of_analysis.h"
#include "report/renderer.h"

/* An analysis is a diagnosis under its public name; nothing is added. */
static struct cw_diagnosis *inner(struct cw_analysis *analysis)
{
    return (struct cw_diagnosis *)(void *)analysis;
}

const struct cw_report *cw_analysis_report(const struct cw_analysis *analysis)
{
    return cw_diagnosis_report((const struct cw_diagnosis *)(const void *)analysis);
}

int cw_analysis_new(const struct cw_rules *rules, struct cw_analysis **ret_analysis,
                    struct cw_error *error)
{
    struct cw_diagnosis *diagnosis;
    int status = cw_diagnosis_new(rules, &diagnosis, error);
    if (status == CW_OK)
        *ret_analysis = (struct cw_analysis *)(void *)diagnosis;
    return status;
}

void cw_analysis_free(struct cw_analysis *analysis)
{
    cw_diagnosis_free(inner(analysis));
}

int cw_analysis_set_encoding(struct cw_analysis *analysis, const char *encoding,
                             struct cw_error *error)
{
    enum cw_encoding found;
    int status = cw_codepage_by_name(encoding, &found, error);
    if (status == CW_OK)
        cw_diagnosis_encoding(inner(analysis), found);
    return status;
}

void cw_analysis_set_progress(struct cw_analysis *analysis, const struct cw_progress_sink *sink)
{
    cw_diagnosis_watch(inner(analysis), sink);
}

int cw_analysis_set_trial(struct cw_analysis *analysis, const char *cause, struct cw_error *error)
{
    return cw_diagnosis_try(inner(analysis), cw_str_c(cause), error);
}

int cw_encoding_check(const char *encoding, struct cw_error *error)
{
    enum cw_encoding found;
    return cw_codepage_by_name(encoding, &found, error);
}

int cw_analysis_add(struct cw_analysis *analysis, const char *path, struct cw_error *error)
{
    return cw_diagnosis_add(inner(analysis), path, error);
}

int cw_analysis_finish(struct cw_analysis *analysis, struct cw_error *error)
{
    return cw_diagnosis_finish(inner(analysis), error);
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
    return cw_diagnosis_is_partial((const struct cw_diagnosis *)(const void *)analysis);
}

int cw_analysis_write(const struct cw_analysis *analysis, enum cw_report_format format,
                      const struct cw_style *style, const struct cw_output *output,
                      struct cw_error *error)
{
    const struct cw_renderer *renderer = cw_renderer_of(format);
    if (!renderer->write)
        return cw_fail(error, CW_ERR_UNSUPPORTED, "the format '%s' is written in a batch",
                       renderer->name);
    return cw_render(renderer, cw_analysis_report(analysis), style, output, error);
}
