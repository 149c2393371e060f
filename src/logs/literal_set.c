#include "logs/literal_set.h"

#include <stdlib.h>

void cw_literal_set_done(struct cw_literal_set *set)
{
    free(set->items);
    *set = (struct cw_literal_set){0};
}

bool cw_literal_set_add(struct cw_literal_set *set, uint32_t literal)
{
    size_t at = set->count;
    while (at > 0 && set->items[at - 1] > literal)
        at--;
    if (at > 0 && set->items[at - 1] == literal)
        return true;
    if (set->count == set->cap) {
        size_t cap = set->cap ? set->cap * 2 : 16;
        uint32_t *grown = realloc(set->items, cap * sizeof(*grown));
        if (!grown)
            return false;
        set->items = grown;
        set->cap = cap;
    }
    memmove(set->items + at + 1, set->items + at, (set->count - at) * sizeof(*set->items));
    set->items[at] = literal;
    set->count++;
    return true;
}
