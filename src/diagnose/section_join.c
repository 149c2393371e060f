#include "diagnose/section_join.h"

#include <stdlib.h>

#include "diagnose/again.h"
#include "diagnose/remarks.h"

enum {
    /* Logs that one section goes through: each holds some megabytes. */
    LOGS_MOST = 4
};

/* A section that is put together. */
struct cut {
    struct cw_case *c;
    struct cw_log_piece pieces[LOGS_MOST];
    char *bytes[LOGS_MOST];
    size_t count;
    size_t sources[LOGS_MOST];
    uint64_t ends[LOGS_MOST]; /* the line of that log in front of which its piece ends */
};

/* `size` bytes, or what there is of them. */
static int take_bytes(struct cut *cut, const struct cw_case_source *log, uint64_t offset,
                      uint64_t size, struct cw_str *ret_text)
{
    size_t used = 0;
    size_t most = size < CW_LIMIT_WINDOW ? (size_t)size : CW_LIMIT_WINDOW;
    char *bytes = malloc(most + 1);
    if (!bytes)
        return CW_ERR_NOMEM;
    cut->bytes[cut->count] = bytes;
    int status = cw_read_again(log, offset, bytes, most, &used);
    *ret_text = (struct cw_str){bytes, used};
    return status;
}

static bool is_title(struct cw_str line)
{
    return cw_str_starts(line, CW_STR(">>>")) &&
           cw_str_starts(cw_str_trim(cw_str_from(line, 3)), CW_STR("["));
}

static bool is_bracket(struct cw_str line)
{
    return cw_str_starts(line, CW_STR("["));
}

/* The lines between the file header, if the log begins with one, and the first boot or section that
 * it begins itself. *ret_line is the number of the first of them, *ret_end that of the line behind
 * the last; *ret_whole: nothing follows them. */
static struct cw_str leading_lines(struct cw_str text, uint64_t *ret_line, uint64_t *ret_end,
                                   bool *ret_whole)
{
    bool has_header = is_bracket(cw_str_trim(text));
    size_t begin = 0;
    size_t at = 0;
    uint64_t line = 1;
    *ret_line = 1;
    for (; at < text.len; line++) {
        struct cw_str rest = cw_str_from(text, at);
        size_t end = cw_str_find_char(rest, '\n');
        if (is_title(rest) || (is_bracket(rest) && !has_header))
            break;
        at = end == SIZE_MAX ? text.len : at + end + 1;
        if (is_bracket(rest)) {
            begin = at;
            *ret_line = line + 1;
        }
    }
    *ret_end = line;
    *ret_whole = at == text.len;
    return cw_str_head(cw_str_from(text, begin), at - begin);
}

/* The rest of the section in the log `index`, whose lines count from `before` on. */
static int add_rest(struct cut *cut, size_t index, uint64_t before, bool *ret_goes_on)
{
    const struct cw_case_source *log = &cut->c->sources[index];
    struct cw_str text = CW_STR_NONE;
    uint64_t line = 1;
    uint64_t end = 1;
    *ret_goes_on = false;
    int status = take_bytes(cut, log, 0, log->bytes, &text);
    bool complete = status == CW_OK && (text.len == log->bytes || text.len == CW_LIMIT_WINDOW);
    struct cw_str rest = complete ? leading_lines(text, &line, &end, ret_goes_on) : CW_STR_NONE;
    *ret_goes_on &= text.len == log->bytes;
    if (cw_str_trim(rest).len == 0) {
        free(cut->bytes[cut->count]);
        cut->bytes[cut->count] = NULL;
        *ret_goes_on = false;
        return status;
    }
    cut->pieces[cut->count] = (struct cw_log_piece){.text = rest, .first_line = before + line};
    cut->sources[cut->count] = index;
    cut->ends[cut->count++] = end;
    return CW_OK;
}

static int gather(struct cut *cut, size_t first)
{
    const struct cw_case_source *log = &cut->c->sources[first];
    const struct cw_log_stats *stats = &log->stats;
    struct cw_str text = CW_STR_NONE;
    uint64_t before = stats->lines;
    uint64_t size = log->bytes - stats->open_offset;
    int status = take_bytes(cut, log, stats->open_offset, size, &text);
    if (status < 0 || text.len != size)
        return status;
    cut->pieces[0] = (struct cw_log_piece){text, stats->open_line, stats->open_offset};
    cut->sources[0] = first;
    cut->count = 1;
    size_t next = log->next;
    for (bool goes_on = true; goes_on && next != CW_SOURCE_NONE && cut->count < LOGS_MOST;) {
        status = add_rest(cut, next, before, &goes_on);
        if (status < 0)
            return status;
        before += cut->c->sources[next].stats.lines;
        next = cut->c->sources[next].next;
    }
    return CW_OK;
}

static bool is_part(const struct cut *cut, const struct cw_section *section)
{
    if (section->source == cut->sources[0])
        return section->first_line >= cut->pieces[0].first_line;
    for (size_t i = 1; i < cut->count; i++) {
        if (section->source == cut->sources[i])
            return section->first_line < cut->ends[i];
    }
    return false;
}

static void drop_parts(const struct cut *cut)
{
    struct cw_case *c = cut->c;
    for (size_t i = c->section_count; i-- > 0;) {
        if (is_part(cut, c->sections[i]))
            cw_case_drop_section(c, i);
    }
}

/* The log ends in a section no more; the section counts as closed if the other parts close it. */
static void settle(const struct cut *cut, size_t sections, const struct cw_log_stats *joined)
{
    struct cw_case *c = cut->c;
    struct cw_log_stats *stats = &c->sources[cut->sources[0]].stats;
    bool open = false;
    for (size_t i = sections; i < c->section_count; i++) {
        struct cw_section *section = c->sections[i];
        open |= !section->complete;
        if (section->boot == CW_TIME_NONE)
            section->boot = stats->boot;
    }
    stats->ends_in_section = open;
    if (stats->ends_unclosed && !joined->ends_unclosed) {
        stats->ends_unclosed = false;
        stats->unclosed_sections--;
        cw_remark_section_closed(c, cut->sources[0]);
    }
}

static int join_section(struct cw_reading *reading, struct cw_case *c, size_t source)
{
    struct cut cut = {.c = c};
    struct cw_error error = {0};
    int status = gather(&cut, source);
    if (status == CW_OK && cut.count > 1) {
        drop_parts(&cut);
        size_t sections = c->section_count;
        struct cw_log_stats joined = {0};
        status = cw_reading_pieces(reading, source, cut.pieces, cut.count, &joined, &error);
        if (status == CW_OK)
            settle(&cut, sections, &joined);
    }
    for (size_t i = 0; i < LOGS_MOST; i++)
        free(cut.bytes[i]);
    return status;
}

int cw_sections_join(struct cw_reading *reading, struct cw_case *c)
{
    int status = CW_OK;
    for (size_t i = 0; i < c->source_count && status == CW_OK; i++) {
        const struct cw_case_source *log = &c->sources[i];
        if (log->log == CW_LOG_SETUPAPI && log->next != CW_SOURCE_NONE &&
            log->stats.ends_in_section && log->stats.open_line > 0)
            status = join_section(reading, c, i);
    }
    return status;
}
