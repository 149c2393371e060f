/* Writing HTML in which nothing of a log is markup: all text passes cw_html_text, which also shows
 * control characters and characters that reorder text as \x1b and \u202e. */
#ifndef CW_REPORT_HTML_H
#define CW_REPORT_HTML_H

#include "base/buf.h"
#include "cbswhy/output.h"
#include "report/say.h"

struct cw_html {
    const struct cw_output *output;
    enum cw_language language;
    struct cw_buf out;   /* written out when it is large and at the end */
    struct cw_buf draft; /* see cw_html_draft */
    struct cw_buf clean;
    int status;
};

void cw_html_begin(struct cw_html *html, const struct cw_style *style,
                   const struct cw_output *output);
/* Writes what is left; returns the first failure or 0. Releases memory. */
int cw_html_end(struct cw_html *html);

/* An empty buffer to put text together in; good until the next call. */
struct cw_buf *cw_html_draft(struct cw_html *html);

/* Markup as it is: of our own. */
void cw_html_markup(struct cw_html *html, const char *markup);
/* The same with numbers in it. */
void cw_html_format(struct cw_html *html, const char *format, ...) CW_PRINTF(2, 3);
/* Text, with line ends kept; also for the value of an attribute in double quotes. */
void cw_html_text(struct cw_html *html, struct cw_str text);
void cw_html_say(struct cw_html *html, struct cw_phrase phrase);

/* "<tag class=...>text</tag>"; `open` is the tag with its attributes: "p class=\"x\"". Nothing for
 * an empty text. */
void cw_html_element(struct cw_html *html, const char *open, struct cw_str text);

#endif
