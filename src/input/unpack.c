#include "input/unpack.h"

#include <assert.h>

#include "base/buf.h"
#include "input/archive_head.h"

enum { PATH_MOST = 32 * 1024 };

struct unpacking {
    const struct cw_unpack_sink *sink;
    struct cw_archive_budget budget;
    struct cw_buf path;
    struct cw_member_place place;
    bool spent; /* a limit of the whole file was reached, and said so */
};

static int unpack(struct unpacking *u, struct cw_source *source, struct cw_error *error);

static int not_read(struct unpacking *u, const char *reason, struct cw_error *error)
{
    return u->sink->not_read(u->sink->context, u->path.data, reason, error);
}

/* A member, known by its first bytes. */
static int deliver(struct unpacking *u, struct cw_source *source, struct cw_error *error)
{
    struct cw_str head;
    struct cw_error reason = {0};
    int status = cw_source_peek(source, CW_SOURCE_PEEK, &head, &reason);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    if (status < 0)
        return not_read(u, reason.text, error);
    if (cw_archive_nature(head) == CW_ARCHIVE_NONE)
        return u->sink->member(u->sink->context, source, &u->place, error);
    if (u->place.depth == CW_LIMIT_ARCHIVE_DEPTH)
        return not_read(u, "it is an archive that lies in too many others", error);
    return unpack(u, source, error);
}

/* The name that a file had before it was packed alone: "CBS.log.gz" held "CBS.log". */
static struct cw_str name_of_packed(struct cw_str path)
{
    struct cw_str name = cw_str_basename(path);
    size_t dot = cw_str_find_last_char(name, '.');
    return dot == SIZE_MAX || dot == 0 ? CW_STR("content") : cw_str_head(name, dot);
}

static int visit(struct unpacking *u, struct cw_archive *archive, const struct cw_member *member,
                 struct cw_error *error)
{
    struct cw_str name = member->name.len ? member->name : name_of_packed(cw_buf_str(&u->path));
    if (!cw_buf_char(&u->path, '/') || !cw_buf_append(&u->path, name))
        return cw_fail_nomem(error);
    if (member->is_encrypted)
        return not_read(u, "it is encrypted", error);
    int status =
        member->is_outside ? u->sink->outside(u->sink->context, u->path.data, error) : CW_OK;
    struct cw_source *source = NULL;
    if (status >= 0)
        status = cw_archive_source(archive, u->path.data, &source, error);
    if (status >= 0)
        status = deliver(u, source, error);
    cw_source_close(source);
    return status;
}

static int visit_all(struct unpacking *u, struct cw_archive *archive, struct cw_error *error)
{
    struct cw_member member;
    struct cw_error reason = {0};
    size_t len = u->path.len;
    int more;
    while ((more = cw_archive_next(archive, &member, &reason)) > 0) {
        u->place.index[u->place.depth - 1] = member.index;
        int status = member.is_file ? visit(u, archive, &member, error) : CW_OK;
        u->path.len = len;
        u->path.data[len] = '\0';
        if (status < 0)
            return status;
    }
    if (more == 0 || (more == CW_ERR_LIMIT && u->spent))
        return CW_OK;
    if (more == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    u->spent = more == CW_ERR_LIMIT;
    return not_read(u, reason.text, error);
}

static int unpack(struct unpacking *u, struct cw_source *source, struct cw_error *error)
{
    struct cw_archive *archive = NULL;
    struct cw_error reason = {0};
    int status = cw_archive_open(source, &u->budget, &archive, &reason);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    if (status < 0)
        return not_read(u, reason.text, error);
    assert(u->place.depth < CW_LIMIT_ARCHIVE_DEPTH);
    u->place.depth++;
    status = visit_all(u, archive, error);
    u->place.depth--;
    cw_archive_close(archive);
    return status;
}

int cw_unpack(struct cw_source *source, struct cw_archive_budget budget,
              const struct cw_unpack_sink *sink, struct cw_error *error)
{
    struct unpacking u = {.sink = sink, .budget = budget};
    cw_buf_init(&u.path, PATH_MOST);
    int status = cw_buf_append(&u.path, cw_str_c(cw_source_name(source)))
                     ? unpack(&u, source, error)
                     : cw_fail_nomem(error);
    cw_buf_done(&u.path);
    return status;
}
