#include "support/test.h"

#include "base/embedded.h"
#include "codes/code.h"
#include "codes/code_table.h"

extern const struct cw_embedded_file cw_codes_embedded[];
extern const size_t cw_codes_embedded_count;

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static void one_number_has_one_canonical_form(void **state)
{
    (void)state;
    static const struct {
        uint32_t raw;
        enum cw_code_form form;
        uint32_t expected;
    } cases[] = {
        {0, CW_CODE_HRESULT, CW_CODE_NONE},         {5, CW_CODE_WIN32, 0x80070005},
        {5, CW_CODE_SETUPAPI, 0x80070005},          {1, CW_CODE_WIN32, 0x80070001},
        {1, CW_CODE_HRESULT, CW_CODE_NONE}, /* S_FALSE */
        {0xffff, CW_CODE_SETUPAPI, 0x8007ffff},     {0x80070005, CW_CODE_HRESULT, 0x80070005},
        {0xc0070005, CW_CODE_HRESULT, 0x80070005},  {0xd0070005, CW_CODE_HRESULT, 0x80070005},
        {0xd000000d, CW_CODE_HRESULT, 0xc000000d},  {0xd015001a, CW_CODE_HRESULT, 0xc015001a},
        {0xe0000247, CW_CODE_SETUPAPI, 0xe0000247}, {0x800f0922, CW_CODE_HRESULT, 0x800f0922},
        {0x00010000, CW_CODE_WIN32, 0x00010000},    {0x109, CW_CODE_SETUPAPI, 0x800b0109},
        {0x109, CW_CODE_WIN32, 0x80070109},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(cw_code_normalise(cases[i].raw, cases[i].form), cases[i].expected);
}

static void a_required_restart_is_no_failure(void **state)
{
    (void)state;
    static const uint32_t good[] = {0,          0x80070bc2, 0x80070bc3, 0xe000020e,
                                    0xe0000241, 0x000f0801, 0x00000103, 0x40000000};
    static const uint32_t bad[] = {0x80070005, 0xe0000247, 0xc0000022, 0x800f0922, 0x80070bc9};
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(cw_code_is_success(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(cw_code_is_success(bad[i]));
}

static void the_same_failure_is_recognised_in_another_form(void **state)
{
    (void)state;
    static const struct {
        uint32_t a, b;
        bool same;
    } cases[] = {
        {0x80070005, 0x80070005, true},  {0x80070005, 0x00000005, true},
        {0x80070005, 0xc0070005, true},  {0xe0000247, 0x800f0247, true},
        {0x80070109, 0x800b0109, true},  /* cut to 16 bits */
        {0x80070005, 0x80090005, false}, /* 5 has a meaning of its own */
        {0x80070002, 0x80240002, false}, {0x80070005, 0x80070003, false},
        {0xe0000247, 0xe0000248, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(cw_code_same(cases[i].a, cases[i].b), cases[i].same);
        assert_int_equal(cw_code_same(cases[i].b, cases[i].a), cases[i].same);
    }
}

static void a_code_has_the_name_that_the_logs_print(void **state)
{
    (void)state;
    static const struct {
        uint32_t code;
        const char *symbol;
    } cases[] = {
        {0x80070005, "E_ACCESSDENIED"},
        {0x80070057, "E_INVALIDARG"},
        {0x80070002, "ERROR_FILE_NOT_FOUND"},
        {0x80070003, "ERROR_PATH_NOT_FOUND"},
        {0x80070490, "ERROR_NOT_FOUND"},
        {0x80070bc2, "ERROR_SUCCESS_REBOOT_REQUIRED"},
        {0x80070bc9, "ERROR_FAIL_REBOOT_REQUIRED"},
        {0x80071a91, "ERROR_RM_NOT_ACTIVE"},
        {0x80073712, "ERROR_SXS_COMPONENT_STORE_CORRUPT"},
        {0x800f0805, "CBS_E_INVALID_PACKAGE"},
        {0x800f0922, "CBS_E_INSTALLERS_FAILED"},
        {0x800f0982, "PSFX_E_MATCHING_COMPONENT_NOT_FOUND"},
        {0x800f0247, "SPAPI_E_DRIVER_STORE_ADD_FAILED"},
        {0xe0000228, "ERROR_NO_COMPAT_DRIVERS"},
        {0xe000024b, "ERROR_FILE_HASH_NOT_IN_CATALOG"},
        {0x800b0109, "CERT_E_UNTRUSTEDROOT"},
        {0x8024402c, "WU_E_PT_WINHTTP_NAME_NOT_RESOLVED"},
        {0x80200001, "BG_E_NOT_FOUND"},
        {0xc0000034, "STATUS_OBJECT_NAME_NOT_FOUND"},
        {0xc015001a, "STATUS_SXS_COMPONENT_STORE_CORRUPT"},
        {0x00000005, "E_ACCESSDENIED"},
        {0x00000000, "S_OK"},
        {0x8badf00d, ""},
        {0xffffffff, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_str(cw_code_symbol(cases[i].code), cases[i].symbol);
}

static void a_code_that_matters_has_a_message(void **state)
{
    (void)state;
    assert_str(cw_code_message(0x80070005), "Access is denied.");
    assert_true(cw_code_message(0x800f0922).len > 0);
    assert_true(cw_code_message(0xe0000247).len > 0);
    /* Both forms of a SetupAPI code have the text of the raw one. */
    assert_true(cw_str_eq(cw_code_message(0x800f0247), cw_code_message(0xe0000247)));
    assert_str(cw_code_message(0x8badf00d), "");
    assert_true(cw_code_note(0x800f0922).remark.len > 0);
}

static void a_code_is_printed_with_eight_digits(void **state)
{
    (void)state;
    char text[CW_CODE_TEXT];
    assert_string_equal(cw_code_text(0x800F0ABC, text), "0x800f0abc");
    assert_string_equal(cw_code_text(5, text), "0x00000005");
}

static void every_spelling_is_understood(void **state)
{
    (void)state;
    static const struct {
        const char *spelling;
        uint32_t code;
    } cases[] = {
        {"0x80070005", 0x80070005},
        {"0X80070005", 0x80070005},
        {" 0x5 ", 0x80070005},
        {"80070005", 0x80070005},
        {"800F0922", 0x800f0922},
        {"00000003", 0x80070003},
        {"e0000247", 0xe0000247},
        {"-2147024891", 0x80070005},
        {"2147942405", 0x80070005},
        {"5", 0x80070005},
        {"3010", 0x80070bc2},
        {"0", CW_CODE_NONE},
        {"0xc0070005", 0x80070005},
        {"0xd0000022", 0xc0000022},
        {"E_ACCESSDENIED", 0x80070005},
        {"e_accessdenied", 0x80070005},
        {"ERROR_ACCESS_DENIED", 0x80070005},
        {"CBS_E_STORE_CORRUPTION", 0x800f0831},
        {"ERROR_DRIVER_STORE_ADD_FAILED", 0xe0000247},
        {"STATUS_ACCESS_DENIED", 0xc0000022},
        {"STATUS_PENDING", 0x00000103},
        {"CM_PROB_FAILED_START", 10},
        {"HRESULT_FROM_WIN32(5)", 0x80070005},
        {"HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)", 0x80070005},
        {"HRESULT_FROM_WIN32(1058 | ERROR_SERVICE_DISABLED)", 0x80070422},
        {"NTSTATUS_FROM_WIN32(ERROR_INVALID_DATA)", 0x8007000d},
        {"HRESULT_FROM_NT(0xc0000022)", 0xc0000022},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t code = 0xdeadbeef;
        if (!cw_code_parse(cw_str_c(cases[i].spelling), &code) || code != cases[i].code)
            fail_msg("\"%s\" became 0x%08x", cases[i].spelling, (unsigned)code);
    }
}

static void what_is_no_code_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        " ",
        "-",
        "0x",
        "0x800700055",
        "x5",
        "70000",
        "4294967296",
        "-2147483649",
        "--5",
        "0x5 0x6",
        "5a",
        "ERROR_",
        "S",
        "HRESULT_FROM_WIN32(",
        "HRESULT_FROM_WIN32()",
        "FOO(5)",
        "0x8007000g",
        "ERROR_THAT_NOBODY_DEFINED",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t code = 0xdeadbeef;
        if (cw_code_parse(cw_str_c(cases[i]), &code))
            fail_msg("\"%s\" became 0x%08x", cases[i], (unsigned)code);
        assert_int_equal(code, 0xdeadbeef);
    }
}

/* --- the tables themselves --- */

static struct cw_str next_line(struct cw_str *rest)
{
    size_t end = cw_str_find_char(*rest, '\n');
    assert_true(end != SIZE_MAX); /* the last line ends too */
    struct cw_str line = cw_str_head(*rest, end);
    *rest = cw_str_from(*rest, end + 1);
    return line;
}

static size_t count_tabs(struct cw_str line)
{
    size_t count = 0;
    for (size_t i = 0; i < line.len; i++)
        count += line.ptr[i] == '\t';
    return count;
}

static void check_code_row(struct cw_str line, uint32_t *last)
{
    uint32_t number = 0;
    assert_int_equal(count_tabs(line), 3);
    assert_true(cw_str_starts(line, CW_STR("0x")));
    for (size_t i = 2; i < 10; i++) {
        assert_true(cw_hex_digit(line.ptr[i]) >= 0 && line.ptr[i] == cw_to_lower(line.ptr[i]));
        number = number << 4 | (uint32_t)cw_hex_digit(line.ptr[i]);
    }
    assert_true(line.ptr[10] == '\t' && number >= *last);
    *last = number;

    struct cw_str symbol = cw_str_from(line, 11);
    symbol = cw_str_head(symbol, cw_str_find_char(symbol, '\t'));
    struct cw_code_entry entry;
    if (!cw_code_entry_of_symbol(symbol, &entry) || entry.number != number)
        fail_msg("%.*s is not found by its name", CW_STR_ARG(symbol));
    if (!cw_code_family(entry.family))
        fail_msg("%.*s has no family", CW_STR_ARG(symbol));
}

/* Its symbol is known, and the text is what the code is given. */
static void check_message_row(struct cw_str line, struct cw_str *last)
{
    assert_int_equal(count_tabs(line), 2);
    struct cw_str symbol = cw_str_head(line, cw_str_find_char(line, '\t'));
    assert_true(cw_str_compare(*last, symbol) < 0);
    *last = symbol;

    struct cw_code_entry entry;
    if (!cw_code_entry_of_symbol(symbol, &entry))
        fail_msg("%.*s is no known symbol", CW_STR_ARG(symbol));
    struct cw_code_note note = cw_code_note_of_symbol(symbol);
    assert_true(cw_str_ends(note.message, CW_STR(".")));
    assert_true(note.remark.len == 0 || cw_str_ends(note.remark, CW_STR(".")));
    if (!cw_code_is_device_family(entry.family) && cw_code_message(entry.code).len == 0)
        fail_msg("the message of %.*s is never shown", CW_STR_ARG(symbol));
}

static void the_tables_are_sorted_and_complete(void **state)
{
    (void)state;
    size_t rows = 0;
    assert_true(cw_codes_embedded_count == 10);
    for (size_t i = 0; i < cw_codes_embedded_count; i++) {
        const struct cw_embedded_file *file = &cw_codes_embedded[i];
        struct cw_str rest = {(const char *)file->data, file->size};
        bool messages = cw_str_eq(cw_str_c(file->name), CW_STR("messages.tsv"));
        uint32_t number = 0;
        struct cw_str symbol = CW_STR_NONE;
        for (; rest.len > 0; rows++) {
            if (messages)
                check_message_row(next_line(&rest), &symbol);
            else
                check_code_row(next_line(&rest), &number);
        }
    }
    assert_true(rows > 6000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_number_has_one_canonical_form),
        cmocka_unit_test(a_required_restart_is_no_failure),
        cmocka_unit_test(the_same_failure_is_recognised_in_another_form),
        cmocka_unit_test(a_code_has_the_name_that_the_logs_print),
        cmocka_unit_test(a_code_that_matters_has_a_message),
        cmocka_unit_test(a_code_is_printed_with_eight_digits),
        cmocka_unit_test(every_spelling_is_understood),
        cmocka_unit_test(what_is_no_code_is_refused),
        cmocka_unit_test(the_tables_are_sorted_and_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
