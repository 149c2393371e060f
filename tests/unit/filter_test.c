#include "support/test.h"

#include <stdlib.h>

#include "base/buf.h"
#include "input/filter.h"
#include "support/random.h"

enum { LITERALS_MOST = 300, LITERAL_ROOM = 48 };

struct literals {
    char bytes[LITERALS_MOST][LITERAL_ROOM];
    struct cw_str items[LITERALS_MOST];
    size_t count;
};

static struct cw_filter *new_filter(const struct literals *literals)
{
    struct cw_filter *filter = NULL;
    struct cw_error error = {0};
    if (cw_filter_new(literals->items, literals->count, &filter, &error) != CW_OK)
        fail_msg("%s", error.text);
    return filter;
}

/* The truth, by looking at each byte for each literal. */
static void scan_each(const struct literals *literals, struct cw_str text, struct cw_hits *hits)
{
    for (size_t at = 0; at < text.len; at++) {
        for (size_t i = 0; i < literals->count; i++) {
            struct cw_str literal = literals->items[i];
            if (text.ptr[at] != literal.ptr[0] || !cw_str_starts(cw_str_from(text, at), literal))
                continue;
            if (hits->count == hits->cap) {
                hits->cap = hits->cap * 2 + 64;
                hits->items = realloc(hits->items, hits->cap * sizeof(*hits->items));
                assert_non_null(hits->items);
            }
            hits->items[hits->count++] = (struct cw_hit){(uint32_t)at, (uint32_t)i};
        }
    }
}

static void assert_same(const struct cw_hits *actual, const struct cw_hits *expected)
{
    assert_int_equal(actual->count, expected->count);
    for (size_t i = 0; i < expected->count; i++) {
        if (actual->items[i].offset != expected->items[i].offset ||
            actual->items[i].literal != expected->items[i].literal)
            fail_msg("hit %zu is another", i);
    }
}

/* Both scans find in `text`, moved `shift` bytes from an aligned address, what is there; returns
 * how much that is. The copy ends where the allocation ends, for a sanitizer to see. */
static size_t assert_hits(const struct literals *literals, const struct cw_filter *filter,
                          struct cw_str text, size_t shift)
{
    struct cw_hits expected = {0};
    struct cw_hits fast = {0};
    struct cw_hits plain = {0};
    char *memory = malloc(shift + text.len ? shift + text.len : 1);
    assert_non_null(memory);
    if (text.len)
        memcpy(memory + shift, text.ptr, text.len);
    struct cw_str copy = {memory + shift, text.len};
    scan_each(literals, copy, &expected);
    assert_int_equal(cw_filter_scan(filter, copy, &fast), CW_OK);
    assert_int_equal(cw_filter_scan_reference(filter, copy, &plain), CW_OK);
    size_t count = expected.count;
    assert_same(&plain, &expected);
    assert_same(&fast, &expected);
    cw_hits_done(&expected);
    cw_hits_done(&fast);
    cw_hits_done(&plain);
    free(memory);
    return count;
}

static void add_literal(struct literals *literals, struct cw_str text)
{
    assert_in_range(literals->count, 0, LITERALS_MOST - 1);
    assert_in_range(text.len, 0, LITERAL_ROOM);
    char *bytes = literals->bytes[literals->count];
    memcpy(bytes, text.ptr, text.len);
    literals->items[literals->count++] = (struct cw_str){bytes, text.len};
}

static void add_random_literal(struct literals *literals, uint64_t *seed, uint32_t letters)
{
    char bytes[LITERAL_ROOM];
    size_t size = CW_LITERAL_MIN + random_below(seed, 34);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)('a' + random_below(seed, letters));
    add_literal(literals, (struct cw_str){bytes, size});
}

/* Text with literals, whole and cut short, strewn into it at any alignment. */
static void put_random_text(struct cw_buf *text, const struct literals *literals, uint64_t *seed,
                            uint32_t letters)
{
    uint32_t parts = random_below(seed, 24);
    for (uint32_t part = 0; part < parts; part++) {
        for (uint32_t i = random_below(seed, 40); i > 0; i--)
            (void)cw_buf_char(text, (char)('a' + random_below(seed, letters)));
        uint32_t which = random_below(seed, (uint32_t)literals->count);
        struct cw_str literal = literals->items[which];
        bool whole = random_below(seed, 4) != 0;
        (void)cw_buf_append(text, whole ? literal : cw_str_head(literal, literal.len - 1));
    }
    assert_false(text->failed);
}

static size_t scan_random_texts(uint64_t seed, size_t literal_count, uint32_t letters)
{
    struct literals *literals = calloc(1, sizeof(*literals));
    assert_non_null(literals);
    for (size_t i = 0; i < literal_count; i++)
        add_random_literal(literals, &seed, letters);
    struct cw_filter *filter = new_filter(literals);
    size_t found = 0;
    struct cw_buf text;
    cw_buf_init(&text, 8192);
    for (size_t round = 0; round < 8; round++) {
        cw_buf_clear(&text);
        put_random_text(&text, literals, &seed, letters);
        found += assert_hits(literals, filter, cw_buf_str(&text), round * 3 % 16);
    }
    cw_buf_done(&text);
    cw_filter_free(filter);
    free(literals);
    return found;
}

static void random_literals_in_random_text_are_all_found(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint64_t seed = 1; seed <= 100; seed++)
        found += scan_random_texts(seed, 1 + seed % 20, 26);
    assert_true(found > 500);
}

/* With one, two or three letters literals lie in each other and over each other. */
static void literals_made_of_few_letters_are_all_found(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint64_t seed = 1; seed <= 60; seed++)
        found += scan_random_texts(seed, 1 + seed % 8, 2 + (uint32_t)seed % 2);
    for (uint64_t seed = 1; seed <= 4; seed++)
        found += scan_random_texts(seed, 1 + seed % 4, 1);
    assert_true(found > 10000);
}

static void hundreds_of_literals_are_all_found(void **state)
{
    (void)state;
    assert_true(scan_random_texts(5, LITERALS_MOST, 26) > 0);
    assert_true(scan_random_texts(6, LITERALS_MOST, 4) > 0);
}

/* The only occurrence stands at `at` in `size` bytes that are like nothing in the literal. */
static void assert_found_at(const struct literals *literals, const struct cw_filter *filter,
                            size_t at, size_t size)
{
    char text[128];
    struct cw_str literal = literals->items[0];
    assert_true(at + literal.len <= size && size <= sizeof(text));
    memset(text, '.', size);
    memcpy(text + at, literal.ptr, literal.len);
    for (size_t shift = 0; shift < 16; shift += 5)
        assert_int_equal(assert_hits(literals, filter, (struct cw_str){text, size}, shift), 1);
}

static void a_literal_of_any_length_is_found_at_any_place(void **state)
{
    (void)state;
    static const char bytes[] = "Failed to stage 27 files of OEM9.INF (0xe)";
    for (size_t size = CW_LITERAL_MIN; size <= 40; size++) {
        struct literals literals = {.count = 0};
        add_literal(&literals, (struct cw_str){bytes, size});
        struct cw_filter *filter = new_filter(&literals);
        for (size_t at = 0; at < 48; at++) {
            assert_found_at(&literals, filter, at, at + size); /* to the very end */
            assert_found_at(&literals, filter, at, 100);
        }
        cw_filter_free(filter);
    }
}

static void a_literal_with_one_other_byte_is_not_found(void **state)
{
    (void)state;
    for (size_t size = CW_LITERAL_MIN; size <= 40; size += 3) {
        struct literals literals = {.count = 0};
        char bytes[40];
        memset(bytes, 'q', sizeof(bytes));
        add_literal(&literals, (struct cw_str){bytes, size});
        struct cw_filter *filter = new_filter(&literals);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = 'Q';
            struct cw_str text = {bytes, size};
            assert_int_equal(assert_hits(&literals, filter, text, 0), 0);
            bytes[i] = 'q';
        }
        assert_int_equal(assert_hits(&literals, filter, (struct cw_str){bytes, size - 1}, 0), 0);
        cw_filter_free(filter);
    }
}

static void duplicates_prefixes_and_overlaps_are_each_reported(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Package",        "Package_for_KB",         "Package_for_KB", "Package_for_KB9000001",
        "KB9000001~31bf", "for_KB9000001~31bf3856", "_for_KB",        "31bf385",
    };
    struct literals literals = {.count = 0};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        add_literal(&literals, cw_str_c(texts[i]));
    struct cw_filter *filter = new_filter(&literals);
    struct cw_str text = CW_STR("PackagePackage_for_KB9000001~31bf3856~~Package_for_KB");
    for (size_t shift = 0; shift < 16; shift++)
        assert_int_equal(assert_hits(&literals, filter, text, shift), 13);
    cw_filter_free(filter);
}

static void hits_are_appended_to_those_of_other_scans(void **state)
{
    (void)state;
    struct literals literals = {.count = 0};
    add_literal(&literals, CW_STR("a long literal of more than 15 bytes"));
    add_literal(&literals, CW_STR("literal"));
    struct cw_filter *filter = new_filter(&literals);
    struct cw_hits hits = {0};
    static const struct cw_hit once[] = {{0, 1}, {10, 0}, {17, 1}};
    struct cw_str text = CW_STR("literal...a long literal of more than 15 bytes");
    for (size_t round = 0; round < 40; round++)
        assert_int_equal(cw_filter_scan(filter, text, &hits), CW_OK);
    assert_int_equal(hits.count, 120);
    for (size_t i = 0; i < hits.count; i++) {
        assert_int_equal(hits.items[i].offset, once[i % 3].offset);
        assert_int_equal(hits.items[i].literal, once[i % 3].literal);
    }
    cw_hits_done(&hits);
    assert_null(hits.items);
    cw_filter_free(filter);
}

static void nothing_is_found_in_nothing_or_by_nothing(void **state)
{
    (void)state;
    struct literals literals = {.count = 0};
    struct cw_filter *filter = new_filter(&literals);
    assert_int_equal(assert_hits(&literals, filter, CW_STR("any text at all, long enough"), 0), 0);
    cw_filter_free(filter);
    add_literal(&literals, CW_STR("rollback"));
    add_literal(&literals, CW_STR("rollback of the whole"));
    filter = new_filter(&literals);
    struct cw_hits hits = {0};
    assert_int_equal(cw_filter_scan(filter, CW_STR_NONE, &hits), CW_OK);
    assert_int_equal(hits.count, 0);
    for (size_t size = 0; size < 8; size++)
        assert_int_equal(assert_hits(&literals, filter, (struct cw_str){"rollback", size}, 1), 0);
    cw_filter_free(filter);
    cw_filter_free(NULL);
}

static void a_literal_that_is_too_short_is_refused_by_name(void **state)
{
    (void)state;
    const struct cw_str texts[] = {CW_STR("long enough"), CW_STR("sixsix")};
    struct cw_filter *filter = NULL;
    struct cw_error error = {0};
    assert_int_equal(cw_filter_new(texts, 2, &filter, &error), CW_ERR_INVALID);
    assert_non_null(strstr(error.text, "'sixsix'"));
    assert_null(filter);
    assert_int_equal(cw_filter_new(texts, 1, &filter, NULL), CW_OK);
    cw_filter_free(filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_literals_in_random_text_are_all_found),
        cmocka_unit_test(literals_made_of_few_letters_are_all_found),
        cmocka_unit_test(hundreds_of_literals_are_all_found),
        cmocka_unit_test(a_literal_of_any_length_is_found_at_any_place),
        cmocka_unit_test(a_literal_with_one_other_byte_is_not_found),
        cmocka_unit_test(duplicates_prefixes_and_overlaps_are_each_reported),
        cmocka_unit_test(hits_are_appended_to_those_of_other_scans),
        cmocka_unit_test(nothing_is_found_in_nothing_or_by_nothing),
        cmocka_unit_test(a_literal_that_is_too_short_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
