#include "input/walk.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/os.h"

enum { PATH_MOST = 32 * 1024 };

static int walk_folder(struct cw_buf *path, unsigned depth, const struct cw_walk_sink *sink,
                       struct cw_error *error);

static int skip(const struct cw_walk_sink *sink, const struct cw_buf *path, const char *reason)
{
    return sink->skipped(sink->context, path->data, reason);
}

/* One name in a folder; `path` is its whole path. */
static int walk_entry(struct cw_buf *path, unsigned depth, const struct cw_walk_sink *sink,
                      struct cw_error *error)
{
    struct cw_os_info info;
    struct cw_error reason = {0};
    if (cw_os_stat(path->data, &info, &reason) < 0)
        return skip(sink, path, reason.text);
    switch (info.kind) {
    case CW_OS_FILE:
        return sink->file(sink->context, path->data, error);
    case CW_OS_FOLDER:
        if (info.is_link)
            return skip(sink, path, "a link to a folder is not followed");
        if (depth + 1 > CW_LIMIT_WALK_DEPTH)
            return skip(sink, path, "the folder lies too deep");
        return walk_folder(path, depth + 1, sink, error);
    case CW_OS_STREAM:
    case CW_OS_NONE:
        return skip(sink, path, "neither a file nor a folder");
    }
    return CW_OK;
}

static int walk_folder(struct cw_buf *path, unsigned depth, const struct cw_walk_sink *sink,
                       struct cw_error *error)
{
    struct cw_arena names_arena = {0};
    struct cw_str *names = NULL;
    size_t count = 0;
    struct cw_error reason = {0};
    int status = cw_os_list_folder(path->data, &names_arena, &names, &count, &reason);
    if (status < 0)
        status = status == CW_ERR_NOMEM ? cw_fail_nomem(error) : skip(sink, path, reason.text);
    size_t len = path->len;
    for (size_t i = 0; i < count && status >= 0; i++) {
        bool slash = len > 0 && path->data[len - 1] != '/';
        if ((slash && !cw_buf_char(path, '/')) || !cw_buf_append(path, names[i]))
            status = cw_fail_nomem(error);
        else
            status = walk_entry(path, depth, sink, error);
        path->len = len;
        path->data[len] = '\0';
    }
    cw_arena_done(&names_arena);
    return status < 0 ? status : CW_OK;
}

int cw_walk(const char *path, const struct cw_walk_sink *sink, struct cw_error *error)
{
    struct cw_os_info info = {.kind = CW_OS_STREAM};
    if (strcmp(path, "-") != 0) {
        int status = cw_os_stat(path, &info, error);
        if (status < 0)
            return status;
    }
    if (info.kind != CW_OS_FOLDER)
        return sink->file(sink->context, path, error);
    struct cw_buf buf;
    cw_buf_init(&buf, PATH_MOST);
    int status = cw_buf_append(&buf, cw_str_c(path)) ? walk_folder(&buf, 0, sink, error)
                                                     : cw_fail_nomem(error);
    cw_buf_done(&buf);
    return status;
}
