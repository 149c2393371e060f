#include "support/test.h"

#include <stdio.h>

#include "report/html.h"
#include "report/html_report.h"
#include "support/capture.h"
#include "support/sample_report.h"

static void render(const struct cw_report *report, struct capture *ret_capture)
{
    struct cw_output output = capture_begin(ret_capture);
    assert_int_equal(cw_report_html(report, NULL, &output, NULL), CW_OK);
}

static void text_is_never_markup(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"plain", "<b>plain</b>"},
        {"<script>\"&'", "<b>&lt;script&gt;&quot;&amp;'</b>"},
        {"\x1b[2J\xE2\x80\xAE\xFF", "<b>\\x1b[2J\\u202e\xEF\xBF\xBD</b>"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct capture capture;
        struct cw_output output = capture_begin(&capture);
        struct cw_html html;
        cw_html_begin(&html, NULL, &output);
        cw_html_element(&html, "b", cw_str_c(cases[i].text));
        assert_int_equal(cw_html_end(&html), CW_OK);
        assert_str(cw_buf_str(&capture.buf), cases[i].expected);
        cw_buf_done(&capture.buf);
    }
}

static size_t count(struct cw_str text, const char *what)
{
    size_t found = 0;
    for (size_t at; (at = cw_str_find(text, cw_str_c(what))) != SIZE_MAX; found++)
        text = cw_str_from(text, at + 1);
    return found;
}

/* Elements that are opened are closed. */
static void assert_balanced(struct cw_str page)
{
    static const char *const names[] = {"section", "div",     "dl", "ol",    "li",  "details",
                                        "summary", "article", "p",  "table", "svg", "g"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char open[32];
        char open_more[32];
        char close[32];
        (void)snprintf(open, sizeof(open), "<%s>", names[i]);
        (void)snprintf(open_more, sizeof(open_more), "<%s ", names[i]);
        (void)snprintf(close, sizeof(close), "</%s>", names[i]);
        if (count(page, open) + count(page, open_more) != count(page, close))
            fail_msg("<%s> is not closed as often as it is opened", names[i]);
    }
}

static void give_story(struct sample *sample)
{
    static struct cw_span spans[] = {
        {CW_LANE_SERVICING, CW_SPAN_SESSION, 0, 1000, false, {"s<1>", 4}, 1, 5},
        {CW_LANE_SERVICING, CW_SPAN_STARTUP, 90000000, 90002000, true, {NULL, 0}, 1, 0},
        {CW_LANE_DRIVER, CW_SPAN_OPERATION, 90001000, 90001000, true, {"a.inf", 5}, 1, 9},
        {CW_LANE_SETUP, CW_SPAN_SECTION, 90000500, 90001000, true, {"Install", 7}, 0, 2},
    };
    static struct cw_story_mark marks[] = {
        {CW_STORY_FAILURE, CW_LANE_SETUP, 90001000, 0, 3},
        {CW_STORY_ROLLBACK, CW_LANE_SERVICING, 90001000, 1, 10},
    };
    static struct cw_tree_node nodes[] = {
        {0, false, {"Outer", 5}, {"x.inf", 5}, 10, 20, 0x80070005},
        {1, false, {"Inner", 5}, {NULL, 0}, 11, 13, 0x80070005},
        {2, true, {"went wrong", 10}, {NULL, 0}, 12, 0, 0x80070005},
        {1, true, {"went wrong, too", 15}, {NULL, 0}, 14, 0, 0x80070005},
    };
    sample->findings[0].story = (struct cw_story){spans, 4, marks, 2};
    sample->findings[0].tree = (struct cw_section_tree){CW_STR("Install"), 0, 9, 21, nodes, 4};
}

static void a_page_has_everything_and_is_well_formed(void **state)
{
    static const char *const parts[] = {
        "<!DOCTYPE html>\n<html lang=\"en\">",
        "<p id=\"cause\" class=\"cause\">Writing to the key of service UsbGate was denied</p>",
        "<pre>Failed to set Image Path. Error = 0x00000005</pre>",
        ">session s&lt;1&gt;</text>",
        "⋯ 24 h 59 min",
        ">rollback</text>",
        "<details class=\"tree\" open><summary><span class=\"number\">9–21</span> <b>Install</b>",
        ("<p class=\"leaf\"><span class=\"number\">12</span> <code>went "
         "wrong</code></p>\n</details>"),
        "Rolling back \\x1b[2Jeverything \\u202e now",
        "<code>logs/notes.docx</code></td><td>not a log</td>",
    };
    struct sample *sample = *state;
    struct capture capture;
    give_story(sample);
    render(&sample->report, &capture);
    struct cw_str page = cw_buf_str(&capture.buf);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (count(page, parts[i]) == 0)
            fail_msg("absent: %s\nfrom: %s", parts[i], capture.buf.data);
    }
    assert_int_equal(count(page, "<script"), 0);
    assert_balanced(page);
    cw_buf_done(&capture.buf);
}

static void a_moment_alone_is_a_picture_too(void **state)
{
    static struct cw_span span = {CW_LANE_SETUP, CW_SPAN_SECTION, 5000, 5000,
                                  true,          {NULL, 0},       0,    0};
    struct sample *sample = *state;
    struct capture capture;
    sample->findings[0].story = (struct cw_story){&span, 1, NULL, 0};
    render(&sample->report, &capture);
    assert_int_equal(count(cw_buf_str(&capture.buf), "<svg "), 1);
    assert_balanced(cw_buf_str(&capture.buf));
    cw_buf_done(&capture.buf);
}

static void a_page_without_findings_is_a_page(void **state)
{
    const struct cw_report empty = {0};
    struct capture capture;
    (void)state;
    render(&empty, &capture);
    assert_balanced(cw_buf_str(&capture.buf));
    assert_int_equal(count(cw_buf_str(&capture.buf), "UNKNOWN"), 1);
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_never_markup),
        cmocka_unit_test_setup_teardown(a_page_has_everything_and_is_well_formed, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test_setup_teardown(a_moment_alone_is_a_picture_too, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test(a_page_without_findings_is_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
