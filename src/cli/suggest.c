#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

enum { NAME_MOST = 32 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's algorithm with one row: row[j] is the distance between the bytes of `from` seen
 * so far and the first j of `to`. */
size_t cw_edit_distance(const char *from, const char *to)
{
    size_t from_size = strlen(from);
    size_t to_size = strlen(to);
    size_t row[NAME_MOST + 1];
    if (from_size > NAME_MOST || to_size > NAME_MOST)
        return SIZE_MAX;
    for (size_t j = 0; j <= to_size; j++)
        row[j] = j;
    for (size_t i = 0; i < from_size; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < to_size; j++) {
            size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, least(row[j], diagonal) + 1);
        }
    }
    return row[to_size];
}

void cw_suggestion_start(struct cw_suggestion *suggestion, const char *typed)
{
    /* One slip in three letters; beyond that a guess is noise. */
    *suggestion = (struct cw_suggestion){typed, NULL, (strlen(typed) + 2) / 3 + 1};
}

void cw_suggestion_offer(struct cw_suggestion *suggestion, const char *candidate)
{
    size_t distance = cw_edit_distance(suggestion->typed, candidate);
    if (distance >= suggestion->distance)
        return;
    suggestion->nearest = candidate;
    suggestion->distance = distance;
}
