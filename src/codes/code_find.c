/* An error code stands out in a line by what is around it, since counters, flags and addresses
 * look the same:
 *
 *     Failed to load the driver queue [HRESULT = 0x80070490 - ERROR_NOT_FOUND]
 *     Could not remove 'old.sys'. Time = 31 ms, Error = 0x00000020
 *
 * The text is walked once, token by token. A number counts when the word before it introduces
 * codes, or when brackets set it apart; a symbol counts when the tables know it.
 */
#include "base/cursor.h"
#include "codes/code.h"
#include "codes/code_spelling.h"
#include "codes/code_table.h"

/* What a word may introduce. */
enum {
    HEX = 1,     /* 0x00000005 */
    LARGE = 2,   /* the same, but only an HRESULT or NTSTATUS that says failure */
    BARE = 4,    /* 800706d9, likewise */
    SIGNED = 8,  /* -2147023143, 2147942405 */
    SMALL = 16,  /* 5, where the punctuation around it says that it is a code */
    HRESULT = 32 /* 1 is S_FALSE and no failure */
};

#define WORD(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
static const struct introducer {
    struct cw_str word;
    unsigned forms;
} introducers[] = {
    {WORD("HRESULT"), HEX | BARE | SIGNED | HRESULT},
    {WORD("NTSTATUS"), HEX | SIGNED},
    {WORD("hr"), HEX | BARE | SIGNED | HRESULT},
    {WORD("HR"), HEX | BARE | SIGNED | HRESULT},
    {WORD("hrStatus"), HEX | HRESULT},
    {WORD("status"), HEX | SIGNED}, /* "Status" is the state of a device */
    {WORD("Status"), LARGE},
    {WORD("HResult"), HEX | BARE | SIGNED | HRESULT},
    {WORD("Error"), HEX | BARE | SIGNED | SMALL},
    {WORD("error"), HEX | BARE | SIGNED},
    {WORD("ERROR"), HEX | BARE | SIGNED},
    {WORD("ErrorCode"), HEX | BARE | SIGNED},
    {WORD("Err"), HEX | SMALL},
    {WORD("Result"), HEX | SIGNED},
    {WORD("result"), HEX | SIGNED},
    {WORD("returned"), HEX | SIGNED},
    {WORD("failed"), HEX},
    {WORD("FAILURE"), HEX},
    {WORD("gle"), HEX},
    {WORD("GLE"), HEX},
    {WORD("resultMapped"), HEX | BARE},
    {WORD("code"), LARGE | BARE | SIGNED}, /* small ones are all sorts of numbers */
    {WORD("with"), LARGE},
};

/* What every second CSI line ends in, whatever has happened. */
static const uint32_t gle_filler = UINT32_C(0x80004005);

enum {
    /* Reading through the tables takes some 40 microseconds; no record has so many symbols before
     * the first known one, unless somebody wants to keep us busy. */
    LOOKUPS_MAX = 16,
    WRAPPED_MAX = 128 /* bytes between the parentheses of a wrapper */
};

/* A token and the text around it. */
struct place {
    struct cw_str text;
    size_t from, to;  /* the token is text[from, to) */
    unsigned lookups; /* still allowed */
};

static struct cw_str token_of(const struct place *place)
{
    return cw_str_head(cw_str_from(place->text, place->from), place->to - place->from);
}

static char byte_at(const struct place *place, size_t at)
{
    return at < place->text.len ? place->text.ptr[at] : '\0';
}

static char byte_before(const struct place *place)
{
    return place->from > 0 ? place->text.ptr[place->from - 1] : '\0';
}

/* A failure as an HRESULT (8, or d around an NTSTATUS), NTSTATUS (c) or SetupAPI code (e). */
static bool is_large(uint32_t number)
{
    uint32_t top = number >> 28;
    return top == 0x8 || (top >= 0xc && top <= 0xe);
}

static bool is_gap(char c)
{
    return c == ' ' || c == '=' || c == ':' || c == '(' || c == '!' || c == '-' || c == '\t';
}

/* The word before the token, only separators between; `ret_gap` becomes these. */
static struct cw_str word_before(const struct place *place, struct cw_str *ret_gap)
{
    size_t end = place->from;
    while (end > 0 && is_gap(place->text.ptr[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && cw_is_code_char(place->text.ptr[start - 1]))
        start--;
    *ret_gap = cw_str_head(cw_str_from(place->text, end), place->from - end);
    return cw_str_head(cw_str_from(place->text, start), end - start);
}

static unsigned forms_after(struct cw_str word)
{
    for (size_t i = 0; i < sizeof(introducers) / sizeof(introducers[0]); i++) {
        if (cw_str_eq(word, introducers[i].word))
            return introducers[i].forms;
    }
    return 0;
}

/* "Error 5: text" and "Err=2", but not "Error = 5 files". */
static bool is_small_code(const struct place *place, struct cw_str gap)
{
    return cw_str_eq(gap, CW_STR("=")) ||
           (cw_str_eq(gap, CW_STR(" ")) && byte_at(place, place->to) == ':');
}

/* A decimal number after a word that introduces codes. */
static bool introduced_decimal(const struct place *place, unsigned forms, struct cw_str gap,
                               uint32_t *ret_number)
{
    struct cw_str token = token_of(place);
    if (forms & SIGNED && byte_before(place) == '-')
        return cw_spelling_negative(token, ret_number) && is_large(*ret_number);
    uint32_t number;
    if (!cw_spelling_decimal(token, &number))
        return false;
    bool accepted =
        is_large(number) ? (forms & SIGNED) != 0 : forms & SMALL && is_small_code(place, gap);
    if (accepted)
        *ret_number = number;
    return accepted;
}

static bool accepts_hex(struct cw_str word, unsigned forms, uint32_t number)
{
    if (forms & HRESULT && number == 1)
        return false;
    if (cw_str_eq_nocase(word, CW_STR("gle")) && number == gle_filler)
        return false;
    return forms & HEX || (forms & LARGE && is_large(number));
}

/* A number after a word that introduces codes. */
static bool introduced(const struct place *place, uint32_t *ret_number)
{
    struct cw_str gap;
    struct cw_str word = word_before(place, &gap);
    unsigned forms = gap.len > 0 ? forms_after(word) : 0;
    struct cw_str token = token_of(place);
    uint32_t number;
    if (forms == 0)
        return false;
    if (cw_spelling_hex(token, &number)) {
        bool accepted = accepts_hex(word, forms, number);
        if (accepted)
            *ret_number = number;
        return accepted;
    }
    if (cw_spelling_bare_hex(token, &number) &&
        ((forms & BARE && is_large(number)) ||
         (!(forms & HRESULT) && byte_before(place) == '(' && number < 0x10000))) {
        *ret_number = number;
        return true;
    }
    return introduced_decimal(place, forms, gap, ret_number);
}

/* "[0x8024402c]" alone in brackets; an event id, "[0x018005]", is shorter. Without "0x", as in
 * "*FAILED* [8024402c]", only behind this word. */
static bool bracketed(const struct place *place, uint32_t *ret_number)
{
    struct cw_str before = cw_str_head(place->text, place->from);
    struct cw_str token = token_of(place);
    if (byte_before(place) != '[' || byte_at(place, place->to) != ']')
        return false;
    bool hex = token.len == 10 && cw_spelling_hex(token, ret_number);
    return (hex || (cw_str_ends(before, CW_STR("*FAILED* [")) &&
                    cw_spelling_bare_hex(token, ret_number))) &&
           is_large(*ret_number);
}

/* "80070002 [Warning,Facility=..." */
static bool annotated(const struct place *place, uint32_t *ret_number)
{
    struct cw_str after = cw_str_from(place->text, place->to);
    return (cw_str_starts(after, CW_STR(" [Error,Facility=")) ||
            cw_str_starts(after, CW_STR(" [Warning,Facility="))) &&
           cw_spelling_bare_hex(token_of(place), ret_number);
}

/* Nothing but punctuation between `at` and the end of the line. */
static bool ends_line(const struct place *place, size_t at)
{
    while (byte_at(place, at) == '.' || byte_at(place, at) == '!' || byte_at(place, at) == ' ')
        at++;
    return at >= place->text.len || cw_is_space(byte_at(place, at));
}

/* True for "100 (0x00000064)", where the parentheses repeat a count. */
static bool repeats_count(const struct place *place)
{
    size_t at = place->from - 1;
    while (at > 0 && place->text.ptr[at - 1] == ' ')
        at--;
    return at > 0 && cw_is_digit(place->text.ptr[at - 1]);
}

/* "(0x00000003)" or "(00000003)" at the end of a line. */
static bool trailing(const struct place *place, uint32_t *ret_number)
{
    if (byte_before(place) != '(' || byte_at(place, place->to) != ')' ||
        !ends_line(place, place->to + 1))
        return false;
    struct cw_str token = token_of(place);
    uint32_t number;
    bool hex = token.len == 10 && cw_spelling_hex(token, &number);
    /* Not a date, "(20240910)". */
    bool bare =
        !hex && cw_spelling_bare_hex(token, &number) && (number < 0x10000 || is_large(number));
    if ((!hex && !bare) || repeats_count(place))
        return false;
    *ret_number = number;
    return true;
}

static bool number_at(const struct place *place, uint32_t *ret_code)
{
    uint32_t number;
    if (!introduced(place, &number) && !bracketed(place, &number) && !annotated(place, &number) &&
        !trailing(place, &number))
        return false;
    *ret_code = cw_code_normalise(number, CW_CODE_WIN32);
    return true;
}

/* HRESULT_FROM_WIN32(...); on success the place is extended to the closing parenthesis. */
static bool wrapper_at(struct place *place, uint32_t *ret_code)
{
    struct cw_str after = cw_str_head(cw_str_from(place->text, place->to), WRAPPED_MAX);
    struct cw_cursor cursor = cw_cursor(after);
    struct cw_str inside;
    if (!cw_spelling_is_wrapper(token_of(place)) || !cw_cursor_char(&cursor, '(') ||
        !cw_cursor_until(&cursor, CW_STR(")"), &inside))
        return false;
    place->lookups--;
    if (!cw_spelling_wrapped(inside, ret_code))
        return false;
    place->to += after.len - cursor.rest.len;
    return true;
}

/* Only these are worth a search of the tables. */
static bool may_be_symbol(struct cw_str token)
{
    static const char *const prefixes[] = {"STATUS_", "ERROR_", "E_", "RPC_S_", "EPT_S_"};
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (cw_str_starts(token, cw_str_c(prefixes[i])))
            return true;
    }
    return cw_str_find(token, CW_STR("_E_")) != SIZE_MAX;
}

static bool symbol_at(struct place *place, uint32_t *ret_code)
{
    struct cw_code_entry entry;
    struct cw_str token = token_of(place);
    if (!may_be_symbol(token))
        return false;
    place->lookups--;
    if (!cw_code_entry_of_symbol(token, &entry) || cw_code_is_device_family(entry.family))
        return false;
    *ret_code = entry.code;
    return true;
}

/* Cheap: most tokens are words, and end here. */
static bool may_be_code(struct cw_str token)
{
    char first = token.ptr[0];
    if (cw_is_digit(first) || (token.len == 8 && cw_hex_digit(first) >= 0))
        return true;
    return first >= 'A' && first <= 'Z' && cw_str_find_char(token, '_') != SIZE_MAX;
}

/* `ret_code` may become CW_CODE_NONE: a code, but one that says success. */
static bool code_at(struct place *place, uint32_t *ret_code)
{
    if (cw_str_find_char(token_of(place), '_') == SIZE_MAX)
        return number_at(place, ret_code);
    return place->lookups > 0 &&
           (wrapper_at(place, ret_code) || (place->lookups > 0 && symbol_at(place, ret_code)));
}

/* The token with the sign of a negative number. */
static struct cw_str as_written(struct place *place)
{
    uint32_t number;
    if (byte_before(place) == '-' && cw_spelling_decimal(token_of(place), &number))
        place->from--;
    return token_of(place);
}

static size_t end_of_token(struct cw_str text, size_t at)
{
    while (at < text.len && cw_is_code_char(text.ptr[at]))
        at++;
    return at;
}

bool cw_code_find(struct cw_str text, uint32_t *ret_code, struct cw_str *ret_written)
{
    struct place place = {.text = text, .lookups = LOOKUPS_MAX};
    size_t end;
    for (size_t at = 0; at < text.len; at = end + 1) {
        end = end_of_token(text, at);
        if (end == at || !may_be_code((struct cw_str){text.ptr + at, end - at}))
            continue;
        place.from = at;
        place.to = end;
        uint32_t code;
        if (code_at(&place, &code) && code != CW_CODE_NONE) {
            *ret_code = code;
            if (ret_written)
                *ret_written = as_written(&place);
            return true;
        }
        end = place.to;
    }
    return false;
}
