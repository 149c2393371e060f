/* How to tell the folders of a Windows, and where in them its logs are. Names compare without case.
 */
#ifndef CW_INPUT_WINDOWS_ROOT_H
#define CW_INPUT_WINDOWS_ROOT_H

#include "base/str.h"

/* A place of logs. Sources: `C:\Windows` of XP to 11, and "Windows Setup Log Files and Event Logs"
 * of the Windows documentation for the folders of an upgrade. */
struct cw_windows_place {
    const char *folder; /* "Logs/CBS" below the folder Windows, or below the root; "" is that itself
                         */
    const char *prefix; /* of the file's name, or, with a full stop in it, the name; NULL: all logs
                           in the folder and below it */
    bool usual;         /* every Windows since Vista has it */
};

/* Places in the folder Windows, and in the root beside it. */
extern const struct cw_windows_place cw_windows_places[];
extern const size_t cw_windows_place_count;
extern const struct cw_windows_place cw_windows_root_places[];
extern const size_t cw_windows_root_place_count;

/* "Windows", "WINNT". */
bool cw_is_windows_name(struct cw_str name);
/* "Windows.old", "Windows.old.000": a root of its own in a root. */
bool cw_is_windows_old_name(struct cw_str name);

/* Enough of these are the names in the folder Windows. */
bool cw_has_windows_names(const struct cw_str *names, size_t count);
/* One of these stands in the root of a disk, beside Windows. */
bool cw_has_disk_names(const struct cw_str *names, size_t count);
/* These are names in System32, and not only those that a collector copies out of it. */
bool cw_has_system_names(const struct cw_str *names, size_t count);

/* The name ends as those of logs do, in whatever form they are kept: "CBS.log", "CBS.log.gz",
 * "CbsPersist_1.cab". */
bool cw_is_log_name(struct cw_str name);

#endif
