/* Logs that are written, cut and put away while they are read: the report is about what was there,
 * and says that it is not there any more. */
#define _XOPEN_SOURCE 700

#include "support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "support/diagnosing.h"
#include "support/stories.h"
#include "support/temp_folder.h"

/* A run that fails with a code that no rule knows; what failed first is an ordinary line. */
#define UNKNOWN_FAILURE                                                                            \
    EXEC("2021-05-06", "1_1", PACKAGE("KB1"))                                                      \
    LINE("2021-05-06", "09:00:02", "Nothing that a rule asks for [HRESULT = 0x8abc0001]")          \
    EXEC_ENDS("2021-05-06", "1_1", PACKAGE("KB1"), "0x8abc0001")                                   \
    FINALIZED("2021-05-06", "1_1", "no", "0x8abc0001")

static const char later_line[] = "2021-05-07 08:00:00, Info                  CBS    Nothing new\n";
static const char quiet_line[] = "2021-05-06 08:00:00, Info                  CBS    Nothing new\n";

enum { LINES = 20000 /* more than a block */ };

struct change {
    char path[TEMP_PATH_MOST];
    char other[TEMP_PATH_MOST];
    void (*make)(const struct change *change);
    bool done;
};

static void append_to(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    assert_non_null(file);
    (void)fputs(later_line, file);
    assert_int_equal(fclose(file), 0);
}

static void grow(const struct change *change)
{
    append_to(change->path, "ab");
}

static void shrink(const struct change *change)
{
    assert_int_equal(truncate(change->path, 100), 0);
}

static void put_away(const struct change *change)
{
    assert_int_equal(rename(change->path, change->other), 0);
    append_to(change->path, "wb");
}

static void take_away(const struct change *change)
{
    assert_int_equal(rename(change->path, change->other), 0);
}

static void nothing(const struct change *change)
{
    (void)change;
}

/* Once, when the first block has been read. */
static void on_step(void *context, const struct cw_progress *progress)
{
    struct change *change = context;
    if (progress->bytes && !change->done)
        change->make(change);
    change->done = true;
}

static void write_log(void **state)
{
    static const char failure[] = UNKNOWN_FAILURE;
    struct cw_buf log;
    cw_buf_init(&log, (size_t)8 * 1024 * 1024);
    for (size_t i = 0; i < LINES; i++)
        assert_true(cw_buf_append(&log, cw_str_c(quiet_line)));
    assert_true(cw_buf_append(&log, cw_str_c(failure)));
    temp_file(state, "CBS.log", cw_buf_str(&log));
    cw_buf_done(&log);
}

static struct diagnosed diagnose_changing(void **state, const struct cw_rules *rules,
                                          void (*make)(const struct change *))
{
    struct diagnosed diagnosed = {0};
    struct change change = {.make = make};
    const struct cw_progress_sink sink = {on_step, &change};
    write_log(state);
    (void)snprintf(change.path, sizeof(change.path), "%s", temp_path(state, "CBS.log").text);
    (void)snprintf(change.other, sizeof(change.other), "%s", temp_path(state, "old.log").text);
    assert_int_equal(cw_diagnosis_new(rules, &diagnosed.diagnosis, NULL), CW_OK);
    cw_diagnosis_watch(diagnosed.diagnosis, &sink);
    assert_int_equal(cw_diagnosis_add(diagnosed.diagnosis, change.path, NULL), CW_OK);
    assert_int_equal(cw_diagnosis_finish(diagnosed.diagnosis, NULL), CW_OK);
    assert_true(change.done);
    diagnosed.report = cw_diagnosis_report(diagnosed.diagnosis);
    return diagnosed;
}

static bool was_searched(const struct cw_report *report)
{
    const struct cw_finding *finding = &report->findings[0];
    return cw_str_find(finding->chain[0].text, CW_STR("Nothing that a rule asks for")) != SIZE_MAX;
}

static void a_change_is_said_and_harms_nothing(void **state)
{
    static const struct {
        void (*make)(const struct change *change);
        const char *kind;
        bool partial, finds, searches;
    } rows[] = {
        {nothing, NULL, false, true, true},          {grow, "grew", false, true, true},
        {shrink, "shrank", true, false, false},      {put_away, "replaced", false, true, false},
        {take_away, "replaced", false, true, false},
    };
    struct cw_rules *rules = NULL;
    assert_int_equal(load_builtin_rules((void **)&rules), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct diagnosed diagnosed = diagnose_changing(state, rules, rows[i].make);
        const struct cw_report *report = diagnosed.report;
        assert_int_equal(report->diagnostic_count, rows[i].kind ? 1 : 0);
        if (rows[i].kind)
            assert_str(report->diagnostics[0].kind, rows[i].kind);
        assert_int_equal(cw_diagnosis_is_partial(diagnosed.diagnosis), rows[i].partial);
        assert_int_equal(report->finding_count, rows[i].finds ? 1 : 0);
        if (rows[i].finds)
            assert_int_equal(was_searched(report), rows[i].searches);
        free_diagnosed(&diagnosed);
    }
    free_rules((void **)&rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_said_and_harms_nothing),
    };
    return cmocka_run_group_tests(tests, temp_folder_make, temp_folder_remove);
}
