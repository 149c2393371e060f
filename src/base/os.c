#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *cw_os_reason(int os_error)
{
    static const struct {
        int number;
        const char *text;
    } reasons[] = {
        {ENOENT, "no such file or folder"},
        {EACCES, "permission denied"},
        {EPERM, "operation not permitted"},
        {EISDIR, "is a folder"},
        {ENOTDIR, "a part of the path is no folder"},
        {ELOOP, "too many symbolic links"},
        {EMFILE, "too many open files"},
        {ENFILE, "too many open files"},
        {ENAMETOOLONG, "the name is too long"},
        {EIO, "input/output error"},
        {ENOSPC, "no space left on the device"},
        {EROFS, "the file system is read-only"},
        {ENOMEM, "out of memory"},
        {EPIPE, "the reader went away"},
    };
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (reasons[i].number == os_error)
            return reasons[i].text;
    }
    return "the operating system refused";
}

static int fail_with_reason(struct cw_error *error, const char *path, int os_error)
{
    int status = os_error == ENOENT || os_error == ENOTDIR ? CW_ERR_NOT_FOUND
                 : os_error == ENOMEM                      ? CW_ERR_NOMEM
                                                           : CW_ERR_IO;
    return cw_fail(error, status, "'%s': %s", path, cw_os_reason(os_error));
}

static struct cw_os_info describe(const struct stat *info)
{
    bool is_file = S_ISREG(info->st_mode);
    return (struct cw_os_info){
        .kind = is_file                  ? CW_OS_FILE
                : S_ISDIR(info->st_mode) ? CW_OS_FOLDER
                                         : CW_OS_STREAM,
        .device = (uint64_t)info->st_dev,
        .inode = (uint64_t)info->st_ino,
        .size = is_file ? (uint64_t)info->st_size : 0,
    };
}

int cw_os_stat(const char *path, struct cw_os_info *ret_info, struct cw_error *error)
{
    struct stat target;
    struct stat link;
    if (stat(path, &target) != 0 || lstat(path, &link) != 0)
        return fail_with_reason(error, path, errno);
    *ret_info = describe(&target);
    ret_info->is_link = S_ISLNK(link.st_mode);
    return CW_OK;
}

struct cw_os_info cw_os_describe(cw_os_file file)
{
    struct stat info;
    return fstat(file, &info) == 0 ? describe(&info) : (struct cw_os_info){.kind = CW_OS_NONE};
}

int cw_os_open(const char *path, cw_os_file *ret_file, struct cw_error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return fail_with_reason(error, path, errno);
    struct stat info;
    if (fstat(file, &info) != 0 || S_ISDIR(info.st_mode)) {
        (void)close(file);
        return fail_with_reason(error, path, EISDIR);
    }
    *ret_file = file;
    return CW_OK;
}

cw_os_file cw_os_stdin(void)
{
    return STDIN_FILENO;
}

void cw_os_close(cw_os_file file)
{
    if (file > STDERR_FILENO)
        (void)close(file);
}

int64_t cw_os_read(cw_os_file file, char *bytes, size_t size)
{
    for (;;) {
        ssize_t got = read(file, bytes, size);
        if (got >= 0)
            return got;
        if (errno != EINTR)
            return CW_ERR_IO;
    }
}

int64_t cw_os_read_at(cw_os_file file, uint64_t offset, char *bytes, size_t size)
{
    if (offset > INT64_MAX)
        return CW_ERR_INVALID;
    for (;;) {
        ssize_t got = pread(file, bytes, size, (off_t)offset);
        if (got >= 0)
            return got;
        if (errno != EINTR)
            return errno == ESPIPE ? CW_ERR_UNSUPPORTED : CW_ERR_IO;
    }
}

bool cw_os_can_read_at(cw_os_file file)
{
    return cw_os_describe(file).kind == CW_OS_FILE;
}

uint64_t cw_os_size(cw_os_file file)
{
    return cw_os_describe(file).size;
}

uint64_t cw_os_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int cw_os_read_file(const char *path, size_t most, struct cw_arena *arena, struct cw_str *ret_bytes,
                    struct cw_error *error)
{
    cw_os_file file = -1;
    int status = cw_os_open(path, &file, error);
    if (status < 0)
        return status;
    struct stat info;
    char *bytes = NULL;
    size_t used = 0;
    int64_t got = 1;
    if (fstat(file, &info) != 0) {
        status = fail_with_reason(error, path, errno);
    } else if ((uint64_t)info.st_size > most) {
        status = cw_fail(error, CW_ERR_LIMIT, "'%s' is larger than %zu bytes", path, most);
    } else {
        size_t size = (size_t)info.st_size;
        bytes = cw_arena_alloc(arena, size + 1);
        while (bytes && used < size && got > 0) {
            got = cw_os_read(file, bytes + used, size - used);
            used += got > 0 ? (size_t)got : 0;
        }
        status = !bytes ? cw_fail_nomem(error) : got < 0 ? fail_with_reason(error, path, EIO) : 0;
    }
    cw_os_close(file);
    if (status == CW_OK)
        *ret_bytes = (struct cw_str){bytes, used};
    return status;
}

static int write_all(int file, struct cw_str bytes)
{
    while (bytes.len > 0) {
        ssize_t written = write(file, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        bytes = cw_str_from(bytes, (size_t)written);
    }
    return fsync(file);
}

/* Exclusively, so that nothing that stands there, no planted link either, is written through. */
static int create_beside(const char *path, struct cw_arena *arena, char **ret_name)
{
    enum { TRIES = 100, ENDING = 16 };
    size_t size = strlen(path) + ENDING;
    char *name = cw_arena_alloc(arena, size);
    int file = -1;
    if (!name) {
        errno = ENOMEM;
        return -1;
    }
    for (int i = 0; i < TRIES && file < 0; i++) {
        (void)snprintf(name, size, "%s.%d.tmp", path, i);
        file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (file < 0 && errno != EEXIST)
            break;
    }
    *ret_name = name;
    return file;
}

int cw_os_write_private(const char *path, struct cw_str bytes, struct cw_error *error)
{
    struct cw_os_info info = {0};
    struct cw_arena arena = {0};
    char *name = NULL;
    if (cw_os_stat(path, &info, NULL) == CW_OK && (info.is_link || info.kind != CW_OS_FILE))
        return cw_fail(error, CW_ERR_IO, "'%s': is no file", path);
    int file = create_beside(path, &arena, &name);
    int os_error = file < 0 ? errno : 0;
    if (file >= 0 && write_all(file, bytes) < 0)
        os_error = errno;
    if (file >= 0 && close(file) < 0 && os_error == 0)
        os_error = errno;
    if (os_error == 0 && rename(name, path) < 0)
        os_error = errno;
    if (os_error && file >= 0)
        (void)unlink(name);
    cw_arena_done(&arena);
    return os_error ? fail_with_reason(error, path, os_error) : CW_OK;
}

int cw_os_real_path(const char *path, struct cw_arena *arena, struct cw_str *ret_path,
                    struct cw_error *error)
{
    char *real = malloc(PATH_MAX);
    if (!real)
        return cw_fail_nomem(error);
    int status = realpath(path, real) ? CW_OK : fail_with_reason(error, path, errno);
    if (status == CW_OK && !cw_arena_str(arena, cw_str_c(real), ret_path))
        status = cw_fail_nomem(error);
    free(real);
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return cw_str_compare(*(const struct cw_str *)a, *(const struct cw_str *)b);
}

static bool is_dot_entry(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

int cw_os_list_folder(const char *path, struct cw_arena *arena, struct cw_str **ret_names,
                      size_t *ret_count, struct cw_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return fail_with_reason(error, path, errno);
    void *names = NULL;
    size_t count = 0;
    size_t cap = 0;
    int status = CW_OK;
    for (struct dirent *entry; status == CW_OK && (entry = readdir(folder)) != NULL;) {
        if (is_dot_entry(entry->d_name))
            continue;
        struct cw_str name;
        if (!cw_arena_str(arena, cw_str_c(entry->d_name), &name) ||
            !cw_arena_grow(arena, &names, &cap, count, sizeof(name), SIZE_MAX / sizeof(name)))
            status = cw_fail_nomem(error);
        else
            ((struct cw_str *)names)[count++] = name;
    }
    (void)closedir(folder);
    if (status < 0)
        return status;
    if (count)
        qsort(names, count, sizeof(struct cw_str), compare_names);
    *ret_names = names;
    *ret_count = count;
    return CW_OK;
}

struct cw_os_converter {
    iconv_t handle;
};

int cw_os_converter_open(const char *charset, struct cw_os_converter **ret_converter,
                         struct cw_error *error)
{
    struct cw_os_converter *converter = malloc(sizeof(*converter));
    if (!converter)
        return cw_fail_nomem(error);
    converter->handle = iconv_open("UTF-8", charset);
    if ((intptr_t)converter->handle == -1) {
        bool lacks = errno != ENOMEM;
        free(converter);
        return lacks ? cw_fail(error, CW_ERR_UNSUPPORTED, "no conversion from '%s'", charset)
                     : cw_fail_nomem(error);
    }
    *ret_converter = converter;
    return CW_OK;
}

void cw_os_converter_close(struct cw_os_converter *converter)
{
    if (!converter)
        return;
    (void)iconv_close(converter->handle);
    free(converter);
}

int cw_os_convert(struct cw_os_converter *converter, struct cw_str text, char *to, size_t size,
                  size_t *ret_used, size_t *ret_made)
{
    char *from; /* iconv does not write to it */
    size_t left = text.len;
    size_t room = size;
    memcpy(&from, &text.ptr, sizeof(from));
    size_t result = left ? iconv(converter->handle, &from, &left, &to, &room) : 0;
    int why = result == (size_t)-1 ? errno : 0;
    /* Code pages with combining marks hold back the last letter until they are told to end; that
     * is also what makes the converter ready for the next text. */
    if (why != E2BIG && iconv(converter->handle, NULL, NULL, &to, &room) == (size_t)-1)
        why = E2BIG;
    *ret_used = text.len - left;
    *ret_made = size - room;
    return why == 0 ? CW_OK : why == E2BIG ? CW_ERR_LIMIT : CW_ERR_INVALID;
}
