/* Templates of the rule pack: "Setting a value of service ${service} was denied". */
#ifndef CW_DIAGNOSE_EXPAND_H
#define CW_DIAGNOSE_EXPAND_H

#include "base/buf.h"
#include "model/entity.h"

/* What the placeholders stand for. */
struct cw_expansion {
    struct cw_str unknown; /* in the place of what is not known: "(unknown)" */
    const struct cw_entities *entities;
    const struct cw_strings *owned_services, *owned_files;
    struct cw_str code;              /* "0x80070005" */
    struct cw_str process;           /* acting process, or empty */
    struct cw_str servicing_process; /* when servicing acted, else empty */
    struct cw_str bound,
        bound_value; /* set while a list is expanded: this placeholder has this value */
};

/* Running text: each placeholder gives its first value, `unknown` when there is none. False when
 * memory is exhausted. */
bool cw_expand_text(const struct cw_expansion *expansion, struct cw_arena *arena,
                    struct cw_str text, struct cw_str *ret_text);

/* A list: a template whose first placeholder has several values gives one line for each, in which
 * that placeholder has the same value everywhere; one without a value gives none. False when memory
 * is exhausted. */
bool cw_expand_list(const struct cw_expansion *expansion, struct cw_arena *arena,
                    const struct cw_strings *templates, struct cw_strings *into);

/* The same for command lines. What comes from a log is put into one only when no shell can take it
 * for more than a name; otherwise the line is left out, and `ret_left_out` set. */
bool cw_expand_commands(const struct cw_expansion *expansion, struct cw_arena *arena,
                        const struct cw_strings *templates, struct cw_strings *into,
                        bool *ret_left_out);

#endif
