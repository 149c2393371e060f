/* Rule packs from text, with what the loader says of them. */
#ifndef CW_TESTS_RULE_FILES_H
#define CW_TESTS_RULE_FILES_H

#include "support/test.h"

#include "base/buf.h"
#include "cbswhy/rules.h"
#include "rules/load.h"

/* The problems as text, one a line: "a.json:2:64: error: unknown key ...". The caller releases them
 * with cw_buf_done(). Fails when errors are not counted as such. */
struct cw_rules *load_rule_files(const struct cw_rule_file *files, size_t count,
                                 struct cw_buf *problems);

/* The same of at most 4 texts, which are called "a.json", "b.json", ... */
struct cw_rules *load_rule_texts(const char *const *texts, size_t count, struct cw_buf *problems);

#endif
