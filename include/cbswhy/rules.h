/* The rule pack: loading, listing, checking, testing. */
#ifndef CBSWHY_RULES_H
#define CBSWHY_RULES_H

#include "cbswhy/output.h"
#include "cbswhy/status.h"

struct cw_rules; /* opaque; immutable once loaded; may serve many analyses in turn */

/* The pack that is built in. Free with cw_rules_free(). */
int cw_rules_open_builtin(struct cw_rules **ret_rules, struct cw_error *error);

/* Folders whose *.json files, in order of name, make a pack. */
struct cw_rules_places {
    const char *folder; /* instead of the built-in pack; NULL = the built-in pack */
    const char *added;  /* added to that: a rule replaces the one that has its id, and `"disable"`
                           takes some out; NULL = nothing */
};

/* Problems are written to `problems` (may be NULL), one a line, as "file:line:column: error: text".
 * Rules with an error are left out; `ret_errors` (may be NULL) counts them. CW_ERR_IO when a folder
 * or a file can not be read, CW_ERR_NOT_FOUND when a folder holds no *.json. */
int cw_rules_open(const struct cw_rules_places *places, const struct cw_output *problems,
                  struct cw_rules **ret_rules, size_t *ret_errors, struct cw_error *error);

/* NULL is fine. */
void cw_rules_free(struct cw_rules *rules);

/* "1.0+4c1f9a02": changes with every byte of the pack. Good until the pack is freed. */
const char *cw_rules_version(const struct cw_rules *rules);

/* One line a rule: kind, id, title. */
int cw_rules_list(const struct cw_rules *rules, const struct cw_output *output,
                  struct cw_error *error);
/* The literals that the filter looks for, one a line; the patterns, one a line. For measuring
 * other programs with the same work. */
int cw_rules_list_literals(const struct cw_rules *rules, const struct cw_output *output,
                           struct cw_error *error);
int cw_rules_list_patterns(const struct cw_rules *rules, const struct cw_output *output,
                           struct cw_error *error);
/* One signal or cause in full. CW_ERR_NOT_FOUND names the nearest id. */
int cw_rules_show(const struct cw_rules *rules, const char *id, const struct cw_output *output,
                  struct cw_error *error);

/* Lints rules: syntax, keys, patterns, literals, samples, references between rules. The files are
 * added to the pack in `places`, so that they may refer to it and replace rules of it, and only
 * what was added is linted; the whole pack when nothing was. Problems go to `output`; returns how
 * many errors, or negative. */
int cw_rules_check(const struct cw_rules_places *places, const char *const *files, size_t count,
                   const struct cw_output *output, struct cw_error *error);

struct cw_rules_test {
    const char *cases; /* folder with a folder for each case; NULL: samples only */
    int matrix;        /* nonzero: a line for each case with every cause that holds in it */
    const struct cw_output *junit; /* the results as JUnit XML; NULL = not wanted */
};

/* Runs the samples of every signal, then every case: a folder with a file `cause` whose first line
 * is the id which must be the first finding, or "none"; further lines are ids that hold beside it.
 * Writes what failed and a closing line "N passed, M failed". With `matrix`, a cause that holds in
 * a case, is not named there, and that nothing explains, is a failure. Returns how many failed, or
 * negative; zero samples, or zero cases in a given folder, is CW_ERR_NOT_FOUND. */
int cw_rules_test(const struct cw_rules *rules, const struct cw_rules_test *test,
                  const struct cw_output *output, struct cw_error *error);

#endif
