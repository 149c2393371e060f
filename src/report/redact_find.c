#include "report/redact_find.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "report/redact_fold.h"

enum {
    SLOTS = 64 * 1024,
    TEXT_MOST = 64 * 1024 * 1024,
    BARE_LEAST = 3, /* bytes: shorter names stand in too many words */
    SERIAL_LEAST = 8,
    CUT_LEAST = 3,
    TAIL_MOST = 64 /* bytes at the end of a cut text in which a name may have begun */
};

/* A bare value, or a form of it; in a list with those that have the same first word. */
struct cw_redact_entry {
    struct cw_str folded; /* from its first word on */
    uint32_t value;
    uint32_t next; /* index + 1, 0 = none */
};

/* Where names are cut, in bytes. */
static const size_t cuts[] = {8, 15, 20};

void cw_redact_spans_done(struct cw_redact_spans *spans)
{
    free(spans->items);
    *spans = (struct cw_redact_spans){0};
}

bool cw_redact_spans_add(struct cw_redact_spans *spans, size_t begin, size_t end, uint32_t value)
{
    if (spans->count == spans->cap) {
        size_t cap = spans->cap ? 2 * spans->cap : 16;
        struct cw_redact_span *items = realloc(spans->items, cap * sizeof(*items));
        if (!items)
            return false;
        spans->items = items;
        spans->cap = cap;
    }
    spans->items[spans->count++] = (struct cw_redact_span){begin, end, value};
    return true;
}

int cw_redact_finder_init(struct cw_redact_finder *finder, struct cw_redact_values *values,
                          const struct cw_redact_words *common,
                          const struct cw_redact_words *entities)
{
    *finder = (struct cw_redact_finder){.values = values, .common = common, .entities = entities};
    cw_buf_init(&finder->folded, TEXT_MOST);
    finder->slots = calloc(SLOTS, sizeof(*finder->slots));
    return finder->slots ? CW_OK : CW_ERR_NOMEM;
}

void cw_redact_finder_done(struct cw_redact_finder *finder)
{
    cw_arena_done(&finder->arena);
    cw_buf_done(&finder->folded);
    free(finder->slots);
    *finder = (struct cw_redact_finder){0};
}

static struct cw_str between(struct cw_str text, size_t begin, size_t end)
{
    return (struct cw_str){text.ptr + begin, end - begin};
}

static uint32_t *slot_of(const struct cw_redact_finder *finder, struct cw_str word)
{
    return &finder->slots[cw_hash(CW_HASH_INIT, word) % SLOTS];
}

static bool add_entry(struct cw_redact_finder *finder, struct cw_str folded, uint32_t value)
{
    void *items = finder->entries;
    size_t begin = cw_redact_word_begin(folded, 0);
    if (begin == folded.len)
        return true;
    struct cw_redact_entry entry = {cw_str_from(folded, begin), value, 0};
    uint32_t *slot = slot_of(finder, between(folded, begin, cw_redact_word_end(folded, begin)));
    if (!cw_arena_grow(&finder->arena, &items, &finder->entry_cap, finder->entry_count,
                       sizeof(entry), (size_t)CW_LIMIT_IDENTIFIERS * 4))
        return false;
    entry.next = *slot;
    finder->entries = items;
    finder->entries[finder->entry_count++] = entry;
    *slot = (uint32_t)finder->entry_count;
    return true;
}

static bool has_digit(struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (cw_is_digit(text.ptr[i]))
            return true;
    }
    return false;
}

static bool has_two_words(struct cw_str folded)
{
    size_t begin = cw_redact_word_begin(folded, 0);
    return begin < folded.len &&
           cw_redact_word_begin(folded, cw_redact_word_end(folded, begin)) < folded.len;
}

/* What is no word that means something else. "corp.local" is made of common words, and means
 * nothing else. */
static bool is_distinctive(const struct cw_redact_finder *finder,
                           const struct cw_redact_value *value)
{
    struct cw_str folded = value->folded;
    bool is_common = folded.len < BARE_LEAST || cw_redact_words_has_all(finder->common, folded) ||
                     cw_redact_words_has_all(finder->entities, folded);
    switch (value->kind) {
    case CW_IDENTIFIER_SERIAL:
        return folded.len >= SERIAL_LEAST && has_digit(folded) && !is_common;
    case CW_IDENTIFIER_PATH:
        return !value->weak && !is_common;
    case CW_IDENTIFIER_USER:
    case CW_IDENTIFIER_HOST:
    case CW_IDENTIFIER_DOMAIN:
        return !is_common || has_two_words(folded);
    case CW_IDENTIFIER_SID:
    case CW_IDENTIFIER_MAC:
    case CW_IDENTIFIER_IP:
    case CW_IDENTIFIER_EMAIL:
    case CW_IDENTIFIER_WORD:
        break;
    }
    return true;
}

/* One word only: what is cut out of several is a part that may mean anything. */
static bool add_cut_forms(struct cw_redact_finder *finder, const struct cw_redact_value *value,
                          uint32_t index)
{
    bool named = value->kind == CW_IDENTIFIER_USER || value->kind == CW_IDENTIFIER_HOST;
    bool done = true;
    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]) && named && done; i++) {
        struct cw_str form = cw_str_head(value->folded, cuts[i]);
        if (form.len < value->folded.len && !cw_redact_words_has_all(finder->common, form))
            done = add_entry(finder, form, index);
    }
    return done;
}

int cw_redact_finder_prepare(struct cw_redact_finder *finder)
{
    cw_arena_done(&finder->arena);
    finder->entries = NULL;
    finder->entry_count = finder->entry_cap = 0;
    memset(finder->slots, 0, SLOTS * sizeof(*finder->slots));
    int status = CW_OK;
    cw_redact_values_join(finder->values);
    for (uint32_t i = 0; i < finder->values->count && status == CW_OK; i++) {
        struct cw_redact_value *value = &finder->values->items[i];
        value->by_place = !is_distinctive(finder, value);
        /* Words are searched one by one, inside others. */
        if (value->by_place || value->kind == CW_IDENTIFIER_WORD)
            continue;
        if (!add_entry(finder, value->folded, i) || !add_cut_forms(finder, value, i))
            status = CW_ERR_NOMEM;
    }
    return status;
}

static bool is_blank_run(struct cw_str text, size_t at)
{
    return at < text.len && cw_is_space(text.ptr[at]);
}

static bool is_escaped_blank(struct cw_str text, size_t at)
{
    return at < text.len && cw_str_starts(cw_str_from(text, at), CW_STR("%20"));
}

/* Where the entry ends when it stands in the text at `at`; 0 when it does not. A blank in it stands
 * for any white space: a line may have been broken there; in a URL it is "%20". */
static size_t match_entry(struct cw_str text, size_t at, struct cw_str entry)
{
    for (size_t i = 0; i < entry.len; i++) {
        if (entry.ptr[i] == ' ' && is_blank_run(text, at)) {
            while (is_blank_run(text, at))
                at++;
            continue;
        }
        if (entry.ptr[i] == ' ' && is_escaped_blank(text, at)) {
            at += 3;
            continue;
        }
        if (at >= text.len || text.ptr[at++] != entry.ptr[i])
            return 0;
    }
    return cw_redact_is_in_word(text, at) ? 0 : at;
}

/* The longest entry at a word; 0 when there is none. */
static size_t match_word(const struct cw_redact_finder *finder, struct cw_str folded, size_t at,
                         size_t word_end, uint32_t *ret_value)
{
    size_t longest = 0;
    uint32_t next = *slot_of(finder, between(folded, at, word_end));
    for (; next; next = finder->entries[next - 1].next) {
        const struct cw_redact_entry *entry = &finder->entries[next - 1];
        size_t end = match_entry(folded, at, entry->folded);
        bool version = end && finder->values->items[entry->value].kind == CW_IDENTIFIER_IP &&
                       cw_identifier_is_version(folded, at, end);
        if (end <= longest || version)
            continue;
        longest = end;
        *ret_value = entry->value;
    }
    return longest;
}

/* Part of a token that was given: "host" in "HOST-1". */
static bool is_in_token(const struct cw_redact_values *values, struct cw_str folded, size_t begin,
                        size_t end)
{
    while (begin > 0 &&
           (cw_redact_word_begin(folded, begin - 1) == begin - 1 || folded.ptr[begin - 1] == '-'))
        begin--;
    while (end < folded.len && (cw_redact_word_begin(folded, end) == end || folded.ptr[end] == '-'))
        end++;
    return cw_redact_values_is_given(values, between(folded, begin, end));
}

static int find_entries(const struct cw_redact_finder *finder, struct cw_str folded,
                        struct cw_redact_spans *spans)
{
    for (size_t at = cw_redact_word_begin(folded, 0); at < folded.len;) {
        size_t word_end = cw_redact_word_end(folded, at);
        uint32_t value;
        size_t end = match_word(finder, folded, at, word_end, &value);
        if (end && !is_in_token(finder->values, folded, at, end) &&
            !cw_redact_spans_add(spans, at, end, value))
            return CW_ERR_NOMEM;
        at = cw_redact_word_begin(folded, end > word_end ? end : word_end);
    }
    return CW_OK;
}

static int find_words(const struct cw_redact_finder *finder, struct cw_str folded,
                      struct cw_redact_spans *spans)
{
    for (uint32_t i = 0; i < finder->values->count; i++) {
        const struct cw_redact_value *value = &finder->values->items[i];
        if (value->kind != CW_IDENTIFIER_WORD)
            continue;
        for (size_t at = 0; at < folded.len && value->folded.len;) {
            size_t found = cw_str_find(cw_str_from(folded, at), value->folded);
            if (found == SIZE_MAX)
                break;
            size_t begin = at + found;
            at = begin + value->folded.len;
            if (!is_in_token(finder->values, folded, begin, at) &&
                !cw_redact_spans_add(spans, begin, at, i))
                return CW_ERR_NOMEM;
        }
    }
    return CW_OK;
}

/* The beginning of a value at the end of a text that was cut. */
static int find_cut(const struct cw_redact_finder *finder, struct cw_str folded,
                    struct cw_redact_spans *spans)
{
    size_t from = folded.len > TAIL_MOST ? folded.len - TAIL_MOST : 0;
    while (cw_redact_is_in_word(folded, from))
        from++;
    for (size_t at = cw_redact_word_begin(folded, from); at < folded.len;
         at = cw_redact_word_begin(folded, cw_redact_word_end(folded, at))) {
        struct cw_str tail = cw_str_from(folded, at);
        for (size_t i = 0; i < finder->entry_count && tail.len >= CUT_LEAST; i++) {
            if (!cw_str_starts(finder->entries[i].folded, tail))
                continue;
            bool done = cw_redact_spans_add(spans, at, folded.len, finder->entries[i].value);
            return done ? CW_OK : CW_ERR_NOMEM;
        }
    }
    return CW_OK;
}

static int fold(struct cw_redact_finder *finder, struct cw_str text, struct cw_str *ret_folded)
{
    cw_buf_clear(&finder->folded);
    if (!cw_redact_fold(&finder->folded, text))
        return CW_ERR_NOMEM;
    *ret_folded = cw_buf_str(&finder->folded);
    return CW_OK;
}

int cw_redact_find_bare(struct cw_redact_finder *finder, struct cw_str text,
                        struct cw_redact_spans *spans)
{
    struct cw_str folded;
    int status = fold(finder, text, &folded);
    if (status == CW_OK)
        status = find_entries(finder, folded, spans);
    return status == CW_OK ? find_words(finder, folded, spans) : status;
}

/* In a remark a file is named with its path: parts of it that say nothing anywhere else. */
static int find_parts(const struct cw_redact_finder *finder, struct cw_str folded,
                      struct cw_redact_spans *spans)
{
    for (uint32_t i = 0; i < finder->values->count; i++) {
        const struct cw_redact_value *value = &finder->values->items[i];
        for (size_t at = 0; at < folded.len && value->weak && value->by_place;) {
            size_t found = cw_str_find(cw_str_from(folded, at), value->folded);
            if (found == SIZE_MAX)
                break;
            size_t begin = at + found;
            at = begin + value->folded.len;
            if (!cw_redact_is_in_word(folded, begin) && !cw_redact_is_in_word(folded, at) &&
                !cw_redact_spans_add(spans, begin, at, i))
                return CW_ERR_NOMEM;
        }
    }
    return CW_OK;
}

/* The search by signs, under way. */
struct placing {
    struct cw_redact_finder *finder;
    struct cw_str text;
    struct cw_redact_spans *spans; /* NULL: values are learned, not looked up */
    bool is_file;                  /* of the path of a log the other search knows the parts */
    bool weak;
};

static int on_found(void *context, const struct cw_identifier_span *span)
{
    const struct placing *placing = context;
    struct cw_redact_values *values = placing->finder->values;
    struct cw_str text = between(placing->text, span->begin, span->end);
    size_t before = values->count;
    uint32_t value;
    if (placing->is_file && !placing->weak && span->kind == CW_IDENTIFIER_PATH)
        return CW_OK;
    if (!placing->spans && cw_redact_words_is_exempt(placing->finder->common, span->kind, text))
        return CW_OK;
    if (!placing->spans) {
        int status = cw_redact_values_add(values, span->kind, text, &value);
        if (status == CW_OK && value != CW_REDACT_NONE)
            values->items[value].weak =
                placing->weak && (values->count > before || values->items[value].weak);
        return status;
    }
    int status = cw_redact_values_find(values, span->kind, text, &value);
    bool found = status == CW_OK && value != CW_REDACT_NONE;
    return found && !cw_redact_spans_add(placing->spans, span->begin, span->end, value)
               ? CW_ERR_NOMEM
               : status;
}

static int on_token(void *context, enum cw_identifier kind, uint64_t number)
{
    const struct placing *placing = context;
    if (!placing->spans)
        cw_redact_values_avoid(placing->finder->values, kind, number);
    return CW_OK;
}

static int find_placed(struct placing *placing, enum cw_redact_field field)
{
    const struct cw_identifier_sink sink = {on_found, on_token, placing};
    placing->is_file = field == CW_REDACT_FILE;
    int status = cw_identifier_find(placing->text, &sink);
    if (status < 0 || field != CW_REDACT_FILE)
        return status;
    placing->weak = true;
    return cw_redact_find_in_path(placing->text, placing->finder->common, &sink);
}

/* CORP\jdoe where CORP is known: an account, as common as its name may be. Behind \\server stands a
 * share. */
static int find_account(struct placing *placing, const struct cw_redact_span *span)
{
    struct cw_str text = placing->text;
    enum cw_identifier kind = placing->finder->values->items[span->value].kind;
    char before = span->begin > 0 ? text.ptr[span->begin - 1] : ' ';
    size_t begin = span->end + 1;
    size_t end = begin;
    bool is_domain = kind == CW_IDENTIFIER_DOMAIN || kind == CW_IDENTIFIER_HOST;
    if (!is_domain || before == '\\' || before == '/' || begin >= text.len ||
        text.ptr[span->end] != '\\')
        return CW_OK;
    while (end < text.len && (cw_redact_word_begin(text, end) == end || text.ptr[end] == '.' ||
                              text.ptr[end] == '-' || text.ptr[end] == '_'))
        end++;
    while (end > begin && text.ptr[end - 1] == '.')
        end--;
    const struct cw_identifier_span account = {CW_IDENTIFIER_USER, begin, end};
    bool goes_on = end < text.len && (text.ptr[end] == '\\' || text.ptr[end] == '$');
    return end > begin && !goes_on ? on_found(placing, &account) : CW_OK;
}

/* `spans` are those so far. */
static int find_accounts(struct placing *placing, const struct cw_redact_spans *spans)
{
    int status = CW_OK;
    size_t count = spans->count;
    for (size_t i = 0; i < count && status == CW_OK; i++) {
        const struct cw_redact_span span = spans->items[i];
        status = find_account(placing, &span);
    }
    return status;
}

int cw_redact_learn(struct cw_redact_finder *finder, struct cw_str text, enum cw_redact_field field)
{
    struct placing placing = {.finder = finder, .text = text};
    struct cw_redact_spans bare = {0};
    int status = find_placed(&placing, field);
    placing.weak = false;
    if (status == CW_OK)
        status = cw_redact_find_bare(finder, text, &bare);
    if (status == CW_OK)
        status = find_accounts(&placing, &bare);
    cw_redact_spans_done(&bare);
    return status;
}

static int compare_spans(const void *a, const void *b)
{
    const struct cw_redact_span *first = a;
    const struct cw_redact_span *second = b;
    if (first->begin != second->begin)
        return first->begin < second->begin ? -1 : 1;
    if (first->end != second->end)
        return first->end > second->end ? -1 : 1;
    return first->value < second->value ? -1 : first->value > second->value;
}

/* Of spans that overlap the first one takes all that they cover: nothing of the others may stay. */
static void flatten(struct cw_redact_spans *spans)
{
    size_t kept = 0;
    if (spans->count)
        qsort(spans->items, spans->count, sizeof(*spans->items), compare_spans);
    for (size_t i = 0; i < spans->count; i++) {
        struct cw_redact_span *last = kept ? &spans->items[kept - 1] : NULL;
        const struct cw_redact_span *span = &spans->items[i];
        if (!last || span->begin >= last->end)
            spans->items[kept++] = *span;
        else if (span->end > last->end)
            last->end = span->end;
    }
    spans->count = kept;
}

int cw_redact_find(struct cw_redact_finder *finder, struct cw_str text, enum cw_redact_field field,
                   struct cw_redact_spans *spans)
{
    struct placing placing = {.finder = finder, .text = text, .spans = spans};
    struct cw_str folded;
    spans->count = 0;
    int status = find_placed(&placing, field);
    if (status == CW_OK)
        status = cw_redact_find_bare(finder, text, spans);
    if (status == CW_OK)
        status = find_accounts(&placing, spans);
    if (status == CW_OK)
        status = fold(finder, text, &folded);
    if (status == CW_OK && field == CW_REDACT_CUT)
        status = find_cut(finder, folded, spans);
    if (status == CW_OK && field == CW_REDACT_REMARK)
        status = find_parts(finder, folded, spans);
    flatten(spans);
    return status;
}
