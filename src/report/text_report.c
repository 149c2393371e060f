#include "report/text_report.h"

#include "base/error.h"
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
            cw_text_heading(text, recovered ? "Failures that a later attempt made good"
                                            : "Further findings");
        headed = true;
        cw_text_brief(text, report, i);
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
    int status = cw_text_end(&text);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    return status < 0 ? cw_fail(error, status, "the report could not be written") : CW_OK;
}
