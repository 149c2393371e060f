/* The words of the report's enumerations; they are part of its contract. */
#include "diagnose/finding.h"

struct cw_str cw_checks_text(enum cw_checks checks)
{
    static const char *const texts[] = {
        [CW_CHECKS_NOTHING] = "The servicing run",
        [CW_CHECKS_STORE] = "Repairing the component store",
        [CW_CHECKS_FILES] = "Repairing system files (SFC)",
    };
    return cw_str_c(texts[checks]);
}

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

struct cw_str cw_sameness_name(enum cw_sameness sameness)
{
    static const char *const names[] = {"unknown", "cause", "error", "changed"};
    return cw_str_c(names[sameness]);
}

struct cw_str cw_leaning_name(enum cw_leaning leaning)
{
    static const char *const names[] = {"open", "for", "against"};
    return cw_str_c(names[leaning]);
}
