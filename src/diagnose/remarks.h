/* Remarks about the reading of one source; each CW_ERR_NOMEM or 0. */
#ifndef CW_DIAGNOSE_REMARKS_H
#define CW_DIAGNOSE_REMARKS_H

#include "input/lines.h"
#include "input/text.h"
#include "model/case.h"

int cw_remark(struct cw_case *c, size_t source, const char *kind, uint64_t line, uint64_t count,
              const char *text);
/* What the line reader met: lines that were cut, NUL bytes; and what could not be decoded in
 * `text`, its source. */
int cw_remark_on_lines(struct cw_case *c, size_t source, const struct cw_line_reader *lines,
                       const struct cw_source *text);
/* What had to be done to make lines of events. */
int cw_remark_on_events(struct cw_case *c, size_t source, const struct cw_text *text);
/* What became of the file while it was read, whose logs are the sources from `first` on. Keeps
 * which file it was, for a second look. */
int cw_remark_on_file(struct cw_case *c, size_t first, const struct cw_source *file);
/* What the parser counted. */
int cw_remark_on_stats(struct cw_case *c, size_t source);

/* Its times are UTC and stay so. */
int cw_remark_on_utc(struct cw_case *c, size_t source);

/* The section in which it ends goes on, and ends, in the next log. */
void cw_remark_section_closed(struct cw_case *c, size_t source);

/* A pattern that ran wild is named and counted; the rest of the pack goes on. */
int cw_remark_on_rule(struct cw_case *c, size_t source, struct cw_str rule, uint64_t line,
                      const struct cw_error *reason);

#endif
