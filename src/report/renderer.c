#include "report/renderer.h"

#include "base/error.h"
#include "base/limits.h"
#include "report/case_report.h"
#include "report/html_report.h"
#include "report/in_language.h"
#include "report/json_report.h"
#include "report/junit_report.h"
#include "report/markdown_report.h"
#include "report/ndjson_report.h"
#include "report/sarif_report.h"
#include "report/text_report.h"

static const struct cw_renderer renderers[CW_FORMATS] = {
    [CW_FORMAT_TEXT] = {"text", false, cw_report_text, cw_batch_text, NULL},
    [CW_FORMAT_JSON] = {"json", true, cw_report_json, NULL, NULL},
    [CW_FORMAT_NDJSON] = {"ndjson", true, NULL, cw_batch_ndjson, cw_batch_ndjson_end},
    [CW_FORMAT_MARKDOWN] = {"markdown", false, cw_report_markdown, NULL, NULL},
    [CW_FORMAT_CASE] = {"case", false, cw_report_case, NULL, NULL},
    [CW_FORMAT_HTML] = {"html", false, cw_report_html, NULL, NULL},
    [CW_FORMAT_SARIF] = {"sarif", true, cw_report_sarif, NULL, NULL},
    [CW_FORMAT_JUNIT] = {"junit", true, NULL, cw_batch_junit, cw_batch_junit_end},
};

const struct cw_renderer *cw_renderer_of(enum cw_report_format format)
{
    return &renderers[format];
}

const char *cw_format_name(enum cw_report_format format)
{
    return renderers[format].name;
}

int cw_format_is_batch(enum cw_report_format format)
{
    return renderers[format].write == NULL;
}

/* Makes `ret_report` what the renderer is to be given. */
static int translate(const struct cw_renderer *renderer, const struct cw_style *style,
                     const struct cw_report *report, struct cw_arena *arena,
                     struct cw_report *ret_report, struct cw_error *error)
{
    enum cw_language language =
        style && !renderer->stays_english ? style->language : CW_LANGUAGE_EN;
    cw_arena_init(arena, 2 * (size_t)CW_LIMIT_CASE_BYTES);
    return cw_report_in_language(report, language, arena, ret_report) ? CW_OK
                                                                      : cw_fail_nomem(error);
}

int cw_render(const struct cw_renderer *renderer, const struct cw_report *report,
              const struct cw_style *style, const struct cw_output *output, struct cw_error *error)
{
    struct cw_arena arena;
    struct cw_report translated;
    int status = translate(renderer, style, report, &arena, &translated, error);
    if (status == CW_OK)
        status = renderer->write(&translated, style, output, error);
    cw_arena_done(&arena);
    return status;
}

int cw_render_in_batch(struct cw_batch *batch, const char *input, const struct cw_report *report,
                       struct cw_error *error)
{
    struct cw_arena arena;
    struct cw_report translated;
    int status = translate(batch->renderer, batch->style, report, &arena, &translated, error);
    if (status == CW_OK)
        status = batch->renderer->add(batch, input, &translated, error);
    cw_arena_done(&arena);
    return status;
}

int cw_renderer_done(int status, struct cw_error *error)
{
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    return status < 0 ? cw_fail(error, status, "the report could not be written") : CW_OK;
}
