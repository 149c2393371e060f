#include "logs/excerpt_shape.h"

#include "base/cursor.h"
#include "input/undress.h"
#include "logs/cbs_head.h"
#include "logs/setupapi_entry.h"
#include "logs/setupapi_line.h"

enum {
    FRONT_MOST = 80,  /* bytes that may stand in front of a line of a log */
    STAMP_LENGTH = 19 /* "2024-09-10 10:44:45" */
};

static const struct cw_str levels[] = {{"Info", 4}, {"Warning", 7}, {"Error", 5}};

static const struct cw_str components[] = {{"CBS", 3}, {"CSI", 3}, {"DPX", 3}, {"SXS", 3}};

/* --- CBS.log ------------------------------------------------------------------------------- */

/* Takes one of the words when a blank, a comma or the end follows it. */
static bool take_word(struct cw_cursor *cursor, const struct cw_str *words, size_t count,
                      struct cw_str *ret_word)
{
    for (size_t i = 0; i < count; i++) {
        if (!cw_str_starts(cursor->rest, words[i]))
            continue;
        char next = cursor->rest.len > words[i].len ? cursor->rest.ptr[words[i].len] : ' ';
        if (!cw_is_space(next) && next != ',')
            continue;
        *ret_word = cw_str_head(cursor->rest, words[i].len);
        cw_cursor_skip(cursor, words[i].len);
        (void)cw_cursor_char(cursor, ',');
        return true;
    }
    return false;
}

static bool take_component(struct cw_cursor *cursor, struct cw_str *ret_component)
{
    return take_word(cursor, components, sizeof(components) / sizeof(components[0]), ret_component);
}

/* "2024-09-10 10:44:45" and the mark behind it, which a scanner may have taken for another. */
static bool take_stamp(struct cw_cursor *cursor, struct cw_str *ret_stamp)
{
    struct cw_cursor at = *cursor;
    unsigned ignored;
    if (!cw_cursor_fixed(&at, 4, &ignored) || !cw_cursor_char(&at, '-') ||
        !cw_cursor_fixed(&at, 2, &ignored) || !cw_cursor_char(&at, '-') ||
        !cw_cursor_fixed(&at, 2, &ignored) || !cw_cursor_char(&at, ' ') ||
        !cw_cursor_fixed(&at, 2, &ignored) || !cw_cursor_char(&at, ':') ||
        !cw_cursor_fixed(&at, 2, &ignored) || !cw_cursor_char(&at, ':') ||
        !cw_cursor_fixed(&at, 2, &ignored))
        return false;
    *ret_stamp = cw_str_head(cursor->rest, STAMP_LENGTH);
    while (cw_cursor_char(&at, ',') || cw_cursor_char(&at, '.') || cw_cursor_char(&at, ';') ||
           cw_cursor_char(&at, ' ') || cw_cursor_char(&at, '\t'))
        continue;
    *cursor = at;
    return true;
}

struct cw_stamp_parts cw_shape_parts(struct cw_str line)
{
    struct cw_stamp_parts parts = {0};
    struct cw_cursor cursor = cw_cursor(cw_str_trim(line));
    (void)(take_stamp(&cursor, &parts.stamp) &&
           take_word(&cursor, levels, sizeof(levels) / sizeof(levels[0]), &parts.level));
    cw_cursor_blanks(&cursor);
    (void)take_component(&cursor, &parts.component);
    parts.text = cw_str_trim(cursor.rest);
    return parts;
}

/* A head without a readable time, and not merely one that stands behind a quotation mark. */
static bool is_loose_head(struct cw_str line)
{
    if (!cw_cbs_is_loose_head(line))
        return false;
    for (size_t at = 1; at < line.len && at < FRONT_MOST; at++) {
        if (cw_is_digit(line.ptr[at]) && cw_cbs_is_head(cw_str_from(line, at)))
            return false;
    }
    return true;
}

/* A stamp and a level, or a stamp and nothing: the rest is on the next line. */
static bool is_stamp(struct cw_str line)
{
    if (line.len < STAMP_LENGTH || !cw_is_digit(line.ptr[0]))
        return false;
    struct cw_stamp_parts parts = cw_shape_parts(line);
    return parts.stamp.len && (parts.level.len || (!parts.text.len && !parts.component.len));
}

static bool is_column(struct cw_str trimmed)
{
    struct cw_cursor cursor = cw_cursor(trimmed);
    struct cw_str component;
    return take_component(&cursor, &component) && cw_cursor_blanks(&cursor) > 0 &&
           !cw_cursor_end(&cursor);
}

/* --- SetupAPI ------------------------------------------------------------------------------ */

/* Nothing but "!" or "!!!". */
static bool is_marks(struct cw_str trimmed)
{
    return cw_str_eq(trimmed, CW_STR("!")) || cw_str_eq(trimmed, CW_STR("!!!"));
}

/* A body line in good shape may have any category; beside CBS.log only a known one counts. */
static bool has_known_category(struct cw_str line)
{
    struct cw_cursor cursor = cw_cursor(line);
    struct cw_setupapi_line read;
    while (cw_cursor_blanks(&cursor) > 0 || cw_cursor_char(&cursor, '!') ||
           cw_cursor_char(&cursor, '.'))
        continue;
    cw_setupapi_line_read(cursor.rest, &read);
    return read.kind == CW_SETUPAPI_BODY;
}

static enum cw_shape setupapi_shape(struct cw_str line)
{
    struct cw_setupapi_line read;
    cw_setupapi_line_read(line, &read);
    switch (read.kind) {
    case CW_SETUPAPI_BODY:
        if (!has_known_category(line))
            return CW_SHAPE_OTHER;
        return read.text.len ? CW_SHAPE_SETUPAPI : CW_SHAPE_EMPTY;
    case CW_SETUPAPI_TITLE:
    case CW_SETUPAPI_START:
    case CW_SETUPAPI_END:
    case CW_SETUPAPI_STATUS:
    case CW_SETUPAPI_BOOT:
    case CW_SETUPAPI_HEADER:
    case CW_SETUPAPI_BEGIN:
        return CW_SHAPE_SETUPAPI;
    case CW_SETUPAPI_ELISION:
        return CW_SHAPE_ELISION;
    case CW_SETUPAPI_BLANK:
    case CW_SETUPAPI_OTHER:
        break;
    }
    return is_marks(cw_str_trim(line)) ? CW_SHAPE_EMPTY : CW_SHAPE_OTHER;
}

/* Braces alone are not enough: GUIDs have them. */
static bool is_operation(struct cw_str trimmed)
{
    struct cw_setupapi_entry entry;
    if (!cw_str_starts(trimmed, CW_STR("{")))
        return false;
    cw_setupapi_entry_read(trimmed, CW_LEVEL_INFO, &entry);
    return (entry.kind == CW_EVENT_OPEN && entry.value.len > 0) ||
           (entry.kind == CW_EVENT_CLOSE && entry.written.len > 0);
}

/* --- all ----------------------------------------------------------------------------------- */

enum cw_shape cw_shape_of(struct cw_str line)
{
    struct cw_str trimmed = cw_str_trim(line);
    if (trimmed.len == 0)
        return CW_SHAPE_BLANK;
    if (cw_undress_is_fence(trimmed))
        return CW_SHAPE_FENCE;
    if (cw_cbs_is_head(line) || is_loose_head(line))
        return CW_SHAPE_CBS;
    if (is_stamp(line))
        return CW_SHAPE_STAMP;
    enum cw_shape shape = setupapi_shape(line);
    if (shape != CW_SHAPE_OTHER)
        return shape;
    if (is_operation(trimmed))
        return CW_SHAPE_OPERATION;
    return is_column(trimmed) ? CW_SHAPE_COLUMN : CW_SHAPE_OTHER;
}

bool cw_shape_fits(enum cw_shape shape)
{
    return shape == CW_SHAPE_CBS || shape == CW_SHAPE_SETUPAPI;
}

/* Does a line as Windows writes it begin here? Only then may what is in front of it be dropped. */
static enum cw_shape begins_here(struct cw_str rest)
{
    static const char *const starts[] = {">>>  [",           ">>> [",  ">>>  Section start",
                                         "<<<  Section end", "<<<  [", "<<< [",
                                         "[Boot Session: "};
    static const char *const prefixes[] = {"     ", "!    ", "!!!  ", ".    ", "! ", "!!! "};
    /* Times stand behind all sorts of things: here one without a level is not enough. */
    if (cw_is_digit(rest.ptr[0]))
        return is_stamp(rest) && cw_shape_parts(rest).level.len ? cw_shape_of(rest)
                                                                : CW_SHAPE_OTHER;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (cw_str_starts(rest, cw_str_c(starts[i])))
            return CW_SHAPE_SETUPAPI;
    }
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        struct cw_str prefix = cw_str_c(prefixes[i]);
        bool letter =
            rest.len > prefix.len && rest.ptr[prefix.len] >= 'a' && rest.ptr[prefix.len] <= 'z';
        if (letter && cw_str_starts(rest, prefix))
            return setupapi_shape(cw_str_from(rest, prefix.len));
    }
    return CW_SHAPE_OTHER;
}

enum cw_shape cw_shape_find(struct cw_str *line)
{
    enum cw_shape shape = cw_shape_of(*line);
    if (shape != CW_SHAPE_OTHER && shape != CW_SHAPE_COLUMN)
        return shape;
    for (size_t at = 1; at < line->len && at < FRONT_MOST; at++) {
        char c = line->ptr[at];
        if (!cw_is_digit(c) && memchr(" !.<>[", c, 6) == NULL)
            continue;
        struct cw_str rest = cw_str_from(*line, at);
        enum cw_shape found = begins_here(rest);
        if (found == CW_SHAPE_OTHER || found == CW_SHAPE_ELISION)
            continue;
        *line = rest;
        return found;
    }
    return shape;
}
