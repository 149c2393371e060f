/* Driver sections that a rotation cut in two. */
#ifndef CW_DIAGNOSE_SECTION_JOIN_H
#define CW_DIAGNOSE_SECTION_JOIN_H

#include "diagnose/reading.h"

/* Where a SetupAPI log ends before its last section does, and the next log of its series begins in
 * the middle of one: that section, and nothing else, is read again out of both, and takes the place
 * of its parts. Its lines are counted on from the first log, see cw_history_place(). After
 * cw_history_order(). CW_ERR_NOMEM or 0. */
int cw_sections_join(struct cw_reading *reading, struct cw_case *c);

#endif
