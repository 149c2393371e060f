/* The literal filter: bytes -> where one of a set of literals occurs. Never a false negative.
 *
 * It stands in front of everything: a line in which no literal occurs is never looked at. See
 * filter.c for how it works and what it costs.
 */
#ifndef CW_INPUT_FILTER_H
#define CW_INPUT_FILTER_H

#include "base/error.h"
#include "base/str.h"

/* Shorter literals are refused: they would have to be looked for at every byte. */
enum { CW_LITERAL_MIN = 7 };

struct cw_hit {
    uint32_t offset;  /* of the literal's first byte in the scanned bytes */
    uint32_t literal; /* its index in the array given to cw_filter_new */
};

struct cw_filter;

/* Copies the literals. Duplicates are allowed and each is reported. CW_ERR_INVALID names a
 * literal that is too short. */
int cw_filter_new(const struct cw_str *literals, size_t count, struct cw_filter **ret_filter,
                  struct cw_error *error);
void cw_filter_free(struct cw_filter *filter);

/* A growing list of hits, owned by the caller; initialise with {0}, release with
 * cw_hits_done(). */
struct cw_hits {
    struct cw_hit *items;
    size_t count;
    size_t cap;
};

void cw_hits_done(struct cw_hits *hits);

/* Appends every occurrence in `bytes` in order of offset, then literal. CW_ERR_NOMEM or 0. */
int cw_filter_scan(const struct cw_filter *filter, struct cw_str bytes, struct cw_hits *hits);

/* The same by the plainest possible search; the truth that cw_filter_scan is tested against. */
int cw_filter_scan_reference(const struct cw_filter *filter, struct cw_str bytes,
                             struct cw_hits *hits);

/* Which literals were hit, ascending, without duplicates; `ret_literals` has room for all hits.
 * Returns how many. */
size_t cw_hits_literals(const struct cw_hits *hits, uint32_t *ret_literals);

#endif
