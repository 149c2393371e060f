#include "base/arena.h"

#include <stdlib.h>

/* An arena that holds little is small: there is one for each run that failed. */
enum { CHUNK_LEAST = 1024, CHUNK_MOST = 16 * 1024 };

struct cw_arena_chunk {
    struct cw_arena_chunk *next;
    size_t used;
    size_t size;
    _Alignas(max_align_t) unsigned char data[];
};

void cw_arena_init(struct cw_arena *arena, size_t limit)
{
    *arena = (struct cw_arena){.limit = limit};
}

void cw_arena_done(struct cw_arena *arena)
{
    if (!arena)
        return;
    for (struct cw_arena_chunk *chunk = arena->chunks; chunk;) {
        struct cw_arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    cw_arena_init(arena, arena->limit);
}

static struct cw_arena_chunk *add_chunk(struct cw_arena *arena, size_t size)
{
    size_t room = arena->used < CHUNK_LEAST ? CHUNK_LEAST : arena->used;
    room = room > CHUNK_MOST ? CHUNK_MOST : room;
    room = room < size ? size : room;
    struct cw_arena_chunk *chunk = calloc(1, sizeof(*chunk) + room);
    if (!chunk)
        return NULL;
    chunk->size = room;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

void *cw_arena_alloc(struct cw_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + align - 1) / align * align;
    if (arena->limit && size > arena->limit - arena->used)
        return NULL;
    struct cw_arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < size) {
        chunk = add_chunk(arena, size);
        if (!chunk)
            return NULL;
    }
    void *memory = chunk->data + chunk->used;
    chunk->used += size;
    arena->used += size;
    return memory;
}

void *cw_arena_array(struct cw_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return cw_arena_alloc(arena, count * size);
}

bool cw_arena_str(struct cw_arena *arena, struct cw_str text, struct cw_str *ret_copy)
{
    char *copy = cw_arena_cstr(arena, text);
    if (!copy)
        return false;
    *ret_copy = (struct cw_str){copy, text.len};
    return true;
}

char *cw_arena_cstr(struct cw_arena *arena, struct cw_str text)
{
    char *copy = text.len < SIZE_MAX ? cw_arena_alloc(arena, text.len + 1) : NULL;
    if (copy && text.len)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

bool cw_arena_grow(struct cw_arena *arena, void **items, size_t *cap, size_t count, size_t size,
                   size_t most)
{
    if (count < *cap)
        return true;
    if (count >= most)
        return false;
    size_t wanted = *cap ? *cap * 2 : 8;
    if (wanted > most)
        wanted = most;
    void *grown = cw_arena_array(arena, wanted, size);
    if (!grown)
        return false;
    if (count)
        memcpy(grown, *items, count * size);
    *items = grown;
    *cap = wanted;
    return true;
}
