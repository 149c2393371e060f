/* Lines by the plainest splitting, and the line reader held against it: for the unit tests and the
 * fuzz target. */
#ifndef CW_TESTS_PLAIN_LINES_H
#define CW_TESTS_PLAIN_LINES_H

#include "base/limits.h"
#include "input/lines.h"

struct plain_lines {
    struct cw_str bytes;
    size_t next; /* where the next line begins */
    char newline;
    uint64_t count, cut, first_cut;
};

static inline struct plain_lines plain_lines_begin(struct cw_str bytes)
{
    struct plain_lines lines = {.bytes = bytes, .newline = '\n'};
    struct cw_str head = cw_str_head(bytes, (size_t)64 * 1024);
    bool has_cr = false;
    bool has_lf = false;
    for (size_t i = 0; i < head.len; i++) {
        has_cr = has_cr || (head.ptr[i] == '\r' && i + 1 < (size_t)64 * 1024);
        has_lf = has_lf || head.ptr[i] == '\n';
    }
    if (has_cr && !has_lf)
        lines.newline = '\r';
    if (cw_str_starts(bytes, CW_STR("\xEF\xBB\xBF")))
        lines.next = 3;
    return lines;
}

static inline struct cw_str plain_text(const struct plain_lines *lines, struct cw_str raw)
{
    if (raw.len && raw.ptr[raw.len - 1] == lines->newline)
        raw.len--;
    if (raw.len && lines->newline == '\n' && raw.ptr[raw.len - 1] == '\r')
        raw.len--;
    return raw;
}

/* NUL bytes that alone fill a line belong to none. */
static inline void plain_lines_skip_hole(struct plain_lines *lines)
{
    struct cw_str rest = cw_str_from(lines->bytes, lines->next);
    size_t nuls = 0;
    while (nuls < rest.len && rest.ptr[nuls] == '\0')
        nuls++;
    lines->next += nuls >= CW_LIMIT_LINE ? nuls : 0;
}

/* False at the end. */
static inline bool plain_lines_next(struct plain_lines *lines, struct cw_str *ret_text)
{
    plain_lines_skip_hole(lines);
    struct cw_str raw = cw_str_from(lines->bytes, lines->next);
    if (raw.len == 0)
        return false;
    size_t len = 0;
    while (len < raw.len && raw.ptr[len] != lines->newline)
        len++;
    raw = cw_str_head(raw, len + 1);
    lines->count++;
    lines->next += raw.len;
    *ret_text = plain_text(lines, raw);
    if (ret_text->len <= CW_LIMIT_LINE)
        return true;
    *ret_text = plain_text(lines, cw_str_head(raw, CW_LIMIT_LINE));
    if (lines->cut++ == 0)
        lines->first_cut = lines->count;
    return true;
}

/* What is wrong with a block, or NULL; moves `lines` behind it. */
static inline const char *compare_block(const struct cw_block *block, struct plain_lines *lines)
{
    if (block->line_count == 0 || block->start[0] != 0 ||
        block->start[block->line_count] != block->len)
        return "a block does not end where its last line ends";
    if (block->first_line != lines->count + 1)
        return "a block has another number than its first line";
    plain_lines_skip_hole(lines);
    if (block->offset != lines->next)
        return "a block stands elsewhere in the source";
    for (size_t i = 0; i < block->line_count; i++) {
        struct cw_str expected;
        plain_lines_skip_hole(lines);
        size_t begin = lines->next;
        if (block->start[i] >= block->start[i + 1])
            return "a line ends before it begins";
        if (!plain_lines_next(lines, &expected))
            return "there are more lines than in the source";
        if (!cw_str_eq(cw_block_line(block, i), expected))
            return "a line has another text";
        if (block->offset + block->start[i] != begin)
            return "a line stands elsewhere in the source";
    }
    return NULL;
}

/* After the last block. */
static inline const char *compare_end(const struct cw_line_reader *reader,
                                      struct plain_lines *lines)
{
    struct cw_str text;
    uint64_t first_cut = 0;
    if (plain_lines_next(lines, &text))
        return "there are fewer lines than in the source";
    if (cw_line_reader_bytes(reader) != lines->bytes.len)
        return "not all bytes were read";
    if (cw_line_reader_cut(reader, &first_cut) != lines->cut || first_cut != lines->first_cut)
        return "other lines were cut";
    return NULL;
}

/* Reads `bytes`, `piece` at a time (0 = all that fits), and says in what the reader differs; NULL
 * when in nothing. */
static inline const char *compare_lines(struct cw_str bytes, size_t piece)
{
    struct plain_lines lines = plain_lines_begin(bytes);
    struct cw_source *source = NULL;
    struct cw_line_reader *reader = NULL;
    struct cw_block block;
    const char *difference = NULL;
    int status = 1;
    if (cw_source_memory("log", bytes, piece, &source, NULL) < 0 ||
        cw_line_reader_new(source, NULL, &reader, NULL) < 0)
        difference = "there is no memory";
    while (!difference && (status = cw_line_reader_next(reader, &block, NULL)) > 0)
        difference = compare_block(&block, &lines);
    if (!difference)
        difference = status < 0 ? "reading failed" : compare_end(reader, &lines);
    cw_line_reader_free(reader);
    cw_source_close(source);
    return difference;
}

#endif
