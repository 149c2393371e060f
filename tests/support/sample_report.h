/* A report made by hand: one root cause, one failure that recovered, remarks of every kind. */
#ifndef CW_TESTS_SAMPLE_REPORT_H
#define CW_TESTS_SAMPLE_REPORT_H

#include "diagnose/finding.h"

struct sample {
    struct cw_arena arena;
    struct cw_source_report sources[2];
    struct cw_chain_item chain[3];
    struct cw_chain_item old_chain[1];
    struct cw_action actions[3];
    struct cw_action settle[1];
    struct cw_hypothesis hypotheses[1];
    struct cw_finding findings[2];
    struct cw_not_read not_read[1];
    struct cw_missing missing[1];
    struct cw_diagnostic diagnostics[1];
    struct cw_report report;
};

/* Adds to one of the sample's lists. */
void sample_add(struct sample *sample, struct cw_strings *strings, const char *text);

/* For cmocka: `*state` becomes a fresh sample. */
int sample_set_up(void **state);
int sample_tear_down(void **state);

#endif
