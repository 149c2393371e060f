/* Finding a member of an archive again, for the second look. */
#ifndef CW_INPUT_MEMBER_H
#define CW_INPUT_MEMBER_H

#include "base/limits.h"
#include "input/source.h"

/* Where a source is inside a file: the number of the member in each archive, from the outermost on.
 * Depth 0 is the file itself. */
struct cw_member_place {
    unsigned depth;
    uint32_t index[CW_LIMIT_ARCHIVE_DEPTH];
};

/* Opens the file `path` ("-": standard input), or the member of it at `place`. A member is unpacked
 * again up to each position that is read; going back begins anew. CW_ERR_UNSUPPORTED when the file
 * is a pipe, which is gone; CW_ERR_INVALID and CW_ERR_NOT_FOUND when the archive has changed. */
int cw_member_open(const char *path, const struct cw_member_place *place,
                   struct cw_source **ret_source, struct cw_error *error);

#endif
