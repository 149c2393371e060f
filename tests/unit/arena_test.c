#include "support/test.h"

#include "base/arena.h"

enum { ALIGN = _Alignof(max_align_t) };

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    unsigned char *blocks[64];
    for (size_t i = 0; i < 64; i++) {
        blocks[i] = cw_arena_alloc(&arena, 1 + i * 29);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % ALIGN, 0);
        for (size_t k = 0; k < 1 + i * 29; k++) {
            assert_int_equal(blocks[i][k], 0);
            blocks[i][k] = (unsigned char)i;
        }
    }
    for (size_t i = 0; i < 64; i++) {
        for (size_t k = 0; k < 1 + i * 29; k++)
            assert_int_equal(blocks[i][k], i);
    }
    cw_arena_done(&arena);
}

static void a_block_larger_than_a_chunk_is_given(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    const size_t size = 1000 * 1000;
    unsigned char *large = cw_arena_alloc(&arena, size);
    unsigned char *small = cw_arena_alloc(&arena, 1);
    assert_non_null(large);
    assert_non_null(small);
    memset(large, 0xFF, size);
    assert_int_equal(*small, 0);
    cw_arena_done(&arena);
}

static void the_limit_is_reached_exactly_and_not_passed(void **state)
{
    (void)state;
    struct cw_arena arena;
    cw_arena_init(&arena, 10 * ALIGN);
    assert_null(cw_arena_alloc(&arena, 10 * ALIGN + 1));
    assert_non_null(cw_arena_alloc(&arena, 9 * ALIGN));
    assert_null(cw_arena_alloc(&arena, ALIGN + 1));
    assert_non_null(cw_arena_alloc(&arena, 1));
    assert_int_equal(arena.used, 10 * ALIGN);
    assert_null(cw_arena_alloc(&arena, 1));
    cw_arena_done(&arena);
    assert_int_equal(arena.used, 0);
    assert_non_null(cw_arena_alloc(&arena, 10 * ALIGN));
    assert_null(cw_arena_alloc(&arena, 1));
    cw_arena_done(&arena);
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    assert_null(cw_arena_alloc(&arena, SIZE_MAX));
    assert_null(cw_arena_alloc(&arena, SIZE_MAX - ALIGN));
    assert_null(cw_arena_array(&arena, SIZE_MAX / 4, 8));
    assert_null(cw_arena_array(&arena, 2, SIZE_MAX / 2 + 2));
    assert_int_equal(arena.used, 0);
    assert_non_null(cw_arena_array(&arena, 3, 0));
    cw_arena_done(&arena);
}

static void strings_are_copied_and_terminated(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    char source[] = "Panther\0tail";
    struct cw_str copy = CW_STR_NONE;
    assert_true(cw_arena_str(&arena, (struct cw_str){source, sizeof(source) - 1}, &copy));
    source[0] = 'x';
    assert_int_equal(copy.len, sizeof(source) - 1);
    assert_memory_equal(copy.ptr, "Panther\0tail", sizeof(source));
    assert_string_equal(cw_arena_cstr(&arena, CW_STR_NONE), "");
    cw_arena_done(&arena);
}

static void a_copy_that_does_not_fit_leaves_the_result_alone(void **state)
{
    (void)state;
    struct cw_arena arena;
    cw_arena_init(&arena, ALIGN);
    struct cw_str copy = CW_STR("as it was");
    char text[ALIGN] = {0};
    assert_false(cw_arena_str(&arena, (struct cw_str){text, ALIGN}, &copy));
    assert_str(copy, "as it was");
    assert_null(cw_arena_cstr(&arena, (struct cw_str){text, ALIGN}));
    assert_true(cw_arena_str(&arena, (struct cw_str){text, ALIGN - 1}, &copy));
    assert_int_equal(copy.len, ALIGN - 1);
    cw_arena_done(&arena);
}

static void an_array_grows_up_to_its_most_and_keeps_what_it_holds(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    void *items = NULL;
    size_t cap = 0;
    for (size_t count = 0; count < 100; count++) {
        assert_true(cw_arena_grow(&arena, &items, &cap, count, sizeof(size_t), 100));
        assert_in_range(cap, count + 1, 100);
        ((size_t *)items)[count] = count;
    }
    void *before = items;
    assert_false(cw_arena_grow(&arena, &items, &cap, 100, sizeof(size_t), 100));
    assert_ptr_equal(items, before);
    assert_int_equal(cap, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(((size_t *)items)[i], i);
    cw_arena_done(&arena);
}

static void an_array_that_can_not_grow_is_unchanged(void **state)
{
    (void)state;
    struct cw_arena arena;
    cw_arena_init(&arena, 8 * sizeof(uint64_t));
    void *items = NULL;
    size_t cap = 0;
    assert_true(cw_arena_grow(&arena, &items, &cap, 0, sizeof(uint64_t), SIZE_MAX));
    assert_int_equal(cap, 8);
    void *before = items;
    assert_false(cw_arena_grow(&arena, &items, &cap, 8, sizeof(uint64_t), SIZE_MAX));
    assert_ptr_equal(items, before);
    assert_int_equal(cap, 8);
    cw_arena_done(&arena);
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    cw_arena_done(NULL);
    cw_arena_done(&arena);
    cw_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(a_block_larger_than_a_chunk_is_given),
        cmocka_unit_test(the_limit_is_reached_exactly_and_not_passed),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(strings_are_copied_and_terminated),
        cmocka_unit_test(a_copy_that_does_not_fit_leaves_the_result_alone),
        cmocka_unit_test(an_array_grows_up_to_its_most_and_keeps_what_it_holds),
        cmocka_unit_test(an_array_that_can_not_grow_is_unchanged),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
