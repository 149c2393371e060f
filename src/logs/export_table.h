/* Exported events in a table: one row an event, a row of one or more lines. For export_shape.c. */
#ifndef CW_LOGS_EXPORT_TABLE_H
#define CW_LOGS_EXPORT_TABLE_H

#include "logs/export_shape.h"

/* Takes the columns from `line` when that is a heading. */
bool cw_export_table_heading(struct cw_export_shape *shape, struct cw_str line);
/* The columns of Event Viewer, if they and some delimiter make a row of `line`. */
bool cw_export_table_guess(struct cw_export_shape *shape, struct cw_str line);

/* Whether the columns that tell a row are all in this line, its first. */
bool cw_export_table_is_row(const struct cw_export_shape *shape, struct cw_str line);

/* Learns from the dates that are fields of the line. */
void cw_export_table_learn(struct cw_export_shape *shape, struct cw_str line);

/* A message with doubled quotes is put into `text` with single ones. */
void cw_export_table_read(const struct cw_export_shape *shape, struct cw_str lines,
                          struct cw_buf *text, struct cw_export_fields *fields);

#endif
