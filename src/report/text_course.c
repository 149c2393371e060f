/* The course of things on the first screen: what the failure led to, a line for each item. */
#include <inttypes.h>
#include <stdio.h>

#include "report/text_sections.h"

enum { COURSE_MOST = 5, SPAN_TEXT = 48 };

/* Two logs of one name need their paths to be told apart. */
static struct cw_str name_of_source(const struct cw_report *report, size_t source)
{
    struct cw_str path = report->sources[source].path;
    struct cw_str name = cw_str_basename(path);
    for (size_t i = 0; i < report->source_count; i++) {
        if (i != source && cw_str_eq_nocase(cw_str_basename(report->sources[i].path), name))
            return path;
    }
    return name;
}

/* ":16" or ":17-20" */
static size_t span_text(const struct cw_chain_item *item, char text[SPAN_TEXT])
{
    int len = snprintf(text, SPAN_TEXT, ":%" PRIu64, item->line);
    if (item->last_line > item->line)
        len = snprintf(text, SPAN_TEXT, ":%" PRIu64 "-%" PRIu64, item->line, item->last_line);
    return (size_t)len;
}

void cw_screen_put_place(struct cw_buf *buf, const struct cw_screen *screen,
                         const struct cw_chain_item *item)
{
    char span[SPAN_TEXT];
    (void)span_text(item, span);
    cw_buf_append(buf, name_of_source(screen->report, item->source));
    cw_buf_append(buf, cw_str_c(span));
}

void cw_screen_put_clock(struct cw_buf *buf, const struct cw_screen *screen,
                         const struct cw_chain_item *item)
{
    char text[CW_TIME_TEXT];
    struct cw_str whole = cw_str_c(cw_time_text(item->time, text));
    size_t day = cw_str_find_char(whole, 'T');
    if (day == SIZE_MAX) {
        cw_say(buf, screen->text->language, CW_SAY("time unknown"));
        return;
    }
    struct cw_str clock = cw_str_from(whole, day + 1);
    if (item->time_approximate)
        cw_say(buf, screen->text->language, CW_SAY("by "));
    if (!cw_str_eq(cw_str_head(whole, day), cw_str_c(screen->date))) {
        cw_buf_append(buf, cw_str_head(whole, day));
        cw_buf_char(buf, ' ');
    }
    cw_buf_append(buf, cw_str_head(clock, cw_str_find_char(clock, '.')));
}

/* What is shown: places in the finding's chain, ascending. */
struct course {
    size_t items[COURSE_MOST];
    size_t count;
};

static void insert(struct course *course, size_t item)
{
    size_t at = course->count++;
    for (; at > 0 && course->items[at - 1] > item; at--)
        course->items[at] = course->items[at - 1];
    course->items[at] = item;
}

/* The end first, then the steps that lead there; what only adds to them when there is room. */
static unsigned rank_of(const struct cw_chain_item *item)
{
    if (item->minor)
        return 2;
    return item->role == CW_CHAIN_OUTCOME ? 0 : 1;
}

static void choose(const struct cw_finding *finding, size_t most, struct course *ret_course)
{
    enum { RANKS = 3 };
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    *ret_course = (struct course){.count = 0};
    for (unsigned rank = 0; rank < RANKS; rank++) {
        for (size_t i = 0; i < finding->chain_count && ret_course->count < most; i++) {
            const struct cw_chain_item *item = &finding->chain[i];
            if (item > proof && rank_of(item) == rank)
                insert(ret_course, i);
        }
    }
}

/* Places in one log stand in one column. */
static void put_padding(struct cw_buf *body, const struct cw_finding *finding,
                        const struct course *course, const struct cw_chain_item *item)
{
    char text[SPAN_TEXT];
    size_t columns = 0;
    for (size_t i = 0; i < course->count; i++) {
        const struct cw_chain_item *other = &finding->chain[course->items[i]];
        size_t len = other->source == item->source ? span_text(other, text) : 0;
        columns = len > columns ? len : columns;
    }
    for (size_t len = span_text(item, text); len < columns; len++)
        cw_buf_char(body, ' ');
    cw_buf_append(body, CW_STR("  "));
}

/* The time, unless it is only the one that the proof borrows, too. */
static void put_clock(struct cw_buf *body, const struct cw_screen *screen,
                      const struct cw_chain_item *item)
{
    const struct cw_chain_item *proof = cw_finding_proof(screen->finding);
    if (item->time == CW_TIME_NONE || (item->time_approximate && item->time == proof->time))
        return;
    cw_screen_put_clock(body, screen, item);
    cw_buf_append(body, CW_STR("  "));
}

/* "Add Service, Reflect Driver end with 0x00000005". Returns what the cut must not hide. */
static struct cw_str put_ended(struct cw_buf *body, enum cw_language language,
                               const struct cw_chain_item *item)
{
    static const struct cw_str mark = {"exit(", 5};
    size_t exit = cw_str_find(item->text, mark);
    struct cw_str code = exit == SIZE_MAX ? cw_phrase_text(language, CW_SAY("a failure"))
                                          : cw_str_from(item->text, exit + mark.len);
    cw_buf_append(body, item->ended);
    size_t at = body->len;
    bool one = cw_str_find_char(item->ended, ',') == SIZE_MAX;
    code = cw_str_head(code, cw_str_find_char(code, ')'));
    cw_say_with(body, language, one ? CW_SAY(" ends with %1") : CW_SAY(" end with %1"), &code);
    return cw_str_from(cw_buf_str(body), at);
}

/* The line itself. Without a code its last words say how it ended. */
static struct cw_str put_line(struct cw_buf *body, const struct cw_finding *finding,
                              const struct cw_chain_item *item)
{
    struct cw_str code = cw_finding_proof_code(finding, item);
    cw_buf_append(body, item->text);
    return code.len ? code : cw_str_with_words_before(item->text, item->text.len, item->text.len);
}

static void write_item(const struct cw_screen *screen, const struct course *course, size_t index)
{
    const struct cw_chain_item *item = &screen->finding->chain[course->items[index]];
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_screen_put_place(body, screen, item);
    put_padding(body, screen->finding, course, item);
    put_clock(body, screen, item);
    struct cw_str keep = item->ended.len ? put_ended(body, screen->text->language, item)
                                         : put_line(body, screen->finding, item);
    cw_text_field_keeping(screen->text, index ? CW_SAY("") : CW_SAY("Then"),
                          cw_text_scale(screen->text, 1), cw_buf_str(body), keep);
}

void cw_screen_course(const struct cw_screen *screen, size_t reserved)
{
    size_t each = cw_text_scale(screen->text, 1);
    size_t used = screen->text->lines + reserved;
    size_t all = cw_text_scale(screen->text, CW_SCREEN_LINES);
    size_t room = used < all ? (all - used) / each : 0;
    struct course course;
    choose(screen->finding, room < COURSE_MOST ? room : COURSE_MOST, &course);
    for (size_t i = 0; i < course.count; i++)
        write_item(screen, &course, i);
}
