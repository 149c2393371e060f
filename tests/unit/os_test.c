#include "support/test.h"

#include <errno.h>

#include "base/os.h"
#include "support/temp_folder.h"

static void fill_folder(void **state)
{
    temp_file(state, "file", CW_STR("0123456789"));
    temp_file(state, "empty", CW_STR_NONE);
    temp_subfolder(state, "folder");
    temp_link(state, "to-file", "file");
    temp_link(state, "to-folder", "folder");
    temp_link(state, "to-nothing", "no-such-file");
    temp_link(state, "to-itself", "to-itself");
    temp_pipe(state, "pipe");
}

static int make_folder(void **state)
{
    int status = temp_folder_make(state);
    if (status == 0)
        fill_folder(state);
    return status;
}

struct stat_case {
    const char *name;
    enum cw_os_kind kind;
    bool is_link;
};

static void a_path_is_what_it_leads_to(void **state)
{
    static const struct stat_case cases[] = {
        {"file", CW_OS_FILE, false},   {"to-file", CW_OS_FILE, true},
        {"", CW_OS_FOLDER, false},     {"folder", CW_OS_FOLDER, false},
        {"pipe", CW_OS_STREAM, false}, {"to-folder", CW_OS_FOLDER, true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_os_info info = {0};
        struct temp_path path = temp_path(state, cases[i].name);
        assert_int_equal(cw_os_stat(path.text, &info, NULL), CW_OK);
        assert_int_equal(info.kind, cases[i].kind);
        assert_int_equal(info.is_link, cases[i].is_link);
    }
}

static void a_file_is_the_same_file_by_another_path(void **state)
{
    struct cw_os_info file = {0};
    struct cw_os_info link = {0};
    struct cw_os_info other = {0};
    assert_int_equal(cw_os_stat(temp_path(state, "file").text, &file, NULL), CW_OK);
    assert_int_equal(cw_os_stat(temp_path(state, "folder/../to-file").text, &link, NULL), CW_OK);
    assert_int_equal(cw_os_stat(temp_path(state, "empty").text, &other, NULL), CW_OK);
    assert_true(file.device == link.device && file.inode == link.inode);
    assert_false(file.device == other.device && file.inode == other.inode);
}

struct refusal_case {
    const char *name;
    int status;
    const char *reason;
};

static void what_is_not_there_is_named_with_the_reason(void **state)
{
    static const struct refusal_case cases[] = {
        {"no-such-file", CW_ERR_NOT_FOUND, "no such file or folder"},
        {"to-nothing", CW_ERR_NOT_FOUND, "no such file or folder"},
        {"file/inside", CW_ERR_NOT_FOUND, "a part of the path is no folder"},
        {"to-itself", CW_ERR_IO, "too many symbolic links"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct temp_path path = temp_path(state, cases[i].name);
        struct cw_error error = {0};
        struct cw_os_info info = {.inode = 4711};
        cw_os_file file = 4711;
        assert_int_equal(cw_os_open(path.text, &file, NULL), cases[i].status);
        assert_int_equal(cw_os_stat(path.text, &info, &error), cases[i].status);
        assert_int_equal(error.status, cases[i].status);
        assert_non_null(strstr(error.text, path.text));
        assert_non_null(strstr(error.text, cases[i].reason));
        assert_true(info.inode == 4711 && file == 4711);
    }
}

static void a_folder_can_not_be_opened_as_a_file(void **state)
{
    struct cw_error error = {0};
    cw_os_file file = 4711;
    assert_int_equal(cw_os_open(temp_path(state, "folder").text, &file, &error), CW_ERR_IO);
    assert_non_null(strstr(error.text, "is a folder"));
    assert_int_equal(file, 4711);
}

static void reading_at_a_position_does_not_move_the_reading_position(void **state)
{
    char bytes[16];
    cw_os_file file;
    assert_int_equal(cw_os_open(temp_path(state, "to-file").text, &file, NULL), CW_OK);
    assert_true(cw_os_can_read_at(file));
    assert_int_equal(cw_os_read(file, bytes, 4), 4);
    assert_int_equal(cw_os_read_at(file, 8, bytes + 4, 12), 2);
    assert_int_equal(cw_os_read_at(file, 10, bytes, 16), 0);
    assert_int_equal(cw_os_read(file, bytes + 6, 10), 6);
    assert_memory_equal(bytes, "012389456789", 12);
    assert_int_equal(cw_os_read(file, bytes, 16), 0);
    cw_os_close(file);
    assert_int_equal(cw_os_read(file, bytes, 16), CW_ERR_IO);
}

static void a_small_file_is_read_whole(void **state)
{
    struct cw_arena arena = {0};
    struct cw_str bytes = CW_STR_NONE;
    struct temp_path path = temp_path(state, "file");
    assert_int_equal(cw_os_read_file(path.text, 10, &arena, &bytes, NULL), CW_OK);
    assert_str(bytes, "0123456789");
    assert_int_equal(bytes.ptr[bytes.len], '\0');
    assert_int_equal(cw_os_read_file(temp_path(state, "empty").text, 0, &arena, &bytes, NULL),
                     CW_OK);
    assert_int_equal(bytes.len, 0);
    assert_int_equal(bytes.ptr[0], '\0');
    cw_arena_done(&arena);
}

static void a_file_that_can_not_be_read_whole_leaves_the_result_alone(void **state)
{
    struct cw_arena arena;
    struct cw_str bytes = CW_STR("before");
    struct temp_path file = temp_path(state, "file");
    struct temp_path folder = temp_path(state, "folder");
    struct temp_path none = temp_path(state, "no-such-file");
    cw_arena_init(&arena, 1);
    assert_int_equal(cw_os_read_file(file.text, 9, &arena, &bytes, NULL), CW_ERR_LIMIT);
    assert_int_equal(cw_os_read_file(file.text, 10, &arena, &bytes, NULL), CW_ERR_NOMEM);
    assert_int_equal(cw_os_read_file(folder.text, 10, &arena, &bytes, NULL), CW_ERR_IO);
    assert_int_equal(cw_os_read_file(none.text, 10, &arena, &bytes, NULL), CW_ERR_NOT_FOUND);
    assert_str(bytes, "before");
    cw_arena_done(&arena);
}

static void names_come_in_byte_order(void **state)
{
    static const char *const made[] = {"names/a.log", "names/.hidden", "names/\xC3\xA4",
                                       "names/B.log", "names/b",       "names/a"};
    static const char *const sorted[] = {".hidden", "B.log", "a", "a.log", "b", "\xC3\xA4"};
    temp_subfolder(state, "names");
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
        temp_file(state, made[i], CW_STR_NONE);
    struct cw_arena arena = {0};
    struct cw_str *names = NULL;
    size_t count = 0;
    struct temp_path path = temp_path(state, "names");
    assert_int_equal(cw_os_list_folder(path.text, &arena, &names, &count, NULL), CW_OK);
    assert_int_equal(count, sizeof(sorted) / sizeof(sorted[0]));
    for (size_t i = 0; i < count; i++)
        assert_str(names[i], sorted[i]);
    cw_arena_done(&arena);
}

static void a_folder_without_names_has_none(void **state)
{
    struct cw_arena arena = {0};
    struct cw_str *names = NULL;
    size_t count = 4711;
    assert_int_equal(
        cw_os_list_folder(temp_path(state, "no-such-file").text, &arena, &names, &count, NULL),
        CW_ERR_NOT_FOUND);
    assert_int_equal(cw_os_list_folder(temp_path(state, "file").text, &arena, &names, &count, NULL),
                     CW_ERR_NOT_FOUND);
    assert_int_equal(count, 4711);
    assert_int_equal(
        cw_os_list_folder(temp_path(state, "folder").text, &arena, &names, &count, NULL), CW_OK);
    assert_int_equal(count, 0);
    cw_arena_done(&arena);
}

static void reasons_do_not_come_from_the_locale(void **state)
{
    (void)state;
    assert_string_equal(cw_os_reason(EACCES), "permission denied");
    assert_string_equal(cw_os_reason(EIO), "input/output error");
    assert_string_equal(cw_os_reason(-1), "the operating system refused");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_what_it_leads_to),
        cmocka_unit_test(a_file_is_the_same_file_by_another_path),
        cmocka_unit_test(what_is_not_there_is_named_with_the_reason),
        cmocka_unit_test(a_folder_can_not_be_opened_as_a_file),
        cmocka_unit_test(reading_at_a_position_does_not_move_the_reading_position),
        cmocka_unit_test(a_small_file_is_read_whole),
        cmocka_unit_test(a_file_that_can_not_be_read_whole_leaves_the_result_alone),
        cmocka_unit_test(names_come_in_byte_order),
        cmocka_unit_test(a_folder_without_names_has_none),
        cmocka_unit_test(reasons_do_not_come_from_the_locale),
    };
    return cmocka_run_group_tests(tests, make_folder, temp_folder_remove);
}
