/* Bytes -> physical lines, block by block.
 *
 * A block holds whole lines only (the last line of a source may lack its line end). For each block
 * the reader gives the starts of its lines and the hits of the filter; consumers walk both. Line
 * ends are LF or CRLF; in a source whose first 64 KiB have CR but no LF, CR ends a line. A
 * UTF-8 byte order mark at the start is skipped. The sequence of lines is the same whatever sizes
 * the source's reads have.
 */
#ifndef CW_INPUT_LINES_H
#define CW_INPUT_LINES_H

#include "input/filter.h"
#include "input/source.h"

struct cw_block {
    const char *data; /* the block's bytes */
    size_t len;
    const uint32_t *start; /* line_count + 1 offsets into data; the last one is len */
    size_t line_count;
    const struct cw_hit *hits; /* by offset; offsets into data */
    size_t hit_count;
    uint64_t first_line; /* number of the block's first line, from 1 */
    uint64_t offset;     /* of data[0] in the source */
    char newline;        /* '\n', or '\r' in old Macintosh style */
};

struct cw_line_reader;

/* `filter` may be NULL (no hits). Both are borrowed. */
int cw_line_reader_new(struct cw_source *source, const struct cw_filter *filter,
                       struct cw_line_reader **ret_reader, struct cw_error *error);
void cw_line_reader_free(struct cw_line_reader *reader);

/* Uses another filter (or none) from the next block on: what to look for depends on the format,
 * which is known after a peek. */
void cw_line_reader_filter(struct cw_line_reader *reader, const struct cw_filter *filter);

/* Has `see` called with every block before it is delivered; a negative status of it is the reader's
 * failure. NULL, the default: nobody looks. */
void cw_line_reader_tap(struct cw_line_reader *reader,
                        int (*see)(void *context, const struct cw_block *block,
                                   struct cw_error *error),
                        void *context);

/* 1 and a block, 0 at the end, negative on failure. The block is good until the next call. */
int cw_line_reader_next(struct cw_line_reader *reader, struct cw_block *ret_block,
                        struct cw_error *error);

/* The next bytes (up to `size`, at most 64 KiB), without consuming them: for recognising formats.
 * Good until the next call. */
int cw_line_reader_peek(struct cw_line_reader *reader, size_t size, struct cw_str *ret_bytes,
                        struct cw_error *error);

/* Lines longer than CW_LIMIT_LINE; each was cut there and the rest skipped. `ret_first` is the
 * number of the first. */
uint64_t cw_line_reader_cut(const struct cw_line_reader *reader, uint64_t *ret_first);
/* NUL bytes seen so far, and bytes in all. */
uint64_t cw_line_reader_nuls(const struct cw_line_reader *reader);
/* The beginning of the last line so far that is not empty, at most CW_LINE_TAIL bytes. Good until
 * the next call of next. */
enum { CW_LINE_TAIL = 256 };
struct cw_str cw_line_reader_last(const struct cw_line_reader *reader);
/* A hash of the lengths of the lines so far: with little else it tells whether two logs are the
 * same, and costs next to nothing. */
uint64_t cw_line_reader_shape(const struct cw_line_reader *reader);
uint64_t cw_line_reader_bytes(const struct cw_line_reader *reader);

/* Line `index` of a block, without its line end. */
static inline struct cw_str cw_block_line(const struct cw_block *block, size_t index)
{
    size_t begin = block->start[index];
    size_t end = block->start[index + 1];
    if (end > begin && block->data[end - 1] == block->newline)
        end--;
    if (end > begin && block->newline == '\n' && block->data[end - 1] == '\r')
        end--;
    return (struct cw_str){block->data + begin, end - begin};
}

#endif
