/* The names of what an exported event consists of. */
#ifndef CW_LOGS_EXPORT_NAME_H
#define CW_LOGS_EXPORT_NAME_H

#include "logs/export_shape.h"

/* What a column or label of this name holds. */
enum cw_export_role cw_export_role_of(struct cw_str name);

/* The level that a word or number stands for; CW_LEVEL_INFO for all others. */
enum cw_level cw_export_level(struct cw_str word);

/* A number below 65536: an event's id. */
bool cw_export_is_id(struct cw_str text);

/* What the columns are when no heading says so: as Event Viewer writes them. */
extern const enum cw_export_role cw_export_viewer_columns[];
enum { CW_EXPORT_VIEWER_COLUMNS = 6 };

#endif
