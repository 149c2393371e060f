#include "codes/code.h"

#include <stdio.h>

#include "codes/code_table.h"

enum {
    FACILITY_WIN32 = 0x8007,    /* upper half of an HRESULT */
    FACILITY_NT_WIN32 = 0xc007, /* NTSTATUS_FROM_WIN32 */
    FACILITY_SPAPI = 0x800f,
    FACILITY_SETUPAPI = 0xe000,
    LOW_BITS = 0xffff,
    S_FALSE = 1 /* an HRESULT that says "no", not "failed" */
};

/* The functions that install a driver on a device give the lower half of the code they got. Win32
 * has no code of this number, which is seen when a root certificate is not trusted. */
static const uint32_t untrusted_root = 0x800b0109;

static uint32_t with_facility(unsigned facility, uint32_t number)
{
    return (uint32_t)facility << 16 | (number & LOW_BITS);
}

uint32_t cw_code_normalise(uint32_t raw, enum cw_code_form form)
{
    if (raw == 0 || (raw == S_FALSE && form == CW_CODE_HRESULT))
        return CW_CODE_NONE;
    if (raw == (untrusted_root & LOW_BITS) && form == CW_CODE_SETUPAPI)
        return untrusted_root;
    if (raw <= LOW_BITS || raw >> 16 == FACILITY_NT_WIN32)
        return with_facility(FACILITY_WIN32, raw);
    if (raw >> 28 == 0xd)
        return cw_code_normalise(raw & ~UINT32_C(0x10000000), form);
    return raw;
}

bool cw_code_is_success(uint32_t code)
{
    static const uint32_t harmless[] = {
        0x80070bc2, /* ERROR_SUCCESS_REBOOT_REQUIRED */
        0x80070bc3, /* ERROR_SUCCESS_RESTART_REQUIRED */
        0xe000020e, /* ERROR_DI_DO_DEFAULT: the class installer leaves it to Windows */
        0xe0000241, /* ERROR_AUTHENTICODE_TRUSTED_PUBLISHER */
        0x800f020e, 0x800f0241,
    };
    for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
        if (code == harmless[i])
            return true;
    }
    return code < UINT32_C(0x80000000);
}

/* True when `cut` is a Win32 code that names nothing, so that its number is more likely the lower
 * half of `whole`, which SetupAPI has been seen to report. */
static bool is_cut(uint32_t cut, uint32_t whole)
{
    struct cw_code_entry entry;
    return cut >> 16 == FACILITY_WIN32 && whole >> 31 == 1 &&
           (cut & LOW_BITS) == (whole & LOW_BITS) && cw_code_entries(cut, 1, &entry) == 0;
}

static uint32_t as_hresult(uint32_t code)
{
    uint32_t canonical = cw_code_normalise(code, CW_CODE_WIN32);
    return canonical >> 16 == FACILITY_SETUPAPI ? with_facility(FACILITY_SPAPI, canonical)
                                                : canonical;
}

bool cw_code_same(uint32_t a, uint32_t b)
{
    uint32_t left = as_hresult(a);
    uint32_t right = as_hresult(b);
    return left == right || is_cut(left, right) || is_cut(right, left);
}

bool cw_code_is_denial(uint32_t code)
{
    static const uint32_t status_access_denied = 0xc0000022;
    static const uint32_t e_accessdenied = 0x80070005;
    return code != CW_CODE_NONE &&
           (code == status_access_denied || code == (status_access_denied | 0x10000000) ||
            cw_code_same(code, e_accessdenied));
}

bool cw_code_is_sharing(uint32_t code)
{
    static const uint32_t status_sharing_violation = 0xc0000043;
    static const uint32_t sharing_violation = 0x80070020;
    return code != CW_CODE_NONE &&
           (code == status_sharing_violation || cw_code_same(code, sharing_violation));
}

struct cw_str cw_code_symbol(uint32_t code)
{
    struct cw_code_entry entry;
    uint32_t canonical = cw_code_normalise(code, CW_CODE_WIN32);
    return cw_code_entries(canonical, 1, &entry) > 0 ? entry.symbol : CW_STR_NONE;
}

struct cw_code_note cw_code_note(uint32_t code)
{
    struct cw_code_note note = cw_code_note_of_symbol(cw_code_symbol(code));
    /* The two forms of a SetupAPI code share their text, which stands under the raw one. */
    if (note.message.len == 0 && code >> 16 == FACILITY_SPAPI)
        note = cw_code_note_of_symbol(cw_code_symbol(with_facility(FACILITY_SETUPAPI, code)));
    return note;
}

struct cw_str cw_code_message(uint32_t code)
{
    return cw_code_note(code).message;
}

const char *cw_code_text(uint32_t code, char text[CW_CODE_TEXT])
{
    (void)snprintf(text, CW_CODE_TEXT, "0x%08x", (unsigned)code);
    return text;
}
