/* A whole diagnosis of logs that a test holds in memory. */
#ifndef CW_TESTS_DIAGNOSING_H
#define CW_TESTS_DIAGNOSING_H

#include "support/test.h"

#include "base/buf.h"
#include "cbswhy/rules.h"
#include "diagnose/diagnosis.h"

/* Names of logs that are no files: the second look finds nothing to open under them. */
#define CBS_NAME "/nowhere/CBS.log"
#define SETUPAPI_NAME "/nowhere/setupapi.dev.log"

/* For cmocka_run_group_tests: the built-in pack, loaded once, is the tests' state. */
int load_builtin_rules(void **state);
int free_rules(void **state);

/* A pack of the text of one file; fails when it has an error. */
struct cw_rules *load_pack(const char *json);
/* A pack without a rule. */
struct cw_rules *load_no_rules(void);

struct diagnosed {
    struct cw_diagnosis *diagnosis;
    const struct cw_report *report;
};

/* A log under the name that it is given. */
struct named_log {
    const char *name;
    struct cw_str text; /* without bytes: it is not given at all */
};

/* Reads the logs in this order, and concludes. */
struct diagnosed diagnose_logs(const struct cw_rules *rules, const struct named_log *logs,
                               size_t count);
/* The same; `cbs` and `setupapi` may be NULL, which is a log that was not given. */
struct diagnosed diagnose(const struct cw_rules *rules, const char *cbs, const char *setupapi);
struct diagnosed diagnose_bytes(const struct cw_rules *rules, struct cw_str cbs,
                                struct cw_str setupapi);
/* A file that can be read again. */
struct diagnosed diagnose_file(const struct cw_rules *rules, const char *path);
/* One CBS.log that holds what happened in three parts; the last may be NULL. A string literal has
 * its limits. */
struct diagnosed diagnose_runs(const struct cw_rules *rules, const char *first, const char *second,
                               const char *third);
void free_diagnosed(struct diagnosed *diagnosed);

/* "verdict: id role xOCCURRENCES, id role ..." */
void assert_findings(const struct diagnosed *diagnosed, const char *expected);
/* The same for a diagnosis of its own. */
void assert_diagnosis(const struct cw_rules *rules, const char *cbs, const char *setupapi,
                      const char *expected);

/* "a, b" */
void assert_strings(const struct cw_strings *strings, const char *expected);
/* The values of an entity of the first finding. */
void assert_entity(const struct diagnosed *diagnosed, enum cw_entity entity, const char *expected);
/* What joined the logs in the first finding. */
void assert_agreed(const struct diagnosed *diagnosed, const char *expected);
/* The logs that would make the answer firmer, "a; b"; NULL is none. */
void assert_missing(const struct diagnosed *diagnosed, const char *what);

/* The report as JSON. Release with cw_buf_done(). */
struct cw_buf json_of(const struct cw_report *report);

/* The bytes of a file below fixtures/. Release with cw_buf_done(). */
struct cw_buf read_fixture_file(const char *path);

#endif
