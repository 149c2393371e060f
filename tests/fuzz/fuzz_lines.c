/* Any bytes as a log, split by the line reader and by the plainest loop. The first byte says how
 * many the source gives at a time; a byte 1 in the rest stands for as many as a line may have, so
 * that small inputs reach what happens to long lines. */
#include "base/buf.h"
#include "fuzz/fuzzing.h"
#include "support/plain_lines.h"

enum { LOG_MOST = 3 * 1024 * 1024 };

static void put_stretched(struct cw_buf *log, struct cw_str bytes)
{
    char filler[CW_LIMIT_LINE];
    memset(filler, 'x', sizeof(filler));
    for (size_t i = 0; i < bytes.len; i++) {
        struct cw_str one = {bytes.ptr + i, 1};
        (void)cw_buf_append(log, bytes.ptr[i] == 1 ? (struct cw_str){filler, sizeof(filler)} : one);
    }
}

/* A peek before the first line shows how the log begins and takes nothing away. */
static void check_peek(struct cw_str bytes, size_t piece)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *reader = NULL;
    struct cw_str head;
    struct cw_block block;
    size_t mark = cw_str_starts(bytes, CW_STR("\xEF\xBB\xBF")) ? 3 : 0;
    demand(cw_source_memory("fuzz", bytes, piece, &source, NULL) == 0);
    demand(cw_line_reader_new(source, NULL, &reader, NULL) == 0);
    demand(cw_line_reader_peek(reader, 100, &head, NULL) == 0);
    demand(cw_str_eq(head, cw_str_head(cw_str_from(bytes, mark), 100)));
    demand(cw_line_reader_next(reader, &block, NULL) == (head.len > 0));
    demand(head.len == 0 || (block.first_line == 1 && block.offset == mark));
    cw_line_reader_free(reader);
    cw_source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_buf log;
    if (size < 1)
        return 0;
    cw_buf_init(&log, LOG_MOST);
    put_stretched(&log, (struct cw_str){(const char *)bytes + 1, size - 1});
    /* Tiny pieces of a long line are slow and show nothing more. */
    size_t piece = log.len < 4096 ? bytes[0] : (size_t)bytes[0] * 521;
    demand(compare_lines(cw_buf_str(&log), piece) == NULL);
    check_peek(cw_buf_str(&log), piece);
    cw_buf_done(&log);
    return 0;
}
