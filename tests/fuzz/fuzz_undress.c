/* Any bytes as a damaged excerpt: taken apart, put together again, and read by both parsers. */
#include "fuzz/fuzzing.h"
#include "input/undress.h"
#include "logs/excerpt.h"

static int check_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    const struct cw_excerpt *excerpt = context;
    struct cw_event placed = *event;
    (void)error;
    cw_excerpt_place(excerpt, &placed);
    demand(placed.line > 0 && placed.last_line >= placed.line);
    demand(placed.last_line <= excerpt->source_lines);
    /* What is quoted stands in the source. */
    demand(placed.quote.len <= excerpt->bytes.len);
    demand(placed.quote.len == 0 ||
           (placed.quote.ptr >= excerpt->bytes.ptr &&
            placed.quote.ptr + placed.quote.len <= excerpt->bytes.ptr + excerpt->bytes.len));
    return 0;
}

static void check_lines(const struct cw_excerpt *excerpt)
{
    uint64_t before = 0;
    for (size_t i = 0; i < excerpt->count; i++) {
        const struct cw_excerpt_line *line = &excerpt->lines[i];
        demand(line->line >= before && line->line > 0 && line->last_line >= line->line);
        demand(line->begin <= line->end && line->end <= excerpt->bytes.len);
        demand(cw_str_ends(line->text, CW_STR("\n")));
        before = line->line;
    }
}

static void parse(struct cw_excerpt *excerpt, const struct cw_format *format)
{
    struct cw_event_sink sink = {check_event, excerpt};
    struct cw_parser parser;
    struct cw_str head = cw_excerpt_head(excerpt, format->log);
    demand(cw_parser_init(&parser, format, sink, true, head, NULL) == 0);
    demand(cw_excerpt_feed(excerpt, format->log, NULL, &parser, NULL) == 0);
    cw_parser_done(&parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_excerpt excerpt;
    struct cw_str text = {(const char *)bytes, size};
    demand(cw_excerpt_suspected(text, true) >= 0);
    if (cw_excerpt_read(text, &excerpt) == 0) {
        check_lines(&excerpt);
        parse(&excerpt, &cw_format_cbs);
        parse(&excerpt, &cw_format_setupapi);
    }
    cw_excerpt_done(&excerpt);
    return 0;
}
