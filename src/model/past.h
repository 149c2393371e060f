/* What went well, as far as a refused write is judged by it: driver packages of other vendors that
 * were installed or removed, and services, keys and files that were written.
 *
 * Sections that end well are dropped with all they held; of them this little is kept, in records of
 * a fixed size, the newest ones.
 */
#ifndef CW_MODEL_PAST_H
#define CW_MODEL_PAST_H

#include "base/limits.h"
#include "model/entity.h"

/* Bytes kept of a name and of a line; the longest line that was met has 307. */
enum { CW_PAST_NAME = 96, CW_PAST_LINE = 256, CW_PAST_SERVICES = 4 };

struct cw_past_name {
    unsigned char len;
    char bytes[CW_PAST_NAME];
};

struct cw_past_line {
    size_t source;
    uint64_t line, last_line; /* line 0 = none */
    cw_time time;             /* CW_TIME_NONE = the log gives none */
    bool time_approximate;    /* it has none itself: this is the next one in its section */
    unsigned short len;
    char bytes[CW_PAST_LINE]; /* as in the log */
};

/* What a section shows of a package; bits. */
enum cw_install_trait {
    CW_INSTALL_SERVICE = 1,     /* it added or changed a service */
    CW_INSTALL_KERNEL = 2,      /* ... that is a driver, or it copied one */
    CW_INSTALL_FILE_SYSTEM = 4, /* ... of a file system or its filter */
    CW_INSTALL_EARLY = 8,       /* ... that starts with the system */
    CW_INSTALL_ATTACHED = 16,   /* it attaches itself to devices as a filter */
    CW_INSTALL_USER_MODE = 32,  /* its service is a program */
    CW_INSTALL_REMOVED = 64,    /* it was taken away, not installed */
    CW_INSTALL_OFFLINE = 128    /* in a Windows that was not running */
};

struct cw_install {
    struct cw_past_name inf;       /* "vboxguest.inf": the vendor's name, may be empty */
    struct cw_past_name published; /* "oem2.inf", may be empty */
    struct cw_past_name provider;  /* empty: the section does not name it */
    struct cw_past_name version;   /* "07/18/2016,5.0.26", may be empty */
    struct cw_past_name guid;      /* of the setup class, may be empty */
    struct cw_past_name group;     /* load order group of a service, may be empty */
    struct cw_past_name services[CW_PAST_SERVICES];
    size_t service_count;
    unsigned traits;             /* bits of cw_install_trait */
    struct cw_past_line named;   /* the line that names the provider, else the section's first */
    struct cw_past_line service; /* the line that added or changed a service */
    cw_time again;               /* the same was done then; `named.time` is the first time */
};

/* Something that was written without an error: first and last time in one log. */
struct cw_written {
    enum cw_entity kind; /* service, registry key or file */
    uint64_t hash;
    struct cw_past_name name;
    struct cw_past_line first, last;
};

struct cw_past {
    struct cw_install *installs; /* CW_LIMIT_INSTALLS of them, or NULL; owned */
    size_t install_count;
    uint64_t installs_dropped;
    struct cw_written *written; /* CW_LIMIT_WRITTEN of them, or NULL; owned */
    size_t written_count;
    uint64_t written_dropped;
};

void cw_past_done(struct cw_past *past);

/* Copies; what is too long is cut. */
void cw_past_set_name(struct cw_past_name *name, struct cw_str text);
struct cw_str cw_past_name(const struct cw_past_name *name);
struct cw_str cw_past_text(const struct cw_past_line *line);
void cw_past_set_line(struct cw_past_line *line, size_t source, const struct cw_event *event);

/* Keeps a record unless it is about Windows' own drivers, or nothing is known of it. One that was
 * kept of the same log with the same content is only counted again. False when memory is exhausted.
 */
bool cw_past_add_install(struct cw_past *past, const struct cw_install *install);
/* NULL in *ret_written: it is older than all that is kept. The place is good until the next call.
 */
bool cw_past_add_written(struct cw_past *past, enum cw_entity kind, struct cw_str name,
                         const struct cw_past_line *line, struct cw_written **ret_written);

#endif
