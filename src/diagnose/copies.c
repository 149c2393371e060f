#include "diagnose/copies.h"

#include <stdlib.h>

#include "base/buf.h"
#include "diagnose/again.h"
#include "diagnose/remarks.h"

enum { TAIL_SIZE = 4096 };

/* Unpacking to read a little again is worth a limited effort. */
static bool may_read(const struct cw_case_source *log, uint64_t offset, uint64_t *unpacked)
{
    const uint64_t most = CW_LIMIT_UNPACKED_AGAIN_MIB * UINT64_C(1048576);
    if (log->place.depth == 0)
        return true;
    if (offset > most - *unpacked)
        return false;
    *unpacked += offset;
    return true;
}

/* The `size` bytes from `at` on in `part` stand from `offset` + `at` on in `log`. */
static int same_bytes(const struct cw_case_source *part, const struct cw_case_source *log,
                      uint64_t offset, uint64_t at, size_t size, bool *ret_same)
{
    char mine[TAIL_SIZE];
    char other[TAIL_SIZE];
    size_t used = 0;
    int status = cw_read_again(part, at, mine, size, &used);
    bool done = status == CW_OK && used == size;
    if (done)
        status = cw_read_again(log, offset + at, other, size, &used);
    *ret_same = done && status == CW_OK && used == size && memcmp(mine, other, size) == 0;
    return status;
}

/* `part` begins at `offset` of `log`, and its last bytes stand where they would then. */
static int stands_at(const struct cw_case_source *part, const struct cw_case_source *log,
                     uint64_t offset, uint64_t *unpacked, bool *ret_same)
{
    size_t tail = part->bytes < TAIL_SIZE ? (size_t)part->bytes : TAIL_SIZE;
    *ret_same =
        may_read(part, part->bytes, unpacked) && may_read(log, offset + part->bytes, unpacked);
    int status = CW_OK;
    if (*ret_same && offset > 0)
        status = same_bytes(part, log, offset, 0, part->head.len, ret_same);
    if (*ret_same && status == CW_OK)
        status = same_bytes(part, log, offset, part->bytes - tail, tail, ret_same);
    return status;
}

enum likeness { DIFFERENT, SAME, BEGINNING, END };

/* `copy` is not longer than `log`. */
static int compare_logs(const struct cw_case_source *copy, const struct cw_case_source *log,
                        uint64_t *unpacked, enum likeness *ret_likeness)
{
    const struct cw_log_stats *a = &copy->stats;
    const struct cw_log_stats *b = &log->stats;
    uint64_t offset = log->bytes - copy->bytes;
    bool same = copy->log == log->log && a->lines <= b->lines && a->records <= b->records;
    bool begins = same && a->first == b->first && cw_str_starts(log->head, copy->head);
    bool ends = same && (a->last == CW_TIME_NONE || (a->last == b->last && a->first >= b->first));
    int status = CW_OK;
    *ret_likeness = DIFFERENT;
    if (offset == 0) {
        same = begins && ends && copy->shape == log->shape && copy->heard == log->heard;
        *ret_likeness = same ? SAME : DIFFERENT;
        return CW_OK;
    }
    if (begins) {
        status = stands_at(copy, log, 0, unpacked, &same);
        *ret_likeness = same ? BEGINNING : DIFFERENT;
    }
    if (ends && status == CW_OK && *ret_likeness == DIFFERENT) {
        status = stands_at(copy, log, offset, unpacked, &same);
        *ret_likeness = same ? END : DIFFERENT;
    }
    return status;
}

/* Who is before whom as the one to be kept: the longer, the less packed, the first. */
struct candidate {
    const struct cw_case_source *source;
    size_t index;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *left = a;
    const struct candidate *right = b;
    if (left->source->bytes != right->source->bytes)
        return left->source->bytes > right->source->bytes ? -1 : 1;
    if (left->source->place.depth != right->source->place.depth)
        return left->source->place.depth < right->source->place.depth ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static int remark_copy(struct cw_case *c, size_t copy, size_t log, enum likeness likeness)
{
    static const char *const texts[] = {
        [SAME] = "a copy: the same stands in",
        [BEGINNING] = "an older copy: all of it stands at the beginning of",
        [END] = "a copy of a part: all of it stands at the end of",
    };
    struct cw_buf text;
    cw_buf_init(&text, CW_LIMIT_RECORD);
    (void)cw_buf_printf(&text, "%s %.*s, and counts only there", texts[likeness],
                        CW_STR_ARG(c->sources[log].path));
    int status = text.failed ? CW_ERR_NOMEM : cw_remark(c, copy, "copy", 0, 1, text.data);
    cw_buf_done(&text);
    return status;
}

static int find_original(struct cw_case *c, const struct candidate *candidates, size_t index,
                         uint64_t *unpacked)
{
    size_t copy = candidates[index].index;
    for (size_t i = 0; i < index; i++) {
        size_t log = candidates[i].index;
        enum likeness likeness = DIFFERENT;
        if (c->sources[log].copy_of != CW_SOURCE_NONE)
            continue;
        int status = compare_logs(&c->sources[copy], &c->sources[log], unpacked, &likeness);
        if (status < 0)
            return status;
        if (likeness == DIFFERENT)
            continue;
        c->sources[copy].copy_of = log;
        return remark_copy(c, copy, log, likeness);
    }
    return CW_OK;
}

int cw_copies_find(struct cw_case *c)
{
    struct candidate *candidates = calloc(c->source_count + 1, sizeof(*candidates));
    size_t count = 0;
    uint64_t unpacked = 0;
    int status = candidates ? CW_OK : CW_ERR_NOMEM;
    for (size_t i = 0; i < c->source_count && status == CW_OK; i++) {
        const struct cw_case_source *source = &c->sources[i];
        if (source->recognised && !source->damaged && source->bytes > 0)
            candidates[count++] = (struct candidate){source, i};
    }
    if (count && status == CW_OK)
        qsort(candidates, count, sizeof(*candidates), compare_candidates);
    for (size_t i = 1; i < count && status == CW_OK; i++)
        status = find_original(c, candidates, i, &unpacked);
    free(candidates);
    return status;
}
