/* In a table whose fields are quoted, columns are counted from the end of a line: a message of
 * several lines stands in front of them, and the last of its lines has them. */
#include "logs/identifier_table.h"

#include "logs/identifier_scan.h"

static struct cw_str unquoted(struct cw_str field)
{
    field = cw_str_trim(field);
    if (field.len > 1 && field.ptr[0] == '"' && field.ptr[field.len - 1] == '"')
        field = cw_identifier_between(field, 1, field.len - 1);
    return field;
}

static bool heading_between(struct cw_str line, char delimiter,
                            struct cw_identifier_table *ret_table)
{
    struct cw_identifier_table table = {.delimiter = delimiter};
    bool found = false;
    table.quoted = line.len > 0 && line.ptr[0] == '"';
    for (bool more = true; more && table.count < CW_IDENTIFIER_COLUMNS; table.count++) {
        size_t end = cw_str_find_char(line, delimiter);
        struct cw_str name = unquoted(cw_str_head(line, end));
        table.kinds[table.count] = cw_identifier_label_kind(name);
        found |= table.kinds[table.count] >= 0;
        more = end != SIZE_MAX;
        line = cw_str_from(line, more ? end + 1 : line.len);
    }
    /* Two columns may be a sentence. */
    if (!found || table.count < 3)
        return false;
    *ret_table = table;
    return true;
}

bool cw_identifier_heading(struct cw_str line, struct cw_identifier_table *ret_table)
{
    static const char delimiters[] = {',', '\t', ';'};
    for (size_t i = 0; i < sizeof(delimiters); i++) {
        if (heading_between(line, delimiters[i], ret_table))
            return true;
    }
    return false;
}

static void emit_column(struct cw_identifier_scan *scan, const struct cw_identifier_table *table,
                        size_t column, size_t begin, size_t end)
{
    if (table->kinds[column] >= 0 && end > begin)
        cw_identifier_emit_value(scan, (enum cw_identifier)table->kinds[column], begin, end);
}

/* From the last field back, between quotes. */
static void read_quoted(struct cw_identifier_scan *scan, const struct cw_identifier_table *table)
{
    struct cw_str text = scan->text;
    size_t end = text.len;
    if (end < 2 || text.ptr[end - 1] != '"')
        return;
    end--;
    for (size_t column = table->count; column-- > 0;) {
        size_t begin = end;
        while (begin > 0 && !(text.ptr[begin - 1] == '"' &&
                              (begin == 1 || text.ptr[begin - 2] == table->delimiter)))
            begin--;
        if (begin == 0)
            return;
        emit_column(scan, table, column, begin, end);
        if (begin < 3 || text.ptr[begin - 3] != '"')
            return;
        end = begin - 3;
    }
}

static void read_plain(struct cw_identifier_scan *scan, const struct cw_identifier_table *table)
{
    size_t begin = 0;
    for (size_t column = 0; column < table->count && begin <= scan->text.len; column++) {
        struct cw_str rest = cw_str_from(scan->text, begin);
        struct cw_str field = cw_str_head(rest, cw_str_find_char(rest, table->delimiter));
        emit_column(scan, table, column, begin, begin + field.len);
        begin += field.len + 1;
    }
}

int cw_identifier_row(const struct cw_identifier_table *table, struct cw_str line,
                      const struct cw_identifier_sink *sink)
{
    struct cw_identifier_scan scan = {line, sink, 0};
    if (table->quoted)
        read_quoted(&scan, table);
    else
        read_plain(&scan, table);
    return scan.status;
}
