/* Bytes of a log that was read before. */
#ifndef CW_DIAGNOSE_AGAIN_H
#define CW_DIAGNOSE_AGAIN_H

#include "model/case.h"

/* Up to `size` bytes of the log, decoded, from `offset` on: fewer at its end, and none when they
 * can not be had again, which is no failure. CW_ERR_NOMEM or 0. */
int cw_read_again(const struct cw_case_source *log, uint64_t offset, char *bytes, size_t size,
                  size_t *ret_used);

#endif
