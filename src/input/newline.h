/* Positions of line ends in a block. */
#ifndef CW_INPUT_NEWLINE_H
#define CW_INPUT_NEWLINE_H

#include "base/str.h"

/* A growing list of offsets, owned by the caller; initialise with {0}. */
struct cw_offsets {
    uint32_t *items;
    size_t count;
    size_t cap;
};

void cw_offsets_done(struct cw_offsets *offsets);
/* False when memory is exhausted. */
bool cw_offsets_add(struct cw_offsets *offsets, uint32_t offset);

/* Appends, for each `newline` in `bytes`, the offset of the byte behind it; `ret_has_nul` tells
 * whether there is a NUL byte. False when memory is exhausted. */
bool cw_newlines_find(struct cw_str bytes, char newline, struct cw_offsets *offsets,
                      bool *ret_has_nul);

/* The same by the plainest search; the truth that cw_newlines_find is tested against. */
bool cw_newlines_find_reference(struct cw_str bytes, char newline, struct cw_offsets *offsets,
                                bool *ret_has_nul);

#endif
