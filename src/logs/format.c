#include "logs/format.h"

void cw_log_stats_stray(struct cw_log_stats *stats, uint64_t line, struct cw_str text)
{
    if (stats->unrecognized++ == 0)
        stats->first_unrecognized = line;
    cw_strays_add(&stats->strays, line, text);
}

/* Every format that can be read. */
static const struct cw_format *const formats[] = {
    &cw_format_cbs,    &cw_format_setupapi,       &cw_format_dism,    &cw_format_checksur,
    &cw_format_events, &cw_format_windows_update, &cw_format_poqexec, &cw_format_setupapi_xp,
};

enum { BACKWARD_MS = 60 * 1000 };

void cw_log_stats_backward(struct cw_log_stats *stats, cw_time before, cw_time time, uint64_t line)
{
    if (before == CW_TIME_NONE || time == CW_TIME_NONE || time >= before - BACKWARD_MS)
        return;
    if (stats->backward_steps++ == 0)
        stats->first_backward = line;
}

const struct cw_format *cw_format_of(enum cw_log_kind log)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (formats[i]->log == log)
            return formats[i];
    }
    return NULL;
}

const struct cw_format *cw_format_recognise(struct cw_str head)
{
    const struct cw_format *best = NULL;
    int best_bid = 0;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        int bid = formats[i]->bid(head);
        if (bid > best_bid) {
            best_bid = bid;
            best = formats[i];
        }
    }
    return best;
}
