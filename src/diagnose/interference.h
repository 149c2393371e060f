/* Who refused a write? What the logs hold for and against a driver of another vendor.
 *
 * A refusal by a filter of the file system or a callback of the registry looks like any other in
 * the logs: access denied. What they hold beside it is gathered over all logs of the machine:
 *
 *     for      other things were refused as well; the same thing was refused in other attempts;
 *              servicing itself was writing; driver packages of other vendors came before
 *     against  the same thing was written before, or later; others of its kind were written in the
 *              same run; somebody else had it open; the Windows written to was not running
 *
 * None of this proves anything: the hypothesis stays one, and only what speaks strongly against it
 * lowers its confidence.
 */
#ifndef CW_DIAGNOSE_INTERFERENCE_H
#define CW_DIAGNOSE_INTERFERENCE_H

#include "diagnose/retries.h"

/* Weighs each finding whose cause asks for it ("weigh": "interference" at a hypothesis). False when
 * memory is exhausted. */
bool cw_interference_weigh(struct cw_conclusion *conclusion, const struct cw_attempt *attempts,
                           size_t count);

/* Remarks on limits that were reached, if something was weighed. False when memory is exhausted. */
bool cw_interference_remark(struct cw_case *c, const struct cw_findings *findings);

#endif
