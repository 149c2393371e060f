/* Each log is recognised by what it says, and none is taken for another. */
#include "support/test.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/os.h"
#include "input/decode.h"
#include "logs/format.h"

enum { HEAD = 64 * 1024, FILE_MOST = 64 * 1024 * 1024 };

/* The log that a file holds, by the beginning of its name or of its folder's. */
static const struct {
    const char *name;
    enum cw_log_kind log;
} kinds[] = {
    {"setupapi-xp", CW_LOG_SETUPAPI_XP},
    {"setupapi.log", CW_LOG_SETUPAPI_XP},
    {"cbs", CW_LOG_CBS},
    {"setupapi", CW_LOG_SETUPAPI},
    {"dism", CW_LOG_DISM},
    {"checksur", CW_LOG_CHECKSUR},
    {"poqexec", CW_LOG_POQEXEC},
    {"windowsupdate", CW_LOG_WINDOWS_UPDATE},
    {"events", CW_LOG_EVENTS},
    {"setupact", CW_LOG_SETUPACT},
    {"setuperr", CW_LOG_SETUPACT},
};

static bool kind_of(struct cw_str name, enum cw_log_kind *ret_log)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (cw_str_starts_nocase(name, cw_str_c(kinds[i].name))) {
            *ret_log = kinds[i].log;
            return true;
        }
    }
    return false;
}

static const struct cw_format *recognise(struct cw_str bytes)
{
    static char head[HEAD];
    struct cw_source *raw = NULL;
    struct cw_source *text = NULL;
    assert_int_equal(cw_source_memory("log", bytes, 0, &raw, NULL), CW_OK);
    assert_int_equal(cw_source_decode(raw, CW_ENCODING_UNKNOWN, &text, NULL), CW_OK);
    size_t size = 0;
    ptrdiff_t got;
    while (size < HEAD && (got = cw_source_read(text, head + size, HEAD - size, NULL)) > 0)
        size += (size_t)got;
    cw_source_close(text);
    cw_source_close(raw);
    return cw_format_recognise((struct cw_str){head, size});
}

/* Damaged excerpts are not recognised as they are; what is recognised is what it is. */
static size_t check_folder(const char *folder, const enum cw_log_kind *log)
{
    struct cw_arena arena = {0};
    struct cw_str *names = NULL;
    size_t count = 0;
    size_t recognised = 0;
    if (cw_os_list_folder(folder, &arena, &names, &count, NULL) < 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        char path[1024];
        struct cw_str bytes;
        enum cw_log_kind expected;
        (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i].ptr);
        if (log)
            expected = *log;
        else if (!kind_of(names[i], &expected))
            continue;
        if (cw_os_read_file(path, FILE_MOST, &arena, &bytes, NULL) < 0)
            continue;
        const struct cw_format *format = recognise(bytes);
        if (format && format->log != expected)
            fail_msg("%s is taken for %s", path, cw_log_name(format->log).ptr);
        recognised += format != NULL;
    }
    cw_arena_done(&arena);
    return recognised;
}

static void every_log_is_taken_for_what_it_is(void **state)
{
    (void)state;
    assert_true(check_folder(CW_FIXTURES "/logs", NULL) > 10);
}

static void every_log_of_a_case_is_taken_for_what_it_is(void **state)
{
    struct cw_arena arena = {0};
    struct cw_str *names = NULL;
    size_t count = 0;
    size_t recognised = 0;
    (void)state;
    assert_int_equal(cw_os_list_folder(CW_FIXTURES "/cases", &arena, &names, &count, NULL), CW_OK);
    for (size_t i = 0; i < count; i++) {
        char path[1024];
        (void)snprintf(path, sizeof(path), CW_FIXTURES "/cases/%s", names[i].ptr);
        recognised += check_folder(path, NULL);
    }
    assert_true(recognised > 50);
    cw_arena_done(&arena);
}

static void real_logs_are_taken_for_what_they_are(void **state)
{
    static const enum cw_log_kind cbs = CW_LOG_CBS;
    static const enum cw_log_kind setupapi = CW_LOG_SETUPAPI;
    (void)state;
    if (check_folder(CW_SHARED "/corpus/cbs", &cbs) +
            check_folder(CW_SHARED "/corpus/setupapi", &setupapi) ==
        0)
        skip();
}

static void no_format_bids_for_prose(void **state)
{
    static const char *const texts[] = {
        "",
        "\n\n",
        "The update failed with error 0x80070005.\nPlease help!\n",
        "2024-09-10 10:44:48 1234 5678 Agent of another program\n",
        "{\"log\": \"json\"}\n{\"log\": \"json\"}\n",
        "2024/09/10 10:44:48 [error] 31#31: *1 open() failed\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_null(cw_format_recognise(cw_str_c(texts[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_log_is_taken_for_what_it_is),
        cmocka_unit_test(every_log_of_a_case_is_taken_for_what_it_is),
        cmocka_unit_test(real_logs_are_taken_for_what_they_are),
        cmocka_unit_test(no_format_bids_for_prose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
