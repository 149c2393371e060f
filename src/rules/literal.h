/* The literal that every match of a pattern must contain. */
#ifndef CW_RULES_LITERAL_H
#define CW_RULES_LITERAL_H

#include "model/entity.h"

/* Most literals of one pattern; one with more alternatives is refused. */
enum { CW_LITERALS_MOST = 16 };

/* Derives, from the text of a PCRE2 pattern, a set of literals of which every match contains at
 * least one, inside one line. Conservative: what it does not understand yields no literal. Returns
 * 0; CW_ERR_NOT_FOUND when some alternative has no literal of at least CW_LITERAL_MIN bytes (the
 * pattern can then not be filtered); CW_ERR_NOMEM. */
int cw_literals_derive(struct cw_str pattern, struct cw_arena *arena,
                       struct cw_strings *ret_literals);

/* Proves, in the same way, that every match contains at least one of `literals`, and that each of
 * them stands for some alternative. Returns 0; CW_ERR_INVALID when there is no such proof, with
 * `ret_unproved` the first literal that is of no use, or literals->count when some alternative
 * contains none; CW_ERR_NOMEM. */
int cw_literals_prove(struct cw_str pattern, const struct cw_strings *literals,
                      size_t *ret_unproved);

#endif
