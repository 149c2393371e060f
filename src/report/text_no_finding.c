/* The first screen when nothing failed, when what failed was made good, or when nobody can tell. */
#include "report/text_sections.h"

static void write_what_was_read(struct cw_text *text, const struct cw_report *report)
{
    uint64_t lines = 0;
    cw_time first = CW_TIME_NONE;
    cw_time last = CW_TIME_NONE;
    for (size_t i = 0; i < report->source_count; i++) {
        const struct cw_log_stats *stats = &report->sources[i].stats;
        lines += stats->lines;
        if (!report->sources[i].recognised)
            continue;
        if (stats->first != CW_TIME_NONE && (first == CW_TIME_NONE || stats->first < first))
            first = stats->first;
        if (stats->last != CW_TIME_NONE && stats->last > last)
            last = stats->last;
    }
    struct cw_buf *body = cw_text_draft(text);
    cw_text_put_count(body, report->source_count, "log", "logs");
    cw_buf_append(body, CW_STR(", "));
    cw_text_put_count(body, lines, "line", "lines");
    if (first != CW_TIME_NONE || last != CW_TIME_NONE)
        cw_buf_append(body, CW_STR(", "));
    cw_text_put_span(body, first, last);
    cw_text_field(text, "Read", 2, cw_buf_str(body));
}

static void put_when(struct cw_buf *body, const struct cw_finding *finding)
{
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    bool known = proof && proof->time != CW_TIME_NONE;
    cw_time time = known ? proof->time : finding->first_seen;
    if (time == CW_TIME_NONE)
        return;
    cw_buf_append(body, CW_STR(" on "));
    cw_text_put_date(body, time);
}

/* What failed, when, and how it was overcome. */
static void write_recovered(struct cw_text *text, const struct cw_finding *finding, bool first)
{
    bool at_shutdown = cw_str_eq(finding->outcome.stage, CW_STR("shutdown"));
    struct cw_buf *body = cw_text_draft(text);
    cw_buf_append(body, finding->title);
    cw_buf_append(body, at_shutdown ? CW_STR(": failed at shutdown") : CW_STR(": failed"));
    size_t end = body->len;
    put_when(body, finding);
    cw_buf_append(body, at_shutdown ? CW_STR(", succeeded at the following startup")
                                    : CW_STR(", installed later"));
    cw_text_field_keeping(text, first ? "Recovered" : "", cw_text_scale(text, 2), cw_buf_str(body),
                          cw_str_from(cw_buf_str(body), end));
}

/* The newest ones; all of them stand below. Returns how many there are. */
static size_t write_all_recovered(struct cw_text *text, const struct cw_report *report)
{
    enum { SHOWN = 4 };
    size_t count = 0;
    for (size_t i = 0; i < report->finding_count; i++) {
        if (report->findings[i].role != CW_ROLE_RECOVERED)
            continue;
        if (count < SHOWN)
            write_recovered(text, &report->findings[i], count == 0);
        count++;
    }
    if (count > SHOWN) {
        struct cw_buf *body = cw_text_draft(text);
        cw_buf_printf(body, "+ %zu more below", count - SHOWN);
        cw_text_field(text, "", 1, cw_buf_str(body));
    }
    return count;
}

/* Where CBS.log ends: the startup that decides lies behind it. */
static cw_time end_of_servicing(const struct cw_report *report)
{
    cw_time end = CW_TIME_NONE;
    for (size_t i = 0; i < report->source_count; i++) {
        const struct cw_source_report *source = &report->sources[i];
        if (source->recognised && source->log == CW_LOG_CBS && source->stats.last > end)
            end = source->stats.last;
    }
    return end;
}

static bool has_events(const struct cw_report *report)
{
    for (size_t i = 0; i < report->source_count; i++) {
        if (report->sources[i].recognised && report->sources[i].stats.records)
            return true;
    }
    return false;
}

void cw_text_undecided(struct cw_text *text, const struct cw_report *report)
{
    struct cw_buf *body = cw_text_draft(text);
    if (has_events(report)) {
        cw_buf_append(body, CW_STR("CBS.log of the startup that followed"));
        cw_time end = end_of_servicing(report);
        if (end != CW_TIME_NONE) {
            cw_buf_append(body, CW_STR(", after "));
            cw_text_put_time(body, end);
        }
        cw_buf_append(body, CW_STR(" (C:\\Windows\\Logs\\CBS\\CBS.log, or CbsPersist_*.cab beside "
                                   "it)"));
    } else {
        cw_buf_append(body,
                      CW_STR("CBS.log (C:\\Windows\\Logs\\CBS\\CBS.log and CbsPersist_*.cab beside "
                             "it) and setupapi.dev.log (C:\\Windows\\inf\\setupapi.dev.log)"));
    }
    cw_text_field(text, "To decide", 3, cw_buf_str(body));
}

static void write_result(struct cw_text *text, const struct cw_report *report, size_t recovered)
{
    static const char *const results[] = {
        [CW_VERDICT_UNKNOWN] = "What was read neither shows a failed run nor rules one out.",
        [CW_VERDICT_NO_FAILURE] = "No run that failed was found in what was read.",
        [CW_VERDICT_FAILURE] = "A run failed; what was read holds no line that says why.",
    };
    bool made_good = recovered && report->verdict == CW_VERDICT_NO_FAILURE;
    cw_text_field(text, "Result", 2,
                  made_good ? CW_STR("Whatever failed in these logs has succeeded since.")
                            : cw_str_c(results[report->verdict]));
}

void cw_text_no_finding(struct cw_text *text, const struct cw_report *report)
{
    size_t recovered = write_all_recovered(text, report);
    write_result(text, report, recovered);
    if (report->verdict == CW_VERDICT_UNKNOWN)
        cw_text_undecided(text, report);
    write_what_was_read(text, report);
    if (report->not_read_count) {
        struct cw_buf *body = cw_text_draft(text);
        cw_text_put_count(body, report->not_read_count, "input, see below", "inputs, see below");
        cw_text_field(text, "Not read", 1, cw_buf_str(body));
    }
}
