/* Joins accounts - what the event log, DISM, Windows Update tell - to the runs that they tell of.
 */
#ifndef CW_DIAGNOSE_ACCOUNT_JOIN_H
#define CW_DIAGNOSE_ACCOUNT_JOIN_H

#include "diagnose/incident.h"

/* Gives each account of the case to the incident that it agrees with best: by time and by KB or
 * code; by KB and code alone when its clock is another one. What agrees with none becomes an
 * incident of its own, behind `*count`; `incidents` has room for all. Newest first. */
void cw_accounts_join(struct cw_case *c, struct cw_incident *incidents, size_t *count);

/* How the report calls what the account is of: "The DISM command". */
struct cw_str cw_account_title(const struct cw_account *account);
/* What its verdict adds to the chain of a run: "the event log confirms it". */
struct cw_str cw_account_note(const struct cw_account *account);

#endif
