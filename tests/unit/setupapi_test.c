#include "support/test.h"

#include "base/limits.h"
#include "support/setupapi_events.h"

/* --- sections ------------------------------------------------------------------------------ */

static void a_section_has_a_start_a_body_and_an_end(void **state)
{
    (void)state;
    const char *log =
        SECTION("Stage It - a - b",
                "2024/02/29 01:02:03.004") "      cmd: tool.exe -x\n"
                                           "     sto: Done.\n" ENDED("2024/02/29 01:02:04.000",
                                                                     "FAILURE(0x00000005)") "\n\n";
    assert_events(log, view_lines,
                  "1-2 kind=section_start\n3 kind=command\n4 kind=message\n5-6 kind=section_end\n");
    assert_events(log, view_names,
                  "section_start name=Stage It value=a - b\ncommand value=tool.exe -x\nmessage\n"
                  "section_end value=FAILURE(0x00000005)\n");
    assert_events(log, view_text,
                  "section_start info : [Stage It - a - b]\ncommand info cmd: tool.exe -x\n"
                  "message info sto: Done.\n"
                  "section_end info : [Exit status: FAILURE(0x00000005)]\n");
    assert_events(log, view_scope,
                  "section_start [Stage It|a - b]\ncommand [Stage It|a - b]\n"
                  "message [Stage It|a - b]\nsection_end [Stage It|a - b]\n");
    assert_events(log, view_codes,
                  "section_start none\ncommand none\nmessage none\n"
                  "section_end 0x80070005 as=0x00000005\n");
}

static void a_section_that_does_not_end_is_ended_incomplete(void **state)
{
    (void)state;
    const char *log = SECTION("A", "2024/02/29 01:02:03.004") "     sto: {Do: x}\n\n" SECTION(
        "B", "2024/02/29 01:02:05.004") "     sto: Last words.\n";
    assert_events(log, view_lines,
                  "1-2 kind=section_start\n3 kind=open\n3 kind=section_end incomplete\n"
                  "5-6 kind=section_start\n7 kind=message\n7 kind=section_end incomplete\n");
    assert_events(log, view_scope,
                  "section_start [A|]\nopen [A|] > Do(x)\nsection_end [A|] > Do(x)\n"
                  "section_start [B|]\nmessage [B|]\nsection_end [B|]\n");
    struct cw_log_stats stats = stats_of(log);
    assert_int_equal(stats.sections, 2);
    assert_int_equal(stats.unclosed_sections, 2);
}

static void a_boot_or_a_new_file_header_ends_a_section_too(void **state)
{
    (void)state;
    assert_events(
        SECTION("A", "2024/02/29 01:02:03.004") "[Boot Session: 2024/02/29 01:05:00.500]\n"
                                                "[Boot Session: 2024/02/29 01:06:00.500]\n",
        view_lines,
        "1-2 kind=section_start\n2 kind=section_end incomplete\n3 kind=boot\n"
        "4 kind=boot\n");
    assert_events(
        SECTION("A",
                "2024/02/29 01:02:03.004") "[Device Install Log]\n     OS Version = 6.1.7601\n",
        view_lines, "1-2 kind=section_start\n2 kind=section_end incomplete\n4 kind=header\n");
}

static void an_end_without_a_status_is_incomplete_but_closed(void **state)
{
    (void)state;
    const char *log = SECTION(
        "A", "2024/02/29 01:02:03.004") "<<<  Section end 2024/02/29 "
                                        "01:02:04.000\n" SECTION(
                                            "B", "2024/02/29 01:02:05.000") "<<<  [Exit status: "
                                                                            "SUCCESS]\n";
    assert_events(log, view_lines,
                  "1-2 kind=section_start\n3 kind=section_end incomplete\n4-5 kind=section_start\n"
                  "6 kind=section_end\n");
    assert_int_equal(stats_of(log).unclosed_sections, 0);
}

static void an_end_without_a_section_is_an_event(void **state)
{
    (void)state;
    const char *log = "     sto: {Do: x}\n" ENDED("2024/02/29 01:02:03.004",
                                                  "FAILURE(0x00000002)") "     sto: After.\n";
    assert_events(log, view_scope, "open > Do(x)\nsection_end > Do(x)\nmessage\n");
    assert_events(log, view_codes,
                  "open none\nsection_end 0x80070002 as=0x00000002\nmessage none\n");
}

static void a_start_without_a_title_opens_a_section_without_a_name(void **state)
{
    (void)state;
    assert_events(">>>  Section start 2024/02/29 01:02:03.004\n     sto: x\n", view_scope,
                  "section_start [|]\nmessage [|]\nsection_end [|]\n");
}

static void the_documented_forms_are_read_like_the_real_ones(void **state)
{
    (void)state;
    struct cw_buf bytes = read_fixture("setupapi-documented.log");
    assert_events(bytes.data, view_names,
                  "section_start name=Device Install value=PCI\\VEN_1AF4\n"
                  "open name=_VERIFY_FILE_SIGNATURE\nmessage\nclose name=_VERIFY_FILE_SIGNATURE\n"
                  "message\nsection_end value=(0x00000000)\n");
    assert_events(bytes.data, view_times,
                  "1 2007-03-01T10:11:12.013\n3 \n4 \n5 \n6 \n7 2007-03-01T10:11:13.500\n");
    cw_buf_done(&bytes);
}

static void the_header_of_the_file_gives_names_and_values(void **state)
{
    (void)state;
    struct cw_buf bytes = read_fixture("setupapi-servicing-denied.log");
    bytes.data[cw_str_find(cw_buf_str(&bytes), CW_STR(">>>"))] = '\0';
    assert_events(bytes.data, view_names,
                  "header name=OS Version value=6.1.7601\nheader name=Service Pack value=1.0\n"
                  "header name=Suite value=0x0100\nheader name=ProductType value=1\n"
                  "header name=Architecture value=amd64\nboot\n");
    cw_buf_done(&bytes);
}

/* --- time --------------------------------------------------------------------------------------
 */

static void time_and_its_backward_steps_are_counted(void **state)
{
    (void)state;
    struct cw_log_stats stats = stats_of(
        SECTION("A", "2024/02/29 11:00:00.000") ENDED("2024/02/29 11:00:01.000", "SUCCESS")
            SECTION("B", "2024/02/29 10:59:01.000") ENDED("2024/02/29 11:00:01.000", "SUCCESS")
                SECTION("C", "2024/02/29 09:00:00.000")
                    ENDED("2024/02/29 09:00:01.000", "SUCCESS"));
    char text[CW_TIME_TEXT];
    assert_int_equal(stats.backward_steps, 1);
    assert_int_equal(stats.first_backward, 10);
    assert_string_equal(cw_time_text(stats.first, text), "2024-02-29T11:00:00");
    assert_string_equal(cw_time_text(stats.last, text), "2024-02-29T09:00:01");
    assert_int_equal(stats.sections, 3);
}

/* --- limits and failures ------------------------------------------------------------------- */

static void long_lines_are_read_whole(void **state)
{
    (void)state;
    struct cw_buf log;
    struct recorder recorder = new_recorder(view_scope);
    cw_buf_init(&log, (size_t)4 * CW_LIMIT_RECORD);
    (void)cw_buf_append(&log, CW_STR("     sto: {Add Service: "));
    while (log.len < CW_LIMIT_LINE - 2)
        (void)cw_buf_char(&log, 'x');
    (void)cw_buf_append(&log, CW_STR("}\n"));
    (void)read_in_pieces(cw_buf_str(&log), 0, &recorder);
    assert_int_equal(recorder.text.len, log.len - sizeof("     sto: {Add Service: }\n") + 1 +
                                            sizeof("open > Add Service()\n") - 1);
    cw_buf_done(&log);
    cw_buf_done(&recorder.text);
}

static void a_last_line_that_was_cut_off_is_incomplete(void **state)
{
    (void)state;
    assert_events(SECTION("A", "2024/02/29 01:02:03.004") "     sto: {Do th", view_lines,
                  "1-2 kind=section_start\n3 kind=message incomplete\n"
                  "3 kind=section_end incomplete\n");
    assert_events("     sto: pasted without a line end", view_lines, "1 kind=message\n");
}

static void what_the_receiver_refuses_stops_the_reading(void **state)
{
    (void)state;
    static const char log[] = "     sto: a\n     sto: b\n     sto: c\n";
    static const uint32_t start[] = {0, 12, 24, 36};
    struct recorder recorder = new_recorder(view_lines);
    recorder.refuse_at = 2;
    struct cw_parser parser;
    assert_int_equal(cw_parser_init(&parser, &cw_format_setupapi, recorder_sink(&recorder), true,
                                    CW_STR_NONE, NULL),
                     CW_OK);
    struct cw_block block = {.data = log,
                             .len = sizeof(log) - 1,
                             .start = start,
                             .line_count = 3,
                             .first_line = 1,
                             .newline = '\n'};
    assert_int_equal(cw_parser_feed(&parser, &block, NULL), CW_ERR_CLOSED);
    assert_int_equal(recorder.events, 2);
    cw_parser_done(&parser);
    cw_parser_done(&parser);
    cw_buf_done(&recorder.text);
}

/* --- every size of block and of read ------------------------------------------------------- */

static void assert_same(const struct recorder *actual, const struct recorder *expected,
                        const char *name, size_t size)
{
    if (!cw_str_eq(cw_buf_str(&actual->text), cw_buf_str(&expected->text)))
        fail_msg("%s gives other events at size %d", name, (int)size);
}

static void assert_size_does_not_matter(const char *name)
{
    struct cw_buf bytes = read_fixture(name);
    struct recorder whole = new_recorder(view_all);
    (void)read_in_pieces(cw_buf_str(&bytes), 0, &whole);
    assert_true(whole.events > 0);
    for (size_t size = 1; size <= BLOCK_LINES_MOST; size++) {
        struct recorder blocks = new_recorder(view_all);
        struct recorder pieces = new_recorder(view_all);
        (void)read_in_blocks(cw_buf_str(&bytes), size, &blocks);
        (void)read_in_pieces(cw_buf_str(&bytes), size, &pieces);
        assert_same(&blocks, &whole, name, size);
        assert_same(&pieces, &whole, name, size);
        cw_buf_done(&blocks.text);
        cw_buf_done(&pieces.text);
    }
    cw_buf_done(&whole.text);
    cw_buf_done(&bytes);
}

static void the_size_of_blocks_and_reads_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {
        "setupapi-servicing-denied.log", "setupapi-device-install.log", "setupapi-torn.log",
        "setupapi-squeezed.log",         "setupapi-documented.log",     "setupapi-codepage.log"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_size_does_not_matter(names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_has_a_start_a_body_and_an_end),
        cmocka_unit_test(a_section_that_does_not_end_is_ended_incomplete),
        cmocka_unit_test(a_boot_or_a_new_file_header_ends_a_section_too),
        cmocka_unit_test(an_end_without_a_status_is_incomplete_but_closed),
        cmocka_unit_test(an_end_without_a_section_is_an_event),
        cmocka_unit_test(a_start_without_a_title_opens_a_section_without_a_name),
        cmocka_unit_test(the_documented_forms_are_read_like_the_real_ones),
        cmocka_unit_test(the_header_of_the_file_gives_names_and_values),
        cmocka_unit_test(time_and_its_backward_steps_are_counted),
        cmocka_unit_test(long_lines_are_read_whole),
        cmocka_unit_test(a_last_line_that_was_cut_off_is_incomplete),
        cmocka_unit_test(what_the_receiver_refuses_stops_the_reading),
        cmocka_unit_test(the_size_of_blocks_and_reads_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
