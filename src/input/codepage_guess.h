/* Which code page a text is in: by trial and score. */
#ifndef CW_INPUT_CODEPAGE_GUESS_H
#define CW_INPUT_CODEPAGE_GUESS_H

#include "input/encoding.h"

/* The code page that makes the most sense of `words`, which are separated by line ends and are
 * not UTF-8; CW_ENCODING_UNKNOWN when none does. CW_ERR_NOMEM or 0. */
int cw_codepage_guess(struct cw_str words, enum cw_encoding *ret_encoding);

#endif
