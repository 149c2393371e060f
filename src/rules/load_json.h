/* JSON for the loader: cJSON gives the values, this file where each of them stands. */
#ifndef CW_RULES_LOAD_JSON_H
#define CW_RULES_LOAD_JSON_H

#include <cjson/cJSON.h>

#include "rules/load.h"

struct cw_json_doc {
    struct cw_rule_file file; /* borrowed */
    cJSON *root;              /* NULL when the syntax is wrong */
    /* Where the last place was computed, so that asking in order of the file is cheap. */
    size_t seen_offset;
    unsigned seen_line, seen_column;
};

/* What is wrong with a document, and at which byte. */
struct cw_json_fault {
    size_t offset;
    const char *text; /* static */
};

/* Checks the syntax strictly and parses. CW_ERR_INVALID with `ret_fault`, or CW_ERR_NOMEM.
 * `doc` is usable for cw_json_place() either way; release it with cw_json_close(). */
int cw_json_open(const struct cw_rule_file *file, struct cw_arena *scratch, struct cw_json_doc *doc,
                 struct cw_json_fault *ret_fault);
void cw_json_close(struct cw_json_doc *doc);

/* Byte offset of a member's key, or of an element of an array. */
size_t cw_json_offset(const cJSON *item);
/* Byte offset of the value itself. */
size_t cw_json_value_offset(const struct cw_json_doc *doc, const cJSON *item);
/* Byte offset of what became byte `index` of the string value `item`: escapes are counted back. */
size_t cw_json_inside_offset(const struct cw_json_doc *doc, const cJSON *item, size_t index);

/* Line and column, both from 1; columns count characters. */
struct cw_place cw_json_place(struct cw_json_doc *doc, size_t offset);

#endif
