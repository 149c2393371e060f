/* Archives made in memory by libarchive's writer. */
#ifndef CW_TESTS_PACKING_H
#define CW_TESTS_PACKING_H

#include "base/buf.h"

struct packed_file {
    const char *name;
    struct cw_str bytes;
};

/* How to pack: names as libarchive knows them, NULL = none. */
struct packing {
    const char *format;  /* "zip", "7zip", "gnutar", "raw" */
    const char *filter;  /* "gzip", "xz", "zstd", "bzip2" */
    const char *options; /* "zip:compression=store" */
    const char *password;
};

/* What can not be packed fails the test. Release with cw_buf_done(). */
struct cw_buf pack(const struct packing *packing, const struct packed_file *files, size_t count);

/* The usual zip. */
struct cw_buf zip(const struct packed_file *files, size_t count);

#endif
