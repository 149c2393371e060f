#include "support/test.h"

#include "report/markdown.h"
#include "report/markdown_report.h"
#include "support/capture.h"
#include "support/sample_report.h"

/* What `write` makes of `text` as a block of its own, without the line end. */
static void assert_block(void (*write)(struct cw_markdown *md, struct cw_str text),
                         struct cw_str text, const char *expected)
{
    struct capture capture;
    struct cw_output output = capture_begin(&capture);
    struct cw_markdown md;
    cw_md_begin(&md, NULL, &output);
    write(&md, text);
    cw_md_close(&md);
    assert_int_equal(cw_md_end(&md), CW_OK);
    assert_str(cw_str_trim_end(cw_buf_str(&capture.buf)), expected);
    cw_buf_done(&capture.buf);
}

static void running_text_is_never_syntax(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"plain words, (in brackets): 3 - 4 + 5!", "plain words, (in brackets): 3 - 4 + 5!"},
        {"ERROR_ACCESS_DENIED and _this_", "ERROR_ACCESS_DENIED and \\_this\\_"},
        {"# heading", "\\# heading"},
        {"- item", "\\- item"},
        {"12. item", "12\\. item"},
        {"12 items.", "12 items."},
        {"1) item", "1\\) item"},
        {"> quote", "\\> quote"},
        {"=====", "\\====="},
        {"a\n# b", "a # b"},
        {"[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"},
        {"![x](http://a)", "!\\[x\\](http`://`a)"},
        {"see https://a.b and www.a.b", "see https`://`a.b and `www.`a.b"},
        {"<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"},
        {"&lt; **bold** `code` ~~gone~~", "\\&lt; \\*\\*bold\\*\\* \\`code\\` \\~\\~gone\\~\\~"},
        {"a | b", "a \\| b"},
        {"C:\\Windows", "C:\\\\Windows"},
        {"@someone, a@b.c and #12", "`@`someone, a`@`b.c and `#`12"},
        {"$x$", "\\$x\\$"},
        {"\x1b[2J \xE2\x80\xAE \xFF", "\\\\x1b\\[2J \\\\u202e \xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_block(cw_md_text, cw_str_c(cases[i].text), cases[i].expected);
}

static void code_ends_where_it_is_meant_to(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"plain", "`plain`"},
        {"a`b``c", "```a`b``c```"},
        {"`", "`` ` ``"},
        {"two\nlines", "`two lines`"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_block(cw_md_code, cw_str_c(cases[i].text), cases[i].expected);
    assert_block(cw_md_fence, CW_STR("a\n```\n````js\nb"), "`````text\na\n```\n````js\nb\n`````");
    assert_block(cw_md_fence_in_item, CW_STR("a\n\n```\nb\n"),
                 "    ````text\n    a\n    \n    ```\n    b\n    ````");
    assert_block(cw_md_fence, CW_STR("</details>\x1b"), "```text\n</details>\\x1b\n```");
}

static size_t characters(struct cw_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static void render(const struct cw_report *report, struct capture *ret_capture)
{
    struct cw_output output = capture_begin(ret_capture);
    assert_int_equal(cw_report_markdown(report, NULL, &output, NULL), CW_OK);
}

static void a_long_report_stays_below_the_limit_and_says_so(void **state)
{
    static char talk[2048];
    static struct cw_chain_item chain[64];
    struct sample *sample = *state;
    struct capture capture;
    memset(talk, '`', sizeof(talk));
    for (size_t i = 0; i < sizeof(chain) / sizeof(chain[0]); i++)
        chain[i] = (struct cw_chain_item){
            .time = CW_TIME_NONE, .line = i + 1, .last_line = i + 1, .text = {talk, sizeof(talk)}};
    sample->findings[0].chain = chain;
    sample->findings[0].chain_count = sizeof(chain) / sizeof(chain[0]);
    render(&sample->report, &capture);
    struct cw_str text = cw_buf_str(&capture.buf);
    assert_in_range(characters(text), CW_MARKDOWN_MOST / 2, CW_MARKDOWN_MOST);
    assert_true(cw_str_find(text, CW_STR(" parts are left out here")) != SIZE_MAX);
    assert_true(cw_str_find(text, CW_STR("## What to do")) != SIZE_MAX);
    cw_buf_done(&capture.buf);
}

static void the_parts_come_in_the_order_of_a_ticket(void **state)
{
    static const char *const parts[] = {
        "# KB4990017 was rolled back: ",
        "\n## Root cause\n",
        "\n## Evidence\n",
        "```text\nFailed to set Image Path. Error = 0x00000005\n```",
        "\n## Effect\n",
        "\n## What to do\n",
        "\n## What the logs can not decide\n",
        "\n## Coverage\n",
        "- `logs/notes.docx`: not a log\n"};
    struct sample *sample = *state;
    struct capture capture;
    render(&sample->report, &capture);
    struct cw_str rest = cw_buf_str(&capture.buf);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        size_t at = cw_str_find(rest, cw_str_c(parts[i]));
        if (at == SIZE_MAX)
            fail_msg("absent or too early: %s\nfrom %s", parts[i], capture.buf.data);
        rest = cw_str_from(rest, at);
    }
    cw_buf_done(&capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(running_text_is_never_syntax),
        cmocka_unit_test(code_ends_where_it_is_meant_to),
        cmocka_unit_test_setup_teardown(a_long_report_stays_below_the_limit_and_says_so,
                                        sample_set_up, sample_tear_down),
        cmocka_unit_test_setup_teardown(the_parts_come_in_the_order_of_a_ticket, sample_set_up,
                                        sample_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
