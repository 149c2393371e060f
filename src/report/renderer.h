/* The formats of a report: one row of a table and one file each. */
#ifndef CW_REPORT_RENDERER_H
#define CW_REPORT_RENDERER_H

#include "cbswhy/analysis.h"
#include "cbswhy/redaction.h"
#include "diagnose/finding.h"
#include "rules/test_results.h"

/* Several reports in one output. */
struct cw_batch {
    const struct cw_renderer *renderer;
    const struct cw_style *style; /* may be NULL */
    const struct cw_output *output;
    size_t inputs;                            /* so far */
    size_t verdicts[3];                       /* so far, by cw_verdict */
    const struct cw_expectation *expectation; /* NULL: none */
    struct cw_redaction *redaction;           /* of the last report; NULL: none */
    struct cw_test_results results;           /* of formats that tell of tests */
};

struct cw_renderer {
    const char *name;
    bool stays_english; /* it is read by machines */
    /* One report. `style` may be NULL. 0, CW_ERR_NOMEM, or what `output` returned. NULL: the format
     * is written in a batch only. */
    int (*write)(const struct cw_report *report, const struct cw_style *style,
                 const struct cw_output *output, struct cw_error *error);
    /* One more report of a batch, of the input that the user calls `input`; and what stands behind
     * the last one. NULL: the format holds one report only. */
    int (*add)(struct cw_batch *batch, const char *input, const struct cw_report *report,
               struct cw_error *error);
    int (*end)(struct cw_batch *batch, struct cw_error *error);
};

const struct cw_renderer *cw_renderer_of(enum cw_report_format format);

/* Calls one of the functions above with the report in the language of `style`. */
int cw_render(const struct cw_renderer *renderer, const struct cw_report *report,
              const struct cw_style *style, const struct cw_output *output, struct cw_error *error);
int cw_render_in_batch(struct cw_batch *batch, const char *input, const struct cw_report *report,
                       struct cw_error *error);

/* What a renderer returns: `status` with its text in `error`. */
int cw_renderer_done(int status, struct cw_error *error);

#endif
