#include "logs/identifier.h"

#include "base/buf.h"
#include "logs/identifier_table.h"
#include "support/test.h"

struct found {
    struct cw_str text;
    struct cw_identifier_span spans[32];
    size_t count;
    struct cw_buf said;
};

static int on_found(void *context, const struct cw_identifier_span *span)
{
    struct found *found = context;
    size_t at = found->count;
    assert_true(found->count < 32);
    /* One value may be told by two signs. */
    for (size_t i = 0; i < found->count; i++) {
        const struct cw_identifier_span *other = &found->spans[i];
        if (other->kind == span->kind && other->begin == span->begin && other->end == span->end)
            return 0;
    }
    assert_true(span->begin < span->end && span->end <= found->text.len);
    for (; at > 0 && found->spans[at - 1].begin > span->begin; at--)
        found->spans[at] = found->spans[at - 1];
    found->spans[at] = *span;
    found->count++;
    return 0;
}

static int on_token(void *context, enum cw_identifier kind, uint64_t number)
{
    struct found *found = context;
    cw_buf_printf(&found->said, "[%.*s %u] ", CW_STR_ARG(cw_identifier_name(kind)),
                  (unsigned)number);
    return 0;
}

static void say_spans(struct found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct cw_identifier_span *span = &found->spans[i];
        struct cw_str value = {found->text.ptr + span->begin, span->end - span->begin};
        cw_buf_printf(&found->said, "%s%.*s=%.*s", i ? "; " : "",
                      CW_STR_ARG(cw_identifier_name(span->kind)), CW_STR_ARG(value));
    }
}

/* "user=jdoe; path=x": what was found, in order of the text. */
static void assert_found(const char *text, const char *expected)
{
    struct found found = {.text = cw_str_c(text)};
    struct cw_identifier_sink sink = {on_found, on_token, &found};
    cw_buf_init(&found.said, 4096);
    assert_int_equal(cw_identifier_find(found.text, &sink), 0);
    say_spans(&found);
    struct cw_str said = cw_buf_str(&found.said);
    if (!cw_str_eq(said, cw_str_c(expected)))
        fail_msg("in: %s\n found: %.*s\n expected: %s", text, CW_STR_ARG(said), expected);
    cw_buf_done(&found.said);
}

struct row {
    const char *text, *expected;
};

static void assert_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_found(rows[i].text, rows[i].expected);
}
#define ASSERT_ROWS(rows) assert_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void a_profile_names_its_user_and_hides_what_the_user_named(void **state)
{
    static const struct row rows[] = {
        {"cmd: C:\\Users\\jdoe\\setup.exe /q", "user=jdoe"},
        {"C:\\Users\\jdoe\\AppData\\Local\\Temp\\{4A5B}\\x.inf", "user=jdoe; path={4A5B}"},
        {"'C:\\Users\\John Doe\\My Stuff\\a b.inf' to 'C:\\Windows\\INF\\oem1.inf'",
         "user=John Doe; path=My Stuff"},
        {"C:\\Users\\John Doe\\Desktop\\secret plan.docx is locked", "user=John Doe; path=secret"},
        {"\"C:\\Users\\jdoe\\Desktop\\secret plan.docx\" is locked", "user=jdoe; path=secret plan"},
        {"Deleting C:\\Users\\jdoe failed, see C:\\Windows", "user=jdoe"},
        {"Profile: C:\\Users\\John Doe", "user=John Doe"},
        {"Profile C:\\Users\\jdoe.", "user=jdoe"},
        {"c:\\users\\JOHNDO~1\\appdata\\local\\temp", "user=JOHNDO~1"},
        {"\\\\?\\C:\\Users\\jdoe\\x.sys", "user=jdoe"},
        {"\\Device\\HarddiskVolume2\\Users\\jdoe\\NTUSER.DAT", "user=jdoe"},
        {"D:\\Windows.old\\Users\\jdoe.CORP\\NTUSER.DAT", "user=jdoe.CORP; user=jdoe"},
        {"C:\\Documents and Settings\\jdoe\\Local Settings\\Temp\\a\\b\\c.dll",
         "user=jdoe; path=a\\b"},
        {"\"path\": \"C:\\\\Users\\\\jdoe\\\\Desktop\\\\x.txt\"", "user=jdoe; path=x"},
        {"/home/jdoe/logs/CBS.log", "user=jdoe"},
        {"\\\\fs01\\home$\\jdoe\\x.inf", "host=fs01; user=jdoe"},
        {"C:\\Users\\max.mustermann\\x.exe", "user=max.mustermann"},
        {"file:///C:/Users/%E5%BC%A0%E4%B8%89/x.exe", "user=%E5%BC%A0%E4%B8%89"},
        {"/q?p=C%3A%5CUsers%5Cjdoe%5Cx.exe&y", "user=jdoe"},
        {"C%3a%2fusers%2fjohn%20doe%2fx", "user=john%20doe"},
        {"C:\\Users\\O'Brien\\x.exe", "user=O'Brien"},
        {"'C:\\Users\\O'Brien\\x.exe'", "user=O'Brien"},
        {"C:\\Users\\Jürgen\\x.exe", "user=Jürgen"},
        {"C:\\Users\\张三\\AppData\\a\\x.exe", "user=张三; path=a"},
        {"C:\\Users\\\xd5\x5c\\x.exe", "user=\xd5\x5c"}, /* the second byte of a character */
        /* what every Windows has */
        {"C:\\Users\\Public\\Desktop\\x.lnk", ""},
        {"C:\\Users\\Default\\NTUSER.DAT", ""},
        {"C:\\Documents and Settings\\All Users\\x", ""},
        {"C:\\Windows\\ServiceProfiles\\LocalService\\AppData", ""},
        {"C:\\Users\\%USERNAME%\\x", ""},
        {"C:\\Users\\%DEFAULT%\\x", ""},
        {"100%5CUsers%5C", ""},
        {"C:\\Users\\", ""},
        {"C:\\Users", ""},
        {"HKEY_USERS\\.DEFAULT\\x", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void a_sid_of_a_machine_is_found_without_the_account_in_it(void **state)
{
    static const struct row rows[] = {
        {"S-1-5-21-111-222-333-1001", "sid=S-1-5-21-111-222-333"},
        {"HKU\\S-1-5-21-111-222-333-500_Classes", "sid=S-1-5-21-111-222-333"},
        {"s-1-5-21-1-2-3", "sid=s-1-5-21-1-2-3"},
        {"SID S-1-5-21-111-22", "sid=S-1-5-21-111-22"}, /* cut */
        {"S-1-12-1-1-2-3-4", "sid=S-1-12-1-1-2-3-4"},
        {"S-1-5-18 S-1-5-80-956008885-3418522649-1831038044 S-1-5-32-544", ""},
        {"XS-1-5-21-1-2-3", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void a_serial_is_what_windows_did_not_make_up(void **state)
{
    static const struct row rows[] = {
        {"USB\\VID_0781&PID_5567\\4C530001230901117282", "serial=4C530001230901117282"},
        {"usb\\vid_0781&pid_5567\\4c530001}", "serial=4c530001"},
        {"USBSTOR\\Disk&Ven_A&Prod_B&Rev_1.26\\4C530001&0", "serial=4C530001"},
        {"\\??\\USBSTOR#Disk&Ven_A&Prod_B#4C530001&0#{53f56307-b6bf-11d0-94f2-00a0c91efb8b}",
         "serial=4C530001"},
        {"SCSI\\Disk&Ven_ATA&Prod_ST1000\\WD-WCC123456.", "serial=WD-WCC123456"},
        {"BTHENUM\\Dev_001122AABBCC\\8&2b6ad3c&0&BLUETOOTHDEVICE_X", "mac=001122AABBCC"},
        {"Serial Number: WX61A-12345, Model", "serial=WX61A-12345"},
        {"USB\\VID_046D&PID_C534\\5&bd89ed7&0&2", ""},
        {"PCI\\VEN_8086&DEV_1E31&SUBSYS_00000000&REV_04\\3&11583659&0&A0", ""},
        {"USB\\VID_0000&PID_0002\\0001", ""},
        {"USB\\VID_8087&PID_0024", ""},
        {"ROOT\\SYSTEM\\0000", ""},
        {"ACPI\\GenuineIntel_-_Intel64_Family_6_Model_60\\_0", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void an_address_is_no_version_and_no_time(void **state)
{
    static const struct row rows[] = {
        {"from 192.168.1.10 at", "ip=192.168.1.10"},
        {"peer 203.0.113.7.", "ip=203.0.113.7"},
        {"server 10.1.2.3", "ip=10.1.2.3"},
        {"version 10.1.1.45, not 192.0.2.17", "ip=192.0.2.17"},
        {"10.1.2.3:8530", "ip=10.1.2.3"},
        {"http://10.1.2.3/x", "ip=10.1.2.3"},
        {"\\\\10.1.2.3\\share", "ip=10.1.2.3"},
        {"fe80::1ff:fe23:4567:890a%12", "ip=fe80::1ff:fe23:4567:890a"},
        {"[2001:db8::1]", "ip=2001:db8::1"},
        {"2001:db8:0:1:1:1:1:1", "ip=2001:db8:0:1:1:1:1:1"},
        {"00-1A-2B-3C-4D-5E", "mac=00-1A-2B-3C-4D-5E"},
        {"mac 00:1a:2b:3c:4d:5e,", "mac=00:1a:2b:3c:4d:5e"},
        /* versions */
        {"6.1.7601.24214", ""},
        {"amd64~~6.1.1.4", ""},
        {"Package_for_KB4534310~31bf3856ad364e35~amd64~~192.168.1.4", ""},
        {"driver version 192.168.1.4", ""},
        {"from 10.1.1.38 to 10.1.1.45", ""},
        {"denied by 10.20.30.40", "ip=10.20.30.40"},
        {"sent from 10.20.30.40 at noon\ndriver version x", "ip=10.20.30.40"},
        {"from 10.20.30.40 of the driver", ""},
        {"left at 10.20.30.40 and 10.20.30.41", ""},
        {"by 11.20.30.40, as 10.20.30.40", ""},
        {"::ffff:10.1.2.3", "ip=10.1.2.3"},
        {"DriverVer=06/21/2006,6.1.0.1", ""},
        {"wow64_x_31bf3856ad364e35_192.168.1.1_none", ""},
        {"1.2.3.4.5 x192.168.1.1 192.168.1.1a 192.168.01.1", ""},
        {"127.0.0.1 0.0.0.0 255.255.255.0", ""},
        /* times, hashes, GUIDs, names of C++ */
        {"2019/03/04 10:44:45:123", ""},
        {"10:44:45.123 2020-01-28T08:00:01", ""},
        {"{36fc9e60-c465-11cf-8056-444553540000}", ""},
        {"01:02:03:04:05:06:07:08:09:0a", ""},
        {"09-10-24-10-44-45", ""},
        {"CCbs::AddBad ABCD::1 ::1", ""},
        {"2021:10:44:45", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void a_host_is_named_by_a_share_or_a_url(void **state)
{
    static const struct row rows[] = {
        {"copy \\\\FILESRV\\drivers\\x.inf", "host=FILESRV"},
        {"\\\\?\\UNC\\filesrv\\drivers", "host=filesrv"},
        {"\\??\\UNC\\filesrv\\drivers", "host=filesrv"},
        {"\"\\\\\\\\filesrv\\\\drivers\"", "host=filesrv"},
        {"\"\\\\\\\\?\\\\UNC\\\\filesrv\\\\drivers\"", "host=filesrv"},
        {"\\Device\\Mup\\filesrv\\drivers", "host=filesrv"},
        {"\\Device\\Mup\\;LanmanRedirector\\;Z:0a1\\filesrv\\x", "host=filesrv"},
        {"LOGONSERVER=\\\\DC01 x", "host=DC01"},
        {"\"Name=\"IpAddress\">10.20.30.40<", "ip=10.20.30.40"},
        {"path:\\\\filesrv\\x file:\\\\fs2\\y", "host=filesrv; host=fs2"},
        {"copy //filesrv/drivers/x.inf", "host=filesrv"},
        {"http://jdoe:geheim@wsus01:8530/x", "user=jdoe:geheim; user=jdoe; host=wsus01"},
        {"Proxy List used: <proxy01:8080>  Bypass", "host=proxy01"},
        {"proxy = http://proxy01:8080", "host=proxy01"},
        {"Server: wsus01", "host=wsus01"},
        {"JoinDomain = [corp.example.com]", "domain=corp.example.com"},
        {"WUServer=http://wsus01.corp.example.com:8530",
         "host=wsus01; domain=corp.example.com; domain=corp"},
        {"https://example.com/x", "host=example"},
        {"jdoe@corp.example.com", "email=jdoe@corp.example.com; user=jdoe; "
                                  "domain=corp.example.com; domain=corp"},
        {"DESKTOP-1A2B3C4 WIN-ABCDEFGHIJK", "host=DESKTOP-1A2B3C4; host=WIN-ABCDEFGHIJK"},
        {"DESKTOP-AB12CD_CBS.log", "host=DESKTOP-AB12CD"},
        {"Microsoft-Windows-Desktop-support win-compression", ""},
        {"https://fe2.update.microsoft.com/v6 http://www.w3.org/2001", ""},
        {"\\\\?\\C:\\x \\\\.\\PhysicalDrive0 \\\\localhost\\c$", ""},
        {"\"C:\\\\Windows\\\\System32\"", ""},
        {"\"D:\\\\stuff\\\\x\" // x/y a//b/c \\;x", ""},
        {"UseProxy: wsus01", ""},
        {"(F) Logged @2019/12/1:10:00", ""},
        {"@oem1.inf,%x%;y name@file.dll", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void what_stands_behind_a_label_is_what_it_says(void **state)
{
    static const struct row rows[] = {
        {"Computer:      PC-17.corp.example.com",
         "host=PC-17; domain=corp.example.com; domain=corp"},
        {"User:          CORP\\jdoe", "domain=CORP; user=jdoe"},
        {"UserName : John Doe", "user=John Doe"},
        {"MachineName  : PC-17", "host=PC-17"},
        {"<Computer>PC-17</Computer>", "host=PC-17"},
        {"<Data Name=\"SubjectUserName\">jdoe</Data>", "user=jdoe"},
        {"x, ComputerName=PC-17, y", "host=PC-17"},
        {"\"UserName\": \"jdoe\",", "user=jdoe"},
        {"  用户:  CORP\\jdoe", "domain=CORP; user=jdoe"},
        {"blocked for user CORP\\jdoe.", "domain=CORP; user=jdoe"},
        {"as 'CORP\\jdoe'", "domain=CORP; user=jdoe"},
        {"912\tUser: CORP\\jdoe", "domain=CORP; user=jdoe"},
        {"Machine: Windows 6.1.7601, amd64", ""},
        {"as PCI\\VEN_80EE", ""},
        {"key of user HKLM\\SOFTWARE\\x by ROOT\\SYSTEM\\0000", ""},
        {"User: NT AUTHORITY\\SYSTEM", ""},
        {"User: S-1-5-18", ""},
        {"UserName: N/A", ""},
        {"no user: Failed", ""},
        {"Error in user: x", ""},
        {"Domain: Internet", ""},
        {"<Security UserID='S-1-5-18'/>", ""},
        {"Key: value; Superuser=", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void what_a_function_returns_is_no_name(void **state)
{
    static const struct row rows[] = {
        {"Failed GetUserName: 0x80070005", ""},
        {"GetComputerName: hr = 0x80070005", ""},
        {"GetComputerName: LastError = 5", ""},
        {"SetComputerName = TRUE", ""},
        {"LookupAccountName: failed", ""},
        {"Account = [hr=0x80070005]", ""},
        {"machine=amd64 per-user: yes", ""},
        {"per-user: everything", ""},
        {"Staged by FileRepository\\x.inf", ""},
        /* what is one */
        {"Username = [svcjoin]", "user=svcjoin"},
        {"[User: jdoe] (account: asmith)", "user=jdoe; user=asmith"},
        {"SN: PF1ABCDE", "serial=PF1ABCDE"},
        {"SN: standard DC=corp", "domain=corp"},
        {"runas /user:CORP\\jdoe", "domain=CORP; user=jdoe"},
        {"schtasks /ru CORP\\jdoe", "domain=CORP; user=jdoe"},
        {"\"SubjectUserName\">PC01$</Data>", "host=PC01"},
        {"user CORP\\PC01$ denied", "domain=CORP; host=PC01"},
        {"MAC address: 001122AABBCC", "mac=001122AABBCC"},
        {"MAC: 0011.22aa.bbcc, 001122", "mac=0011.22aa.bbcc"},
        {"MAC: 001122", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void numbers_that_may_be_addresses_are_told(void **state)
{
    static const char text[] = "10.1.1.38 192.168.1.1 6.1.7601.3 version 10.1.1.39";
    struct found found = {.text = cw_str_c(text)};
    struct cw_identifier_sink sink = {on_found, NULL, &found};
    (void)state;
    assert_int_equal(cw_identifier_find_undecided(found.text, &sink), 0);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.spans[0].begin, 0);
    assert_int_equal(found.spans[0].end, 9);
}

static void text_that_looks_like_a_token_is_told(void **state)
{
    static const struct row rows[] = {
        {"USER-12 and host-3", "[user 12] [host 3] "},
        {"USER-0 USER-01 USERS-1 XUSER-1 USER-", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void assert_table(const char *heading, const char *row, const char *expected)
{
    struct cw_identifier_table table = {0};
    struct found found = {.text = cw_str_c(row)};
    struct cw_identifier_sink sink = {on_found, on_token, &found};
    cw_buf_init(&found.said, 4096);
    assert_true(cw_buf_append(&found.said, CW_STR("")));
    if (cw_identifier_heading(cw_str_c(heading), &table))
        assert_int_equal(cw_identifier_row(&table, found.text, &sink), 0);
    say_spans(&found);
    assert_str(cw_buf_str(&found.said), expected);
    cw_buf_done(&found.said);
}

static void the_columns_of_a_table_name_who_it_was(void **state)
{
    (void)state;
    assert_table("\"Message\",\"Id\",\"MachineName\",\"UserName\"",
                 "\"It failed, \"\"so\"\"\",\"3\",\"PC-17.corp.example.com\",\"CORP\\jdoe\"",
                 "host=PC-17; domain=corp.example.com; domain=corp; domain=CORP; user=jdoe");
    /* the last line of a message of several */
    assert_table("\"Message\",\"Id\",\"MachineName\",\"UserName\"",
                 "and that, too\",\"3\",\"PC-17\",\"\"", "host=PC-17");
    assert_table("\"Message\",\"Id\",\"MachineName\",\"UserName\"", "a line of the message", "");
    assert_table("Time;Computer;User;Text", "2025-01-01;PC-17;jdoe;it failed",
                 "host=PC-17; user=jdoe");
    assert_table("Time\tComputer\tText", "2025\tPC-17", "host=PC-17");
    assert_table("The computer, the user, and who else", "a, b, c", "");
    assert_table("Time,Text,More", "a,b,c", "");
}

static int refuse(void *context, const struct cw_identifier_span *span)
{
    (void)span;
    (*(int *)context)++;
    return CW_ERR_NOMEM;
}

static void a_sink_that_refuses_ends_the_search(void **state)
{
    int calls = 0;
    const struct cw_identifier_sink sink = {refuse, NULL, &calls};
    (void)state;
    assert_int_equal(cw_identifier_find(CW_STR("\\\\a\\b c:\\users\\x\\y\\z @"), &sink),
                     CW_ERR_NOMEM);
    assert_int_equal(calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_names_its_user_and_hides_what_the_user_named),
        cmocka_unit_test(a_sid_of_a_machine_is_found_without_the_account_in_it),
        cmocka_unit_test(a_serial_is_what_windows_did_not_make_up),
        cmocka_unit_test(an_address_is_no_version_and_no_time),
        cmocka_unit_test(a_host_is_named_by_a_share_or_a_url),
        cmocka_unit_test(what_stands_behind_a_label_is_what_it_says),
        cmocka_unit_test(the_columns_of_a_table_name_who_it_was),
        cmocka_unit_test(what_a_function_returns_is_no_name),
        cmocka_unit_test(numbers_that_may_be_addresses_are_told),
        cmocka_unit_test(text_that_looks_like_a_token_is_told),
        cmocka_unit_test(a_sink_that_refuses_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
