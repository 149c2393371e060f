#include "diagnose/damage.h"

#include "base/buf.h"
#include "base/limits.h"

/* What stands between the logs of an excerpt is counted with the first. */
static void count_strangers(struct cw_case_source *source, const struct cw_excerpt *excerpt)
{
    struct cw_log_stats *stats = &source->stats;
    bool second = source->log != CW_LOG_CBS && cw_excerpt_head(excerpt, CW_LOG_CBS).len;
    if (second || excerpt->strangers == 0)
        return;
    if (stats->unrecognized == 0 || excerpt->first_stranger < stats->first_unrecognized)
        stats->first_unrecognized = excerpt->first_stranger;
    stats->unrecognized += excerpt->strangers;
    cw_strays_merge(&stats->strays, &excerpt->quoted);
}

int cw_source_mark_damage(struct cw_case *c, size_t source, const struct cw_supply *supply)
{
    static const char *const texts[CW_LOG_KINDS] = {
        [CW_LOG_CBS] = "lines of CBS.log were put together from a damaged excerpt; they are quoted "
                       "as they stand there",
        [CW_LOG_SETUPAPI] =
            "lines of a SetupAPI log were put together from a damaged excerpt; they "
            "are quoted as they stand there",
    };
    struct cw_case_source *damaged = &c->sources[source];
    if (!supply->is_excerpt)
        return CW_OK;
    struct cw_excerpt_census census = cw_excerpt_census(&supply->excerpt, damaged->log);
    struct cw_remark remark = {
        .kind = CW_STR("damaged_excerpt"),
        .path = damaged->path,
        .text = cw_str_c(texts[damaged->log]),
        .line = census.first_altered,
        .count = census.altered ? census.altered : 1,
    };
    damaged->damaged = true;
    damaged->stats.lines = supply->excerpt.source_lines;
    count_strangers(damaged, &supply->excerpt);
    return cw_case_remark(c, &remark) ? CW_OK : CW_ERR_NOMEM;
}

/* "what was said already; text", with `between` for the semicolon. */
static bool add_text(struct cw_str *said, struct cw_str between, struct cw_str text,
                     struct cw_arena *arena)
{
    struct cw_buf joined;
    cw_buf_init(&joined, CW_LIMIT_RECORD);
    bool done = cw_buf_append(&joined, *said) &&
                (said->len == 0 || cw_buf_append(&joined, between)) &&
                cw_buf_append(&joined, text) && cw_arena_str(arena, cw_buf_str(&joined), said);
    cw_buf_done(&joined);
    return done;
}

bool cw_finding_mark_damage(struct cw_finding *finding, const struct cw_case *c,
                            struct cw_arena *arena)
{
    bool damaged = false;
    for (size_t i = 0; i < finding->chain_count; i++) {
        struct cw_chain_item *item = &finding->chain[i];
        if (!c->sources[item->source].damaged)
            continue;
        damaged = true;
        if (!add_text(&item->note, CW_STR("; "), CW_STR("read from a damaged excerpt"), arena))
            return false;
    }
    if (!damaged)
        return true;
    if (finding->confidence == CW_CONFIDENCE_OBSERVED)
        finding->confidence = CW_CONFIDENCE_CONSISTENT;
    struct cw_str why = finding->confidence_reason;
    finding->confidence_reason = CW_STR("Read from a damaged excerpt and put together again; only "
                                        "the original logs prove it.");
    return why.len == 0 || add_text(&finding->confidence_reason, CW_STR(" "), why, arena);
}
