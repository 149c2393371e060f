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
    cw_say_count(body, text->language, report->source_count, CW_SAY("%1 log"), CW_SAY("%1 logs"));
    cw_say(body, text->language, CW_SAY(", "));
    cw_say_count(body, text->language, lines, CW_SAY("%1 line"), CW_SAY("%1 lines"));
    if (first != CW_TIME_NONE || last != CW_TIME_NONE)
        cw_say(body, text->language, CW_SAY(", "));
    cw_put_span(body, text->language, first, last);
    cw_text_field(text, CW_SAY("Read"), 2, cw_buf_str(body));
}

/* "2024-09-10", or nothing. */
static void put_when(struct cw_buf *body, const struct cw_finding *finding)
{
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    bool known = proof && proof->time != CW_TIME_NONE;
    cw_put_date(body, known ? proof->time : finding->first_seen);
}

/* What failed, when, and how it was overcome. */
static void write_recovered(struct cw_text *text, const struct cw_finding *finding, bool first)
{
    bool at_shutdown = cw_str_eq(finding->outcome.stage, CW_STR("shutdown"));
    char day[CW_TIME_TEXT] = "";
    struct cw_buf *body = cw_text_draft(text);
    put_when(body, finding);
    struct cw_str date = cw_buf_str(body);
    memcpy(day, date.len ? date.ptr : "", date.len);
    body = cw_text_draft(text);
    cw_buf_append(body, finding->title);
    cw_say(body, text->language, at_shutdown ? CW_SAY(": failed at shutdown") : CW_SAY(": failed"));
    size_t end = body->len;
    if (day[0])
        cw_say_with(body, text->language, CW_SAY(" on %1"), CW_VALUES(cw_str_c(day)));
    cw_say(body, text->language,
           at_shutdown ? CW_SAY(", succeeded at the following startup")
           : finding->entities.of[CW_ENTITY_KB].count ? CW_SAY(", installed later")
                                                      : CW_SAY(", made good later"));
    cw_text_field_keeping(text, first ? CW_SAY("Recovered") : CW_SAY(""), cw_text_scale(text, 2),
                          cw_buf_str(body), cw_str_from(cw_buf_str(body), end));
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
        char number[CW_NUMBER_TEXT];
        cw_say_with(body, text->language, CW_SAY("+ %1 more below"),
                    CW_VALUES(cw_number_text(count - SHOWN, number)));
        cw_text_field(text, CW_SAY(""), 1, cw_buf_str(body));
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

/* How many sources with records hold a log of this kind, or of any when `any`. */
static size_t count_logs(const struct cw_report *report, enum cw_log_kind log, bool any)
{
    size_t count = 0;
    for (size_t i = 0; i < report->source_count; i++) {
        const struct cw_source_report *source = &report->sources[i];
        count += source->recognised && source->stats.records && (any || source->log == log);
    }
    return count;
}

void cw_text_undecided(struct cw_text *text, const struct cw_report *report)
{
    struct cw_buf *body = cw_text_draft(text);
    size_t logs = count_logs(report, CW_LOG_CBS, true);
    if (logs && logs == count_logs(report, CW_LOG_SETUPACT, false)) {
        cw_say(body, text->language,
               CW_SAY("all of setupact.log (C:\\$WINDOWS.~BT\\Sources\\Panther and Rollback, or "
                      "C:\\Windows\\Panther)"));
    } else if (logs) {
        cw_say(body, text->language, CW_SAY("CBS.log of the startup that followed"));
        cw_time end = end_of_servicing(report);
        if (end != CW_TIME_NONE) {
            cw_say(body, text->language, CW_SAY(", after "));
            cw_put_time(body, text->language, end);
        }
        cw_say(body, text->language,
               CW_SAY(" (C:\\Windows\\Logs\\CBS\\CBS.log, or CbsPersist_*.cab beside it)"));
    } else {
        cw_say(body, text->language,
               CW_SAY("CBS.log (C:\\Windows\\Logs\\CBS\\CBS.log and CbsPersist_*.cab beside "
                      "it) and setupapi.dev.log (C:\\Windows\\inf\\setupapi.dev.log)"));
    }
    cw_text_field(text, CW_SAY("To decide"), 3, cw_buf_str(body));
}

static void write_result(struct cw_text *text, const struct cw_report *report, size_t recovered)
{
    static const struct cw_phrase results[] = {
        [CW_VERDICT_UNKNOWN] =
            CW_PHRASE("What was read neither shows a failed run nor rules one out."),
        [CW_VERDICT_NO_FAILURE] = CW_PHRASE("No run that failed was found in what was read."),
        [CW_VERDICT_FAILURE] =
            CW_PHRASE("A run failed; what was read holds no line that says why."),
    };
    bool made_good = recovered && report->verdict == CW_VERDICT_NO_FAILURE;
    struct cw_phrase result = made_good
                                  ? CW_SAY("Whatever failed in these logs has succeeded since.")
                                  : results[report->verdict];
    cw_text_field(text, CW_SAY("Result"), 2, cw_phrase_text(text->language, result));
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
        cw_say_count(body, text->language, report->not_read_count, CW_SAY("%1 input, see below"),
                     CW_SAY("%1 inputs, see below"));
        cw_text_field(text, CW_SAY("Not read"), 1, cw_buf_str(body));
    }
}
