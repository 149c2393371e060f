/* The case: everything an analysis keeps of the logs it has read. */
#ifndef CW_MODEL_CASE_H
#define CW_MODEL_CASE_H

#include "input/codepage.h"
#include "input/member.h"
#include "logs/format.h"
#include "model/account.h"
#include "model/past.h"

struct cw_run_tracker;

/* Bytes kept of the beginning of a source. */
enum { CW_SOURCE_HEAD = 512 };

/* No source. */
#define CW_SOURCE_NONE SIZE_MAX

struct cw_case_source {
    struct cw_str path;           /* as shown: "bundle.zip/CBS/CBS.log" */
    struct cw_str file;           /* the file that holds it ("-": standard input) ... */
    struct cw_member_place place; /* ... there */
    uint64_t device, inode;       /* of the file, 0 = it has none */
    bool recognised;
    bool damaged; /* it was put together from an excerpt */
    enum cw_log_kind log;
    enum cw_encoding encoding; /* UTF-16, or CW_ENCODING_UTF8 for 8-bit text of any kind */
    struct cw_codepage *text;  /* what is known of that; owned */
    struct cw_str os_version, architecture; /* as the log has them, may be empty */
    char *window; /* of a pipe: its last bytes, for a second look; freed with the case */
    size_t window_len;
    uint64_t window_offset;
    struct cw_log_stats stats;
    /* What tells whether two sources hold the same. */
    struct cw_str head;      /* their first bytes, decoded */
    struct cw_str last_line; /* the beginning of the last one that is not empty */
    uint64_t bytes;          /* in all, decoded */
    uint64_t shape, heard;   /* hashes of the lengths of the lines, and of the events */
    /* CBS: a place near its end, from which to look for what led to a run in the next log; line 0 =
     * none. */
    uint64_t tail_line, tail_offset;
    struct cw_run_tracker *runs; /* CBS: what its log left open, until all logs are read; owned */
    /* Indices of sources, or CW_SOURCE_NONE; see model/history.h. */
    size_t previous, next; /* the logs that hold what came before and after, in one series */
    size_t copy_of;        /* everything in it stands in that one, too */
};

/* A package that was installed, for recognising that an older failure was overcome. */
struct cw_success {
    struct cw_str kb;
    cw_time time;
    size_t source; /* the log that says so: it may be another machine's */
};

struct cw_learned_inf {
    struct cw_str inf;
    struct cw_strings services, files;
};

/* A remark about reading; see cw_diagnostic in diagnose/finding.h. */
struct cw_remark {
    struct cw_str kind, path, text;
    uint64_t line, count;
};

struct cw_case {
    struct cw_arena arena;
    struct cw_watch *watch;    /* is told what is read; borrowed, may be NULL */
    enum cw_encoding encoding; /* of all sources; CW_ENCODING_UNKNOWN = to be detected */
    struct cw_case_source *sources;
    size_t source_count, source_cap;
    struct cw_run **runs; /* failed, recovered or open, in order of closing */
    size_t run_count, run_cap;
    struct cw_section **sections; /* the same */
    size_t section_count, section_cap;
    struct cw_account **accounts; /* the same */
    size_t account_count, account_cap;
    uint64_t episodes_dropped; /* beyond CW_LIMIT_EPISODES: the oldest ones */
    struct cw_success *successes;
    size_t success_count, success_cap;
    struct cw_learned_inf *infs;
    size_t inf_count, inf_cap;
    struct cw_past past;
    struct cw_remark *remarks;
    size_t remark_count, remark_cap;
    /* When a check last found the component store, and system files, sound or could repair them.
     * CW_TIME_NONE = never. */
    cw_time store_sound, files_sound;
    bool ends_in_commit; /* a log stops between the dead-man's switch and its clearing */
};

void cw_case_init(struct cw_case *c);
void cw_case_done(struct cw_case *c);

/* Brings the sources from `first` on, and what was found in them, into the order of their paths:
 * the members of an archive are read in its order, whatever that is. False when memory is
 * exhausted. */
bool cw_case_sort_sources(struct cw_case *c, size_t first);

/* The source at order[i] goes to i, for all i, and so do the places of what was found in it. Not
 * after `previous` and `next` were set. False when memory is exhausted. */
bool cw_case_arrange(struct cw_case *c, const size_t *order);

/* Takes over the run, section or account. When there are too many, the oldest is dropped and
 * counted. On failure (false) the caller keeps it. */
bool cw_case_add_run(struct cw_case *c, struct cw_run *run);
bool cw_case_add_section(struct cw_case *c, struct cw_section *section);
bool cw_case_add_account(struct cw_case *c, struct cw_account *account);

/* A section ended well: failures before it that were about the same device or file, by whatever
 * way it was installed then, have been made good. */
void cw_case_section_succeeded(struct cw_case *c, const struct cw_section *section);

/* Takes the one at `index` out of its list and releases it. */
void cw_case_drop_run(struct cw_case *c, size_t index);
void cw_case_drop_section(struct cw_case *c, size_t index);
void cw_case_drop_account(struct cw_case *c, size_t index);

void cw_run_free(struct cw_run *run);
void cw_section_free(struct cw_section *section);

/* Of the successes of a KB in one log, the latest counts. False when memory is exhausted. */
bool cw_case_add_success(struct cw_case *c, size_t source, struct cw_str kb, cw_time time);

/* Moves runs, successes and what else trackers find out of `draft` into `c`. False when memory is
 * exhausted; what was not moved stays in the draft. */
bool cw_case_take(struct cw_case *c, struct cw_case *draft);

/* The facts known so far of an INF; made when new. NULL when memory or the limit is exhausted. */
struct cw_learned_inf *cw_case_inf(struct cw_case *c, struct cw_str inf);

/* Adds a remark; one of the same kind, path and text is counted instead. All strings are copied. */
bool cw_case_remark(struct cw_case *c, const struct cw_remark *remark);

#endif
