/* A line that is no line of a log by itself is the rest of the one before it, the text of a
 * category that stands alone, a continuation that its log has anyway, or prose:
 *
 *     2024-09-10 10:44:44, Info                     stamp and level ...
 *                      CBS    INSTALL index: 0      ... and the rest of that line
 *         sto:                                      a category ...
 *                 {Add Service: AmdK8}              ... and its text
 *     CSIPERF:TXCOMMIT;618210                       a continuation of CBS.log
 */
#include "logs/excerpt_join.h"

#include "base/limits.h"
#include "logs/cbs_head.h"
#include "logs/excerpt_repair.h"

enum {
    WIDTH_LEAST = 40,             /* nobody wraps narrower ... */
    WIDTH_MOST = 200,             /* ... or wider */
    LINE_MOST = 4 * CW_LIMIT_LINE /* two lines at most are joined beyond the limit of one */
};

struct pending {
    bool used;
    bool altered;
    bool wants_text; /* a head, a category or a prefix without its text */
    bool is_stamp;   /* its columns are to be set again */
    enum cw_log_kind log;
    struct cw_stamp_parts parts;
    struct cw_buf text;
    uint64_t line, last_line;
    size_t begin, end;
};

struct join {
    const struct cw_excerpt_piece *pieces;
    size_t count;
    size_t at;
    size_t width;
    size_t hard; /* bytes at which lines were cut, 0 = they were not */
    struct cw_excerpt *excerpt;
    bool has_log; /* a line of a log was seen; `log` is that of the last one */
    enum cw_log_kind log;
    struct cw_str stamp; /* of the last head of CBS.log */
    struct pending pending;
    struct cw_buf scratch;
};

/* --- wrapped text ---------------------------------------------------------------------------- */

/* Flush left, and still no rest of the line before: what CBS.log has below its records. */
static const char *const continuations[] = {
    "CSIPERF",
    "[gle=",
    "(f)",
    "(fix)",
    "(w)",
    "Old component:",
    "New component:",
    "Install mode",
    "Smart installer",
    "Installer ID",
    "Installer name",
    "Completion status",
    "Element:",
    "<",
    "\\<",
    "==",
};

static bool is_continuation(struct cw_str text)
{
    if (text.len && memchr(" \t[]\"-*", text.ptr[0], 7))
        return true;
    for (size_t i = 0; i < sizeof(continuations) / sizeof(continuations[0]); i++) {
        if (cw_str_starts(text, cw_str_c(continuations[i])))
            return true;
    }
    return false;
}

static bool ends_sentence(struct cw_str text)
{
    struct cw_str trimmed = cw_str_trim(text);
    return trimmed.len && memchr(".])}", trimmed.ptr[trimmed.len - 1], 4) != NULL;
}

/* The length that `line` would have had with the first word of `next`. */
static size_t length_with_next(struct cw_str line, struct cw_str next)
{
    struct cw_str text = cw_str_trim(next);
    return line.len + 1 + cw_str_head(text, cw_str_find_char(text, ' ')).len;
}

static bool is_pair(const struct cw_excerpt_piece *pieces, size_t index)
{
    const struct cw_excerpt_piece *piece = &pieces[index];
    if (index == 0 || piece->after_blank || piece->shape != CW_SHAPE_OTHER ||
        is_continuation(piece->text))
        return false;
    enum cw_shape before = pieces[index - 1].shape;
    return cw_shape_fits(before) || before == CW_SHAPE_OTHER;
}

size_t cw_excerpt_wrap_width(const struct cw_excerpt_piece *pieces, size_t count)
{
    size_t width = SIZE_MAX;
    size_t pairs = 0;
    bool open = false; /* a line goes on in the next */
    for (size_t i = 0; i < count; i++) {
        if (!is_pair(pieces, i))
            continue;
        size_t length = length_with_next(pieces[i - 1].text, pieces[i].text);
        width = length < width ? length : width;
        open |= !ends_sentence(pieces[i - 1].text);
        pairs++;
    }
    if (pairs == 0 || (pairs == 1 && !open) || width < WIDTH_LEAST || width > WIDTH_MOST)
        return 0;
    /* Only a word that is longer than the line may pass the margin. */
    for (size_t i = 0; i < count; i++) {
        struct cw_str text = pieces[i].text;
        size_t blank = cw_str_find_last_char(text, ' ');
        if (cw_shape_fits(pieces[i].shape) && text.len >= width && blank != SIZE_MAX &&
            blank >= width)
            return 0;
    }
    return width;
}

/* A terminal does not break at blanks: it cuts every line at the same place. Pieces are all of one
 * length then, but for the last of a line. */
static size_t hard_width(const struct cw_excerpt_piece *pieces, size_t count)
{
    size_t most = 0;
    size_t pairs = 0;
    size_t full = 0;
    for (size_t i = 0; i < count; i++)
        most = pieces[i].text.len > most ? pieces[i].text.len : most;
    for (size_t i = 0; i < count; i++) {
        bool pair = is_pair(pieces, i);
        pairs += pair;
        full += pair && pieces[i - 1].text.len == most;
    }
    bool hard = full > 2 && full * 10 >= pairs * 9 && most >= WIDTH_LEAST && most <= WIDTH_MOST;
    return hard ? most : 0;
}

static bool was_cut_before(const struct join *join)
{
    return join->hard && join->at > 0 && !join->pieces[join->at].after_blank &&
           join->pieces[join->at - 1].text.len == join->hard;
}

/* Is the piece the rest of the pending line? */
static bool is_rest(const struct join *join, const struct cw_excerpt_piece *piece)
{
    struct cw_str text = cw_buf_str(&join->pending.text);
    struct cw_str rest = cw_str_trim(piece->text);
    if (text.len + rest.len >= CW_LIMIT_LINE)
        return false;
    if (join->pending.wants_text || was_cut_before(join))
        return true;
    if (piece->after_blank)
        return false;
    if (join->at > 0 && join->width &&
        length_with_next(join->pieces[join->at - 1].text, rest) >= join->width)
        return true;
    if (cw_str_starts(rest, CW_STR("[HRESULT")))
        return true;
    return !is_continuation(piece->text) && !ends_sentence(text);
}

/* --- the pending line ------------------------------------------------------------------------ */

static int add_line(struct join *join, struct cw_str text, bool altered)
{
    struct cw_excerpt *excerpt = join->excerpt;
    const struct pending *pending = &join->pending;
    void *items = excerpt->lines;
    struct cw_excerpt_line line = {
        .log = pending->log,
        .altered = altered,
        .line = pending->line,
        .last_line = pending->last_line,
        .begin = pending->begin,
        .end = pending->end,
    };
    if (!cw_arena_str(&excerpt->arena, text, &line.text) ||
        !cw_arena_grow(&excerpt->arena, &items, &excerpt->cap, excerpt->count, sizeof(line),
                       2 * CW_LIMIT_EXCERPT_LINES))
        return CW_ERR_NOMEM;
    excerpt->lines = items;
    excerpt->lines[excerpt->count++] = line;
    return CW_OK;
}

/* A head with the columns that Windows writes. */
static bool set_columns(const struct pending *pending, struct cw_buf *out)
{
    struct cw_str level = pending->parts.level.len ? pending->parts.level : CW_STR("Info");
    return cw_buf_printf(out, "%.*s, %-22.*s%-7.*s", CW_STR_ARG(pending->parts.stamp),
                         CW_STR_ARG(level), CW_STR_ARG(pending->parts.component)) &&
           cw_buf_append(out, cw_buf_str(&pending->text));
}

static int flush(struct join *join)
{
    struct pending *pending = &join->pending;
    if (!pending->used)
        return CW_OK;
    struct cw_buf whole;
    struct cw_buf *out = &join->scratch;
    bool repaired = false;
    cw_buf_init(&whole, LINE_MOST);
    cw_buf_clear(out);
    bool done = pending->is_stamp ? set_columns(pending, &whole)
                                  : cw_buf_append(&whole, cw_buf_str(&pending->text));
    done = done && cw_excerpt_repair(pending->log, cw_buf_str(&whole), out, &repaired) &&
           cw_buf_char(out, '\n');
    int status =
        done ? add_line(join, cw_buf_str(out), pending->altered || repaired) : CW_ERR_NOMEM;
    cw_buf_done(&whole);
    pending->used = false;
    return status;
}

/* Begins a line of `log` with the current piece. */
static int begin(struct join *join, enum cw_log_kind log, struct cw_str text)
{
    const struct cw_excerpt_piece *piece = &join->pieces[join->at];
    int status = flush(join);
    if (status < 0)
        return status;
    struct cw_buf kept = join->pending.text;
    cw_buf_clear(&kept);
    join->pending = (struct pending){
        .used = true,
        .altered = piece->altered,
        .log = log,
        .text = kept,
        .line = piece->line,
        .last_line = piece->line,
        .begin = piece->begin,
        .end = piece->end,
    };
    join->has_log = true;
    join->log = log;
    return cw_buf_append(&join->pending.text, text) ? CW_OK : CW_ERR_NOMEM;
}

/* Names are broken behind these without a hyphen. */
static bool breaks_inside_word(struct cw_str text)
{
    return text.len && memchr("\\~_", text.ptr[text.len - 1], 3) != NULL;
}

/* Joins the current piece to the pending line. */
static int append(struct join *join, struct cw_str text)
{
    const struct cw_excerpt_piece *piece = &join->pieces[join->at];
    struct pending *pending = &join->pending;
    struct cw_buf *out = &pending->text;
    bool cut = was_cut_before(join);
    bool blank = out->len && !cut && !breaks_inside_word(cw_buf_str(out));
    pending->altered = true;
    pending->wants_text = false;
    pending->last_line = piece->line;
    pending->end = piece->end;
    return (!blank || cw_buf_char(out, ' ')) && cw_buf_append(out, cut ? text : cw_str_trim(text))
               ? CW_OK
               : CW_ERR_NOMEM;
}

static int skip_stranger(struct join *join)
{
    const struct cw_excerpt_piece *piece = &join->pieces[join->at];
    struct cw_excerpt *excerpt = join->excerpt;
    struct cw_str text = {excerpt->bytes.ptr + piece->begin, piece->end - piece->begin};
    if (excerpt->strangers++ == 0)
        excerpt->first_stranger = piece->line;
    cw_strays_add(&excerpt->quoted, piece->line, text);
    return flush(join);
}

/* --- shapes ---------------------------------------------------------------------------------- */

static int on_head(struct join *join, const struct cw_excerpt_piece *piece)
{
    struct cw_cbs_head head = cw_cbs_head_parse(piece->text);
    if (cw_cbs_is_head(piece->text))
        join->stamp = cw_str_head(piece->text, CW_CBS_STAMP - 1);
    int status = begin(join, CW_LOG_CBS, piece->text);
    join->pending.wants_text = cw_str_trim(head.text).len == 0;
    return status;
}

/* A head of which the level or more is missing, or one whose stamp is: it has that of the head
 * before. */
static int begin_stamp(struct join *join, const struct cw_stamp_parts *parts)
{
    int status = begin(join, CW_LOG_CBS, parts->text);
    struct pending *pending = &join->pending;
    pending->altered = true;
    pending->is_stamp = true;
    pending->wants_text = parts->text.len == 0;
    pending->parts = *parts;
    if (parts->stamp.len == 0)
        pending->parts.stamp = cw_str_head(join->stamp, CW_CBS_STAMP - 1);
    return status;
}

static int on_stamp(struct join *join, const struct cw_excerpt_piece *piece)
{
    struct cw_stamp_parts parts = cw_shape_parts(piece->text);
    join->stamp = parts.stamp;
    return begin_stamp(join, &parts);
}

static int on_other(struct join *join, const struct cw_excerpt_piece *piece);

static int on_column(struct join *join, const struct cw_excerpt_piece *piece)
{
    struct pending *pending = &join->pending;
    struct cw_stamp_parts parts = cw_shape_parts(piece->text);
    if (!join->has_log || join->log != CW_LOG_CBS || join->stamp.len == 0)
        return on_other(join, piece);
    if (!pending->used || !pending->wants_text || !pending->is_stamp)
        return begin_stamp(join, &parts);
    pending->parts.component = parts.component;
    return append(join, parts.text);
}

static int on_setupapi(struct join *join, const struct cw_excerpt_piece *piece)
{
    struct pending *pending = &join->pending;
    bool marks = pending->used && pending->wants_text && pending->log == CW_LOG_SETUPAPI &&
                 cw_str_ends(cw_buf_str(&pending->text), CW_STR("!"));
    return marks ? append(join, piece->text) : begin(join, CW_LOG_SETUPAPI, piece->text);
}

static int on_empty(struct join *join, const struct cw_excerpt_piece *piece)
{
    struct pending *pending = &join->pending;
    struct cw_str text = cw_str_trim(piece->text);
    bool marks = pending->used && pending->wants_text &&
                 cw_str_ends(cw_buf_str(&pending->text), CW_STR("!")) &&
                 !cw_str_ends(text, CW_STR("!"));
    int status = marks ? append(join, text) : begin(join, CW_LOG_SETUPAPI, text);
    pending->wants_text = true;
    return status;
}

static int on_operation(struct join *join, const struct cw_excerpt_piece *piece)
{
    const struct pending *pending = &join->pending;
    if (pending->used &&
        (pending->wants_text || (pending->log == CW_LOG_CBS && !piece->after_blank)))
        return on_other(join, piece);
    return begin(join, CW_LOG_SETUPAPI, piece->text);
}

/* The text of an error may have come to stand before its category: the next line has none, and none
 * follows that could be it. */
static bool precedes_category(const struct join *join)
{
    size_t next = join->at + 1;
    if (join->log != CW_LOG_SETUPAPI || join->pending.wants_text || next >= join->count ||
        join->pieces[next].shape != CW_SHAPE_EMPTY ||
        cw_str_find_char(join->pieces[next].text, '!') == SIZE_MAX)
        return false;
    enum cw_shape after = next + 1 < join->count ? join->pieces[next + 1].shape : CW_SHAPE_BLANK;
    return after != CW_SHAPE_OTHER && after != CW_SHAPE_OPERATION;
}

static int join_to_category(struct join *join, const struct cw_excerpt_piece *piece)
{
    const struct cw_excerpt_piece *category = &join->pieces[join->at + 1];
    int status = begin(join, CW_LOG_SETUPAPI, cw_str_trim(category->text));
    if (status == CW_OK)
        status = append(join, piece->text);
    join->pending.last_line = category->line;
    join->pending.end = category->end;
    join->at++;
    return status;
}

static int on_other(struct join *join, const struct cw_excerpt_piece *piece)
{
    const struct pending *pending = &join->pending;
    if (!join->has_log)
        return skip_stranger(join);
    if (precedes_category(join))
        return join_to_category(join, piece);
    if (pending->used && is_rest(join, piece))
        return append(join, piece->text);
    bool goes_on = join->log == CW_LOG_SETUPAPI || is_continuation(piece->text);
    if (piece->after_blank || !pending->used || !goes_on)
        return skip_stranger(join);
    return begin(join, join->log, piece->text);
}

static int on_piece(struct join *join, const struct cw_excerpt_piece *piece)
{
    switch (piece->shape) {
    case CW_SHAPE_CBS:
        return on_head(join, piece);
    case CW_SHAPE_STAMP:
        return on_stamp(join, piece);
    case CW_SHAPE_COLUMN:
        return on_column(join, piece);
    case CW_SHAPE_SETUPAPI:
        return on_setupapi(join, piece);
    case CW_SHAPE_EMPTY:
        return on_empty(join, piece);
    case CW_SHAPE_OPERATION:
        return on_operation(join, piece);
    case CW_SHAPE_OTHER:
        return on_other(join, piece);
    case CW_SHAPE_BLANK:
    case CW_SHAPE_FENCE:
    case CW_SHAPE_ELISION:
        break;
    }
    return CW_OK;
}

int cw_excerpt_join(const struct cw_excerpt_piece *pieces, size_t count, struct cw_excerpt *excerpt)
{
    struct join join = {
        .pieces = pieces,
        .count = count,
        .width = cw_excerpt_wrap_width(pieces, count),
        .hard = hard_width(pieces, count),
        .excerpt = excerpt,
    };
    int status = CW_OK;
    cw_buf_init(&join.pending.text, LINE_MOST);
    cw_buf_init(&join.scratch, LINE_MOST);
    for (; join.at < count && status == CW_OK; join.at++)
        status = on_piece(&join, &pieces[join.at]);
    if (status == CW_OK)
        status = flush(&join);
    cw_buf_done(&join.pending.text);
    cw_buf_done(&join.scratch);
    return status;
}
