#include "support/test.h"

#include "support/cbs_events.h"

enum { LOG_MOST = 4 * 1024 * 1024 };

#define T "2022-11-03 21:40:09"

/* --- records and their continuation lines -------------------------------------------------- */

static void each_component_level_and_event_id_is_read(void **state)
{
    (void)state;
    assert_records(CBS(T, "One.\r\n") CSI(T, "0000004e Two.\r\n") RECORD(T, "DPX    ", "Three.\r\n")
                       RECORD(T, "SXS    ", "Four.\r\n") RECORD(T, "DISM   ", "Five.\r\n")
                           RECORD(T, "DEPLOY ", "Six.\r\n") RECORD(T, "       ", "Seven.\r\n") T
                   ", Error      [0x01805c] CSI    0000004f@2022/11/3:18:40:09.007 Eight.\r\n" T
                   ", Warning               CBS    Nine.",
                   view_columns,
                   "2022-11-03T21:40:09|info||CBS|||One.\n"
                   "2022-11-03T21:40:09|info||CSI|4e||Two.\n"
                   "2022-11-03T21:40:09|info||DPX|||Three.\n"
                   "2022-11-03T21:40:09|info||SXS|||Four.\n"
                   "2022-11-03T21:40:09|info||DISM|||Five.\n"
                   "2022-11-03T21:40:09|info||DEPLOY|||Six.\n"
                   "2022-11-03T21:40:09|info|||||Seven.\n"
                   "2022-11-03T21:40:09|error|0x01805c|CSI|4f|2022-11-03T18:40:09.007|Eight.\n"
                   "2022-11-03T21:40:09|warning||CBS|||Nine.\n");
}

static void only_csi_records_have_a_sequence_number(void **state)
{
    (void)state;
    assert_records(CBS(T, "0000004e One.\n") CSI(T, "Two.\n"), view_columns,
                   "2022-11-03T21:40:09|info||CBS|||0000004e One.\n"
                   "2022-11-03T21:40:09|info||CSI|||Two.\n");
}

static void lines_without_a_head_continue_the_record(void **state)
{
    (void)state;
    static const struct {
        const char *log, *text;
    } cases[] = {
        {CSI(T, "00000002 Begin it\n    Old part: x\n    New part: y\r\n"),
         "Begin it/    Old part: x/    New part: y"},
        {CSI(T, "00000002 End it\r\n    Completion status: S_OK \r\n\r\n"),
         "End it/    Completion status: S_OK "},
        {CSI(T, "00000002 Hashes differ.\n Expected: a.\n Actual: b.\r\n"),
         "Hashes differ./ Expected: a./ Actual: b."},
        {CSI(T, "00000002 List:\n  (0)  One\n  { 1 -> (null) Two }\n"),
         "List:/  (0)  One/  { 1 -> (null) Two }"},
        {CSI(T, "00000002 Trace:\r\nCSIPERF:TXCOMMIT;86\r\n[gle=0x80004005]\r\n"),
         "Trace:/CSIPERF:TXCOMMIT;86/[gle=0x80004005]"},
        {CSI(T, "00000002 Queue\n\nstarts\n\n\n"), "Queue//starts"},
        {CBS(T, "\r\n====\r\nSummary:\r\n\r\n Found 1 errors\r\n"),
         "/====/Summary:// Found 1 errors"},
        {CSI(T, "00000002 At\n2022-11-03 21:40 it began\n2022\n"),
         "At/2022-11-03 21:40 it began/2022"},
        {CBS(T, "x\n\n"), "x"},
        {CBS(T, "x\n\n\n"), "x"},
        {CBS(T, "x\ny"), "x/y"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_buf out;
        struct cbs_reading how = {.view = view_columns, .block_lines = i % 3};
        cw_buf_init(&out, LOG_MOST);
        (void)read_cbs(cw_str_c(cases[i].log), &how, &out);
        struct cw_str text = cw_str_head(cw_buf_str(&out), out.len - 1);
        text = cw_str_from(text, cw_str_find_last_char(text, '|') + 1);
        assert_str(text, cases[i].text);
        cw_buf_done(&out);
    }
}

static void a_stamp_of_the_same_second_without_a_level_is_a_record_and_keeps_its_text(void **state)
{
    (void)state;
    assert_records(CBS(T, "One.\n") T ", Fatal                 CBS    Two.\n", view_columns,
                   "2022-11-03T21:40:09|info||CBS|||One.\n"
                   "2022-11-03T21:40:09|info|||||Fatal                 CBS    Two.\n");
}

static void lines_before_the_first_record_are_counted_and_no_event(void **state)
{
    (void)state;
    const char *log = "\n    Installer name: 'x'\nCSIPERF:TXCOMMIT;21\n" CBS(T, "One.\n");
    struct cw_log_stats stats = cbs_stats_of(log);
    assert_int_equal(stats.records, 1);
    assert_int_equal(stats.lines, 4);
    assert_int_equal(stats.unrecognized, 2);
    assert_int_equal(stats.first_unrecognized, 2);
    assert_records(log, view_columns, "2022-11-03T21:40:09|info||CBS|||One.\n");
}

static void the_code_and_its_spelling_are_found(void **state)
{
    (void)state;
    struct cw_buf out;
    struct cbs_reading how = {.view = view_codes};
    cw_buf_init(&out, LOG_MOST);
    (void)read_cbs(CW_STR(CBS(T, "It failed [HRESULT = 0x80070490 - ERROR_NOT_FOUND]\n")
                              CBS(T, "It did not [HRESULT = 0x00000000 - S_OK]\n")
                                  CSI(T, "00000001 x\nstatus 0x80070005\n")),
                   &how, &out);
    assert_string_equal(out.data, "record 0x80070490 as=0x80070490\nrecord none\n"
                                  "record 0x80070005 as=0x80070005\n");
    cw_buf_done(&out);
}

/* --- times --------------------------------------------------------------------------------- */

static void the_span_of_the_log_is_known_and_steps_back_are_counted(void **state)
{
    (void)state;
    struct cw_log_stats stats = cbs_stats_of(
        CBS("2022-11-03 21:40:09", "a\n") CBS("2022-11-03 21:39:30", "b: within a minute\n")
            CBS("2022-11-03 21:40:31", "c\n") CBS("2022-11-03 21:38:00", "d\n"));
    char text[CW_TIME_TEXT];
    assert_string_equal(cw_time_text(stats.first, text), "2022-11-03T21:40:09");
    assert_string_equal(cw_time_text(stats.last, text), "2022-11-03T21:38:00");
    assert_int_equal(stats.backward_steps, 1);
    assert_int_equal(stats.first_backward, 4);
}

static void the_utc_offset_is_learned_from_the_first_stamp_that_can_be_right(void **state)
{
    (void)state;
    static const struct {
        const char *log;
        bool known;
        int minutes;
    } cases[] = {
        {CSI(T, "00000001@2022/11/3:18:40:09.302 x\n"), true, 180},
        {CSI(T, "00000001@2022/11/3:16:10:08.302 x\n"), true, 330},
        {CSI(T, "00000001@2022/11/4:05:40:09.302 x\n"), true, -480},
        {CSI(T, "00000001@2022/11/3:15:55:09.000 x\n"), true, 345},
        {CSI(T, "00000001@2022/11/3:21:40:09.000 x\n"), true, 0},
        {CSI(T, "00000001@2022/11/3:18:33:09.302 x\n"), false, 0},
        {CSI(T, "00000001@2022/11/9:18:40:09.302 x\n"), false, 0},
        {CSI(T, "00000001@<DateTime> x\n"), false, 0},
        {CSI(T, "00000001 x\n"), false, 0},
        {CBS(T, "00000001@2022/11/3:18:40:09.302 x\n"), false, 0},
        {"<DateTime>, Info                  CSI    00000001@2022/11/3:18:40:09.302 x\n", false, 0},
        {CSI(T, "00000001@2022/11/9:18:40:09.302 x\n")
             CSI("2022-11-03 21:40:10", "00000002@2022/11/3:18:40:10.100 x\n"),
         true, 180},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_log_stats stats = cbs_stats_of(cases[i].log);
        if (stats.has_utc_offset != cases[i].known || stats.utc_offset != cases[i].minutes)
            fail_msg("%d: known %d, %d minutes", (int)i, stats.has_utc_offset, stats.utc_offset);
    }
}

/* --- whole logs ---------------------------------------------------------------------------- */

static void logs_of_every_form_read_the_same_however_they_are_cut(void **state)
{
    (void)state;
    static const char *const names[] = {"cbs-windows-10.log", "cbs-checksur.log",
                                        "cbs-squeezed.log", "cbs-masked.log", "cbs-torn.log"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct cw_buf log = read_fixture(names[i]);
        assert_same_however_read(cw_buf_str(&log));
        cw_buf_done(&log);
    }
}

static void line_ends_do_not_change_what_is_read(void **state)
{
    (void)state;
    struct cw_buf log = read_fixture("cbs-windows-10.log");
    struct cw_buf normalised;
    struct cw_buf expected;
    struct cw_buf got;
    struct cbs_reading how = {.view = view_columns};
    cw_buf_init(&normalised, LOG_MOST);
    cw_buf_init(&expected, LOG_MOST);
    cw_buf_init(&got, LOG_MOST);
    for (size_t i = 0; i < log.len; i++)
        if (log.data[i] != '\r')
            (void)cw_buf_char(&normalised, log.data[i]);
    (void)read_cbs(cw_buf_str(&log), &how, &expected);
    (void)read_cbs(cw_buf_str(&normalised), &how, &got);
    assert_true(normalised.len < log.len);
    assert_string_equal(got.data, expected.data);
    assert_same_however_read(cw_buf_str(&normalised));
    cw_buf_done(&got);
    cw_buf_done(&expected);
    cw_buf_done(&normalised);
    cw_buf_done(&log);
}

static void assert_fixture(const char *name, const char *expected, size_t stray)
{
    struct cw_buf log = read_fixture(name);
    struct cw_buf out;
    struct cbs_reading how = {.view = view_columns};
    cw_buf_init(&out, LOG_MOST);
    struct cw_log_stats stats = read_cbs(cw_buf_str(&log), &how, &out);
    assert_string_equal(out.data, expected);
    assert_int_equal(stats.unrecognized, stray);
    cw_buf_done(&out);
    cw_buf_done(&log);
}

static void squeezed_copies_are_read(void **state)
{
    (void)state;
    assert_fixture("cbs-squeezed.log",
                   "2019-03-27T14:05:51|info||CBS|||Startup: Initializing driver operations "
                   "queue.\n"
                   "2019-03-27T14:05:52|info||CSI|2a|2019-03-27T18:05:52.114|Creating NT "
                   "transaction (seq 2)\n"
                   "2019-03-27T14:05:53|error|0x018006|CSI|2b||(F) Failed execution of queue item "
                   "Installer: Events\n"
                   "2019-03-27T14:05:53|info||CBS|||Setting original failure status: 0x80070490, "
                   "last forward execute state: CbsExecuteStateResolvePending\n"
                   "2019-03-27T14:05:54|warning||DPX|||the folder is not empty\n"
                   "2019-03-27T14:05:54|info||CBS|||\n"
                   "2019-03-27T14:05:55|error||CBS|||Startup: Processing complete. [HRESULT = "
                   "0x80070490 - ERROR_NOT_FOUND]\n",
                   0);
}

static void copies_with_masked_or_missing_times_are_read(void **state)
{
    (void)state;
    assert_fixture("cbs-masked.log",
                   "|info||CBS|||Exec: Processing started.  Client: DISM Package Manager Provider, "
                   "Session: 30801144_3315, Package: , Identifier: \n"
                   "|info||CSI|31||CSI perf trace:/CSIPERF:TXCOMMIT;90\n"
                   "|info||CSI|32||(F) HRESULT_FROM_WIN32(14098) #12# from Contoso::Close(...)\n"
                   "|error||CBS|||Failed to perform operation.  [HRESULT = 0x80073712 - "
                   "ERROR_SXS_COMPONENT_STORE_CORRUPT]\n"
                   "|info||CBS|||Session: 30801144_3315 finalized. Reboot required: no [HRESULT = "
                   "0x80073712 - ERROR_SXS_COMPONENT_STORE_CORRUPT]/Information about the store "
                   "follows in the next line of this record.\n",
                   0);
}

static void a_log_may_begin_and_end_anywhere_and_processes_interleave(void **state)
{
    (void)state;
    assert_fixture(
        "cbs-torn.log",
        "2024-01-09T03:14:15|info||CSI|16e8||Begin executing advanced installer phase 38 "
        "index 90/    Install mode: install\n"
        "2024-01-09T03:14:15|info||CSI|1e|2024-01-08T21:44:15.020|CSI perf "
        "trace:/CSIPERF:TXCOMMIT;21\n"
        "2024-01-09T03:14:15|info||CBS|||Perf: Stage chain started.\n"
        "2024-01-09T03:14:15|info||CSI|16e9||End executing advanced installer/    "
        "Completion status: S_OK \n"
        "2024-01-09T03:12:01|info||CBS|||Session: 31079011_4005120 initialized by client "
        "WinMgmt, external staging directory: (null)\n"
        "2024-01-09T03:14:16|info||CSI|1f||Performing 1 operations as fol\n",
        2);
}

/* --- recognition --------------------------------------------------------------------------- */

static void a_log_is_recognised_by_its_heads(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        enum { NOT_MINE, PERHAPS, SURE } bid;
    } cases[] = {
        {CBS(T, "x\n"), SURE},
        {"garbage\n" CBS(T, "x\n"), SURE},
        {"    Installer name: 'x'\n\n" CSI(T, "0000000e x\n"), SURE},
        {"<DateTime>, Info CBS x\n", PERHAPS},
        {"Error CSI 0000000e x\n", PERHAPS},
        {"[Device Install Log]\n     OS Version = 6.1.7601\n", NOT_MINE},
        {">>>  [Device Install - x]\n>>>  Section start 2022/11/03 21:40:09.000\n", NOT_MINE},
        {"Dear colleague,\nthe update fails.\n", NOT_MINE},
        {"", NOT_MINE},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int bid = cw_format_cbs.bid(cw_str_c(cases[i].head));
        int expected = bid == 0 ? NOT_MINE : bid < 80 ? PERHAPS : SURE;
        if (expected != (int)cases[i].bid)
            fail_msg("%s: %d", cases[i].head, bid);
    }
}

static int refuse(void *context, const struct cw_event *event, struct cw_error *error)
{
    size_t *left = context;
    (void)event;
    (void)error;
    return (*left)-- ? CW_OK : CW_ERR_CLOSED;
}

static void what_the_sink_returns_stops_the_reading(void **state)
{
    (void)state;
    struct cw_str log = CW_STR(CBS(T, "One.\n") CBS(T, "Two.\n") CBS(T, "Three.\n"));
    for (size_t taken = 0; taken < 3; taken++) {
        size_t left = taken;
        struct cw_parser parser;
        struct cw_event_sink sink = {refuse, &left};
        uint32_t start[] = {0, (uint32_t)log.len / 3, 0, (uint32_t)log.len};
        start[1] = (uint32_t)cw_str_find(log, CW_STR("\n")) + 1;
        start[2] = (uint32_t)cw_str_find(log, CW_STR("Two.")) + 5;
        struct cw_block block = {log.ptr, log.len, start, 3, NULL, 0, 1, 0, '\n'};
        assert_int_equal(cw_parser_init(&parser, &cw_format_cbs, sink, true, log, NULL), CW_OK);
        int status = cw_parser_feed(&parser, &block, NULL);
        if (status == CW_OK)
            status = cw_parser_finish(&parser, NULL);
        assert_int_equal(status, CW_ERR_CLOSED);
        cw_parser_done(&parser);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_component_level_and_event_id_is_read),
        cmocka_unit_test(only_csi_records_have_a_sequence_number),
        cmocka_unit_test(lines_without_a_head_continue_the_record),
        cmocka_unit_test(a_stamp_of_the_same_second_without_a_level_is_a_record_and_keeps_its_text),
        cmocka_unit_test(lines_before_the_first_record_are_counted_and_no_event),
        cmocka_unit_test(the_code_and_its_spelling_are_found),
        cmocka_unit_test(the_span_of_the_log_is_known_and_steps_back_are_counted),
        cmocka_unit_test(the_utc_offset_is_learned_from_the_first_stamp_that_can_be_right),
        cmocka_unit_test(logs_of_every_form_read_the_same_however_they_are_cut),
        cmocka_unit_test(line_ends_do_not_change_what_is_read),
        cmocka_unit_test(squeezed_copies_are_read),
        cmocka_unit_test(copies_with_masked_or_missing_times_are_read),
        cmocka_unit_test(a_log_may_begin_and_end_anywhere_and_processes_interleave),
        cmocka_unit_test(a_log_is_recognised_by_its_heads),
        cmocka_unit_test(what_the_sink_returns_stops_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
