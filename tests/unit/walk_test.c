#define _POSIX_C_SOURCE 200809L

#include "support/test.h"

#include <stdio.h>
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

static int record_windows(void *context, const struct cw_walk_windows *windows,
                          struct cw_error *error)
{
    struct recorder *recorder = context;
    if (recorder->calls_left-- == 0)
        return cw_fail(error, CW_ERR_CLOSED, "enough");
    struct cw_str path = shorten(recorder, windows->path);
    bool is_folder = cw_str_eq(path, cw_str_c(recorder->folder));
    (void)cw_buf_printf(&recorder->text, "%s %.*s: has %.*s; lacks %.*s\n",
                        windows->is_whole ? "windows" : "part",
                        CW_STR_ARG(is_folder ? CW_STR(".") : path), CW_STR_ARG(windows->have),
                        CW_STR_ARG(windows->lack));
    return CW_OK;
}

static int walk(struct recorder *recorder, const char *path, struct cw_error *error)
{
    struct cw_walk_sink sink = {record_file, record_skipped, record_windows, recorder};
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

static void a_link_in_a_folder_is_never_followed(void **state)
{
    temp_subfolder(state, "links");
    temp_subfolder(state, "links/real");
    temp_file(state, "links/real/a.log", CW_STR("a"));
    temp_link(state, "links/1-file-outside", "../tree/b.log");
    temp_link(state, "links/2-folder-outside", "../tree");
    temp_link(state, "links/3-above", "..");
    temp_link(state, "links/4-nothing", "no-such-file");
    temp_link(state, "links/5-itself", "5-itself");
    temp_link(state, "links/6-file-inside", "real/a.log");
    temp_link(state, "links/7-folder-inside", "real");
    temp_link(state, "links/real/8-cycle", "../real");
    temp_link(state, "links/real/9-the-folder", "../../links");
    struct temp_path path = temp_path(state, "links");
    assert_walk(
        path.text, path.text,
        "skip 1-file-outside: a symbolic link that leads out of the folder is not followed\n"
        "skip 2-folder-outside: a symbolic link that leads out of the folder is not "
        "followed\n"
        "skip 3-above: a symbolic link that leads out of the folder is not followed\n"
        "skip 4-nothing: no such file or folder\n"
        "skip 5-itself: too many symbolic links\n"
        "file real/a.log\n");
}

static void a_folder_whose_name_begins_like_the_one_asked_for_is_outside(void **state)
{
    temp_subfolder(state, "same");
    temp_subfolder(state, "same-and-more");
    temp_file(state, "same-and-more/a.log", CW_STR("a"));
    temp_link(state, "same/a.log", "../same-and-more/a.log");
    struct temp_path path = temp_path(state, "same");
    assert_walk(path.text, path.text,
                "skip a.log: a symbolic link that leads out of the folder is not followed\n");
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

/* Makes the folders above it, too. */
static void make_file(void **state, const char *name)
{
    char folder[TEMP_PATH_MOST];
    for (size_t i = 0; name[i]; i++) {
        struct cw_str above = {name, i};
        if (name[i] != '/')
            continue;
        (void)snprintf(folder, sizeof(folder), "%.*s", CW_STR_ARG(above));
        if (access(temp_path(state, folder).text, F_OK) != 0)
            temp_subfolder(state, folder);
    }
    temp_file(state, name, CW_STR("x"));
}

static void of_a_mounted_windows_only_the_places_of_logs_are_read(void **state)
{
    static const char *const files[] = {
        "disk/pagefile.sys",
        "disk/Users/user/a.log",
        "disk/WINDOWS/system32/kernel32.dll",
        "disk/WINDOWS/system32/other.log",
        "disk/WINDOWS/logs/cbs/cbs.log",
        "disk/WINDOWS/logs/cbs/CbsPersist_20240910024412.cab",
        "disk/WINDOWS/logs/cbs/picture.png",
        "disk/WINDOWS/Inf/SetupAPI.dev.log",
        "disk/WINDOWS/Inf/cpu.inf",
        "disk/WINDOWS/Inf/other.log",
        "disk/WINDOWS/logs/other/other.log",
        "disk/WINDOWS/Panther/NewOs/Panther/setupact.log",
        "disk/WINDOWS/winsxs/poqexec.log",
        "disk/WINDOWS/winsxs/other.log",
        "disk/WINDOWS/SoftwareDistribution/ReportingEvents.log",
        "disk/WINDOWS/SoftwareDistribution/Download/x/other.log",
        "disk/WINDOWS/windowsupdate.log",
        "disk/WINDOWS/setupact.log",
        "disk/WINDOWS/setuperr.log",
        "disk/WINDOWS/system32/sysprep/Panther/setupact.log",
        "disk/$Windows.~bt/sources/rollback/setupapi/setupapi.dev.log",
        "disk/Windows.old/Windows/INF/setupapi.dev.log",
        "disk/Windows.old/Users/b.log",
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        make_file(state, files[i]);
    temp_link(state, "disk/WINDOWS/logs/cbs/link.log", "../../../Users/user/a.log");
    temp_link(state, "disk/WINDOWS/logs/cbs/out.log", "../../../../tree/b.log");
    struct temp_path path = temp_path(state, "disk");
    assert_walk(
        path.text, path.text,
        "file WINDOWS/logs/cbs/CbsPersist_20240910024412.cab\n"
        "file WINDOWS/logs/cbs/cbs.log\n"
        "skip WINDOWS/logs/cbs/out.log: a symbolic link that leads out of the folder is "
        "not followed\n"
        "file WINDOWS/Inf/SetupAPI.dev.log\n"
        "file WINDOWS/Panther/NewOs/Panther/setupact.log\n"
        "file WINDOWS/SoftwareDistribution/ReportingEvents.log\n"
        "file WINDOWS/winsxs/poqexec.log\n"
        "file WINDOWS/system32/sysprep/Panther/setupact.log\n"
        "file WINDOWS/setupact.log\n"
        "file WINDOWS/setuperr.log\n"
        "file WINDOWS/windowsupdate.log\n"
        "file Windows.old/Windows/INF/setupapi.dev.log\n"
        "file $Windows.~bt/sources/rollback/setupapi/setupapi.dev.log\n"
        "windows .: has WINDOWS/Logs/CBS, WINDOWS/INF/setupapi*.log, WINDOWS/Panther, "
        "WINDOWS/SoftwareDistribution/ReportingEvents*.log, WINDOWS/WinSxS/poqexec*.log, "
        "WINDOWS/System32/Sysprep/Panther, WINDOWS/setupact*.log, "
        "WINDOWS/setuperr*.log, WINDOWS/WindowsUpdate*.log, Windows.old/Windows/INF/setupapi*.log, "
        "$WINDOWS.~BT/Sources/Rollback; lacks WINDOWS/Logs/DISM\n");
}

static void the_folder_windows_itself_may_be_given(void **state)
{
    make_file(state, "xp/WINNT/System32/ntoskrnl.exe");
    make_file(state, "xp/WINNT/inf/cpu.inf");
    make_file(state, "xp/WINNT/setupapi.log");
    make_file(state, "xp/WINNT/other.log");
    struct temp_path path = temp_path(state, "xp/WINNT");
    assert_walk(path.text, path.text,
                "file setupapi.log\n"
                "windows .: has setupapi*.log; lacks Logs/CBS, INF/setupapi*.log, Logs/DISM, "
                "Panther\n");
}

static void a_windows_is_recognised_below_the_folder_that_was_given(void **state)
{
    make_file(state, "mounts/c/Windows/System32/drivers/x.sys");
    make_file(state, "mounts/c/Windows/INF/setupapi.dev.log");
    make_file(state, "mounts/c/Users/a.log");
    make_file(state, "mounts/notes.log");
    struct temp_path path = temp_path(state, "mounts");
    assert_walk(path.text, path.text,
                "file c/Windows/INF/setupapi.dev.log\n"
                "windows c: has Windows/INF/setupapi*.log; lacks Windows/Logs/CBS, "
                "Windows/Logs/DISM, Windows/Panther\n"
                "file notes.log\n");
}

static void what_was_copied_out_of_a_windows_is_read_as_a_whole(void **state)
{
    make_file(state, "copied/Windows/Logs/CBS/CBS.log");
    make_file(state, "copied/Windows/INF/readme.txt");
    make_file(state, "copied/Windows/System32/winevt/Logs/Setup.evtx");
    make_file(state, "copied/notes.txt");
    struct temp_path path = temp_path(state, "copied");
    assert_walk(path.text, path.text,
                "part .: has Windows/Logs/CBS, Windows/System32/winevt/Logs/Setup.evtx; lacks "
                "Windows/INF/setupapi*.log, Windows/Logs/DISM, Windows/Panther\n"
                "file Windows/INF/readme.txt\n"
                "file Windows/Logs/CBS/CBS.log\n"
                "file Windows/System32/winevt/Logs/Setup.evtx\n"
                "file notes.txt\n");
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
        cmocka_unit_test(a_link_in_a_folder_is_never_followed),
        cmocka_unit_test(a_folder_whose_name_begins_like_the_one_asked_for_is_outside),
        cmocka_unit_test(a_link_that_is_asked_for_is_followed),
        cmocka_unit_test(a_pipe_in_a_folder_is_skipped),
        cmocka_unit_test(a_folder_that_may_not_be_read_is_skipped),
        cmocka_unit_test(folders_that_lie_too_deep_are_skipped),
        cmocka_unit_test(of_a_mounted_windows_only_the_places_of_logs_are_read),
        cmocka_unit_test(the_folder_windows_itself_may_be_given),
        cmocka_unit_test(a_windows_is_recognised_below_the_folder_that_was_given),
        cmocka_unit_test(what_was_copied_out_of_a_windows_is_read_as_a_whole),
        cmocka_unit_test(what_is_missing_is_an_error_with_its_name),
        cmocka_unit_test(a_refusal_ends_the_walk_at_once),
    };
    return cmocka_run_group_tests(tests, make_folder, temp_folder_remove);
}
