/* Reads the logs in an archive into a case. */
#ifndef CW_DIAGNOSE_BUNDLE_H
#define CW_DIAGNOSE_BUNDLE_H

#include "diagnose/reading.h"

struct cw_bundle_sink {
    /* What was not read, and why; `is_failure`: it should have been. CW_ERR_NOMEM or 0. */
    int (*not_read)(void *context, const char *path, const char *reason, bool is_failure);
    void *context;
};

/* Reads every log in `source`, an archive of the file `file` ("-": standard input). Members that
 * are no logs are counted in a remark; they are named as not read only when their name says that
 * they are logs, or when there is no log at all. What is damaged, encrypted or beyond a limit is a
 * failure of that member alone. CW_ERR_NOMEM or 0. */
int cw_bundle_read(struct cw_reading *reading, struct cw_case *c, struct cw_source *source,
                   const char *file, const struct cw_bundle_sink *sink, struct cw_error *error);

#endif
