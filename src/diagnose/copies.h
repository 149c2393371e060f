/* The same log twice: beside its archive, in another folder, or as it was some time ago. */
#ifndef CW_DIAGNOSE_COPIES_H
#define CW_DIAGNOSE_COPIES_H

#include "model/case.h"

/* Sets cw_case_source.copy_of where one log holds all that another does, and remarks on it. Decided
 * by content: the first bytes, the lengths of all lines and the events; where one is the beginning
 * of a longer log (an older copy) or its end, by its first and last bytes, which are read again in
 * both. CW_ERR_NOMEM or 0. */
int cw_copies_find(struct cw_case *c);

#endif
