#define _POSIX_C_SOURCE 200809L

#include "support/test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "input/walk.h"
#include "support/temp_folder.h"

/* What a walk delivered, one line each: "file PATH" or "skip PATH: REASON", without the folder. */
struct recorder {
    struct cw_buf text;
    const char *folder;
    int calls_left; /* the call after these is refused */
};

static struct cw_str shorten(const struct recorder *recorder, const char *path)
{
    struct cw_str whole = cw_str_c(path);
    struct cw_str folder = cw_str_c(recorder->folder);
    bool inside = cw_str_starts(whole, folder) && whole.len > folder.len;
    return inside ? cw_str_from(whole, folder.len + 1) : whole;
}

static int record_file(void *context, const char *path, struct cw_error *error)
{
    struct recorder *recorder = context;
    if (recorder->calls_left-- == 0)
        return cw_fail(error, CW_ERR_CLOSED, "enough");
    (void)cw_buf_printf(&recorder->text, "file %.*s\n", CW_STR_ARG(shorten(recorder, path)));
    return CW_OK;
}

/* Of a reason only what follows the quoted path is kept. */
static int record_skipped(void *context, const char *path, const char *reason)
{
    struct recorder *recorder = context;
    struct cw_str why = cw_str_c(reason);
    size_t quote = cw_str_find(why, CW_STR("': "));
    if (recorder->calls_left-- == 0)
        return CW_ERR_CLOSED;
    (void)cw_buf_printf(&recorder->text, "skip %.*s: %.*s\n", CW_STR_ARG(shorten(recorder, path)),
                        CW_STR_ARG(quote == SIZE_MAX ? why : cw_str_from(why, quote + 3)));
    return CW_OK;
}

static int walk(struct recorder *recorder, const char *path, struct cw_error *error)
{
    struct cw_walk_sink sink = {record_file, record_skipped, recorder};
    return cw_walk(path, &sink, error);
}

static struct recorder recorder_begin(const char *folder, int calls)
{
    struct recorder recorder = {.folder = folder, .calls_left = calls};
    cw_buf_init(&recorder.text, 4096);
    return recorder;
}

static void assert_walk(const char *path, const char *folder, const char *expected)
{
    struct recorder recorder = recorder_begin(folder, 1000);
    struct cw_error error = {0};
    if (walk(&recorder, path, &error) != CW_OK)
        fail_msg("%s", error.text);
    assert_str(cw_buf_str(&recorder.text), expected);
    cw_buf_done(&recorder.text);
}

static int make_folder(void **state)
{
    if (temp_folder_make(state) != 0)
        return -1;
    temp_subfolder(state, "tree");
    temp_file(state, "tree/b.log", CW_STR("b"));
    temp_subfolder(state, "tree/a");
    temp_file(state, "tree/a/z.log", CW_STR("z"));
    temp_file(state, "tree/a/Y.log", CW_STR("Y"));
    temp_subfolder(state, "tree/a/inner");
    temp_file(state, "tree/a/inner/x.log", CW_STR("x"));
    temp_file(state, "tree/a.log", CW_STR("a"));
    temp_file(state, "tree/.hidden", CW_STR("h"));
    temp_subfolder(state, "tree/nothing-in-it");
    return 0;
}

static const char tree[] = "file .hidden\n"
                           "file a/Y.log\n"
                           "file a/inner/x.log\n"
                           "file a/z.log\n"
                           "file a.log\n"
                           "file b.log\n";

static void every_file_below_a_folder_comes_in_byte_order_of_names(void **state)
{
    struct temp_path path = temp_path(state, "tree");
    assert_walk(path.text, path.text, tree);
}

static void a_slash_at_the_end_is_not_doubled(void **state)
{
    struct temp_path folder = temp_path(state, "tree");
    struct temp_path path = temp_path(state, "tree/");
    assert_walk(path.text, folder.text, tree);
}

static void a_file_or_standard_input_stands_for_itself(void **state)
{
    struct temp_path folder = temp_path(state, "tree");
    struct temp_path path = temp_path(state, "tree/a/z.log");
    assert_walk(path.text, folder.text, "file a/z.log\n");
    assert_walk("-", folder.text, "file -\n");
}

static void links_to_files_are_followed_and_links_to_folders_are_not(void **state)
{
    temp_subfolder(state, "links");
    temp_link(state, "links/1-file", "../tree/b.log");
    temp_link(state, "links/2-folder", "../tree");
    temp_link(state, "links/3-above", "..");
    temp_link(state, "links/4-nothing", "no-such-file");
    temp_link(state, "links/5-itself", "5-itself");
    struct temp_path path = temp_path(state, "links");
    assert_walk(path.text, path.text,
                "file 1-file\n"
                "skip 2-folder: a link to a folder is not followed\n"
                "skip 3-above: a link to a folder is not followed\n"
                "skip 4-nothing: no such file or folder\n"
                "skip 5-itself: too many symbolic links\n");
}

static void a_link_that_is_asked_for_is_followed(void **state)
{
    temp_link(state, "to-tree", "tree");
    struct temp_path path = temp_path(state, "to-tree");
    assert_walk(path.text, path.text, tree);
}

static void a_pipe_in_a_folder_is_skipped(void **state)
{
    temp_subfolder(state, "pipes");
    temp_pipe(state, "pipes/a-pipe");
    temp_file(state, "pipes/b.log", CW_STR("b"));
    struct temp_path path = temp_path(state, "pipes");
    assert_walk(path.text, path.text, "skip a-pipe: neither a file nor a folder\nfile b.log\n");
}

static void a_folder_that_may_not_be_read_is_skipped(void **state)
{
    if (geteuid() == 0)
        skip(); /* the superuser may read anything */
    temp_subfolder(state, "locked");
    temp_subfolder(state, "locked/a");
    temp_file(state, "locked/b.log", CW_STR("b"));
    struct temp_path path = temp_path(state, "locked");
    struct temp_path inner = temp_path(state, "locked/a");
    assert_int_equal(chmod(inner.text, 0), 0);
    assert_walk(path.text, path.text, "skip a: permission denied\nfile b.log\n");
    assert_int_equal(chmod(inner.text, 0700), 0);
}

static void folders_that_lie_too_deep_are_skipped(void **state)
{
    struct cw_buf folder;
    struct cw_buf expected;
    cw_buf_init(&folder, TEMP_PATH_MOST);
    cw_buf_init(&expected, 4096);
    (void)cw_buf_append(&folder, CW_STR("deep"));
    for (int depth = 0; depth <= CW_LIMIT_WALK_DEPTH + 1; depth++) {
        size_t len = folder.len;
        const char *inside = depth ? folder.data + strlen("deep/") : "";
        temp_subfolder(state, folder.data);
        if (depth > CW_LIMIT_WALK_DEPTH)
            (void)cw_buf_printf(&expected, "skip %s: the folder lies too deep\n", inside);
        else
            (void)cw_buf_printf(&expected, "file %s%s0.log\n", inside, depth ? "/" : "");
        (void)cw_buf_append(&folder, CW_STR("/0.log"));
        temp_file(state, folder.data, CW_STR("0"));
        folder.len = len;
        (void)cw_buf_append(&folder, CW_STR("/1"));
    }
    struct temp_path path = temp_path(state, "deep");
    assert_walk(path.text, path.text, expected.data);
    cw_buf_done(&folder);
    cw_buf_done(&expected);
}

static void what_is_missing_is_an_error_with_its_name(void **state)
{
    struct recorder recorder = recorder_begin("", 0);
    struct cw_error error = {0};
    struct temp_path path = temp_path(state, "no-such-folder");
    assert_int_equal(walk(&recorder, path.text, &error), CW_ERR_NOT_FOUND);
    assert_non_null(strstr(error.text, path.text));
    assert_int_equal(recorder.calls_left, 0);
    cw_buf_done(&recorder.text);
}

static void a_refusal_ends_the_walk_at_once(void **state)
{
    struct temp_path path = temp_path(state, "tree");
    for (int calls = 0; calls < 6; calls++) {
        struct recorder recorder = recorder_begin(path.text, calls);
        struct cw_error error = {0};
        assert_int_equal(walk(&recorder, path.text, &error), CW_ERR_CLOSED);
        assert_string_equal(error.text, "enough");
        assert_int_equal(recorder.calls_left, -1);
        cw_buf_done(&recorder.text);
    }
    temp_subfolder(state, "refused");
    temp_link(state, "refused/a", "no-such-file");
    temp_file(state, "refused/b.log", CW_STR("b"));
    struct recorder recorder = recorder_begin("", 0);
    assert_int_equal(walk(&recorder, temp_path(state, "refused").text, NULL), CW_ERR_CLOSED);
    assert_int_equal(recorder.calls_left, -1);
    cw_buf_done(&recorder.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_below_a_folder_comes_in_byte_order_of_names),
        cmocka_unit_test(a_slash_at_the_end_is_not_doubled),
        cmocka_unit_test(a_file_or_standard_input_stands_for_itself),
        cmocka_unit_test(links_to_files_are_followed_and_links_to_folders_are_not),
        cmocka_unit_test(a_link_that_is_asked_for_is_followed),
        cmocka_unit_test(a_pipe_in_a_folder_is_skipped),
        cmocka_unit_test(a_folder_that_may_not_be_read_is_skipped),
        cmocka_unit_test(folders_that_lie_too_deep_are_skipped),
        cmocka_unit_test(what_is_missing_is_an_error_with_its_name),
        cmocka_unit_test(a_refusal_ends_the_walk_at_once),
    };
    return cmocka_run_group_tests(tests, make_folder, temp_folder_remove);
}
