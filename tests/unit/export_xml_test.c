/* Exported events as XML: the same events as in every other form. */
#include "support/test.h"

#include <stdio.h>

#include "support/text_events.h"

#define NS "xmlns='http://schemas.microsoft.com/win/2004/08/events/event'"
#define SETUP "xmlns='http://manifests.microsoft.com/win/2004/08/windows/setup_provider'"
#define TIME "2023-05-09T08:20:31.1234567Z"

#define EVENT(source, id, level, rest)                                                             \
    "<Event " NS "><System><Provider Name='" source "' Guid='{bd12f3b8}'/><EventID>" id            \
    "</EventID><Level>" level "</Level><TimeCreated SystemTime='" TIME "'/><Channel>Setup"         \
    "</Channel></System>" rest "</Event>"
#define SERVICING(id, data) EVENT("Microsoft-Windows-Servicing", id, "0", data)
#define CHANGE(package, number, state, code)                                                       \
    "<UserData><CbsPackageChangeState " SETUP "><PackageIdentifier>" package                       \
    "</PackageIdentifier><IntendedPackageState>" number "</IntendedPackageState>"                  \
    "<IntendedPackageStateTextized>" state "</IntendedPackageStateTextized><ErrorCode>" code       \
    "</ErrorCode><Client>WindowsUpdateAgent</Client></CbsPackageChangeState></UserData>"
#define RENDERED(message)                                                                          \
    "<RenderingInfo Culture='en-US'><Message>" message                                             \
    "</Message><Level>Information</Level><Task></Task></RenderingInfo>"
#define SAYS(mark, code, text) "||info|Microsoft-Windows-Servicing|" mark "|" code "|" text "\n"
#define CHANGED(package, number, state, code)                                                      \
    "PackageIdentifier: " package ", IntendedPackageState: " number                                \
    ", IntendedPackageStateTextized: " state ", ErrorCode: " code ", Client: WindowsUpdateAgent"

static void an_event_in_a_line_is_read_by_its_data(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_events,
        SERVICING("3", CHANGE("KB5026361", "5112", "Installed", "0x800f0922")) "\r\n" SERVICING(
            "2", CHANGE("KB5026362", "5112", "Installed",
                        "0x0")) "\r\n" SERVICING("2", CHANGE("KB5026363", "5000", "Absent",
                                                             "0x0")) "\r\n",
        "1-1" SAYS("report kb=KB5026361", "0x800f0922",
                   CHANGED("KB5026361", "5112", "Installed",
                           "0x800f0922")) "2-2" SAYS("report kb=KB5026362", "",
                                                     CHANGED("KB5026362", "5112", "Installed",
                                                             "0x0")) "3-3" SAYS("-", "",
                                                                                CHANGED("KB5026363",
                                                                                        "5000",
                                                                                        "Absent",
                                                                                        "0x0")));
}

static void a_message_that_was_rendered_is_taken_as_it_reads(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_events,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Events>\n" SERVICING(
            "3",
            CHANGE("KB5026361", "5112", "Installed", "0x800f0922") RENDERED(
                "Package &lt;KB5026361&gt; &amp; &#x4E2D; failed: 0x800f0922.")) "\n</Events>\n",
        "3-4" SAYS("report kb=KB5026361", "0x800f0922",
                   "Package <KB5026361> & \xE4\xB8\xAD failed: 0x800f0922."));
}

static void an_event_goes_over_lines(void **state)
{
    (void)state;
    assert_text_events(
        &cw_format_events,
        "<Events>\n"
        "  <Event " NS ">\n"
        "    <System>\n"
        "      <Provider Guid=\"{bd12f3b8}\" Name=\"Microsoft-Windows-Servicing\" />\n"
        "      <EventID Qualifiers=\"0\">3</EventID>\n"
        "      <Level>2</Level>\n"
        "      <TimeCreated SystemTime=\"" TIME "\" />\n"
        "    </System>\n"
        "    <UserData>\n"
        "      <CbsPackageChangeState " SETUP ">\n"
        "        <PackageIdentifier>Foundation-Package</PackageIdentifier>\n"
        "        <IntendedPackageStateTextized></IntendedPackageStateTextized>\n"
        "        <ErrorCode>0x80070005</ErrorCode>\n"
        "      </CbsPackageChangeState>\n"
        "    </UserData>\n"
        "  </Event>\n"
        "</Events>\n",
        "2-17||error|Microsoft-Windows-Servicing|report "
        "package=Foundation-Package|0x80070005|PackageIdentifier: "
        "Foundation-Package, ErrorCode: 0x80070005\n");
}

static void data_with_names_make_a_message_and_a_title(void **state)
{
    (void)state;
    assert_text_marks(
        &cw_format_events,
        EVENT(
            "Microsoft-Windows-WindowsUpdateClient", "20", "2",
            "<EventData><Data Name='errorCode'>0x80070643</Data><Data Name='updateTitle'>Vendor "
            "&amp; Sons - System - 10.1</Data><Data Name='updateGuid'>{5b9ba715}</Data>"
            "<Data Name='updateRevisionNumber'>201</Data></EventData>") "\n" EVENT("Microsoft-"
                                                                                   "Windows-WUSA",
                                                                                   "3", "2",
                                                                                   "<EventData><"
                                                                                   "Data "
                                                                                   "Name='"
                                                                                   "UpdateTitle'>"
                                                                                   "Update for "
                                                                                   "Windows "
                                                                                   "(KB4474419)</"
                                                                                   "Data>"
                                                                                   "<Data "
                                                                                   "Name='"
                                                                                   "ErrorCode'>"
                                                                                   "2149842967</"
                                                                                   "Data><Data "
                                                                                   "Name='"
                                                                                   "CommandLine'>"
                                                                                   "wusa.exe x.msu"
                                                                                   "</Data></"
                                                                                   "EventData>") "\n" EVENT("Microsoft-Windows-UserPnp",
                                                                                                            "20001",
                                                                                                            "4",
                                                                                                            "<UserData><InstallDeviceID xmlns='x'><DriverName>oem5.inf</DriverName>"
                                                                                                            "<InstallStatus>0x5</InstallStatus></InstallDeviceID></UserData>") "\n",
        "1 report update=Vendor & Sons - System - 10.1 0x80070643\n"
        "2 report kb=KB4474419 0x80240017\n"
        "3 report inf=oem5.inf 0x80070005\n");
}

static void what_is_broken_or_foreign_claims_nothing(void **state)
{
    static const char *const rests[] = {
        "",
        "<UserData>",
        "<UserData><A>KB5026361 0x800f0922",
        "<EventData><Data Name='a>0x800f0922</Data></EventData>",
        "<EventData><Data/><Binary>0500</Binary></EventData>",
        "<RenderingInfo><Message></Message></RenderingInfo>",
        "</System></System></Event><Event>",
        "<EventData><!-- <Data>1</Data> --></EventData>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rests) / sizeof(rests[0]); i++) {
        char log[2048];
        (void)snprintf(log, sizeof(log), EVENT("Other", "3", "0", "%s") "\n", rests[i]);
        assert_text_marks(&cw_format_events, log, "");
    }
}

static void times_are_utc_and_the_log_says_so(void **state)
{
    char text[CW_TIME_TEXT];
    (void)state;
    struct cw_log_stats stats = text_stats_of(&cw_format_events, SERVICING("1", ""));
    assert_true(stats.in_utc);
    assert_string_equal(cw_time_text(stats.first, text), "2023-05-09T08:20:31.123");
    assert_int_equal(stats.unrecognized, 0);
}

static void it_is_recognised_by_its_elements(void **state)
{
    static const char *const others[] = {
        "<Events><Event><Name>x</Name></Event></Events>",
        "<html><System><Provider x></html>",
        "<EventData><System><Provider Name='x'/></System></EventData>",
    };
    (void)state;
    assert_ptr_equal(cw_format_recognise(CW_STR("\xEF\xBB\xBF" SERVICING("1", ""))),
                     &cw_format_events);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_int_equal(cw_format_events.bid(cw_str_c(others[i])), 0);
}

static void a_log_cut_at_any_byte_is_read_up_to_there(void **state)
{
    (void)state;
    assert_text_cuts(
        &cw_format_events,
        SERVICING("3", CHANGE("KB5026361", "5112", "Installed", "0x800f0922")) "\n" SERVICING(
            "2", RENDERED("a &amp; b")) "\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_in_a_line_is_read_by_its_data),
        cmocka_unit_test(a_message_that_was_rendered_is_taken_as_it_reads),
        cmocka_unit_test(an_event_goes_over_lines),
        cmocka_unit_test(data_with_names_make_a_message_and_a_title),
        cmocka_unit_test(what_is_broken_or_foreign_claims_nothing),
        cmocka_unit_test(times_are_utc_and_the_log_says_so),
        cmocka_unit_test(it_is_recognised_by_its_elements),
        cmocka_unit_test(a_log_cut_at_any_byte_is_read_up_to_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
