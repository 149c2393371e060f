/* What an INF owns, learned from the operations of every section, failed or not. */
#ifndef CW_MODEL_INF_LEARN_H
#define CW_MODEL_INF_LEARN_H

#include "model/case.h"

/* Takes the service or file that an opening operation is about, if an INF is being worked on around
 * it. What there is no memory for is not learned. */
void cw_inf_learn(struct cw_case *c, struct cw_arena *scratch, const struct cw_event *event);

#endif
