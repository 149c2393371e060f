#include "support/test.h"

#include <stdio.h>

#include "base/limits.h"
#include "support/setupapi_events.h"

/* --- operations ---------------------------------------------------------------------------- */

static void operations_nest(void **state)
{
    (void)state;
    assert_events("     sto: {Outer: a}\n"
                  "     sto:      {Inner - b}\n"
                  "     sto:           x\n"
                  "     sto:      {Inner: exit(0x00000000)}\n"
                  "     sto: {Outer exit(0x00000002)}\n"
                  "     sto: y\n",
                  view_scope,
                  "open > Outer(a)\nopen > Outer(a) > Inner(b)\nmessage > Outer(a) > Inner(b)\n"
                  "close > Outer(a) > Inner(b)\nclose > Outer(a)\nmessage\n");
}

static void a_close_ends_what_was_left_open_inside(void **state)
{
    (void)state;
    assert_events("     sto: {A: 1}\n     sto: {A: 2}\n     sto: {B}\n     sto: {A: exit(0x0)}\n"
                  "     sto: x\n",
                  view_scope,
                  "open > A(1)\nopen > A(1) > A(2)\nopen > A(1) > A(2) > B()\n"
                  "close > A(1) > A(2)\nmessage > A(1)\n");
}

static void a_close_that_matches_nothing_is_delivered_and_changes_nothing(void **state)
{
    (void)state;
    const char *log = "     sto: {A: 1}\n     sto: {C: exit(0x00000003)}\n     sto: x\n";
    assert_events(log, view_scope, "open > A(1)\nclose > A(1)\nmessage > A(1)\n");
    assert_events(log, view_names, "open name=A value=1\nclose name=C\nmessage\n");
    assert_events(log, view_codes, "open none\nclose 0x80070003 as=0x00000003\nmessage none\n");
}

static void a_close_may_hold_the_beginning_of_the_name_at_the_same_indentation(void **state)
{
    (void)state;
    assert_events(
        "     ndv: {Service: Install for X}\n     ndv: {Service: Install exit(00000000)}\n"
        "     ndv: x\n",
        view_scope,
        "open > Service(Install for X)\nclose > Service(Install for X)\n"
        "message\n");
    assert_events("     ndv: {Reflect Driver Package: x}\n"
                  "     ndv:      {Reflect Driver: exit(0x00000005)}\n",
                  view_names,
                  "open name=Reflect Driver Package value=x\nclose name=Reflect Driver\n");
    assert_events("     ndv: {Reflect Driver Package: x}\n"
                  "     ndv:      {Reflect Driver: exit(0x00000005)}\n     ndv: y\n",
                  view_scope,
                  "open > Reflect Driver Package(x)\nclose > Reflect Driver Package(x)\n"
                  "message > Reflect Driver Package(x)\n");
}

static void nesting_survives_squeezed_blanks(void **state)
{
    (void)state;
    struct cw_buf bytes = read_fixture("setupapi-squeezed.log");
    const char *in = "[SetupCopyOEMInf|c:\\drv\\pump.inf]";
    const char *stage = "Stage Driver Package(c:\\drv\\pump.inf)";
    const char *query = "Query Configurability(c:\\drv\\pump.inf)";
    char expected[1024];
    (void)snprintf(expected, sizeof(expected),
                   "boot\nsection_start %s\ncommand %s\nopen %s > %s\nopen %s > %s > %s\n"
                   "message %s > %s > %s\nclose %s > %s > %s\nmessage %s > %s\nclose %s > %s\n"
                   "section_end %s\n",
                   in, in, in, stage, in, stage, query, in, stage, query, in, stage, query, in,
                   stage, in, stage, in);
    assert_events(bytes.data, view_scope, expected);
    assert_events(bytes.data, view_codes,
                  "boot none\nsection_start none\ncommand none\nopen none\nopen none\n"
                  "message none\nclose none as=0x00000000\nmessage 0xe0000247 as=0xE0000247\n"
                  "close 0xe0000247 as=0xe0000247\nsection_end 0xe0000247 as=0xe0000247\n");
    cw_buf_done(&bytes);
}

static void an_operation_without_a_category_is_followed_too(void **state)
{
    (void)state;
    assert_events("{Add Service: x}\n{4d36e97d-e325-11ce-bfc1-08002be10318}\n"
                  "     sto: y\n{Add Service: exit(0x00000005)}\n",
                  view_scope,
                  "open > Add Service(x)\nmessage > Add Service(x)\n"
                  "close > Add Service(x)\n");
}

static void operations_beyond_the_limit_are_counted_and_do_not_disturb(void **state)
{
    (void)state;
    struct cw_buf log;
    struct recorder recorder = new_recorder(view_scope);
    cw_buf_init(&log, (size_t)4 * CW_LIMIT_RECORD);
    for (int i = 0; i < CW_LIMIT_DEPTH + 3; i++)
        (void)cw_buf_printf(&log, "     sto: {Op%d}\n", i);
    for (int i = CW_LIMIT_DEPTH + 2; i > 0; i--)
        (void)cw_buf_printf(&log, "     sto: {Op%d exit}\n", i);
    (void)cw_buf_append(&log, CW_STR("     sto: x\n"));
    struct cw_log_stats stats = read_in_blocks(cw_buf_str(&log), 10, &recorder);
    assert_int_equal(stats.untracked_operations, 3);
    assert_true(cw_str_ends(cw_buf_str(&recorder.text), CW_STR("\nmessage > Op0()\n")));
    cw_buf_done(&log);
    cw_buf_done(&recorder.text);
}

/* --- texts --------------------------------------------------------------------------------- */

static void further_lines_of_a_value_are_joined_to_it(void **state)
{
    (void)state;
    const char *log = "     inf:           Exclude IDs   = A\n"
                      "     inf:                           B\n"
                      "\n"
                      "     inf:                           C\n"
                      "     inf:           Next = 1\n"
                      "     sto:                           D\n";
    assert_events(log, view_names,
                  "property name=Exclude IDs value=A\nB\n\nC\nproperty name=Next value=1\n"
                  "message\n");
    assert_events(log, view_lines, "1-4 kind=property\n5 kind=property\n6 kind=message\n");
    assert_events("     flq:      CopyFile: 'a'\n     flq:            to: 'b'\n", view_names,
                  "property name=CopyFile value='a'\nto: 'b'\n");
    assert_events("     inf: Empty =\n     inf:         B\n", view_names,
                  "property name=Empty value=B\n");
}

static void a_deeper_entry_of_another_kind_is_no_value(void **state)
{
    (void)state;
    assert_events("     inf: A = 1\n     inf:    B = 2\n     inf:       {C: 3}\n", view_names,
                  "property name=A value=1\nproperty name=B value=2\nopen name=C value=3\n");
    assert_events("     inf: A = 1\n     inf:      A sentence\n", view_names,
                  "property name=A value=1\nmessage\n");
}

static void further_lines_of_a_message_are_joined_inside_a_section(void **state)
{
    (void)state;
    const char *log = SECTION(
        "A",
        "2024/02/29 01:02:03.004") "     ndv: It exists under \n"
                                   "                         'C:\\x.inf' (y.inf). 01:02:05.006\n"
                                   "\n"
                                   "third\n"
                                   "\n"
                                   "     ndv: Next.\n";
    assert_events(log, view_text,
                  "section_start info : [A]\n"
                  "message info ndv: It exists under\n'C:\\x.inf' (y.inf).\n\nthird\n"
                  "message info ndv: Next.\nsection_end info : \n");
    assert_events(log, view_times,
                  "1 2024-02-29T01:02:03.004\n3 2024-02-29T01:02:05.006\n8 \n8 \n");
    assert_int_equal(stats_of(log).unrecognized, 0);
}

static void an_operation_is_not_continued(void **state)
{
    (void)state;
    assert_events(SECTION("A", "2024/02/29 01:02:03.004") "     ndv: {Do}\nlost words\n", view_text,
                  "section_start info : [A]\nopen info ndv: {Do}\nmessage info : lost words\n"
                  "section_end info : \n");
}

static void a_line_wrapped_behind_its_category_is_put_together(void **state)
{
    (void)state;
    const char *log =
        "    sto:\n          {Add Service: x}\n!!! sto:\n  Failed. Error = 0x00000005\n";
    assert_events(log, view_lines, "1-2 kind=open\n3-4 kind=message\n");
    assert_events(log, view_text,
                  "open info sto: {Add Service: x}\n"
                  "message error sto: Failed. Error = 0x00000005\n");
    assert_events(log, view_scope, "open > Add Service(x)\nmessage > Add Service(x)\n");
}

static void foreign_lines_outside_sections_are_counted(void **state)
{
    (void)state;
    const char *log = "foreign\n\n     sto: x\nforeign\n...\n";
    struct cw_log_stats stats = stats_of(log);
    assert_events(log, view_text, "message info sto: x\n");
    assert_int_equal(stats.unrecognized, 3);
    assert_int_equal(stats.first_unrecognized, 1);
    assert_int_equal(stats.lines, 5);
    assert_int_equal(stats.records, 1);
}

static void bytes_of_other_code_pages_pass_untouched(void **state)
{
    (void)state;
    struct cw_buf bytes = read_fixture("setupapi-codepage.log");
    assert_events(bytes.data, view_names,
                  "section_start name=Install Driver Updates\n"
                  "open name=Add Service value=\x81\x7d\n"
                  "property name=Display Name value=\x8f\x5c\x92\x7b driver \x95\x7c\n"
                  "open name=Copy File value=C:\\\x81\x7b\\x.sys\n"
                  "message\nclose name=Copy File\nclose name=Add Service\n"
                  "section_end value=SUCCESS\n");
    cw_buf_done(&bytes);
}

/* --- codes, times, literals ---------------------------------------------------------------- */

static void codes_come_from_failures_and_not_from_descriptions(void **state)
{
    (void)state;
    assert_events("!!!  sto: Failed to set it. Error = 0x00000005\n"
                  "!    sig: Verifying failed! (0x800b0109)\n"
                  "     ndv: Device install status=0x000005b3\n"
                  "     sig: Error 0xe0000242: Not trusted yet.\n"
                  "     inf: Error Control = 1\n"
                  "     sto: Flags = 0x00000005\n"
                  "     dvi: Rank of it is 0x00ff0005 now\n"
                  "     sto: {Do: exit(00000103)}\n",
                  view_codes,
                  "message 0x80070005 as=0x00000005\nmessage 0x800b0109 as=0x800b0109\n"
                  "message 0x800705b3 as=0x000005b3\nmessage 0xe0000242 as=0xe0000242\n"
                  "property none\nproperty none\nmessage none\nclose 0x80070103 as=00000103\n");
}

static void a_time_of_day_gets_the_date_of_the_section_and_passes_midnight(void **state)
{
    (void)state;
    assert_events(SECTION("A", "2023/12/31 23:59:59.000") "     dvi: {Do} 23:59:58.900\n"
                                                          "     dvi: x\n"
                                                          "     dvi: {Do exit} 00:00:00.100\n"
                                                          "     dvi: y 00:00:01.000\n",
                  view_times,
                  "1 2023-12-31T23:59:59\n3 2023-12-31T23:59:58.900\n4 \n"
                  "5 2024-01-01T00:00:00.100\n6 2024-01-01T00:00:01\n6 \n");
    assert_events("     dvi: {Do} 23:59:58.900\n", view_times, "1 \n");
    assert_events(SECTION("A", "1969/12/31 23:00:00.000") "     dvi: {Do} 23:00:01.500\n",
                  view_times, "1 1969-12-31T23:00:00\n3 1969-12-31T23:00:01.500\n3 \n");
}

static void an_event_names_the_literals_of_its_lines_once_and_in_order(void **state)
{
    (void)state;
    assert_events("     sto: {Add Service: Add Service}\n"
                  "!!!  sto: Failed to set Image Path.\n"
                  "     sto: set Image Path: Failed to set it.\n"
                  "     sto: Nothing.\n" ENDED("2024/02/29 01:02:03.004", "SUCCESS"),
                  view_literals, "1 #1\n2 #0 #2\n3 #0 #2\n4\n5 #3\n");
    assert_events("     sto: x\nAdd Service in a foreign line\n", view_literals, "1\n");
}

static void a_record_beyond_the_limit_is_cut_and_says_so(void **state)
{
    (void)state;
    struct cw_buf log;
    struct recorder recorder = new_recorder(view_lines);
    cw_buf_init(&log, (size_t)4 * CW_LIMIT_RECORD);
    (void)cw_buf_append(&log, CW_STR(SECTION("A", "2024/02/29 01:02:03.004") "     sto: x\n"));
    for (int i = 0; i < CW_LIMIT_RECORD / 10; i++)
        (void)cw_buf_append(&log, CW_STR("a continuation line\n"));
    (void)cw_buf_append(&log, CW_STR("     sto: next\n"));
    struct cw_log_stats stats = read_in_blocks(cw_buf_str(&log), BLOCK_LINES_MOST, &recorder);
    assert_int_equal(stats.cut_records, 1);
    assert_non_null(strstr(recorder.text.data, " kind=message incomplete\n"));
    cw_buf_done(&log);
    cw_buf_done(&recorder.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_nest),
        cmocka_unit_test(a_close_ends_what_was_left_open_inside),
        cmocka_unit_test(a_close_that_matches_nothing_is_delivered_and_changes_nothing),
        cmocka_unit_test(a_close_may_hold_the_beginning_of_the_name_at_the_same_indentation),
        cmocka_unit_test(nesting_survives_squeezed_blanks),
        cmocka_unit_test(an_operation_without_a_category_is_followed_too),
        cmocka_unit_test(operations_beyond_the_limit_are_counted_and_do_not_disturb),
        cmocka_unit_test(further_lines_of_a_value_are_joined_to_it),
        cmocka_unit_test(a_deeper_entry_of_another_kind_is_no_value),
        cmocka_unit_test(further_lines_of_a_message_are_joined_inside_a_section),
        cmocka_unit_test(an_operation_is_not_continued),
        cmocka_unit_test(a_line_wrapped_behind_its_category_is_put_together),
        cmocka_unit_test(foreign_lines_outside_sections_are_counted),
        cmocka_unit_test(bytes_of_other_code_pages_pass_untouched),
        cmocka_unit_test(codes_come_from_failures_and_not_from_descriptions),
        cmocka_unit_test(a_time_of_day_gets_the_date_of_the_section_and_passes_midnight),
        cmocka_unit_test(an_event_names_the_literals_of_its_lines_once_and_in_order),
        cmocka_unit_test(a_record_beyond_the_limit_is_cut_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
