#include "input/event_lines.h"

#include <stdlib.h>

enum { PIECE = 16 * 1024 };

static const struct cw_str event_end = {"</Event>", 8};

struct breaking {
    struct cw_source *inner;
    bool decided, is_export;
    size_t matched;    /* bytes of `event_end` that were read last; all: a line end is due */
    size_t begin, end; /* of what is in `piece` */
    uint64_t broken;
    char piece[PIECE];
};

/* A failure is met again when what comes before it has been read. */
static void decide(struct breaking *breaking)
{
    struct cw_str head;
    breaking->decided = true;
    if (cw_source_peek(breaking->inner, CW_SOURCE_PEEK, &head, NULL) < 0)
        return;
    if (cw_str_starts(head, CW_STR("\xEF\xBB\xBF")))
        head = cw_str_from(head, 3);
    head = cw_str_trim(head);
    breaking->is_export =
        (cw_str_starts(head, CW_STR("<?xml")) || cw_str_starts(head, CW_STR("<Event"))) &&
        cw_str_find(head, CW_STR("<Event")) != SIZE_MAX;
}

/* Whether a line end is put in front of the byte that comes next. */
static bool is_due(struct breaking *breaking, char next)
{
    bool complete = breaking->matched == event_end.len;
    if (complete)
        breaking->matched = 0;
    if (complete && next != '\r' && next != '\n')
        return true;
    if (next == event_end.ptr[breaking->matched])
        breaking->matched++;
    else
        breaking->matched = next == event_end.ptr[0];
    return false;
}

static size_t copy_lines(struct breaking *breaking, char *bytes, size_t size)
{
    size_t made = 0;
    while (made < size && breaking->begin < breaking->end) {
        bool due = is_due(breaking, breaking->piece[breaking->begin]);
        breaking->broken += due;
        bytes[made++] = due ? '\n' : breaking->piece[breaking->begin++];
    }
    return made;
}

static int64_t read_lines(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct breaking *breaking = context;
    if (!breaking->decided)
        decide(breaking);
    if (!breaking->is_export)
        return cw_source_read(breaking->inner, bytes, size, error);
    if (breaking->begin == breaking->end) {
        int64_t got = cw_source_read(breaking->inner, breaking->piece, PIECE, error);
        if (got <= 0)
            return got;
        breaking->begin = 0;
        breaking->end = (size_t)got;
    }
    return (int64_t)copy_lines(breaking, bytes, size);
}

static int64_t read_lines_at(void *context, uint64_t offset, char *bytes, size_t size,
                             struct cw_error *error)
{
    struct breaking *breaking = context;
    return cw_source_read_at(breaking->inner, offset, bytes, size, error);
}

static bool can_read_lines_at(const void *context)
{
    const struct breaking *breaking = context;
    return !breaking->is_export && cw_source_can_read_at(breaking->inner);
}

static const struct cw_source_kind lines_kind = {read_lines, read_lines_at, can_read_lines_at,
                                                 free};

int cw_source_event_lines(struct cw_source *inner, struct cw_source **ret_source,
                          struct cw_error *error)
{
    struct breaking *breaking = calloc(1, sizeof(*breaking));
    if (!breaking)
        return cw_fail_nomem(error);
    breaking->inner = inner;
    int status = cw_source_custom(cw_source_name(inner), &lines_kind, breaking, ret_source, error);
    if (status < 0)
        free(breaking);
    return status;
}

uint64_t cw_source_events_broken(const struct cw_source *source)
{
    const struct breaking *breaking = cw_source_context(source, &lines_kind);
    return breaking ? breaking->broken : 0;
}
