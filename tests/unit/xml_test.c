/* Text for XML: nothing of it is taken for markup, and a document can hold it. */
#include "support/test.h"

#include "base/xml.h"

static void what_means_something_is_escaped(void **state)
{
    static const struct {
        struct cw_str text;
        const char *escaped;
    } rows[] = {
        {{"plain", 5}, "plain"},
        {{"<a b=\"c\">&amp;</a>", 18}, "&lt;a b=&quot;c&quot;&gt;&amp;amp;&lt;/a&gt;"},
        {{"]]>", 3}, "]]&gt;"},
        {{"one\ttwo\nthree", 13}, "one\ttwo\nthree"},
        {{"a\0b\033[31m", 8},
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD[31m"},
        {{"\xC3\xA4\xE4\xB8\xAD", 5}, "\xC3\xA4\xE4\xB8\xAD"},
        {{"\xC3(", 2}, "\xEF\xBF\xBD("},
        {{"\xEF\xBF\xBE", 3}, "\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_buf out;
        cw_buf_init(&out, 1024);
        assert_true(cw_xml_text(&out, rows[i].text));
        assert_string_equal(out.data, rows[i].escaped);
        cw_buf_done(&out);
    }
}

static void references_are_read_as_what_they_stand_for(void **state)
{
    static const struct {
        const char *text, *plain;
    } rows[] = {
        {"plain", "plain"},
        {"&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;lt;", "<a b=\"c\" d='e'>&lt;"},
        {"&#65;&#x42;&#x4E2D;&#x1F600;&#10;", "AB\xE4\xB8\xAD\xF0\x9F\x98\x80\n"},
        {"a & b &nbsp; &; &#; &#x; &lt", "a & b &nbsp; &; &#; &#x; &lt"},
        {"&#0;&#27;&#xD800;&#x110000;&#99999999999999999999;",
         "&#0;&#27;&#xD800;&#x110000;&#99999999999999999999;"},
        {"&", "&"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_buf out;
        cw_buf_init(&out, 1024);
        assert_true(cw_xml_plain(&out, cw_str_c(rows[i].text)));
        assert_string_equal(out.data, rows[i].plain);
        cw_buf_done(&out);
    }
}

static void a_full_buffer_refuses(void **state)
{
    struct cw_buf out;
    (void)state;
    cw_buf_init(&out, 4);
    assert_false(cw_xml_text(&out, CW_STR("&&")));
    assert_false(cw_xml_plain(&out, CW_STR("&lt;longer")));
    cw_buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_means_something_is_escaped),
        cmocka_unit_test(references_are_read_as_what_they_stand_for),
        cmocka_unit_test(a_full_buffer_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
