/* Episodes: what the logs are about.
 *
 * A servicing run (CBS) or a driver section (SetupAPI). Episodes are built from facts in the logs
 * and not from rules, so that a failure that no rule knows still has an honest answer. An episode
 * owns one arena; one that ended well is dropped with all it held.
 */
#ifndef CW_MODEL_EPISODE_H
#define CW_MODEL_EPISODE_H

#include "model/past.h"

/* A place in a log, with its text, kept as proof. */
struct cw_evidence {
    size_t source;
    uint64_t line, last_line;
    uint64_t offset;
    enum cw_level level;   /* as written */
    cw_time time;          /* CW_TIME_NONE = the log gives none */
    bool time_approximate; /* it has none itself: this is the next one in its section */
    struct cw_str text; /* at most CW_LIMIT_QUOTE bytes: the line of the record with the code, else
                           its first; or the lines of a damaged excerpt it was put together from */
};

/* A signal of the rule pack that was seen in the episode. The model does not know rules: `signal`
 * is their business. */
struct cw_signal_match {
    const void *signal;
    uint32_t code;
    bool at_shutdown; /* CBS: seen before startup, when failures are temporary */
    bool is_failure;  /* SetupAPI: it failed, also when the section ends well */
    struct cw_str code_written;
    struct cw_evidence evidence;
    struct cw_entities entities; /* captured, and of the operations around it */
};

enum cw_outcome_kind {
    CW_OUTCOME_OPEN, /* the log ends, or begins again, before it is known */
    CW_OUTCOME_SUCCEEDED,
    CW_OUTCOME_FAILED,
    CW_OUTCOME_RECOVERED /* failed, but a later attempt succeeded */
};

/* What happened in a run, in order of the file. */
enum cw_step_kind {
    CW_STEP_OPERATION_FAILED,  /* INSTALL index: i, phase: p, result r (r not 0), inf: x */
    CW_STEP_RESULT_RECORDED,   /* Doqe: Recording result: H, for Inf: x */
    CW_STEP_QUEUE_FAILED,      /* Failed while processing ... driver operations queue */
    CW_STEP_PRIMITIVES_FAILED, /* poqexec */
    CW_STEP_INSTALLERS_FAILED, /* Failed to process advanced operation queue */
    CW_STEP_HANG_DETECTED,
    CW_STEP_KTM_ROLLBACK,     /* Rolling back KTM, because drivers failed */
    CW_STEP_STATE_ROLLBACK,   /* Setting ExecuteState key to: ... Rollback ... */
    CW_STEP_ORIGINAL_FAILURE, /* Setting original failure status: H */
    CW_STEP_PHASE_FAILED,     /* Failed to process single phase execution */
    CW_STEP_PACKAGE_FAILED,   /* Marked package P as failed */
    CW_STEP_PACKAGE_REPORTED, /* WER: Generating failure report for package: P */
    CW_STEP_PACKAGE_STATE,    /* Startup: Package: P completed startup processing, and failed */
    CW_STEP_SESSION_FAILED,   /* Exec: Processing complete / finalized, with a failure */
    CW_STEP_REPAIR_FAILED,    /* Operation result: 0x800f0915, or more detected than repaired */
    CW_STEP_NOT_REPAIRED,     /* [SR] Cannot repair member file */
    CW_STEP_ERROR_LINE,       /* a line of level Error in an excerpt that shows no run */
    CW_STEP_STARTUP_FAILED    /* Startup: Processing complete, with a failure */
};

struct cw_step {
    enum cw_step_kind kind;
    bool at_shutdown;      /* a rollback there is temporary: startup tries again */
    uint32_t code;         /* CW_CODE_NONE when the line has none */
    struct cw_str written; /* the code as written */
    struct cw_str inf;     /* driver operations; else empty */
    unsigned index, phase; /* driver operations */
    struct cw_evidence evidence;
};

/* What a run that installs nothing is about. */
enum cw_checks { CW_CHECKS_NOTHING, CW_CHECKS_STORE /* DISM */, CW_CHECKS_FILES /* SFC */ };

/* A servicing run: a session and the shutdown and startups that it caused. Or a repair. */
struct cw_run {
    struct cw_arena arena;
    size_t source;
    cw_time start, end;
    uint64_t first_line, last_line;
    uint64_t offset, end_offset; /* bytes of the source that hold it */
    size_t end_source; /* where it ends: `last_line` and `end_offset` are there; another source than
                          `source` when its log was rotated in between, see cw_case_source.next */
    uint64_t before_line, before_offset; /* a place before it from which to look again; line 0 =
                                            none near enough */
    enum cw_outcome_kind outcome;
    cw_time boot;               /* when the machine last started, CW_TIME_NONE = not in the log */
    struct cw_str session;      /* "31134493_4116500938", or empty */
    struct cw_strings packages; /* that it was to change */
    struct cw_strings failed_packages; /* that the log calls failed */
    struct cw_strings kbs;             /* of packages */
    struct cw_strings failed_kbs;      /* of failed packages */
    bool saw_shutdown, saw_startup;
    cw_time startup;     /* when startup began, CW_TIME_NONE = not known */
    bool completed;      /* CbsExecuteStateComplete: everything was applied */
    bool drivers_failed; /* the report names the driver operation queue */
    bool awaits_reboot;
    bool switch_set;  /* CbsExecuteStateFailed stands: no failure, but a commit under way */
    bool rolled_back; /* not a temporary rollback */
    bool rolled_back_at_shutdown;
    bool has_verdict;    /* the session or the startup said how it ended */
    bool never_executed; /* it failed before anything was changed */
    enum cw_checks checks;
    struct cw_past_line offline; /* as of a section, below */
    bool reported;               /* a check of the component store has told all it found */
    uint64_t detected, repaired; /* by it: damaged files, manifests and packages */
    uint32_t original_failure;   /* as set, CW_CODE_NONE = not seen */
    struct cw_str forward_state; /* how far it came before it turned back, or empty */
    int progress_percent;        /* last one before the rollback, -1 = none */
    struct cw_str package_state; /* "failed", "Installed", ... of the last package reported */
    struct cw_step *steps;
    size_t step_count, step_cap;
    uint64_t steps_dropped;
    struct cw_signal_match *matches;
    size_t match_count, match_cap;
};

/* An operation on the path to a failure. */
struct cw_failed_operation {
    struct cw_str name, argument;
    uint64_t line, exit_line;
    uint32_t code; /* of its exit; CW_CODE_NONE when it did not close, or closed well */
};

/* The innermost operation that failed, with everything around it. */
struct cw_section_failure {
    struct cw_failed_operation *path; /* outermost first; the last one is the innermost */
    size_t depth;
    uint32_t code;
    struct cw_str written;
    struct cw_evidence error; /* the first error line inside, else its exit line */
    struct cw_evidence exits; /* the closes that only passed the failure on, folded */
    size_t exit_count;
    struct cw_entities entities; /* of path and properties */
    struct cw_str *properties;   /* "Manufacturer = Advanced Micro Devices", innermost last */
    size_t property_count;
};

/* A driver section of a SetupAPI log that did not end well, or in which a rule saw a failure: a
 * driver can be installed and its device not start. */
struct cw_section {
    struct cw_arena arena;
    size_t source;
    struct cw_str title, instance, command;
    bool has_header; /* false: entries outside sections */
    bool complete;   /* it has an end line */
    cw_time boot;    /* of the boot session it stands in, CW_TIME_NONE = not in the log */
    cw_time start, end;
    uint64_t first_line, last_line;
    uint64_t error_lines;
    uint32_t code;               /* exit status, CW_CODE_NONE = success or none */
    struct cw_str exit_status;   /* as written */
    struct cw_evidence exit;     /* the exit status line */
    struct cw_past_line offline; /* what shows that the Windows worked on was not running; line 0 =
                                   nothing does */
    enum cw_outcome_kind outcome;
    struct cw_section_failure *failures; /* in order; at most CW_LIMIT_SECTION_FAILURES */
    size_t failure_count, failure_cap;
    struct cw_signal_match *matches;
    size_t match_count, match_cap;
};

/* Copies what is to be kept of an event. False when memory is exhausted. */
bool cw_evidence_keep(struct cw_arena *arena, size_t source, const struct cw_event *event,
                      struct cw_evidence *ret_evidence);
/* The same, of a record of several lines the one with this part of its text. */
bool cw_evidence_keep_part(struct cw_arena *arena, size_t source, const struct cw_event *event,
                           struct cw_str part, struct cw_evidence *ret_evidence);

/* False when the signal already has CW_LIMIT_MATCHES of them: building another is for nothing. */
bool cw_match_wanted(const struct cw_signal_match *matches, size_t count, const void *signal);

/* False when memory is exhausted. */
bool cw_match_add(struct cw_arena *arena, struct cw_signal_match **matches, size_t *count,
                  size_t *cap, const struct cw_signal_match *match);

#endif
