#define _POSIX_C_SOURCE 200809L

#include "support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "input/member.h"
#include "support/packing.h"
#include "support/temp_folder.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct packed_file inner_files[] = {{"0.log", {"zero", 4}},
                                                 {"1.log", {"0123456789", 10}}};

/* outer.zip with two members, of which the second is a zip with two. */
static void make_bundle(void **state)
{
    struct cw_buf inner = zip(inner_files, COUNT(inner_files));
    struct packed_file files[] = {{"first.log", {"first", 5}}, {"inner.zip", cw_buf_str(&inner)}};
    struct cw_buf outer = zip(files, COUNT(files));
    temp_file(state, "outer.zip", cw_buf_str(&outer));
    cw_buf_done(&outer);
    cw_buf_done(&inner);
}

static struct cw_source *open_at(void **state, struct cw_member_place place)
{
    struct cw_source *source = NULL;
    make_bundle(state);
    struct temp_path path = temp_path(state, "outer.zip");
    assert_int_equal(cw_member_open(path.text, &place, &source, NULL), CW_OK);
    return source;
}

static void assert_at(struct cw_source *source, uint64_t offset, size_t size, const char *expected)
{
    char bytes[64];
    int64_t got = cw_source_read_at(source, offset, bytes, size, NULL);
    assert_true(got >= 0);
    assert_str(((struct cw_str){bytes, (size_t)got}), expected);
}

static void a_member_is_found_by_its_numbers(void **state)
{
    static const struct {
        struct cw_member_place place;
        const char *expected;
    } cases[] = {
        {{.depth = 1, .index = {0}}, "first"},
        {{.depth = 2, .index = {1, 0}}, "zero"},
        {{.depth = 2, .index = {1, 1}}, "0123456789"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char bytes[64];
        struct cw_source *source = open_at(state, cases[i].place);
        int64_t got = cw_source_read(source, bytes, sizeof(bytes), NULL);
        assert_true(got > 0);
        assert_str(((struct cw_str){bytes, (size_t)got}), cases[i].expected);
        assert_int_equal(cw_source_read(source, bytes, sizeof(bytes), NULL), 0);
        cw_source_close(source);
    }
}

static void depth_zero_is_the_file_itself(void **state)
{
    struct cw_source *source = open_at(state, (struct cw_member_place){0});
    assert_true(cw_source_can_read_at(source));
    assert_at(source, 0, 2, "PK");
    cw_source_close(source);
}

static void any_position_can_be_read_forwards_and_back(void **state)
{
    struct cw_source *source = open_at(state, (struct cw_member_place){2, {1, 1}});
    assert_true(cw_source_can_read_at(source));
    assert_at(source, 4, 3, "456");
    assert_at(source, 7, 2, "78");
    assert_at(source, 2, 3, "234");
    assert_at(source, 9, 5, "9");
    assert_at(source, 10, 5, "");
    assert_at(source, 1000, 5, "");
    assert_at(source, 0, 0, "");
    assert_at(source, 0, 1, "0");
    cw_source_close(source);
}

static void a_range_of_a_member_is_read_like_one_of_a_file(void **state)
{
    struct cw_source *whole = open_at(state, (struct cw_member_place){2, {1, 1}});
    struct cw_source *range = NULL;
    char bytes[64];
    assert_int_equal(cw_source_range(whole, 3, 4, &range, NULL), CW_OK);
    assert_int_equal(cw_source_read(range, bytes, 3, NULL), 3);
    assert_int_equal(cw_source_read(range, bytes + 3, 3, NULL), 1);
    assert_memory_equal(bytes, "3456", 4);
    cw_source_close(range);
    cw_source_close(whole);
}

static void what_is_not_there_any_more_is_refused(void **state)
{
    static const struct {
        struct cw_member_place place;
        int status;
    } cases[] = {
        {{.depth = 1, .index = {2}}, CW_ERR_NOT_FOUND},
        {{.depth = 2, .index = {0, 0}}, CW_ERR_INVALID},
        {{.depth = 2, .index = {1, 2}}, CW_ERR_NOT_FOUND},
    };
    make_bundle(state);
    struct temp_path path = temp_path(state, "outer.zip");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_source *source = NULL;
        struct cw_error error = {0};
        assert_int_equal(cw_member_open(path.text, &cases[i].place, &source, &error),
                         cases[i].status);
        assert_null(source);
        assert_true(error.text[0] != '\0');
    }
}

static void standard_input_is_read_again_when_it_is_a_file_and_no_pipe(void **state)
{
    const struct cw_member_place place = {1, {0}};
    struct cw_source *source = NULL;
    int ends[2];
    make_bundle(state);
    assert_non_null(freopen(temp_path(state, "outer.zip").text, "rb", stdin));
    assert_int_equal(lseek(STDIN_FILENO, 0, SEEK_END) > 0, 1);
    assert_int_equal(cw_member_open("-", &place, &source, NULL), CW_OK);
    assert_at(source, 1, 3, "irs");
    cw_source_close(source);
    source = NULL;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(cw_member_open("-", &place, &source, NULL), CW_ERR_UNSUPPORTED);
    assert_null(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_found_by_its_numbers),
        cmocka_unit_test(depth_zero_is_the_file_itself),
        cmocka_unit_test(any_position_can_be_read_forwards_and_back),
        cmocka_unit_test(a_range_of_a_member_is_read_like_one_of_a_file),
        cmocka_unit_test(what_is_not_there_any_more_is_refused),
        cmocka_unit_test(standard_input_is_read_again_when_it_is_a_file_and_no_pipe),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
