/* What a case quotes, in UTF-8. */
#ifndef CW_DIAGNOSE_CONVERT_H
#define CW_DIAGNOSE_CONVERT_H

#include "model/case.h"

/* Converts every string that was kept of the logs from its source's code page, once all of them
 * have been read: before that the code page is not known. False when memory is exhausted. */
bool cw_case_convert(struct cw_case *c);

/* Remarks on code pages that were guessed and on what could not be decoded, when nothing more will
 * be quoted. False when memory is exhausted. */
bool cw_case_remark_encodings(struct cw_case *c);

/* The name for the report: "utf-16le", "cp936", "utf-8", "8-bit". False when memory is exhausted.
 */
bool cw_case_source_encoding(const struct cw_case_source *source, struct cw_str *ret_name);

#endif
