#include "support/test.h"

#include "base/utf8.h"

struct decode_case {
    const char *bytes;
    size_t size;
    uint32_t point;
};

static void assert_decoded(const struct decode_case *expected)
{
    uint32_t point = 0;
    size_t size = cw_utf8_decode(cw_str_c(expected->bytes), &point);
    if (size != expected->size || point != expected->point)
        fail_msg("%02x...: %zu bytes, U+%04X", (unsigned char)expected->bytes[0], size,
                 (unsigned)point);
}

static void the_first_and_last_character_of_each_length_is_read(void **state)
{
    (void)state;
    static const struct decode_case cases[] = {
        {"\x01", 1, 0x01},
        {"\x7F", 1, 0x7F},
        {"\xC2\x80", 2, 0x80},
        {"\xDF\xBF", 2, 0x7FF},
        {"\xE0\xA0\x80", 3, 0x800},
        {"\xED\x9F\xBF", 3, 0xD7FF},
        {"\xEE\x80\x80", 3, 0xE000},
        {"\xEF\xBF\xBF", 3, 0xFFFF},
        {"\xF0\x90\x80\x80", 4, 0x10000},
        {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
        {"\xE6\x96\x87x", 3, 0x6587},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_decoded(&cases[i]);
}

static void what_is_no_character_is_as_long_as_its_longest_beginning(void **state)
{
    (void)state;
    static const struct decode_case cases[] = {
        {"\x80", 1, CW_UTF8_INVALID},             /* continuation without a lead */
        {"\xC0\xAF", 1, CW_UTF8_INVALID},         /* overlong */
        {"\xC1\xBF", 1, CW_UTF8_INVALID},         /* overlong */
        {"\xE0\x9F\xBF", 1, CW_UTF8_INVALID},     /* overlong */
        {"\xF0\x8F\xBF\xBF", 1, CW_UTF8_INVALID}, /* overlong */
        {"\xED\xA0\x80", 1, CW_UTF8_INVALID},     /* surrogate */
        {"\xF4\x90\x80\x80", 1, CW_UTF8_INVALID}, /* past the last plane */
        {"\xF5\x80\x80\x80", 1, CW_UTF8_INVALID},
        {"\xFF", 1, CW_UTF8_INVALID},
        {"\xC3", 1, CW_UTF8_INVALID}, /* the end is missing */
        {"\xC3x", 1, CW_UTF8_INVALID},
        {"\xE6\x96", 2, CW_UTF8_INVALID},
        {"\xE6\x96x", 2, CW_UTF8_INVALID},
        {"\xF0\x9F\x98", 3, CW_UTF8_INVALID},
        {"\xF0\x9F\x98x", 3, CW_UTF8_INVALID},
        {"\xF0\x9Fx", 2, CW_UTF8_INVALID},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_decoded(&cases[i]);
}

static size_t encode(uint32_t point, char bytes[4])
{
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3F));
    bytes[0] = (char)(marks[size] | point);
    return size;
}

static void every_code_point_is_read_and_surrogates_are_not(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        char bytes[4];
        size_t size = encode(point, bytes);
        uint32_t actual = 0;
        size_t used = cw_utf8_decode((struct cw_str){bytes, size}, &actual);
        bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (actual != (is_surrogate ? CW_UTF8_INVALID : point) || used != (is_surrogate ? 1 : size))
            fail_msg("U+%04X is read as U+%04X", (unsigned)point, (unsigned)actual);
    }
}

static void what_hides_or_reorders_text_is_unsafe(void **state)
{
    (void)state;
    static const uint32_t unsafe[] = {
        0x00,   0x07,   0x0A,   0x1B,   0x1F,   0x7F,   0x80,   0x9B,   0x9F,    0x061C,
        0x200B, 0x200E, 0x2028, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xFFF9, 0xE0041, CW_UTF8_INVALID};
    static const uint32_t safe[] = {0x20, 0x7E, 0xA0, 0xE9, 0x200D, 0x4E2D, 0xFF01, 0x1F600};
    for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++) {
        if (!cw_utf8_is_unsafe(unsafe[i]))
            fail_msg("U+%04X passes", (unsigned)unsafe[i]);
    }
    for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++) {
        if (cw_utf8_is_unsafe(safe[i]))
            fail_msg("U+%04X does not pass", (unsigned)safe[i]);
    }
    uint32_t point = 0;
    assert_int_equal(cw_utf8_decode(CW_UTF8_REPLACEMENT, &point), 3);
    assert_int_equal(point, 0xFFFD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_and_last_character_of_each_length_is_read),
        cmocka_unit_test(what_is_no_character_is_as_long_as_its_longest_beginning),
        cmocka_unit_test(every_code_point_is_read_and_surrogates_are_not),
        cmocka_unit_test(what_hides_or_reorders_text_is_unsafe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
