#include "support/test.h"

#include "base/error.h"

enum { ROOM = sizeof(((struct cw_error *)NULL)->text) - 1 };

static void a_failure_has_status_and_text(void **state)
{
    (void)state;
    struct cw_error error = {0};
    assert_int_equal(cw_fail(&error, CW_ERR_LIMIT, "%d of %s", 3, "four"), CW_ERR_LIMIT);
    assert_int_equal(error.status, CW_ERR_LIMIT);
    assert_string_equal(error.text, "3 of four");
    assert_int_equal(cw_fail_nomem(&error), CW_ERR_NOMEM);
    assert_int_equal(error.status, CW_ERR_NOMEM);
    assert_string_equal(error.text, "out of memory");
}

static void nobody_has_to_want_the_text(void **state)
{
    (void)state;
    assert_int_equal(cw_fail(NULL, CW_ERR_IO, "%s", "unheard"), CW_ERR_IO);
    assert_int_equal(cw_fail_nomem(NULL), CW_ERR_NOMEM);
}

static void text_that_fits_is_whole(void **state)
{
    (void)state;
    struct cw_error error = {0};
    (void)cw_fail(&error, CW_ERR_IO, "%*s\xC3\xA9", (int)ROOM - 2, "");
    assert_int_equal(strlen(error.text), ROOM);
    assert_string_equal(error.text + ROOM - 2, "\xC3\xA9");
}

/* A character of `size` bytes, of which the last `lost` do not fit. */
static void assert_cut(const char *character, size_t size, size_t lost)
{
    struct cw_error error = {0};
    size_t before = ROOM - (size - lost);
    (void)cw_fail(&error, CW_ERR_IO, "%0*d%s", (int)before, 0, character);
    if (strlen(error.text) != before || error.text[before - 1] != '0')
        fail_msg("a character of %zu bytes without %zu leaves %zu", size, lost,
                 strlen(error.text) - before);
}

static void text_that_does_not_fit_is_cut_between_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++) {
        size_t size = strlen(characters[i]);
        for (size_t lost = 1; lost < size; lost++)
            assert_cut(characters[i], size, lost);
    }
    struct cw_error error = {0};
    (void)cw_fail(&error, CW_ERR_IO, "%0*d", (int)ROOM + 100, 0);
    assert_int_equal(strlen(error.text), ROOM);
}

static void bytes_that_are_no_characters_do_not_confuse_the_cut(void **state)
{
    (void)state;
    struct cw_error error = {0};
    char tails[2 * ROOM];
    memset(tails, 0x80, sizeof(tails));
    (void)cw_fail(&error, CW_ERR_IO, "%.*s", (int)sizeof(tails), tails);
    assert_int_equal(strlen(error.text), ROOM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_has_status_and_text),
        cmocka_unit_test(nobody_has_to_want_the_text),
        cmocka_unit_test(text_that_fits_is_whole),
        cmocka_unit_test(text_that_does_not_fit_is_cut_between_characters),
        cmocka_unit_test(bytes_that_are_no_characters_do_not_confuse_the_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
