#include "logs/excerpt.h"

#include <stdlib.h>

#include "base/limits.h"
#include "input/front.h"
#include "input/undress.h"
#include "logs/excerpt_join.h"
#include "logs/excerpt_repair.h"

/* --- taking the decoration off --------------------------------------------------------------- */

struct undressing {
    struct cw_str bytes;
    char newline;
    bool escaped; /* for Markdown */
    bool page;    /* of HTML */
    bool spaced;  /* an empty line stands behind each */
    struct cw_fronts fronts;
    struct cw_arena arena;
    struct cw_excerpt_piece *pieces;
    size_t count, cap;
    bool blank;   /* an empty line stands before the next piece */
    bool dressed; /* a line is one of a log only without what was around it */
    uint64_t lines;
};

static bool next_line(struct undressing *work, size_t *at, struct cw_str *ret_line)
{
    if (*at >= work->bytes.len)
        return false;
    struct cw_str rest = cw_str_from(work->bytes, *at);
    size_t end = cw_str_find_char(rest, work->newline);
    struct cw_str line = cw_str_head(rest, end);
    *at += end == SIZE_MAX ? rest.len : end + 1;
    if (cw_str_ends(line, CW_STR("\r")))
        line.len--;
    work->lines++;
    *ret_line = line;
    return true;
}

static int add_piece(struct undressing *work, const struct cw_excerpt_piece *piece)
{
    void *items = work->pieces;
    if (piece->shape == CW_SHAPE_BLANK) {
        work->blank = !work->spaced;
        return CW_OK;
    }
    if (work->count == CW_LIMIT_EXCERPT_LINES)
        return CW_ERR_LIMIT;
    if (!cw_arena_grow(&work->arena, &items, &work->cap, work->count, sizeof(*piece),
                       CW_LIMIT_EXCERPT_LINES))
        return CW_ERR_NOMEM;
    work->pieces = items;
    work->pieces[work->count] = *piece;
    work->pieces[work->count++].after_blank = work->blank;
    work->blank = piece->shape == CW_SHAPE_FENCE || piece->shape == CW_SHAPE_ELISION;
    return CW_OK;
}

/* A line that is none of a log as it stands: with quotation marks, a number, without its colon. */
static int add_undressed(struct undressing *work, struct cw_str text, struct cw_buf *scratch,
                         struct cw_excerpt_piece *piece)
{
    piece->text = cw_undress_quote(text);
    piece->shape = cw_shape_find(&piece->text);
    if (cw_shape_fits(piece->shape)) {
        struct cw_str front = cw_str_head(text, (size_t)(piece->text.ptr - text.ptr));
        piece->text = cw_undress_end(front, piece->text);
    }
    if (piece->shape == CW_SHAPE_OTHER) {
        cw_buf_clear(scratch);
        if (cw_excerpt_repair_colon(piece->text, scratch)) {
            piece->shape = CW_SHAPE_SETUPAPI;
            piece->text = cw_buf_str(scratch);
        }
    }
    piece->altered = true;
    work->dressed |= cw_shape_fits(piece->shape);
    if (!cw_arena_str(&work->arena, piece->text, &piece->text))
        return CW_ERR_NOMEM;
    return add_piece(work, piece);
}

/* A line of a page may hold several of a log. */
static int undress_line(struct undressing *work, struct cw_str line, struct cw_buf *scratch,
                        struct cw_excerpt_piece *piece)
{
    struct cw_buf clean;
    cw_buf_init(&clean, 2 * CW_LIMIT_LINE);
    int status = cw_undress_markup(line, work->escaped, &clean) ? CW_OK : CW_ERR_NOMEM;
    struct cw_str rest = cw_buf_str(&clean);
    while (status == CW_OK && rest.len > 0) {
        size_t end = cw_str_find_char(rest, '\n');
        struct cw_str part = cw_str_head(rest, end);
        rest = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(rest, end + 1);
        if (cw_str_trim(part).len)
            status = add_undressed(work, part, scratch, piece);
    }
    cw_buf_done(&clean);
    return status;
}

static int take_line(struct undressing *work, struct cw_str line, struct cw_buf *scratch)
{
    size_t begin = (size_t)(line.ptr - work->bytes.ptr);
    line = cw_str_head(line, CW_LIMIT_LINE);
    size_t end = begin + line.len;
    struct cw_str inner = cw_fronts_take(&work->fronts, line);
    bool fronted = inner.len < line.len;
    line = inner;
    struct cw_excerpt_piece piece = {
        .shape = cw_shape_of(line),
        .altered = fronted,
        .text = line,
        .line = work->lines,
        .begin = begin,
        .end = end,
    };
    bool plain = cw_shape_fits(piece.shape) || piece.shape == CW_SHAPE_BLANK ||
                 piece.shape == CW_SHAPE_FENCE || piece.shape == CW_SHAPE_ELISION;
    bool dressed = cw_undress_is_marked_up(line) ||
                   (work->escaped && cw_undress_has_escapes(line)) ||
                   (work->page && cw_undress_has_entities(line));
    work->dressed |= fronted && cw_shape_fits(piece.shape);
    if (plain && !dressed)
        return add_piece(work, &piece);
    return undress_line(work, line, scratch, &piece);
}

/* What a line means may be known from another. */
static void look_around(struct undressing *work)
{
    struct cw_str line;
    size_t texts = 0;
    size_t pairs = 0; /* of lines without an empty one between them */
    bool before = false;
    work->fronts = cw_fronts_find(work->bytes, work->newline);
    for (size_t at = 0; next_line(work, &at, &line);) {
        bool is_text = cw_str_trim(cw_fronts_take(&work->fronts, line)).len > 0;
        texts += is_text;
        pairs += is_text && before;
        before = is_text;
        work->escaped |= cw_undress_is_escaped(line);
        work->page |= cw_undress_is_page(line);
    }
    work->spaced = texts > 2 && pairs == 0;
    work->lines = 0;
}

/* Everything but `bytes` is made here. The caller frees the arena. */
static int undress(struct undressing *work)
{
    struct cw_buf scratch;
    struct cw_str line;
    int status = CW_OK;
    work->newline = cw_str_find_char(work->bytes, '\n') == SIZE_MAX ? '\r' : '\n';
    look_around(work);
    cw_buf_init(&scratch, 2 * CW_LIMIT_LINE);
    for (size_t at = 0; status == CW_OK && next_line(work, &at, &line);)
        status = take_line(work, line, &scratch);
    cw_buf_done(&scratch);
    return status;
}

/* --- suspicion ------------------------------------------------------------------------------- */

struct signs {
    size_t cbs, setupapi, components; /* lines of either log; heads that name a component */
    size_t torn;                      /* heads without level or text */
    size_t empty;                     /* weight of categories whose text is on another line */
    size_t fences, elisions;
};

/* How much a category without text says. A co-installer may write an empty line; but none that is
 * an error, and hardly two whose text is on the next line. */
static size_t weigh_empty(const struct undressing *work, size_t index)
{
    bool marked = cw_str_find_char(work->pieces[index].text, '!') != SIZE_MAX;
    bool before = index > 0 && work->pieces[index - 1].shape == CW_SHAPE_OTHER;
    enum cw_shape after = index + 1 < work->count ? work->pieces[index + 1].shape : CW_SHAPE_BLANK;
    bool torn = after == CW_SHAPE_OTHER || after == CW_SHAPE_OPERATION;
    if (marked && (torn || before || after == CW_SHAPE_SETUPAPI))
        return 2;
    return torn;
}

static bool names_component(const struct cw_excerpt_piece *piece)
{
    return piece->shape == CW_SHAPE_COLUMN || cw_shape_parts(piece->text).component.len > 0;
}

static struct signs read_signs(const struct undressing *work)
{
    struct signs signs = {0};
    for (size_t i = 0; i < work->count; i++) {
        const struct cw_excerpt_piece *piece = &work->pieces[i];
        bool last = i + 1 == work->count;
        signs.cbs += piece->shape == CW_SHAPE_CBS;
        signs.setupapi += piece->shape == CW_SHAPE_SETUPAPI;
        signs.components += names_component(piece);
        signs.torn += piece->shape == CW_SHAPE_STAMP && !last;
        signs.empty += piece->shape == CW_SHAPE_EMPTY ? weigh_empty(work, i) : 0;
        signs.fences += piece->shape == CW_SHAPE_FENCE;
        signs.elisions += piece->shape == CW_SHAPE_ELISION;
    }
    return signs;
}

/* 1 or 0, or CW_ERR_NOMEM. */
static int needs_repair(const struct undressing *work)
{
    struct cw_buf scratch;
    bool changed = false;
    bool done = true;
    cw_buf_init(&scratch, 2 * CW_LIMIT_LINE);
    for (size_t i = 0; i < work->count && !changed && done; i++) {
        const struct cw_excerpt_piece *piece = &work->pieces[i];
        enum cw_log_kind log = piece->shape == CW_SHAPE_CBS ? CW_LOG_CBS : CW_LOG_SETUPAPI;
        cw_buf_clear(&scratch);
        if (cw_shape_fits(piece->shape))
            done = cw_excerpt_repair(log, piece->text, &scratch, &changed);
    }
    cw_buf_done(&scratch);
    return done ? changed : CW_ERR_NOMEM;
}

/* The same. */
static int is_damaged(const struct undressing *work)
{
    struct signs signs = read_signs(work);
    if (signs.cbs + signs.setupapi + signs.torn + signs.empty == 0)
        return 0;
    if (work->dressed || (signs.cbs && signs.setupapi) ||
        (signs.cbs && (signs.fences || signs.elisions)) || (signs.torn && signs.components) ||
        (signs.empty > 1 && signs.setupapi))
        return 1;
    /* A log that was cut in the middle of a line is not wrapped there. */
    bool cut = work->count && work->pieces[work->count - 1].end == work->bytes.len;
    if (signs.cbs + signs.setupapi > 0 &&
        cw_excerpt_wrap_width(work->pieces, work->count - cut) > 0)
        return 1;
    return needs_repair(work);
}

int cw_excerpt_suspected(struct cw_str head, bool whole)
{
    struct undressing work = {.bytes = head};
    if (cw_str_find_char(head, '\0') != SIZE_MAX)
        return 0;
    /* The last line is not complete. */
    if (!whole) {
        size_t end = cw_str_find_last_char(head, '\n');
        work.bytes = end == SIZE_MAX ? head : cw_str_head(head, end);
    }
    int status = undress(&work);
    if (status == CW_OK)
        status = is_damaged(&work);
    cw_arena_done(&work.arena);
    return status == CW_ERR_LIMIT ? 0 : status;
}

/* --- reading --------------------------------------------------------------------------------- */

int cw_excerpt_read(struct cw_str bytes, struct cw_excerpt *excerpt)
{
    struct undressing work = {.bytes = bytes};
    *excerpt = (struct cw_excerpt){.bytes = bytes};
    int status = undress(&work);
    excerpt->source_lines = work.lines;
    if (status == CW_OK)
        status = cw_excerpt_join(work.pieces, work.count, excerpt);
    cw_arena_done(&work.arena);
    return status;
}

void cw_excerpt_done(struct cw_excerpt *excerpt)
{
    cw_arena_done(&excerpt->arena);
}

struct cw_excerpt_census cw_excerpt_census(const struct cw_excerpt *excerpt, enum cw_log_kind log)
{
    struct cw_excerpt_census census = {0};
    for (size_t i = 0; i < excerpt->count; i++) {
        const struct cw_excerpt_line *line = &excerpt->lines[i];
        if (line->log != log)
            continue;
        census.lines++;
        if (line->altered && census.altered++ == 0)
            census.first_altered = line->line;
    }
    return census;
}

struct cw_str cw_excerpt_head(const struct cw_excerpt *excerpt, enum cw_log_kind log)
{
    for (size_t i = 0; i < excerpt->count; i++) {
        if (excerpt->lines[i].log == log)
            return excerpt->lines[i].text;
    }
    return CW_STR_NONE;
}

static int feed_line(const struct cw_excerpt_line *line, const struct cw_hits *hits,
                     struct cw_parser *parser, struct cw_error *error)
{
    uint32_t start[] = {0, (uint32_t)line->text.len};
    struct cw_block block = {
        .data = line->text.ptr,
        .len = line->text.len,
        .start = start,
        .line_count = 1,
        .hits = hits->items,
        .hit_count = hits->count,
        .first_line = line->line,
        .offset = line->begin,
        .newline = '\n',
    };
    return cw_parser_feed(parser, &block, error);
}

int cw_excerpt_feed(const struct cw_excerpt *excerpt, enum cw_log_kind log,
                    const struct cw_filter *filter, struct cw_parser *parser,
                    struct cw_error *error)
{
    struct cw_hits hits = {0};
    int status = CW_OK;
    for (size_t i = 0; i < excerpt->count && status == CW_OK; i++) {
        const struct cw_excerpt_line *line = &excerpt->lines[i];
        if (line->log != log)
            continue;
        hits.count = 0;
        if (filter && cw_filter_scan(filter, line->text, &hits) < 0)
            status = cw_fail_nomem(error);
        if (status == CW_OK)
            status = feed_line(line, &hits, parser, error);
    }
    cw_hits_done(&hits);
    return status < 0 ? status : cw_parser_finish(parser, error);
}

/* The last of the log's lines that begins at `number` or before. */
static const struct cw_excerpt_line *line_at(const struct cw_excerpt *excerpt, enum cw_log_kind log,
                                             uint64_t number)
{
    size_t low = 0;
    size_t high = excerpt->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (excerpt->lines[middle].line <= number)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0 && excerpt->lines[low - 1].log != log)
        low--;
    return low > 0 ? &excerpt->lines[low - 1] : NULL;
}

void cw_excerpt_place(const struct cw_excerpt *excerpt, struct cw_event *event)
{
    const struct cw_excerpt_line *last = line_at(excerpt, event->log, event->last_line);
    bool is_end = event->kind == CW_EVENT_SECTION_END;
    const struct cw_excerpt_line *quoted =
        is_end ? last : line_at(excerpt, event->log, event->line);
    if (!last || !quoted)
        return;
    event->last_line = last->last_line;
    if (quoted->altered)
        event->quote =
            (struct cw_str){excerpt->bytes.ptr + quoted->begin, quoted->end - quoted->begin};
}
