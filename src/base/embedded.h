/* A data file that the build has put into the program, see src/cmake/embed.cmake. */
#ifndef CW_BASE_EMBEDDED_H
#define CW_BASE_EMBEDDED_H

#include <stddef.h>

struct cw_embedded_file {
    const char *name;          /* without folders */
    const unsigned char *data; /* a NUL stands behind the last byte */
    size_t size;
};

#endif
