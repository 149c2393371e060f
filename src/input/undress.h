/* Takes off what people and programs put around a line of a log when they pass it on: colours of a
 * terminal, tags and entities of HTML, escapes of Markdown, marks of quoted mail, tags of another
 * program's log.
 *
 * Nothing here knows the logs. What is left may still carry a bullet or a number: only who knows
 * what a line of a log looks like can tell where it begins.
 */
#ifndef CW_INPUT_UNDRESS_H
#define CW_INPUT_UNDRESS_H

#include "base/buf.h"
#include "base/cursor.h"

/* True for a line that no log holds as it is: it has colours, tags or escapes in its text. */
bool cw_undress_is_marked_up(struct cw_str line);

/* True for a line whose names have escapes in them, when its text is known to be escaped. */
bool cw_undress_has_escapes(struct cw_str line);

/* The same for pages: entities in a line mean something else when its text is known to be that of a
 * page, which one of its lines shows. */
bool cw_undress_has_entities(struct cw_str line);
bool cw_undress_is_page(struct cw_str line);

/* True when the line shows that its text was escaped for Markdown. The escapes of the others can
 * then be taken off too; without such a sign a backslash is one. */
bool cw_undress_is_escaped(struct cw_str line);

/* Appends the line without colours, tags, entities and, when `escaped`, escapes. What breaks a line
 * in HTML becomes a line end. False when the buffer refuses. */
bool cw_undress_markup(struct cw_str line, bool escaped, struct cw_buf *out);

/* Takes a quotation mark of mail, and blanks in front of it. */
bool cw_undress_take_quote_mark(struct cw_cursor *cursor);

/* The line without quotation marks of mail, "Line 12: ", and a tag that ends in "[syslog] ". The
 * three marks in front of a SetupAPI section are no quotation. */
struct cw_str cw_undress_quote(struct cw_str line);

/* The text without the end of what began in front of it: marks of code or emphasis in Markdown, the
 * quotation marks of a table or of a list of strings. */
struct cw_str cw_undress_end(struct cw_str front, struct cw_str text);

/* True for a line that only begins or ends a block of code: ``` or ~~~, with or without a word. */
bool cw_undress_is_fence(struct cw_str line);

#endif
