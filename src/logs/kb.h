/* The numbers by which updates are known. */
#ifndef CW_LOGS_KB_H
#define CW_LOGS_KB_H

#include "base/str.h"

/* "KB4474419" from "Package_63_for_KB4474419~31bf..."; false when the name holds none. */
bool cw_kb_of_package(struct cw_str package, struct cw_str *ret_kb);

#endif
