/* The text of a source, whatever it is kept in: events of an event log become XML, UTF-16 becomes
 * UTF-8, and an export of events gets its line ends.
 */
#ifndef CW_INPUT_TEXT_H
#define CW_INPUT_TEXT_H

#include "input/decode.h"

struct cw_text {
    struct cw_source *events; /* of an event log, or NULL; borrows the source */
    struct cw_source *plain;  /* 8-bit text; borrows that */
    struct cw_source *lines;  /* to be read; borrows that */
};

/* `source` is borrowed and nothing of it was read; `encoding` as in cw_source_decode(). Close it
 * also after a failure. */
int cw_text_open(struct cw_text *text, struct cw_source *source, enum cw_encoding encoding,
                 struct cw_error *error);
void cw_text_close(struct cw_text *text);

#endif
