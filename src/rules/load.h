/* JSON -> rule pack, with every problem reported at its file, line and column. */
#ifndef CW_RULES_LOAD_H
#define CW_RULES_LOAD_H

#include "cbswhy/rules.h"
#include "rules/rule.h"

/* Receives one problem: "file:line:column: error|warning: text". */
struct cw_problem_sink {
    void (*problem)(void *context, const struct cw_place *place, bool is_error, const char *text);
    void *context;
};

struct cw_rule_file {
    struct cw_str name;  /* for messages */
    struct cw_str bytes; /* JSON, UTF-8 */
    bool is_added;       /* of a pack that is added to the files before it: its rules replace those
                            of the same id */
};

/* Loads files in order. Rules with an error are reported and left out (everything else loads);
 * `ret_errors` (may be NULL) counts them. Negative only when nothing could be done (out of
 * memory); free with cw_rules_free(). Literals are derived here; patterns are compiled only when
 * somebody listens to problems (`problems` may be NULL), otherwise at their first candidate. */
int cw_rules_load(const struct cw_rule_file *files, size_t count,
                  const struct cw_problem_sink *problems, struct cw_rules **ret_rules,
                  size_t *ret_errors, struct cw_error *error);

/* The files of the pack that is built into the library: each src/rules / *.json, in order of name.
 * The list lives in the arena. CW_ERR_NOMEM or 0. */
int cw_rules_builtin_files(struct cw_arena *arena, struct cw_rule_file **ret_files,
                           size_t *ret_count, struct cw_error *error);

/* The same as cw_rules_load for that pack. */
int cw_rules_load_builtin(const struct cw_problem_sink *problems, struct cw_rules **ret_rules,
                          size_t *ret_errors, struct cw_error *error);

#endif
