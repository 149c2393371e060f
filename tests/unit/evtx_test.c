/* Event logs as Windows keeps them: each event becomes a line of XML, and no file does harm. */
#include "support/test.h"

#include "base/buf.h"
#include "input/binxml.h"
#include "input/binxml_value.h"
#include "input/evtx.h"
#include "support/diagnosing.h"

enum { MOST = 16 * 1024 * 1024, EVENTS = 4, FILE_HEADER = 4096, RECORDS = FILE_HEADER + 512 };

#define LOG "cases/event-log-raw/Setup.evtx"

struct reading {
    struct cw_buf text;
    uint64_t damages;
};

static struct reading read_log(struct cw_str log, size_t piece)
{
    struct reading reading;
    struct cw_source *inner = NULL;
    struct cw_source *events = NULL;
    char bytes[512];
    cw_buf_init(&reading.text, MOST);
    assert_true(cw_buf_append(&reading.text, CW_STR("")));
    assert_int_equal(cw_source_memory("log", log, piece, &inner, NULL), CW_OK);
    assert_int_equal(cw_source_evtx(inner, &events, NULL), CW_OK);
    size_t size = piece && piece < sizeof(bytes) ? piece : sizeof(bytes);
    for (int64_t got; (got = cw_source_read(events, bytes, size, NULL)) > 0;)
        assert_true(cw_buf_append(&reading.text, (struct cw_str){bytes, (size_t)got}));
    reading.damages = cw_evtx_damages(events);
    cw_source_close(events);
    cw_source_close(inner);
    return reading;
}

static size_t count_lines(const struct cw_buf *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->len; i++)
        lines += text->data[i] == '\n';
    return lines;
}

static void an_event_is_a_line_of_xml(void **state)
{
    struct cw_buf log = read_fixture_file(LOG);
    struct reading reading = read_log(cw_buf_str(&log), 0);
    (void)state;
    struct cw_str text = cw_buf_str(&reading.text);
    struct cw_str first = cw_str_head(text, cw_str_find_char(text, '\n'));
    assert_str(first,
               "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>"
               "<Provider Name=\"Microsoft-Windows-Servicing\" "
               "Guid=\"{bd12f3b8-fc40-4a61-a307-b7a013a069c1}\"/><EventID Qualifiers=\"\">2"
               "</EventID><Version>0</Version><Level>0</Level><Task>1</Task><Opcode>0</Opcode>"
               "<Keywords>0x8000000000000000</Keywords>"
               "<TimeCreated SystemTime=\"2024-05-15T05:02:10.5234567Z\"/><EventRecordID>209"
               "</EventRecordID><Correlation ActivityID=\"\" RelatedActivityID=\"\"/>"
               "<Execution ProcessID=\"4120\" ThreadID=\"4944\"/><Channel>Setup</Channel>"
               "<Computer>ws-207</Computer><Security UserID=\"S-1-5-18\"/></System><UserData>"
               "<CbsPackageChangeState "
               "xmlns=\"http://manifests.microsoft.com/win/2004/08/windows/setup_provider\">"
               "<PackageIdentifier>KB5037591</PackageIdentifier><IntendedPackageState>5112"
               "</IntendedPackageState><IntendedPackageStateTextized>Installed"
               "</IntendedPackageStateTextized><ErrorCode>0x0</ErrorCode><Client>UpdateAgentLCU"
               "</Client></CbsPackageChangeState></UserData></Event>");
    assert_int_equal(count_lines(&reading.text), EVENTS);
    assert_int_equal(reading.damages, 0);
    cw_buf_done(&reading.text);
    cw_buf_done(&log);
}

static void every_read_size_gives_the_same(void **state)
{
    struct cw_buf log = read_fixture_file(LOG);
    struct reading whole = read_log(cw_buf_str(&log), 0);
    (void)state;
    for (size_t piece = 1; piece <= 80; piece++) {
        struct reading reading = read_log(cw_buf_str(&log), piece);
        assert_string_equal(reading.text.data, whole.text.data);
        cw_buf_done(&reading.text);
    }
    cw_buf_done(&whole.text);
    cw_buf_done(&log);
}

static void a_log_cut_at_any_byte_gives_the_events_before(void **state)
{
    struct cw_buf log = read_fixture_file(LOG);
    struct reading whole = read_log(cw_buf_str(&log), 0);
    (void)state;
    for (size_t size = 0; size < log.len; size++) {
        struct reading reading = read_log(cw_str_head(cw_buf_str(&log), size), 0);
        size_t lines = count_lines(&reading.text);
        assert_true(lines < EVENTS);
        assert_true(reading.damages > 0 || size <= FILE_HEADER);
        assert_memory_equal(reading.text.data, whole.text.data, reading.text.len);
        cw_buf_done(&reading.text);
    }
    cw_buf_done(&whole.text);
    cw_buf_done(&log);
}

/* Whatever stands at a place: no harm, and never more than there can be. */
static void any_byte_may_be_wrong(void **state)
{
    static const unsigned char values[] = {0x00, 0x0C, 0xFF};
    struct cw_buf log = read_fixture_file(LOG);
    (void)state;
    for (size_t at = RECORDS; at < log.len; at++) {
        char before = log.data[at];
        for (size_t i = 0; i < sizeof(values); i++) {
            log.data[at] = (char)values[i];
            struct reading reading = read_log(cw_buf_str(&log), 0);
            assert_true(count_lines(&reading.text) <= EVENTS);
            cw_buf_done(&reading.text);
        }
        log.data[at] = before;
    }
    cw_buf_done(&log);
}

static void what_is_damaged_does_not_hide_the_rest(void **state)
{
    struct cw_buf log = read_fixture_file(LOG);
    struct cw_str bytes = cw_buf_str(&log);
    (void)state;
    /* The last of its records is no binary XML. */
    size_t last = RECORDS;
    for (size_t at; (at = cw_str_find(cw_str_from(bytes, last + 4), CW_STR("**"))) != SIZE_MAX;)
        last += 4 + at;
    memset(log.data + last + 24, 0x21, 8);
    struct reading reading = read_log(bytes, 0);
    assert_int_equal(count_lines(&reading.text), EVENTS - 1);
    assert_int_equal(reading.damages, 1);
    cw_buf_done(&reading.text);
    /* A chunk that is none, and one that was never used, before one that is whole. */
    struct cw_buf longer;
    struct cw_buf filler;
    cw_buf_init(&longer, MOST);
    cw_buf_init(&filler, MOST);
    for (size_t i = 0; i < 65536; i++)
        assert_true(cw_buf_char(&filler, '\0'));
    cw_buf_done(&log);
    log = read_fixture_file(LOG);
    assert_true(cw_buf_append(&longer, cw_str_head(cw_buf_str(&log), FILE_HEADER)));
    assert_true(cw_buf_append(&longer, cw_buf_str(&filler)));
    filler.data[9] = 'x';
    assert_true(cw_buf_append(&longer, cw_buf_str(&filler)));
    assert_true(cw_buf_append(&longer, cw_str_from(cw_buf_str(&log), FILE_HEADER)));
    reading = read_log(cw_buf_str(&longer), 0);
    assert_int_equal(count_lines(&reading.text), EVENTS);
    assert_int_equal(reading.damages, 1);
    cw_buf_done(&reading.text);
    cw_buf_done(&filler);
    cw_buf_done(&longer);
    cw_buf_done(&log);
}

/* --- binary XML ---------------------------------------------------------------------------- */

/* A template whose definition is many instances of itself. */
static void templates_without_end_are_given_up(void **state)
{
    enum { HEAD = 24, INSTANCE = 14, INSTANCES = 4000, SIZE = HEAD + INSTANCES * INSTANCE };
    static char chunk[SIZE];
    struct cw_buf out;
    size_t steps = 128 * 1024;
    uint32_t length = INSTANCES * INSTANCE;
    (void)state;
    memcpy(chunk + 20, &length, sizeof(length));
    for (size_t i = 0; i < INSTANCES; i++)
        chunk[HEAD + i * INSTANCE] = 0x0C;
    cw_buf_init(&out, MOST);
    assert_false(cw_binxml_text((struct cw_str){chunk, SIZE}, HEAD, SIZE, &steps, &out));
    assert_int_equal(out.len, 0);
    cw_buf_done(&out);
}

static void values_are_written_as_windows_writes_them(void **state)
{
    static const struct {
        unsigned type;
        struct cw_str bytes;
        const char *text;
    } rows[] = {
        {CW_BINXML_NULL, {"", 0}, ""},
        {CW_BINXML_STRING, {"a\0<\0\r\0\n\0\x2d\x4e", 10}, "a&lt;  \xE4\xB8\xAD"},
        {CW_BINXML_STRING, {"a\0\0\0b\0", 6}, "a"},
        {CW_BINXML_STRINGS, {"a\0\0\0b\0c\0\0\0", 10}, "a, bc"},
        {CW_BINXML_ANSI, {"a&b\0c", 5}, "a&amp;b"},
        {CW_BINXML_INT8, {"\xff", 1}, "-1"},
        {CW_BINXML_INT16, {"\x34\x12", 2}, "4660"},
        {CW_BINXML_INT32, {"\x05\x00\x07\x80", 4}, "-2147024891"},
        {CW_BINXML_INT64, {"\0\0\0\0\0\0\0\x80", 8}, "-9223372036854775808"},
        {CW_BINXML_UINT8, {"\xff", 1}, "255"},
        {CW_BINXML_UINT32, {"\xff\xff\xff\xff", 4}, "4294967295"},
        {CW_BINXML_BOOL, {"\1\0\0\0", 4}, "true"},
        {CW_BINXML_BOOL, {"\0\0\0\0", 4}, "false"},
        {CW_BINXML_GUID,
         {"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10", 16},
         "{04030201-0605-0807-090a-0b0c0d0e0f10}"},
        {CW_BINXML_GUID, {"\x01", 1}, ""},
        {CW_BINXML_HEX32, {"\x05\x00\x07\x80", 4}, "0x80070005"},
        {CW_BINXML_SIZE, {"\x10\0\0\0\0\0\0\0", 8}, "0x10"},
        {CW_BINXML_FILETIME,
         {"\x00\x80\x3e\xd5\xde\xb1\x9d\x01", 8},
         "1970-01-01T00:00:00.0000000Z"},
        {CW_BINXML_FILETIME, {"\xff\xff\xff\xff\xff\xff\xff\xff", 8}, ""},
        {CW_BINXML_SID, {"\1\2\0\0\0\0\0\5\x20\0\0\0\x20\2\0\0", 16}, "S-1-5-32-544"},
        {CW_BINXML_SID, {"\1", 1}, ""},
        {0x0E, {"\1\2\3", 3}, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_buf out;
        cw_buf_init(&out, 1024);
        assert_true(cw_buf_append(&out, CW_STR("")));
        assert_true(cw_binxml_put_value(&out, rows[i].type, rows[i].bytes));
        assert_string_equal(out.data, rows[i].text);
        cw_buf_done(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_a_line_of_xml),
        cmocka_unit_test(every_read_size_gives_the_same),
        cmocka_unit_test(a_log_cut_at_any_byte_gives_the_events_before),
        cmocka_unit_test(any_byte_may_be_wrong),
        cmocka_unit_test(what_is_damaged_does_not_hide_the_rest),
        cmocka_unit_test(templates_without_end_are_given_up),
        cmocka_unit_test(values_are_written_as_windows_writes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
