/* Dates of exported events, in the forms of many regions. */
#include "support/test.h"

#include "logs/export_date.h"

#define SIZE(array) (sizeof(array) / sizeof((array)[0]))

struct row {
    const char *text;
    const char *time; /* "" = not known */
};

static void assert_time(const struct row *row, const struct cw_export_order *order)
{
    struct cw_export_date date;
    char time[CW_TIME_TEXT];
    if (!cw_export_date_read(cw_str_c(row->text), &date))
        fail_msg("not a date: \"%s\"", row->text);
    (void)cw_time_text(cw_export_date_time(&date, order), time);
    if (strcmp(time, row->time) != 0)
        fail_msg("\"%s\" gives \"%s\", expected \"%s\"", row->text, time, row->time);
}

static void a_date_that_says_its_order_is_read(void **state)
{
    static const struct row rows[] = {
        {"2023-05-09T08:20:31.123", "2023-05-09T08:20:31.123"},
        {"2023-05-09T08:20:31.1234567Z", "2023-05-09T08:20:31.123"},
        {"2023-05-09T08:20:31.5000000+08:00", "2023-05-09T08:20:31.500"},
        {"2023/5/9 8:20:31", "2023-05-09T08:20:31"},
        {" 2023/05/09 08:20 ", "2023-05-09T08:20:00"},
        {"2023/5/9 上午 8:20:31", "2023-05-09T08:20:31"},
        {"2023/5/9 下午 8:20:31", "2023-05-09T20:20:31"},
        {"2023/5/9 \xcf\xc2\xce\xe7 12:20:31", "2023-05-09T12:20:31"},
        {"2023/5/9 \xc9\xcf\xce\xe7 12:20:31", "2023-05-09T00:20:31"},
        {"09.05.2023 08:20:31", "2023-05-09T08:20:31"},
        {"9/9/2023, 8:20:31 pm", "2023-09-09T20:20:31"},
        {"9/9/2023 8:20:31\xe2\x80\xafPM", "2023-09-09T20:20:31"},
    };
    struct cw_export_order order = {0};
    (void)state;
    for (size_t i = 0; i < SIZE(rows); i++)
        assert_time(&rows[i], &order);
}

static void day_and_month_are_told_by_the_dates_beside_them(void **state)
{
    static const struct {
        const char *beside[2];
        const char *time;
    } rows[] = {
        {{"4/6/2023 10:00:00", "5/4/2023 10:00:00"}, ""},
        {{"4/26/2023 10:00:00", "5/4/2023 10:00:00"}, "2023-05-09T08:20:31"},
        {{"26/4/2023 10:00:00", "5/4/2023 10:00:00"}, "2023-09-05T08:20:31"},
        {{"26/4/2023 10:00:00", "4/26/2023 10:00:00"}, ""},
        {{"26.4.2023 10:00:00", "2023-04-26 10:00:00"}, ""},
    };
    (void)state;
    for (size_t i = 0; i < SIZE(rows); i++) {
        struct cw_export_order order = {0};
        struct cw_export_date date;
        struct row row = {"5/9/2023 8:20:31 AM", rows[i].time};
        for (size_t k = 0; k < 2; k++) {
            assert_true(cw_export_date_read(cw_str_c(rows[i].beside[k]), &date));
            cw_export_date_learn(&order, &date);
        }
        assert_time(&row, &order);
    }
}

static void what_can_not_be_read_gives_no_time(void **state)
{
    static const struct row rows[] = {
        {"2023/5/9 오후 8:20:31", ""}, {"2023/13/9 8:20:31", ""},    {"2023/2/30 8:20:31", ""},
        {"2023/5/9 25:20:31", ""},     {"2023/5/9 13:20:31 PM", ""},
    };
    struct cw_export_order order = {0};
    (void)state;
    for (size_t i = 0; i < SIZE(rows); i++)
        assert_time(&rows[i], &order);
}

static void other_text_is_no_date(void **state)
{
    static const char *const texts[] = {
        "",
        "8:20:31",
        "2023/5/9",
        "2023/5/9 8",
        "2023-5/9 8:20:31",
        "23/5/9 8:20:31",
        "2023/5/9 8:20:31 and more 1",
        "2023/5/98:20:31",
        "12345/5/9 8:20",
        "2023/5/9 8:2:31",
        "2023/5/9 8:20:31.",
        "KB5026361",
        "2023/5/9T 8:20",
        "2023/5/9 8:20:31+8",
    };
    struct cw_export_date date;
    (void)state;
    for (size_t i = 0; i < SIZE(texts); i++) {
        if (cw_export_date_read(cw_str_c(texts[i]), &date))
            fail_msg("taken for a date: \"%s\"", texts[i]);
    }
}

static void only_z_says_that_it_is_no_local_time(void **state)
{
    struct cw_export_date date;
    (void)state;
    assert_true(cw_export_date_read(CW_STR("2023-05-09T08:20:31Z"), &date));
    assert_true(date.utc);
    assert_true(cw_export_date_read(CW_STR("2023-05-09T08:20:31"), &date));
    assert_false(date.utc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_that_says_its_order_is_read),
        cmocka_unit_test(day_and_month_are_told_by_the_dates_beside_them),
        cmocka_unit_test(what_can_not_be_read_gives_no_time),
        cmocka_unit_test(other_text_is_no_date),
        cmocka_unit_test(only_z_says_that_it_is_no_local_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
