/* The text of CBS.log: templates with their frequencies, and the stories that are told in order. */
#ifndef CW_BENCH_GENLOG_CBS_H
#define CW_BENCH_GENLOG_CBS_H

#include <stddef.h>
#include <stdint.h>

/* Level, event id and component. */
enum cw_gen_column {
    COL_CBS,
    COL_CBS_ERROR,
    COL_CBS_WARNING,
    COL_CSI,
    COL_CSI_ERROR,
    COL_CSI_EVENT,
    COL_SXS,
    COL_DPX,
    COL_DISM,
    COL_DEPLOY,
    COL_NONE
};

struct cw_gen_line {
    enum cw_gen_column column;
    const char *text;
};

struct cw_gen_weighted {
    uint16_t weight; /* how often it stood in some 109,000 records of real logs */
    struct cw_gen_line line;
};

struct cw_gen_story {
    const struct cw_gen_line *lines;
    size_t count;
};

/* What fills the time between stories, with weights. */
extern const struct cw_gen_weighted cw_gen_cbs_usual[];
extern const size_t cw_gen_cbs_usual_count;
/* Lines that read like failures and are none. */
extern const struct cw_gen_weighted cw_gen_cbs_noise[];
extern const size_t cw_gen_cbs_noise_count;

extern const struct cw_gen_story cw_gen_service_start;
extern const struct cw_gen_story cw_gen_service_stop;
extern const struct cw_gen_story cw_gen_sfc_batch;
extern const struct cw_gen_story cw_gen_sfc_commit;
/* An update up to the restart; what follows is one of the next four. */
extern const struct cw_gen_story cw_gen_update_prepared;
/* Drivers fail at shutdown and are retried: no failure. */
extern const struct cw_gen_story cw_gen_shutdown_retry;
extern const struct cw_gen_story cw_gen_startup_success;
extern const struct cw_gen_story cw_gen_startup_driver_failure;
extern const struct cw_gen_story cw_gen_startup_installer_failure;
/* The boot after a failure of drivers. */
extern const struct cw_gen_story cw_gen_startup_after_failure;
/* An update that never comes to the restart. */
extern const struct cw_gen_story cw_gen_resolve_failure;

#endif
