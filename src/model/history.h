/* Logs of one machine that follow each other: CBS.log and the CbsPersist_*.log that it was before,
 * setupapi.dev.log and its dated siblings. Such a series is one history.
 */
#ifndef CW_MODEL_HISTORY_H
#define CW_MODEL_HISTORY_H

#include "model/case.h"

/* What a log is called without what rotation, copying and numbering add: "CBS" for "CBS.log",
 * "CBS (2).log" and "CbsPersist_20240910024412.log", "SERVER01_cbs" for
 * "SERVER01_CbsPersist_1.log". Letters as they are in `path`, except that "CbsPersist" becomes its
 * first three. A part of `path`. */
struct cw_str cw_series_name(struct cw_str path);

/* The folder that a log was kept in: without the packed file that holds nothing else
 * ("CbsPersist_1.cab", "CBS.log.gz"). A part of `path`. `packed`: it is a member of an archive. */
struct cw_str cw_series_folder(struct cw_str path, bool packed);

/* Finds the series: logs of one kind, in one folder, with one name. Their sources come in the order
 * of the times in them, at the places that they had among all sources; `previous` and `next` join
 * those whose times do not overlap. Copies (see cw_case_source) and damaged excerpts belong to
 * none. False when memory is exhausted. */
bool cw_history_order(struct cw_case *c);

/* A section that goes on in the next log keeps counting lines where its own log ends: makes the
 * number of such a line, and its source, what they are there. */
void cw_history_place(const struct cw_case *c, size_t *source, uint64_t *line);

/* After that: what was open at the end of a log goes on in the next one, and all runs are in the
 * case. What stands in copies is dropped. CW_ERR_NOMEM or 0. */
int cw_history_join(struct cw_case *c);

/* After that: episodes that several logs tell of, because they overlap or were copied in part, are
 * dropped but for the one that tells most. */
void cw_history_drop_repeats(struct cw_case *c);

#endif
