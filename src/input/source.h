/* Where bytes come from: a file, standard input, memory, or another source.
 *
 * Reading is by read(2) and never by mmap: a log that is cut while it is read must not kill us.
 */
#ifndef CW_INPUT_SOURCE_H
#define CW_INPUT_SOURCE_H

#include "base/error.h"
#include "base/str.h"
#include "input/watch.h"

struct cw_source;

/* Opens a file, or standard input for "-". The error text names the path and the reason. */
int cw_source_open(const char *path, struct cw_source **ret_source, struct cw_error *error);
/* Borrows `bytes`; delivers them in pieces of at most `piece` bytes (0 = all that fits). */
int cw_source_memory(const char *name, struct cw_str bytes, size_t piece,
                     struct cw_source **ret_source, struct cw_error *error);
/* `size` bytes of `whole` from `offset` on, or what there is of them. `whole` is borrowed, can be
 * read at any position, and is not moved. */
int cw_source_range(struct cw_source *whole, uint64_t offset, uint64_t size,
                    struct cw_source **ret_source, struct cw_error *error);

/* How a source of another kind works; `context` is what it was made with. The contracts are those
 * of the calls below. One that is read once has neither `read_at` nor `can_read_at`; `close` may be
 * NULL. */
struct cw_source_kind {
    int64_t (*read)(void *context, char *bytes, size_t size, struct cw_error *error);
    int64_t (*read_at)(void *context, uint64_t offset, char *bytes, size_t size,
                       struct cw_error *error);
    bool (*can_read_at)(const void *context);
    void (*close)(void *context);
};

/* A source of another kind, which is borrowed and static. On failure nothing is closed. */
int cw_source_custom(const char *name, const struct cw_source_kind *kind, void *context,
                     struct cw_source **ret_source, struct cw_error *error);
/* The context of a source of this kind; NULL when it is of another. */
void *cw_source_context(const struct cw_source *source, const struct cw_source_kind *kind);

void cw_source_close(struct cw_source *source);

/* As given to open; "<stdin>" for "-". Good until close. */
const char *cw_source_name(const struct cw_source *source);

/* The first bytes, as many as there are up to `size` (at most CW_SOURCE_PEEK), before anything was
 * read; reading gives them again. Good until close. */
enum { CW_SOURCE_PEEK = 512 };
int cw_source_peek(struct cw_source *source, size_t size, struct cw_str *ret_bytes,
                   struct cw_error *error);

/* Up to `size` bytes; 0 at the end; a negative cw_status on failure. May return less than `size`
 * before the end. */
int64_t cw_source_read(struct cw_source *source, char *bytes, size_t size, struct cw_error *error);

/* What became of a file since it was opened: servicing goes on writing while its log is read. */
enum cw_source_fate {
    CW_SOURCE_UNCHANGED, /* or no file */
    CW_SOURCE_GREW,
    CW_SOURCE_SHRANK,
    CW_SOURCE_REPLACED /* another file has its name now: Windows puts full logs away */
};
enum cw_source_fate cw_source_fate(const struct cw_source *source);
/* Which file it is, as the system knows it, whatever its name; both 0 when it is none. */
void cw_source_identity(const struct cw_source *source, uint64_t *ret_device, uint64_t *ret_inode);

/* Tells `watch`, which is borrowed and may be NULL, of what is read from now on. */
void cw_source_watch(struct cw_source *source, struct cw_watch *watch);

/* Bytes at a position already read, for the second look; does not move the reading position.
 * CW_ERR_UNSUPPORTED on a pipe. */
int64_t cw_source_read_at(struct cw_source *source, uint64_t offset, char *bytes, size_t size,
                          struct cw_error *error);
bool cw_source_can_read_at(const struct cw_source *source);
/* Bytes of a file or of memory; 0 when that is not known. */
uint64_t cw_source_size(const struct cw_source *source);

/* A pipe can not be read twice: its last bytes, up to CW_LIMIT_WINDOW, are kept. Gives them in one
 * piece, which the caller frees, and the offset of the first. Empty for a source that can be read
 * at any position. CW_ERR_NOMEM or 0. */
int cw_source_window(const struct cw_source *source, char **ret_bytes, size_t *ret_len,
                     uint64_t *ret_offset);

#endif
