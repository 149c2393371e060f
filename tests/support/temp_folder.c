#define _XOPEN_SOURCE 700

#include "support/test.h"

#include "support/temp_folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int temp_folder_make(void **state)
{
    struct temp_path *folder = calloc(1, sizeof(*folder));
    if (!folder)
        return -1;
    (void)snprintf(folder->text, sizeof(folder->text), "temporary-XXXXXX");
    *state = folder;
    return mkdtemp(folder->text) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

int temp_folder_remove(void **state)
{
    struct temp_path *folder = *state;
    int status = nftw(folder->text, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(folder);
    return status;
}

struct temp_path temp_path(void **state, const char *name)
{
    const struct temp_path *folder = *state;
    struct temp_path path;
    int used =
        snprintf(path.text, sizeof(path.text), "%s%s%s", folder->text, name[0] ? "/" : "", name);
    assert_in_range(used, 1, sizeof(path.text) - 1);
    return path;
}

void temp_file(void **state, const char *name, struct cw_str bytes)
{
    struct temp_path path = temp_path(state, name);
    FILE *file = fopen(path.text, "wb");
    assert_non_null(file);
    size_t written = bytes.len ? fwrite(bytes.ptr, 1, bytes.len, file) : 0;
    assert_int_equal(fclose(file), 0);
    assert_int_equal(written, bytes.len);
}

void temp_subfolder(void **state, const char *name)
{
    struct temp_path path = temp_path(state, name);
    assert_int_equal(mkdir(path.text, 0700), 0);
}

void temp_link(void **state, const char *name, const char *target)
{
    struct temp_path path = temp_path(state, name);
    assert_int_equal(symlink(target, path.text), 0);
}

void temp_pipe(void **state, const char *name)
{
    struct temp_path path = temp_path(state, name);
    assert_int_equal(mkfifo(path.text, 0600), 0);
}
