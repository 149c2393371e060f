/* Who waits is told what is read, in words that can not harm a terminal. */
#include "support/test.h"

#include <stdio.h>

#include "cbswhy/analysis.h"
#include "input/source.h"
#include "support/temp_folder.h"

struct seen {
    unsigned steps;
    uint64_t bytes, milliseconds;
    char name[CW_WATCH_NAME];
};

static void see(void *context, const struct cw_progress *progress)
{
    struct seen *seen = context;
    assert_true(progress->bytes > seen->bytes);
    assert_true(progress->milliseconds >= seen->milliseconds);
    seen->steps++;
    seen->bytes = progress->bytes;
    seen->milliseconds = progress->milliseconds;
    (void)snprintf(seen->name, sizeof(seen->name), "%s", progress->name);
}

static void every_read_is_counted_with_what_was_peeked_at(void **state)
{
    (void)state;
    char bytes[64];
    struct seen seen = {0};
    const struct cw_progress_sink sink = {see, &seen};
    struct cw_watch watch;
    struct cw_source *source = NULL;
    struct cw_str head;
    cw_watch_init(&watch, &sink);
    assert_int_equal(cw_source_memory("a.log", CW_STR("0123456789"), 4, &source, NULL), CW_OK);
    assert_int_equal(cw_source_peek(source, 3, &head, NULL), CW_OK);
    cw_source_watch(source, &watch);
    assert_int_equal(seen.steps, 0);
    while (cw_source_read(source, bytes, sizeof(bytes), NULL) > 0)
        continue;
    assert_int_equal(seen.steps, 3);
    assert_int_equal(seen.bytes, 10);
    assert_string_equal(seen.name, "a.log");
    cw_source_close(source);
}

static void a_name_is_made_safe(void **state)
{
    (void)state;
    static const struct {
        const char *name, *expected;
    } rows[] = {
        {"logs/CBS.log", "logs/CBS.log"},
        {"a\x1b[31m\nb\x7f", "a?[31m?b?"},
        {"\xC2\x9B"
         "31m",
         "?31m"},
        {"x\xE2\x80\xAEgol.SBC", "x?gol.SBC"},
        {"\xE6\x97\xA5\xFF.log", "\xE6\x97\xA5\xEF\xBF\xBD.log"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_watch watch;
        cw_watch_init(&watch, &(struct cw_progress_sink){NULL, NULL});
        cw_watch_name(&watch, cw_str_c(rows[i].name));
        assert_string_equal(watch.progress.name, rows[i].expected);
    }
}

static void of_a_long_name_the_end_is_told(void **state)
{
    (void)state;
    char name[4096];
    struct cw_watch watch;
    memset(name, '\xFF', sizeof(name));
    memcpy(name + sizeof(name) - 7, "CBS.log", 7);
    cw_watch_init(&watch, &(struct cw_progress_sink){NULL, NULL});
    cw_watch_name(&watch, (struct cw_str){name, sizeof(name)});
    assert_in_range(strlen(watch.name), 85, CW_WATCH_NAME - 1);
    assert_true(cw_str_ends(cw_str_c(watch.name), CW_STR("CBS.log")));
}

static void an_analysis_tells_of_each_log(void **state)
{
    struct cw_rules *rules = NULL;
    struct cw_analysis *analysis = NULL;
    struct seen seen = {0};
    const struct cw_progress_sink sink = {see, &seen};
    const struct cw_str log =
        CW_STR("2020-01-23 07:48:28, Info                  CBS    Nothing new\n");
    temp_file(state, "CBS.log", log);
    struct temp_path path = temp_path(state, "CBS.log");
    assert_int_equal(cw_rules_open_builtin(&rules, NULL), CW_OK);
    assert_int_equal(cw_analysis_new(rules, &analysis, NULL), CW_OK);
    cw_analysis_set_progress(analysis, &sink);
    assert_int_equal(cw_analysis_add(analysis, path.text, NULL), CW_OK);
    assert_int_equal(cw_analysis_finish(analysis, NULL), CW_OK);
    assert_int_equal(seen.bytes, log.len);
    assert_string_equal(seen.name, path.text);
    cw_analysis_free(analysis);
    cw_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_read_is_counted_with_what_was_peeked_at),
        cmocka_unit_test(a_name_is_made_safe),
        cmocka_unit_test(of_a_long_name_the_end_is_told),
        cmocka_unit_test(an_analysis_tells_of_each_log),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
