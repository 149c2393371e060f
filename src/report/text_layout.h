/* Laying out text for a terminal: paragraphs with a label and a hanging indent, wrapped by display
 * width.
 *
 * This is the one gate between the bytes of a log and a terminal. Everything that passes is valid
 * UTF-8 without control characters and without characters that reorder or hide text; those are
 * shown as \x1b or \u202e, bytes that are not UTF-8 as U+FFFD. Escape sequences are written by the
 * layout itself and by nobody else.
 */
#ifndef CW_REPORT_TEXT_LAYOUT_H
#define CW_REPORT_TEXT_LAYOUT_H

#include "base/buf.h"
#include "cbswhy/output.h"

enum cw_tone {
    CW_TONE_PLAIN,
    CW_TONE_STRONG,
    CW_TONE_FAINT,
    CW_TONE_BAD,
    CW_TONE_GOOD,
    CW_TONE_WARN
};

struct cw_text {
    const struct cw_output *output;
    bool colour;
    bool verbose;
    enum cw_language language;
    size_t width;        /* columns, 20 to 200 */
    size_t lines;        /* written so far */
    struct cw_buf out;   /* written out when it is large and at the end */
    struct cw_buf draft; /* see cw_text_draft */
    struct cw_buf clean; /* the body of the paragraph at work, safe to print */
    int status;          /* the first failure, 0 = none; nothing is written after it */
};

/* How a paragraph is set. All zero: from column 0, any number of lines. */
struct cw_paragraph {
    size_t indent;       /* columns before the label */
    size_t hang;         /* column at which the body's lines begin; less below 60 */
    struct cw_str label; /* beside the first line, or above it when it is too wide */
    enum cw_tone label_tone;
    enum cw_tone tone;
    size_t most;        /* lines of the body, the last one cut with an ellipsis; 0 = any number */
    struct cw_str keep; /* a part of the body that the cut must not hide; may be empty */
    bool prose;         /* sentences, not a quotation: the cut falls behind a clause or a word */
};

/* `style` may be NULL: 80 columns, no colour, English. */
void cw_text_begin(struct cw_text *text, const struct cw_style *style,
                   const struct cw_output *output);
/* Writes what is left; returns the first failure or 0. Releases memory. */
int cw_text_end(struct cw_text *text);

/* An empty buffer to put a paragraph's body together in; good until the next call. When an append
 * fails, cw_text_paragraph notices. */
struct cw_buf *cw_text_draft(struct cw_text *text);

/* Line ends in `body` are kept, or become blanks when `most` is set. An empty body still shows its
 * label. */
void cw_text_paragraph(struct cw_text *text, const struct cw_paragraph *paragraph,
                       struct cw_str body);

/* The lines that `body` takes, whatever `most` says. */
size_t cw_text_measure(struct cw_text *text, const struct cw_paragraph *paragraph,
                       struct cw_str body);

/* One line, never wrapped or cut: for what will be copied. */
void cw_text_verbatim(struct cw_text *text, size_t indent, struct cw_str body);

void cw_text_blank(struct cw_text *text);

/* Columns that a character takes: 0 combining, 2 East Asian wide, else 1. */
unsigned cw_point_columns(uint32_t point);

/* Columns of a string that is safe already. */
size_t cw_columns(struct cw_str safe);

/* Appends `bytes` made safe. Line ends stay when `keep_line_ends`, else they are blanks; tabs are
 * blanks. False when the buffer refuses. */
bool cw_text_escape(struct cw_buf *buf, struct cw_str bytes, bool keep_line_ends);

#endif
