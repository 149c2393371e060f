/*     events    = [ prolog ] [ "<Events>" ] { event } [ "</Events>" ] ;
 *     event     = "<Event ...>" system [ data ] [ rendering ] "</Event>" ;
 *     system    = "<System>" { element } "</System>" ;
 *     data      = "<EventData>" { element } "</EventData>"
 *               | "<UserData>" "<Name ...>" { element } "</Name>" "</UserData>" ;
 *     rendering = "<RenderingInfo ...>" { element } "</RenderingInfo>" ;
 *
 *     <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider
 *     Name='Microsoft-Windows-Servicing' Guid='{...}'/><EventID>3</EventID>...<TimeCreated
 *     SystemTime='2023-05-16T15:20:31.4519215Z'/>...</System><UserData><CbsPackageChangeState
 *     xmlns='...'><PackageIdentifier>KB5026361</PackageIdentifier>...<ErrorCode>0x80070005</ErrorCode>
 *
 * Only who rendered it, as Event Viewer does, writes the message. Where there is none, the data are
 * put together to one: "PackageIdentifier: KB5026361, ..., ErrorCode: 0x80070005". Times are UTC.
 */
#include "logs/export_xml.h"

#include "base/cursor.h"
#include "base/xml.h"
#include "logs/export_name.h"

enum part { PART_OUTSIDE, PART_SYSTEM, PART_DATA, PART_RENDERING };

static const struct {
    const char *name;
    enum part part;
} parts[] = {
    {"System", PART_SYSTEM},
    {"EventData", PART_DATA},
    {"UserData", PART_DATA},
    {"RenderingInfo", PART_RENDERING},
};

/* Where the fields of an event stand: in an attribute of an element, or between its tags. */
static const struct {
    enum part part;
    const char *element;
    const char *attribute; /* NULL = between the tags */
    enum cw_export_role role;
} places[] = {
    {PART_SYSTEM, "Provider", "Name", CW_EXPORT_SOURCE},
    {PART_SYSTEM, "EventID", NULL, CW_EXPORT_ID},
    {PART_SYSTEM, "Level", NULL, CW_EXPORT_LEVEL},
    {PART_SYSTEM, "TimeCreated", "SystemTime", CW_EXPORT_TIME},
    {PART_RENDERING, "Level", NULL, CW_EXPORT_LEVEL},
    {PART_RENDERING, "Message", NULL, CW_EXPORT_MESSAGE},
};

struct tag {
    struct cw_str name;
    struct cw_str attributes; /* as they stand in it */
    bool closes;              /* "</Name>" */
    bool is_empty;            /* "<Name/>" */
};

/* --- markup -------------------------------------------------------------------------------- */

/* The bytes up to the ">" of a tag; one between quotes ends none. */
static size_t tag_length(struct cw_str rest)
{
    char quote = '\0';
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.ptr[i];
        if (quote == '\0' && c == '>')
            return i;
        if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
    }
    return SIZE_MAX;
}

static bool ends_name(char c)
{
    return cw_is_space(c) || c == '/';
}

/* Takes the next tag and what stands in front of it; false when there is none. */
static bool next_tag(struct cw_cursor *cursor, struct tag *ret_tag, struct cw_str *ret_before)
{
    size_t open = cw_str_find_char(cursor->rest, '<');
    if (open == SIZE_MAX)
        return false;
    struct cw_str inside = cw_str_from(cursor->rest, open + 1);
    size_t length = tag_length(inside);
    if (length == SIZE_MAX)
        return false;
    *ret_before = cw_str_head(cursor->rest, open);
    cw_cursor_skip(cursor, open + 1 + length + 1);
    inside = cw_str_head(inside, length);
    struct tag tag = {.closes = cw_str_starts(inside, CW_STR("/"))};
    tag.is_empty = cw_str_ends(inside, CW_STR("/"));
    inside = cw_str_from(inside, tag.closes);
    while (tag.name.len < inside.len && !ends_name(inside.ptr[tag.name.len]))
        tag.name.len++;
    tag.attributes = cw_str_from(inside, tag.name.len);
    tag.name = cw_str_head(inside, tag.name.len);
    *ret_tag = tag;
    return true;
}

/* What stands in quotes behind `name`; empty when it is not there. */
static struct cw_str attribute_of(const struct tag *tag, struct cw_str name)
{
    struct cw_str rest = tag->attributes;
    for (size_t at; (at = cw_str_find(rest, name)) != SIZE_MAX;) {
        bool apart = at > 0 && cw_is_space(rest.ptr[at - 1]);
        struct cw_cursor cursor = cw_cursor(cw_str_from(rest, at + name.len));
        struct cw_str value;
        rest = cursor.rest;
        char quote = rest.len > 1 ? rest.ptr[1] : '\0';
        if (!apart || !cw_cursor_char(&cursor, '=') || (quote != '"' && quote != '\''))
            continue;
        cw_cursor_skip(&cursor, 1);
        if (cw_cursor_until(&cursor, (struct cw_str){&quote, 1}, &value))
            return value;
    }
    return CW_STR_NONE;
}

/* --- events -------------------------------------------------------------------------------- */

/* What is being read. An element without others in it has its text up to the tag that closes it. */
struct reading {
    const struct cw_export_shape *shape;
    struct cw_export_fields *fields;
    struct cw_buf *text;
    enum part part;
    struct cw_str message;
    size_t title_at, title_len; /* in `text` */
};

static void set_part(struct reading *reading, const struct tag *tag)
{
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (cw_str_eq(tag->name, cw_str_c(parts[i].name)))
            reading->part = tag->closes ? PART_OUTSIDE : parts[i].part;
    }
}

/* Adds what the message would say. A GUID tells nobody anything. */
static void take_data(struct reading *reading, const struct tag *tag, struct cw_str value)
{
    struct cw_str name = attribute_of(tag, CW_STR("Name"));
    struct cw_buf *text = reading->text;
    if (name.len == 0)
        name = tag->name;
    if (value.len == 0 || cw_str_starts(value, CW_STR("{")) || cw_str_eq(name, CW_STR("Binary")))
        return;
    (void)cw_buf_append(text, text->len ? CW_STR(", ") : CW_STR_NONE);
    (void)cw_xml_plain(text, name);
    (void)cw_buf_append(text, CW_STR(": "));
    size_t at = text->len;
    (void)cw_xml_plain(text, value);
    if (!cw_str_ends(name, CW_STR("Title")))
        return;
    reading->title_at = at;
    reading->title_len = text->len - at;
}

static void take_element(struct reading *reading, const struct tag *tag, struct cw_str value)
{
    if (reading->part == PART_DATA)
        take_data(reading, tag, value);
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if (places[i].part != reading->part || !cw_str_eq(tag->name, cw_str_c(places[i].element)))
            continue;
        if (places[i].attribute)
            value = attribute_of(tag, cw_str_c(places[i].attribute));
        if (places[i].role == CW_EXPORT_MESSAGE)
            reading->message = value;
        else
            cw_export_take(reading->shape, places[i].role, value, reading->fields);
    }
}

static void read_elements(struct reading *reading, struct cw_str event)
{
    struct cw_cursor cursor = cw_cursor(event);
    struct tag open = {0};
    struct tag tag;
    struct cw_str before;
    while (next_tag(&cursor, &tag, &before)) {
        if (tag.closes && cw_str_eq(tag.name, CW_STR("Event")))
            return;
        if (tag.is_empty)
            take_element(reading, &tag, CW_STR_NONE);
        else if (tag.closes && open.name.len && cw_str_eq(tag.name, open.name))
            take_element(reading, &open, cw_str_trim(before));
        else
            set_part(reading, &tag);
        open = tag.closes || tag.is_empty ? (struct tag){0} : tag;
    }
}

/* Where "<Event" begins an element of that name. */
static size_t find_event(struct cw_str text)
{
    struct cw_str name = CW_STR("<Event");
    size_t from = 0;
    for (size_t at; (at = cw_str_find(cw_str_from(text, from), name)) != SIZE_MAX;) {
        from += at + name.len;
        if (from < text.len && (text.ptr[from] == '>' || cw_is_space(text.ptr[from])))
            return from - name.len;
    }
    return SIZE_MAX;
}

unsigned cw_export_xml_count(struct cw_str head)
{
    unsigned events = 0;
    if (cw_str_find(head, CW_STR("<System>")) == SIZE_MAX ||
        cw_str_find(head, CW_STR("<Provider ")) == SIZE_MAX)
        return 0;
    for (size_t at; (at = find_event(head)) != SIZE_MAX; events++)
        head = cw_str_from(head, at + 1);
    return events;
}

bool cw_export_xml_begins(struct cw_str line)
{
    return find_event(line) != SIZE_MAX;
}

void cw_export_xml_read(const struct cw_export_shape *shape, struct cw_str lines,
                        struct cw_buf *text, struct cw_export_fields *fields)
{
    struct reading reading = {.shape = shape, .fields = fields, .text = text};
    cw_buf_clear(text);
    read_elements(&reading, cw_str_from(lines, find_event(lines)));
    if (reading.message.len) {
        cw_buf_clear(text);
        (void)cw_xml_plain(text, reading.message);
    }
    fields->message = cw_str_trim(cw_buf_str(text));
    if (reading.title_len && !reading.message.len && !text->failed)
        fields->title = (struct cw_str){text->data + reading.title_at, reading.title_len};
}
