#include "support/test.h"

#include "base/civil.h"

#define DAY INT64_C(86400000)

struct time_case {
    struct cw_civil civil;
    cw_time time;
    const char *text;
};

static const struct time_case known[] = {
    {{1970, 1, 1, 0, 0, 0, 0}, 0, "1970-01-01T00:00:00"},
    {{1970, 1, 1, 0, 0, 0, 1}, 1, "1970-01-01T00:00:00.001"},
    {{1969, 12, 31, 23, 59, 59, 999}, -1, "1969-12-31T23:59:59.999"},
    {{1, 1, 1, 0, 0, 0, 0}, INT64_C(-62135596800000), "0001-01-01T00:00:00"},
    {{1601, 1, 1, 0, 0, 0, 0}, INT64_C(-11644473600000), "1601-01-01T00:00:00"},
    {{2000, 2, 29, 12, 0, 0, 0}, INT64_C(951825600000), "2000-02-29T12:00:00"},
    {{2024, 9, 10, 10, 44, 45, 73}, INT64_C(1725965085073), "2024-09-10T10:44:45.073"},
    {{9999, 12, 31, 23, 59, 59, 999}, INT64_C(253402300799999), "9999-12-31T23:59:59.999"},
};

static void assert_civil(struct cw_civil actual, const struct cw_civil *expected)
{
    assert_int_equal(actual.year, expected->year);
    assert_int_equal(actual.month, expected->month);
    assert_int_equal(actual.day, expected->day);
    assert_int_equal(actual.hour, expected->hour);
    assert_int_equal(actual.minute, expected->minute);
    assert_int_equal(actual.second, expected->second);
    assert_int_equal(actual.millisecond, expected->millisecond);
}

static void known_times_convert_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        char text[CW_TIME_TEXT];
        assert_true(cw_time_from_civil(&known[i].civil) == known[i].time);
        assert_civil(cw_civil_from_time(known[i].time), &known[i].civil);
        assert_string_equal(cw_time_text(known[i].time, text), known[i].text);
    }
}

static bool is_leap(unsigned year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

/* The calendar by counting on its fingers. */
static void next_day(struct cw_civil *civil)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned last = days[civil->month - 1] + (civil->month == 2 && is_leap(civil->year));
    if (++civil->day <= last)
        return;
    civil->day = 1;
    if (++civil->month <= 12)
        return;
    civil->month = 1;
    civil->year++;
}

static void every_day_of_nine_centuries_follows_the_one_before(void **state)
{
    (void)state;
    struct cw_civil civil = {.year = 1600, .month = 1, .day = 1, .hour = 23, .minute = 59};
    cw_time time = cw_time_from_civil(&civil);
    while (civil.year < 2500) {
        struct cw_civil back = cw_civil_from_time(time);
        if (cw_time_from_civil(&civil) != time || memcmp(&back, &civil, sizeof(back)) != 0)
            fail_msg("%u-%u-%u", civil.year, civil.month, civil.day);
        next_day(&civil);
        time += DAY;
    }
}

static void every_second_of_a_day_converts_both_ways(void **state)
{
    (void)state;
    const cw_time midnight = known[4].time;
    for (cw_time ms = 0; ms < DAY; ms += 997) {
        struct cw_civil civil = cw_civil_from_time(midnight + ms);
        if (cw_time_from_civil(&civil) != midnight + ms)
            fail_msg("%d ms after midnight", (int)ms);
    }
}

static void what_no_calendar_or_clock_shows_is_refused(void **state)
{
    (void)state;
    static const struct cw_civil impossible[] = {
        {0, 1, 1, 0, 0, 0, 0},       {10000, 1, 1, 0, 0, 0, 0}, {UINT32_MAX, 1, 1, 0, 0, 0, 0},
        {2024, 0, 1, 0, 0, 0, 0},    {2024, 13, 1, 0, 0, 0, 0}, {2024, 1, 0, 0, 0, 0, 0},
        {2024, 1, 32, 0, 0, 0, 0},   {2024, 4, 31, 0, 0, 0, 0}, {2023, 2, 29, 0, 0, 0, 0},
        {2024, 2, 30, 0, 0, 0, 0},   {1900, 2, 29, 0, 0, 0, 0}, {2200, 2, 29, 0, 0, 0, 0},
        {2024, 1, 1, 24, 0, 0, 0},   {2024, 1, 1, 0, 60, 0, 0}, {2024, 1, 1, 0, 0, 60, 0},
        {2024, 1, 1, 0, 0, 0, 1000},
    };
    for (size_t i = 0; i < sizeof(impossible) / sizeof(impossible[0]); i++) {
        if (cw_time_from_civil(&impossible[i]) != CW_TIME_NONE)
            fail_msg("case %zu is accepted", i);
    }
}

static void a_time_that_is_not_known_has_no_text(void **state)
{
    (void)state;
    char text[CW_TIME_TEXT] = "before";
    assert_string_equal(cw_time_text(CW_TIME_NONE, text), "");
}

static void offsets_are_written_with_sign_hours_and_minutes(void **state)
{
    (void)state;
    static const struct {
        int minutes;
        const char *text;
    } cases[] = {
        {0, "+00:00"},   {60, "+01:00"},   {345, "+05:45"},  {840, "+14:00"},
        {-30, "-00:30"}, {-210, "-03:30"}, {-720, "-12:00"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[CW_TIME_TEXT];
        assert_string_equal(cw_offset_text(cases[i].minutes, text), cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_times_convert_both_ways),
        cmocka_unit_test(every_day_of_nine_centuries_follows_the_one_before),
        cmocka_unit_test(every_second_of_a_day_converts_both_ways),
        cmocka_unit_test(what_no_calendar_or_clock_shows_is_refused),
        cmocka_unit_test(a_time_that_is_not_known_has_no_text),
        cmocka_unit_test(offsets_are_written_with_sign_hours_and_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
