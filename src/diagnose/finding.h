/* The report as data: what the renderers are given. Its JSON form is report/report.schema.json.
 *
 * All strings live in the analysis' arena. Text that came from a log is as it is in the log: a
 * renderer escapes it for its medium.
 */
#ifndef CW_DIAGNOSE_FINDING_H
#define CW_DIAGNOSE_FINDING_H

#include "logs/format.h"
#include "logs/identifier.h"
#include "model/episode.h"
#include "rules/rule.h"

enum cw_verdict { CW_VERDICT_UNKNOWN, CW_VERDICT_NO_FAILURE, CW_VERDICT_FAILURE };
/* "unknown", "no_failure", "failure" */
struct cw_str cw_verdict_name(enum cw_verdict verdict);

enum cw_finding_role {
    CW_ROLE_ROOT_CAUSE,
    CW_ROLE_CONTRIBUTING,
    CW_ROLE_RECOVERED,  /* it failed, and a later attempt in these logs succeeded */
    CW_ROLE_UNEXPLAINED /* it failed, and no rule knows why */
};
struct cw_str cw_finding_role_name(enum cw_finding_role role);

enum cw_chain_role { CW_CHAIN_CAUSE, CW_CHAIN_CONSEQUENCE, CW_CHAIN_OUTCOME };
/* "cause", "consequence", "outcome" */
struct cw_str cw_chain_role_name(enum cw_chain_role role);

/* A line of proof. */
struct cw_chain_item {
    enum cw_chain_role role;
    cw_time time;          /* CW_TIME_NONE when the log gives none */
    bool time_approximate; /* it has none of its own: this is the next one in its section */
    size_t source;         /* index into cw_report.sources */
    uint64_t line;
    uint64_t last_line;  /* > line when several lines are folded into this item */
    struct cw_str text;  /* the line as in the log, without its header columns; of an event that was
                            kept without its message, its data */
    struct cw_str note;  /* our remark, may be empty */
    struct cw_str ended; /* names of the operations that the folded lines end, or empty */
    bool minor;          /* adds to its neighbours: left out first where room is short */
};

enum cw_tristate { CW_UNKNOWN, CW_NO, CW_YES };

struct cw_outcome {
    enum cw_tristate rolled_back;
    struct cw_str stage;  /* "startup", "shutdown", "driver installation", ...; may be empty */
    int progress_percent; /* -1 = not known */
    struct cw_str package_state; /* "failed", "Installed", ...; may be empty */
    struct cw_str forward_state; /* how far servicing came before it turned back, as it calls it:
                                    "CbsExecuteStatePrimitives"; may be empty */
};

enum cw_lane { CW_LANE_SERVICING, CW_LANE_DRIVER, CW_LANE_SETUP };
enum { CW_LANES = CW_LANE_SETUP + 1 };

enum cw_span_kind {
    CW_SPAN_SESSION, /* of servicing, up to the restart */
    CW_SPAN_STARTUP,
    CW_SPAN_OPERATION, /* on a driver, that failed */
    CW_SPAN_SECTION    /* of a SetupAPI log, that failed */
};

/* Something that took its time. */
struct cw_span {
    enum cw_lane lane;
    enum cw_span_kind kind;
    cw_time first, last; /* known */
    bool failed;
    struct cw_str label; /* the session, the INF, the section's title; may be empty */
    size_t source;
    uint64_t line; /* 0 = none */
};

enum cw_story_mark_kind { CW_STORY_FAILURE, CW_STORY_ROLLBACK };

struct cw_story_mark {
    enum cw_story_mark_kind kind;
    enum cw_lane lane;
    cw_time time; /* known */
    size_t source;
    uint64_t line;
};

/* When what happened around a failure, for a picture. */
struct cw_story {
    struct cw_span *spans;
    size_t span_count;
    struct cw_story_mark *marks;
    size_t mark_count;
};

/* An operation of a section that failed, or the error line in it. */
struct cw_tree_node {
    unsigned depth;
    bool is_line;
    struct cw_str name, argument; /* of a line: its text, and nothing */
    uint64_t line, exit_line;     /* 0 = not in the log */
    uint32_t code;                /* CW_CODE_NONE when there is none */
};

/* The operations of the failing section that are on the way to a failure, in order of the log. */
struct cw_section_tree {
    struct cw_str title; /* empty: there is no section */
    size_t source;
    uint64_t first_line, last_line;
    struct cw_tree_node *nodes;
    size_t node_count;
};

/* The words of a finding in another language than English. What is empty has no translation. */
struct cw_wording {
    struct cw_str title, explanation, confidence_reason;
    struct cw_action *actions;        /* as many as the finding has, or NULL; only `text` counts */
    struct cw_hypothesis *hypotheses; /* the same, with `statement`, `reason` and `settle` */
};

/* Whether the attempts at an update failed for one reason, as far as the logs show. */
enum cw_sameness {
    CW_SAME_UNKNOWN, /* the logs do not show it for each of them */
    CW_SAME_CAUSE,
    CW_SAME_ERROR, /* the same code; that the cause was the same is not shown for each */
    CW_SAME_NOT
};
/* "unknown", "cause", "error", "changed" */
struct cw_str cw_sameness_name(enum cw_sameness sameness);

/* What tells one cause from another. */
struct cw_cause_name {
    struct cw_str id, title, chinese_title; /* as of a finding */
    uint32_t code;                          /* CW_CODE_NONE when there is none */
    struct cw_str fingerprint;
};

struct cw_cause_change {
    cw_time time; /* when the first attempt after it failed */
    struct cw_cause_name from, to;
};

/* The attempts at one update that failed, up to the newest one. */
struct cw_attempts {
    size_t count;        /* that nothing made good; 0: not told */
    size_t recovered;    /* older ones, that were made good in between */
    cw_time first, last; /* when the first and the last of `count` failed */
    enum cw_sameness sameness;
    struct cw_cause_change *changes; /* from one attempt to the next, in order of time */
    size_t change_count;
};

/* A line that speaks for something, or against it; the item's note says why. */
struct cw_weight {
    struct cw_str kind; /* stable word: "denied_too", "written_before", ... */
    struct cw_chain_item item;
};

enum { CW_WEIGHTS_MOST = 8, CW_SUSPECTS_MOST = 5, CW_REASONS_MOST = 5 };

/* A driver package of another vendor that was installed before a write was refused. */
struct cw_suspect {
    struct cw_str inf;       /* the vendor's name for it: "exguard.inf"; may be empty */
    struct cw_str published; /* "oem7.inf"; may be empty */
    struct cw_str provider;  /* empty: the logs do not name it */
    struct cw_str version;   /* "03/02/2024,7.1.0.12"; may be empty */
    struct cw_str class;     /* "AntiVirus", else the GUID of the class; may be empty */
    struct cw_str group;     /* load order group of its service; may be empty */
    struct cw_strings services;
    struct cw_strings reasons;    /* sentences: why it is where it is in the list */
    struct cw_chain_item item;    /* where the logs name it; its time is when it was installed */
    struct cw_chain_item service; /* where its service was added; line 0 = not shown */
    struct cw_chain_item removal; /* where it was removed, and what was refused could be written
                                     afterwards; line 0 = not shown */
    bool is_strong;               /* more than its being there speaks for it */
};

enum cw_leaning { CW_LEANS_NOWHERE, CW_LEANS_FOR, CW_LEANS_AGAINST };
/* "open", "for", "against" */
struct cw_str cw_leaning_name(enum cw_leaning leaning);

/* What speaks for and against a driver of another vendor having refused a write. */
struct cw_interference {
    bool weighed; /* false: it was not asked, and nothing here counts */
    enum cw_leaning leaning;
    struct cw_str conclusion; /* a sentence */
    struct cw_weight *pro, *contra;
    size_t pro_count, contra_count;
    size_t pro_total, contra_total; /* with those that are not listed */
    struct cw_suspect *suspects;    /* the most suspect first */
    size_t suspect_count;
    size_t unranked; /* packages without a driver in the kernel, or older */
    struct cw_action *settle,
        *chinese_settle; /* what would settle it; chinese_settle may be NULL */
    size_t settle_count;
    cw_time since; /* the driver logs of the machine go back to it, CW_TIME_NONE = there are none */
};

/* What a run did, for a sentence: "Repairing the component store". */
struct cw_str cw_checks_text(enum cw_checks checks);

struct cw_finding {
    struct cw_str id; /* rule id, or "unexplained" */
    enum cw_finding_role role;
    bool undecided; /* taken back until the next startup, which the logs do not hold */
    enum cw_confidence confidence;
    struct cw_str confidence_reason;
    struct cw_str title, explanation;
    uint32_t code;          /* CW_CODE_NONE when there is none */
    uint32_t reported_code; /* what the run as a whole ended with; `code` is the cause's own */
    struct cw_strings as_written;
    struct cw_entities entities;
    struct cw_outcome outcome;
    enum cw_checks checks;
    struct cw_str update; /* what failed, its KB or else its package; may be empty. A cause may name
                             other packages: the old one whose manifest is gone. */
    struct cw_chain_item *chain;
    size_t chain_count;
    struct cw_action *actions;
    size_t action_count;
    struct cw_hypothesis *hypotheses;
    size_t hypothesis_count;
    struct cw_allowlist allowlist;
    struct cw_strings
        agreed; /* what joined the logs: "time", "inf", "code", "section title", "boot" */
    struct cw_strings operations; /* open operations around the innermost failure, outermost first:
                                     "Reflect Driver Package: ...", ... */
    size_t occurrences;           /* how often this cause was seen, at least 1 */
    cw_time first_seen, last_seen;
    struct cw_interference interference;
    struct cw_attempts history; /* of the update; only where it failed last, and more than once */
    struct cw_strings references;
    struct cw_str fingerprint; /* 16 hex digits; depends on cause and entities only */
    struct cw_wording chinese;
    struct cw_story story;
    struct cw_section_tree tree;
};

/* A line of a log that is no part of any record. */
struct cw_quoted_line {
    uint64_t line;
    bool cut; /* it goes on */
    struct cw_str text;
};

struct cw_source_report {
    struct cw_str path;
    bool recognised;
    enum cw_log_kind log;   /* when recognised */
    struct cw_str encoding; /* "utf-8", "utf-16le", "cp936"; "8-bit" when not known */
    struct cw_log_stats stats;
    struct cw_quoted_line strays[CW_LIMIT_DIAGNOSTICS]; /* the first unrecognised lines */
    size_t stray_count;
};

/* A remark about the reading, with the place where there is one. */
struct cw_diagnostic {
    struct cw_str kind; /* stable word: "long_line", "nul_bytes", "unclosed_section", ... */
    struct cw_str path; /* may be empty */
    uint64_t line;      /* 0 = none */
    uint64_t count;     /* how often, at least 1 */
    struct cw_str text; /* a sentence */
};

struct cw_not_read {
    struct cw_str path, reason;
};

/* What a log that is missing would add. */
enum cw_missing_kind {
    CW_MISSING_VERDICT,   /* whether it failed at all */
    CW_MISSING_SERVICING, /* what became of the update, or which step of it failed */
    CW_MISSING_DETAIL,    /* more about the cause */
    CW_MISSING_PROOF      /* nothing but certainty, of which the confidence speaks */
};

struct cw_missing {
    enum cw_missing_kind kind;
    struct cw_str what; /* "setupapi.dev.log" */
    struct cw_str why, where;
};

/* What was hidden in a report, see report/redact.h. */
struct cw_redacted {
    bool done;                     /* false: nothing was to be hidden, and the rest is 0 */
    size_t values[CW_IDENTIFIERS]; /* different ones, by cw_identifier */
    size_t by_place;               /* of them, replaced only where their place tells what they are:
                                      they are common words, or short */
};

struct cw_report {
    struct cw_str rules_version;
    enum cw_verdict verdict;
    struct cw_str summary;
    struct cw_str os_version, architecture; /* empty when not known */
    bool has_utc_offset;
    int utc_offset;              /* minutes east of UTC */
    struct cw_finding *findings; /* in rank order */
    size_t finding_count;
    struct cw_source_report *sources;
    size_t source_count;
    struct cw_not_read *not_read;
    size_t not_read_count;
    struct cw_missing *missing;
    size_t missing_count;
    struct cw_diagnostic *diagnostics;
    size_t diagnostic_count;
    struct cw_redacted redacted;
};

#endif
