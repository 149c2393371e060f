/* The members of an archive, and of the archives in it. */
#ifndef CW_INPUT_UNPACK_H
#define CW_INPUT_UNPACK_H

#include "input/archive.h"
#include "input/member.h"

struct cw_unpack_sink {
    /* A member, to be read now or never; its name is the whole path, "bundle.zip/CBS/CBS.log".
     * Negative stops. */
    int (*member)(void *context, struct cw_source *source, const struct cw_member_place *place,
                  struct cw_error *error);
    /* Something that can not be read, or not further, with the reason. Negative stops. */
    int (*not_read)(void *context, const char *path, const char *reason, struct cw_error *error);
    /* The name of a member leads out of the archive. It is read all the same. Negative stops. */
    int (*outside)(void *context, const char *path, struct cw_error *error);
    void *context;
};

/* Delivers the members of `source`, an archive by its first bytes (cw_archive_nature), in
 * their order. What is wrong with it goes to the sink and is no failure. CW_ERR_NOMEM, or what the
 * sink returned. */
int cw_unpack(struct cw_source *source, struct cw_archive_budget budget,
              const struct cw_unpack_sink *sink, struct cw_error *error);

#endif
