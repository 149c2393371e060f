/* Any bytes as text of any encoding. UTF-16: every read size, and every way of asking for a
 * position, gives what the plain loop makes of it at once. 8-bit: what comes out is UTF-8. The
 * first byte says how many bytes are read at a time, the second which encoding is claimed. */
#include "base/buf.h"
#include "fuzz/fuzzing.h"
#include "input/codepage.h"
#include "input/decode.h"
#include "input/utf16.h"

enum { RAW_MOST = 16 * 1024, TEXT_MOST = 3 * RAW_MOST + 64 };

static void check_reading(struct cw_str raw, size_t piece, bool big_endian)
{
    static char expected[TEXT_MOST];
    char got[64];
    struct cw_source *inner = NULL;
    struct cw_source *text = NULL;
    struct cw_utf16_step whole =
        cw_utf16_decode_reference(raw, big_endian, true, expected, sizeof(expected));
    demand(whole.used == raw.len);
    demand(cw_source_memory("fuzz", raw, piece, &inner, NULL) == 0);
    demand(cw_source_decode(inner, big_endian ? CW_ENCODING_UTF16BE : CW_ENCODING_UTF16LE, &text,
                            NULL) == 0);
    size_t at = 0;
    for (int64_t count; (count = cw_source_read(text, got, 1 + piece % 60, NULL)) > 0;) {
        demand(at + (size_t)count <= whole.made && memcmp(got, expected + at, (size_t)count) == 0);
        at += (size_t)count;
    }
    demand(at == whole.made && cw_source_replaced(text) == whole.replaced);
    for (at = whole.made; at > 0; at = at * 3 / 4) {
        int64_t count = cw_source_read_at(text, at - 1, got, sizeof(got), NULL);
        demand(count > 0 && memcmp(got, expected + at - 1, (size_t)count) == 0);
    }
    cw_source_close(text);
    cw_source_close(inner);
}

static void check_codepage(struct cw_str raw, enum cw_encoding encoding)
{
    struct cw_codepage *page = NULL;
    struct cw_arena arena = {0};
    struct cw_str text = CW_STR_NONE;
    struct cw_str again = CW_STR_NONE;
    demand(cw_codepage_new(encoding, &page) == 0);
    demand(cw_codepage_learn(page, raw));
    demand(cw_codepage_convert(page, &arena, raw, &text));
    demand(cw_text_is_utf8(text));
    if (encoding == CW_ENCODING_UTF8)
        demand(cw_codepage_convert(page, &arena, text, &again) && cw_str_eq(text, again));
    cw_codepage_free(page);
    cw_arena_done(&arena);
}

static void check_recognition(struct cw_str raw)
{
    bool big_endian = false;
    struct cw_str head = cw_str_head(raw, 4096);
    if (cw_utf16_recognise(head, &big_endian))
        demand(!cw_str_starts(head, big_endian ? CW_STR("\xFF\xFE") : CW_STR("\xFE\xFF")));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    size_t len = size - 2 < RAW_MOST ? size - 2 : RAW_MOST;
    struct cw_str raw = {(const char *)bytes + 2, len};
    check_reading(raw, bytes[0], bytes[1] & 0x80);
    unsigned claimed = bytes[1] % CW_ENCODINGS;
    if (!cw_encoding_is_utf16((enum cw_encoding)claimed))
        check_codepage(raw, (enum cw_encoding)claimed);
    check_codepage(raw, CW_ENCODING_UNKNOWN);
    check_recognition(raw);
    return 0;
}
