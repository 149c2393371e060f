#include "model/local_time.h"

#include "model/machines.h"

static bool find_offset(const struct cw_case *c, size_t source, int64_t *ret_offset)
{
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_log_stats *stats = &c->sources[i].stats;
        if (!stats->has_utc_offset || cw_are_other_machines(c, source, i))
            continue;
        *ret_offset = (int64_t)stats->utc_offset * 60 * 1000;
        return true;
    }
    return false;
}

static void shift(cw_time *time, int64_t offset)
{
    if (*time != CW_TIME_NONE)
        *time += offset;
}

static void shift_account(struct cw_account *account, int64_t offset)
{
    shift(&account->start, offset);
    shift(&account->end, offset);
    shift(&account->verdict.time, offset);
    for (size_t i = 0; i < account->error_count; i++)
        shift(&account->errors[i].evidence.time, offset);
    for (size_t i = 0; i < account->match_count; i++)
        shift(&account->matches[i].evidence.time, offset);
}

bool cw_source_to_local(struct cw_case *c, size_t source)
{
    struct cw_log_stats *stats = &c->sources[source].stats;
    int64_t offset;
    if (!find_offset(c, source, &offset))
        return false;
    shift(&stats->first, offset);
    shift(&stats->last, offset);
    stats->in_utc = false;
    for (size_t i = 0; i < c->account_count; i++) {
        if (c->accounts[i]->source == source)
            shift_account(c->accounts[i], offset);
    }
    for (size_t i = 0; i < c->success_count; i++) {
        if (c->successes[i].source == source)
            shift(&c->successes[i].time, offset);
    }
    return true;
}
