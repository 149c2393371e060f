/* The only door to the operating system below the command line; a port begins here. */
#ifndef CW_BASE_OS_H
#define CW_BASE_OS_H

#include "base/arena.h"
#include "base/error.h"

/* A readable file; opaque number. */
typedef int cw_os_file;

enum cw_os_kind { CW_OS_NONE, CW_OS_FILE, CW_OS_FOLDER, CW_OS_STREAM /* pipe, terminal, device */ };

struct cw_os_info {
    enum cw_os_kind kind;
    uint64_t device, inode; /* identify the file whatever its path */
    bool is_link;           /* the path itself is a symbolic link */
    uint64_t size;          /* bytes of a file, else 0 */
};

/* What `path` is; links are followed for kind and identity. CW_ERR_NOT_FOUND or CW_ERR_IO. */
int cw_os_stat(const char *path, struct cw_os_info *ret_info, struct cw_error *error);

/* The same for what is open; nothing of it is known when the system does not tell. */
struct cw_os_info cw_os_describe(cw_os_file file);

/* CW_ERR_NOT_FOUND or CW_ERR_IO, with the path and the reason in the text. */
int cw_os_open(const char *path, cw_os_file *ret_file, struct cw_error *error);
cw_os_file cw_os_stdin(void);
void cw_os_close(cw_os_file file);

/* Bytes read, 0 at the end, or CW_ERR_IO. Interrupted calls are repeated. */
int64_t cw_os_read(cw_os_file file, char *bytes, size_t size);
/* The same at a position, without moving; CW_ERR_UNSUPPORTED on pipes. */
int64_t cw_os_read_at(cw_os_file file, uint64_t offset, char *bytes, size_t size);
/* True for a regular file, which can be read at any position. */
bool cw_os_can_read_at(cw_os_file file);
/* Bytes of a regular file; 0 for anything else. */
uint64_t cw_os_size(cw_os_file file);

/* Milliseconds of a clock that only goes forward, from an origin of its own: to tell how long
 * something takes, and for nothing that is written. */
uint64_t cw_os_milliseconds(void);

/* A whole small file into the arena, NUL-terminated; CW_ERR_LIMIT when it has more than `most`
 * bytes. */
int cw_os_read_file(const char *path, size_t most, struct cw_arena *arena, struct cw_str *ret_bytes,
                    struct cw_error *error);

/* Puts `bytes` into a file that only its owner may read, from the moment on that it exists: a new
 * one beside `path`, which takes its place when all is on the disk. What stands at `path` must be a
 * file or nothing. CW_ERR_IO, CW_ERR_NOMEM. */
int cw_os_write_private(const char *path, struct cw_str bytes, struct cw_error *error);

/* Where `path` really is: absolute, without links. CW_ERR_NOT_FOUND or CW_ERR_IO. */
int cw_os_real_path(const char *path, struct cw_arena *arena, struct cw_str *ret_path,
                    struct cw_error *error);

/* The names in a folder, without "." and "..", in byte order. */
int cw_os_list_folder(const char *path, struct cw_arena *arena, struct cw_str **ret_names,
                      size_t *ret_count, struct cw_error *error);

/* From one character set to UTF-8, by the system's iconv(3). */
struct cw_os_converter;

/* `charset` is a name as iconv(3) knows it. CW_ERR_UNSUPPORTED when this system lacks it. */
int cw_os_converter_open(const char *charset, struct cw_os_converter **ret_converter,
                         struct cw_error *error);
void cw_os_converter_close(struct cw_os_converter *converter);

/* Converts from the front of `text` what is valid and fits, and tells how much it took and made.
 * CW_OK when that is all of it, CW_ERR_INVALID when the next bytes are no character, CW_ERR_LIMIT
 * when `to` is full: to be called again with what is left, even when that is nothing. */
int cw_os_convert(struct cw_os_converter *converter, struct cw_str text, char *to, size_t size,
                  size_t *ret_used, size_t *ret_made);

/* The text of the last failure of a call above, for messages ("No such file or directory"). Not
 * the C library's strerror, which depends on the locale. */
const char *cw_os_reason(int os_error);

#endif
