#include "logs/export_shape.h"

#include "logs/export_list.h"
#include "logs/export_name.h"
#include "logs/export_table.h"
#include "logs/export_xml.h"

static struct cw_str without_mark(struct cw_str head)
{
    struct cw_str mark = CW_STR("\xEF\xBB\xBF");
    return cw_str_starts(head, mark) ? cw_str_from(head, mark.len) : head;
}

static void learn_row(struct cw_export_shape *table, struct cw_str line)
{
    bool known = table->column_count > 0;
    if (!known && cw_export_table_heading(table, line)) {
        /* Nothing tells its rows but where the one before ends. */
        table->events += table->message_first;
        return;
    }
    if (!known && !cw_export_table_guess(table, line))
        return;
    table->events += cw_export_table_is_row(table, line);
    cw_export_table_learn(table, line);
}

struct cw_export_shape cw_export_learn(struct cw_str head)
{
    struct cw_export_shape table = {0};
    struct cw_export_shape list = {.form = CW_EXPORT_LIST};
    struct cw_export_shape xml = {.form = CW_EXPORT_XML, .events = cw_export_xml_count(head)};
    unsigned seen = 0;
    head = without_mark(head);
    char newline = cw_str_find_char(head, '\n') == SIZE_MAX ? '\r' : '\n';
    while (head.len > 0) {
        size_t end = cw_str_find_char(head, newline);
        struct cw_str line = cw_str_trim_end(cw_str_head(head, end));
        learn_row(&table, line);
        cw_export_list_learn(&list, &seen, line);
        head = cw_str_from(head, end == SIZE_MAX ? head.len : end + 1);
    }
    /* A copy of an event's details may have it as XML, too. */
    if (xml.events > 0 && list.events == 0)
        return xml;
    return list.events > table.events ? list : table;
}

/* A row that was cut leaves a quote open. The next whole row ends that; a line of the message does
 * not, which begins with a quote only when that is doubled. */
static bool is_whole_row(const struct cw_export_shape *shape, struct cw_str line)
{
    return cw_str_starts(line, CW_STR("\"")) && !cw_str_starts(line, CW_STR("\"\"")) &&
           cw_export_table_is_row(shape, line);
}

static bool row_begins(const struct cw_export_shape *shape, struct cw_export_place *place,
                       struct cw_str line)
{
    bool begins;
    if (!shape->message_first)
        return cw_export_table_is_row(shape, line);
    if (place->quoted)
        begins = is_whole_row(shape, line);
    else
        begins = cw_str_trim(line).len > 0 && !cw_export_is_heading(shape, line);
    if (begins)
        place->quoted = false;
    /* A doubled quote changes nothing. */
    for (size_t i = 0; i < line.len; i++)
        place->quoted ^= line.ptr[i] == '"';
    return begins;
}

bool cw_export_begins(const struct cw_export_shape *shape, struct cw_export_place *place,
                      struct cw_str line)
{
    switch (shape->form) {
    case CW_EXPORT_XML:
        return cw_export_xml_begins(line);
    case CW_EXPORT_LIST:
        return cw_export_list_begins(place, line);
    case CW_EXPORT_TABLE:
    default:
        return row_begins(shape, place, line);
    }
}

/* In a language that is not known: as many columns as Event Viewer has, and nothing but names. */
static bool is_foreign_heading(const struct cw_export_shape *shape, struct cw_str line)
{
    unsigned delimiters = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (cw_is_digit(line.ptr[i]))
            return false;
        delimiters += line.ptr[i] == shape->delimiter;
    }
    return delimiters + 2 == CW_EXPORT_VIEWER_COLUMNS;
}

bool cw_export_is_heading(const struct cw_export_shape *shape, struct cw_str line)
{
    struct cw_export_shape heading;
    if (shape->form == CW_EXPORT_XML)
        return cw_str_starts(cw_str_trim(line), CW_STR("<"));
    return shape->form == CW_EXPORT_TABLE &&
           (cw_str_starts(line, CW_STR("#TYPE ")) || cw_export_table_heading(&heading, line) ||
            is_foreign_heading(shape, line));
}

void cw_export_take(const struct cw_export_shape *shape, enum cw_export_role role,
                    struct cw_str text, struct cw_export_fields *fields)
{
    struct cw_export_date date;
    if (role == CW_EXPORT_TIME && cw_export_date_read(text, &date))
        *(date.utc ? &fields->utc : &fields->time) = cw_export_date_time(&date, &shape->order);
    if (role == CW_EXPORT_LEVEL && cw_export_level(text) > fields->level)
        fields->level = cw_export_level(text);
    if (role == CW_EXPORT_SOURCE)
        fields->source = text;
    if (role == CW_EXPORT_ID && cw_export_is_id(text))
        fields->id = text;
    if (role == CW_EXPORT_MESSAGE)
        fields->message = cw_str_trim(text);
}

struct cw_export_fields cw_export_read(const struct cw_export_shape *shape, struct cw_str lines,
                                       struct cw_buf *text)
{
    struct cw_export_fields fields = {.time = CW_TIME_NONE, .utc = CW_TIME_NONE};
    if (shape->form == CW_EXPORT_XML)
        cw_export_xml_read(shape, lines, text, &fields);
    else if (shape->form == CW_EXPORT_LIST)
        cw_export_list_read(shape, lines, &fields);
    else
        cw_export_table_read(shape, lines, text, &fields);
    return fields;
}
