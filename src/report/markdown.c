#include "report/markdown.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "report/text_layout.h"

enum {
    /* Kept free for the note at the end. */
    NOTE = 300,
    BLOCK_MOST = 16 * CW_LIMIT_RECORD
};

void cw_md_begin(struct cw_markdown *md, const struct cw_style *style,
                 const struct cw_output *output)
{
    *md = (struct cw_markdown){.output = output, .most = CW_MARKDOWN_MOST};
    md->language = style ? style->language : CW_LANGUAGE_EN;
    cw_buf_init(&md->out, BLOCK_MOST);
    cw_buf_init(&md->block, BLOCK_MOST);
    cw_buf_init(&md->draft, BLOCK_MOST);
    cw_buf_init(&md->clean, BLOCK_MOST);
}

struct cw_buf *cw_md_draft(struct cw_markdown *md)
{
    cw_buf_clear(&md->draft);
    return &md->draft;
}

void cw_md_syntax(struct cw_markdown *md, const char *syntax)
{
    cw_buf_append(&md->block, cw_str_c(syntax));
}

/* Without what must not reach a terminal either. */
static struct cw_str clean(struct cw_markdown *md, struct cw_str text, bool keep_line_ends)
{
    cw_buf_clear(&md->clean);
    cw_text_escape(&md->clean, text, keep_line_ends);
    md->block.failed |= md->clean.failed;
    return cw_buf_str(&md->clean);
}

/* True for what begins a heading, a list, a quote or an underline at the start of a line. */
static bool begins_block(struct cw_str text)
{
    size_t digits = 0;
    while (digits < text.len && cw_is_digit(text.ptr[digits]))
        digits++;
    if (digits)
        return digits < text.len && strchr(".)", text.ptr[digits]);
    return text.len && strchr("#+-=", text.ptr[0]);
}

static bool is_word(char c)
{
    return (cw_to_lower(c) >= 'a' && cw_to_lower(c) <= 'z') || cw_is_digit(c) || c == '_';
}

/* What may stand at `at` only with a backslash before it. An underscore inside a word is only
 * that. */
static bool needs_escape(struct cw_str text, size_t at)
{
    char c = text.ptr[at];
    if (c != '_')
        return strchr("\\`*[]<>|~&$", c) != NULL;
    return at == 0 || at + 1 == text.len || !is_word(text.ptr[at + 1]) ||
           !is_word(text.ptr[at - 1]);
}

/* Trackers look for mentions of persons and tickets, and some for addresses, in the rendered text,
 * but not in code. How much of the text is to be code. */
static size_t needs_code(struct cw_str rest)
{
    static const char *const addresses[] = {"://", "www."};
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        if (cw_str_starts_nocase(rest, cw_str_c(addresses[i])))
            return strlen(addresses[i]);
    }
    if (rest.len > 1 && strchr("#!", rest.ptr[0]))
        return cw_is_digit(rest.ptr[1]);
    return rest.ptr[0] == '@';
}

void cw_md_text(struct cw_markdown *md, struct cw_str text)
{
    text = cw_str_trim(clean(md, text, false));
    bool starts = begins_block(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool number = starts && cw_is_digit(text.ptr[0]);
        size_t code = needs_code(cw_str_from(text, i));
        if (code) {
            cw_buf_printf(&md->block, "`%.*s`", (int)code, text.ptr + i);
            i += code - 1;
            starts = false;
            continue;
        }
        bool marker = starts && (number ? !cw_is_digit(c) : i == 0);
        if (marker || needs_escape(text, i))
            cw_buf_char(&md->block, '\\');
        starts = starts && !marker;
        cw_buf_char(&md->block, c);
    }
}

/* The longest row of backticks. */
static size_t longest_row(struct cw_str text)
{
    size_t longest = 0;
    size_t row = 0;
    for (size_t i = 0; i < text.len; i++) {
        row = text.ptr[i] == '`' ? row + 1 : 0;
        longest = row > longest ? row : longest;
    }
    return longest;
}

static void put_ticks(struct cw_buf *buf, size_t count)
{
    while (count-- > 0)
        cw_buf_char(buf, '`');
}

void cw_md_code(struct cw_markdown *md, struct cw_str text)
{
    text = cw_str_trim(clean(md, text, false));
    size_t ticks = longest_row(text) + 1;
    bool padded = text.len && (text.ptr[0] == '`' || text.ptr[text.len - 1] == '`');
    if (text.len == 0)
        return;
    put_ticks(&md->block, ticks);
    cw_buf_append(&md->block, padded ? CW_STR(" ") : CW_STR(""));
    cw_buf_append(&md->block, text);
    cw_buf_append(&md->block, padded ? CW_STR(" ") : CW_STR(""));
    put_ticks(&md->block, ticks);
}

/* The first `most` bytes, without half a character at the end. */
static struct cw_str cut(struct cw_str text, size_t most)
{
    size_t end = most;
    if (text.len <= most)
        return text;
    while (end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end--;
    return cw_str_head(text, end);
}

/* The lines, each behind the indent. */
static void put_lines(struct cw_buf *buf, struct cw_str lines, const char *indent)
{
    while (lines.len > 0) {
        struct cw_str line = cw_str_head(lines, cw_str_find_char(lines, '\n'));
        lines = cw_str_from(lines, line.len + 1);
        cw_buf_printf(buf, "%s%.*s%s", indent, CW_STR_ARG(line), lines.len ? "\n" : "");
    }
}

static void put_fence(struct cw_markdown *md, struct cw_str lines, const char *indent)
{
    enum { LEAST = 3 };
    struct cw_str safe = clean(md, lines, true);
    struct cw_str shown = cut(safe, CW_MARKDOWN_QUOTE);
    size_t ticks = longest_row(shown) < LEAST ? LEAST : longest_row(shown) + 1;
    cw_buf_append(&md->block, cw_str_c(indent));
    put_ticks(&md->block, ticks);
    cw_buf_append(&md->block, CW_STR("text\n"));
    put_lines(&md->block, cw_str_trim_end(shown), indent);
    cw_buf_append(&md->block, shown.len < safe.len ? CW_STR("…\n") : CW_STR("\n"));
    cw_buf_append(&md->block, cw_str_c(indent));
    put_ticks(&md->block, ticks);
    cw_buf_char(&md->block, '\n');
}

void cw_md_fence(struct cw_markdown *md, struct cw_str lines)
{
    put_fence(md, lines, "");
}

void cw_md_fence_in_item(struct cw_markdown *md, struct cw_str lines)
{
    put_fence(md, lines, "    ");
}

void cw_md_say(struct cw_markdown *md, struct cw_phrase phrase)
{
    cw_say(&md->block, md->language, phrase);
}

static size_t count_characters(struct cw_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

void cw_md_close(struct cw_markdown *md)
{
    while (md->block.len && md->block.data[md->block.len - 1] == '\n')
        md->block.len--;
    cw_buf_append(&md->block, CW_STR("\n\n"));
    size_t characters = count_characters(cw_buf_str(&md->block));
    md->out.failed |= md->block.failed;
    if (md->used + characters + NOTE > md->most) {
        md->left_out++;
    } else {
        cw_buf_append(&md->out, cw_buf_str(&md->block));
        md->used += characters;
    }
    cw_buf_clear(&md->block);
}

void cw_md_heading(struct cw_markdown *md, struct cw_phrase title)
{
    cw_md_syntax(md, "## ");
    cw_md_say(md, title);
    cw_md_close(md);
}

static void note_left_out(struct cw_markdown *md)
{
    if (md->left_out == 0)
        return;
    cw_buf_append(&md->out, CW_STR("*"));
    cw_say_count(&md->out, md->language, md->left_out,
                 CW_SAY("%1 part is left out here to stay below 30,000 characters; the report as "
                        "HTML or JSON has everything."),
                 CW_SAY("%1 parts are left out here to stay below 30,000 characters; the report as "
                        "HTML or JSON has everything."));
    cw_buf_append(&md->out, CW_STR("*\n"));
}

int cw_md_end(struct cw_markdown *md)
{
    note_left_out(md);
    while (md->out.len > 1 && md->out.data[md->out.len - 2] == '\n')
        md->out.len--;
    bool failed = md->out.failed || md->block.failed || md->draft.failed;
    int status =
        failed ? CW_ERR_NOMEM : md->output->write(md->output->context, md->out.data, md->out.len);
    cw_buf_done(&md->out);
    cw_buf_done(&md->block);
    cw_buf_done(&md->draft);
    cw_buf_done(&md->clean);
    return status;
}
