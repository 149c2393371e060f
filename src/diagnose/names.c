/* The words of the report's enumerations; they are part of its contract. */
#include "diagnose/finding.h"

struct cw_str cw_verdict_name(enum cw_verdict verdict)
{
    static const char *const names[] = {"unknown", "no_failure", "failure"};
    return cw_str_c(names[verdict]);
}

struct cw_str cw_finding_role_name(enum cw_finding_role role)
{
    static const char *const names[] = {"root_cause", "contributing", "recovered", "unexplained"};
    return cw_str_c(names[role]);
}

struct cw_str cw_chain_role_name(enum cw_chain_role role)
{
    static const char *const names[] = {"cause", "consequence", "outcome"};
    return cw_str_c(names[role]);
}
