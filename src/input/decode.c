/* Two readers may be at work on one source: the one that reads it from end to end, and the second
 * look, which asks for positions. Each has a cursor with its own state. */
#include "input/decode.h"

#include <stdlib.h>

#include "input/utf16.h"

enum {
    HEAD_SIZE = 4096, /* enough to tell UTF-16 */
    RAW_SIZE = 64 * 1024
};

struct cursor {
    uint64_t raw_offset; /* of what is read next from the inner source */
    uint64_t position;   /* of the next byte in the decoded text */
    uint64_t replaced;
    size_t begin, end; /* of what is in `raw` */
    bool at_end;       /* the inner source has no more */
    size_t rest_begin, rest_end;
    char rest[CW_UTF8_MOST]; /* of a character that did not fit into what was asked for */
    char raw[RAW_SIZE];
};

struct decoding {
    struct cw_source *inner;
    enum cw_encoding encoding;
    bool started;
    struct cw_error failure; /* met while the head was read; told when it has been delivered */
    size_t head_begin, head_end;
    char head[HEAD_SIZE];
    struct cursor *forward; /* UTF-16 only */
    struct cursor *look;    /* made at the first read at a position */
};

/* The first bytes, whatever the sizes in which they come. */
static void read_head(struct decoding *decoding)
{
    while (decoding->head_end < HEAD_SIZE) {
        int64_t got = cw_source_read(decoding->inner, decoding->head + decoding->head_end,
                                     HEAD_SIZE - decoding->head_end, &decoding->failure);
        if (got <= 0)
            return;
        decoding->head_end += (size_t)got;
    }
}

static int start(struct decoding *decoding, struct cw_error *error)
{
    bool big_endian = false;
    if (decoding->encoding == CW_ENCODING_UNKNOWN && decoding->head_end == 0) {
        read_head(decoding);
        if (cw_utf16_recognise((struct cw_str){decoding->head, decoding->head_end}, &big_endian))
            decoding->encoding = big_endian ? CW_ENCODING_UTF16BE : CW_ENCODING_UTF16LE;
    }
    if (cw_encoding_is_utf16(decoding->encoding)) {
        decoding->forward = calloc(1, sizeof(*decoding->forward));
        if (!decoding->forward)
            return cw_fail_nomem(error);
    }
    decoding->started = true;
    return CW_OK;
}

/* What the head holds first, then what the inner source gives. */
static int64_t read_inner(struct decoding *decoding, char *bytes, size_t size,
                          struct cw_error *error)
{
    size_t ready = decoding->head_end - decoding->head_begin;
    if (ready) {
        size_t count = ready < size ? ready : size;
        memcpy(bytes, decoding->head + decoding->head_begin, count);
        decoding->head_begin += count;
        return (int64_t)count;
    }
    if (decoding->failure.status < 0)
        return cw_fail(error, decoding->failure.status, "%s", decoding->failure.text);
    return cw_source_read(decoding->inner, bytes, size, error);
}

static int fill(struct decoding *decoding, struct cursor *cursor, struct cw_error *error)
{
    size_t left = cursor->end - cursor->begin;
    memmove(cursor->raw, cursor->raw + cursor->begin, left);
    cursor->begin = 0;
    cursor->end = left;
    bool forward = cursor == decoding->forward;
    int64_t got = forward ? read_inner(decoding, cursor->raw + left, RAW_SIZE - left, error)
                          : cw_source_read_at(decoding->inner, cursor->raw_offset,
                                              cursor->raw + left, RAW_SIZE - left, error);
    if (got < 0)
        return (int)got;
    cursor->end += (size_t)got;
    cursor->raw_offset += (uint64_t)got;
    cursor->at_end = got == 0;
    return CW_OK;
}

static size_t take_rest(struct cursor *cursor, char *bytes, size_t size)
{
    size_t left = cursor->rest_end - cursor->rest_begin;
    size_t count = left < size ? left : size;
    memcpy(bytes, cursor->rest + cursor->rest_begin, count);
    cursor->rest_begin += count;
    return count;
}

/* Decodes what there is in `raw`; less than a character's room is filled from `rest`. */
static size_t decode_some(const struct decoding *decoding, struct cursor *cursor, char *bytes,
                          size_t size)
{
    bool small = size < CW_UTF8_MOST;
    struct cw_str raw = {cursor->raw + cursor->begin, cursor->end - cursor->begin};
    struct cw_utf16_step step =
        cw_utf16_decode(raw, decoding->encoding == CW_ENCODING_UTF16BE, cursor->at_end,
                        small ? cursor->rest : bytes, small ? sizeof(cursor->rest) : size);
    cursor->begin += step.used;
    cursor->replaced += step.replaced;
    if (!small)
        return step.made;
    cursor->rest_begin = 0;
    cursor->rest_end = step.made;
    return take_rest(cursor, bytes, size);
}

/* At least one byte, but at the end or on failure. */
static int64_t read_cursor(struct decoding *decoding, struct cursor *cursor, char *bytes,
                           size_t size, struct cw_error *error)
{
    if (size == 0)
        return 0;
    size_t got = take_rest(cursor, bytes, size);
    while (got == 0) {
        got = decode_some(decoding, cursor, bytes, size);
        if (got > 0 || cursor->at_end)
            break;
        int status = fill(decoding, cursor, error);
        if (status < 0)
            return status;
    }
    cursor->position += got;
    return (int64_t)got;
}

static int64_t read_text(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct decoding *decoding = context;
    int status = decoding->started ? CW_OK : start(decoding, error);
    if (status < 0)
        return status;
    return decoding->forward ? read_cursor(decoding, decoding->forward, bytes, size, error)
                             : read_inner(decoding, bytes, size, error);
}

/* Decodes up to `offset` and drops it. 1, or 0 when the text ends before. */
static int skip_to(struct decoding *decoding, uint64_t offset, struct cw_error *error)
{
    char dropped[4096];
    struct cursor *look = decoding->look;
    while (look->position < offset) {
        uint64_t left = offset - look->position;
        size_t size = left < sizeof(dropped) ? (size_t)left : sizeof(dropped);
        int64_t got = read_cursor(decoding, look, dropped, size, error);
        if (got <= 0)
            return (int)got;
    }
    return 1;
}

static int64_t read_text_at(void *context, uint64_t offset, char *bytes, size_t size,
                            struct cw_error *error)
{
    struct decoding *decoding = context;
    int status = decoding->started ? CW_OK : start(decoding, error);
    if (status < 0)
        return status;
    if (!cw_encoding_is_utf16(decoding->encoding))
        return cw_source_read_at(decoding->inner, offset, bytes, size, error);
    if (!decoding->look || offset < decoding->look->position) {
        free(decoding->look);
        decoding->look = calloc(1, sizeof(*decoding->look));
    }
    if (!decoding->look)
        return cw_fail_nomem(error);
    status = skip_to(decoding, offset, error);
    return status <= 0 ? status : read_cursor(decoding, decoding->look, bytes, size, error);
}

static bool can_read_text_at(const void *context)
{
    const struct decoding *decoding = context;
    return cw_source_can_read_at(decoding->inner);
}

static void close_text(void *context)
{
    struct decoding *decoding = context;
    free(decoding->forward);
    free(decoding->look);
    free(decoding);
}

static const struct cw_source_kind decoded_kind = {read_text, read_text_at, can_read_text_at,
                                                   close_text};

int cw_source_decode(struct cw_source *inner, enum cw_encoding encoding,
                     struct cw_source **ret_source, struct cw_error *error)
{
    struct decoding *decoding = calloc(1, sizeof(*decoding));
    if (!decoding)
        return cw_fail_nomem(error);
    decoding->inner = inner;
    decoding->encoding = encoding;
    int status =
        cw_source_custom(cw_source_name(inner), &decoded_kind, decoding, ret_source, error);
    if (status < 0)
        free(decoding);
    return status;
}

enum cw_encoding cw_source_encoding(const struct cw_source *source)
{
    const struct decoding *decoding = cw_source_context(source, &decoded_kind);
    bool known = decoding && cw_encoding_is_utf16(decoding->encoding);
    return known ? decoding->encoding : CW_ENCODING_UTF8;
}

uint64_t cw_source_replaced(const struct cw_source *source)
{
    const struct decoding *decoding = cw_source_context(source, &decoded_kind);
    return decoding && decoding->forward ? decoding->forward->replaced : 0;
}
