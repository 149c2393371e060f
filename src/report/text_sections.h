/* The parts that the text report is put together from. */
#ifndef CW_REPORT_TEXT_SECTIONS_H
#define CW_REPORT_TEXT_SECTIONS_H

#include "diagnose/finding.h"
#include "report/text_layout.h"

enum {
    /* Lines of the terminal that the answer has to fit on, less one for the prompt. */
    CW_SCREEN_LINES = 23,
    /* Where the text of a field begins: behind the longest label, "Contributing", and a blank. */
    CW_FIELD_HANG = 13
};

/* text_parts.c: what several sections need */

/* A blank line and a heading. */
void cw_text_heading(struct cw_text *text, const char *title);
/* A labelled paragraph in the column that all labels share. `most` is for 80 columns; a narrower
 * terminal gets more lines. */
void cw_text_field(struct cw_text *text, const char *label, size_t most, struct cw_str body);
/* "2024-09-10 10:44:45.973", or "time unknown". */
void cw_text_put_time(struct cw_buf *buf, cw_time time);
/* "2024-09-10 10:22:51 to 2024-09-10 10:44:48", or nothing when both are unknown. */
void cw_text_put_span(struct cw_buf *buf, cw_time first, cw_time last);
/* "C:\logs\setupapi.dev.log:14-16  2024-09-10 10:44:45.973" */
void cw_text_put_place(struct cw_buf *buf, const struct cw_report *report,
                       const struct cw_chain_item *item);
/* "0x80070005 E_ACCESSDENIED: Access is denied." */
void cw_text_put_code(struct cw_buf *buf, uint32_t code);
/* The items with `separator` between them. */
void cw_text_put_list(struct cw_buf *buf, const struct cw_strings *strings, const char *separator);
/* "1 line", "3 lines" */
void cw_text_put_count(struct cw_buf *buf, uint64_t count, const char *one, const char *many);
/* "service", "registry key": what a person calls the entity. */
const char *cw_text_entity_label(enum cw_entity entity);

/* The line to quote for a finding: its first cause, else the first of its chain, else NULL. */
const struct cw_chain_item *cw_finding_proof(const struct cw_finding *finding);
/* The part of the proof that shows the error code; empty when it holds none. */
struct cw_str cw_finding_proof_code(const struct cw_finding *finding,
                                    const struct cw_chain_item *item);

/* text_answer.c: the first screen */
void cw_text_answer(struct cw_text *text, const struct cw_report *report);
/* The finding that the first screen is about, or NULL. */
const struct cw_finding *cw_report_main_finding(const struct cw_report *report);

/* text_details.c: everything that is known about one finding, or only its essence */
void cw_text_details(struct cw_text *text, const struct cw_report *report,
                     const struct cw_finding *finding);
void cw_text_brief(struct cw_text *text, const struct cw_report *report, size_t index);

/* text_coverage.c: what was read and what was not */
void cw_text_coverage(struct cw_text *text, const struct cw_report *report);

#endif
