/* A cw_output over the C library's streams.
 *
 * A reader of FILE never sees half a report: the bytes go to "FILE.0.tmp" beside it, created
 * exclusively, so that nothing that stands there, no planted link either, is written through.
 */
#include "cbswhy/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/os.h"

enum {
    /* Left-over temporary files that are stepped over before giving up. */
    TEMPORARY_TRIES = 100,
    PATH_MOST = 16 * 1024
};

struct cw_file_output {
    struct cw_output output;
    FILE *stream;
    struct cw_buf path;
    struct cw_buf temporary; /* empty: written in place */
    int failure;             /* the first failed write, 0 = none */
    int os_error;            /* its errno */
};

static bool is_standard(const struct cw_file_output *file)
{
    return file->stream == stdout;
}

static void note_failure(struct cw_file_output *file)
{
    if (file->failure != 0)
        return;
    file->os_error = errno;
    file->failure = errno == EPIPE ? CW_ERR_CLOSED : CW_ERR_IO;
}

static int write_stream(void *context, const char *bytes, size_t size)
{
    struct cw_file_output *file = context;
    if (file->failure == 0 && fwrite(bytes, 1, size, file->stream) != size)
        note_failure(file);
    return file->failure;
}

static int fail_open(const struct cw_file_output *file, struct cw_error *error)
{
    return cw_fail(error, CW_ERR_IO, "can not create '%s': %s", file->path.data,
                   cw_os_reason(errno));
}

static bool is_written_in_place(const char *path)
{
    struct cw_os_info info;
    if (cw_os_stat(path, &info, NULL) < 0)
        return false;
    return info.is_link || info.kind != CW_OS_FILE;
}

static int open_temporary(struct cw_file_output *file, struct cw_error *error)
{
    for (int i = 0; i < TEMPORARY_TRIES; i++) {
        cw_buf_clear(&file->temporary);
        if (!cw_buf_printf(&file->temporary, "%s.%d.tmp", file->path.data, i))
            return cw_fail_nomem(error);
        file->stream = fopen(file->temporary.data, "wbx");
        if (file->stream)
            return CW_OK;
        if (errno != EEXIST)
            break;
    }
    return fail_open(file, error);
}

static int open_stream(struct cw_file_output *file, const char *path, struct cw_error *error)
{
    if (!path || cw_str_eq(cw_str_c(path), CW_STR("-"))) {
        file->stream = stdout;
        return CW_OK;
    }
    if (!cw_buf_append(&file->path, cw_str_c(path)))
        return cw_fail_nomem(error);
    if (!is_written_in_place(path))
        return open_temporary(file, error);
    file->stream = fopen(path, "wb");
    return file->stream ? CW_OK : fail_open(file, error);
}

static void free_file(struct cw_file_output *file)
{
    cw_buf_done(&file->path);
    cw_buf_done(&file->temporary);
    free(file);
}

int cw_file_output_open(const char *path, struct cw_file_output **ret_file, struct cw_error *error)
{
    struct cw_file_output *file = calloc(1, sizeof(*file));
    if (!file)
        return cw_fail_nomem(error);
    cw_buf_init(&file->path, PATH_MOST);
    cw_buf_init(&file->temporary, PATH_MOST);
    file->output = (struct cw_output){write_stream, file};
    int status = open_stream(file, path, error);
    if (status < 0) {
        free_file(file);
        return status;
    }
    *ret_file = file;
    return CW_OK;
}

const struct cw_output *cw_file_output_stream(const struct cw_file_output *file)
{
    return &file->output;
}

int cw_file_output_failure(const struct cw_file_output *file)
{
    return file->failure;
}

/* Buffered bytes may fail as late as here: on a full disk a short report does nowhere else. */
static void end_stream(struct cw_file_output *file)
{
    int status = is_standard(file) ? fflush(file->stream) : fclose(file->stream);
    if (status != 0)
        note_failure(file);
}

static int fail_write(const struct cw_file_output *file, struct cw_error *error)
{
    return cw_fail(error, file->failure, "can not write %s: %s",
                   is_standard(file) ? "standard output" : file->path.data,
                   cw_os_reason(file->os_error));
}

int cw_file_output_close(struct cw_file_output *file, int keep, struct cw_error *error)
{
    if (!file)
        return CW_OK;
    end_stream(file);
    bool complete = keep && file->failure == 0;
    if (file->temporary.len > 0) {
        if (complete && rename(file->temporary.data, file->path.data) != 0)
            note_failure(file);
        if (!complete || file->failure != 0)
            (void)remove(file->temporary.data);
    }
    int status = keep && file->failure != 0 ? fail_write(file, error) : CW_OK;
    free_file(file);
    return status;
}
