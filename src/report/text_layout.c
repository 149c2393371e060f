#include "report/text_layout.h"

#include <inttypes.h>

#include "base/limits.h"
#include "base/utf8.h"

enum {
    FLUSH_AT = 32 * 1024,
    WIDTH_DEFAULT = 80,
    WIDTH_MIN = 20,
    WIDTH_MAX = 200,
    /* Below this a hanging indent would leave no room: labels stand above their text. */
    WIDTH_HANGING = 60,
    NARROW_HANG = 2,
    SHORT_HANG = 4, /* "1." and "-" may stay where they are */
    /* The longest escape of one byte is six: \u202e. */
    ESCAPE_GROWTH = 6
};

#define ELLIPSIS CW_STR("\xE2\x80\xA6")

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count && ranges[i].first <= point; i++) {
        if (point <= ranges[i].last)
            return true;
    }
    return false;
}

unsigned cw_point_columns(uint32_t point)
{
    /* Combining marks of the scripts that Windows logs and device names are written in. */
    static const struct range zero[] = {
        {0x0300, 0x036F},   {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
        {0x05C4, 0x05C5},   {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
        {0x06D6, 0x06DC},   {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0900, 0x0902},
        {0x093C, 0x093C},   {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
        {0x0E47, 0x0E4E},   {0x1160, 0x11FF}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200C, 0x200D},
        {0x20D0, 0x20F0},   {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
        {0xE0100, 0xE01EF},
    };
    /* East_Asian_Width W and F (Unicode, annex 11), neighbouring ranges joined. */
    static const struct range wide[] = {
        {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
        {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},
        {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CD5}, {0x1B000, 0x1B2FB},
        {0x1F300, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393},
        {0x1F3A0, 0x1F3CA}, {0x1F3E0, 0x1F3F0}, {0x1F400, 0x1F43E}, {0x1F440, 0x1F4FC},
        {0x1F500, 0x1F53D}, {0x1F550, 0x1F567}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
        {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F90C, 0x1F9FF}, {0x1FA70, 0x1FAFF},
        {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
    };
    if (point < zero[0].first)
        return 1;
    if (in_ranges(point, zero, sizeof(zero) / sizeof(zero[0])))
        return 0;
    return in_ranges(point, wide, sizeof(wide) / sizeof(wide[0])) ? 2 : 1;
}

size_t cw_columns(struct cw_str safe)
{
    size_t columns = 0;
    while (safe.len > 0) {
        uint32_t point;
        safe = cw_str_from(safe, cw_utf8_decode(safe, &point));
        columns += cw_point_columns(point);
    }
    return columns;
}

void cw_text_begin(struct cw_text *text, const struct cw_style *style,
                   const struct cw_output *output)
{
    int width = style && style->width > 0 ? style->width : WIDTH_DEFAULT;
    width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
    *text = (struct cw_text){.output = output, .width = (size_t)width};
    text->colour = style && style->colour;
    text->verbose = style && style->verbose;
    text->language = style ? style->language : CW_LANGUAGE_EN;
    /* No string of a report is larger than the arena it lives in. */
    const size_t most = (size_t)CW_LIMIT_CASE_BYTES * ESCAPE_GROWTH;
    cw_buf_init(&text->out, 2 * most);
    cw_buf_init(&text->draft, most);
    cw_buf_init(&text->clean, most);
}

static void flush(struct cw_text *text)
{
    if (text->out.failed && text->status == CW_OK)
        text->status = CW_ERR_NOMEM;
    if (text->status == CW_OK && text->out.len > 0)
        text->status = text->output->write(text->output->context, text->out.data, text->out.len);
    cw_buf_clear(&text->out);
}

int cw_text_end(struct cw_text *text)
{
    flush(text);
    cw_buf_done(&text->out);
    cw_buf_done(&text->draft);
    cw_buf_done(&text->clean);
    return text->status;
}

struct cw_buf *cw_text_draft(struct cw_text *text)
{
    if (text->draft.failed && text->status == CW_OK)
        text->status = CW_ERR_NOMEM;
    cw_buf_clear(&text->draft);
    return &text->draft;
}

static void put_blanks(struct cw_text *text, size_t count)
{
    while (count-- > 0)
        cw_buf_char(&text->out, ' ');
}

static void put_toned(struct cw_text *text, enum cw_tone tone, struct cw_str safe)
{
    static const char *const codes[] = {
        [CW_TONE_PLAIN] = "",   [CW_TONE_STRONG] = "1",  [CW_TONE_FAINT] = "2",
        [CW_TONE_BAD] = "1;31", [CW_TONE_GOOD] = "1;32", [CW_TONE_WARN] = "1;33",
    };
    bool coloured = text->colour && tone != CW_TONE_PLAIN && safe.len > 0;
    if (coloured)
        cw_buf_printf(&text->out, "\x1b[%sm", codes[tone]);
    cw_buf_append(&text->out, safe);
    if (coloured)
        cw_buf_append(&text->out, CW_STR("\x1b[0m"));
}

static void end_line(struct cw_text *text)
{
    /* An indent in front of nothing leaves no trace. */
    while (text->out.len > 0 && text->out.data[text->out.len - 1] == ' ')
        text->out.len--;
    cw_buf_char(&text->out, '\n');
    text->lines++;
    if (text->out.len >= FLUSH_AT)
        flush(text);
}

void cw_text_blank(struct cw_text *text)
{
    end_line(text);
}

void cw_text_verbatim(struct cw_text *text, size_t indent, struct cw_str body)
{
    put_blanks(text, indent);
    cw_text_escape(&text->out, body, false);
    end_line(text);
}

/* Where a line may end, while it is being filled. */
struct breaks {
    size_t blank; /* before a blank, or beside a wide character; 0 = none yet */
    size_t blank_columns;
    size_t weak; /* behind a separator inside a word; 0 = none yet */
};

/* Closing punctuation does not begin a line. */
static bool may_begin_line(uint32_t point)
{
    static const uint32_t closing[] = {0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F,
                                       0x3011, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A,
                                       0xFF1B, 0xFF1F, 0x2019, 0x201D};
    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++) {
        if (closing[i] == point)
            return false;
    }
    return true;
}

/* Nor does opening punctuation end one. */
static bool may_end_line(uint32_t point)
{
    static const uint32_t opening[] = {0x3008, 0x300A, 0x300C, 0x300E,
                                       0x3010, 0xFF08, 0x2018, 0x201C};
    for (size_t i = 0; i < sizeof(opening) / sizeof(opening[0]); i++) {
        if (opening[i] == point)
            return false;
    }
    return true;
}

/* Notes that the line may end at `at`, before `point`; `previous` stands in front of it. */
static void note_break(struct breaks *breaks, size_t at, size_t used, uint32_t previous,
                       uint32_t point)
{
    unsigned columns = cw_point_columns(point);
    bool wide = columns == 2 || (cw_point_columns(previous) == 2 && columns > 0);
    if (at == 0 || previous == ' ')
        return;
    if (point == ' ' || (wide && may_begin_line(point) && may_end_line(previous))) {
        breaks->blank = at;
        breaks->blank_columns = used;
    } else if (previous < 0x80 && previous && strchr("\\/,:;|~_&#", (int)previous)) {
        breaks->weak = at;
    }
}

/* How many bytes of `safe` make one line of at most `columns`; all of it when it fits. */
static size_t fill_line(struct cw_str safe, size_t columns)
{
    struct breaks breaks = {0};
    size_t at = 0;
    size_t used = 0;
    uint32_t previous = ' ';
    while (at < safe.len && safe.ptr[at] != '\n') {
        uint32_t point;
        size_t len = cw_utf8_decode(cw_str_from(safe, at), &point);
        note_break(&breaks, at, used, previous, point);
        used += cw_point_columns(point);
        if (used > columns && at > 0)
            break;
        at += len;
        previous = point;
    }
    if (at == safe.len || safe.ptr[at] == '\n')
        return at;
    /* A long word starts on the line it belongs to rather than leave that line mostly empty. */
    if (breaks.weak > breaks.blank && breaks.blank_columns < columns / 2)
        return breaks.weak;
    return breaks.blank ? breaks.blank : at;
}

/* The longest head of `safe` that takes at most `columns`. */
static struct cw_str head_columns(struct cw_str safe, size_t columns)
{
    size_t at = 0;
    size_t used = 0;
    while (at < safe.len) {
        uint32_t point;
        size_t len = cw_utf8_decode(cw_str_from(safe, at), &point);
        used += cw_point_columns(point);
        if (used > columns)
            break;
        at += len;
    }
    return cw_str_head(safe, at);
}

/* The longest tail of `safe` that takes at most `columns`. */
static struct cw_str tail_columns(struct cw_str safe, size_t columns)
{
    size_t used = cw_columns(safe);
    while (used > columns) {
        uint32_t point;
        safe = cw_str_from(safe, cw_utf8_decode(safe, &point));
        used -= cw_point_columns(point);
    }
    return safe;
}

/* Where the last clause of `head` ends, 0 = nowhere. A point inside a file's name ends none. */
static size_t clause_end(struct cw_str head)
{
    size_t end = 0;
    for (size_t at = 0; at + 1 < head.len; at++) {
        if (strchr(".:;?!", head.ptr[at]) && head.ptr[at + 1] == ' ')
            end = at;
    }
    return end;
}

/* True where a word ends in front of `at`: at a blank, or behind a character that is not ASCII, for
 * Chinese knows no blanks. */
static bool word_ends(struct cw_str body, size_t at)
{
    bool inside_character = (body.ptr[at] & 0xC0) == 0x80;
    return body.ptr[at] == ' ' || ((body.ptr[at - 1] & 0x80) && !inside_character);
}

/* Nobody reads half a word: `len` bytes of `body` become those up to a clause that ends in their
 * second half, else up to their last word. A single long word is cut where it is. */
static size_t whole_words(struct cw_str body, size_t len)
{
    size_t clause = clause_end(cw_str_head(body, len));
    if (clause > 0 && clause >= len / 2)
        return clause;
    for (size_t end = len; end > len / 2; end--) {
        if (word_ends(body, end))
            return end;
    }
    return len;
}

/* A few letters of a word say nothing in front of a gap; the beginning of a long name does. */
static size_t without_stump(struct cw_str body, size_t len)
{
    enum { STUMP = 8 };
    size_t blank = cw_str_find_last_char(cw_str_head(body, len), ' ');
    bool is_stump =
        blank != SIZE_MAX && len - blank <= STUMP && len < body.len && body.ptr[len] != ' ';
    return is_stump ? blank : len;
}

/* What the cut leaves of `safe`, which is longer, in `columns`; `in_the_middle`: more of it follows
 * behind a gap. */
static struct cw_str cut_head(const struct cw_paragraph *paragraph, struct cw_str safe,
                              size_t columns, bool in_the_middle)
{
    size_t len = head_columns(safe, columns).len;
    if (paragraph->prose)
        len = whole_words(safe, len);
    else if (in_the_middle)
        len = without_stump(safe, len);
    return cw_str_trim(cw_str_head(safe, len));
}

/* One line of `safe`, which is too long for it: cut at its end, or in front of `keep` when that
 * would fall off. */
static void put_cut(struct cw_text *text, const struct cw_paragraph *paragraph, struct cw_str safe,
                    size_t columns)
{
    size_t keep = paragraph->keep.len ? cw_str_find(safe, paragraph->keep) : SIZE_MAX;
    size_t keep_end = keep == SIZE_MAX ? 0 : keep + paragraph->keep.len;
    if (cw_columns(cw_str_head(safe, keep_end)) < columns) {
        put_toned(text, paragraph->tone, cut_head(paragraph, safe, columns - 1, false));
        put_toned(text, CW_TONE_FAINT, ELLIPSIS);
        return;
    }
    bool more = keep_end < safe.len;
    struct cw_str kept = cw_str_head(cw_str_from(safe, keep), paragraph->keep.len);
    kept = tail_columns(kept, columns - 1 - more);
    size_t left = columns - 1 - more - cw_columns(kept);
    put_toned(text, paragraph->tone, cut_head(paragraph, safe, left, true));
    put_toned(text, CW_TONE_FAINT, ELLIPSIS);
    put_toned(text, paragraph->tone, kept);
    if (more)
        put_toned(text, CW_TONE_FAINT, ELLIPSIS);
}

/* What is left behind a line of `len` bytes: its line end or the blanks at the break go with it. */
static struct cw_str behind_line(struct cw_str rest, size_t len)
{
    if (len < rest.len && rest.ptr[len] == '\n')
        return cw_str_from(rest, len + 1);
    while (len < rest.len && rest.ptr[len] == ' ')
        len++;
    return cw_str_from(rest, len);
}

/* Writes one line of `rest` and returns what remains. */
static struct cw_str put_line(struct cw_text *text, const struct cw_paragraph *paragraph,
                              struct cw_str rest, size_t columns)
{
    size_t len = fill_line(rest, columns);
    struct cw_str line = cw_str_head(rest, len);
    while (line.len > 0 && line.ptr[line.len - 1] == ' ')
        line.len--;
    put_toned(text, paragraph->tone, line);
    return behind_line(rest, len);
}

static size_t body_columns(const struct cw_text *text, size_t hang)
{
    return text->width > hang + 1 ? text->width - hang : 2;
}

static void put_body(struct cw_text *text, const struct cw_paragraph *paragraph, size_t hang,
                     struct cw_str rest)
{
    size_t columns = body_columns(text, hang);
    for (size_t line = 1;; line++) {
        if (line == paragraph->most && fill_line(rest, columns) < rest.len) {
            put_cut(text, paragraph, rest, columns);
            rest = CW_STR_NONE;
        } else {
            rest = put_line(text, paragraph, rest, columns);
        }
        end_line(text);
        if (rest.len == 0)
            return;
        put_blanks(text, hang);
    }
}

/* Indentation and label of the first line, up to where the body begins. */
static void put_label(struct cw_text *text, const struct cw_paragraph *paragraph, size_t hang)
{
    cw_buf_clear(&text->clean);
    cw_text_escape(&text->clean, paragraph->label, false);
    struct cw_str label = cw_buf_str(&text->clean);
    size_t used = paragraph->indent + cw_columns(label);
    put_blanks(text, paragraph->indent);
    put_toned(text, paragraph->label_tone, label);
    if (label.len > 0 && used >= hang) {
        end_line(text);
        used = 0;
    }
    put_blanks(text, hang > used ? hang - used : 0);
}

/* Where the body's lines begin on this terminal. */
static size_t hang_of(const struct cw_text *text, const struct cw_paragraph *paragraph)
{
    size_t hang = paragraph->hang > paragraph->indent ? paragraph->hang : paragraph->indent;
    bool narrow = text->width < WIDTH_HANGING && hang > paragraph->indent + SHORT_HANG;
    return narrow ? paragraph->indent + NARROW_HANG : hang;
}

/* The body, safe to print; good until the next paragraph. */
static struct cw_str clean_body(struct cw_text *text, const struct cw_paragraph *paragraph,
                                struct cw_str body)
{
    cw_buf_clear(&text->clean);
    cw_text_escape(&text->clean, body, paragraph->most == 0);
    if (text->clean.failed || text->draft.failed)
        text->status = text->status ? text->status : CW_ERR_NOMEM;
    return cw_buf_str(&text->clean);
}

void cw_text_paragraph(struct cw_text *text, const struct cw_paragraph *paragraph,
                       struct cw_str body)
{
    size_t hang = hang_of(text, paragraph);
    put_label(text, paragraph, hang);
    put_body(text, paragraph, hang, clean_body(text, paragraph, body));
}

size_t cw_text_measure(struct cw_text *text, const struct cw_paragraph *paragraph,
                       struct cw_str body)
{
    size_t columns = body_columns(text, hang_of(text, paragraph));
    struct cw_str rest = clean_body(text, paragraph, body);
    size_t lines = 0;
    do {
        rest = behind_line(rest, fill_line(rest, columns));
        lines++;
    } while (rest.len > 0);
    return lines;
}
