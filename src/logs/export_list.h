/* Exported events in a list: one label a line. For export_shape.c. */
#ifndef CW_LOGS_EXPORT_LIST_H
#define CW_LOGS_EXPORT_LIST_H

#include "logs/export_shape.h"

/* Counts events while it is given line after line, and learns from their dates; `seen` is what it
 * remembers between them, 0 at first. */
void cw_export_list_learn(struct cw_export_shape *shape, unsigned *seen, struct cw_str line);

bool cw_export_list_begins(struct cw_export_place *place, struct cw_str line);

void cw_export_list_read(const struct cw_export_shape *shape, struct cw_str lines,
                         struct cw_export_fields *fields);

#endif
