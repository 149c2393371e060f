#include "diagnose/supply.h"

#include "base/limits.h"

enum { HEAD_SIZE = 64 * 1024 };

/* Takes the source up to its end, or until it is too large. */
static int take_whole(struct cw_supply *supply, struct cw_error *error)
{
    struct cw_block block;
    int more = 1;
    while (supply->taken.len <= CW_LIMIT_EXCERPT &&
           (more = cw_line_reader_next(supply->lines, &block, error)) > 0) {
        if (supply->taken.len == 0)
            supply->taken_offset = block.offset;
        if (!cw_buf_append(&supply->taken, (struct cw_str){block.data, block.len}))
            return cw_fail_nomem(error);
    }
    supply->head = cw_str_head(cw_buf_str(&supply->taken), HEAD_SIZE);
    supply->failed = more < 0 ? more : CW_OK;
    return more == CW_ERR_NOMEM ? more : CW_OK;
}

int cw_supply_init(struct cw_supply *supply, struct cw_line_reader *lines, struct cw_str head,
                   bool at_start, struct cw_error *error)
{
    *supply = (struct cw_supply){.lines = lines, .head = head};
    cw_buf_init(&supply->taken, CW_LIMIT_EXCERPT + 2 * CW_LIMIT_BLOCK);
    int suspected = at_start ? cw_excerpt_suspected(head, head.len < HEAD_SIZE) : 0;
    if (suspected < 0)
        return cw_fail_nomem(error);
    if (!suspected)
        return CW_OK;
    int status = take_whole(supply, error);
    if (status < 0 || supply->taken.len > CW_LIMIT_EXCERPT)
        return status;
    status = cw_excerpt_read(cw_buf_str(&supply->taken), &supply->excerpt);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    supply->is_excerpt = status == CW_OK && supply->excerpt.count > 0;
    return CW_OK;
}

void cw_supply_done(struct cw_supply *supply)
{
    cw_excerpt_done(&supply->excerpt);
    cw_buf_done(&supply->taken);
    *supply = (struct cw_supply){0};
}

/* What was taken in vain. */
static int feed_taken(struct cw_supply *supply, const struct cw_filter *filter,
                      struct cw_parser *parser, struct cw_error *error)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *lines = NULL;
    int status = cw_source_memory("", cw_buf_str(&supply->taken), 0, &source, error);
    if (status == CW_OK)
        status = cw_line_reader_new(source, filter, &lines, error);
    if (status == CW_OK)
        status = cw_parser_feed_all(parser, lines, supply->taken_offset, error);
    cw_line_reader_free(lines);
    cw_source_close(source);
    return status;
}

int cw_supply_feed(struct cw_supply *supply, enum cw_log_kind log, const struct cw_filter *filter,
                   struct cw_parser *parser, struct cw_error *error)
{
    if (supply->is_excerpt)
        return cw_excerpt_feed(&supply->excerpt, log, filter, parser, error);
    cw_line_reader_filter(supply->lines, filter);
    int status = CW_OK;
    if (supply->taken.len)
        status = feed_taken(supply, filter, parser, error);
    if (status == CW_OK)
        status = cw_parser_feed_all(parser, supply->lines, 0, error);
    if (status == CW_OK)
        status = supply->failed;
    return status < 0 ? status : cw_parser_finish(parser, error);
}

struct cw_event cw_supply_place(const struct cw_supply *supply, const struct cw_event *event)
{
    struct cw_event placed = *event;
    if (supply->is_excerpt)
        cw_excerpt_place(&supply->excerpt, &placed);
    return placed;
}
