/* An export of events without line ends gets them, and nothing else changes. */
#include "support/test.h"

#include "base/buf.h"
#include "input/event_lines.h"

enum { SIZES = 40, MOST = 64 * 1024 };

static void assert_lines(const char *text, const char *expected, uint64_t broken)
{
    for (size_t piece = 0; piece <= SIZES; piece++) {
        struct cw_source *inner = NULL;
        struct cw_source *lines = NULL;
        struct cw_buf out;
        char bytes[SIZES + 1];
        cw_buf_init(&out, MOST);
        assert_true(cw_buf_append(&out, CW_STR("")));
        assert_int_equal(cw_source_memory("x", cw_str_c(text), piece, &inner, NULL), CW_OK);
        assert_int_equal(cw_source_event_lines(inner, &lines, NULL), CW_OK);
        for (int64_t got; (got = cw_source_read(lines, bytes, 1 + SIZES - piece, NULL)) > 0;)
            assert_true(cw_buf_append(&out, (struct cw_str){bytes, (size_t)got}));
        assert_true(cw_str_eq(cw_buf_str(&out), cw_str_c(expected)));
        assert_int_equal(cw_source_events_broken(lines), broken);
        cw_source_close(lines);
        cw_source_close(inner);
        cw_buf_done(&out);
    }
}

static void a_line_end_follows_each_event(void **state)
{
    (void)state;
    assert_lines("<Events><Event>a</Event><Event>b</Event></Events>",
                 "<Events><Event>a</Event>\n<Event>b</Event>\n</Events>", 2);
    assert_lines("\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<Events><Event/></Event></Event> x",
                 "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<Events><Event/></Event>\n</Event>\n x",
                 2);
    assert_lines("<Event ></Even</</Event><x></Event>", "<Event ></Even</</Event>\n<x></Event>", 1);
}

static void one_that_is_there_is_enough(void **state)
{
    static const char text[] = "<Event>a</Event>\r\n<Event>b</Event>\n\n<Event>c</Event>";
    (void)state;
    assert_lines(text, text, 0);
}

static void other_text_passes_unchanged(void **state)
{
    static const char *const texts[] = {
        "",
        "</Event></Event>",
        "2024-01-01 <Event></Event></Event>",
        "<?xml version=\"1.0\"?><pending><x/></Event></pending>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_lines(texts[i], texts[i], 0);
}

static void only_other_text_can_be_read_at_a_position(void **state)
{
    static const char *const texts[] = {"some text", "<Event></Event>"};
    char bytes[4];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct cw_source *inner = NULL;
        struct cw_source *lines = NULL;
        assert_int_equal(cw_source_memory("x", cw_str_c(texts[i]), 0, &inner, NULL), CW_OK);
        assert_int_equal(cw_source_event_lines(inner, &lines, NULL), CW_OK);
        assert_int_equal(cw_source_read(lines, bytes, 1, NULL), 1);
        assert_int_equal(cw_source_can_read_at(lines), i == 0);
        if (i == 0)
            assert_int_equal(cw_source_read_at(lines, 5, bytes, 4, NULL), 4);
        cw_source_close(lines);
        cw_source_close(inner);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_end_follows_each_event),
        cmocka_unit_test(one_that_is_there_is_enough),
        cmocka_unit_test(other_text_passes_unchanged),
        cmocka_unit_test(only_other_text_can_be_read_at_a_position),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
