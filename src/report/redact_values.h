/* The values that are hidden, and the token of each.
 *
 * A value is known by its folded form (redact_fold.h; an address of hardware by its digits), so
 * that JDOE and jdoe are one. Tokens are numbered in the order of the values and not of their
 * discovery: the order of arguments, and of the lines, does not matter. A number that stands in a
 * log as part of what looks like a token is not given. */
#ifndef CW_REPORT_REDACT_VALUES_H
#define CW_REPORT_REDACT_VALUES_H

#include "base/arena.h"
#include "base/buf.h"
#include "logs/identifier.h"

/* No value. An enumerator would have to be an int. */
#define CW_REDACT_NONE UINT32_MAX

struct cw_redact_value {
    enum cw_identifier kind;
    struct cw_str text;   /* as it stands somewhere: of several spellings the first one sorted */
    struct cw_str folded; /* what it is known by */
    uint64_t number;      /* of its token; 0 = none yet */
    uint32_t same_as;     /* another value whose token it has, or CW_REDACT_NONE */
    bool in_use;          /* it stands in the report under way */
    bool weak;            /* nothing but its place in a path told that it is one */
    bool by_place;        /* replaced only where its place tells what it is */
};

struct cw_redact_values {
    struct cw_arena arena;
    struct cw_redact_value *items;
    size_t count, cap;
    uint32_t *slots; /* of a hash table: index + 1, 0 = free */
    struct cw_buf folded;
    uint64_t highest[CW_IDENTIFIERS]; /* numbers given, or seen in logs */
};

int cw_redact_values_init(struct cw_redact_values *values); /* CW_ERR_NOMEM or 0 */
void cw_redact_values_done(struct cw_redact_values *values);

/* The index of a value, or CW_REDACT_NONE. CW_ERR_NOMEM or 0. */
int cw_redact_values_find(struct cw_redact_values *values, enum cw_identifier kind,
                          struct cw_str text, uint32_t *ret_index);
/* Adds a value unless it is there, or a token that was given is in it. CW_ERR_NOMEM, or
 * CW_ERR_LIMIT beyond CW_LIMIT_IDENTIFIERS. ret_index may be NULL; CW_REDACT_NONE when it is a
 * token. */
int cw_redact_values_add(struct cw_redact_values *values, enum cw_identifier kind,
                         struct cw_str text, uint32_t *ret_index);
/* Whether a value has the token that all of the text looks like. */
bool cw_redact_values_is_given(const struct cw_redact_values *values, struct cw_str text);
/* A number that is not to be given. */
void cw_redact_values_avoid(struct cw_redact_values *values, enum cw_identifier kind,
                            uint64_t number);

/* C:\Users\JOHNDO~1 is John Doe's when no other user's name begins like that. */
void cw_redact_values_join(struct cw_redact_values *values);
/* Gives a number to every value in use that has none. CW_ERR_NOMEM or 0. */
int cw_redact_values_number(struct cw_redact_values *values);

/* The value whose token this one has: itself, or the one it is the same as. */
struct cw_redact_value *cw_redact_values_owner(struct cw_redact_values *values, uint32_t index);
/* Appends "USER-1". */
bool cw_redact_values_token(struct cw_buf *buf, const struct cw_redact_value *owner);

#endif
