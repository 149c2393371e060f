#define _POSIX_C_SOURCE 200809L

#include "support/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "input/source.h"
#include "support/temp_folder.h"

/* Everything a source gives, read `most` bytes at a time. */
static struct cw_str read_all(struct cw_source *source, size_t most, char *bytes, size_t room)
{
    size_t used = 0;
    int64_t got;
    while ((got = cw_source_read(source, bytes + used, most, NULL)) > 0) {
        used += (size_t)got;
        assert_true(used + most <= room);
    }
    assert_int_equal(got, 0);
    return (struct cw_str){bytes, used};
}

static void memory_comes_in_pieces_of_the_size_asked_for(void **state)
{
    (void)state;
    char bytes[64];
    for (size_t piece = 0; piece <= 12; piece++) {
        struct cw_source *source = NULL;
        assert_int_equal(cw_source_memory("a log", CW_STR("0123456789"), piece, &source, NULL),
                         CW_OK);
        assert_string_equal(cw_source_name(source), "a log");
        size_t first = piece && piece < 10 ? piece : 10;
        assert_int_equal(cw_source_read(source, bytes, 20, NULL), first);
        assert_memory_equal(bytes, "0123456789", first);
        (void)read_all(source, 3, bytes + first, sizeof(bytes) - first);
        assert_memory_equal(bytes, "0123456789", 10);
        cw_source_close(source);
    }
}

static void a_file_can_be_read_again_at_any_position(void **state)
{
    char bytes[64];
    struct cw_source *source = NULL;
    temp_file(state, "log", CW_STR("0123456789"));
    struct temp_path path = temp_path(state, "log");
    assert_int_equal(cw_source_open(path.text, &source, NULL), CW_OK);
    assert_string_equal(cw_source_name(source), path.text);
    assert_true(cw_source_can_read_at(source));
    assert_int_equal(cw_source_read(source, bytes, 6, NULL), 6);
    assert_int_equal(cw_source_read_at(source, 2, bytes, 3, NULL), 3);
    assert_memory_equal(bytes, "234345", 6);
    assert_int_equal(cw_source_read_at(source, 10, bytes, 3, NULL), 0);
    assert_str(read_all(source, 16, bytes, sizeof(bytes)), "6789");
    cw_source_close(source);
}

/* Through a peek of every size, all bytes come, whatever the size of the pieces. */
static void a_peek_takes_nothing_away(void **state)
{
    (void)state;
    char bytes[64];
    for (size_t peek = 0; peek <= 12; peek++) {
        struct cw_source *source = NULL;
        struct cw_str head;
        size_t most = peek < 10 ? peek : 10;
        assert_int_equal(cw_source_memory("log", CW_STR("0123456789"), 3, &source, NULL), CW_OK);
        assert_int_equal(cw_source_size(source), 10);
        assert_int_equal(cw_source_peek(source, peek, &head, NULL), CW_OK);
        assert_true(cw_str_eq(head, cw_str_head(CW_STR("0123456789"), most)));
        assert_int_equal(cw_source_peek(source, most / 2, &head, NULL), CW_OK);
        assert_int_equal(head.len, most / 2);
        assert_str(read_all(source, 4, bytes, sizeof(bytes)), "0123456789");
        cw_source_close(source);
    }
}

static int64_t read_nothing(void *context, char *bytes, size_t size, struct cw_error *error)
{
    (void)context;
    return size ? cw_fail(error, CW_ERR_IO, "broken at %p", (void *)bytes) : 0;
}

static void a_source_of_another_kind_may_be_read_once_only(void **state)
{
    (void)state;
    static const struct cw_source_kind kind = {.read = read_nothing};
    struct cw_source *source = NULL;
    struct cw_str head = CW_STR_NONE;
    char byte = 0;
    assert_int_equal(cw_source_custom("once", &kind, NULL, &source, NULL), CW_OK);
    assert_false(cw_source_can_read_at(source));
    assert_int_equal(cw_source_read_at(source, 0, &byte, 1, NULL), CW_ERR_UNSUPPORTED);
    assert_int_equal(cw_source_size(source), 0);
    assert_int_equal(cw_source_peek(source, 1, &head, NULL), CW_ERR_IO);
    assert_null(head.ptr);
    cw_source_close(source);
}

static void what_can_not_be_opened_is_named(void **state)
{
    struct cw_source *source = NULL;
    struct cw_error error = {0};
    struct temp_path none = temp_path(state, "none");
    assert_int_equal(cw_source_open(none.text, &source, &error), CW_ERR_NOT_FOUND);
    assert_non_null(strstr(error.text, none.text));
    assert_int_equal(cw_source_open(temp_path(state, "").text, &source, &error), CW_ERR_IO);
    assert_null(source);
    cw_source_close(NULL);
}

struct range_case {
    uint64_t offset, size;
    const char *bytes;
};

static const struct range_case ranges[] = {
    {0, 10, "0123456789"}, {0, 3, "012"}, {4, 3, "456"},           {8, 10, "89"},
    {9, UINT64_MAX, "9"},  {10, 5, ""},   {UINT64_MAX - 1, 1, ""}, {5, 0, ""},
};

/* A range reads the same however much is asked for, and leaves the whole where it is. */
static void assert_range(struct cw_source *whole, const struct range_case *expected)
{
    char bytes[64];
    for (size_t most = 1; most <= 12; most++) {
        struct cw_source *range = NULL;
        assert_int_equal(cw_source_range(whole, expected->offset, expected->size, &range, NULL),
                         CW_OK);
        assert_string_equal(cw_source_name(range), cw_source_name(whole));
        assert_str(read_all(range, most, bytes, sizeof(bytes)), expected->bytes);
        cw_source_close(range);
    }
}

static void a_range_gives_what_there_is_of_it(void **state)
{
    (void)state;
    struct cw_source *whole = NULL;
    char byte = 0;
    assert_int_equal(cw_source_memory("log", CW_STR("0123456789"), 0, &whole, NULL), CW_OK);
    assert_int_equal(cw_source_read(whole, &byte, 1, NULL), 1);
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        assert_range(whole, &ranges[i]);
    assert_int_equal(cw_source_read(whole, &byte, 1, NULL), 1);
    assert_int_equal(byte, '1');
    cw_source_close(whole);
}

static void a_range_can_be_read_at_positions_of_its_own(void **state)
{
    (void)state;
    struct cw_source *whole = NULL;
    struct cw_source *range = NULL;
    struct cw_source *inner = NULL;
    char bytes[64];
    assert_int_equal(cw_source_memory("log", CW_STR("0123456789"), 0, &whole, NULL), CW_OK);
    assert_int_equal(cw_source_range(whole, 2, 6, &range, NULL), CW_OK);
    assert_int_equal(cw_source_range(range, 1, 3, &inner, NULL), CW_OK);
    assert_true(cw_source_can_read_at(range));
    assert_int_equal(cw_source_read_at(range, 4, bytes, 8, NULL), 2);
    assert_memory_equal(bytes, "67", 2);
    assert_int_equal(cw_source_read_at(range, 6, bytes, 8, NULL), 0);
    assert_int_equal(cw_source_read_at(range, 7, bytes, 8, NULL), 0);
    assert_int_equal(cw_source_read_at(range, UINT64_MAX, bytes, 8, NULL), 0);
    assert_str(read_all(inner, 2, bytes, sizeof(bytes)), "345");
    cw_source_close(inner);
    cw_source_close(range);
    cw_source_close(whole);
}

/* Standard input becomes a pipe that holds `bytes`. */
static void feed_standard_input(struct cw_str bytes)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes.ptr, bytes.len), (ssize_t)bytes.len);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

static void a_pipe_is_read_once_and_says_so(void **state)
{
    (void)state;
    char bytes[64];
    struct cw_source *source = NULL;
    struct cw_source *range = NULL;
    struct cw_error error = {0};
    feed_standard_input(CW_STR("through a pipe"));
    assert_int_equal(cw_source_open("-", &source, NULL), CW_OK);
    assert_string_equal(cw_source_name(source), "<stdin>");
    assert_false(cw_source_can_read_at(source));
    assert_str(read_all(source, 5, bytes, sizeof(bytes)), "through a pipe");
    assert_int_equal(cw_source_read_at(source, 0, bytes, 5, &error), CW_ERR_UNSUPPORTED);
    assert_non_null(strstr(error.text, "<stdin>"));
    assert_int_equal(cw_source_range(source, 0, 5, &range, NULL), CW_OK);
    assert_false(cw_source_can_read_at(range));
    assert_int_equal(cw_source_read(range, bytes, 5, NULL), CW_ERR_UNSUPPORTED);
    cw_source_close(range);
    cw_source_close(source);
    assert_int_equal(read(STDIN_FILENO, bytes, 1), 0);
}

/* Writes `size` bytes into a pipe from another process, and puts the pipe in place of standard
 * input. Byte i of the stream is a function of i. */
static char stream_byte(uint64_t i)
{
    return (char)('a' + (i * 7 + i / 1000) % 26);
}

static void stream_to_standard_input(uint64_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        for (uint64_t i = 0; i < size; i++) {
            static char bytes[4096];
            bytes[i % sizeof(bytes)] = stream_byte(i);
            bool full = (i + 1) % sizeof(bytes) == 0 || i + 1 == size;
            size_t count = full ? (size_t)(i % sizeof(bytes)) + 1 : 0;
            if (count && write(ends[1], bytes, count) != (ssize_t)count)
                _exit(1);
        }
        _exit(0);
    }
    (void)close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    (void)close(ends[0]);
}

static void the_end_of_a_pipe_is_kept(void **state)
{
    static const uint64_t sizes[] = {0, 10, CW_LIMIT_WINDOW, CW_LIMIT_WINDOW + 12345};
    static char bytes[8192];
    (void)state;
    int saved = dup(STDIN_FILENO);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct cw_source *source = NULL;
        char *window = NULL;
        size_t len = 1;
        uint64_t offset = 1;
        stream_to_standard_input(sizes[i]);
        assert_int_equal(cw_source_open("-", &source, NULL), CW_OK);
        assert_false(cw_source_can_read_at(source));
        while (cw_source_read(source, bytes, sizeof(bytes), NULL) > 0)
            continue;
        assert_int_equal(cw_source_window(source, &window, &len, &offset), CW_OK);
        assert_int_equal(offset + len, sizes[i]);
        assert_int_equal(len, sizes[i] < CW_LIMIT_WINDOW ? sizes[i] : CW_LIMIT_WINDOW);
        for (size_t k = 0; k < len; k++) {
            if (window[k] != stream_byte(offset + k))
                fail_msg("byte %zu of the window is wrong", k);
        }
        free(window);
        cw_source_close(source);
    }
    (void)dup2(saved, STDIN_FILENO);
    (void)close(saved);
    while (wait(NULL) > 0)
        continue;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_in_pieces_of_the_size_asked_for),
        cmocka_unit_test(a_file_can_be_read_again_at_any_position),
        cmocka_unit_test(a_peek_takes_nothing_away),
        cmocka_unit_test(a_source_of_another_kind_may_be_read_once_only),
        cmocka_unit_test(the_end_of_a_pipe_is_kept),
        cmocka_unit_test(what_can_not_be_opened_is_named),
        cmocka_unit_test(a_range_gives_what_there_is_of_it),
        cmocka_unit_test(a_range_can_be_read_at_positions_of_its_own),
        cmocka_unit_test(a_pipe_is_read_once_and_says_so),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
