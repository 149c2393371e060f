/* An arena: many small allocations with one lifetime, freed together.
 *
 * Three lifetimes exist in the program and each is one arena: the rules, the case, and scratch.
 * Memory is zeroed. An arena has a cap; beyond it allocation fails like any other, so that a
 * hostile log can make an analysis incomplete but not the machine.
 */
#ifndef CW_BASE_ARENA_H
#define CW_BASE_ARENA_H

#include "base/str.h"

struct cw_arena_chunk;

struct cw_arena {
    struct cw_arena_chunk *chunks; /* newest first */
    size_t used;                   /* bytes handed out */
    size_t limit;                  /* most bytes to hand out; 0 = no limit */
};

/* {0} is a valid empty arena without a limit. */
void cw_arena_init(struct cw_arena *arena, size_t limit);
/* Frees everything; the arena is empty and usable again. NULL-safe. */
void cw_arena_done(struct cw_arena *arena);

/* Zeroed memory aligned for any type, or NULL when memory or the limit is exhausted. */
void *cw_arena_alloc(struct cw_arena *arena, size_t size);
void *cw_arena_array(struct cw_arena *arena, size_t count, size_t size);

/* A copy with a terminating NUL behind it (not counted in len). False when memory is exhausted;
 * *ret_copy is then untouched. */
bool cw_arena_str(struct cw_arena *arena, struct cw_str text, struct cw_str *ret_copy);
/* The same as a C string; NULL when memory is exhausted. */
char *cw_arena_cstr(struct cw_arena *arena, struct cw_str text);

/* Room for one more element in an arena-owned array that doubles: *items has *cap slots of which
 * `count` are used. Old storage stays in the arena until it is freed. At `most` elements, or when
 * memory is exhausted, returns false and changes nothing. */
bool cw_arena_grow(struct cw_arena *arena, void **items, size_t *cap, size_t count, size_t size,
                   size_t most);

#endif
