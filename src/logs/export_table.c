/*     row   = field { delimiter field } ;
 *     field = plain | '"' { character | '""' } '"' ;     the second form may hold line ends
 */
#include "logs/export_table.h"

#include "base/cursor.h"
#include "logs/export_name.h"

static const char delimiters[] = {',', '\t', ';'};

/* The fields of a row that are still to come. */
struct row {
    struct cw_cursor cursor;
    char delimiter;
    bool ended;
};

struct field {
    struct cw_str text; /* between the quotes */
    bool quoted;
    bool doubled; /* quotes in it are */
};

static struct row row_of(struct cw_str lines, char delimiter)
{
    return (struct row){.cursor = cw_cursor(lines), .delimiter = delimiter};
}

/* Up to the quote that ends it, or to the end of a row that was cut. */
static struct field quoted_field(struct cw_str rest)
{
    struct field field = {.quoted = true};
    size_t at = 1;
    while (at < rest.len) {
        bool quote = rest.ptr[at] == '"';
        if (quote && (at + 1 == rest.len || rest.ptr[at + 1] != '"'))
            break;
        field.doubled |= quote;
        at += quote ? 2 : 1;
    }
    field.text = cw_str_head(cw_str_from(rest, 1), at - 1);
    return field;
}

static bool next_field(struct row *row, struct field *ret_field)
{
    struct cw_str rest = row->cursor.rest;
    if (row->ended)
        return false;
    *ret_field = (struct field){0};
    if (cw_str_starts(rest, CW_STR("\""))) {
        *ret_field = quoted_field(rest);
        rest = cw_str_from(rest, ret_field->text.len + 2);
    }
    size_t end = cw_str_find_char(rest, row->delimiter);
    if (!ret_field->quoted)
        ret_field->text = cw_str_trim(cw_str_head(rest, end));
    row->ended = end == SIZE_MAX;
    row->cursor.rest = cw_str_from(rest, row->ended ? rest.len : end + 1);
    return true;
}

/* The last column takes whatever is left, unless it is in quotes. */
static bool next_column(struct row *row, bool is_last, struct field *ret_field)
{
    struct cw_str rest = row->cursor.rest;
    if (!is_last || row->ended || cw_str_starts(rest, CW_STR("\"")))
        return next_field(row, ret_field);
    *ret_field = (struct field){.text = cw_str_trim(rest)};
    row->ended = true;
    return true;
}

static bool has_column(const struct cw_export_shape *shape, enum cw_export_role role)
{
    for (size_t i = 0; i < shape->column_count; i++) {
        if (shape->columns[i] == role)
            return true;
    }
    return false;
}

/* The message stands in front of what tells a row. */
static bool is_message_first(const struct cw_export_shape *shape)
{
    bool told_time = false;
    bool told_id = !has_column(shape, CW_EXPORT_ID);
    for (size_t i = 0; i < shape->column_count; i++) {
        told_time |= shape->columns[i] == CW_EXPORT_TIME;
        told_id |= shape->columns[i] == CW_EXPORT_ID;
        if (shape->columns[i] == CW_EXPORT_MESSAGE)
            return !told_time || !told_id;
    }
    return false;
}

static bool heading_between(struct cw_export_shape *shape, struct cw_str line, char delimiter)
{
    struct cw_export_shape found = {.delimiter = delimiter};
    struct row row = row_of(line, delimiter);
    struct field field;
    while (found.column_count < CW_EXPORT_COLUMNS - 1 && next_field(&row, &field))
        found.columns[found.column_count++] = cw_export_role_of(field.text);
    bool has_message = has_column(&found, CW_EXPORT_MESSAGE);
    if (!has_column(&found, CW_EXPORT_TIME) || (!has_column(&found, CW_EXPORT_ID) && !has_message))
        return false;
    if (!has_message)
        found.columns[found.column_count++] = CW_EXPORT_MESSAGE;
    shape->delimiter = delimiter;
    memcpy(shape->columns, found.columns, sizeof(found.columns));
    shape->column_count = found.column_count;
    shape->message_first = is_message_first(&found);
    return true;
}

bool cw_export_table_heading(struct cw_export_shape *shape, struct cw_str line)
{
    for (size_t i = 0; i < sizeof(delimiters); i++) {
        if (heading_between(shape, line, delimiters[i]))
            return true;
    }
    return false;
}

bool cw_export_table_guess(struct cw_export_shape *shape, struct cw_str line)
{
    struct cw_export_shape guess = *shape;
    guess.column_count = CW_EXPORT_VIEWER_COLUMNS;
    for (size_t i = 0; i < CW_EXPORT_VIEWER_COLUMNS; i++)
        guess.columns[i] = cw_export_viewer_columns[i];
    for (size_t i = 0; i < sizeof(delimiters); i++) {
        guess.delimiter = delimiters[i];
        if (cw_export_table_is_row(&guess, line)) {
            *shape = guess;
            return true;
        }
    }
    return false;
}

bool cw_export_table_is_row(const struct cw_export_shape *shape, struct cw_str line)
{
    struct row row = row_of(line, shape->delimiter);
    struct field field;
    bool told_time = false;
    bool told_id = !has_column(shape, CW_EXPORT_ID);
    for (size_t i = 0; i < shape->column_count && (!told_time || !told_id); i++) {
        struct cw_export_date date;
        if (!next_column(&row, i + 1 == shape->column_count, &field))
            return false;
        told_time |= shape->columns[i] == CW_EXPORT_TIME && cw_export_date_read(field.text, &date);
        told_id |= shape->columns[i] == CW_EXPORT_ID && cw_export_is_id(field.text);
    }
    return told_time && told_id;
}

void cw_export_table_learn(struct cw_export_shape *shape, struct cw_str line)
{
    struct row row = row_of(line, shape->delimiter);
    struct cw_export_date date;
    struct field field;
    while (next_field(&row, &field)) {
        if (cw_export_date_read(field.text, &date))
            cw_export_date_learn(&shape->order, &date);
    }
}

/* With each pair of quotes as one. */
static struct cw_str undoubled(struct cw_str text, struct cw_buf *buf)
{
    cw_buf_clear(buf);
    for (size_t at = 0; at < text.len; at++) {
        (void)cw_buf_char(buf, text.ptr[at]);
        at += text.ptr[at] == '"' && at + 1 < text.len && text.ptr[at + 1] == '"';
    }
    return buf->failed ? text : cw_buf_str(buf);
}

void cw_export_table_read(const struct cw_export_shape *shape, struct cw_str lines,
                          struct cw_buf *text, struct cw_export_fields *fields)
{
    struct row row = row_of(lines, shape->delimiter);
    struct field field;
    for (size_t i = 0; i < shape->column_count; i++) {
        if (!next_column(&row, i + 1 == shape->column_count, &field))
            return;
        cw_export_take(shape, shape->columns[i], field.text, fields);
        if (shape->columns[i] == CW_EXPORT_MESSAGE && field.doubled)
            fields->message = undoubled(fields->message, text);
    }
}
