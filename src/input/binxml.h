/* Binary XML, in which the event logs of Windows keep their events -> XML as text.
 *
 * Names and templates stand in a chunk once, where they are needed first, and others refer to them
 * by their offset in the chunk. (libyal/libevtx: Windows XML Event Log format; its names are used
 * here.)
 */
#ifndef CW_INPUT_BINXML_H
#define CW_INPUT_BINXML_H

#include "base/buf.h"

/* Appends the document that stands from `at` on, up to `end`, in `chunk`. A few bytes can refer to
 * each other without end: `steps` is how much work may be done, and is lessened by what was. False
 * when it is damaged, there are no steps left, or `out` refuses; what was made until then is in
 * `out`. */
bool cw_binxml_text(struct cw_str chunk, size_t at, size_t end, size_t *steps, struct cw_buf *out);

#endif
