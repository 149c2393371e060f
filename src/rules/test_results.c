#include "rules/test_results.h"

#include "base/buf.h"
#include "base/xml.h"

enum { TEXT_MOST = 16 * 1024 * 1024 };

void cw_test_results_done(struct cw_test_results *results)
{
    cw_arena_done(&results->arena);
    *results = (struct cw_test_results){0};
}

bool cw_test_results_add(struct cw_test_results *results, const struct cw_test_result *result)
{
    struct cw_test_result copy = {0};
    void *items = results->items;
    if (!cw_arena_grow(&results->arena, &items, &results->cap, results->count, sizeof(copy),
                       SIZE_MAX / sizeof(copy)))
        return false;
    results->items = items;
    if (!cw_arena_str(&results->arena, result->suite, &copy.suite) ||
        !cw_arena_str(&results->arena, result->name, &copy.name) ||
        !cw_arena_str(&results->arena, result->complaint, &copy.complaint))
        return false;
    results->items[results->count++] = copy;
    results->failed += copy.complaint.len > 0;
    return true;
}

/* Writes and empties the text. */
static int flush(struct cw_buf *text, const struct cw_output *output)
{
    int status =
        text->failed ? CW_ERR_NOMEM : output->write(output->context, text->data, text->len);
    cw_buf_done(text);
    return status;
}

int cw_test_results_write(const struct cw_test_results *results, const struct cw_output *output)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    for (size_t i = 0; i < results->count; i++) {
        struct cw_str complaint = results->items[i].complaint;
        if (complaint.len)
            (void)cw_buf_printf(&text, "%.*s\n", CW_STR_ARG(complaint));
    }
    (void)cw_buf_printf(&text, "%zu passed, %zu failed\n", results->count - results->failed,
                        results->failed);
    return flush(&text, output);
}

static void put_result(struct cw_buf *text, const struct cw_test_result *result)
{
    (void)cw_buf_append(text, CW_STR("    <testcase classname=\"cbswhy."));
    (void)cw_xml_text(text, result->suite);
    (void)cw_buf_append(text, CW_STR("\" name=\""));
    (void)cw_xml_text(text, result->name);
    if (result->complaint.len == 0) {
        (void)cw_buf_append(text, CW_STR("\"/>\n"));
        return;
    }
    /* An attribute holds no line ends: several lines are the text of the element. */
    struct cw_str first = cw_str_head(result->complaint, cw_str_find_char(result->complaint, '\n'));
    (void)cw_buf_append(text, CW_STR("\">\n      <failure message=\""));
    (void)cw_xml_text(text, first);
    if (first.len < result->complaint.len) {
        (void)cw_buf_append(text, CW_STR("\">"));
        (void)cw_xml_text(text, result->complaint);
        (void)cw_buf_append(text, CW_STR("</failure>\n    </testcase>\n"));
    } else {
        (void)cw_buf_append(text, CW_STR("\"/>\n    </testcase>\n"));
    }
}

/* The results of the suite that the one at `first` begins; nothing when an earlier one began it. */
static void put_suite(struct cw_buf *text, const struct cw_test_results *results, size_t first)
{
    struct cw_str suite = results->items[first].suite;
    size_t count = 0;
    size_t failed = 0;
    for (size_t i = 0; i < results->count; i++) {
        bool same = cw_str_eq(results->items[i].suite, suite);
        if (same && i < first)
            return;
        count += same;
        failed += same && results->items[i].complaint.len > 0;
    }
    (void)cw_buf_append(text, CW_STR("  <testsuite name=\""));
    (void)cw_xml_text(text, suite);
    (void)cw_buf_printf(text, "\" tests=\"%zu\" failures=\"%zu\">\n", count, failed);
    for (size_t i = first; i < results->count; i++) {
        if (cw_str_eq(results->items[i].suite, suite))
            put_result(text, &results->items[i]);
    }
    (void)cw_buf_append(text, CW_STR("  </testsuite>\n"));
}

int cw_test_results_write_junit(const struct cw_test_results *results,
                                const struct cw_output *output)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    (void)cw_buf_printf(&text,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<testsuites name=\"cbswhy\" tests=\"%zu\" failures=\"%zu\">\n",
                        results->count, results->failed);
    for (size_t i = 0; i < results->count; i++) {
        if (i == 0 || !cw_str_eq(results->items[i].suite, results->items[i - 1].suite))
            put_suite(&text, results, i);
    }
    (void)cw_buf_append(&text, CW_STR("</testsuites>\n"));
    return flush(&text, output);
}
