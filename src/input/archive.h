/* One archive, member after member: zip, cab, 7z, tar, and files packed alone by gzip, bzip2, xz or
 * zstd. Nothing is written anywhere; members stream.
 */
#ifndef CW_INPUT_ARCHIVE_H
#define CW_INPUT_ARCHIVE_H

#include "base/error.h"
#include "input/source.h"

struct cw_archive;

/* What may be taken out of one file, whatever archives lie in it. */
struct cw_archive_budget {
    uint64_t members, bytes;    /* left */
    uint64_t held;              /* bytes left for archives that must be held in memory */
    uint64_t ratio, ratio_free; /* CW_LIMIT_ARCHIVE_RATIO and the bytes before it is asked */
};

/* As base/limits.h has it. */
struct cw_archive_budget cw_archive_budget(void);

/* `source` and `budget` are borrowed. A source that can be read at any position is read so, from
 * its beginning; any other one from where it is. CW_ERR_INVALID when it is no archive. */
int cw_archive_open(struct cw_source *source, struct cw_archive_budget *budget,
                    struct cw_archive **ret_archive, struct cw_error *error);
void cw_archive_close(struct cw_archive *archive);

struct cw_member {
    struct cw_str name; /* '/' between folders; empty when a packed file has none; good until the
                           next call */
    uint32_t index;     /* its number in the archive, from 0 */
    bool is_file;       /* and no folder, link or device */
    bool is_outside;    /* the name is absolute or has ".." in it */
    bool is_encrypted;
};

/* 1 and the next member, 0 at the end. Negative when the rest of the archive can not be read: it is
 * damaged (CW_ERR_INVALID) or a limit was reached (CW_ERR_LIMIT). */
int cw_archive_next(struct cw_archive *archive, struct cw_member *ret_member,
                    struct cw_error *error);

/* The current member as a source; read it before the next call of cw_archive_next. A failure of
 * reading it does not concern the other members. */
int cw_archive_source(struct cw_archive *archive, const char *name, struct cw_source **ret_source,
                      struct cw_error *error);

#endif
