/* The meter, with a terminal that only remembers what was written to it. */
#include "support/test.h"

#include "cli/meter.h"
#include "support/capture.h"

static int terminal_columns;

static int columns(void)
{
    return terminal_columns;
}

static struct cw_progress at(uint64_t milliseconds, uint64_t bytes, const char *name)
{
    return (struct cw_progress){name, bytes, milliseconds};
}

struct bench {
    struct capture capture;
    struct cw_output output;
    struct cw_meter meter;
};

static void begin(struct bench *bench, int width)
{
    terminal_columns = width;
    bench->output = capture_begin(&bench->capture);
    cw_meter_init(&bench->meter, &bench->output, columns);
}

static void step(struct bench *bench, uint64_t milliseconds, uint64_t bytes, const char *name)
{
    struct cw_progress progress = at(milliseconds, bytes, name);
    cw_meter_step(&bench->meter, &progress);
}

static void assert_shown(struct bench *bench, const char *expected)
{
    assert_str(cw_buf_str(&bench->capture.buf), expected);
    cw_buf_clear(&bench->capture.buf);
}

static void short_work_shows_nothing(void **state)
{
    (void)state;
    struct bench bench;
    begin(&bench, 80);
    for (uint64_t i = 0; i < 1000; i += 9)
        step(&bench, i, i << 20, "CBS.log");
    cw_meter_clear(&bench.meter);
    assert_shown(&bench, "");
    cw_buf_done(&bench.capture.buf);
}

static void bytes_rate_and_file_are_shown_five_times_a_second(void **state)
{
    (void)state;
    struct bench bench;
    begin(&bench, 80);
    step(&bench, 1999, 4000000000, "logs/CBS.log");
    assert_shown(&bench, "\rcbswhy: 4000 MB, 2000 MB/s, logs/CBS.log");
    step(&bench, 2198, 4200000000, "logs/CBS.log");
    assert_shown(&bench, "");
    step(&bench, 2199, 4400000000, "x.log");
    assert_shown(&bench, "\rcbswhy: 4400 MB, 2000 MB/s, x.log       ");
    cw_meter_clear(&bench.meter);
    assert_shown(&bench, "\r                                 \r");
    cw_meter_clear(&bench.meter);
    assert_shown(&bench, "");
    cw_buf_done(&bench.capture.buf);
}

static void one_work_after_another_is_added_up(void **state)
{
    (void)state;
    struct bench bench;
    begin(&bench, 80);
    step(&bench, 600, 600000000, "a.log");
    cw_meter_clear(&bench.meter);
    assert_shown(&bench, "");
    step(&bench, 399, 400000000, "b.log");
    assert_shown(&bench, "");
    step(&bench, 1399, 1400000000, "b.log");
    assert_shown(&bench, "\rcbswhy: 2000 MB, 1000 MB/s, b.log");
    cw_buf_done(&bench.capture.buf);
}

/* What a terminal of this width shows after all that was written: nothing may have wrapped. */
static void assert_fits(struct cw_str written, size_t width)
{
    size_t column = 0;
    for (size_t i = 0; i < written.len; i++) {
        unsigned char c = (unsigned char)written.ptr[i];
        assert_true(c == '\r' || c >= ' ');
        if (c == '\r')
            column = 0;
        else if (c < 0x80 || c >= 0xC0)
            column += c < 0x80 ? 1 : 2;
        assert_true(column < width);
    }
}

static void no_name_reaches_the_last_column(void **state)
{
    (void)state;
    static const char *const names[] = {
        "", "CBS.log", "a very long folder/with another one/and a third/that goes on/CBS.log",
        ("\xE6\x97\xA5\xE5\xBF\x97\xE6\x97\xA5\xE5\xBF\x97\xE6\x97\xA5\xE5\xBF\x97/"
         "\xE6\x97\xA5\xE5\xBF\x97\xE6\x97\xA5\xE5\xBF\x97\xE6\x97\xA5\xE5\xBF\x97.log")};
    for (int width = 24; width < 120; width++) {
        struct bench bench;
        begin(&bench, width);
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            step(&bench, 2000 + 1000 * i, (uint64_t)123456789012 * (i + 1), names[i]);
        cw_meter_clear(&bench.meter);
        assert_fits(cw_buf_str(&bench.capture.buf), (size_t)width);
        cw_buf_done(&bench.capture.buf);
    }
}

static void the_end_of_a_long_name_is_kept(void **state)
{
    (void)state;
    struct bench bench;
    begin(&bench, 48);
    step(&bench, 1999, 2000000, "bundle.zip/Windows/Logs/CBS/CBS.log");
    assert_shown(&bench, "\rcbswhy: 2 MB, 1 MB/s, ...ndows/Logs/CBS/CBS.log");
    cw_buf_done(&bench.capture.buf);
}

static void a_terminal_that_is_too_narrow_shows_nothing(void **state)
{
    (void)state;
    struct bench bench;
    begin(&bench, 12);
    step(&bench, 5000, 5000000, "CBS.log");
    assert_shown(&bench, "");
    terminal_columns = 0;
    step(&bench, 6000, 6000000, "CBS.log");
    assert_shown(&bench, "\rcbswhy: 6 MB, 0 MB/s, CBS.log");
    cw_buf_done(&bench.capture.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_work_shows_nothing),
        cmocka_unit_test(bytes_rate_and_file_are_shown_five_times_a_second),
        cmocka_unit_test(one_work_after_another_is_added_up),
        cmocka_unit_test(no_name_reaches_the_last_column),
        cmocka_unit_test(the_end_of_a_long_name_is_kept),
        cmocka_unit_test(a_terminal_that_is_too_narrow_shows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
