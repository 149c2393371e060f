/* Reading JSON objects into structures by tables of keys.
 *
 * A table names the keys of one kind of object, where each goes and what reads it. Whatever does
 * not fit its table is reported at its place, and the reading goes on, so that one run shows every
 * problem of a file.
 */
#ifndef CW_RULES_LOAD_READ_H
#define CW_RULES_LOAD_READ_H

#include "rules/load_json.h"

/* The id of a rule; known also of a rule that is left out. */
struct cw_declared_id {
    struct cw_str id;
    const cJSON *item; /* of the rule that keeps it: the first to have it, or one that was added */
    bool is_cause;
    bool is_added;    /* the rule is of a pack that was added to another */
    bool is_disabled; /* ... which wants it not to count */
};

struct cw_loader {
    struct cw_rules *rules;
    struct cw_json_doc *doc; /* the one being read */
    const struct cw_problem_sink *problems;
    struct cw_declared_id *declared;
    size_t declared_count;
    size_t errors;
    bool nomem; /* memory is exhausted: nothing more is worth doing */
};

/* Reads `item` into `field`. False when it does not fit, which has then been reported, or when
 * memory is exhausted. */
typedef bool cw_read_fn(struct cw_loader *loader, const cJSON *item, void *field);

struct cw_key {
    const char *name;
    size_t offset; /* of the field in the structure */
    cw_read_fn *read;
    bool required;
};

struct cw_keys {
    const struct cw_key *items;
    size_t count;
};
#define CW_KEYS(array) ((struct cw_keys){(array), sizeof(array) / sizeof((array)[0])})

/* Words of an enumeration, as written in JSON. */
struct cw_word {
    const char *name;
    int value;
};

struct cw_words {
    const char *what; /* "log", for messages */
    const struct cw_word *items;
    size_t count;
};

/* Reports an error at byte `offset` of the document being read. */
void cw_load_error(struct cw_loader *loader, size_t offset, const char *format, ...)
    CW_PRINTF(3, 4);

/* Remembers that memory is exhausted; always false. */
bool cw_load_nomem(struct cw_loader *loader);

/* Reads every member of `item`, which must be an object, into `structure`. Unknown, repeated and
 * missing keys are errors. */
bool cw_read_object(struct cw_loader *loader, const cJSON *item, struct cw_keys keys,
                    void *structure);

/* An array of objects into a new array of structures of `size` bytes. Those that do not fit are
 * left out and make the result false. */
bool cw_read_objects(struct cw_loader *loader, const cJSON *item, struct cw_keys keys, size_t size,
                     void **ret_items, size_t *ret_count);

/* One of `words`, at an item that must be a string. */
bool cw_read_word(struct cw_loader *loader, const cJSON *item, const struct cw_words *words,
                  int *ret_value);
/* A word or a list of words as a set of bits 1 << value. */
bool cw_read_word_set(struct cw_loader *loader, const cJSON *item, const struct cw_words *words,
                      unsigned *ret_set);

/* Adds `text`, which lives as long as the pack, whatever is already there. */
bool cw_read_append(struct cw_loader *loader, struct cw_strings *strings, struct cw_str text);

cw_read_fn cw_read_id;          /* struct cw_str: words joined by '.' and '-' */
cw_read_fn cw_read_string;      /* struct cw_str, not empty */
cw_read_fn cw_read_strings;     /* struct cw_strings from a list of strings */
cw_read_fn cw_read_one_or_more; /* struct cw_strings from a string or a list of them */
cw_read_fn cw_read_bool;        /* bool */
cw_read_fn cw_read_template;    /* struct cw_str with ${...} of known names */
cw_read_fn cw_read_templates;   /* struct cw_strings of such */
cw_read_fn cw_read_text;        /* struct cw_str: the English of an object of texts by language;
                                   the others become translations of the pack */
cw_read_fn cw_read_nothing;     /* a string for people, not kept */

#endif
