/* Exports of events have UTC; what is known of the machine's clock makes local time of it. */
#include "support/test.h"

#include "support/diagnosing.h"
#include "support/stories.h"

#define KB1 PACKAGE("KB5001111")
#define FAILS SESSION_FAILS("2021-06-05", "31002_21", KB1, "0x80070005 - E_ACCESSDENIED")
#define STAMP                                                                                      \
    "2021-06-05 08:59:00, Info                  CSI    00000001@2021/6/5:17:59:00.270 "            \
    "WcpInitialize\n"
#define EXPORT                                                                                     \
    "<Events><Event><System><Provider Name='Microsoft-Windows-Servicing'/><EventID>3</EventID>"    \
    "<TimeCreated SystemTime='2021-06-05T18:05:00.500Z'/></System><UserData><X><PackageIdentifier" \
    ">KB5001111</PackageIdentifier><ErrorCode>0x80070005</ErrorCode></X></UserData></Event>"       \
    "</Events>\n"

static void assert_times(const struct cw_rules *rules, struct cw_str cbs, const char *time,
                         const char *remark)
{
    const struct named_log logs[] = {{CBS_NAME, cbs}, {"/nowhere/Setup.xml", CW_STR(EXPORT)}};
    struct diagnosed diagnosed = diagnose_logs(rules, logs, 2);
    const struct cw_report *report = diagnosed.report;
    char text[CW_TIME_TEXT];
    size_t last = report->source_count - 1;
    assert_string_equal(cw_time_text(report->sources[last].stats.first, text), time);
    assert_int_equal(report->finding_count, 1);
    const struct cw_finding *finding = &report->findings[0];
    const struct cw_chain_item *item = &finding->chain[finding->chain_count - 1];
    assert_int_equal(item->source, last);
    assert_string_equal(cw_time_text(item->time, text), time);
    struct cw_str told = CW_STR_NONE;
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        if (cw_str_eq(report->diagnostics[i].kind, CW_STR("utc")))
            told = report->diagnostics[i].kind;
    }
    assert_str(told, remark);
    free_diagnosed(&diagnosed);
}

static void a_stamp_in_another_log_tells_how_far_utc_is(void **state)
{
    assert_times(*state, CW_STR(STAMP FAILS), "2021-06-05T09:05:00.500", "");
}

static void where_none_tells_it_stays_utc_and_that_is_said(void **state)
{
    assert_times(*state, CW_STR(FAILS), "2021-06-05T18:05:00.500", "utc");
    assert_times(*state, CW_STR_NONE, "2021-06-05T18:05:00.500", "utc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stamp_in_another_log_tells_how_far_utc_is),
        cmocka_unit_test(where_none_tells_it_stays_utc_and_that_is_said),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
