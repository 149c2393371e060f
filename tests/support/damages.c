#include "support/damages.h"

enum { WIDTH = 72, TERMINAL = 80 };

static void put(struct cw_buf *out, const char *text)
{
    assert_true(cw_buf_append(out, cw_str_c(text)));
}

static void put_str(struct cw_buf *out, struct cw_str text)
{
    assert_true(cw_buf_append(out, text));
}

static void put_line(struct cw_buf *out, struct cw_str line)
{
    put_str(out, line);
    put(out, "\n");
}

/* The line with `from` replaced by `to` wherever it stands. */
static void put_replaced(struct cw_buf *out, struct cw_str line, const char *from, const char *to)
{
    for (size_t at; (at = cw_str_find(line, cw_str_c(from))) != SIZE_MAX;) {
        put_str(out, cw_str_head(line, at));
        put(out, to);
        line = cw_str_from(line, at + strlen(from));
    }
    put_line(out, line);
}

/* --- what stands around a line --------------------------------------------------------------- */

static void quoted(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "> ");
    put_line(out, line);
}

static void quoted_twice(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "> > ");
    put_line(out, line);
}

static void quoted_closely(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, ">>");
    put_line(out, line);
}

static void numbered(struct cw_buf *out, struct cw_str line, unsigned number)
{
    assert_true(cw_buf_printf(out, "%u. ", number));
    put_line(out, line);
}

static void listed(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "- ");
    put_line(out, line);
}

static void in_a_log_of_another_program(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "installer:debug [syslog] ");
    put_line(out, line);
}

static void found_by_line(struct cw_buf *out, struct cw_str line, unsigned number)
{
    assert_true(cw_buf_printf(out, "Line %u: ", number));
    put_line(out, line);
}

static void found_by_grep(struct cw_buf *out, struct cw_str line, unsigned number)
{
    assert_true(cw_buf_printf(out, "logs/some.log:%u:", number));
    put_line(out, line);
}

static void in_a_page(struct cw_buf *out, struct cw_str line, unsigned number)
{
    if (number == 1)
        put(out, "<html><body><pre class=\"code\">");
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '<' || c == '>' || c == '&')
            put(out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        else
            assert_true(cw_buf_char(out, c));
    }
    put(out, "\n");
}

static void with_breaks_of_a_page(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_str(out, line);
    put(out, "<br>");
}

static void coloured(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "\x1b[31m");
    put_str(out, line);
    put(out, "\x1b[0m\n");
}

static void with_hard_blanks(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, "  ", "\xC2\xA0 ");
}

static void escaped(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    for (size_t i = 0; i < line.len; i++) {
        if (memchr("[]<>_~#", line.ptr[i], 7))
            put(out, "\\");
        assert_true(cw_buf_char(out, line.ptr[i]));
    }
    put(out, "\n");
}

static void fenced(struct cw_buf *out, struct cw_str line, unsigned number)
{
    if (number == 1)
        put(out, "```text\n");
    put_line(out, line);
    if (cw_str_find(line, CW_STR("Startup: Processing complete")) != SIZE_MAX ||
        cw_str_find(line, CW_STR("[Exit status: FAILURE")) != SIZE_MAX)
        put(out, "```\n");
}

static void in_ticks(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "`");
    put_str(out, line);
    put(out, "`\n");
}

static void in_a_table(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "\"");
    put_str(out, line);
    put(out, "\"\n");
}

static void emphasised(struct cw_buf *out, struct cw_str line, unsigned number)
{
    bool bold = cw_str_find(line, CW_STR("0x00000005")) != SIZE_MAX ||
                cw_str_find(line, CW_STR("result 5")) != SIZE_MAX;
    (void)number;
    put(out, bold ? "**" : "");
    put_str(out, line);
    put(out, bold ? "**\n" : "\n");
}

static void with_zero_width_spaces(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, ": ", ":\xE2\x80\x8B ");
}

static void with_line_separators(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_str(out, line);
    put(out, "\xE2\x80\xA8\n");
}

/* --- blanks and line ends -------------------------------------------------------------------- */

static void squeezed(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    for (size_t i = 0; i < line.len; i++) {
        if (i == 0 || line.ptr[i] != ' ' || line.ptr[i - 1] != ' ')
            assert_true(cw_buf_char(out, line.ptr[i]));
    }
    put(out, "\n");
}

static void without_indentation(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_line(out, cw_str_trim(line));
}

static void indented(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put(out, "    ");
    put_line(out, line);
}

static void put_wrapped(struct cw_buf *out, struct cw_str line, const char *mark)
{
    while (line.len > WIDTH) {
        size_t at = cw_str_find_last_char(cw_str_head(line, WIDTH), ' ');
        if (at == SIZE_MAX || cw_str_trim(cw_str_head(line, at)).len == 0)
            at = cw_str_find_char(cw_str_from(line, WIDTH), ' ') == SIZE_MAX
                     ? SIZE_MAX
                     : WIDTH + cw_str_find_char(cw_str_from(line, WIDTH), ' ');
        if (at == SIZE_MAX)
            break;
        put(out, mark);
        put_line(out, cw_str_head(line, at));
        line = cw_str_from(line, at + 1);
    }
    put(out, mark);
    put_line(out, line);
}

static void wrapped(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_wrapped(out, line, "");
}

static void wrapped_and_quoted(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_wrapped(out, line, "> ");
}

/* A terminal is as wide as it is. */
static void cut_by_a_terminal(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    for (; line.len > TERMINAL; line = cw_str_from(line, TERMINAL))
        put_line(out, cw_str_head(line, TERMINAL));
    put_line(out, line);
}

static void with_empty_lines(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_line(out, line);
    put(out, "\n");
}

/* Where CBS.log has its columns, and SetupAPI its category. */
static void torn(struct cw_buf *out, struct cw_str line, unsigned number)
{
    size_t column = cw_str_find(line, CW_STR("  CBS "));
    size_t category = cw_str_find(line, CW_STR("sto:"));
    size_t at = column != SIZE_MAX ? column : category != SIZE_MAX ? category + 4 : SIZE_MAX;
    (void)number;
    if (at == SIZE_MAX) {
        put_line(out, line);
        return;
    }
    put_line(out, cw_str_trim(cw_str_head(line, at)));
    put(out, "            ");
    put_line(out, cw_str_from(line, at));
}

static void with_marks_alone(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    if (!cw_str_starts(line, CW_STR("!!!  "))) {
        put_line(out, line);
        return;
    }
    put(out, "!!!\n");
    put_line(out, cw_str_from(line, 5));
}

static void elided(struct cw_buf *out, struct cw_str line, unsigned number)
{
    if (number < 4 || number > 7)
        put_line(out, line);
    else if (number == 4)
        put(out, "\xE2\x80\xA6\n");
}

static void elided_often(struct cw_buf *out, struct cw_str line, unsigned number)
{
    put_line(out, line);
    if (number % 7 == 0)
        put(out, "\xE2\x80\xA6\n");
}

/* --- misread --------------------------------------------------------------------------------- */

static void misread_name(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, "Doqe:", "Doge");
}

static void misread_comma(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, ", Info ", ". Info ");
}

static void misread_code(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, "0x00000005", "0x000000005");
}

static void misread_fraction(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, "29.341", "29./41");
}

static void missed_colon(struct cw_buf *out, struct cw_str line, unsigned number)
{
    (void)number;
    put_replaced(out, line, "!!!  sto:", "!!!  sto");
}

const struct damage damages[] = {
    {"quoted", quoted},
    {"quoted twice", quoted_twice},
    {"quoted closely", quoted_closely},
    {"numbered", numbered},
    {"listed", listed},
    {"in a log of another program", in_a_log_of_another_program},
    {"found by line", found_by_line},
    {"found by grep", found_by_grep},
    {"in a page", in_a_page},
    {"with breaks of a page", with_breaks_of_a_page},
    {"coloured", coloured},
    {"with hard blanks", with_hard_blanks},
    {"escaped", escaped},
    {"fenced", fenced},
    {"in ticks", in_ticks},
    {"in a table", in_a_table},
    {"emphasised", emphasised},
    {"with zero width spaces", with_zero_width_spaces},
    {"with line separators", with_line_separators},
    {"squeezed", squeezed},
    {"without indentation", without_indentation},
    {"indented", indented},
    {"wrapped", wrapped},
    {"wrapped and quoted", wrapped_and_quoted},
    {"cut by a terminal", cut_by_a_terminal},
    {"with empty lines", with_empty_lines},
    {"torn", torn},
    {"with marks alone", with_marks_alone},
    {"elided", elided},
    {"elided often", elided_often},
    {"misread name", misread_name},
    {"misread comma", misread_comma},
    {"misread code", misread_code},
    {"misread fraction", misread_fraction},
    {"missed colon", missed_colon},
};

const size_t damage_count = sizeof(damages) / sizeof(damages[0]);

void damage_log(const struct damage *damage, struct cw_str log, struct cw_buf *out)
{
    for (unsigned number = 1; log.len > 0; number++) {
        size_t end = cw_str_find_char(log, '\n');
        damage->apply(out, cw_str_head(log, end), number);
        log = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(log, end + 1);
    }
}
