#include "support/test.h"

#include "base/limits.h"
#include "input/codepage.h"
#include "input/codepage_guess.h"
#include "support/random.h"

/* Names as Windows gives them, in the code pages in which SetupAPI writes them. */
static const struct {
    enum cw_encoding encoding;
    const char *bytes;
    const char *text;
} names[] = {
    {CW_ENCODING_CP936, "\xB4\xA6\xC0\xED\xC6\xF7\xC7\xFD\xB6\xAF\xB3\xCC\xD0\xF2",
     "处理器驱动程序"},
    {CW_ENCODING_CP936, "\xB1\xEA\xD7\xBC PS/2 \xBC\xFC\xC5\xCC", "标准 PS/2 键盘"},
    {CW_ENCODING_CP936, "\xCE\xA2\xC8\xED", "微软"},
    {CW_ENCODING_CP936, "\xD3\xC3\xBB\xA7\\\xD5\xC5\xCE\xB0\\\xD7\xC0\xC3\xE6", "用户\\张伟\\桌面"},
    {CW_ENCODING_CP936, "\xB8\xDF\xC7\xE5\xCE\xFA\xB6\xC8\xD2\xF4\xC6\xB5\xBF\xD8\xD6\xC6\xC6\xF7",
     "高清晰度音频控制器"},
    {CW_ENCODING_CP950,
     "\xB3"
     "B\xB2z\xBE\xB9\xC5X\xB0\xCA\xB5{\xA6\xA1",
     "處理器驅動程式"},
    {CW_ENCODING_CP950, "\xBC\xD0\xB7\xC7 PS/2 \xC1\xE4\xBDL", "標準 PS/2 鍵盤"},
    {CW_ENCODING_CP950, "\xB3q\xA5\xCE\xBA\xCF\xBA\xD0\xB0\xCF", "通用磁碟區"},
    {CW_ENCODING_CP950, "\xA8\xCF\xA5\xCE\xAA\xCC\\\xA4\xFD\xA4j\xA9\xFA\\\xAE\xE0\xAD\xB1",
     "使用者\\王大明\\桌面"},
    {CW_ENCODING_CP932,
     "\x83v\x83\x8D\x83Z\x83"
     "b\x83T \x83h\x83\x89\x83"
     "C\x83o\x81[",
     "プロセッサ ドライバー"},
    {CW_ENCODING_CP932, "\x95W\x8F\x80 PS/2 \x83L\x81[\x83{\x81[\x83h", "標準 PS/2 キーボード"},
    {CW_ENCODING_CP932,
     "\x91\xE5\x97"
     "e\x97\xCA\x8BL\x89\xAF\x91\x95\x92u",
     "大容量記憶装置"},
    {CW_ENCODING_CP932, "\x95x\x8Em\x92\xCA", "富士通"},
    {CW_ENCODING_CP949, "\xC7\xC1\xB7\xCE\xBC\xBC\xBC\xAD \xB5\xE5\xB6\xF3\xC0\xCC\xB9\xF6",
     "프로세서 드라이버"},
    {CW_ENCODING_CP949, "\xC7\xA5\xC1\xD8 PS/2 \xC5\xB0\xBA\xB8\xB5\xE5", "표준 PS/2 키보드"},
    {CW_ENCODING_CP949, "\xB3\xD7\xC6\xAE\xBF\xF6\xC5\xA9 \xBE\xEE\xB4\xF0\xC5\xCD",
     "네트워크 어댑터"},
    {CW_ENCODING_CP949, "\xBB\xEF\xBC\xBA\xC0\xFC\xC0\xDA", "삼성전자"},
    {CW_ENCODING_CP1251, "\xC4\xF0\xE0\xE9\xE2\xE5\xF0 \xEF\xF0\xEE\xF6\xE5\xF1\xF1\xEE\xF0\xE0",
     "Драйвер процессора"},
    {CW_ENCODING_CP1251, "\xCA\xEE\xED\xF2\xF0\xEE\xEB\xEB\xE5\xF0", "Контроллер"},
    {CW_ENCODING_CP1251, "\xCC\xFB\xF8\xFC", "Мышь"},
    {CW_ENCODING_CP1251,
     "\xC7\xE0\xEF\xEE\xEC\xE8\xED\xE0\xFE\xF9\xE5\xE5 \xF3\xF1\xF2\xF0\xEE\xE9\xF1\xF2\xE2\xEE",
     "Запоминающее устройство"},
    {CW_ENCODING_CP1252, "Ger\xE4tetreiber", "Gerätetreiber"},
    {CW_ENCODING_CP1252,
     "Gr\xF6\xDF"
     "e",
     "Größe"},
    {CW_ENCODING_CP1252, "P\xE9riph\xE9rique de stockage", "Périphérique de stockage"},
    {CW_ENCODING_CP1252, "Syst\xE8me \xE0 m\xE9moire", "Système à mémoire"},
    {CW_ENCODING_CP1252, "Teclado est\xE1ndar en espa\xF1ol", "Teclado estándar en español"},
    {CW_ENCODING_CP1252, "S\xE3o Paulo, n\xE3o", "São Paulo, não"},
    {CW_ENCODING_CP1252, "Enhet f\xF6r lagring p\xE5", "Enhet för lagring på"},
    {CW_ENCODING_CP1252, "St\xF8rre", "Større"},
    {CW_ENCODING_CP1250,
     "Urz\xB9"
     "dzenie pami\xEA"
     "ci masowej",
     "Urządzenie pamięci masowej"},
    {CW_ENCODING_CP1250,
     "\xD8"
     "adi\xE8 za\xF8\xEDzen\xED",
     "Řadič zařízení"},
    {CW_ENCODING_CP1250,
     "T\xE1rol\xF3"
     "eszk\xF6z \xE9s \xFBrlap",
     "Tárolóeszköz és űrlap"},
    {CW_ENCODING_CP1253, "\xD0\xF1\xFC\xE3\xF1\xE1\xEC\xEC\xE1 \xEF\xE4\xDE\xE3\xE7\xF3\xE7\xF2",
     "Πρόγραμμα οδήγησης"},
    {CW_ENCODING_CP1253, "\xC5\xEB\xE5\xE3\xEA\xF4\xDE\xF2", "Ελεγκτής"},
    {CW_ENCODING_CP1254,
     "Ayg\xFDt s\xFCr\xFC"
     "c\xFCs\xFC",
     "Aygıt sürücüsü"},
    {CW_ENCODING_CP1254, "Y\xFD\xF0\xFDn depolama ayg\xFDt\xFD", "Yığın depolama aygıtı"},
    {CW_ENCODING_CP1254, "\xDD\xFElemci", "İşlemci"},
    {CW_ENCODING_CP1255, "\xEE\xF0\xE4\xEC \xE4\xFA\xF7\xEF", "מנהל התקן"},
    {CW_ENCODING_CP1255, "\xEE\xF7\xEC\xE3\xFA", "מקלדת"},
    {CW_ENCODING_CP1256, "\xC8\xD1\xE4\xC7\xE3\xCC \xCA\xD4\xDB\xED\xE1", "برنامج تشغيل"},
    {CW_ENCODING_CP1256, "\xE1\xE6\xCD\xC9 \xC7\xE1\xE3\xDD\xC7\xCA\xED\xCD", "لوحة المفاتيح"},
    {CW_ENCODING_CP1257, "Valdiklis ir \xE1rengini\xF8 tvarkykl\xEBs",
     "Valdiklis ir įrenginių tvarkyklės"},
    {CW_ENCODING_CP1258, "Thi\xEA\xECt bi\xF2 l\xFDu tr\xFD\xDE", "Thiết bị lưu trữ"},
};
enum { NAMES = sizeof(names) / sizeof(names[0]) };

static struct cw_codepage *new_page(enum cw_encoding encoding)
{
    struct cw_codepage *page = NULL;
    assert_int_equal(cw_codepage_new(encoding, &page), CW_OK);
    return page;
}

static enum cw_encoding encoding_of(struct cw_codepage *page)
{
    enum cw_encoding encoding = CW_ENCODING_UNKNOWN;
    assert_int_equal(cw_codepage_encoding(page, &encoding), CW_OK);
    return encoding;
}

static void assert_converts(struct cw_codepage *page, const char *bytes, const char *expected)
{
    struct cw_arena arena = {0};
    struct cw_str text = CW_STR_NONE;
    assert_true(cw_codepage_convert(page, &arena, cw_str_c(bytes), &text));
    assert_str(text, expected);
    cw_arena_done(&arena);
}

static void one_name_tells_its_code_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
        assert_true(cw_codepage_learn(page, cw_str_c(names[i].bytes)));
        enum cw_encoding found = encoding_of(page);
        if (found != names[i].encoding)
            fail_msg("'%s' was taken for %s", names[i].text, cw_encoding_name(found).ptr);
        assert_converts(page, names[i].bytes, names[i].text);
        assert_true(cw_codepage_is_guess(page));
        assert_int_equal(cw_codepage_replaced(page), 0);
        cw_codepage_free(page);
    }
}

static void all_names_of_a_machine_tell_it_too(void **state)
{
    (void)state;
    for (size_t first = 0; first < NAMES;) {
        struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
        size_t i = first;
        for (; i < NAMES && names[i].encoding == names[first].encoding; i++)
            assert_true(cw_codepage_learn(page, cw_str_c(names[i].bytes)));
        assert_int_equal(encoding_of(page), names[first].encoding);
        cw_codepage_free(page);
        first = i;
    }
}

static void a_string_in_utf8_stays_as_it_is_among_others(void **state)
{
    struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
    (void)state;
    assert_true(cw_codepage_learn(page, CW_STR("AMD \xE5\xA4\x84\xE7\x90\x86\xE5\x99\xA8")));
    assert_int_equal(encoding_of(page), CW_ENCODING_UTF8);
    assert_false(cw_codepage_is_guess(page));
    assert_true(cw_codepage_learn(page, CW_STR("AMD \xB4\xA6\xC0\xED\xC6\xF7")));
    assert_int_equal(encoding_of(page), CW_ENCODING_CP936);
    assert_converts(page, "AMD \xE5\xA4\x84\xE7\x90\x86\xE5\x99\xA8", "AMD 处理器");
    assert_converts(page, "AMD \xB4\xA6\xC0\xED\xC6\xF7", "AMD 处理器");
    assert_converts(page, "plain", "plain");
    assert_converts(page, "", "");
    cw_codepage_free(page);
}

static void pairs_of_chinese_that_look_like_utf8_are_chinese_among_chinese(void **state)
{
    struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
    (void)state;
    assert_converts(page, "\xD2\xBB\xD0\xA9", "\xD2\xBB\xD0\xA9");
    assert_true(cw_codepage_learn(page, CW_STR("\xB4\xA6\xC0\xED\xC6\xF7")));
    assert_converts(page, "\xD2\xBB\xD0\xA9", "一些");
    assert_false(cw_codepage_is_mixed(page));
    assert_true(cw_codepage_learn(page, CW_STR("\xE5\xA4\x84")));
    assert_converts(page, "\xD2\xBB\xD0\xA9", "\xD2\xBB\xD0\xA9");
    assert_true(cw_codepage_is_mixed(page));
    cw_codepage_free(page);
}

static void utf8_that_was_cut_is_no_code_page(void **state)
{
    static const char text[] = "\xE5\xA4\x84 \xE7\x90\x86";
    (void)state;
    for (size_t cut = 1; cut < 3; cut++) {
        char bytes[sizeof(text)] = {0};
        struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
        memcpy(bytes, text, sizeof(text) - 1 - cut);
        assert_true(cw_codepage_learn(page, cw_str_c(bytes)));
        assert_int_equal(encoding_of(page), CW_ENCODING_UTF8);
        assert_converts(page, bytes, "处 \xEF\xBF\xBD");
        assert_int_equal(cw_codepage_replaced(page), 1);
        assert_false(cw_codepage_is_guess(page));
        cw_codepage_free(page);
    }
}

static void a_string_is_converted_although_nothing_was_learned_before(void **state)
{
    struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
    (void)state;
    assert_converts(page, "\xB1\xEA\xD7\xBC \xBC\xFC\xC5\xCC", "标准 键盘");
    cw_codepage_free(page);
}

static void what_is_no_character_is_replaced_and_counted(void **state)
{
    static const struct {
        enum cw_encoding encoding;
        const char *bytes, *text;
        unsigned replaced;
    } rows[] = {
        {CW_ENCODING_CP936, "\xB4\xA6\xC0", "处\xEF\xBF\xBD", 1},
        {CW_ENCODING_CP936,
         "\xFF"
         "x\xB4\xA6",
         "\xEF\xBF\xBD"
         "x处",
         1},
        {CW_ENCODING_CP936, "\xB4\"", "\xEF\xBF\xBD\"", 1}, /* no ASCII is swallowed */
        {CW_ENCODING_CP1252, "a\x81\x8D", "a\xEF\xBF\xBD\xEF\xBF\xBD", 2},
        {CW_ENCODING_UTF8,
         "a\xE5\xA4\xFF"
         "b",
         "a\xEF\xBF\xBD\xEF\xBF\xBD"
         "b",
         2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cw_codepage *page = new_page(rows[i].encoding);
        assert_converts(page, rows[i].bytes, rows[i].text);
        assert_int_equal(cw_codepage_replaced(page), rows[i].replaced);
        cw_codepage_free(page);
    }
}

static void a_code_page_that_is_given_comes_before_utf8(void **state)
{
    struct cw_codepage *page = new_page(CW_ENCODING_CP936);
    (void)state;
    /* Two characters of Chinese that are also two letters of Cyrillic. */
    assert_converts(page, "\xD2\xBB\xD0\xA9", "一些");
    /* No characters of Chinese: then UTF-8 after all. */
    assert_converts(page, "\xE5\xA4\x84", "处");
    assert_int_equal(encoding_of(page), CW_ENCODING_CP936);
    assert_false(cw_codepage_is_guess(page));
    assert_int_equal(cw_codepage_replaced(page), 0);
    cw_codepage_free(page);
}

static void bytes_that_are_no_text_are_given_no_code_page(void **state)
{
    enum cw_encoding found = CW_ENCODING_UTF8;
    (void)state;
    struct cw_str noise = CW_STR("\xA4\xA6\xAC\xA4\xFF\xA6\xA4\xAC\xA6\n");
    assert_int_equal(cw_codepage_guess(noise, &found), CW_OK);
    assert_int_equal(found, CW_ENCODING_UNKNOWN);
    assert_string_equal(cw_encoding_name(found).ptr, "8-bit");
}

/* A conversion in one go is the truth for ours, which works in pieces and survives bad bytes. */
static void long_text_becomes_what_iconv_makes_of_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        static char theirs[64 * 1024];
        struct cw_os_converter *converter = NULL;
        struct cw_buf bytes, ours;
        size_t used = 0;
        size_t made = 0;
        uint64_t replaced = 0;
        cw_buf_init(&bytes, sizeof(theirs) / 4);
        cw_buf_init(&ours, sizeof(theirs));
        while (cw_buf_append(&bytes, cw_str_c(names[i].bytes)))
            ;
        const char *charset = cw_encoding_name(names[i].encoding).ptr;
        assert_int_equal(cw_os_converter_open(charset, &converter, NULL), CW_OK);
        assert_int_equal(cw_codepage_decode(converter, cw_buf_str(&bytes), &ours, &replaced),
                         CW_OK);
        assert_int_equal(
            cw_os_convert(converter, cw_buf_str(&bytes), theirs, sizeof(theirs), &used, &made),
            CW_OK);
        assert_int_equal(replaced, 0);
        assert_int_equal(ours.len, made);
        assert_memory_equal(ours.data, theirs, made);
        cw_os_converter_close(converter);
        cw_buf_done(&bytes);
        cw_buf_done(&ours);
    }
}

static void more_words_than_are_needed_are_not_remembered(void **state)
{
    uint64_t seed = 0xFEED;
    struct cw_codepage *page = new_page(CW_ENCODING_UNKNOWN);
    (void)state;
    assert_true(cw_codepage_learn(page, CW_STR("\xB4\xA6\xC0\xED\xC6\xF7")));
    for (unsigned i = 0; i < 10000; i++) {
        char word[] = "\xB0\xA1\xB0\xA1\xB0\xA1";
        for (size_t k = 0; k < 6; k += 2)
            word[k] = (char)(0xB0 + random_below(&seed, 0x20));
        assert_true(cw_codepage_learn(page, cw_str_c(word)));
    }
    assert_int_equal(encoding_of(page), CW_ENCODING_CP936);
    cw_codepage_free(page);
}

static void an_encoding_has_many_names(void **state)
{
    static const struct {
        const char *name;
        enum cw_encoding encoding;
    } rows[] = {
        {"utf-8", CW_ENCODING_UTF8},          {"UTF8", CW_ENCODING_UTF8},
        {"utf-16le", CW_ENCODING_UTF16LE},    {"UTF16BE", CW_ENCODING_UTF16BE},
        {"cp936", CW_ENCODING_CP936},         {"CP936", CW_ENCODING_CP936},
        {"936", CW_ENCODING_CP936},           {"gbk", CW_ENCODING_CP936},
        {"windows-1252", CW_ENCODING_CP1252}, {"Big5", CW_ENCODING_CP950},
        {"shift_jis", CW_ENCODING_CP932},     {"cp1258", CW_ENCODING_CP1258},
        {"ms949", CW_ENCODING_CP949},         {"cp437", CW_ENCODING_UNKNOWN},
        {"8-bit", CW_ENCODING_UNKNOWN},       {"", CW_ENCODING_UNKNOWN},
        {"utf-16", CW_ENCODING_UNKNOWN},      {"cp", CW_ENCODING_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        enum cw_encoding found = CW_ENCODING_UNKNOWN;
        struct cw_error error = {0};
        int status = cw_codepage_by_name(rows[i].name, &found, &error);
        assert_int_equal(found, rows[i].encoding);
        assert_int_equal(status, found == CW_ENCODING_UNKNOWN ? CW_ERR_INVALID : CW_OK);
        assert_true(status == CW_OK || error.text[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name_tells_its_code_page),
        cmocka_unit_test(all_names_of_a_machine_tell_it_too),
        cmocka_unit_test(a_string_in_utf8_stays_as_it_is_among_others),
        cmocka_unit_test(pairs_of_chinese_that_look_like_utf8_are_chinese_among_chinese),
        cmocka_unit_test(utf8_that_was_cut_is_no_code_page),
        cmocka_unit_test(a_string_is_converted_although_nothing_was_learned_before),
        cmocka_unit_test(what_is_no_character_is_replaced_and_counted),
        cmocka_unit_test(a_code_page_that_is_given_comes_before_utf8),
        cmocka_unit_test(bytes_that_are_no_text_are_given_no_code_page),
        cmocka_unit_test(long_text_becomes_what_iconv_makes_of_it),
        cmocka_unit_test(more_words_than_are_needed_are_not_remembered),
        cmocka_unit_test(an_encoding_has_many_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
