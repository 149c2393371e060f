/* Text for XML. */
#ifndef CW_BASE_XML_H
#define CW_BASE_XML_H

#include "base/buf.h"

/* Appends `text` for an element or an attribute in double quotes: what means something is escaped,
 * what XML can not hold - control characters, bytes that are no UTF-8, U+FFFE and U+FFFF - stands
 * as U+FFFD. False when the buffer refuses. */
bool cw_xml_text(struct cw_buf *out, struct cw_str text);

/* The way back: appends what a text or an attribute of a document says. What is no reference to a
 * character, or to one that XML can not hold, stays as it is. False when the buffer refuses. */
bool cw_xml_plain(struct cw_buf *out, struct cw_str text);

#endif
