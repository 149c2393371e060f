#include "input/source.h"

#include <assert.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/os.h"

struct cw_source {
    char *name;
    cw_os_file file;
    struct cw_os_info opened; /* what it was then */
    bool in_memory;
    struct cw_str bytes; /* in memory */
    size_t position;
    size_t piece;
    struct cw_source *whole; /* of which this is a range */
    uint64_t begin, next, end;
    const struct cw_source_kind *kind; /* of another kind */
    void *context;
    struct cw_watch *watch;
    char head[CW_SOURCE_PEEK]; /* peeked at */
    size_t head_len, head_at;
    char *window;        /* of a pipe: a ring of CW_LIMIT_WINDOW bytes, or NULL */
    uint64_t window_end; /* bytes that have gone through it */
};

static struct cw_source *source_new(const char *name)
{
    struct cw_source *source = calloc(1, sizeof(*source));
    size_t size = strlen(name) + 1;
    if (!source)
        return NULL;
    source->name = malloc(size);
    if (!source->name) {
        free(source);
        return NULL;
    }
    memcpy(source->name, name, size);
    return source;
}

int cw_source_open(const char *path, struct cw_source **ret_source, struct cw_error *error)
{
    bool is_stdin = strcmp(path, "-") == 0;
    cw_os_file file = cw_os_stdin();
    int status = is_stdin ? CW_OK : cw_os_open(path, &file, error);
    if (status < 0)
        return status;
    struct cw_source *source = source_new(is_stdin ? "<stdin>" : path);
    if (!source) {
        cw_os_close(file);
        return cw_fail_nomem(error);
    }
    source->file = file;
    source->opened = cw_os_describe(file);
    if (source->opened.kind != CW_OS_FILE)
        source->window = malloc(CW_LIMIT_WINDOW);
    *ret_source = source;
    return CW_OK;
}

/* Without memory for a window there is no second look, and nothing else is lost. */
static void keep_in_window(struct cw_source *source, struct cw_str bytes)
{
    if (!source->window)
        return;
    for (size_t done = 0; done < bytes.len;) {
        size_t at = (size_t)(source->window_end % CW_LIMIT_WINDOW);
        size_t room = CW_LIMIT_WINDOW - at;
        size_t count = bytes.len - done < room ? bytes.len - done : room;
        memcpy(source->window + at, bytes.ptr + done, count);
        source->window_end += count;
        done += count;
    }
}

int cw_source_window(const struct cw_source *source, char **ret_bytes, size_t *ret_len,
                     uint64_t *ret_offset)
{
    uint64_t end = source->window ? source->window_end : 0;
    size_t len = end < CW_LIMIT_WINDOW ? (size_t)end : CW_LIMIT_WINDOW;
    char *bytes = malloc(len + 1);
    if (!bytes)
        return CW_ERR_NOMEM;
    size_t first = (size_t)((end - len) % CW_LIMIT_WINDOW);
    size_t head = len < CW_LIMIT_WINDOW - first ? len : CW_LIMIT_WINDOW - first;
    if (head)
        memcpy(bytes, source->window + first, head);
    if (len > head)
        memcpy(bytes + head, source->window, len - head);
    *ret_bytes = bytes;
    *ret_len = len;
    *ret_offset = end - len;
    return CW_OK;
}

int cw_source_memory(const char *name, struct cw_str bytes, size_t piece,
                     struct cw_source **ret_source, struct cw_error *error)
{
    struct cw_source *source = source_new(name);
    if (!source)
        return cw_fail_nomem(error);
    source->in_memory = true;
    source->bytes = bytes;
    source->piece = piece ? piece : SIZE_MAX;
    *ret_source = source;
    return CW_OK;
}

int cw_source_range(struct cw_source *whole, uint64_t offset, uint64_t size,
                    struct cw_source **ret_source, struct cw_error *error)
{
    struct cw_source *source = source_new(whole->name);
    if (!source)
        return cw_fail_nomem(error);
    source->whole = whole;
    source->begin = offset;
    source->next = offset;
    source->end = size > UINT64_MAX - offset ? UINT64_MAX : offset + size;
    *ret_source = source;
    return CW_OK;
}

int cw_source_custom(const char *name, const struct cw_source_kind *kind, void *context,
                     struct cw_source **ret_source, struct cw_error *error)
{
    struct cw_source *source = source_new(name);
    if (!source)
        return cw_fail_nomem(error);
    source->kind = kind;
    source->context = context;
    *ret_source = source;
    return CW_OK;
}

void *cw_source_context(const struct cw_source *source, const struct cw_source_kind *kind)
{
    return source->kind == kind ? source->context : NULL;
}

void cw_source_close(struct cw_source *source)
{
    if (!source)
        return;
    if (source->kind && source->kind->close)
        source->kind->close(source->context);
    else if (!source->kind && !source->in_memory && !source->whole)
        cw_os_close(source->file);
    free(source->window);
    free(source->name);
    free(source);
}

const char *cw_source_name(const struct cw_source *source)
{
    return source->name;
}

static size_t copy_out(struct cw_str from, char *bytes, size_t size)
{
    size_t count = from.len < size ? from.len : size;
    if (count)
        memcpy(bytes, from.ptr, count);
    return count;
}

/* `at` counts from the beginning of the whole. */
static int64_t read_range(struct cw_source *source, uint64_t at, char *bytes, size_t size,
                          struct cw_error *error)
{
    uint64_t left = at < source->end ? source->end - at : 0;
    size_t most = left < size ? (size_t)left : size;
    return most ? cw_source_read_at(source->whole, at, bytes, most, error) : 0;
}

static int64_t read_on(struct cw_source *source, char *bytes, size_t size, struct cw_error *error)
{
    if (source->kind)
        return source->kind->read(source->context, bytes, size, error);
    if (source->whole) {
        int64_t got = read_range(source, source->next, bytes, size, error);
        source->next += got > 0 ? (uint64_t)got : 0;
        return got;
    }
    if (source->in_memory) {
        size_t most = size < source->piece ? size : source->piece;
        size_t count = copy_out(cw_str_from(source->bytes, source->position), bytes, most);
        source->position += count;
        return (int64_t)count;
    }
    int64_t got = cw_os_read(source->file, bytes, size);
    if (got > 0)
        keep_in_window(source, (struct cw_str){bytes, (size_t)got});
    return got < 0 ? cw_fail(error, CW_ERR_IO, "'%s': reading failed", source->name) : got;
}

enum cw_source_fate cw_source_fate(const struct cw_source *source)
{
    struct cw_os_info named;
    const struct cw_os_info *opened = &source->opened;
    if (opened->kind != CW_OS_FILE)
        return CW_SOURCE_UNCHANGED;
    bool has_name = source->file != cw_os_stdin();
    if (has_name && (cw_os_stat(source->name, &named, NULL) < 0 || named.device != opened->device ||
                     named.inode != opened->inode))
        return CW_SOURCE_REPLACED;
    uint64_t size = cw_os_describe(source->file).size;
    return size > opened->size   ? CW_SOURCE_GREW
           : size < opened->size ? CW_SOURCE_SHRANK
                                 : CW_SOURCE_UNCHANGED;
}

void cw_source_identity(const struct cw_source *source, uint64_t *ret_device, uint64_t *ret_inode)
{
    bool is_file = source->opened.kind == CW_OS_FILE;
    *ret_device = is_file ? source->opened.device : 0;
    *ret_inode = is_file ? source->opened.inode : 0;
}

void cw_source_watch(struct cw_source *source, struct cw_watch *watch)
{
    source->watch = watch;
    if (watch)
        cw_watch_name(watch, cw_str_c(source->name));
}

static int64_t take_peeked(struct cw_source *source, struct cw_str head, char *bytes, size_t size)
{
    size_t count = copy_out(head, bytes, size);
    source->head_at += count;
    return (int64_t)count;
}

int64_t cw_source_read(struct cw_source *source, char *bytes, size_t size, struct cw_error *error)
{
    struct cw_str head = {source->head + source->head_at, source->head_len - source->head_at};
    int64_t got =
        head.len ? take_peeked(source, head, bytes, size) : read_on(source, bytes, size, error);
    if (source->watch && got > 0)
        cw_watch_read(source->watch, (size_t)got);
    return got;
}

int cw_source_peek(struct cw_source *source, size_t size, struct cw_str *ret_bytes,
                   struct cw_error *error)
{
    int64_t got = 1;
    assert(size <= CW_SOURCE_PEEK && source->head_at == 0);
    while (got > 0 && source->head_len < size) {
        got = read_on(source, source->head + source->head_len, size - source->head_len, error);
        if (got < 0)
            return (int)got;
        source->head_len += (size_t)got;
    }
    *ret_bytes = cw_str_head((struct cw_str){source->head, source->head_len}, size);
    return CW_OK;
}

int64_t cw_source_read_at(struct cw_source *source, uint64_t offset, char *bytes, size_t size,
                          struct cw_error *error)
{
    if (source->kind && !source->kind->read_at)
        return cw_fail(error, CW_ERR_UNSUPPORTED, "'%s' can not be read twice", source->name);
    if (source->kind)
        return source->kind->read_at(source->context, offset, bytes, size, error);
    if (source->whole) {
        uint64_t room = UINT64_MAX - source->begin;
        return read_range(source, source->begin + (offset < room ? offset : room), bytes, size,
                          error);
    }
    if (source->in_memory) {
        size_t from = offset < source->bytes.len ? (size_t)offset : source->bytes.len;
        return (int64_t)copy_out(cw_str_from(source->bytes, from), bytes, size);
    }
    int64_t got = cw_os_read_at(source->file, offset, bytes, size);
    if (got == CW_ERR_UNSUPPORTED)
        return cw_fail(error, CW_ERR_UNSUPPORTED, "'%s' can not be read twice", source->name);
    return got < 0 ? cw_fail(error, CW_ERR_IO, "'%s': reading failed", source->name) : got;
}

bool cw_source_can_read_at(const struct cw_source *source)
{
    if (source->kind)
        return source->kind->read_at && source->kind->can_read_at(source->context);
    if (source->whole)
        return cw_source_can_read_at(source->whole);
    return source->in_memory || cw_os_can_read_at(source->file);
}

uint64_t cw_source_size(const struct cw_source *source)
{
    if (source->kind || source->whole)
        return 0;
    return source->in_memory ? source->bytes.len : cw_os_size(source->file);
}
