/* What the first bytes of a file say about archives. */
#ifndef CW_INPUT_ARCHIVE_HEAD_H
#define CW_INPUT_ARCHIVE_HEAD_H

#include "base/str.h"

enum cw_archive_nature {
    CW_ARCHIVE_NONE,
    CW_ARCHIVE_STREAMS,    /* can be read from front to back: zip, cab, tar */
    CW_ARCHIVE_SEEKS,      /* can not: 7z */
    CW_ARCHIVE_PACKED_FILE /* gzip and the like: a tar, or any file */
};

/* `head` has the first 512 bytes, or all there are. */
enum cw_archive_nature cw_archive_nature(struct cw_str head);

#endif
