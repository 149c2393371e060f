/* The literals of the filter that occur in one event: ascending, each once. */
#ifndef CW_LOGS_LITERAL_SET_H
#define CW_LOGS_LITERAL_SET_H

#include "base/str.h"

/* Initialise with {0}; emptied by setting `count` to 0, which keeps the memory. */
struct cw_literal_set {
    uint32_t *items;
    size_t count, cap;
};

void cw_literal_set_done(struct cw_literal_set *set);

/* False when memory is exhausted. */
bool cw_literal_set_add(struct cw_literal_set *set, uint32_t literal);

#endif
