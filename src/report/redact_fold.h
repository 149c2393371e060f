/* Comparing names as Windows does, without case, and their words. */
#ifndef CW_REPORT_REDACT_FOLD_H
#define CW_REPORT_REDACT_FOLD_H

#include "base/buf.h"

/* Appends `text` in small letters: Latin, Greek and Cyrillic. As long as `text`, byte by byte, so
 * that places in one are places in the other. False when memory is exhausted. */
bool cw_redact_fold(struct cw_buf *folded, struct cw_str text);

/* Where the next word begins, from `at` on; text.len when there is none. A word is letters and
 * digits; a character of a script that has no blanks between words is one by itself. */
size_t cw_redact_word_begin(struct cw_str text, size_t at);
/* Where the word ends that begins at `at`. */
size_t cw_redact_word_end(struct cw_str text, size_t at);
/* True when `at` lies inside a word. */
bool cw_redact_is_in_word(struct cw_str text, size_t at);

#endif
