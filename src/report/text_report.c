#include "report/text_report.h"

#include "report/text_sections.h"

/* The findings that the first screen is not about; those that recovered stand apart. */
static void write_others(struct cw_text *text, const struct cw_report *report, bool recovered)
{
    const struct cw_finding *main_finding = cw_report_main_finding(report);
    bool headed = false;
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct cw_finding *finding = &report->findings[i];
        if (finding == main_finding || (finding->role == CW_ROLE_RECOVERED) != recovered)
            continue;
        if (!headed)
            cw_text_heading(text, recovered ? CW_SAY("Failures that a later attempt made good")
                                            : CW_SAY("Further findings"));
        headed = true;
        cw_text_brief(text, report, i);
        if (text->verbose)
            cw_text_details(text, report, finding);
    }
}

int cw_report_text(const struct cw_report *report, const struct cw_style *style,
                   const struct cw_output *output, struct cw_error *error)
{
    struct cw_text text;
    const struct cw_finding *main_finding = cw_report_main_finding(report);
    cw_text_begin(&text, style, output);
    cw_text_answer(&text, report);
    if (main_finding)
        cw_text_details(&text, report, main_finding);
    write_others(&text, report, false);
    write_others(&text, report, true);
    cw_text_coverage(&text, report);
    return cw_renderer_done(cw_text_end(&text), error);
}

int cw_batch_text(struct cw_batch *batch, const char *input, const struct cw_report *report,
                  struct cw_error *error)
{
    struct cw_text text;
    const struct cw_paragraph name = {.label = CW_STR("==="), .hang = 4, .tone = CW_TONE_STRONG};
    cw_text_begin(&text, batch->style, batch->output);
    if (batch->inputs)
        cw_text_blank(&text);
    if (*input) {
        cw_text_paragraph(&text, &name, cw_str_c(input));
        cw_text_blank(&text);
    }
    int status = cw_renderer_done(cw_text_end(&text), error);
    return status < 0 ? status : cw_report_text(report, batch->style, batch->output, error);
}
