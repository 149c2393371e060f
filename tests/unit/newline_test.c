#include "support/test.h"

#include <stdlib.h>

#include "input/newline.h"
#include "support/random.h"

/* The truth, by looking at each byte. */
static void find_each(struct cw_str bytes, char newline, struct cw_offsets *offsets, bool *ret_nul)
{
    *ret_nul = false;
    for (size_t i = 0; i < bytes.len; i++) {
        *ret_nul = *ret_nul || bytes.ptr[i] == '\0';
        if (bytes.ptr[i] == newline)
            assert_true(cw_offsets_add(offsets, (uint32_t)i + 1));
    }
}

static void assert_same(const struct cw_offsets *actual, const struct cw_offsets *expected)
{
    assert_int_equal(actual->count, expected->count);
    for (size_t i = 0; i < expected->count; i++)
        assert_int_equal(actual->items[i], expected->items[i]);
}

static void assert_newlines(struct cw_str bytes, char newline)
{
    struct cw_offsets lists[3] = {{0}};
    bool nuls[3];
    find_each(bytes, newline, &lists[0], &nuls[0]);
    nuls[1] = nuls[2] = !nuls[0];
    assert_true(cw_newlines_find(bytes, newline, &lists[1], &nuls[1]));
    assert_true(cw_newlines_find_reference(bytes, newline, &lists[2], &nuls[2]));
    for (size_t i = 1; i < 3; i++) {
        assert_same(&lists[i], &lists[0]);
        assert_int_equal(nuls[i], nuls[0]);
    }
    for (size_t i = 0; i < 3; i++)
        cw_offsets_done(&lists[i]);
}

/* Bytes that end where the allocation ends, so that a sanitizer sees one byte too many. */
static char *misaligned(size_t shift, size_t size)
{
    char *memory = malloc(shift + size + 1);
    assert_non_null(memory);
    memory = realloc(memory, shift + size ? shift + size : 1);
    assert_non_null(memory);
    return memory;
}

static void every_length_and_alignment_gives_what_looking_gives(void **state)
{
    (void)state;
    static const char alphabet[] = "ab\n\r\0\x8A\x0B\x8D";
    uint64_t seed = 7;
    for (size_t size = 0; size <= 200; size++) {
        for (size_t shift = 0; shift < 16; shift++) {
            char *memory = misaligned(shift, size);
            for (size_t i = 0; i < size; i++)
                memory[shift + i] = alphabet[random_below(&seed, 2 + (uint32_t)(size + shift) % 7)];
            assert_newlines((struct cw_str){memory + shift, size}, '\n');
            assert_newlines((struct cw_str){memory + shift, size}, '\r');
            free(memory);
        }
    }
}

static void a_single_nul_is_seen_wherever_it_stands(void **state)
{
    (void)state;
    char bytes[150];
    memset(bytes, 'x', sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = '\0';
        assert_newlines((struct cw_str){bytes, sizeof(bytes)}, '\n');
        bytes[i] = 'x';
    }
}

static void what_the_list_holds_stays_before_what_is_found(void **state)
{
    (void)state;
    struct cw_offsets offsets = {0};
    bool has_nul = true;
    assert_true(cw_offsets_add(&offsets, 99));
    assert_true(cw_newlines_find(CW_STR("a\nb\n"), '\n', &offsets, &has_nul));
    assert_false(has_nul);
    assert_int_equal(offsets.count, 3);
    assert_int_equal(offsets.items[0], 99);
    assert_int_equal(offsets.items[1], 2);
    assert_int_equal(offsets.items[2], 4);
    cw_offsets_done(&offsets);
    assert_null(offsets.items);
}

/* The list grows while it is filled; where it is full must not matter. */
static void a_list_that_is_almost_full_grows(void **state)
{
    (void)state;
    enum { SIZE = 20000 };
    char *bytes = misaligned(0, SIZE);
    memset(bytes, '\n', SIZE);
    for (uint32_t held = 4000; held < 4200; held += 3) {
        struct cw_offsets offsets = {0};
        bool has_nul = true;
        for (uint32_t i = 0; i < held; i++)
            assert_true(cw_offsets_add(&offsets, i));
        assert_true(cw_newlines_find((struct cw_str){bytes, SIZE}, '\n', &offsets, &has_nul));
        assert_int_equal(offsets.count, held + SIZE);
        for (uint32_t i = 0; i < SIZE; i++)
            assert_int_equal(offsets.items[held + i], i + 1);
        cw_offsets_done(&offsets);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_and_alignment_gives_what_looking_gives),
        cmocka_unit_test(a_single_nul_is_seen_wherever_it_stands),
        cmocka_unit_test(what_the_list_holds_stays_before_what_is_found),
        cmocka_unit_test(a_list_that_is_almost_full_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
