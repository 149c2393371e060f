/* Texts with tokens: what is learned in one, and what becomes of another. */
#include "report/redact.h"

#include "cbswhy/redaction.h"
#include "report/redact_guard.h"
#include "support/diagnosing.h"

enum { TEXT_MOST = 64 * 1024 };

static struct cw_redaction *begin(void **state)
{
    struct cw_redaction *redaction = NULL;
    assert_int_equal(cw_redaction_new(&redaction, NULL), CW_OK);
    assert_int_equal(cw_redaction_begin(redaction, *state, NULL), CW_OK);
    return redaction;
}

static void put(struct cw_redaction *redaction, const char *text, enum cw_redact_field field,
                const char *expected)
{
    struct cw_buf safe;
    cw_buf_init(&safe, TEXT_MOST);
    assert_true(cw_buf_append(&safe, CW_STR("")));
    assert_int_equal(cw_redaction_put(redaction, cw_str_c(text), field, &safe), CW_OK);
    if (!cw_str_eq(cw_buf_str(&safe), cw_str_c(expected)))
        fail_msg("of: %s\n got: %.*s\n expected: %s", text, CW_STR_ARG(cw_buf_str(&safe)),
                 expected);
    cw_buf_done(&safe);
}

struct row {
    const char *learned; /* stands in a log */
    const char *text, *expected;
};

/* Each row is a redaction of its own; what has tokens keeps them. */
static void assert_rows(void **state, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cw_redaction *redaction = begin(state);
        struct cw_buf unused;
        cw_buf_init(&unused, TEXT_MOST);
        assert_int_equal(
            cw_redaction_put(redaction, cw_str_c(rows[i].learned), CW_REDACT_TEXT, &unused), CW_OK);
        put(redaction, rows[i].text, CW_REDACT_TEXT, rows[i].expected);
        put(redaction, rows[i].expected, CW_REDACT_TEXT, rows[i].expected);
        cw_buf_done(&unused);
        cw_redaction_free(redaction);
    }
}
#define ASSERT_ROWS(state, rows) assert_rows(state, rows, sizeof(rows) / sizeof((rows)[0]))

static void a_value_is_replaced_wherever_it_stands(void **state)
{
    static const struct row rows[] = {
        {"C:\\Users\\jdoe\\x.exe", "by JDOE in jdoe-setup.log, jdoe_x, (jdoe)",
         "by USER-1 in USER-1-setup.log, USER-1_x, (USER-1)"},
        {"C:\\Users\\张三\\x.exe", "file:///C:/Users/%E5%BC%A0%E4%B8%89/x.exe",
         "file:///C:/Users/USER-1/x.exe"},
        {"C:\\Users\\Max Muster\\x.exe", "u=Max%20Muster, ŻAK", "u=USER-1, ŻAK"},
        {"C:\\Users\\Żak\\x.exe", "by ŻAK and żak", "by USER-1 and USER-1"},
        {"C:\\Users\\jdoe\\x.exe", "jdoey xjdoe jdoe2", "jdoey xjdoe jdoe2"},
        {"C:\\Users\\John Doe\\x.exe", "JOHN DOE, john\r\n  doe", "USER-1, USER-1"},
        {"\\\\FIN-PC0815\\c$", "FIN-PC0815_CBS.log fin-pc0815.local FIN-PC08151",
         "HOST-1_CBS.log HOST-1.local FIN-PC08151"},
        {"00-1A-2B-3C-4D-5E", "00:1a:2b:3c:4d:5e 001A2B3C4D5E 001a2b3c4d5ef",
         "MAC-1 MAC-1 001a2b3c4d5ef"},
        {"USB\\VID_1&PID_2\\4C5300012309", "serial 4c5300012309.", "serial SERIAL-1."},
        {"C:\\Users\\J\xC3\xBCrgen\\x", "J\xC3\x9CRGEN", "USER-1"},
        {"C:\\Users\\\xE5\xBC\xA0\xE4\xB8\x89\\x",
         "\xE7\x94\xA8\xE6\x88\xB7\xE5\xBC\xA0\xE4\xB8\x89\xE7\x9A\x84",
         "\xE7\x94\xA8\xE6\x88\xB7USER-1\xE7\x9A\x84"},
        {"", "S-1-5-21-1-2-3-500 S-1-5-21-1-2-3-1001 S-1-5-18", "SID-1-500 SID-1-1001 S-1-5-18"},
        {"", "jd@corp.example.com of http://wsus01.corp.example.com:8530",
         "EMAIL-1 of http://HOST-1.DOMAIN-1:8530"},
        {"", "C:\\Users\\jdoe\\AppData\\Local\\Temp\\Eagle\\a.inf",
         "C:\\Users\\USER-1\\AppData\\Local\\Temp\\PATH-1\\a.inf"},
        {"", "\"C:\\\\Users\\\\jdoe\\\\Eagle\\\\a.inf\"",
         "\"C:\\\\Users\\\\USER-1\\\\PATH-1\\\\a.inf\""},
    };
    ASSERT_ROWS(state, rows);
}

static void names_are_known_where_they_were_cut(void **state)
{
    static const struct row rows[] = {
        /* short names of profiles */
        {"C:\\Users\\John Doe\\x C:\\Users\\JOHNDO~1\\y", "c:\\users\\johndo~1 John Doe",
         "c:\\users\\USER-1 USER-1"},
        {"C:\\Users\\John Doe\\x C:\\Users\\JohnDover\\x", "c:\\users\\johndo~1",
         "c:\\users\\USER-3"},
        /* to 8, 15 and 20 characters */
        {"C:\\Users\\maxmustermann\\x", "maxmuste maxmus", "USER-1 maxmus"},
        {"\\\\KASSENRECHNER-HALLE7\\c$", "KASSENRECHNER-H", "HOST-1"},
        {"C:\\Users\\abcdefghijklmnopqrstuvw\\x", "abcdefghijklmnopqrst", "USER-1"},
    };
    ASSERT_ROWS(state, rows);
}

static void the_end_of_a_cut_text_may_be_the_beginning_of_a_name(void **state)
{
    struct cw_redaction *redaction = begin(state);
    put(redaction, "C:\\Users\\mmuster\\x.exe", CW_REDACT_TEXT, "C:\\Users\\USER-1\\x.exe");
    put(redaction, "written by mmus", CW_REDACT_CUT, "written by USER-1");
    put(redaction, "written by mm", CW_REDACT_CUT, "written by mm");
    put(redaction, "written by mmus", CW_REDACT_TEXT, "written by mmus");
    cw_redaction_free(redaction);
}

static void what_diagnosis_needs_stays(void **state)
{
    static const struct row rows[] = {
        /* a user that is called like something else */
        {"C:\\Users\\cpu\\x.exe", "cpu.inf, Add Service: cpu, C:\\Users\\CPU\\y.exe",
         "cpu.inf, Add Service: cpu, C:\\Users\\USER-1\\y.exe"},
        {"C:\\Users\\admin\\x C:\\Users\\system32\\x C:\\Users\\usb\\x C:\\Users\\test\\x",
         "admin C:\\Windows\\system32 usb.inf test", "admin C:\\Windows\\system32 usb.inf test"},
        {"C:\\Users\\jo\\x C:\\Users\\4711\\x", "jo 4711", "jo 4711"},
        {"User: KONTORX\\cpu", "for KONTORX\\cpu, cpu.inf", "for DOMAIN-1\\USER-1, cpu.inf"},
        {"\\\\server\\share", "the server \\\\server\\share", "the server \\\\HOST-1\\share"},
        /* an address that is a version elsewhere */
        {"peer 192.168.1.4", "from 192.168.1.4, version 192.168.1.4, ~~192.168.1.4",
         "from IP-1, version 192.168.1.4, ~~192.168.1.4"},
        {"", "Package_for_KB4534310~31bf3856ad364e35~amd64~~6.1.1.4 10.0.1.3 6.1.7601.24214",
         "Package_for_KB4534310~31bf3856ad364e35~amd64~~6.1.1.4 10.0.1.3 6.1.7601.24214"},
        {"", "PCI\\VEN_8086&DEV_1E31\\3&11583659&0&A0 {36fc9e60-c465-11cf-8056-444553540000}",
         "PCI\\VEN_8086&DEV_1E31\\3&11583659&0&A0 {36fc9e60-c465-11cf-8056-444553540000}"},
        {"", "https://learn.microsoft.com/x NT AUTHORITY\\SYSTEM C:\\Users\\Public\\x",
         "https://learn.microsoft.com/x NT AUTHORITY\\SYSTEM C:\\Users\\Public\\x"},
    };
    ASSERT_ROWS(state, rows);
}

static void the_words_of_the_caller_are_found_inside_others(void **state)
{
    struct cw_redaction *redaction = begin(state);
    assert_int_equal(cw_redaction_add_word(redaction, "Blaubeer", NULL), CW_OK);
    assert_int_equal(cw_redaction_add_word(redaction, "host", NULL), CW_OK);
    assert_int_equal(cw_redaction_add_word(redaction, " ", NULL), CW_ERR_INVALID);
    assert_int_equal(cw_redaction_add_word(redaction, "\xff", NULL), CW_ERR_INVALID);
    put(redaction, "BLAUBEERVPN for blaubeer", CW_REDACT_TEXT, "WORD-1VPN for WORD-1");
    put(redaction, "\\\\filer9\\x", CW_REDACT_TEXT, "\\\\HOST-1\\x");
    put(redaction, "filer9 is a host", CW_REDACT_TEXT, "HOST-1 is a WORD-2");
    put(redaction, "HOST-1 is a WORD-2", CW_REDACT_TEXT, "HOST-1 is a WORD-2");
    cw_redaction_free(redaction);
}

static void a_number_that_stands_in_a_log_is_not_given(void **state)
{
    struct cw_redaction *redaction = begin(state);
    put(redaction, "USER-7 asked for C:\\Users\\jdoe\\x.exe, \\\\HOST-3\\y", CW_REDACT_TEXT,
        "USER-7 asked for C:\\Users\\USER-8\\x.exe, \\\\HOST-4\\y");
    put(redaction, "USER-7 USER-8 HOST-3 HOST-4", CW_REDACT_TEXT, "USER-7 USER-8 HOST-4 HOST-4");
    cw_redaction_free(redaction);
}

static void learn(struct cw_redaction *redaction, const char *const *names, size_t count)
{
    const struct cw_harvest_sink sink = cw_redaction_sink(redaction);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(sink.value(sink.context, CW_IDENTIFIER_USER, cw_str_c(names[i])), CW_OK);
}

static void numbers_do_not_depend_on_the_order_of_discovery(void **state)
{
    static const char *const one[] = {"zoe", "abe", "mia", "ABE"};
    static const char *const other[] = {"mia", "ABE", "abe", "zoe"};
    static const char text[] = "by \\Users\\zoe, \\Users\\mia, \\Users\\Abe";
    static const char expected[] = "by \\Users\\USER-3, \\Users\\USER-2, \\Users\\USER-1";
    struct cw_redaction *first = begin(state);
    struct cw_redaction *second = begin(state);
    learn(first, one, 4);
    learn(second, other, 4);
    put(first, text, CW_REDACT_TEXT, expected);
    put(second, text, CW_REDACT_TEXT, expected);
    cw_redaction_free(first);
    cw_redaction_free(second);
}

static void the_path_of_a_log_loses_what_its_collector_named(void **state)
{
    static const struct row rows[] = {
        {"", "logs/CBS.log", "logs/CBS.log"},
        {"", "Contoso GmbH/SRV-DB7_CBS.log", "PATH-1/HOST-1_CBS.log"},
        {"", "kunde4711.zip/CBS/CbsPersist_20240910.cab/CbsPersist_20240910.log",
         "PATH-1.zip/CBS/CbsPersist_20240910.cab/CbsPersist_20240910.log"},
        {"", "mnt/c/Windows/INF/setupapi.dev.20240101_101010.log",
         "mnt/c/Windows/INF/setupapi.dev.20240101_101010.log"},
        {"", "/home/jdoe/CBS (2).log", "/home/USER-1/CBS (2).log"},
        {"", "notes of erika.docx", "PATH-1.docx"},
        {"", "<stdin>", "<stdin>"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_redaction *redaction = begin(state);
        put(redaction, rows[i].text, CW_REDACT_FILE, rows[i].expected);
        cw_redaction_free(redaction);
    }
}

static void a_remark_names_a_file_as_its_path_does(void **state)
{
    struct cw_redaction *redaction = begin(state);
    put(redaction, "Contoso/CBS.bin", CW_REDACT_FILE, "PATH-1/CBS.bin");
    put(redaction, "'Contoso/CBS.bin': permission denied", CW_REDACT_REMARK,
        "'PATH-1/CBS.bin': permission denied");
    cw_redaction_free(redaction);
}

static int discard(void *context, const char *bytes, size_t size)
{
    *(size_t *)context += size;
    (void)bytes;
    return CW_OK;
}

static void assert_guarded(struct cw_redaction *redaction, const char *written, int expected)
{
    size_t passed = 0;
    const struct cw_output target = {discard, &passed};
    struct cw_redact_guard guard;
    enum cw_identifier kind = CW_IDENTIFIER_WORD;
    cw_redact_guard_open(&guard, redaction, &target);
    assert_int_equal(guard.output.write(guard.output.context, written, strlen(written)), CW_OK);
    assert_int_equal(passed, 0);
    int found = cw_redact_guard_suspects(&guard, NULL, &kind);
    if (found != expected)
        fail_msg("%s: %d", written, found);
    assert_int_equal(cw_redact_guard_close(&guard, found ? CW_ERR_INVALID : CW_OK),
                     found ? CW_ERR_INVALID : CW_OK);
    assert_int_equal(passed, found ? 0 : strlen(written));
}

static void the_guard_knows_a_value_in_every_spelling(void **state)
{
    struct cw_redaction *redaction = begin(state);
    put(redaction, "\\\\ab_pq&z9\\c$ C:\\Users\\J_Roe & Co\\x.exe", CW_REDACT_TEXT,
        "\\\\ab_pq&z9\\c$ C:\\Users\\USER-1\\x.exe");
    put(redaction, "\\\\tor_9x\\c$", CW_REDACT_TEXT, "\\\\HOST-1\\c$");
    assert_guarded(redaction, "nothing", 0);
    assert_guarded(redaction, "\"j_roe & co\"", 1);
    assert_guarded(redaction, "<b>J_ROE &amp; CO</b>", 1);
    assert_guarded(redaction, "J\\_Roe \\& Co", 1);
    assert_guarded(redaction, "J_Roe\n    & Co", 1);
    assert_guarded(redaction, "{\"a\": \"x\\\\TOR_9X\\\\c\"}", 1);
    assert_guarded(redaction, "tor\\_9x", 1);
    assert_guarded(redaction, "HOST-1 USER-1", 0);
    cw_redaction_free(redaction);
}

static void a_number_of_a_log_does_not_use_up_the_numbers(void **state)
{
    struct cw_redaction *redaction = begin(state);
    put(redaction, "USER-999999999 in C:\\Users\\jdoe\\x.exe", CW_REDACT_TEXT,
        "USER-999999999 in C:\\Users\\USER-1\\x.exe");
    cw_redaction_free(redaction);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_of_a_log_does_not_use_up_the_numbers),
        cmocka_unit_test(a_value_is_replaced_wherever_it_stands),
        cmocka_unit_test(names_are_known_where_they_were_cut),
        cmocka_unit_test(the_end_of_a_cut_text_may_be_the_beginning_of_a_name),
        cmocka_unit_test(what_diagnosis_needs_stays),
        cmocka_unit_test(the_words_of_the_caller_are_found_inside_others),
        cmocka_unit_test(a_number_that_stands_in_a_log_is_not_given),
        cmocka_unit_test(numbers_do_not_depend_on_the_order_of_discovery),
        cmocka_unit_test(the_path_of_a_log_loses_what_its_collector_named),
        cmocka_unit_test(a_remark_names_a_file_as_its_path_does),
        cmocka_unit_test(the_guard_knows_a_value_in_every_spelling),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
