/* dism.log: sessions, their commands, and what counts as their failure. */
#include "support/test.h"

#include "support/cbs_events.h"
#include "support/text_events.h"

#define DISM(time, text) RECORD(time, "DISM   ", text) "\n"
#define DISM_ERROR(time, text) time ", Error                 DISM   " text "\n"

#define STARTS DISM("2024-06-11 10:02:05", "DISM.EXE: <----- Starting Dism.exe session ----->")
#define ENDS DISM("2024-06-11 10:03:00", "DISM.EXE: <----- Ending Dism.exe session ----->")
#define COMMAND                                                                                    \
    DISM("2024-06-11 10:02:06",                                                                    \
         "DISM.EXE: Executing command line: dism  /online /enable-feature /featurename:NetFx3")

static void a_session_begins_names_its_command_and_ends(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_dism, STARTS COMMAND ENDS,
        "1-1|2024-06-11T10:02:05|info|DISM|begin||DISM.EXE: <----- Starting Dism.exe "
        "session ----->\n"
        "2-2|2024-06-11T10:02:06|info|DISM|detail command=dism  /online "
        "/enable-feature /featurename:NetFx3||DISM.EXE: Executing command line: dism  "
        "/online /enable-feature /featurename:NetFx3\n"
        "3-3|2024-06-11T10:03:00|info|DISM|end||DISM.EXE: <----- Ending Dism.exe "
        "session ----->\n");
}

static void the_failure_of_a_command_carries_its_code(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_dism,
        DISM_ERROR("2024-06-11 10:02:41", "DISM.EXE: DISM Package Manager processed the command "
                                          "line but failed. HRESULT=800F081F"),
        "1-1|2024-06-11T10:02:41|error|DISM|failure|0x800f081f|DISM.EXE: DISM Package Manager "
        "processed the command line but failed. HRESULT=800F081F\n");
}

/* Providers are asked in turn whether they know the image; that one does not is no failure. */
static void an_error_of_a_provider_is_no_verdict(void **state)
{
    (void)state;
    assert_text_events(&cw_format_dism,
                       DISM_ERROR("2024-06-11 10:02:41",
                                  "DISM Driver Manager: PID=4 TID=8 Failed to get the image. - "
                                  "CDriverManager::Get(hr:0x80004002)"),
                       "1-1|2024-06-11T10:02:41|error|DISM|-|0x80004002|DISM Driver Manager: PID=4 "
                       "TID=8 Failed to get the image. - CDriverManager::Get(hr:0x80004002)\n");
}

static void a_line_without_columns_continues_the_record(void **state)
{
    (void)state;
    struct cw_log_stats stats =
        text_stats_of(&cw_format_dism, "a stray\n" STARTS "more of it\n" ENDS "\n\n");
    assert_int_equal(stats.records, 2);
    assert_int_equal(stats.lines, 6);
    assert_int_equal(stats.unrecognized, 1);
    assert_int_equal(stats.first_unrecognized, 1);
    assert_text_events(&cw_format_dism, STARTS "\nmore of it\n\n",
                       "1-3|2024-06-11T10:02:05|info|DISM|begin||DISM.EXE: <----- Starting "
                       "Dism.exe session ----->//more of it\n");
}

static void it_is_told_from_cbs_log_by_its_component(void **state)
{
    (void)state;
    struct cw_str dism = CW_STR(STARTS COMMAND CBS("2024-06-11 10:02:07", "Session: 1_2") "\n");
    struct cw_str cbs = CW_STR(CBS("2024-06-11 10:02:07", "Session: 1_2") "\n" CSI(
        "2024-06-11 10:02:07", "x") "\n" STARTS);
    assert_ptr_equal(cw_format_recognise(dism), &cw_format_dism);
    assert_ptr_equal(cw_format_recognise(cbs), &cw_format_cbs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_begins_names_its_command_and_ends),
        cmocka_unit_test(the_failure_of_a_command_carries_its_code),
        cmocka_unit_test(an_error_of_a_provider_is_no_verdict),
        cmocka_unit_test(a_line_without_columns_continues_the_record),
        cmocka_unit_test(it_is_told_from_cbs_log_by_its_component),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
