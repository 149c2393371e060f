/* Exported events as XML: one element an event. For export_shape.c. */
#ifndef CW_LOGS_EXPORT_XML_H
#define CW_LOGS_EXPORT_XML_H

#include "logs/export_shape.h"

/* How many events begin in the head of a source; 0 when these are no events of Windows. */
unsigned cw_export_xml_count(struct cw_str head);

/* Whether an event begins in this line. */
bool cw_export_xml_begins(struct cw_str line);

/* The fields of the first event in `lines`. The message, and the title when it has none, are
 * written to `text`, which is emptied before. */
void cw_export_xml_read(const struct cw_export_shape *shape, struct cw_str lines,
                        struct cw_buf *text, struct cw_export_fields *fields);

#endif
