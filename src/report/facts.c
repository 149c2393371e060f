#include "report/facts.h"

#include <inttypes.h>

void cw_put_time(struct cw_buf *buf, enum cw_language language, cw_time time)
{
    char text[CW_TIME_TEXT];
    struct cw_str whole = cw_str_c(cw_time_text(time, text));
    size_t day = cw_str_find_char(whole, 'T');
    if (day == SIZE_MAX) {
        cw_say(buf, language, CW_SAY("time unknown"));
        return;
    }
    cw_buf_append(buf, cw_str_head(whole, day));
    cw_buf_char(buf, ' ');
    cw_buf_append(buf, cw_str_from(whole, day + 1));
}

void cw_put_date(struct cw_buf *buf, cw_time time)
{
    char text[CW_TIME_TEXT];
    struct cw_str whole = cw_str_c(cw_time_text(time, text));
    cw_buf_append(buf, cw_str_head(whole, cw_str_find_char(whole, 'T')));
}

void cw_put_span(struct cw_buf *buf, enum cw_language language, cw_time first, cw_time last)
{
    if (first == CW_TIME_NONE && last == CW_TIME_NONE)
        return;
    cw_put_time(buf, language, first);
    if (first == last)
        return;
    cw_say(buf, language, CW_SAY(" to "));
    cw_put_time(buf, language, last);
}

void cw_put_source(struct cw_buf *buf, const struct cw_report *report,
                   const struct cw_chain_item *item)
{
    cw_buf_append(buf, report->sources[item->source].path);
    cw_buf_printf(buf, ":%" PRIu64, item->line);
    if (item->last_line > item->line)
        cw_buf_printf(buf, "-%" PRIu64, item->last_line);
}

void cw_put_place(struct cw_buf *buf, enum cw_language language, const struct cw_report *report,
                  const struct cw_chain_item *item)
{
    cw_put_source(buf, report, item);
    cw_buf_append(buf, CW_STR("  "));
    if (item->time_approximate && item->time != CW_TIME_NONE)
        cw_say(buf, language, CW_SAY("by "));
    cw_put_time(buf, language, item->time);
}

void cw_put_code(struct cw_buf *buf, uint32_t code)
{
    char text[CW_CODE_TEXT];
    struct cw_str symbol = cw_code_symbol(code);
    struct cw_str message = cw_code_message(code);
    cw_buf_append(buf, cw_str_c(cw_code_text(code, text)));
    if (symbol.len)
        cw_buf_char(buf, ' ');
    cw_buf_append(buf, symbol);
    if (message.len)
        cw_buf_append(buf, CW_STR(": "));
    cw_buf_append(buf, message);
}

/* A spelling is not news when it is the code's own, or the end of another one. */
static bool is_news(const struct cw_strings *spellings, size_t index, struct cw_str code)
{
    struct cw_str spelling = spellings->items[index];
    if (cw_str_eq_nocase(spelling, code))
        return false;
    for (size_t i = 0; i < spellings->count; i++) {
        if (i != index && cw_str_ends(spellings->items[i], spelling))
            return false;
    }
    return true;
}

void cw_put_error(struct cw_buf *buf, const struct cw_finding *finding)
{
    const struct cw_strings *spellings = &finding->as_written;
    char text[CW_CODE_TEXT];
    bool any = false;
    struct cw_str own = cw_str_c(cw_code_text(finding->code, text));
    cw_put_code(buf, finding->code);
    for (size_t i = 0; i < spellings->count; i++) {
        if (!is_news(spellings, i, own))
            continue;
        cw_buf_append(buf, any ? CW_STR(", ") : CW_STR(" (= "));
        cw_buf_append(buf, spellings->items[i]);
        any = true;
    }
    cw_buf_append(buf, any ? CW_STR(")") : CW_STR(""));
}

void cw_put_list(struct cw_buf *buf, const struct cw_strings *strings, const char *separator)
{
    for (size_t i = 0; i < strings->count; i++) {
        if (i > 0)
            cw_buf_append(buf, cw_str_c(separator));
        cw_buf_append(buf, strings->items[i]);
    }
}

size_t cw_count_missing(const struct cw_report *report, enum cw_missing_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < report->missing_count; i++)
        count += report->missing[i].kind == kind;
    return count;
}

bool cw_is_unproven(const struct cw_report *report, const struct cw_finding *finding)
{
    bool servicing = cw_count_missing(report, CW_MISSING_SERVICING) || finding->undecided ||
                     finding->entities.of[CW_ENTITY_PACKAGE].count ||
                     finding->entities.of[CW_ENTITY_KB].count || finding->outcome.stage.len == 0;
    return finding->outcome.rolled_back == CW_UNKNOWN && servicing &&
           finding->checks == CW_CHECKS_NOTHING;
}

cw_time cw_finding_day(const struct cw_finding *finding)
{
    cw_time time = finding->last_seen;
    for (size_t i = 0; time == CW_TIME_NONE && i < finding->chain_count; i++) {
        if (finding->chain[i].time != CW_TIME_NONE)
            time = finding->chain[i].time;
    }
    return time;
}

/* " at startup", " in Install Driver Updates" */
static void put_stage(struct cw_buf *buf, enum cw_language language, struct cw_str stage)
{
    static const struct {
        const char *stage;
        struct cw_phrase phrase;
    } moments[] = {
        {"startup", CW_PHRASE(" at startup")},
        {"shutdown", CW_PHRASE(" at shutdown")},
        {"session", CW_PHRASE(" in the session")},
    };
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        if (cw_str_eq(stage, cw_str_c(moments[i].stage))) {
            cw_say(buf, language, moments[i].phrase);
            return;
        }
    }
    if (stage.len)
        cw_say_with(buf, language, CW_SAY(" in %1"), &stage);
}

static void put_on_day(struct cw_buf *buf, enum cw_language language, cw_time time)
{
    char text[CW_TIME_TEXT];
    struct cw_str day = cw_str_c(cw_time_text(time, text));
    day = cw_str_head(day, cw_str_find_char(day, 'T'));
    if (day.len)
        cw_say_with(buf, language, CW_SAY(" on %1"), &day);
}

bool cw_put_outcome(struct cw_buf *buf, enum cw_language language, const struct cw_report *report,
                    const struct cw_finding *finding)
{
    const struct cw_outcome *outcome = &finding->outcome;
    char number[CW_NUMBER_TEXT];
    bool rolled_back = outcome->rolled_back == CW_YES;
    cw_say(buf, language, rolled_back ? CW_SAY("rolled back") : CW_SAY("failed"));
    size_t bare = buf->len;
    put_stage(buf, language, outcome->stage);
    put_on_day(buf, language, cw_finding_day(finding));
    if (outcome->rolled_back == CW_NO)
        cw_say(buf, language, CW_SAY(", not rolled back"));
    if (outcome->progress_percent >= 0)
        cw_say_with(buf, language, CW_SAY(", progress %1 %"),
                    CW_VALUES(cw_number_text((uint64_t)outcome->progress_percent, number)));
    if (outcome->package_state.len)
        cw_say_with(buf, language, CW_SAY(", package state: %1"), &outcome->package_state);
    if (cw_is_unproven(report, finding))
        cw_say(buf, language,
               CW_SAY("; that the update was rolled back is not proven by these logs"));
    return buf->len > bare || rolled_back;
}

void cw_put_confidence(struct cw_buf *buf, enum cw_language language, enum cw_confidence confidence,
                       struct cw_str reason)
{
    cw_buf_append(buf, cw_confidence_word(language, confidence));
    if (reason.len)
        cw_say(buf, language, CW_SAY(": "));
    cw_buf_append(buf, reason);
}

void cw_put_occurrences(struct cw_buf *buf, enum cw_language language,
                        const struct cw_finding *finding)
{
    cw_say_count(buf, language, finding->occurrences, CW_SAY("seen %1 time"),
                 CW_SAY("seen %1 times"));
    if (finding->first_seen == CW_TIME_NONE && finding->last_seen == CW_TIME_NONE)
        return;
    cw_say(buf, language, CW_SAY(", "));
    cw_put_span(buf, language, finding->first_seen, finding->last_seen);
}

size_t cw_allowlist_count(const struct cw_allowlist *allowlist)
{
    return allowlist->process.count + allowlist->registry_key.count + allowlist->file.count;
}

void cw_put_reading(struct cw_buf *buf, enum cw_language language,
                    const struct cw_source_report *source)
{
    const struct cw_log_stats *stats = &source->stats;
    if (source->recognised)
        cw_buf_append(buf, cw_log_name(source->log));
    else
        cw_say(buf, language, CW_SAY("unknown kind"));
    if (source->encoding.len)
        cw_say(buf, language, CW_SAY(", "));
    cw_buf_append(buf, source->encoding);
    cw_say(buf, language, CW_SAY(", "));
    cw_say_count(buf, language, stats->lines, CW_SAY("%1 line"), CW_SAY("%1 lines"));
    cw_say(buf, language, CW_SAY(", "));
    cw_say_count(buf, language, stats->records, CW_SAY("%1 event"), CW_SAY("%1 events"));
    if (stats->sections) {
        cw_say(buf, language, CW_SAY(", "));
        cw_say_count(buf, language, stats->sections, CW_SAY("%1 section"), CW_SAY("%1 sections"));
    }
    if (source->recognised && stats->first != CW_TIME_NONE) {
        cw_say(buf, language, CW_SAY(", "));
        cw_put_span(buf, language, stats->first, stats->last);
    }
}

void cw_put_machine(struct cw_buf *buf, enum cw_language language, const struct cw_report *report)
{
    char offset[CW_TIME_TEXT];
    if (report->os_version.len)
        cw_buf_printf(buf, "Windows %.*s", CW_STR_ARG(report->os_version));
    if (report->architecture.len && buf->len)
        cw_say(buf, language, CW_SAY(", "));
    cw_buf_append(buf, report->architecture);
    if (!report->has_utc_offset)
        return;
    if (buf->len)
        cw_say(buf, language, CW_SAY(", "));
    cw_say_with(buf, language, CW_SAY("local time is UTC%1"),
                CW_VALUES(cw_str_c(cw_offset_text(report->utc_offset, offset))));
}

void cw_put_diagnostic(struct cw_buf *buf, enum cw_language language,
                       const struct cw_diagnostic *diagnostic)
{
    char number[CW_NUMBER_TEXT];
    cw_buf_append(buf, diagnostic->path);
    if (diagnostic->line)
        cw_buf_printf(buf, ":%" PRIu64, diagnostic->line);
    cw_buf_append(buf, buf->len ? CW_STR(": ") : CW_STR(""));
    cw_buf_append(buf, diagnostic->text);
    if (diagnostic->count > 1)
        cw_say_with(buf, language, CW_SAY(" (%1 times)"),
                    CW_VALUES(cw_number_text(diagnostic->count, number)));
}

const struct cw_finding *cw_report_main_finding(const struct cw_report *report)
{
    if (report->finding_count == 0 || report->findings[0].role == CW_ROLE_RECOVERED)
        return NULL;
    return &report->findings[0];
}

const struct cw_chain_item *cw_finding_proof(const struct cw_finding *finding)
{
    const struct cw_chain_item *first = NULL;
    for (size_t i = 0; i < finding->chain_count; i++) {
        const struct cw_chain_item *item = &finding->chain[i];
        if (item->role != CW_CHAIN_CAUSE)
            continue;
        first = first ? first : item;
        /* Without a rule, what was being done stands in front of what failed. */
        if (finding->role == CW_ROLE_UNEXPLAINED && cw_finding_proof_code(finding, item).len)
            return item;
    }
    return first ? first : finding->chain_count ? &finding->chain[0] : NULL;
}

struct cw_str cw_str_with_words_before(struct cw_str text, size_t at, size_t end)
{
    enum { WORDS_BYTES = 12 };
    size_t start = at;
    for (size_t i = at; i > 0 && at - i < WORDS_BYTES && (unsigned char)text.ptr[i - 1] >= ' ';) {
        i--;
        if (i == 0 || text.ptr[i - 1] == ' ')
            start = i;
    }
    return cw_str_head(cw_str_from(text, start), end - start);
}

/* A bare number may mean anything in a line. */
static bool is_number(struct cw_str spelling)
{
    for (size_t i = 0; i < spelling.len; i++) {
        if (!cw_is_digit(spelling.ptr[i]))
            return false;
    }
    return true;
}

struct cw_str cw_finding_proof_code(const struct cw_finding *finding,
                                    const struct cw_chain_item *item)
{
    uint32_t code;
    struct cw_str written = CW_STR_NONE;
    for (size_t i = 0; i < finding->as_written.count; i++) {
        struct cw_str spelling = finding->as_written.items[i];
        if (spelling.len > written.len && !is_number(spelling) &&
            cw_str_find(item->text, spelling) != SIZE_MAX)
            written = spelling;
    }
    if (written.len == 0 && !cw_code_find(item->text, &code, &written))
        return CW_STR_NONE;
    size_t at = cw_str_find(item->text, written);
    return at == SIZE_MAX ? written : cw_str_with_words_before(item->text, at, at + written.len);
}
