/* Names that the templates draw from. */
#ifndef CW_BENCH_GENLOG_NAMES_H
#define CW_BENCH_GENLOG_NAMES_H

#include <stdint.h>

struct cw_gen_texts {
    const char *const *items;
    uint32_t count;
};

extern const struct cw_gen_texts cw_gen_package_names;
extern const struct cw_gen_texts cw_gen_components;
extern const struct cw_gen_texts cw_gen_component_names;
extern const struct cw_gen_texts cw_gen_files;
extern const struct cw_gen_texts cw_gen_states;
extern const struct cw_gen_texts cw_gen_languages;

struct cw_gen_driver {
    const char *name; /* of the INF and of the driver's file, without extension */
    const char *service;
    const char *title;
    const char *hardware_id;
    const char *class_guid;
};

/* An error as each log spells it. */
struct cw_gen_error {
    const char *decimal;
    const char *win32;
    const char *hresult;
    const char *symbol;
};

extern const struct cw_gen_driver cw_gen_drivers[];
extern const uint32_t cw_gen_driver_count;
extern const struct cw_gen_error cw_gen_errors[];
extern const uint32_t cw_gen_error_count;

#endif
