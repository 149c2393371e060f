#include "logs/excerpt_repair.h"

#include "base/cursor.h"
#include "logs/setupapi_line.h"

enum { CODE_DIGITS = 8, STAMP_LENGTH = 19 };

/* What stands at the front of the rest of a line is replaced. */
struct repair {
    size_t taken;
    struct cw_str text;
};

/* "Doge" for "Doqe", where a message of CBS begins; and the colon behind it. */
static bool repair_queue(struct cw_str before, struct cw_str rest, struct repair *ret_repair)
{
    struct cw_cursor cursor = cw_cursor(rest);
    bool misread = cw_cursor_literal(&cursor, CW_STR("Doge"));
    if (!misread && !cw_cursor_literal(&cursor, CW_STR("Doqe")))
        return false;
    char next = cw_cursor_peek(&cursor);
    char last = before.len ? before.ptr[before.len - 1] : ' ';
    struct cw_str after = cw_str_from(cursor.rest, 1);
    bool sentence = after.len && (after.ptr[0] == '[' || cw_to_lower(after.ptr[0]) != after.ptr[0]);
    if ((next != ':' && (next != ' ' || !sentence)) || (last != ' ' && last != '\t') ||
        (!misread && next == ':'))
        return false;
    *ret_repair = (struct repair){4, next == ':' ? CW_STR("Doqe") : CW_STR("Doqe:")};
    return true;
}

/* "Error = 0x000000005": the code has a zero too many. Addresses have any number of digits. */
static bool repair_code(struct cw_str before, struct cw_str rest, struct repair *ret_repair)
{
    struct cw_cursor cursor = cw_cursor(rest);
    size_t digits = 0;
    bool code = cw_str_ends(before, CW_STR(" = ")) || cw_str_ends(before, CW_STR("("));
    if (!code || !cw_cursor_literal(&cursor, CW_STR("0x0")))
        return false;
    while (digits < cursor.rest.len && cw_hex_digit(cursor.rest.ptr[digits]) >= 0)
        digits++;
    if (digits != CODE_DIGITS)
        return false;
    *ret_repair = (struct repair){3, CW_STR("0x")};
    return true;
}

/* "10:44:45.9/3": no digit but a seven looks like a stroke. */
static bool repair_fraction(struct cw_str before, struct cw_str rest, struct repair *ret_repair)
{
    struct cw_cursor cursor = cw_cursor(rest);
    unsigned ignored;
    for (size_t from = 1; from <= 3 && from < before.len; from++) {
        struct cw_cursor tail = cw_cursor(cw_str_from(before, before.len - from));
        bool dot = cw_cursor_char(&tail, '.');
        bool digits = from == 1 || cw_cursor_fixed(&tail, from - 1, &ignored);
        struct cw_cursor second = cw_cursor(
            cw_str_from(before, before.len > from + 3 ? before.len - from - 3 : before.len));
        if (!dot || !digits || !cw_cursor_char(&second, ':') ||
            !cw_cursor_fixed(&second, 2, &ignored))
            continue;
        if (!cw_cursor_char(&cursor, '/') ||
            (from < 3 && !cw_cursor_fixed(&cursor, 3 - from, &ignored)))
            return false;
        *ret_repair = (struct repair){1, CW_STR("7")};
        return true;
    }
    return false;
}

/* `before` is the line up to `rest`, which begins with `first`. */
struct repairer {
    char first;
    bool (*repair)(struct cw_str before, struct cw_str rest, struct repair *ret_repair);
};

static const struct repairer repairers[CW_LOG_KINDS][2] = {
    [CW_LOG_CBS] = {{'0', repair_code}, {'D', repair_queue}},
    [CW_LOG_SETUPAPI] = {{'0', repair_code}, {'/', repair_fraction}},
};

/* How many bytes there are from `at` on with which no repair begins. */
static size_t count_good(struct cw_str line, size_t at, const struct repairer *list)
{
    size_t end = at;
    while (end < line.len && line.ptr[end] != list[0].first && line.ptr[end] != list[1].first)
        end++;
    return end - at;
}

static bool apply(struct cw_str line, const struct repairer *list, struct cw_buf *out,
                  bool *ret_changed)
{
    for (size_t at = 0; at < line.len;) {
        size_t good = count_good(line, at, list);
        size_t taken = good ? good : 1;
        struct repair repair = {taken, {line.ptr + at, taken}};
        for (size_t i = 0; i < 2; i++) {
            if (line.ptr[at] != list[i].first ||
                !list[i].repair(cw_str_head(line, at), cw_str_from(line, at), &repair))
                continue;
            *ret_changed = true;
            break;
        }
        if (!cw_buf_append(out, repair.text))
            return false;
        at += repair.taken;
    }
    return true;
}

bool cw_excerpt_repair_colon(struct cw_str line, struct cw_buf *out)
{
    struct cw_setupapi_line read;
    struct cw_cursor cursor = cw_cursor(line);
    struct cw_str category;
    cw_cursor_blanks(&cursor);
    bool marked = cw_cursor_peek(&cursor) == '!';
    while (cw_cursor_char(&cursor, '!') || cw_cursor_blanks(&cursor) > 0)
        continue;
    size_t front = line.len - cursor.rest.len;
    if (!cw_cursor_word(&cursor, &category) || category.len != 3)
        return false;
    struct cw_str rest = cursor.rest;
    cw_cursor_blanks(&cursor);
    if (cw_cursor_end(&cursor) || (!marked && cw_cursor_peek(&cursor) != '{'))
        return false;
    size_t begin = out->len;
    if (!cw_buf_append(out, cw_str_head(line, front + category.len)) || !cw_buf_char(out, ':') ||
        !cw_buf_append(out, rest))
        return false;
    cw_setupapi_line_read(cw_str_from(cw_buf_str(out), begin + front), &read);
    return read.kind == CW_SETUPAPI_BODY;
}

bool cw_excerpt_repair(enum cw_log_kind log, struct cw_str line, struct cw_buf *out,
                       bool *ret_changed)
{
    bool changed = false;
    bool done = apply(line, repairers[log], out, &changed);
    if (done)
        *ret_changed = changed;
    return done;
}
