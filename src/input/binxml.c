/*     fragment  = 0x0F version { token } 0x00 ;              numbers are little-endian
 *     token     = element | attribute | value | template | substitution | ... ;
 *     element   = 0x01 | 0x41 dependency[2] size[4] name [ size[4] of the attributes ] ;
 *     name      = offset[4] [ next[4] hash[2] length[2] UTF-16 0[2] ] ;   there, if that is here
 *     template  = 0x0C 1 id[4] offset[4] [ next[4] GUID[16] size[4] fragment ]
 *                 count[4] { size[2] type[1] 0 } values ;
 *
 * A start of an element is open until 0x02 or 0x03 closes it, and takes attributes; the value of an
 * attribute is the tokens behind it.
 */
#include "input/binxml.h"

#include "base/cursor.h"
#include "base/xml.h"
#include "input/binxml_value.h"

enum {
    DEPTH_MOST = 32,   /* elements in each other; real events have 5 */
    NESTING_MOST = 8,  /* templates and documents in each other; real events have 2 */
    NAME_MOST = 512,   /* characters */
    VALUES_MOST = 256, /* of one template; real events have 60 */
    VALUES_STEP = 8    /* that are as much work as a token */
};

enum token {
    TOKEN_END = 0x00,
    TOKEN_OPEN = 0x01,
    TOKEN_CLOSE_START = 0x02,
    TOKEN_CLOSE_EMPTY = 0x03,
    TOKEN_CLOSE = 0x04,
    TOKEN_VALUE = 0x05,
    TOKEN_ATTRIBUTE = 0x06,
    TOKEN_CDATA = 0x07,
    TOKEN_CHARACTER = 0x08,
    TOKEN_ENTITY = 0x09,
    TOKEN_PI_TARGET = 0x0A,
    TOKEN_PI_DATA = 0x0B,
    TOKEN_TEMPLATE = 0x0C,
    TOKEN_SUBSTITUTION = 0x0D,
    TOKEN_OPTIONAL = 0x0E,
    TOKEN_FRAGMENT = 0x0F
};
enum { TOKENS = 0x10, TOKEN_KIND = 0x0F, TOKEN_MORE = 0x40 };

/* The values of a template's instance. */
struct values {
    size_t table; /* where their sizes and types stand */
    size_t count;
    size_t data;
};

struct document {
    struct cw_str chunk;
    size_t *steps; /* left */
    struct cw_buf *out;
    unsigned nesting;
};

/* A stretch of the chunk that is being read. */
struct reader {
    struct document *document;
    size_t at, end;
    const struct values *values; /* NULL outside a template */
    size_t open[DEPTH_MOST];     /* offsets of the names of open elements */
    size_t depth;
    bool more;         /* the token has the flag 0x40 */
    bool in_start;     /* between "<name" and ">" */
    bool in_attribute; /* between its quotes */
};

static bool read_fragment(struct document *document, size_t at, size_t end,
                          const struct values *values);

/* --- numbers and names --------------------------------------------------------------------- */

/* False when there is too much to do. */
static bool work(const struct document *document, size_t steps)
{
    bool enough = *document->steps >= steps;
    *document->steps -= enough ? steps : *document->steps;
    return enough;
}

static bool take(struct reader *reader, size_t bytes, uint64_t *ret_number)
{
    if (bytes > reader->end - reader->at)
        return false;
    *ret_number = cw_binxml_number(cw_str_from(reader->document->chunk, reader->at), bytes);
    reader->at += bytes;
    return true;
}

static bool skip(struct reader *reader, uint64_t bytes)
{
    if (bytes > reader->end - reader->at)
        return false;
    reader->at += (size_t)bytes;
    return true;
}

static struct cw_str bytes_at(const struct document *document, size_t at, size_t size)
{
    return cw_str_head(cw_str_from(document->chunk, at), size);
}

enum { NAME_HEAD = 8 };

/* The name that stands at an offset; false when none can. */
static bool name_at(const struct document *document, uint64_t offset, struct cw_str *ret_utf16)
{
    size_t size = document->chunk.len;
    if (offset > size || size - offset < NAME_HEAD)
        return false;
    uint64_t length = cw_binxml_number(cw_str_from(document->chunk, (size_t)offset + 6), 2);
    if (length == 0 || length > NAME_MOST || size - offset - NAME_HEAD < length * 2)
        return false;
    *ret_utf16 = bytes_at(document, (size_t)offset + NAME_HEAD, (size_t)length * 2);
    return true;
}

/* Takes an offset, and the name itself when it stands behind it. */
static bool take_name(struct reader *reader, size_t *ret_offset, struct cw_str *ret_utf16)
{
    uint64_t offset;
    if (!take(reader, 4, &offset) || !name_at(reader->document, offset, ret_utf16))
        return false;
    *ret_offset = (size_t)offset;
    return offset != reader->at || skip(reader, NAME_HEAD + ret_utf16->len + 2);
}

/* --- tokens -------------------------------------------------------------------------------- */

static bool put(struct reader *reader, const char *text)
{
    return cw_buf_append(reader->document->out, cw_str_c(text));
}

static bool put_utf16(struct reader *reader, struct cw_str utf16)
{
    return cw_binxml_put_utf16(reader->document->out, utf16);
}

static bool end_attribute(struct reader *reader)
{
    bool open = reader->in_attribute;
    reader->in_attribute = false;
    return !open || put(reader, "\"");
}

static bool on_open(struct reader *reader)
{
    uint64_t ignored;
    size_t offset;
    struct cw_str name;
    if (!skip(reader, 2 + 4) || !take_name(reader, &offset, &name) ||
        (reader->more && !take(reader, 4, &ignored)) || reader->depth == DEPTH_MOST)
        return false;
    reader->open[reader->depth++] = offset;
    reader->in_start = true;
    return put(reader, "<") && put_utf16(reader, name);
}

static bool on_attribute(struct reader *reader)
{
    size_t offset;
    struct cw_str name;
    if (!reader->in_start || !take_name(reader, &offset, &name) || !end_attribute(reader))
        return false;
    reader->in_attribute = true;
    return put(reader, " ") && put_utf16(reader, name) && put(reader, "=\"");
}

static bool on_close_start(struct reader *reader)
{
    bool open = reader->in_start && end_attribute(reader);
    reader->in_start = false;
    return open && put(reader, ">");
}

static bool on_close_empty(struct reader *reader)
{
    bool open = reader->in_start && end_attribute(reader);
    reader->in_start = false;
    reader->depth--;
    return open && put(reader, "/>");
}

static bool on_close(struct reader *reader)
{
    struct cw_str name;
    if (reader->depth == 0 || reader->in_start)
        return false;
    return name_at(reader->document, reader->open[--reader->depth], &name) && put(reader, "</") &&
           put_utf16(reader, name) && put(reader, ">");
}

/* A number of characters, and these. */
static bool take_characters(struct reader *reader, struct cw_str *ret_utf16)
{
    uint64_t length;
    size_t at = reader->at + 2;
    if (!take(reader, 2, &length) || !skip(reader, length * 2))
        return false;
    *ret_utf16 = bytes_at(reader->document, at, (size_t)length * 2);
    return true;
}

static bool on_value(struct reader *reader)
{
    uint64_t type;
    struct cw_str text;
    return take(reader, 1, &type) && type == CW_BINXML_STRING && take_characters(reader, &text) &&
           put_utf16(reader, text);
}

static bool on_cdata(struct reader *reader)
{
    struct cw_str text;
    return take_characters(reader, &text) && put_utf16(reader, text);
}

static bool on_character(struct reader *reader)
{
    size_t at = reader->at;
    return skip(reader, 2) && put_utf16(reader, bytes_at(reader->document, at, 2));
}

static bool on_entity(struct reader *reader)
{
    size_t offset;
    struct cw_str name;
    return take_name(reader, &offset, &name) && put(reader, "&") && put_utf16(reader, name) &&
           put(reader, ";");
}

static bool on_pi_target(struct reader *reader)
{
    size_t offset;
    struct cw_str name;
    return take_name(reader, &offset, &name);
}

static bool on_pi_data(struct reader *reader)
{
    struct cw_str text;
    return take_characters(reader, &text);
}

static bool on_fragment(struct reader *reader)
{
    return skip(reader, 3);
}

/* --- templates ----------------------------------------------------------------------------- */

enum { DEFINITION_HEAD = 4 + 16 + 4, DESCRIPTOR = 4 };

/* Where the fragment of a definition at `offset` stands. */
static bool definition_at(const struct document *document, uint64_t offset, size_t *ret_at,
                          size_t *ret_end)
{
    size_t size = document->chunk.len;
    if (offset > size || size - offset < DEFINITION_HEAD)
        return false;
    uint64_t length = cw_binxml_number(cw_str_from(document->chunk, (size_t)offset + 20), 4);
    if (length > size - offset - DEFINITION_HEAD)
        return false;
    *ret_at = (size_t)offset + DEFINITION_HEAD;
    *ret_end = *ret_at + (size_t)length;
    return true;
}

static bool take_values(struct reader *reader, struct values *values)
{
    uint64_t count;
    if (!take(reader, 4, &count) || count > VALUES_MOST ||
        !work(reader->document, (size_t)count / VALUES_STEP))
        return false;
    values->table = reader->at;
    values->count = (size_t)count;
    if (!skip(reader, count * DESCRIPTOR))
        return false;
    values->data = reader->at;
    for (size_t i = 0; i < values->count; i++) {
        size_t at = values->table + i * DESCRIPTOR;
        if (!skip(reader, cw_binxml_number(cw_str_from(reader->document->chunk, at), 2)))
            return false;
    }
    return true;
}

static bool on_template(struct reader *reader)
{
    uint64_t offset;
    size_t at;
    size_t end;
    struct values values;
    if (!skip(reader, 1 + 4) || !take(reader, 4, &offset) ||
        !definition_at(reader->document, offset, &at, &end))
        return false;
    if (offset == reader->at && !skip(reader, end - reader->at))
        return false;
    return take_values(reader, &values) && read_fragment(reader->document, at, end, &values);
}

static bool on_substitution(struct reader *reader)
{
    uint64_t index;
    const struct values *values = reader->values;
    struct document *document = reader->document;
    if (!take(reader, 2, &index) || !skip(reader, 1) || !values || index >= values->count ||
        !work(document, (size_t)index / VALUES_STEP))
        return false;
    size_t at = values->data;
    for (size_t i = 0; i < index; i++)
        at += cw_binxml_number(cw_str_from(document->chunk, values->table + i * DESCRIPTOR), 2);
    struct cw_str descriptor = bytes_at(document, values->table + (size_t)index * DESCRIPTOR, 4);
    size_t size = (size_t)cw_binxml_number(descriptor, 2);
    unsigned type = (unsigned)cw_binxml_number(cw_str_from(descriptor, 2), 1);
    if (type == CW_BINXML_DOCUMENT)
        return size == 0 || read_fragment(document, at, at + size, NULL);
    return cw_binxml_put_value(document->out, type, bytes_at(document, at, size));
}

/* --- fragments ----------------------------------------------------------------------------- */

static bool (*const handlers[TOKENS])(struct reader *reader) = {
    [TOKEN_OPEN] = on_open,
    [TOKEN_CLOSE_START] = on_close_start,
    [TOKEN_CLOSE_EMPTY] = on_close_empty,
    [TOKEN_CLOSE] = on_close,
    [TOKEN_VALUE] = on_value,
    [TOKEN_ATTRIBUTE] = on_attribute,
    [TOKEN_CDATA] = on_cdata,
    [TOKEN_CHARACTER] = on_character,
    [TOKEN_ENTITY] = on_entity,
    [TOKEN_PI_TARGET] = on_pi_target,
    [TOKEN_PI_DATA] = on_pi_data,
    [TOKEN_TEMPLATE] = on_template,
    [TOKEN_SUBSTITUTION] = on_substitution,
    [TOKEN_OPTIONAL] = on_substitution,
    [TOKEN_FRAGMENT] = on_fragment,
};

static bool read_fragment(struct document *document, size_t at, size_t end,
                          const struct values *values)
{
    struct reader reader = {.document = document, .at = at, .end = end, .values = values};
    uint64_t token;
    bool done = document->nesting < NESTING_MOST;
    document->nesting++;
    while (done && take(&reader, 1, &token) && (token & TOKEN_KIND) != TOKEN_END) {
        reader.more = (token & TOKEN_MORE) != 0;
        done = work(document, 1) && handlers[token & TOKEN_KIND](&reader);
    }
    document->nesting--;
    return done && reader.depth == 0;
}

bool cw_binxml_text(struct cw_str chunk, size_t at, size_t end, size_t *steps, struct cw_buf *out)
{
    struct document document = {.chunk = chunk, .out = out};
    document.steps = steps;
    return at <= end && end <= chunk.len && read_fragment(&document, at, end, NULL);
}
