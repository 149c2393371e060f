/* The private map. */
#define _XOPEN_SOURCE 700
#include "cbswhy/redaction.h"

#include <sys/stat.h>

#include "base/os.h"
#include "report/redact.h"
#include "support/temp_folder.h"
#include "support/test.h"

#define HEAD "{\"format\": \"cbswhy-redact-map\", \"version\": 1, \"values\": ["
#define VALUE(token, kind, value)                                                                  \
    "{\"token\": \"" token "\", \"kind\": \"" kind "\", \"value\": \"" value "\"}"

static struct cw_redaction *read_map(void **state, const char *name)
{
    struct cw_redaction *redaction = NULL;
    struct cw_error error = {0};
    assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
    int status = cw_redaction_read_map(redaction, temp_path(state, name).text, &error);
    if (status != CW_OK)
        fail_msg("%s", error.text);
    return redaction;
}

static void write_map(void **state, struct cw_redaction *redaction, const char *name)
{
    assert_int_equal(cw_redaction_write_map(redaction, temp_path(state, name).text, NULL), CW_OK);
}

static void assert_put(struct cw_redaction *redaction, const char *text, const char *expected)
{
    struct cw_buf safe;
    cw_buf_init(&safe, 4096);
    assert_int_equal(cw_redaction_put(redaction, cw_str_c(text), CW_REDACT_TEXT, &safe), CW_OK);
    assert_str(cw_buf_str(&safe), expected);
    cw_buf_done(&safe);
}

static void assert_file(void **state, const char *name, const char *expected)
{
    struct cw_arena arena = {0};
    struct cw_str bytes;
    assert_int_equal(cw_os_read_file(temp_path(state, name).text, 64 * 1024, &arena, &bytes, NULL),
                     CW_OK);
    assert_str(bytes, expected);
    cw_arena_done(&arena);
}

static void a_value_keeps_its_token_from_run_to_run(void **state)
{
    struct cw_redaction *first = read_map(state, "none.map");
    assert_put(first, "\\Users\\zoe, \\\\Filer9\\x", "\\Users\\USER-1, \\\\HOST-1\\x");
    write_map(state, first, "kept.map");
    cw_redaction_free(first);

    struct cw_redaction *second = read_map(state, "kept.map");
    assert_put(second, "\\Users\\abe, \\Users\\ZOE, filer9",
               "\\Users\\USER-2, \\Users\\USER-1, HOST-1");
    write_map(state, second, "kept.map");
    cw_redaction_free(second);
    assert_file(state, "kept.map",
                "{\n  \"format\": \"cbswhy-redact-map\",\n  \"version\": 1,\n  \"values\": [\n"
                "    {\n      \"token\": \"USER-2\",\n      \"kind\": \"user\",\n"
                "      \"value\": \"abe\"\n    },\n"
                "    {\n      \"token\": \"USER-1\",\n      \"kind\": \"user\",\n"
                "      \"value\": \"ZOE\"\n    },\n"
                "    {\n      \"token\": \"HOST-1\",\n      \"kind\": \"host\",\n"
                "      \"value\": \"Filer9\"\n    }\n  ]\n}\n");
}

static void a_short_name_shares_the_token_of_its_user(void **state)
{
    struct cw_redaction *first = read_map(state, "none.map");
    assert_put(first, "\\Users\\John Doe\\a.exe, \\Users\\JOHNDO~1\\b.exe",
               "\\Users\\USER-1\\a.exe, \\Users\\USER-1\\b.exe");
    write_map(state, first, "short.map");
    cw_redaction_free(first);
    struct cw_redaction *second = read_map(state, "short.map");
    assert_put(second, "\\Users\\johndo~1\\b.exe", "\\Users\\USER-1\\b.exe");
    cw_redaction_free(second);
}

static mode_t mode_of(void **state, const char *name)
{
    struct stat info;
    assert_int_equal(lstat(temp_path(state, name).text, &info), 0);
    return info.st_mode;
}

static void only_the_owner_may_read_it(void **state)
{
    struct cw_redaction *redaction = read_map(state, "none.map");
    mode_t mask = umask(0);
    write_map(state, redaction, "private.map");
    assert_int_equal(mode_of(state, "private.map") & 0777, 0600);
    /* One that others could read, too, is replaced and not written into. */
    temp_file(state, "open.map", cw_str_c(HEAD "]}"));
    assert_int_equal(chmod(temp_path(state, "open.map").text, 0666), 0);
    write_map(state, redaction, "open.map");
    assert_int_equal(mode_of(state, "open.map") & 0777, 0600);
    (void)umask(mask);
    cw_redaction_free(redaction);
}

static void no_link_is_followed(void **state)
{
    struct cw_redaction *redaction = read_map(state, "none.map");
    struct cw_error error = {0};
    temp_file(state, "victim", CW_STR("precious"));
    temp_link(state, "link.map", "victim");
    assert_int_equal(cw_redaction_write_map(redaction, temp_path(state, "link.map").text, &error),
                     CW_ERR_IO);
    assert_int_equal(cw_redaction_read_map(redaction, temp_path(state, "link.map").text, &error),
                     CW_ERR_IO);
    /* Nor one that was laid where the new file is made first. */
    temp_link(state, "new.map.0.tmp", "victim");
    write_map(state, redaction, "new.map");
    assert_file(state, "victim", "precious");
    assert_true(S_ISLNK(mode_of(state, "new.map.0.tmp")));
    assert_int_equal(cw_redaction_write_map(redaction, temp_path(state, "").text, &error),
                     CW_ERR_IO);
    assert_int_equal(
        cw_redaction_write_map(redaction, temp_path(state, "no/such/folder").text, &error),
        CW_ERR_NOT_FOUND);
    cw_redaction_free(redaction);
}

static void a_file_that_is_no_map_is_refused_and_stays(void **state)
{
    static const char *const texts[] = {
        "",
        "text",
        "{}",
        "[]",
        HEAD,
        HEAD "]} more",
        HEAD "1]}",
        "{\"format\": \"cbswhy-redact-map\", \"version\": 2, \"values\": []}",
        "{\"format\": \"other\", \"version\": 1, \"values\": []}",
        "{\"format\": \"cbswhy-redact-map\", \"version\": 1}",
        HEAD VALUE("USER-0", "user", "a") "]}",
        HEAD VALUE("USER-1", "host", "a") "]}",
        HEAD VALUE("USER-1", "person", "a") "]}",
        HEAD VALUE("USER-1", "user", "") "]}",
        HEAD VALUE("ada", "user", "a") "]}",
        HEAD "{\"token\": \"USER-1\", \"kind\": \"user\"}]}",
        HEAD VALUE("USER-1", "user", "abe") ", " VALUE("USER-2", "user", "ABE") "]}",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct cw_redaction *redaction = NULL;
        struct cw_error error = {0};
        temp_file(state, "bad.map", cw_str_c(texts[i]));
        assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
        int status = cw_redaction_read_map(redaction, temp_path(state, "bad.map").text, &error);
        if (status != CW_ERR_INVALID)
            fail_msg("%s: %d", texts[i], status);
        assert_non_null(strstr(error.text, "no map of tokens"));
        assert_file(state, "bad.map", texts[i]);
        cw_redaction_free(redaction);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_keeps_its_token_from_run_to_run),
        cmocka_unit_test(a_short_name_shares_the_token_of_its_user),
        cmocka_unit_test(only_the_owner_may_read_it),
        cmocka_unit_test(no_link_is_followed),
        cmocka_unit_test(a_file_that_is_no_map_is_refused_and_stays),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
