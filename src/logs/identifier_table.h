/* Names in the columns of a table: events that PowerShell exported.
 *
 *     "Message","Id","MachineName","UserName"
 *     "Package KB5026361 failed","3","PC-17.corp.example.com","CORP\jdoe"
 */
#ifndef CW_LOGS_IDENTIFIER_TABLE_H
#define CW_LOGS_IDENTIFIER_TABLE_H

#include "logs/identifier.h"

enum { CW_IDENTIFIER_COLUMNS = 64 };

/* The columns of a table. {0}: there is no table. */
struct cw_identifier_table {
    char delimiter;
    bool quoted; /* each field stands in quotes */
    size_t count;
    int kinds[CW_IDENTIFIER_COLUMNS]; /* cw_identifier, or -1 */
};

/* Whether the line is the heading of a table that has such columns. */
bool cw_identifier_heading(struct cw_str line, struct cw_identifier_table *ret_table);

/* The names in a row. Spans are places in `line`. 0, or what the sink returned. */
int cw_identifier_row(const struct cw_identifier_table *table, struct cw_str line,
                      const struct cw_identifier_sink *sink);

#endif
