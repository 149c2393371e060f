/* The attempts at an update, in words. */
#include "report/facts.h"

/* "failed 4 times since 2024-09-10" */
static void put_count(struct cw_buf *buf, enum cw_language language,
                      const struct cw_attempts *history)
{
    char number[CW_NUMBER_TEXT];
    char text[CW_TIME_TEXT];
    struct cw_str day = cw_str_c(cw_time_text(history->first, text));
    day = cw_str_head(day, cw_str_find_char(day, 'T'));
    if (history->count == 1)
        cw_say_with(buf, language, CW_SAY("failed once, on %1"), &day);
    else
        cw_say_with(buf, language, CW_SAY("failed %1 times since %2"),
                    CW_VALUES(cw_number_text(history->count, number), day));
}

/* "; before 2024-09-12 10:22:51 it was: why" */
static void put_change(struct cw_buf *buf, enum cw_language language,
                       const struct cw_attempts *history)
{
    const struct cw_cause_change *last = &history->changes[history->change_count - 1];
    char number[CW_NUMBER_TEXT];
    char code[CW_CODE_TEXT];
    char text[CW_TIME_TEXT];
    struct cw_str time = cw_str_c(cw_time_text(last->time, text));
    text[cw_str_find_char(time, 'T')] = ' ';
    if (history->change_count == 1)
        cw_say_with(buf, language, CW_SAY("; before %1 it was: "), &time);
    else
        cw_say_with(buf, language, CW_SAY("; the cause changed %1 times, before %2 it was: "),
                    CW_VALUES(cw_number_text(history->change_count, number), time));
    if (cw_str_eq(last->from.title, last->to.title) && last->from.code != CW_CODE_NONE) {
        cw_buf_append(buf, cw_str_c(cw_code_text(last->from.code, code)));
        cw_say(buf, language, CW_SAY(", "));
    }
    cw_buf_append(buf, last->from.title);
}

static void put_sameness(struct cw_buf *buf, enum cw_language language,
                         const struct cw_attempts *history)
{
    static const struct cw_phrase phrases[] = {
        [CW_SAME_UNKNOWN] = CW_PHRASE("; whether for this reason each time, the logs do not tell"),
        [CW_SAME_CAUSE] = CW_PHRASE(", each time for this reason"),
        [CW_SAME_ERROR] = CW_PHRASE(", each time with this error"),
    };
    if (history->sameness == CW_SAME_NOT)
        put_change(buf, language, history);
    else if (history->count > 1)
        cw_say(buf, language, phrases[history->sameness]);
}

bool cw_put_history(struct cw_buf *buf, enum cw_language language, const struct cw_finding *finding)
{
    const struct cw_attempts *history = &finding->history;
    if (history->count == 0)
        return false;
    put_count(buf, language, history);
    put_sameness(buf, language, history);
    if (history->recovered)
        cw_say_count(buf, language, history->recovered,
                     CW_SAY("; %1 earlier failure was made good in between"),
                     CW_SAY("; %1 earlier failures were made good in between"));
    return true;
}
