#include "support/test.h"

#include "base/os.h"
#include "input/utf16.h"
#include "support/random.h"
#include "support/wide.h"

enum { ROUNDS = 2000, RAW_MOST = 300, TEXT_MOST = 3 * RAW_MOST + 64 };

static void a_character_becomes_its_utf8(void **state)
{
    static const struct {
        const char *raw;
        size_t len;
        const char *text;
        unsigned replaced;
    } rows[] = {
        {"A\0\xE9\0\x04\x59", 6, "A\xC3\xA9\xE5\xA4\x84", 0},
        {"\x3D\xD8\x00\xDE", 4, "\xF0\x9F\x98\x80", 0},
        {"\xFF\xFE\x7F\0\x80\0\xFF\x07\x00\x08", 10, "\xEF\xBB\xBF\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80",
         0},
        {"A\0\x3D\xD8"
         "B\0",
         6,
         "A\xEF\xBF\xBD"
         "B",
         1},
        {"\x00\xDE"
         "B\0",
         4,
         "\xEF\xBF\xBD"
         "B",
         1},
        {"\x3D\xD8\x3D\xD8\x00\xDE", 6, "\xEF\xBF\xBD\xF0\x9F\x98\x80", 1},
        {"A\0\x3D\xD8", 4, "A\xEF\xBF\xBD", 1},
        {"A\0B", 3, "A\xEF\xBF\xBD", 1},
        {"A\0\x3D\xD8\x00", 5, "A\xEF\xBF\xBD\xEF\xBF\xBD", 2},
        {"", 0, "", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[64];
        struct cw_utf16_step step = cw_utf16_decode((struct cw_str){rows[i].raw, rows[i].len},
                                                    false, true, text, sizeof(text));
        assert_str(((struct cw_str){text, step.made}), rows[i].text);
        assert_int_equal(step.used, rows[i].len);
        assert_int_equal(step.replaced, rows[i].replaced);
    }
}

static void what_is_not_complete_waits_for_the_rest(void **state)
{
    char text[64];
    (void)state;
    struct cw_str half_unit = {"A\0B", 3};
    assert_int_equal(cw_utf16_decode(half_unit, false, false, text, sizeof(text)).used, 2);
    struct cw_str half_pair = {"A\0\x3D\xD8", 4};
    assert_int_equal(cw_utf16_decode(half_pair, false, false, text, sizeof(text)).used, 2);
}

static void nothing_is_written_past_the_room(void **state)
{
    char text[64];
    struct cw_str raw = {"A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0", 20};
    (void)state;
    for (size_t room = 0; room < 12; room++) {
        memset(text, '#', sizeof(text));
        struct cw_utf16_step step = cw_utf16_decode(raw, false, true, text, room);
        assert_int_equal(step.used, step.made * 2);
        assert_true(step.made <= room);
        assert_true(step.made > 0 || room < CW_UTF8_MOST);
        assert_memory_equal(text + room, "####", 4);
    }
}

/* Units that meet every branch: long runs of ASCII, and surrogates in any order. */
static void put_random(struct cw_buf *raw, uint64_t *seed, bool valid, bool big_endian)
{
    static const uint32_t bounds[] = {0x80, 0x800, 0xD800, 0x800};
    size_t count = random_below(seed, RAW_MOST / 2 - 1);
    for (size_t i = 0; i < count; i++) {
        uint32_t kind = random_below(seed, 40);
        if (kind == 3 && valid) {
            put_unit(raw, 0xD800 + random_below(seed, 0x400), big_endian);
            put_unit(raw, 0xDC00 + random_below(seed, 0x400), big_endian);
            i++;
        } else if (kind == 3) {
            put_unit(raw, 0xD800 + random_below(seed, 0x800), big_endian);
        } else {
            put_unit(raw, random_below(seed, bounds[kind < 3 ? kind : 0]), big_endian);
        }
    }
}

static void the_vector_form_gives_what_the_plain_loop_gives(void **state)
{
    uint64_t seed = 0x5EED;
    char fast[TEXT_MOST];
    char plain[TEXT_MOST];
    struct cw_buf raw;
    (void)state;
    cw_buf_init(&raw, RAW_MOST * 2);
    for (unsigned round = 0; round < ROUNDS; round++) {
        bool big_endian = round % 2;
        bool last = round % 3 != 0;
        cw_buf_clear(&raw);
        put_random(&raw, &seed, false, big_endian);
        if (round % 5 == 0)
            (void)cw_buf_char(&raw, 'x');
        size_t room = random_below(&seed, TEXT_MOST);
        struct cw_utf16_step a =
            cw_utf16_decode(cw_buf_str(&raw), big_endian, last, fast, TEXT_MOST);
        struct cw_utf16_step b =
            cw_utf16_decode_reference(cw_buf_str(&raw), big_endian, last, plain, TEXT_MOST);
        assert_int_equal(a.used, b.used);
        assert_int_equal(a.made, b.made);
        assert_int_equal(a.replaced, b.replaced);
        assert_memory_equal(fast, plain, a.made);
        /* Little room: less of the same. */
        a = cw_utf16_decode(cw_buf_str(&raw), big_endian, last, fast, room);
        assert_true(a.made <= b.made && a.made <= room);
        assert_memory_equal(fast, plain, a.made);
    }
    cw_buf_done(&raw);
}

static void valid_text_becomes_what_iconv_makes_of_it(void **state)
{
    static const char *const names[] = {"UTF-16LE", "UTF-16BE"};
    (void)state;
    for (unsigned order = 0; order < 2; order++) {
        uint64_t seed = 0xACE;
        char ours[TEXT_MOST];
        char theirs[TEXT_MOST];
        struct cw_buf raw;
        struct cw_os_converter *converter = NULL;
        assert_int_equal(cw_os_converter_open(names[order], &converter, NULL), CW_OK);
        cw_buf_init(&raw, RAW_MOST * 2);
        for (unsigned round = 0; round < ROUNDS; round++) {
            size_t used = 0;
            size_t made = 0;
            cw_buf_clear(&raw);
            put_random(&raw, &seed, true, order);
            struct cw_utf16_step step =
                cw_utf16_decode(cw_buf_str(&raw), order, true, ours, sizeof(ours));
            assert_int_equal(
                cw_os_convert(converter, cw_buf_str(&raw), theirs, sizeof(theirs), &used, &made),
                CW_OK);
            assert_int_equal(step.used, used);
            assert_int_equal(step.made, made);
            assert_memory_equal(ours, theirs, made);
        }
        cw_buf_done(&raw);
        cw_os_converter_close(converter);
    }
}

static void utf16_is_recognised_with_and_without_its_mark(void **state)
{
    enum { NO, LITTLE, BIG };
    static const struct {
        const char *head;
        size_t len;
        int expected;
    } rows[] = {
        {"\xFF\xFE[\0", 4, LITTLE},
        {"\xFE\xFF\0[", 4, BIG},
        {"\xFF\xFE", 2, LITTLE},
        {"2\0"
         "0\0"
         "2\0"
         "0\0-\0",
         10, LITTLE},
        {"\0"
         "2\0"
         "0\0"
         "2\0"
         "0\0-",
         10, BIG},
        {"A\0M\0D\0 \0\x04\x59\x06\x74", 12, LITTLE},
        {"A\0M\0D\0 \0\x3D\xD8\x00\xDE", 12, LITTLE},
        {"A\0M\0D\0 \0\x3D\xD8", 10, LITTLE}, /* the head ends in a pair */
        {"A\0M\0D\0 \0x", 9, LITTLE},
        {"A\0M\0D\0 \0\x00\xDE"
         "A\0",
         12, NO},                       /* half a pair */
        {"A\0M\0D\0\0\0 \0", 10, NO},   /* a NUL character */
        {"\xFF\xFE\0\0[\0\0\0", 8, NO}, /* UTF-32 */
        {"2020-01-22 08:12:04, Info", 25, NO},
        {"\xEF\xBB\xBF"
         "2020-01-22",
         13, NO},
        {"\xB4\xA6\xC0\xED\xC6\xF7\xC7\xFD", 8, NO},
        {"A\0B\0", 4, NO}, /* too little to tell */
        {"\x7F"
         "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
         16, NO},
        {"", 0, NO},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool big_endian = false;
        int found = NO;
        if (cw_utf16_recognise((struct cw_str){rows[i].head, rows[i].len}, &big_endian))
            found = big_endian ? BIG : LITTLE;
        if (found != rows[i].expected)
            fail_msg("row %d: %d, expected %d", (int)i, found, rows[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_becomes_its_utf8),
        cmocka_unit_test(what_is_not_complete_waits_for_the_rest),
        cmocka_unit_test(nothing_is_written_past_the_room),
        cmocka_unit_test(the_vector_form_gives_what_the_plain_loop_gives),
        cmocka_unit_test(valid_text_becomes_what_iconv_makes_of_it),
        cmocka_unit_test(utf16_is_recognised_with_and_without_its_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
