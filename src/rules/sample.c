#include "rules/sample.h"

#include "base/buf.h"
#include "base/limits.h"
#include "logs/format.h"
#include "logs/usual_lines.h"

struct run {
    struct cw_matcher *matcher;
    const struct cw_signal *signal;
    uint64_t last_line;
    enum cw_sample_result result;
};

static int take_event(void *context, const struct cw_event *event, struct cw_error *error)
{
    struct run *run = context;
    struct cw_match match;
    if (run->last_line < event->line || run->last_line > event->last_line)
        return CW_OK;
    int found = cw_matcher_test(run->matcher, run->signal, event, &match, error);
    if (found < 0)
        return found;
    bool usual = cw_usual_line(event->log, event->text, event->code) != NULL;
    run->result = !found  ? CW_SAMPLE_NOT_MATCHED
                  : usual ? CW_SAMPLE_MATCHED_USUAL
                          : CW_SAMPLE_MATCHED;
    return CW_OK;
}

/* `log` is a whole small log. */
static int parse(const struct cw_format *format, struct cw_str log, struct cw_event_sink sink,
                 struct cw_error *error)
{
    struct cw_source *source = NULL;
    struct cw_line_reader *reader = NULL;
    struct cw_parser parser = {0};
    int status = cw_source_memory("sample", log, 0, &source, error);
    if (status >= 0)
        status = cw_line_reader_new(source, NULL, &reader, error);
    if (status >= 0)
        status = cw_parser_init(&parser, format, sink, true, log, error);
    if (status >= 0)
        status = cw_parser_feed_all(&parser, reader, 0, error);
    if (status >= 0)
        status = cw_parser_finish(&parser, error);
    cw_parser_done(&parser);
    cw_line_reader_free(reader);
    cw_source_close(source);
    return status;
}

int cw_sample_run(struct cw_matcher *matcher, const struct cw_signal *signal,
                  const struct cw_sample *sample, enum cw_sample_result *ret_result,
                  struct cw_error *error)
{
    struct run run = {matcher, signal, sample->lines.count, CW_SAMPLE_UNREAD};
    struct cw_buf log;
    cw_buf_init(&log, CW_LIMIT_RULE_FILE);
    for (size_t i = 0; i < sample->lines.count; i++) {
        (void)cw_buf_append(&log, sample->lines.items[i]);
        (void)cw_buf_char(&log, '\n');
    }
    int status = log.failed ? cw_fail_nomem(error)
                            : parse(cw_format_of(signal->log), cw_buf_str(&log),
                                    (struct cw_event_sink){take_event, &run}, error);
    cw_buf_done(&log);
    if (status >= 0)
        *ret_result = run.result;
    return status;
}

const char *cw_sample_complaint(enum cw_sample_result result, bool should_match)
{
    if (result == CW_SAMPLE_UNREAD)
        return "the sample is not in the form of its log";
    if (should_match && result == CW_SAMPLE_NOT_MATCHED)
        return "the signal does not match this sample";
    if (!should_match && result != CW_SAMPLE_NOT_MATCHED)
        return "the signal matches this sample, and must not";
    return NULL;
}

struct test {
    struct cw_matcher *matcher;
    struct cw_test_results *results;
};

/* `number` counts the samples of the signal, from 1. */
static int note_result(const struct test *test, const struct cw_signal *signal,
                       const struct cw_sample *sample, size_t number, const char *complaint,
                       struct cw_error *error)
{
    struct cw_buf name;
    struct cw_buf line;
    cw_buf_init(&name, CW_LIMIT_RULE_FILE);
    cw_buf_init(&line, CW_LIMIT_RULE_FILE);
    (void)cw_buf_printf(&name, "%.*s sample %zu", CW_STR_ARG(signal->id), number);
    if (complaint)
        (void)cw_buf_printf(&line, "%.*s:%u:%u: %.*s: %s", CW_STR_ARG(sample->place.file),
                            sample->place.line, sample->place.column, CW_STR_ARG(signal->id),
                            complaint);
    const struct cw_test_result result = {CW_STR("samples"), cw_buf_str(&name), cw_buf_str(&line)};
    bool done = !name.failed && !line.failed && cw_test_results_add(test->results, &result);
    cw_buf_done(&name);
    cw_buf_done(&line);
    return done ? CW_OK : cw_fail_nomem(error);
}

static int test_samples(const struct test *test, const struct cw_signal *signal, bool should_match,
                        struct cw_error *error)
{
    const struct cw_samples *samples = should_match ? &signal->match : &signal->miss;
    size_t before = should_match ? 0 : signal->match.count;
    for (size_t i = 0; i < samples->count; i++) {
        enum cw_sample_result result;
        struct cw_error why = {0};
        int status = cw_sample_run(test->matcher, signal, &samples->items[i], &result, &why);
        if (status == CW_ERR_NOMEM)
            return cw_fail_nomem(error);
        const char *complaint = status < 0 ? why.text : cw_sample_complaint(result, should_match);
        status = note_result(test, signal, &samples->items[i], before + i + 1, complaint, error);
        if (status < 0)
            return status;
    }
    return CW_OK;
}

int cw_rules_test_samples(const struct cw_rules *rules, struct cw_test_results *results,
                          struct cw_error *error)
{
    struct test test = {.results = results};
    int status = cw_matcher_new(rules, &test.matcher, error);
    for (size_t i = 0; status >= 0 && i < rules->signal_count; i++) {
        status = test_samples(&test, &rules->signals[i], true, error);
        if (status >= 0)
            status = test_samples(&test, &rules->signals[i], false, error);
    }
    cw_matcher_free(test.matcher);
    return status;
}
