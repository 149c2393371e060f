/* The lines of a SetupAPI text log, one at a time and without memory of the lines before.
 *
 * setupapi.c keeps the state (section, open operations, continuations); what a single line says
 * is decided here, and what the text of a body line says in setupapi_entry.h. All results are
 * slices of what was passed in.
 */
#ifndef CW_LOGS_SETUPAPI_LINE_H
#define CW_LOGS_SETUPAPI_LINE_H

#include "logs/event.h"

enum cw_setupapi_line_kind {
    CW_SETUPAPI_BLANK,
    CW_SETUPAPI_BODY,    /* PREFIX CAT: TEXT [TIME] */
    CW_SETUPAPI_TITLE,   /* >>>  [Title - Instance] */
    CW_SETUPAPI_START,   /* >>>  Section start DATE TIME */
    CW_SETUPAPI_END,     /* <<<  Section end DATE TIME */
    CW_SETUPAPI_STATUS,  /* <<<  [Exit status: SUCCESS] */
    CW_SETUPAPI_BOOT,    /* [Boot Session: DATE TIME] */
    CW_SETUPAPI_HEADER,  /* [Device Install Log] */
    CW_SETUPAPI_BEGIN,   /* [BeginLog] */
    CW_SETUPAPI_ELISION, /* what a publisher puts for lines left out: ... */
    CW_SETUPAPI_OTHER    /* a continuation, a line of the file header, or foreign */
};
enum { CW_SETUPAPI_LINE_KINDS = CW_SETUPAPI_OTHER + 1 };

struct cw_setupapi_line {
    enum cw_setupapi_line_kind kind;
    enum cw_level level;    /* BODY */
    struct cw_str category; /* BODY: "sto"; at most 3 bytes */
    size_t column;          /* BODY: blanks beyond the one that follows "CAT:" */
    struct cw_str text;     /* without prefix, category, indentation, trailing time and blanks;
                               TITLE, STATUS, BOOT: from bracket to bracket */
    cw_time time;           /* START, END, BOOT: CW_TIME_NONE when it can not be read */
    int32_t clock;          /* BODY, OTHER: milliseconds of the day at the line's end, or -1 */
};

/* Classifies a line (without its line end). Lines as Windows writes them, the forms of Microsoft's
 * documentation, and what forums, mail and other tools make of them: quoted, numbered, indented,
 * escaped for Markdown, runs of blanks collapsed. */
void cw_setupapi_line_read(struct cw_str line, struct cw_setupapi_line *ret_line);

/* The line without NUL bytes at its ends: where the power failed, a file system leaves zeros. */
struct cw_str cw_setupapi_without_zeros(struct cw_str line);

/* Title and instance from the text of a TITLE line, split at the first " - ". */
void cw_setupapi_title_read(struct cw_str text, struct cw_str *ret_title,
                            struct cw_str *ret_instance);

/* The status as written and the canonical code, from the text of a STATUS line. `ret_written` is
 * the code's spelling, empty when there is none. */
void cw_setupapi_status_read(struct cw_str text, struct cw_str *ret_status, uint32_t *ret_code,
                             struct cw_str *ret_written);

/* How sure one can be, 0 to 100, that the first bytes of a source belong to such a log. Windows XP
 * and older wrote another grammar under the heading "[SetupAPI Log]", which is not read: 0. */
int cw_setupapi_bid(struct cw_str head);

#endif
