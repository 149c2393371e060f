#include "support/test.h"

#include "base/buf.h"

static void text_is_appended_and_always_terminated(void **state)
{
    (void)state;
    struct cw_buf buf;
    cw_buf_init(&buf, 1000);
    assert_str(cw_buf_str(&buf), "");
    assert_true(cw_buf_append(&buf, CW_STR_NONE));
    assert_string_equal(buf.data, "");
    assert_true(cw_buf_append(&buf, CW_STR("boot ")));
    assert_true(cw_buf_printf(&buf, "%d of %s", 2, "3"));
    assert_true(cw_buf_char(&buf, '.'));
    assert_string_equal(buf.data, "boot 2 of 3.");
    assert_str(cw_buf_str(&buf), "boot 2 of 3.");
    assert_false(buf.failed);
    cw_buf_done(&buf);
}

static void a_buffer_grows_without_losing_a_byte(void **state)
{
    (void)state;
    struct cw_buf buf;
    cw_buf_init(&buf, 100000);
    for (size_t i = 0; i < 100000; i++)
        assert_true(cw_buf_char(&buf, (char)('a' + i % 26)));
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(buf.data[i], 'a' + i % 26);
    assert_false(cw_buf_char(&buf, 'x'));
    assert_int_equal(buf.len, 100000);
    cw_buf_done(&buf);
}

static void what_passes_the_cap_is_refused_whole_and_remembered(void **state)
{
    (void)state;
    struct cw_buf buf;
    cw_buf_init(&buf, 8);
    assert_true(cw_buf_append(&buf, CW_STR("12345")));
    assert_false(cw_buf_append(&buf, CW_STR("6789")));
    assert_true(buf.failed);
    assert_string_equal(buf.data, "12345");
    assert_true(cw_buf_append(&buf, CW_STR("678")));
    assert_true(buf.failed);
    assert_string_equal(buf.data, "12345678");
    assert_false(cw_buf_char(&buf, '9'));
    assert_false(cw_buf_printf(&buf, "%c", '9'));
    assert_true(cw_buf_append(&buf, CW_STR_NONE));
    assert_string_equal(buf.data, "12345678");
    cw_buf_done(&buf);
}

static void formatted_text_may_fill_the_buffer_to_the_brim(void **state)
{
    (void)state;
    struct cw_buf buf;
    cw_buf_init(&buf, 4);
    assert_false(cw_buf_printf(&buf, "%05d", 7));
    assert_str(cw_buf_str(&buf), "");
    assert_true(cw_buf_printf(&buf, "%04d", 7));
    assert_string_equal(buf.data, "0007");
    cw_buf_done(&buf);
}

static void clearing_forgets_text_and_failure(void **state)
{
    (void)state;
    struct cw_buf buf;
    cw_buf_init(&buf, 3);
    cw_buf_clear(&buf);
    assert_true(cw_buf_append(&buf, CW_STR("abc")));
    assert_false(cw_buf_char(&buf, 'd'));
    cw_buf_clear(&buf);
    assert_false(buf.failed);
    assert_string_equal(buf.data, "");
    assert_true(cw_buf_append(&buf, CW_STR("xyz")));
    assert_string_equal(buf.data, "xyz");
    cw_buf_done(&buf);
    assert_null(buf.data);
    assert_true(cw_buf_append(&buf, CW_STR("abc")));
    assert_false(cw_buf_char(&buf, 'd'));
    cw_buf_done(&buf);
    cw_buf_done(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_appended_and_always_terminated),
        cmocka_unit_test(a_buffer_grows_without_losing_a_byte),
        cmocka_unit_test(what_passes_the_cap_is_refused_whole_and_remembered),
        cmocka_unit_test(formatted_text_may_fill_the_buffer_to_the_brim),
        cmocka_unit_test(clearing_forgets_text_and_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
