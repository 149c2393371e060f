/* The parts that the text report is put together from. */
#ifndef CW_REPORT_TEXT_SECTIONS_H
#define CW_REPORT_TEXT_SECTIONS_H

#include "diagnose/finding.h"
#include "report/text_layout.h"

enum {
    /* Lines of the terminal that the answer has to fit on, less one for the prompt. */
    CW_SCREEN_LINES = 23,
    /* The width it is laid out for; on a narrower terminal it takes as much more lines. */
    CW_SCREEN_WIDTH = 80,
    /* Where the text of a field begins: behind the longest label, "Confidence", and a blank. */
    CW_FIELD_HANG = 11
};

/* The first screen at work. */
struct cw_screen {
    struct cw_text *text;
    const struct cw_report *report;
    const struct cw_finding *finding;
    char date[CW_TIME_TEXT]; /* said once, not beside each time: "2024-09-10"; may be empty */
};

/* text_parts.c: what several sections need */

/* A blank line and a heading. */
void cw_text_heading(struct cw_text *text, const char *title);
/* A labelled paragraph in the column that all labels share. `most` is for 80 columns; a narrower
 * terminal gets more lines. */
void cw_text_field(struct cw_text *text, const char *label, size_t most, struct cw_str body);
/* The same with `most` in lines of this terminal; the cut does not hide `keep`, a part of `body`.
 */
void cw_text_field_keeping(struct cw_text *text, const char *label, size_t most, struct cw_str body,
                           struct cw_str keep);
/* Lines that the body of such a field takes when nothing limits it. */
size_t cw_text_field_lines(struct cw_text *text, struct cw_str body);
/* `lines` of 80 columns in lines of this terminal. */
size_t cw_text_scale(const struct cw_text *text, size_t lines);
/* "2024-09-10 10:44:45.973", or "time unknown". */
void cw_text_put_time(struct cw_buf *buf, cw_time time);
/* "2024-09-10 10:22:51 to 2024-09-10 10:44:48", or nothing when both are unknown. */
void cw_text_put_span(struct cw_buf *buf, cw_time first, cw_time last);
/* "2024-09-10", or nothing. */
void cw_text_put_date(struct cw_buf *buf, cw_time time);
/* "C:\logs\setupapi.dev.log:14-16  2024-09-10 10:44:45.973"; "by" stands before the time of a line
 * that has none of its own. */
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
/* The part of the proof that shows the error code, with the words that introduce it; empty when it
 * holds none. */
struct cw_str cw_finding_proof_code(const struct cw_finding *finding,
                                    const struct cw_chain_item *item);
/* The words that begin at most 12 bytes before `at`, up to `end`. */
struct cw_str cw_str_with_words_before(struct cw_str text, size_t at, size_t end);

/* text_answer.c: the first screen */
void cw_text_answer(struct cw_text *text, const struct cw_report *report);
/* The finding that the first screen is about, or NULL. */
const struct cw_finding *cw_report_main_finding(const struct cw_report *report);

/* text_course.c: what followed from the proof, a line for each item */

/* "setupapi.dev.log:16": the base name where it says which log is meant. */
void cw_screen_put_place(struct cw_buf *buf, const struct cw_screen *screen,
                         const struct cw_chain_item *item);
/* "10:44:45", "by 10:44:45", or with the date when it is not the screen's. */
void cw_screen_put_clock(struct cw_buf *buf, const struct cw_screen *screen,
                         const struct cw_chain_item *item);
/* The most important items that fit in front of `reserved` lines. */
void cw_screen_course(const struct cw_screen *screen, size_t reserved);

/* text_steps.c: what to do next */

/* Lines that the steps need to be worth reading. */
size_t cw_screen_steps_reserve(const struct cw_screen *screen);
void cw_screen_steps(const struct cw_screen *screen);

/* text_no_finding.c: the first screen when nothing failed, or nobody can tell */
void cw_text_no_finding(struct cw_text *text, const struct cw_report *report);
/* What would decide a verdict that the logs leave open. */
void cw_text_undecided(struct cw_text *text, const struct cw_report *report);

/* text_details.c: everything that is known about one finding, or only its essence */
void cw_text_details(struct cw_text *text, const struct cw_report *report,
                     const struct cw_finding *finding);
void cw_text_brief(struct cw_text *text, const struct cw_report *report, size_t index);

/* text_coverage.c: what was read and what was not */
void cw_text_coverage(struct cw_text *text, const struct cw_report *report);

#endif
