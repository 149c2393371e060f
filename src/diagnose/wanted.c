#include "diagnose/wanted.h"

#include <stdlib.h>

#include "diagnose/tracking.h"

int cw_wanted_init(struct cw_wanted *wanted, const struct cw_rules *rules, enum cw_log_kind log,
                   struct cw_error *error)
{
    size_t anchors = cw_tracking_anchor_count(log);
    struct cw_str *literals = calloc(rules->literal_count + anchors + 1, sizeof(*literals));
    wanted->signal = calloc(rules->literal_count + 1, sizeof(*wanted->signal));
    if (!literals || !wanted->signal) {
        free(literals);
        cw_wanted_done(wanted);
        return cw_fail_nomem(error);
    }
    size_t count = 0;
    for (size_t i = 0; i < rules->literal_count; i++) {
        if (rules->signals[rules->literal_signal[i]].log != log)
            continue;
        wanted->signal[count] = rules->literal_signal[i];
        literals[count++] = rules->literals[i];
    }
    wanted->signal_literals = count;
    for (size_t i = 0; i < anchors; i++)
        literals[count++] = cw_tracking_anchor(log, i);
    int status = cw_filter_new(literals, count, &wanted->filter, error);
    free(literals);
    if (status < 0)
        cw_wanted_done(wanted);
    return status;
}

void cw_wanted_done(struct cw_wanted *wanted)
{
    cw_filter_free(wanted->filter);
    free(wanted->signal);
    *wanted = (struct cw_wanted){0};
}
