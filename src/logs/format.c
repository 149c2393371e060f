#include "logs/format.h"

void cw_log_stats_stray(struct cw_log_stats *stats, uint64_t line, struct cw_str text)
{
    if (stats->unrecognized++ == 0)
        stats->first_unrecognized = line;
    cw_strays_add(&stats->strays, line, text);
}

/* Every format that can be read. */
static const struct cw_format *const formats[] = {
    &cw_format_cbs,      &cw_format_setupapi,    &cw_format_dism,
    &cw_format_checksur, &cw_format_events,      &cw_format_windows_update,
    &cw_format_poqexec,  &cw_format_setupapi_xp, &cw_format_setupact,
};

enum { BACKWARD_MS = 60 * 1000 };

void cw_log_stats_backward(struct cw_log_stats *stats, cw_time before, cw_time time, uint64_t line)
{
    if (before == CW_TIME_NONE || time == CW_TIME_NONE || time >= before - BACKWARD_MS)
        return;
    if (stats->backward_steps++ == 0)
        stats->first_backward = line;
}

const struct cw_format *cw_format_of(enum cw_log_kind log)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (formats[i]->log == log)
            return formats[i];
    }
    return NULL;
}

const struct cw_format *cw_format_recognise(struct cw_str head)
{
    const struct cw_format *best = NULL;
    int best_bid = 0;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        int bid = formats[i]->bid(head);
        if (bid > best_bid) {
            best_bid = bid;
            best = formats[i];
        }
    }
    return best;
}

int cw_parser_init(struct cw_parser *parser, const struct cw_format *format,
                   struct cw_event_sink sink, bool every_event, struct cw_str head,
                   struct cw_error *error)
{
    *parser = (struct cw_parser){.parsing = format->parsing};
    return format->parsing->open(format, sink, every_event, head, &parser->own, error);
}

void cw_parser_done(struct cw_parser *parser)
{
    if (parser->own)
        parser->parsing->close(parser->own);
    *parser = (struct cw_parser){0};
}

int cw_parser_feed(struct cw_parser *parser, const struct cw_block *block, struct cw_error *error)
{
    return parser->parsing->feed(parser->own, block, error);
}

int cw_parser_feed_all(struct cw_parser *parser, struct cw_line_reader *lines, uint64_t offset,
                       struct cw_error *error)
{
    struct cw_block block;
    int status;
    while ((status = cw_line_reader_next(lines, &block, error)) > 0) {
        block.offset += offset;
        status = cw_parser_feed(parser, &block, error);
        if (status < 0)
            return status;
    }
    return status;
}

int cw_parser_finish(struct cw_parser *parser, struct cw_error *error)
{
    return parser->parsing->finish(parser->own, error);
}

void cw_parser_stats(const struct cw_parser *parser, struct cw_log_stats *ret_stats)
{
    parser->parsing->stats(parser->own, ret_stats);
}
