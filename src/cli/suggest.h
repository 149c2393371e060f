/* "Did you mean ...?" */
#ifndef CW_CLI_SUGGEST_H
#define CW_CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/* The best guess so far at what `typed` was meant to be. */
struct cw_suggestion {
    const char *typed;
    const char *nearest; /* NULL: nothing comes close */
    size_t distance;
};

void cw_suggestion_start(struct cw_suggestion *suggestion, const char *typed);
/* Keeps `candidate` (borrowed) when it is nearer than what was offered before. */
void cw_suggestion_offer(struct cw_suggestion *suggestion, const char *candidate);

/* Bytes to insert, delete or replace to get from one to the other; SIZE_MAX when either is longer
 * than any name of ours. */
size_t cw_edit_distance(const char *from, const char *to);

#endif
