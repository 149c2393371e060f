/* What most lines of a CBS.log say: a literal that stands in them makes the filter stop all the
 * time. */
#ifndef CW_RULES_USUAL_H
#define CW_RULES_USUAL_H

#include "base/str.h"

/* In how many of 100,000 records of a CBS.log `literal` stands, as far as usual_lines.tsv knows:
 * the records that make up at least 150 of 100,000, counted over 19 whole logs of Windows 7 to 11.
 */
unsigned cw_usual_share(struct cw_str literal);

/* More than this is refused: one such literal costs as much as the rest of the pack. */
enum { CW_USUAL_MOST = 1000 };

#endif
