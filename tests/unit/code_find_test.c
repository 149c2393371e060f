#include "support/test.h"

#include <stdlib.h>

#include "codes/code.h"
#include "codes/code_spelling.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct {
    const char *text;
    uint32_t code;
    const char *written;
} found[] = {
    /* CBS */
    {"Failed to open the cache. [HRESULT = 0x80070003 - ERROR_PATH_NOT_FOUND]", 0x80070003,
     "0x80070003"},
    {"Failed to load the queue [HRESULT = 0x8007045b - ]", 0x8007045b, "0x8007045b"},
    {"Doqe: driver update ended, hr: 0x800705aa", 0x800705aa, "0x800705aa"},
    {"Startup: package done, targeted: Installed.  hr = 0x80070422", 0x80070422, "0x80070422"},
    {"Failed to apply unattend (hr:0x800f0922)", 0x800f0922, "0x800f0922"},
    {"Package_7_for_KB4900001, status: 0x800f0831, failure source: Resolve", 0x800f0831,
     "0x800f0831"},
    {"CheckSur: hrStatus: 0x800f081f [CBS_E_SOURCE_MISSING], download Result: 0x0 [S_OK]",
     0x800f081f, "0x800f081f"},
    {"FC:   Acquirer::Fetch(71): Result = 0x8024402C", 0x8024402c, "0x8024402C"},
    {"Change done, overall result:0x800f0922 (CBS_E_INSTALLERS_FAILED)", 0x800f0922, "0x800f0922"},
    {"Session finalized. Download error: 0x80240438 [Unknown Error], Reboot required: no",
     0x80240438, "0x80240438"},
    {"WindowsUpdateSearch returns. [0x8024500C]", 0x8024500c, "0x8024500C"},
    {"Failed reading an identity, sequence 4 [0x80070490]", 0x80070490, "0x80070490"},
    {"Extraction failed, Error:0x80070002", 0x80070002, "0x80070002"},
    {"Core called the handler with 0x800f0816", 0x800f0816, "0x800f0816"},
    {"Recording a failure [HRESULT = 0xe0000100 - Unknown Error]", 0xe0000100, "0xe0000100"},
    /* CSI */
    {"Completion status: HRESULT_FROM_WIN32(1753) ", 0x800706d9, "HRESULT_FROM_WIN32(1753)"},
    {"with HRESULT HRESULT_FROM_WIN32(1058 | ERROR_SERVICE_DISABLED).  It stops", 0x80070422,
     "HRESULT_FROM_WIN32(1058 | ERROR_SERVICE_DISABLED)"},
    {"(F) a.cpp(9): Error NTSTATUS_FROM_WIN32(ERROR_INVALID_DATA) originated in function F",
     0x8007000d, "NTSTATUS_FROM_WIN32(ERROR_INVALID_DATA)"},
    {"(F) STATUS_SXS_FILE_HASH_MISMATCH #41# from G(h = 0)[gle=0xd015001b]", 0xc015001b,
     "STATUS_SXS_FILE_HASH_MISMATCH"},
    {"(F) Could not commit[gle=0xd0000043]", 0xc0000043, "0xd0000043"},
    {"(F) 80070002 [Warning,Facility=FACILITY_NTWIN32,Code=ERROR_FILE_NOT_FOUND] #7# from H",
     0x80070002, "80070002"},
    {"AI failed. HRESULT = 800f0217 [Error,Facility=(000f),Code=535 (0x0217)]", 0x800f0217,
     "800f0217"},
    {"(F) Installer: Printing\tBinary Name: p.dll\tErrorCode: 800706d9\tPhase: 39", 0x800706d9,
     "800706d9"},
    {"Could not create the layer with status -2147023143", 0x800706d9, "-2147023143"},
    {"Reverse delta, NTSTATUS -1073283059", 0x8007000d, "-1073283059"},
    {"(F) Logged @: [l:20 ml:21]'plug.cpp(8): call failed. HR=0x80070424.'", 0x80070424,
     "0x80070424"},
    {"(F) Logged @: [l:20 ml:21]'AddTask failed 0x80070002'", 0x80070002, "0x80070002"},
    {"Exiting with HRESULT code = HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND). ", 0x80070002,
     "HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)"},
    /* SetupAPI */
    {"Failed to update the image path. Error = 0x00000005", 0x80070005, "0x00000005"},
    {"Failed to add 'x.inf'. Time = 6926 ms, Error = 0x00000005", 0x80070005, "0x00000005"},
    {"Failed to query the key. Error = 0x00000001", 0x80070001, "0x00000001"},
    {"Failed to import the package. Error = 0xE0000247", 0xe0000247, "0xE0000247"},
    {"Error 0xe000022f: The third-party INF has no signature.", 0xe000022f, "0xe000022f"},
    {"Error 1460: This operation returned late.", 0x800705b4, "1460"},
    {"Error(00000002) loading the coinstaller", 0x80070002, "00000002"},
    {"Error (0x00000020) moving the file", 0x80070020, "0x00000020"},
    {"Unable to open the key (00000003)", 0x80070003, "00000003"},
    {"Unable to open the key (0x00000003).", 0x80070003, "0x00000003"},
    {"CopyFile failed(0x00000070)!", 0x80070070, "0x00000070"},
    {"Verifying against the catalog failed! (0x800b0109)", 0x800b0109, "0x800b0109"},
    {"Queue ended: Err=2", 0x80070002, "2"},
    {"Device install status=0x000005b3", 0x800705b3, "0x000005b3"},
    {"Device not started: Device has problem: 0x1f (CM_PROB_FAILED_ADD), problem status: "
     "0xc00000bb.",
     0xc00000bb, "0xc00000bb"},
    {"[Exit status: FAILURE(0x00000003)]", 0x80070003, "0x00000003"},
    /* others */
    {"could not be installed because of error 2147942405 \"\"", 0x80070005, "2147942405"},
    {"The package failed. Status: 0x80070020.", 0x80070020, "0x80070020"},
    /* Windows Update */
    {"Windows failed to install the following update with error 0x80070005: Update (KB4900001).",
     0x80070005, "0x80070005"},
    {"WARNING: Install failed with error 80070005", 0x80070005, "80070005"},
    {"WARNING: SyncServerUpdatesInternal failed, hr = 80072ee2", 0x80072ee2, "80072ee2"},
    {"Completed install of update with type=0, requiresReboot=0, installerError=1, hr=0x80073712",
     0x80073712, "0x80073712"},
    {"  - WARNING: Exit code = 0x80240024", 0x80240024, "0x80240024"},
    {"*FAILED* [80246007] Begin download", 0x80246007, "80246007"},
    {"LogHistory called. resultMapped=80070643, resultUnMapped=FFFE", 0x80070643, "80070643"},
    {"HResult: 0x80240033 Context: uecGeneral", 0x80240033, "0x80240033"},
    {"No user tickets found. Returning WU_E_NO_USERTOKEN.", 0x80240018, "WU_E_NO_USERTOKEN"},
    {"error code 8024402c", 0x8024402c, "8024402c"},
    {"Error C0190003 applying update operation 21417 of 247778 (x)", 0xc0190003, "C0190003"},
    {"CBS_E_BUSY was returned", 0x800f0902, "CBS_E_BUSY"},
    {"first [HRESULT = 0x00000000 - S_OK], then [HRESULT = 0x80070490 - ERROR_NOT_FOUND]",
     0x80070490, "0x80070490"},
    {"line one\nCompletion status: HRESULT_FROM_WIN32(14109) \n", 0x8007371d,
     "HRESULT_FROM_WIN32(14109)"},
};

static const char *const nothing[] = {
    "",
    "Startup: Processing complete. [HRESULT = 0x00000000 - S_OK]",
    "Nothing to do [HRESULT = 0x00000001 - S_FALSE]",
    "Completion status: S_OK ",
    "Completion status: HRESULT_FROM_WIN32(ERROR_SUCCESS)",
    "Retrieved original failure status: 0x00000000, last forward execute state: X",
    "Error Control = 1",
    "Error Control    = 0x1 (SERVICE_ERROR_NORMAL)",
    "Section defined twice. Code = 1209, Line = 31",
    "Start Type       = 0x3 (SERVICE_DEMAND_START)",
    "Time = 16 ms",
    "(F) Attempting to mark the store[gle=0x80004005]",
    "[gle=0x80004005]",
    "Device Status: 0x01802401, Problem: 0x1c (0x00000000)",
    "Device Status: 0x01802000",
    "Rank         - 0x80ff0000",
    "Signer Score = 0x80000000",
    "Flags          = 0x00020F3F",
    "CSI Transaction @0x80070005 initialized with flags 00000000",
    "Perf: LRU Cache Clear @0x80041c50",
    "Verifying 100 (0x00000064)",
    "Begin executing phase 32 (0x00000020) index 11 (0x0000000b) (sequence 51)",
    "pA = PROCESSOR_ARCHITECTURE_INTEL (0)",
    "Image of (20240910)",
    "failed 3 times",
    "status: 5",
    "Error = 5 files",
    "DpxException code=0x020109",
    "Blocked system sleep; prior state: 0x80000000",
    "HRESULT_FROM_WIN32(",
    "HRESULT_FROM_WIN32(SOMETHING_ELSE)",
    "ERROR_NOBODY_KNOWS",
    "with CM_PROB_FAILED_START",
    "0x80070005",
    "KB5005039 80070005",
    "[80070005]",
    "FAILED [80070005]",
    "*FAILED* [20240910] Begin download",
    "*FAILED* [80070005",
    "error 20240910: a day",
    "error 12345678",
    "code 10043200",
    "LogHistory called. resultMapped=00000000, resultUnMapped=0",
    "Error = 0x800700051",
    "Error = 0x",
    "status -10732",
};

static void a_code_is_found_in_every_spelling(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(found); i++) {
        uint32_t code = CW_CODE_NONE;
        struct cw_str written = CW_STR_NONE;
        if (!cw_code_find(cw_str_c(found[i].text), &code, &written))
            fail_msg("nothing was found in: %s", found[i].text);
        if (code != found[i].code)
            fail_msg("0x%08x was found in: %s", (unsigned)code, found[i].text);
        assert_str(written, found[i].written);
    }
}

static void what_only_looks_like_a_code_is_passed_over(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(nothing); i++) {
        uint32_t code = 0xdeadbeef;
        struct cw_str written = CW_STR("untouched");
        if (cw_code_find(cw_str_c(nothing[i]), &code, &written))
            fail_msg("0x%08x was found in: %s", (unsigned)code, nothing[i]);
        assert_int_equal(code, 0xdeadbeef);
        assert_str(written, "untouched");
    }
}

static void a_token_is_made_of_letters_digits_and_underscores(void **state)
{
    (void)state;
    static const char members[] = "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int byte = 0; byte < 256; byte++) {
        bool member = byte != 0 && strchr(members, byte) != NULL;
        assert_int_equal(cw_is_code_char((char)byte), member);
    }
}

static void the_written_form_is_not_asked_for_by_everybody(void **state)
{
    (void)state;
    uint32_t code = CW_CODE_NONE;
    assert_true(cw_code_find(CW_STR("Error = 0x00000005"), &code, NULL));
    assert_int_equal(code, 0x80070005);
}

/* In a block of its own size, so that a sanitizer sees a read past its end. */
static void find_in_copy(const char *text, size_t len)
{
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    uint32_t code = CW_CODE_NONE;
    struct cw_str written = CW_STR_NONE;
    if (cw_code_find((struct cw_str){copy, len}, &code, &written)) {
        assert_true(code != CW_CODE_NONE);
        assert_true(written.ptr >= copy && written.ptr + written.len <= copy + len);
    }
    free(copy);
}

static void a_text_cut_anywhere_is_read_to_its_end_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(found); i++) {
        size_t len = strlen(found[i].text);
        for (size_t cut = 0; cut <= len; cut++) {
            find_in_copy(found[i].text, cut);
            find_in_copy(found[i].text + cut, len - cut);
        }
    }
}

static void any_bytes_are_read_without_harm(void **state)
{
    (void)state;
    static const char pieces[] = "Error = 0x(8)-[7_F]HRESULT:STATUS\n\xff\x81";
    uint32_t seed = 1;
    for (size_t round = 0; round < 2000; round++) {
        char text[96];
        for (size_t i = 0; i < sizeof(text); i++) {
            seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
            text[i] = pieces[(seed >> 16) % sizeof(pieces)];
        }
        find_in_copy(text, sizeof(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_found_in_every_spelling),
        cmocka_unit_test(what_only_looks_like_a_code_is_passed_over),
        cmocka_unit_test(a_token_is_made_of_letters_digits_and_underscores),
        cmocka_unit_test(the_written_form_is_not_asked_for_by_everybody),
        cmocka_unit_test(a_text_cut_anywhere_is_read_to_its_end_only),
        cmocka_unit_test(any_bytes_are_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
