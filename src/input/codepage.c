#include "input/codepage.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "input/codepage_guess.h"

/* Bytes of one word that are remembered. */
enum { WORD_MOST = 256 };

struct cw_codepage {
    enum cw_encoding given;
    enum cw_encoding found;
    bool is_judged;      /* `found` is what the words say */
    bool has_utf8;       /* there were words in UTF-8, beyond doubt */
    struct cw_buf words; /* beyond ASCII, each with a line end behind it */
    struct cw_os_converter *converter;
    enum cw_encoding converts; /* what the converter is for */
    uint64_t replaced;
};

bool cw_text_is_ascii(struct cw_str text)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    size_t at = 0;
    for (uint64_t eight; text.len - at >= sizeof(eight); at += sizeof(eight)) {
        memcpy(&eight, text.ptr + at, sizeof(eight));
        if (eight & high_bits)
            return false;
    }
    for (; at < text.len; at++) {
        if ((unsigned char)text.ptr[at] >= 0x80)
            return false;
    }
    return true;
}

bool cw_text_is_utf8(struct cw_str text)
{
    uint32_t point = 0;
    while (text.len > 0 && point != CW_UTF8_INVALID)
        text = cw_str_from(text, cw_utf8_decode(text, &point));
    return point != CW_UTF8_INVALID;
}

int cw_codepage_by_name(const char *name, enum cw_encoding *ret_encoding, struct cw_error *error)
{
    enum cw_encoding encoding;
    struct cw_os_converter *converter = NULL;
    if (!cw_encoding_find(cw_str_c(name), &encoding))
        return cw_fail(error, CW_ERR_INVALID, "unknown encoding '%s'", name);
    int status = cw_encoding_is_codepage(encoding)
                     ? cw_os_converter_open(cw_encoding_name(encoding).ptr, &converter, error)
                     : CW_OK;
    cw_os_converter_close(converter);
    if (status == CW_OK)
        *ret_encoding = encoding;
    return status;
}

int cw_codepage_new(enum cw_encoding encoding, struct cw_codepage **ret_page)
{
    struct cw_codepage *page = calloc(1, sizeof(*page));
    if (!page)
        return CW_ERR_NOMEM;
    page->given = encoding;
    cw_buf_init(&page->words, CW_LIMIT_ENCODING_SAMPLE);
    *ret_page = page;
    return CW_OK;
}

void cw_codepage_free(struct cw_codepage *page)
{
    if (!page)
        return;
    cw_os_converter_close(page->converter);
    cw_buf_done(&page->words);
    free(page);
}

/* Sequences of two bytes: they may as well be characters of a double-byte code page. */
static bool is_doubtful_utf8(struct cw_str text)
{
    uint32_t point;
    for (size_t len; text.len > 0; text = cw_str_from(text, len)) {
        len = cw_utf8_decode(text, &point);
        if (point >= 0x800)
            return false;
    }
    return true;
}

/* Without the beginning of a character at the end. */
static struct cw_str whole_characters(struct cw_str text)
{
    for (size_t tail = 1; tail < 4 && tail <= text.len; tail++) {
        uint32_t point;
        struct cw_str last = {text.ptr + text.len - tail, tail};
        unsigned char first = (unsigned char)text.ptr[text.len - tail];
        bool is_lead = first >= 0xC2 && first <= 0xF4;
        if (is_lead && cw_utf8_decode(last, &point) == tail && point == CW_UTF8_INVALID)
            return cw_str_head(text, text.len - tail);
    }
    return text;
}

/* UTF-8 that was cut inside a character: a long line, a quotation. */
static bool is_cut_utf8(struct cw_str text)
{
    struct cw_str whole = whole_characters(text);
    return whole.len < text.len && cw_text_is_utf8(whole) && !is_doubtful_utf8(whole);
}

static bool is_known(const struct cw_codepage *page, struct cw_str word)
{
    size_t at = cw_str_find(cw_buf_str(&page->words), word);
    return at != SIZE_MAX;
}

static bool remember(struct cw_codepage *page, struct cw_str word)
{
    word = cw_str_head(word, WORD_MOST);
    if (page->words.len + word.len >= CW_LIMIT_ENCODING_SAMPLE || is_known(page, word))
        return true;
    page->is_judged = false;
    return cw_buf_append(&page->words, word) && cw_buf_char(&page->words, '\n');
}

/* The first word of `text`; no code page has a blank or a control character inside a character. */
static struct cw_str first_word(struct cw_str text)
{
    size_t len = 0;
    while (len < text.len && (unsigned char)text.ptr[len] > ' ')
        len++;
    return cw_str_head(text, len);
}

bool cw_codepage_learn(struct cw_codepage *page, struct cw_str text)
{
    if (page->given != CW_ENCODING_UNKNOWN || cw_text_is_ascii(text))
        return true;
    if (is_cut_utf8(text))
        text = whole_characters(text);
    while (text.len > 0) {
        struct cw_str word = first_word(text);
        bool is_utf8 = cw_text_is_utf8(word);
        if (!is_utf8 && !remember(page, word))
            return false;
        page->has_utf8 |= is_utf8 && !is_doubtful_utf8(word);
        text = cw_str_from(text, word.len + 1);
    }
    return true;
}

int cw_codepage_encoding(struct cw_codepage *page, enum cw_encoding *ret_encoding)
{
    if (page->given == CW_ENCODING_UNKNOWN && !page->is_judged) {
        enum cw_encoding found = CW_ENCODING_UTF8;
        if (page->words.len && cw_codepage_guess(cw_buf_str(&page->words), &found) < 0)
            return CW_ERR_NOMEM;
        page->found = found;
        page->is_judged = true;
    }
    *ret_encoding = page->given != CW_ENCODING_UNKNOWN ? page->given : page->found;
    return CW_OK;
}

bool cw_codepage_is_guess(const struct cw_codepage *page)
{
    return page->given == CW_ENCODING_UNKNOWN && cw_encoding_is_codepage(page->found);
}

bool cw_codepage_is_mixed(const struct cw_codepage *page)
{
    return page->has_utf8 && page->words.len > 0;
}

uint64_t cw_codepage_replaced(const struct cw_codepage *page)
{
    return page->replaced;
}

int cw_codepage_decode(struct cw_os_converter *converter, struct cw_str text, struct cw_buf *into,
                       uint64_t *ret_replaced)
{
    char piece[512];
    uint64_t replaced = 0;
    int status = CW_OK;
    while (text.len > 0 || status == CW_ERR_LIMIT) {
        size_t used = 0;
        size_t made = 0;
        status = cw_os_convert(converter, text, piece, sizeof(piece), &used, &made);
        (void)cw_buf_append(into, (struct cw_str){piece, made});
        text = cw_str_from(text, used);
        if (status != CW_ERR_INVALID)
            continue;
        (void)cw_buf_append(into, CW_UTF8_REPLACEMENT);
        text = cw_str_from(text, 1);
        replaced++;
    }
    if (into->failed)
        return CW_ERR_NOMEM;
    *ret_replaced = replaced;
    return CW_OK;
}

/* Keeps what is UTF-8 and replaces the rest. */
static bool repair_utf8(struct cw_str text, struct cw_buf *into, uint64_t *ret_replaced)
{
    uint64_t replaced = 0;
    for (uint32_t point; text.len > 0;) {
        size_t len = cw_utf8_decode(text, &point);
        bool is_valid = point != CW_UTF8_INVALID;
        if (!cw_buf_append(into, is_valid ? cw_str_head(text, len) : CW_UTF8_REPLACEMENT))
            return false;
        replaced += !is_valid;
        text = cw_str_from(text, len);
    }
    *ret_replaced = replaced;
    return true;
}

/* The converter for `encoding`, or NULL when this system has none: then the text is repaired. */
static int find_converter(struct cw_codepage *page, enum cw_encoding encoding)
{
    if (page->converts == encoding)
        return CW_OK;
    struct cw_os_converter *converter = NULL;
    int status = cw_encoding_is_codepage(encoding)
                     ? cw_os_converter_open(cw_encoding_name(encoding).ptr, &converter, NULL)
                     : CW_OK;
    if (status == CW_ERR_NOMEM)
        return status;
    cw_os_converter_close(page->converter);
    page->converter = converter;
    page->converts = encoding;
    return CW_OK;
}

/* Into `into`, and says what it cost; false when memory is exhausted. */
static bool decode(struct cw_codepage *page, struct cw_str text, struct cw_buf *into,
                   uint64_t *ret_replaced)
{
    return page->converter ? cw_codepage_decode(page->converter, text, into, ret_replaced) == CW_OK
                           : repair_utf8(text, into, ret_replaced);
}

/* Whether UTF-8 is what the text is in. */
static bool stays(const struct cw_codepage *page, struct cw_str text)
{
    if (cw_encoding_is_codepage(page->given) || !cw_text_is_utf8(text))
        return false;
    bool is_double = page->is_judged && cw_encoding_is_double_byte(page->found);
    return !is_double || page->has_utf8 || !is_doubtful_utf8(text);
}

static bool convert_into(struct cw_codepage *page, struct cw_str text, struct cw_buf *into,
                         bool *ret_stays)
{
    enum cw_encoding encoding;
    uint64_t replaced = 0;
    if ((page->words.len == 0 && !cw_codepage_learn(page, text)) ||
        cw_codepage_encoding(page, &encoding) < 0)
        return false;
    *ret_stays = stays(page, text);
    if (*ret_stays)
        return true;
    if (is_cut_utf8(text) && !cw_encoding_is_codepage(page->given))
        encoding = CW_ENCODING_UTF8;
    if (find_converter(page, encoding) < 0 || !decode(page, text, into, &replaced))
        return false;
    *ret_stays = replaced > 0 && cw_text_is_utf8(text);
    page->replaced += *ret_stays ? 0 : replaced;
    return true;
}

bool cw_codepage_convert(struct cw_codepage *page, struct cw_arena *arena, struct cw_str text,
                         struct cw_str *ret_text)
{
    if (cw_text_is_ascii(text)) {
        *ret_text = text;
        return true;
    }
    struct cw_buf into;
    bool stays = false;
    cw_buf_init(&into, SIZE_MAX / 2);
    bool done = convert_into(page, text, &into, &stays);
    if (done && stays)
        *ret_text = text;
    else if (done)
        done = cw_arena_str(arena, cw_buf_str(&into), ret_text);
    cw_buf_done(&into);
    return done;
}
