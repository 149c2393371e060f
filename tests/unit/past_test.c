/* What is kept of sections that ended well, and that it stays within its limits. */
#include "support/test.h"

#include <stdio.h>

#include "model/past.h"
#include "support/diagnosing.h"
#include "support/stories.h"

static struct cw_install package(size_t source, const char *inf, cw_time time)
{
    struct cw_install install = {.named = {.source = source, .line = 1, .time = time}};
    cw_past_set_name(&install.inf, cw_str_c(inf));
    cw_past_set_name(&install.provider, CW_STR("Contoso"));
    return install;
}

static void add(struct cw_past *past, struct cw_install install)
{
    assert_true(cw_past_add_install(past, &install));
}

static void the_same_again_is_one_record_unless_it_was_removed(void **state)
{
    struct cw_past past = {0};
    struct cw_install removal = package(0, "a.inf", 30);
    removal.traits = CW_INSTALL_REMOVED;
    (void)state;
    add(&past, package(0, "a.inf", 10));
    add(&past, package(0, "A.INF", 20));
    add(&past, package(1, "a.inf", 20)); /* another log */
    assert_int_equal(past.install_count, 2);
    assert_int_equal(past.installs[0].named.time, 10);
    assert_int_equal(past.installs[0].again, 20);
    add(&past, removal);
    add(&past, package(0, "a.inf", 40));
    assert_int_equal(past.install_count, 4);
    cw_past_done(&past);
}

static void what_came_with_windows_is_not_kept(void **state)
{
    struct cw_past past = {0};
    struct cw_install inbox = package(0, "usb.inf", 10);
    struct cw_install offline = package(0, "a.inf", 10);
    struct cw_install nameless = package(0, "", 10);
    (void)state;
    inbox.provider.len = 0;
    offline.traits = CW_INSTALL_OFFLINE;
    add(&past, inbox);
    add(&past, offline);
    add(&past, nameless);
    assert_int_equal(past.install_count, 0);
    cw_past_set_name(&inbox.published, CW_STR("oem12.inf"));
    add(&past, inbox);
    assert_int_equal(past.install_count, 1);
    cw_past_done(&past);
}

static void the_newest_are_kept_whatever_the_order(void **state)
{
    (void)state;
    for (int step = -1; step <= 1; step += 2) {
        struct cw_past past = {0};
        char name[32];
        cw_time oldest = CW_LIMIT_INSTALLS * 3;
        for (int i = 0; i < CW_LIMIT_INSTALLS * 2; i++) {
            int number = step > 0 ? i : CW_LIMIT_INSTALLS * 2 - 1 - i;
            (void)snprintf(name, sizeof(name), "a%d.inf", number);
            add(&past, package(0, name, number));
        }
        assert_int_equal(past.install_count, CW_LIMIT_INSTALLS);
        assert_int_equal(past.installs_dropped, CW_LIMIT_INSTALLS);
        for (size_t i = 0; i < past.install_count; i++)
            oldest = past.installs[i].again < oldest ? past.installs[i].again : oldest;
        assert_int_equal(oldest, CW_LIMIT_INSTALLS);
        cw_past_done(&past);
    }
}

static void write_thing(struct cw_past *past, enum cw_entity kind, struct cw_str name,
                        struct cw_past_line line)
{
    struct cw_written *written;
    assert_true(cw_past_add_written(past, kind, name, &line, &written));
    assert_non_null(written);
    assert_int_equal(written->last.line, line.line);
}

static void of_what_was_written_the_first_and_the_last_time_are_kept(void **state)
{
    struct cw_past past = {0};
    char name[32];
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        const struct cw_past_line line = {.line = i + 1, .time = i};
        write_thing(&past, CW_ENTITY_SERVICE, i % 2 ? CW_STR("DISK") : CW_STR("disk"), line);
    }
    assert_int_equal(past.written_count, 1);
    assert_int_equal(past.written[0].first.line, 1);
    assert_int_equal(past.written[0].last.line, 4);
    const struct cw_past_line other = {.source = 1, .line = 9, .time = 9};
    write_thing(&past, CW_ENTITY_SERVICE, CW_STR("disk"), other);
    write_thing(&past, CW_ENTITY_FILE, CW_STR("disk"), other);
    assert_int_equal(past.written_count, 3);
    for (unsigned i = 0; i < CW_LIMIT_WRITTEN * 2; i++) {
        const struct cw_past_line line = {.line = i + 1, .time = i + 10};
        (void)snprintf(name, sizeof(name), "Service%u", i);
        write_thing(&past, CW_ENTITY_SERVICE, cw_str_c(name), line);
    }
    assert_int_equal(past.written_count, CW_LIMIT_WRITTEN);
    assert_int_equal(past.written_dropped, CW_LIMIT_WRITTEN + 3);
    cw_past_done(&past);
}

static void what_is_too_long_is_cut(void **state)
{
    char text[2 * CW_PAST_LINE];
    struct cw_past_name name;
    struct cw_past_line line;
    const struct cw_str whole = {text, sizeof(text)};
    const struct cw_event event = {.text = whole, .line = 3, .time = 4};
    (void)state;
    memset(text, 'x', sizeof(text));
    cw_past_set_name(&name, whole);
    cw_past_set_line(&line, 0, &event);
    assert_int_equal(cw_past_name(&name).len, CW_PAST_NAME);
    assert_int_equal(cw_past_text(&line).len, CW_PAST_LINE);
}

/* Thousands of packages: the limit is named where something was weighed, and nowhere else. */
static void a_limit_that_was_reached_is_named(void **state)
{
    enum { PACKAGES = CW_LIMIT_INSTALLS + 50 };
    static const char ending[] =
        DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",
                            "ContosoPm", "0x00000005", "07:00:19.900");
    for (unsigned refused = 0; refused < 2; refused++) {
        struct cw_buf log;
        cw_buf_init(&log, 4 * 1024 * 1024);
        (void)cw_buf_append(&log, CW_STR(DEVICE_LOG));
        for (unsigned i = 0; i < PACKAGES; i++)
            (void)cw_buf_printf(&log,
                                ">>>  [SetupCopyOEMInf - D:\\a%u.inf]\n"
                                ">>>  Section start 2021/05/06 07:00:00.000\n"
                                "     inf: Provider: Contoso\n"
                                "<<<  Section end 2021/05/06 07:00:01.000\n"
                                "<<<  [Exit status: SUCCESS]\n\n",
                                i);
        (void)cw_buf_append(&log, refused ? cw_str_c(ending) : CW_STR_NONE);
        assert_false(log.failed);
        struct diagnosed diagnosed = diagnose_bytes(*state, CW_STR_NONE, cw_buf_str(&log));
        uint64_t named = 0;
        for (size_t i = 0; i < diagnosed.report->diagnostic_count; i++) {
            const struct cw_diagnostic *diagnostic = &diagnosed.report->diagnostics[i];
            if (cw_str_eq(diagnostic->kind, CW_STR("installs_dropped")))
                named = diagnostic->count;
        }
        assert_int_equal(named, refused ? 50 : 0);
        if (refused)
            assert_int_equal(diagnosed.report->findings[0].interference.unranked,
                             CW_LIMIT_INSTALLS);
        free_diagnosed(&diagnosed);
        cw_buf_done(&log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_is_one_record_unless_it_was_removed),
        cmocka_unit_test(what_came_with_windows_is_not_kept),
        cmocka_unit_test(the_newest_are_kept_whatever_the_order),
        cmocka_unit_test(of_what_was_written_the_first_and_the_last_time_are_kept),
        cmocka_unit_test(what_is_too_long_is_cut),
        cmocka_unit_test(a_limit_that_was_reached_is_named),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
