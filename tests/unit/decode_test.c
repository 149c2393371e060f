#include "support/test.h"

#include "input/decode.h"
#include "support/random.h"
#include "support/temp_folder.h"
#include "support/wide.h"

/* What every reading must give: characters of one to four bytes, and runs of ASCII. */
static const char sample[] =
    "\xEF\xBB\xBF"
    "2021-05-06 07:00:00, Info                  CBS    na\xC3\xAFve "
    "\xE5\xA4\x84\xE7\x90\x86\xE5\x99\xA8 \xF0\x9F\x98\x80\xF0\x9F\x98\x81 end\r\n"
    "2021-05-06 07:00:01, Info                  CBS    plain and rather long, to fill more "
    "blocks\r\n";

static struct cw_buf sample_utf16(bool big_endian)
{
    struct cw_buf raw;
    cw_buf_init(&raw, (size_t)16 * 1024 * 1024);
    put_utf16(&raw, cw_str_c(sample), big_endian);
    return raw;
}

struct opened {
    struct cw_source *inner, *text;
};

static struct opened open_text(struct cw_str raw, size_t piece, enum cw_encoding encoding)
{
    struct opened opened = {0};
    assert_int_equal(cw_source_memory("log", raw, piece, &opened.inner, NULL), CW_OK);
    assert_int_equal(cw_source_decode(opened.inner, encoding, &opened.text, NULL), CW_OK);
    return opened;
}

static void close_text(struct opened *opened)
{
    cw_source_close(opened->text);
    cw_source_close(opened->inner);
}

static struct cw_buf read_all(struct cw_source *source, size_t most)
{
    char piece[4096];
    struct cw_buf text;
    int64_t got;
    cw_buf_init(&text, (size_t)16 * 1024 * 1024);
    while ((got = cw_source_read(source, piece, most, NULL)) > 0)
        assert_true(cw_buf_append(&text, (struct cw_str){piece, (size_t)got}));
    assert_int_equal(got, 0);
    (void)cw_buf_append(&text, CW_STR(""));
    return text;
}

static void every_read_size_gives_the_same_bytes(void **state)
{
    (void)state;
    for (unsigned order = 0; order < 2; order++) {
        struct cw_buf raw = sample_utf16(order);
        for (size_t piece = 1; piece < 12; piece++) {
            for (size_t most = 1; most < 12; most++) {
                struct opened opened = open_text(cw_buf_str(&raw), piece, CW_ENCODING_UNKNOWN);
                struct cw_buf text = read_all(opened.text, most);
                assert_string_equal(text.data, sample);
                assert_int_equal(cw_source_encoding(opened.text),
                                 order ? CW_ENCODING_UTF16BE : CW_ENCODING_UTF16LE);
                assert_int_equal(cw_source_replaced(opened.text), 0);
                cw_buf_done(&text);
                close_text(&opened);
            }
        }
        cw_buf_done(&raw);
    }
}

static void what_is_not_utf16_passes_unchanged(void **state)
{
    static const char *const texts[] = {"2021-05-06 07:00:00, Info  \xB4\xA6\xC0\xED\xC6\xF7\r\n",
                                        "\xEF\xBB\xBFx", "", "x"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        for (size_t piece = 0; piece < 3; piece++) {
            struct opened opened = open_text(cw_str_c(texts[i]), piece, CW_ENCODING_UNKNOWN);
            struct cw_buf text = read_all(opened.text, 5);
            assert_string_equal(text.data, texts[i]);
            assert_int_equal(cw_source_encoding(opened.text), CW_ENCODING_UTF8);
            cw_buf_done(&text);
            close_text(&opened);
        }
    }
}

static void an_encoding_that_is_given_is_believed(void **state)
{
    (void)state;
    struct opened opened = open_text((struct cw_str){"a\0", 2}, 0, CW_ENCODING_UTF16LE);
    struct cw_buf text = read_all(opened.text, 9);
    assert_string_equal(text.data, "a");
    cw_buf_done(&text);
    close_text(&opened);
    opened = open_text((struct cw_str){"\xFF\xFE"
                                       "a\0",
                                       4},
                       0, CW_ENCODING_UTF8);
    text = read_all(opened.text, 9);
    assert_int_equal(text.len, 4);
    cw_buf_done(&text);
    close_text(&opened);
}

static void what_can_not_be_decoded_is_replaced_and_counted(void **state)
{
    static const char raw[] = "\xFF\xFE"
                              "a\0\x00\xDC"
                              "b\0\x00\xD8"
                              "c\0d";
    (void)state;
    for (size_t piece = 0; piece < 8; piece++) {
        struct opened opened =
            open_text((struct cw_str){raw, sizeof(raw) - 1}, piece, CW_ENCODING_UNKNOWN);
        struct cw_buf text = read_all(opened.text, 7);
        assert_string_equal(text.data, "\xEF\xBB\xBF"
                                       "a\xEF\xBF\xBD"
                                       "b\xEF\xBF\xBD"
                                       "c\xEF\xBF\xBD");
        assert_int_equal(cw_source_replaced(opened.text), 3);
        cw_buf_done(&text);
        close_text(&opened);
    }
}

/* More than one block, so that positions lie in several. */
static struct cw_buf long_text(void)
{
    struct cw_buf text;
    cw_buf_init(&text, (size_t)16 * 1024 * 1024);
    while (text.len < 200000)
        assert_true(cw_buf_append(&text, cw_str_c(sample)));
    return text;
}

static void positions_are_those_of_the_decoded_text(void **state)
{
    uint64_t seed = 0xBEE;
    struct cw_buf text = long_text();
    struct cw_buf raw;
    char piece[1024];
    cw_buf_init(&raw, (size_t)16 * 1024 * 1024);
    put_utf16(&raw, cw_buf_str(&text), false);
    temp_file(state, "wide.log", cw_buf_str(&raw));
    struct cw_source *inner = NULL;
    struct cw_source *source = NULL;
    assert_int_equal(cw_source_open(temp_path(state, "wide.log").text, &inner, NULL), CW_OK);
    assert_int_equal(cw_source_decode(inner, CW_ENCODING_UNKNOWN, &source, NULL), CW_OK);
    assert_true(cw_source_can_read_at(source));
    for (unsigned round = 0; round < 200; round++) {
        size_t at = random_below(&seed, (uint32_t)text.len);
        size_t size = 1 + random_below(&seed, 100);
        int64_t got = cw_source_read_at(source, at, piece, size, NULL);
        assert_in_range(got, 1, size);
        assert_memory_equal(piece, text.data + at, (size_t)got);
    }
    assert_int_equal(cw_source_read_at(source, text.len, piece, 10, NULL), 0);
    assert_int_equal(cw_source_read_at(source, text.len + 9, piece, 10, NULL), 0);
    /* The reading from the beginning has not moved. */
    struct cw_buf again = read_all(source, 1000);
    assert_int_equal(again.len, text.len);
    assert_memory_equal(again.data, text.data, text.len);
    cw_buf_done(&again);
    cw_source_close(source);
    cw_source_close(inner);
    cw_buf_done(&raw);
    cw_buf_done(&text);
}

/* --- a source that breaks --------------------------------------------------------------------- */

struct broken {
    struct cw_str bytes; /* given, one by one, before it breaks */
    size_t position;
};

static int64_t read_broken(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct broken *broken = context;
    if (broken->position == broken->bytes.len)
        return cw_fail(error, CW_ERR_IO, "the disk is gone");
    assert_true(size > 0);
    *bytes = broken->bytes.ptr[broken->position++];
    return 1;
}

static int64_t read_broken_at(void *context, uint64_t offset, char *bytes, size_t size,
                              struct cw_error *error)
{
    (void)context;
    (void)offset;
    memset(bytes, 0, size);
    return cw_fail(error, CW_ERR_UNSUPPORTED, "no");
}

static bool can_not(const void *context)
{
    (void)context;
    return false;
}

static void close_broken(void *context)
{
    (void)context;
}

static void what_was_read_before_a_failure_comes_first(void **state)
{
    static const struct cw_source_kind kind = {read_broken, read_broken_at, can_not, close_broken};
    static const struct {
        const char *bytes;
        size_t len;
        const char *text;
    } rows[] = {
        {"abcdef", 6, "abcdef"},
        {"\xFF\xFEx\0y\0z\0", 8, "\xEF\xBB\xBFxyz"},
        {"", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct broken broken = {{rows[i].bytes, rows[i].len}, 0};
        struct cw_source *inner = NULL;
        struct cw_source *source = NULL;
        struct cw_error error = {0};
        char bytes[64];
        size_t used = 0;
        int64_t got;
        assert_int_equal(cw_source_custom("disk", &kind, &broken, &inner, NULL), CW_OK);
        assert_int_equal(cw_source_decode(inner, CW_ENCODING_UNKNOWN, &source, NULL), CW_OK);
        assert_string_equal(cw_source_name(source), "disk");
        assert_false(cw_source_can_read_at(source));
        while ((got = cw_source_read(source, bytes + used, 10, &error)) > 0)
            used += (size_t)got;
        assert_int_equal(got, CW_ERR_IO);
        assert_string_equal(error.text, "the disk is gone");
        assert_str(((struct cw_str){bytes, used}), rows[i].text);
        cw_source_close(source);
        cw_source_close(inner);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_read_size_gives_the_same_bytes),
        cmocka_unit_test(what_is_not_utf16_passes_unchanged),
        cmocka_unit_test(an_encoding_that_is_given_is_believed),
        cmocka_unit_test(what_can_not_be_decoded_is_replaced_and_counted),
        cmocka_unit_test(positions_are_those_of_the_decoded_text),
        cmocka_unit_test(what_was_read_before_a_failure_comes_first),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
