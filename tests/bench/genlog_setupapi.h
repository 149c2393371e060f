/* The text of setupapi.dev.log: whole sections, and the pieces of the long one. */
#ifndef CW_BENCH_GENLOG_SETUPAPI_H
#define CW_BENCH_GENLOG_SETUPAPI_H

#include <stddef.h>

struct cw_gen_section {
    const char *const *lines;
    size_t count;
};

extern const struct cw_gen_section cw_gen_boot;
extern const struct cw_gen_section cw_gen_device_install;
extern const struct cw_gen_section cw_gen_driver_import;
extern const struct cw_gen_section cw_gen_policy_check;
extern const struct cw_gen_section cw_gen_disk_cleanup;

/* The sections of a servicing run around `Install Driver Updates`. */
extern const struct cw_gen_section cw_gen_servicing_begin;
extern const struct cw_gen_section cw_gen_servicing_end;

/* `Install Driver Updates`: it begins, publishes some packages, reflects them, and ends in one of
 * three ways. */
extern const struct cw_gen_section cw_gen_updates_begin;
extern const struct cw_gen_section cw_gen_publish;
extern const struct cw_gen_section cw_gen_reflected;
extern const struct cw_gen_section cw_gen_reflect;
extern const struct cw_gen_section cw_gen_configure_many;
extern const struct cw_gen_section cw_gen_updates_success;
extern const struct cw_gen_section cw_gen_reflect_failure;
extern const struct cw_gen_section cw_gen_version_failure;

#endif
