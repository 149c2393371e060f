/* Writing Markdown that stays what it is meant to be, whatever a log says: text of a log can not
 * become a link, a heading, a list, a table, HTML, or the mention of a person.
 *
 * What is quoted stands in code, fenced by more backticks than it holds; running text has every
 * character escaped that CommonMark, or GitHub's and GitLab's additions to it, would act on. The
 * text is put together in blocks; a block that would pass the limit is left out and counted.
 */
#ifndef CW_REPORT_MARKDOWN_H
#define CW_REPORT_MARKDOWN_H

#include "base/buf.h"
#include "cbswhy/output.h"
#include "report/say.h"

enum {
    /* Characters: trackers refuse comments of 32,767 (Jira) to 65,536 (GitHub). */
    CW_MARKDOWN_MOST = 30000,
    /* Of a quoted line. */
    CW_MARKDOWN_QUOTE = 1000
};

struct cw_markdown {
    const struct cw_output *output;
    enum cw_language language;
    struct cw_buf out;   /* the finished blocks */
    struct cw_buf block; /* the one at work */
    struct cw_buf draft; /* see cw_md_draft */
    struct cw_buf clean;
    size_t used; /* characters in `out` */
    size_t most; /* that it may hold for now: what comes later needs its room, too */
    size_t left_out;
};

/* `style` may be NULL. */
void cw_md_begin(struct cw_markdown *md, const struct cw_style *style,
                 const struct cw_output *output);
/* Writes it with a note on what was left out. 0, CW_ERR_NOMEM, or what `output` returned. Releases
 * memory. */
int cw_md_end(struct cw_markdown *md);

/* An empty buffer to put text together in; good until the next call. */
struct cw_buf *cw_md_draft(struct cw_markdown *md);

/* Append to the block: syntax as it is; running text; a code span; lines of code. */
void cw_md_syntax(struct cw_markdown *md, const char *syntax);
void cw_md_text(struct cw_markdown *md, struct cw_str text);
void cw_md_code(struct cw_markdown *md, struct cw_str text);
void cw_md_fence(struct cw_markdown *md, struct cw_str lines);
/* The same below "1. text" or "10. text", as a part of the item. */
void cw_md_fence_in_item(struct cw_markdown *md, struct cw_str lines);
void cw_md_say(struct cw_markdown *md, struct cw_phrase phrase);

/* Ends the block with an empty line. */
void cw_md_close(struct cw_markdown *md);

/* "## Heading" as a block of its own. */
void cw_md_heading(struct cw_markdown *md, struct cw_phrase title);

#endif
