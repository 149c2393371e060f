/* An event: one thing that a log says, in the same shape for every log.
 *
 * Text is lent: everything an event points to is good only during the call that delivers it.
 */
#ifndef CW_LOGS_EVENT_H
#define CW_LOGS_EVENT_H

#include "base/civil.h"
#include "base/str.h"
#include "codes/code.h"
#include "input/filter.h"

enum cw_log_kind {
    CW_LOG_CBS,
    CW_LOG_SETUPAPI,
    CW_LOG_SETUPAPI_XP,    /* [SetupAPI Log] of Windows 2000 and XP */
    CW_LOG_DISM,           /* dism.log */
    CW_LOG_CHECKSUR,       /* CheckSUR.log, CheckSUR.persist.log */
    CW_LOG_POQEXEC,        /* poqexec.log */
    CW_LOG_WINDOWS_UPDATE, /* WindowsUpdate.log as text */
    CW_LOG_EVENTS,         /* events of Windows, exported as text, CSV or XML, or raw */
    CW_LOG_SETUPACT        /* setupact.log, setuperr.log: of Windows Setup and of Sysprep */
};
enum { CW_LOG_KINDS = 9 };

/* "cbs", "setupapi", "setupapi-xp", "dism", "checksur", "poqexec", "windows-update", "events",
 * "setupact" */
struct cw_str cw_log_name(enum cw_log_kind log);

/* Whether the log tells of driver installation in sections; every other log is made of records. */
bool cw_log_has_sections(enum cw_log_kind log);

/* As written; level is not severity in CBS.log, where most failure text is Info. */
enum cw_level { CW_LEVEL_INFO, CW_LEVEL_WARNING, CW_LEVEL_ERROR };

struct cw_str cw_level_name(enum cw_level level);

enum cw_event_kind {
    CW_EVENT_RECORD,        /* CBS: one record with its continuation lines */
    CW_EVENT_HEADER,        /* SetupAPI: a line of the file header; name and value are set */
    CW_EVENT_BOOT,          /* SetupAPI: [Boot Session: ...]; time is set */
    CW_EVENT_SECTION_START, /* SetupAPI: both `>>>` lines; name = title, value = instance */
    CW_EVENT_SECTION_END,   /* SetupAPI: `<<<  Section end` and `<<<  [Exit status: ...]`;
                               value = the status as written ("FAILURE(0x00000005)"), code set */
    CW_EVENT_COMMAND,       /* SetupAPI: `cmd:`; value = the command line */
    CW_EVENT_OPEN,          /* SetupAPI: {Name: value}; the scope already holds it */
    CW_EVENT_CLOSE,         /* SetupAPI: {Name: exit(code)}; the scope still holds it */
    CW_EVENT_PROPERTY,      /* SetupAPI: name and value; list continuations joined with '\n' */
    CW_EVENT_MESSAGE        /* SetupAPI: any other text; continuation lines joined with '\n' */
};

struct cw_str cw_event_kind_name(enum cw_event_kind kind);

/* What an event of a log that watches servicing from outside says about the account that the log
 * gives of it: of one command, check, update or batch (model/account.h). */
enum cw_mark {
    CW_MARK_NONE,
    CW_MARK_BEGIN,   /* it begins; name is of what ("command", "update"), value which */
    CW_MARK_DETAIL,  /* name and value are an entity that it is about: "kb", "package", "file" */
    CW_MARK_FAILURE, /* it failed, with the event's code; name and value may be an entity */
    CW_MARK_SUCCESS, /* name and value, an entity, was brought to its end well; without a value: all
                        that the log said to have failed until now is sound */
    CW_MARK_END,     /* it ended; with a code, that says how */
    CW_MARK_REPORT   /* all of it in this event: name and value are an entity, the code says how
                        it ended */
};

/* "begin", "detail", "failure", "success", "end", "report"; empty for none. */
struct cw_str cw_mark_name(enum cw_mark mark);

/* An operation that is open: {Add Service: AmdK8} has name "Add Service", argument "AmdK8". */
struct cw_operation {
    struct cw_str name;
    struct cw_str argument; /* empty when there is none */
    uint64_t line;          /* of its opening line */
    cw_time time;           /* its own time stamp, or CW_TIME_NONE */
    unsigned indent;        /* depth in the file: columns of blanks after "CAT: ", divided by 5 */
};

/* Where a SetupAPI event stands. */
struct cw_scope {
    bool in_section;
    struct cw_str title;                   /* "Install Driver Updates" */
    struct cw_str instance;                /* what follows the first " - " of the title, or empty */
    uint64_t line;                         /* of the section's first line */
    cw_time start;                         /* the section's start, or CW_TIME_NONE */
    const struct cw_operation *operations; /* outermost first */
    size_t depth;
};

struct cw_event {
    enum cw_log_kind log;
    enum cw_event_kind kind;
    enum cw_level level;
    uint64_t line; /* first and last physical line, from 1 */
    uint64_t last_line;
    uint64_t offset;         /* of the first line in the source */
    cw_time time;            /* the event's own time stamp; CW_TIME_NONE when it carries none */
    struct cw_str component; /* CBS: component, may be empty; SetupAPI: category ("sto") */
    struct cw_str text;      /* message text, continuation lines joined with '\n', bytes as in the
                                file; for SetupAPI without prefix, category and indentation */
    struct cw_str quote;     /* what stands in the source, when that is a damaged excerpt and `text`
                                was put together from it; else empty */
    struct cw_str name;      /* see cw_event_kind */
    struct cw_str value;
    uint32_t code; /* canonical error code, CW_CODE_NONE when there is none; for CLOSE and
                      SECTION_END the exit code, also when cw_code_is_success(code) */
    struct cw_str code_written; /* its spelling in `text` */
    enum cw_mark mark;          /* none in CBS and SetupAPI logs */
    bool incomplete; /* SECTION_END by the end of the log or by another section's start, or a
                      record cut by the end of the log */

    struct cw_str event_id; /* CBS: "0x01805b"; exported events: "3"; or empty */

    cw_time utc; /* CBS: CSI '@' stamp; exported events: the time, where that is UTC; CW_TIME_NONE
                    when there is none */

    /* CBS only */
    bool joined; /* from pieces that Windows cut: `literals` may lack one that was cut in two */
    bool has_sequence;
    uint32_t sequence; /* CSI sequence number */

    /* SetupAPI only */
    struct cw_scope scope;

    /* Literals of the filter that occur in the event's lines, ascending, without duplicates. */
    const uint32_t *literals;
    size_t literal_count;
};

/* When it happened: in local time, or, in an export of events that has only that, in UTC
 * (cw_log_stats.in_utc). */
static inline cw_time cw_event_when(const struct cw_event *event)
{
    bool in_utc = event->time == CW_TIME_NONE && event->log == CW_LOG_EVENTS;
    return in_utc ? event->utc : event->time;
}

/* Receives events in the order of the file. Negative stops the reading and is passed on. */
struct cw_event_sink {
    int (*event)(void *context, const struct cw_event *event, struct cw_error *error);
    void *context;
};

#endif
