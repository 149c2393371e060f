/* The axis is not to scale: a run may wait a day for its restart and fail within a second. Between
 * two moments that are shown there is room that grows with the logarithm of the time between them;
 * long pauses are named. */
#include "report/html_timeline.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/facts.h"
#include "report/text_layout.h"

/* Units of the picture's own coordinates, about a CSS pixel each on a wide screen. */
enum {
    WIDTH = 1200,
    LEFT = 150, /* where the names of the lanes end */
    RIGHT = WIDTH - 24,
    TOP = 8,
    MARKS = 36, /* for the names of the marks */
    ROW = 34,
    LANE_GAP = 10,
    BAR = 12,
    AXIS = 44,
    COLUMN = 7, /* of text */
    BAR_LEAST = 6,
    LABEL_MOST = 44, /* columns */
    MOMENTS_MOST = 128,
    ROWS_MOST = 8,
    TICK_LEAST = 76,
    MARK_TEXT = 90,
    SECOND_MS = 1000,
    PAUSE_MS = 10 * 60 * 1000
};

struct picture {
    struct cw_html *html;
    const struct cw_report *report;
    const struct cw_story *story;
    cw_time failure; /* of the proof, where the story marks no failure; else CW_TIME_NONE */
    cw_time moments[MOMENTS_MOST]; /* ascending, each once */
    unsigned x[MOMENTS_MOST];
    size_t count;
    unsigned lane_top[CW_LANES];
    unsigned rows[CW_LANES];
    unsigned left_out[CW_LANES]; /* spans that found no row */
    unsigned bottom;
};

static int compare_times(const void *a, const void *b)
{
    cw_time left = *(const cw_time *)a;
    cw_time right = *(const cw_time *)b;
    return left < right ? -1 : left > right;
}

static void add_moment(struct picture *picture, cw_time time)
{
    if (picture->count < MOMENTS_MOST)
        picture->moments[picture->count++] = time;
}

static void collect_moments(struct picture *picture)
{
    const struct cw_story *story = picture->story;
    for (size_t i = 0; i < story->span_count; i++) {
        add_moment(picture, story->spans[i].first);
        add_moment(picture, story->spans[i].last);
    }
    for (size_t i = 0; i < story->mark_count; i++)
        add_moment(picture, story->marks[i].time);
    if (picture->failure != CW_TIME_NONE)
        add_moment(picture, picture->failure);
    if (picture->count == 0)
        return;
    qsort(picture->moments, picture->count, sizeof(picture->moments[0]), compare_times);
    size_t kept = 1;
    for (size_t i = 1; i < picture->count; i++) {
        if (picture->moments[i] != picture->moments[kept - 1])
            picture->moments[kept++] = picture->moments[i];
    }
    picture->count = kept;
}

/* The room for a pause: the number of bits of its quarter seconds. */
static unsigned room_of(cw_time pause)
{
    unsigned room = 3;
    for (uint64_t quarters = (uint64_t)pause / 250; quarters > 0; quarters >>= 1)
        room += 2;
    return room;
}

static void place_moments(struct picture *picture)
{
    unsigned total = 0;
    for (size_t i = 1; i < picture->count; i++)
        total += room_of(picture->moments[i] - picture->moments[i - 1]);
    unsigned used = 0;
    for (size_t i = 0; i < picture->count; i++) {
        if (i > 0)
            used += room_of(picture->moments[i] - picture->moments[i - 1]);
        picture->x[i] = total ? LEFT + 12 + used * (RIGHT - LEFT - 24) / total : (LEFT + RIGHT) / 2;
    }
}

static unsigned x_of(const struct picture *picture, cw_time time)
{
    for (size_t i = 0; i < picture->count; i++) {
        if (picture->moments[i] >= time)
            return picture->x[i];
    }
    return picture->count ? picture->x[picture->count - 1] : LEFT;
}

/* A span with the place it has in its lane. */
struct placed {
    unsigned left, right;             /* of the bar */
    unsigned label_left, label_right; /* of the text above it */
    unsigned row;
};

static struct cw_str label_of(const struct picture *picture, const struct cw_span *span)
{
    static const struct cw_phrase names[] = {
        [CW_SPAN_SESSION] = CW_PHRASE("session"),
        [CW_SPAN_STARTUP] = CW_PHRASE("startup"),
        [CW_SPAN_OPERATION] = CW_PHRASE("driver operation"),
        [CW_SPAN_SECTION] = CW_PHRASE("driver section"),
    };
    struct cw_buf *draft = cw_html_draft(picture->html);
    cw_say(draft, picture->html->language, names[span->kind]);
    if (span->label.len) {
        cw_buf_char(draft, ' ');
        cw_buf_append(draft, cw_str_head(span->label, LABEL_MOST));
    }
    return cw_buf_str(draft);
}

static struct placed place(const struct picture *picture, const struct cw_span *span)
{
    struct placed placed = {.left = x_of(picture, span->first), .right = x_of(picture, span->last)};
    if (placed.right < placed.left + BAR_LEAST)
        placed.right = placed.left + BAR_LEAST;
    unsigned text = (unsigned)cw_columns(label_of(picture, span)) * COLUMN;
    bool fits = placed.left + text < RIGHT;
    placed.label_left = fits ? placed.left : placed.right > text ? placed.right - text : 0;
    placed.label_right = fits ? placed.left + text : placed.right;
    return placed;
}

/* The first row of the lane in which nothing stands in the way, or ROWS_MOST; `ends` are where
 * those rows are taken up to. */
static unsigned find_row(const struct placed *placed, unsigned ends[ROWS_MOST])
{
    unsigned left = placed->left < placed->label_left ? placed->left : placed->label_left;
    unsigned behind_label = placed->label_right + COLUMN;
    unsigned row = 0;
    while (row < ROWS_MOST && ends[row] > left)
        row++;
    if (row < ROWS_MOST)
        ends[row] = placed->right > behind_label ? placed->right : behind_label;
    return row;
}

static void draw_span(const struct picture *picture, const struct cw_span *span,
                      const struct placed *placed)
{
    struct cw_html *html = picture->html;
    unsigned top = picture->lane_top[span->lane] + placed->row * ROW;
    bool at_end = placed->label_left < placed->left;
    cw_html_format(html, "<g class=\"span%s\"><title>", span->failed ? " bad" : "");
    cw_html_text(html, label_of(picture, span));
    struct cw_buf *draft = cw_html_draft(html);
    cw_buf_append(draft, CW_STR("\n"));
    cw_put_span(draft, html->language, span->first, span->last);
    cw_buf_append(draft, CW_STR("\n"));
    cw_buf_append(draft, picture->report->sources[span->source].path);
    if (span->line)
        cw_buf_printf(draft, ":%" PRIu64, span->line);
    cw_html_text(html, cw_buf_str(draft));
    cw_html_format(html, "</title><text x=\"%u\" y=\"%u\"%s>",
                   at_end ? placed->right : placed->left, top + 12,
                   at_end ? " text-anchor=\"end\"" : "");
    cw_html_text(html, label_of(picture, span));
    cw_html_format(html,
                   "</text><rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"3\"/></g>\n",
                   placed->left, top + 17, placed->right - placed->left, BAR);
}

/* How many rows each lane needs, and, when `draws`, the spans in them. */
static void lay_spans(struct picture *picture, bool draws)
{
    unsigned ends[CW_LANES][ROWS_MOST] = {{0}};
    for (size_t i = 0; i < picture->story->span_count; i++) {
        const struct cw_span *span = &picture->story->spans[i];
        struct placed placed = place(picture, span);
        placed.row = find_row(&placed, ends[span->lane]);
        bool fits = placed.row < ROWS_MOST;
        if (fits && draws)
            draw_span(picture, span, &placed);
        else if (fits && picture->rows[span->lane] < placed.row + 1)
            picture->rows[span->lane] = placed.row + 1;
        else if (!fits && !draws)
            picture->left_out[span->lane]++;
    }
}

static void lay_lanes(struct picture *picture)
{
    bool has_marks = picture->story->mark_count || picture->failure != CW_TIME_NONE;
    unsigned top = has_marks ? TOP + MARKS : TOP;
    lay_spans(picture, false);
    for (unsigned lane = 0; lane < CW_LANES; lane++) {
        picture->lane_top[lane] = top;
        if (picture->rows[lane])
            top += picture->rows[lane] * ROW + LANE_GAP;
    }
    picture->bottom = top;
}

/* "+ 15 more", below the name of the lane. */
static void draw_left_out(const struct picture *picture, unsigned lane)
{
    char number[CW_NUMBER_TEXT];
    const struct cw_str count = cw_number_text(picture->left_out[lane], number);
    struct cw_buf *draft = cw_html_draft(picture->html);
    if (picture->left_out[lane] == 0)
        return;
    cw_say_with(draft, picture->html->language, CW_SAY("+ %1 more"), &count);
    cw_html_format(picture->html, "<text class=\"name\" x=\"10\" y=\"%u\">",
                   picture->lane_top[lane] + picture->rows[lane] * ROW / 2 + 22);
    cw_html_text(picture->html, cw_buf_str(draft));
    cw_html_markup(picture->html, "</text>\n");
}

static void draw_lanes(const struct picture *picture)
{
    static const struct cw_phrase names[CW_LANES] = {
        [CW_LANE_SERVICING] = CW_PHRASE("Servicing run"),
        [CW_LANE_DRIVER] = CW_PHRASE("Driver operations"),
        [CW_LANE_SETUP] = CW_PHRASE("Setup sections"),
    };
    struct cw_html *html = picture->html;
    for (unsigned lane = 0; lane < CW_LANES; lane++) {
        unsigned height = picture->rows[lane] * ROW;
        if (height == 0)
            continue;
        cw_html_format(html,
                       "<rect class=\"lane\" x=\"0\" y=\"%u\" width=\"%d\" height=\"%u\" "
                       "rx=\"4\"/><text class=\"name\" x=\"10\" y=\"%u\">",
                       picture->lane_top[lane], WIDTH, height,
                       picture->lane_top[lane] + height / 2 + 4);
        cw_html_say(html, names[lane]);
        cw_html_markup(html, "</text>\n");
        draw_left_out(picture, lane);
    }
}

/* "07:48:29", with the day above it where it is another one than at the tick before. */
static void draw_tick(const struct picture *picture, size_t index, cw_time before)
{
    char text[CW_TIME_TEXT];
    char earlier[CW_TIME_TEXT];
    struct cw_html *html = picture->html;
    struct cw_str whole = cw_str_c(cw_time_text(picture->moments[index], text));
    struct cw_str last = cw_str_c(cw_time_text(before, earlier));
    size_t day = cw_str_find_char(whole, 'T');
    struct cw_str clock = cw_str_from(whole, day + 1);
    unsigned x = picture->x[index];
    cw_html_format(html,
                   "<path class=\"tick\" d=\"M%u %uv6\"/><text class=\"time\" x=\"%u\" y=\"%u\">",
                   x, picture->bottom, x, picture->bottom + 19);
    cw_html_text(html, cw_str_head(clock, cw_str_find_char(clock, '.')));
    cw_html_markup(html, "</text>");
    if (!cw_str_eq(cw_str_head(whole, day), cw_str_head(last, cw_str_find_char(last, 'T')))) {
        cw_html_format(html, "<text class=\"time day\" x=\"%u\" y=\"%u\">", x,
                       picture->bottom + 34);
        cw_html_text(html, cw_str_head(whole, day));
        cw_html_markup(html, "</text>");
    }
    cw_html_markup(html, "\n");
}

static void draw_pause(const struct picture *picture, size_t index)
{
    cw_time minutes = (picture->moments[index] - picture->moments[index - 1]) / (60 * 1000);
    unsigned x = (picture->x[index] + picture->x[index - 1]) / 2;
    cw_html_format(picture->html,
                   "<text class=\"pause\" x=\"%u\" y=\"%u\">⋯ %" PRId64 " h %" PRId64
                   " min</text>\n",
                   x, picture->bottom + 19, minutes / 60, minutes % 60);
}

static void draw_axis(const struct picture *picture)
{
    size_t shown = 0;
    cw_html_format(picture->html, "<path class=\"axis\" d=\"M%d %uH%d\"/>\n", LEFT, picture->bottom,
                   RIGHT);
    for (size_t i = 0; i < picture->count; i++) {
        cw_time before = i == 0 ? CW_TIME_NONE : picture->moments[shown];
        if (i > 0 && picture->moments[i] - picture->moments[i - 1] > PAUSE_MS)
            draw_pause(picture, i);
        bool same_second = before != CW_TIME_NONE && picture->moments[i] - before < SECOND_MS;
        if (i > 0 && (same_second || picture->x[i] < picture->x[shown] + TICK_LEAST))
            continue;
        draw_tick(picture, i, before);
        shown = i;
    }
}

static void draw_mark(const struct picture *picture, enum cw_story_mark_kind kind, cw_time time)
{
    static const struct {
        const char *name;
        struct cw_phrase phrase;
    } kinds[] = {
        [CW_STORY_FAILURE] = {"failure", CW_PHRASE("failure")},
        [CW_STORY_ROLLBACK] = {"rollback", CW_PHRASE("rollback")},
    };
    struct cw_html *html = picture->html;
    bool is_failure = kind == CW_STORY_FAILURE;
    unsigned x = x_of(picture, time);
    unsigned y = is_failure ? 16 : 34;
    bool at_end = is_failure ? x > RIGHT - MARK_TEXT : x > LEFT + MARK_TEXT;
    cw_html_format(html,
                   "<g class=\"mark %s\"><path d=\"M%u %uV%u\"/><circle cx=\"%u\" cy=\"%u\" "
                   "r=\"4\"/><text x=\"%u\" y=\"%u\"%s>",
                   kinds[kind].name, x, y - 4, picture->bottom, x, y - 4, at_end ? x - 8 : x + 8, y,
                   at_end ? " text-anchor=\"end\"" : "");
    cw_html_say(html, kinds[kind].phrase);
    cw_html_markup(html, "</text></g>\n");
}

static void draw_marks(const struct picture *picture)
{
    const struct cw_story *story = picture->story;
    for (size_t i = 0; i < story->mark_count; i++)
        draw_mark(picture, story->marks[i].kind, story->marks[i].time);
    if (picture->failure != CW_TIME_NONE)
        draw_mark(picture, CW_STORY_FAILURE, picture->failure);
}

/* Sections mark where they failed; without one, the proof is the moment of failure. */
static cw_time unmarked_failure(const struct cw_finding *finding)
{
    const struct cw_chain_item *proof = cw_finding_proof(finding);
    for (size_t i = 0; i < finding->story.mark_count; i++) {
        if (finding->story.marks[i].kind == CW_STORY_FAILURE)
            return CW_TIME_NONE;
    }
    return proof ? proof->time : CW_TIME_NONE;
}

void cw_html_timeline(struct cw_html *html, const struct cw_report *report,
                      const struct cw_finding *finding)
{
    struct picture picture = {.html = html,
                              .report = report,
                              .story = &finding->story,
                              .failure = unmarked_failure(finding)};
    collect_moments(&picture);
    if (picture.count == 0)
        return;
    place_moments(&picture);
    lay_lanes(&picture);
    cw_html_format(html, "<svg viewBox=\"0 0 %d %u\" role=\"img\"><title>", WIDTH,
                   picture.bottom + AXIS);
    cw_html_say(html, CW_SAY("What happened when; long pauses are shortened"));
    cw_html_markup(html, "</title>\n");
    draw_lanes(&picture);
    draw_axis(&picture);
    draw_marks(&picture);
    lay_spans(&picture, true);
    cw_html_markup(html, "</svg>\n");
}
