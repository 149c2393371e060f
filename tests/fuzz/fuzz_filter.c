/* The filter and the search for line ends against their plain forms. The input is literals, one a
 * line, an empty line, and the text; in the text a byte above 0x7F plants a literal, so that they
 * are met at every alignment and over each other. */
#include <stdlib.h>

#include "base/buf.h"
#include "fuzz/fuzzing.h"
#include "input/filter.h"
#include "input/newline.h"

enum { LITERALS_MOST = 64, TEXT_MOST = 64 * 1024 };

struct literals {
    struct cw_str items[LITERALS_MOST];
    size_t count;
};

/* Takes the literals off the front of `rest`; what is too short to be one is left out. */
static void take_literals(struct cw_str *rest, struct literals *literals)
{
    while (rest->len && literals->count < LITERALS_MOST) {
        struct cw_str line = cw_str_head(*rest, cw_str_find_char(*rest, '\n'));
        *rest = cw_str_from(*rest, line.len + 1);
        if (line.len == 0)
            break;
        if (line.len >= CW_LITERAL_MIN)
            literals->items[literals->count++] = line;
    }
}

static void put_planted(struct cw_buf *text, struct cw_str bytes, const struct literals *literals)
{
    for (size_t i = 0; i < bytes.len; i++) {
        size_t plant = (unsigned char)bytes.ptr[i];
        if (plant > 0x7F && literals->count)
            (void)cw_buf_append(text, literals->items[plant % literals->count]);
        else
            (void)cw_buf_char(text, bytes.ptr[i]);
    }
}

static void check_filter(const struct literals *literals, struct cw_str text)
{
    struct cw_filter *filter = NULL;
    struct cw_hits fast = {0};
    struct cw_hits plain = {0};
    demand(cw_filter_new(literals->items, literals->count, &filter, NULL) == 0);
    demand(cw_filter_scan(filter, text, &fast) == 0);
    demand(cw_filter_scan_reference(filter, text, &plain) == 0);
    demand(fast.count == plain.count);
    for (size_t i = 0; i < fast.count; i++) {
        demand(fast.items[i].offset == plain.items[i].offset);
        demand(fast.items[i].literal == plain.items[i].literal);
    }
    cw_hits_done(&fast);
    cw_hits_done(&plain);
    cw_filter_free(filter);
}

static void check_newlines(struct cw_str text, char newline)
{
    struct cw_offsets fast = {0};
    struct cw_offsets plain = {0};
    bool fast_nul = false;
    bool plain_nul = true;
    demand(cw_newlines_find(text, newline, &fast, &fast_nul));
    demand(cw_newlines_find_reference(text, newline, &plain, &plain_nul));
    demand(fast_nul == plain_nul && fast.count == plain.count);
    for (size_t i = 0; i < fast.count; i++)
        demand(fast.items[i] == plain.items[i]);
    cw_offsets_done(&fast);
    cw_offsets_done(&plain);
}

/* A copy that ends where its memory ends, so that a sanitizer sees one byte too many. */
static void check(const struct literals *literals, struct cw_str text)
{
    char *copy = malloc(text.len ? text.len : 1);
    if (!copy)
        return;
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    struct cw_str exact = {copy, text.len};
    check_filter(literals, exact);
    check_filter(literals, cw_str_from(exact, 3));
    check_newlines(exact, '\n');
    check_newlines(cw_str_from(exact, 5), '\r');
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_str rest = {(const char *)bytes, size};
    struct literals literals = {.count = 0};
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    take_literals(&rest, &literals);
    put_planted(&text, rest, &literals);
    check(&literals, cw_buf_str(&text));
    cw_buf_done(&text);
    return 0;
}
