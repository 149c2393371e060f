/* Windows error codes: one number in many spellings.
 *
 * The same failure is written `result 5` (CBS driver line, decimal Win32), `0x00000005` (SetupAPI),
 * `0x80070005` (HRESULT), `HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)` (CSI) or `-2147024891`. A
 * normalised code here is the 32-bit number as CBS.log reports it, in canonical form:
 *   Win32 n (1..65535)                  -> 0x80070000 | n
 *   NTSTATUS_FROM_WIN32, 0xC0070000|n   -> 0x80070000 | n
 *   HRESULT_FROM_NT, 0xD0000000|s       -> the NTSTATUS 0xC0000000 | s
 *   SetupAPI 0xE0000xxx                 -> itself (CBS prints it raw; 0x800F0xxx is the same)
 *   everything else                     -> itself
 * Success (0) is CW_CODE_NONE: there is no failure to report.
 */
#ifndef CW_CODES_CODE_H
#define CW_CODES_CODE_H

#include "base/str.h"

#define CW_CODE_NONE 0U

/* How a bare number in a certain place is to be read. */
enum cw_code_form {
    CW_CODE_HRESULT, /* 32-bit number as CBS and CSI print it; below 0x10000 it is Win32, but 1 is
                        S_FALSE, which is no failure */
    CW_CODE_WIN32,   /* a Win32 number (`result 5`, SetupAPI `Error 5:`) */
    CW_CODE_SETUPAPI /* SetupAPI: 32-bit hex; below 0x10000 Win32, 0xE0000xxx SetupAPI */
};

/* The canonical form, see above. */
uint32_t cw_code_normalise(uint32_t raw, enum cw_code_form form);

/* True when `code` (canonical) means "did not fail": 0, reboot or restart required (3010, 3011 =
 * 0x80070bc2, 0x80070bc3), 0xe000020e (do default), 0xe0000241 (trusted publisher), and HRESULT or
 * NTSTATUS values whose severity bit says success. */
bool cw_code_is_success(uint32_t code);

static inline bool cw_code_is_failure(uint32_t code)
{
    return !cw_code_is_success(code);
}

/* True when both are the same failure: equal canonical forms, SetupAPI against its 0x800F0xxx
 * form, or one of them the other cut to its low 16 bits (0x00000109 for 0x800B0109), which is
 * believed only when the cut number names no Win32 error. */
bool cw_code_same(uint32_t a, uint32_t b);

/* Access was denied; somebody else had the thing open. In every spelling. */
bool cw_code_is_denial(uint32_t code);
bool cw_code_is_sharing(uint32_t code);

/* The first error code in `text`, in any spelling the logs use:
 *   [HRESULT = 0x80070003 - ...], hr: 0x..., hr = 0x..., status: 0x..., Result = 0x8024402C,
 *   Error = 0x00000003, Error 0xe0000247: text, Error 5: text (decimal), Error(00000002) (hex),
 *   (00000003) at the end, failed(0x...), failed! (0x...), Err=2, status -2147023143,
 *   HRESULT_FROM_WIN32(1058 | ERROR_X), NTSTATUS_FROM_WIN32(...), 80070002 [Warning,Facility=...,
 *   ErrorCode: 800706d9, error 800706d9, *FAILED* [80070005], resultMapped=80070643,
 *   a bare STATUS_... or ERROR_... or other known symbol.
 * Traps that are not codes: `Error Control = 1`, `Code = 1002`, `Time = 16 ms`,
 * `[gle=0x80004005]` (always the same filler). A number that says success (0, S_FALSE) is passed
 * over. `ret_code` is canonical; `ret_written` (may be NULL) becomes the part of `text` that is the
 * code as written, for example "0x00000005". Returns false when there is none. */
bool cw_code_find(struct cw_str text, uint32_t *ret_code, struct cw_str *ret_written);

/* One spelling given alone, as a person types it or a rule captures it: "0x80070005",
 * "80070005", "-2147024891", "2147942405", "5", "E_ACCESSDENIED", "CM_PROB_FAILED_START",
 * "HRESULT_FROM_WIN32(5)", "0xe0000247". Decimal below 65536 is Win32. Symbols are taken in any
 * case. CM_PROB_ and CR_ symbols give their own small number, which is no error code. */
bool cw_code_parse(struct cw_str spelling, uint32_t *ret_code);

/* The preferred symbol and a short English message of a canonical code: "E_ACCESSDENIED",
 * "Access is denied."; empty strings when not known. Static storage. */
struct cw_str cw_code_symbol(uint32_t code);
struct cw_str cw_code_message(uint32_t code);

enum { CW_CODE_TEXT = 16 };
/* "0x80070005" (lower case hex, 8 digits). */
const char *cw_code_text(uint32_t code, char text[CW_CODE_TEXT]);

#endif
