/* The buffer holds, from its front: the block that was delivered last, then bytes read ahead. A
 * call drops the delivered part, reads, and delivers what now ends in a line end. */
#include "input/lines.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "input/newline.h"

enum {
    /* Read before anything is decided: enough to recognise a format and the kind of line ends. */
    HEAD_SIZE = 64 * 1024,
    BUFFER_SIZE = CW_LIMIT_BLOCK + CW_LIMIT_LINE
};

static_assert((int)HEAD_SIZE < (int)BUFFER_SIZE, "the head must fit");

struct cw_line_reader {
    struct cw_source *source;
    const struct cw_filter *filter;
    char *buffer;
    size_t begin; /* of what has not been delivered */
    size_t end;
    uint64_t offset;         /* of buffer[begin] in the source */
    uint64_t line;           /* number of the next line, from 1 */
    bool at_end;             /* the source has no more bytes */
    struct cw_error failure; /* why, when it was not its end */
    bool started;
    bool skipping; /* inside the rest of a line that was cut */
    char newline;
    uint64_t cut_lines, first_cut;
    uint64_t nuls;
    uint64_t shape; /* hash of the lengths of all lines */
    char last[CW_LINE_TAIL];
    size_t last_len;
    struct cw_offsets starts;
    struct cw_hits hits;
    int (*see)(void *context, const struct cw_block *block, struct cw_error *error);
    void *see_context;
};

int cw_line_reader_new(struct cw_source *source, const struct cw_filter *filter,
                       struct cw_line_reader **ret_reader, struct cw_error *error)
{
    struct cw_line_reader *reader = calloc(1, sizeof(*reader));
    char *buffer = malloc(BUFFER_SIZE);
    if (!reader || !buffer) {
        free(reader);
        free(buffer);
        return cw_fail_nomem(error);
    }
    reader->source = source;
    reader->filter = filter;
    reader->buffer = buffer;
    reader->line = 1;
    reader->shape = CW_HASH_INIT;
    *ret_reader = reader;
    return CW_OK;
}

void cw_line_reader_free(struct cw_line_reader *reader)
{
    if (!reader)
        return;
    cw_offsets_done(&reader->starts);
    cw_hits_done(&reader->hits);
    free(reader->buffer);
    free(reader);
}

void cw_line_reader_filter(struct cw_line_reader *reader, const struct cw_filter *filter)
{
    reader->filter = filter;
}

void cw_line_reader_tap(struct cw_line_reader *reader,
                        int (*see)(void *context, const struct cw_block *block,
                                   struct cw_error *error),
                        void *context)
{
    reader->see = see;
    reader->see_context = context;
}

uint64_t cw_line_reader_cut(const struct cw_line_reader *reader, uint64_t *ret_first)
{
    *ret_first = reader->first_cut;
    return reader->cut_lines;
}

uint64_t cw_line_reader_nuls(const struct cw_line_reader *reader)
{
    return reader->nuls;
}

uint64_t cw_line_reader_bytes(const struct cw_line_reader *reader)
{
    return reader->offset;
}

static struct cw_str pending(const struct cw_line_reader *reader)
{
    return (struct cw_str){reader->buffer + reader->begin, reader->end - reader->begin};
}

/* One read into the free end of the buffer. A failure ends the source: what was read before it is
 * delivered first. */
static void read_more(struct cw_line_reader *reader, size_t most)
{
    if (reader->begin > 0) {
        memmove(reader->buffer, reader->buffer + reader->begin, reader->end - reader->begin);
        reader->end -= reader->begin;
        reader->begin = 0;
    }
    size_t room = BUFFER_SIZE - reader->end;
    int64_t got = cw_source_read(reader->source, reader->buffer + reader->end,
                                 room < most ? room : most, &reader->failure);
    reader->end += got > 0 ? (size_t)got : 0;
    reader->at_end = got <= 0;
}

static void consume(struct cw_line_reader *reader, size_t count)
{
    reader->begin += count;
    reader->offset += count;
}

/* The first bytes decide about the byte order mark and the line ends, whatever the read sizes. */
static void start(struct cw_line_reader *reader)
{
    while (!reader->at_end && reader->end < HEAD_SIZE)
        read_more(reader, HEAD_SIZE - reader->end);
    struct cw_str head = cw_str_head(pending(reader), HEAD_SIZE);
    /* A CR at the very end of the head may be half of a CRLF. */
    bool old_macintosh =
        cw_str_find_char(head, '\n') == SIZE_MAX && cw_str_find_char(head, '\r') < HEAD_SIZE - 1;
    reader->newline = old_macintosh ? '\r' : '\n';
    if (cw_str_starts(head, CW_STR("\xEF\xBB\xBF")))
        consume(reader, 3);
    reader->started = true;
}

/* Drops the rest of a line that was cut, up to and including its line end. */
static void skip_rest_of_line(struct cw_line_reader *reader)
{
    while (reader->skipping) {
        struct cw_str rest = pending(reader);
        size_t at = cw_str_find_char(rest, reader->newline);
        reader->skipping = at == SIZE_MAX && !reader->at_end;
        consume(reader, at == SIZE_MAX ? rest.len : at + 1);
        if (reader->skipping)
            read_more(reader, CW_LIMIT_BLOCK);
    }
}

static size_t count_leading_nuls(struct cw_str bytes)
{
    size_t count = 0;
    while (count < bytes.len && bytes.ptr[count] == '\0')
        count++;
    return count;
}

/* Where a power failure left a hole of zeros in a log, the line behind it is whole: the zeros go,
 * and it is not cut. Only what alone would fill a line is a hole. */
static void skip_hole(struct cw_line_reader *reader)
{
    size_t nuls = count_leading_nuls(pending(reader));
    while (nuls && nuls == pending(reader).len && nuls < CW_LIMIT_LINE && !reader->at_end) {
        read_more(reader, CW_LIMIT_BLOCK);
        nuls = count_leading_nuls(pending(reader));
    }
    if (nuls < CW_LIMIT_LINE)
        return;
    while (nuls) {
        reader->nuls += nuls;
        consume(reader, nuls);
        if (pending(reader).len == 0 && !reader->at_end)
            read_more(reader, CW_LIMIT_BLOCK);
        nuls = count_leading_nuls(pending(reader));
    }
}

/* Before every delivery. */
static void prepare(struct cw_line_reader *reader)
{
    if (!reader->started)
        start(reader);
    skip_rest_of_line(reader);
    skip_hole(reader);
}

/* The source's failure, once all that was read before it has been delivered. */
static int end_status(const struct cw_line_reader *reader, struct cw_error *error)
{
    if (reader->failure.status == CW_OK)
        return 0;
    return cw_fail(error, reader->failure.status, "%s", reader->failure.text);
}

/* Line `index` of what is pending. */
static struct cw_str line_text(const struct cw_line_reader *reader, size_t index)
{
    struct cw_block block = {
        .data = pending(reader).ptr,
        .start = reader->starts.items,
        .newline = reader->newline,
    };
    return cw_block_line(&block, index);
}

int cw_line_reader_peek(struct cw_line_reader *reader, size_t size, struct cw_str *ret_bytes,
                        struct cw_error *error)
{
    prepare(reader);
    while (!reader->at_end && pending(reader).len < HEAD_SIZE)
        read_more(reader, HEAD_SIZE - pending(reader).len);
    if (pending(reader).len == 0 && reader->failure.status < 0)
        return end_status(reader, error);
    *ret_bytes = cw_str_head(pending(reader), size < HEAD_SIZE ? size : HEAD_SIZE);
    return CW_OK;
}

/* The line that begins there, which may be too long, begins with a hole. */
static bool is_hole(const struct cw_line_reader *reader, size_t begin)
{
    struct cw_str line = cw_str_head(cw_str_from(pending(reader), begin), CW_LIMIT_LINE);
    return count_leading_nuls(line) == CW_LIMIT_LINE;
}

/* How many bytes the block has: up to its last line's end, or less when a line that is too long
 * ends it early. */
static size_t index_lines(struct cw_line_reader *reader)
{
    struct cw_offsets *starts = &reader->starts;
    for (size_t i = 0; i + 1 < starts->count; i++) {
        size_t begin = starts->items[i];
        size_t size = starts->items[i + 1] - begin;
        if (i > 0 && size >= CW_LIMIT_LINE && is_hole(reader, begin)) {
            starts->count = i + 1;
            return begin;
        }
        if (size <= CW_LIMIT_LINE || line_text(reader, i).len <= CW_LIMIT_LINE)
            continue;
        starts->items[i + 1] = (uint32_t)(begin + CW_LIMIT_LINE);
        starts->count = i + 2;
        reader->cut_lines++;
        if (!reader->first_cut)
            reader->first_cut = reader->line + i;
        reader->skipping = true;
        return begin + CW_LIMIT_LINE;
    }
    return starts->items[starts->count - 1];
}

static uint64_t count_nuls(struct cw_str bytes)
{
    uint64_t count = 0;
    for (size_t i = 0; i < bytes.len; i++)
        count += bytes.ptr[i] == '\0';
    return count;
}

/* Finds the lines of what is pending. True when there is at least one to deliver. */
static int find_lines(struct cw_line_reader *reader, size_t *ret_len, struct cw_error *error)
{
    struct cw_str bytes = pending(reader);
    bool has_nul = false;
    reader->starts.count = 0;
    if (!cw_offsets_add(&reader->starts, 0) ||
        !cw_newlines_find(bytes, reader->newline, &reader->starts, &has_nul))
        return cw_fail_nomem(error);
    size_t last = reader->starts.items[reader->starts.count - 1];
    /* A line that is certainly too long is not waited for; the line end has two bytes at most. */
    bool too_long = last == 0 && bytes.len > CW_LIMIT_LINE + 2;
    bool open_line = last < bytes.len && (reader->at_end || too_long);
    if (open_line && !cw_offsets_add(&reader->starts, (uint32_t)bytes.len))
        return cw_fail_nomem(error);
    if (reader->starts.count < 2)
        return 0;
    *ret_len = index_lines(reader);
    if (has_nul)
        reader->nuls += count_nuls(cw_str_head(bytes, *ret_len));
    return 1;
}

static int scan_block(struct cw_line_reader *reader, struct cw_str bytes, struct cw_error *error)
{
    reader->hits.count = 0;
    if (!reader->filter)
        return CW_OK;
    int status = cw_filter_scan(reader->filter, bytes, &reader->hits);
    return status < 0 ? cw_fail_nomem(error) : CW_OK;
}

/* Reads until there is a line to deliver or the source ends. 1, 0 at the end, or negative. */
static int fill(struct cw_line_reader *reader, size_t *ret_len, struct cw_error *error)
{
    for (;;) {
        int found = find_lines(reader, ret_len, error);
        if (found != 0)
            return found;
        if (reader->at_end)
            return end_status(reader, error);
        read_more(reader, CW_LIMIT_BLOCK);
    }
}

static uint64_t shape_with(uint64_t shape, const struct cw_offsets *starts)
{
    for (size_t i = 1; i < starts->count; i++)
        shape = cw_hash_number(shape, starts->items[i] - starts->items[i - 1]);
    return shape;
}

static void keep_last(struct cw_line_reader *reader, const struct cw_block *block)
{
    struct cw_str line = CW_STR_NONE;
    for (size_t i = block->line_count; i-- > 0 && line.len == 0;)
        line = cw_str_head(cw_block_line(block, i), CW_LINE_TAIL);
    if (line.len)
        memcpy(reader->last, line.ptr, line.len);
    reader->last_len = line.len ? line.len : reader->last_len;
}

struct cw_str cw_line_reader_last(const struct cw_line_reader *reader)
{
    return (struct cw_str){reader->last, reader->last_len};
}

uint64_t cw_line_reader_shape(const struct cw_line_reader *reader)
{
    return reader->shape;
}

int cw_line_reader_next(struct cw_line_reader *reader, struct cw_block *ret_block,
                        struct cw_error *error)
{
    prepare(reader);
    if (!reader->at_end && reader->end - reader->begin < CW_LIMIT_LINE)
        read_more(reader, CW_LIMIT_BLOCK);
    size_t len = 0;
    int status = fill(reader, &len, error);
    if (status <= 0)
        return status;
    struct cw_str bytes = {reader->buffer + reader->begin, len};
    status = scan_block(reader, bytes, error);
    if (status < 0)
        return status;
    *ret_block = (struct cw_block){
        .data = bytes.ptr,
        .len = len,
        .start = reader->starts.items,
        .line_count = reader->starts.count - 1,
        .hits = reader->hits.items,
        .hit_count = reader->hits.count,
        .first_line = reader->line,
        .offset = reader->offset,
        .newline = reader->newline,
    };
    reader->line += reader->starts.count - 1;
    reader->shape = shape_with(reader->shape, &reader->starts);
    keep_last(reader, ret_block);
    consume(reader, len);
    status = reader->see ? reader->see(reader->see_context, ret_block, error) : CW_OK;
    return status < 0 ? status : 1;
}
