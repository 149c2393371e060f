/* The shapes in which events are exported, and what an event says in them.
 *
 * A table, saved by Event Viewer (the message is a column without a name) or by PowerShell; between
 * commas, tabs or semicolons:
 *
 *     Level,Date and Time,Source,Event ID,Task Category
 *     Information,2023/5/9 8:14:02,Microsoft-Windows-Servicing,3,(1),"Package KB5026361 failed ..."
 *
 * Or a list, copied from Event Viewer, written by wevtutil or by PowerShell:
 *
 *     Log Name:      Setup                                TimeCreated  : 2023/5/9 8:14:02
 *     Source:        Microsoft-Windows-Servicing          ProviderName :
 * Microsoft-Windows-Servicing Date:          2023/5/9 8:14:02                     Id           : 3
 *     Event ID:      3                                    Message      : Package KB5026361 failed
 * ... Description: Package KB5026361 failed ...
 *
 * Or XML (export_xml.c), which tells the same in every language.
 *
 * The names of labels and columns are known in English and Chinese, in UTF-8 and in code page 936;
 * a table of Event Viewer is known by its columns in any language.
 */
#ifndef CW_LOGS_EXPORT_SHAPE_H
#define CW_LOGS_EXPORT_SHAPE_H

#include "base/buf.h"
#include "logs/event.h"
#include "logs/export_date.h"

enum cw_export_form { CW_EXPORT_TABLE, CW_EXPORT_LIST, CW_EXPORT_XML };

enum cw_export_role {
    CW_EXPORT_OTHER, /* nothing that matters here */
    CW_EXPORT_TIME,
    CW_EXPORT_SOURCE,
    CW_EXPORT_ID,
    CW_EXPORT_LEVEL,
    CW_EXPORT_MESSAGE,
    CW_EXPORT_LOG,
    CW_EXPORT_BEGIN /* "Event[0]:" of wevtutil */
};

enum { CW_EXPORT_COLUMNS = 32 };

struct cw_export_shape {
    enum cw_export_form form;
    unsigned events; /* that were found; 0 = these are no exported events */
    struct cw_export_order order;
    /* of a table */
    char delimiter;
    enum cw_export_role columns[CW_EXPORT_COLUMNS];
    size_t column_count;
    bool message_first; /* its lines may stand in front of the columns that tell a row */
};

/* Learns the shape from the first bytes of a source. */
struct cw_export_shape cw_export_learn(struct cw_str head);

/* Where a reading stands; initialise with {0}. */
struct cw_export_place {
    bool quoted;               /* table: inside a field in quotes */
    enum cw_export_role first; /* list: what its events begin with; CW_EXPORT_OTHER = not known */
    unsigned seen;             /* list: roles of the event so far, a bit each */
};

/* Whether this line, the next one, begins an event. */
bool cw_export_begins(const struct cw_export_shape *shape, struct cw_export_place *place,
                      struct cw_str line);

/* Whether a line is the heading of a table, or markup around events. */
bool cw_export_is_heading(const struct cw_export_shape *shape, struct cw_str line);

struct cw_export_fields {
    cw_time time; /* local; CW_TIME_NONE when it is not known */
    cw_time utc;  /* likewise */
    enum cw_level level;
    struct cw_str source; /* "Microsoft-Windows-Servicing" */
    struct cw_str id;     /* "3", or empty */
    struct cw_str message;
    struct cw_str title; /* of the update, where it stands apart from the message; else empty */
};

/* Takes what stands in a column or behind a label; for the readers of both forms. */
void cw_export_take(const struct cw_export_shape *shape, enum cw_export_role role,
                    struct cw_str text, struct cw_export_fields *fields);

/* The fields of an event from its lines. What does not stand there as it is to be read is put into
 * `text`. */
struct cw_export_fields cw_export_read(const struct cw_export_shape *shape, struct cw_str lines,
                                       struct cw_buf *text);

#endif
