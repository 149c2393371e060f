/* Event logs as Windows keeps them (.evtx) -> their events as XML, one a line.
 *
 *     file   = header[4096] { chunk[65536] } ;
 *     chunk  = "ElfChnk" 0 ... 512 bytes in all ... { record } ;
 *     record = "**" 0 0 size[4] number[8] FILETIME[8] binary XML size[4] ;
 *
 * A log is a ring: its first chunk need not be its oldest. It may have been copied while it was
 * written: checksums are not looked at, and what can not be read is counted.
 */
#ifndef CW_INPUT_EVTX_H
#define CW_INPUT_EVTX_H

#include "input/source.h"

/* Whether a source that begins so is such a log; 8 bytes are enough. */
bool cw_evtx_recognise(struct cw_str head);

/* A source of the text of `inner`, which is borrowed and is read from its beginning to its end. */
int cw_source_evtx(struct cw_source *inner, struct cw_source **ret_source, struct cw_error *error);

/* How many chunks and records of a source that cw_source_evtx made could not be read so far, or
 * only in part. */
uint64_t cw_evtx_damages(const struct cw_source *source);

#endif
