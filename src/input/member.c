#include "input/member.h"

#include <stdlib.h>

#include "input/archive.h"

/* The way from the file to the member: sources[0] is the file, archives[i] reads sources[i], and
 * sources[i + 1] is the member of archives[i]. */
struct member {
    char *path;
    struct cw_member_place place;
    struct cw_archive_budget budget;
    struct cw_source *sources[CW_LIMIT_ARCHIVE_DEPTH + 1];
    struct cw_archive *archives[CW_LIMIT_ARCHIVE_DEPTH];
    uint64_t position;
};

static void close_way(struct member *member)
{
    for (unsigned i = CW_LIMIT_ARCHIVE_DEPTH + 1; i-- > 0;) {
        cw_source_close(member->sources[i]);
        member->sources[i] = NULL;
        if (i == 0)
            break;
        cw_archive_close(member->archives[i - 1]);
        member->archives[i - 1] = NULL;
    }
    member->position = 0;
}

/* The member of archive `level` that the place names. */
static int enter(struct member *member, unsigned level, struct cw_error *error)
{
    struct cw_member entry = {0};
    struct cw_archive **archive = &member->archives[level];
    int status = cw_archive_open(member->sources[level], &member->budget, archive, error);
    if (status < 0)
        return status;
    int more;
    do {
        more = cw_archive_next(*archive, &entry, error);
    } while (more > 0 && entry.index != member->place.index[level]);
    if (more < 0)
        return more;
    if (more == 0)
        return cw_fail(error, CW_ERR_NOT_FOUND, "the archive has fewer members than before");
    return cw_archive_source(*archive, member->path, &member->sources[level + 1], error);
}

static int open_way(struct member *member, struct cw_error *error)
{
    close_way(member);
    member->budget = cw_archive_budget();
    int status = cw_source_open(member->path, &member->sources[0], error);
    if (status == CW_OK && !cw_source_can_read_at(member->sources[0]))
        status = cw_fail(error, CW_ERR_UNSUPPORTED, "'%s' can not be read twice", member->path);
    for (unsigned level = 0; level < member->place.depth && status == CW_OK; level++)
        status = enter(member, level, error);
    if (status < 0)
        close_way(member);
    return status;
}

static int64_t member_read(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct member *member = context;
    struct cw_source *last = member->sources[member->place.depth];
    int64_t got = last ? cw_source_read(last, bytes, size, error) : 0;
    member->position += got > 0 ? (uint64_t)got : 0;
    return got;
}

static int64_t member_read_at(void *context, uint64_t offset, char *bytes, size_t size,
                              struct cw_error *error)
{
    struct member *member = context;
    int64_t got = size > 0 && offset < member->position ? open_way(member, error) : CW_OK;
    if (got < 0)
        return got;
    while (size > 0 && member->position < offset) {
        uint64_t left = offset - member->position;
        got = member_read(member, bytes, left < size ? (size_t)left : size, error);
        if (got <= 0)
            return got;
    }
    return member_read(member, bytes, size, error);
}

static bool member_can_read_at(const void *context)
{
    (void)context;
    return true;
}

static void member_close(void *context)
{
    struct member *member = context;
    close_way(member);
    free(member->path);
    free(member);
}

static const struct cw_source_kind member_kind = {
    .read = member_read,
    .read_at = member_read_at,
    .can_read_at = member_can_read_at,
    .close = member_close,
};

static struct member *member_new(const char *path, const struct cw_member_place *place)
{
    struct member *member = calloc(1, sizeof(*member));
    size_t size = strlen(path) + 1;
    char *copy = malloc(size);
    if (!member || !copy) {
        free(member);
        free(copy);
        return NULL;
    }
    memcpy(copy, path, size);
    member->path = copy;
    member->place = *place;
    return member;
}

int cw_member_open(const char *path, const struct cw_member_place *place,
                   struct cw_source **ret_source, struct cw_error *error)
{
    if (place->depth == 0)
        return cw_source_open(path, ret_source, error);
    struct member *member = member_new(path, place);
    if (!member)
        return cw_fail_nomem(error);
    int status = open_way(member, error);
    if (status == CW_OK)
        status = cw_source_custom(path, &member_kind, member, ret_source, error);
    if (status < 0)
        member_close(member);
    return status;
}
