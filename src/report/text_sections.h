/* The parts that the text report is put together from. */
#ifndef CW_REPORT_TEXT_SECTIONS_H
#define CW_REPORT_TEXT_SECTIONS_H

#include "report/facts.h"
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
void cw_text_heading(struct cw_text *text, struct cw_phrase title);
/* A labelled paragraph in the column that all labels share. `most` is for 80 columns; a narrower
 * terminal gets more lines. */
void cw_text_field(struct cw_text *text, struct cw_phrase label, size_t most, struct cw_str body);
/* The same with `most` in lines of this terminal; the cut does not hide `keep`, a part of `body`.
 */
void cw_text_field_keeping(struct cw_text *text, struct cw_phrase label, size_t most,
                           struct cw_str body, struct cw_str keep);
/* The same for sentences of ours. */
void cw_text_field_prose(struct cw_text *text, struct cw_phrase label, size_t most,
                         struct cw_str body, struct cw_str keep);
/* Lines that the body of such a field takes when nothing limits it. */
size_t cw_text_field_lines(struct cw_text *text, struct cw_str body);
/* `lines` of 80 columns in lines of this terminal. */
size_t cw_text_scale(const struct cw_text *text, size_t lines);

/* text_answer.c: the first screen */
void cw_text_answer(struct cw_text *text, const struct cw_report *report);

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

/* text_tree.c: the failing section, for who asks for it */
void cw_text_tree(struct cw_text *text, const struct cw_report *report,
                  const struct cw_section_tree *tree);

/* text_details.c: everything that is known about one finding, or only its essence */
void cw_text_details(struct cw_text *text, const struct cw_report *report,
                     const struct cw_finding *finding);
void cw_text_brief(struct cw_text *text, const struct cw_report *report, size_t index);

/* The steps, numbered, `indent` columns from the left. */
void cw_text_actions(struct cw_text *text, size_t indent, const struct cw_action *actions,
                     size_t count);

/* text_interference.c: who may have refused a write */
void cw_text_interference(struct cw_text *text, const struct cw_report *report,
                          const struct cw_interference *interference);

/* text_coverage.c: what was read and what was not */
void cw_text_coverage(struct cw_text *text, const struct cw_report *report);

#endif
