/* Reports of this program lie beside the logs that they are about, and quote them. */
#ifndef CW_DIAGNOSE_OWN_REPORT_H
#define CW_DIAGNOSE_OWN_REPORT_H

#include "base/str.h"

/* True for a file that begins so and is a report of cbswhy in one of its forms. Text in which a
 * report is only quoted is none: there may be more in it. */
bool cw_is_own_report(struct cw_str head);

#endif
