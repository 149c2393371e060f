/* What is looked for in one kind of log: the literals of its signals, then the anchors of its
 * tracker. Each log has its own, so that none pays for the other's short literals. */
#ifndef CW_DIAGNOSE_WANTED_H
#define CW_DIAGNOSE_WANTED_H

#include "rules/rule.h"

struct cw_wanted {
    struct cw_filter *filter; /* its literals are counted through: signals, then anchors */
    uint32_t *signal;         /* index in the pack, of each of the signals' literals */
    size_t signal_literals;
};

/* CW_ERR_NOMEM, CW_ERR_INVALID (a literal is too short), which leave it empty, or 0. */
int cw_wanted_init(struct cw_wanted *wanted, const struct cw_rules *rules, enum cw_log_kind log,
                   struct cw_error *error);
void cw_wanted_done(struct cw_wanted *wanted);

#endif
