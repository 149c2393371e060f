#include "report/say.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"

enum {
    VALUES = 9,
    /* A phrase in a phrase: "%1 failed in: driver operation %2". */
    NESTED = 2
};

static const struct cw_phrase_row *find_row(const struct cw_phrase_table *table,
                                            struct cw_str english)
{
    for (size_t i = 0; i < table->count; i++) {
        if (cw_str_eq(cw_str_c(table->rows[i].english), english))
            return &table->rows[i];
    }
    return NULL;
}

struct cw_str cw_phrase_text(enum cw_language language, struct cw_phrase phrase)
{
    struct cw_str english = cw_str_c(phrase.english);
    const struct cw_phrase_row *row =
        language == CW_LANGUAGE_EN ? NULL : find_row(&cw_phrases, english);
    return row ? cw_str_c(row->chinese) : english;
}

/* The text in front of the next "%1", and its index; false when there is none. */
static bool next_value(struct cw_str text, struct cw_str *ret_before, size_t *ret_index)
{
    for (size_t at = 0; at + 1 < text.len; at++) {
        char digit = text.ptr[at + 1];
        if (text.ptr[at] != '%' || digit < '1' || digit > '9')
            continue;
        *ret_before = cw_str_head(text, at);
        *ret_index = (size_t)(digit - '1');
        return true;
    }
    return false;
}

static void fill_in(struct cw_buf *buf, struct cw_str text, const struct cw_str *values)
{
    struct cw_str before;
    size_t index;
    while (next_value(text, &before, &index)) {
        cw_buf_append(buf, before);
        cw_buf_append(buf, values[index]);
        text = cw_str_from(text, before.len + 2);
    }
    cw_buf_append(buf, text);
}

void cw_say(struct cw_buf *buf, enum cw_language language, struct cw_phrase phrase)
{
    cw_buf_append(buf, cw_phrase_text(language, phrase));
}

void cw_say_with(struct cw_buf *buf, enum cw_language language, struct cw_phrase phrase,
                 const struct cw_str *values)
{
    fill_in(buf, cw_phrase_text(language, phrase), values);
}

struct cw_str cw_number_text(uint64_t number, char text[CW_NUMBER_TEXT])
{
    int len = snprintf(text, CW_NUMBER_TEXT, "%" PRIu64, number);
    return (struct cw_str){text, len > 0 ? (size_t)len : 0};
}

void cw_say_count(struct cw_buf *buf, enum cw_language language, uint64_t count,
                  struct cw_phrase one, struct cw_phrase many)
{
    char number[CW_NUMBER_TEXT];
    const struct cw_str value = cw_number_text(count, number);
    cw_say_with(buf, language, count == 1 ? one : many, &value);
}

/* True when `text` is `pattern` with values in the places of "%1" ...; a value ends where what
 * follows it in the pattern stands first. */
static bool takes_apart(struct cw_str pattern, struct cw_str text, struct cw_str values[VALUES])
{
    struct cw_str before;
    size_t index;
    if (!next_value(pattern, &before, &index) || !cw_str_starts(text, before))
        return false;
    pattern = cw_str_from(pattern, before.len + 2);
    text = cw_str_from(text, before.len);
    size_t next;
    while (next_value(pattern, &before, &next)) {
        size_t end = cw_str_find(text, before);
        if (end == SIZE_MAX)
            return false;
        values[index] = cw_str_head(text, end);
        text = cw_str_from(text, end + before.len);
        pattern = cw_str_from(pattern, before.len + 2);
        index = next;
    }
    if (text.len < pattern.len || !cw_str_ends(text, pattern))
        return false;
    values[index] = cw_str_head(text, text.len - pattern.len);
    return true;
}

/* The sentence that `english` is, with its values. What is a value itself must begin with words:
 * a quoted line is never taken for one of our sentences. */
static const struct cw_phrase_row *find_sentence(struct cw_str english, bool is_value,
                                                 struct cw_str values[VALUES])
{
    const struct cw_phrase_row *row = find_row(&cw_sentences, english);
    for (size_t i = 0; i < cw_sentences.count && !row; i++) {
        struct cw_str pattern = cw_str_c(cw_sentences.rows[i].english);
        bool has_words_first = !strchr("%'", pattern.ptr[0]);
        bool allowed = !is_value || has_words_first;
        if (allowed && takes_apart(pattern, english, values))
            row = &cw_sentences.rows[i];
    }
    return row;
}

/* Recursion: a value may be a sentence, its values are not. */
static void translate(struct cw_buf *buf, struct cw_str english, unsigned depth)
{
    struct cw_str values[VALUES] = {{0}};
    const struct cw_phrase_row *row =
        depth < NESTED ? find_sentence(english, depth > 0, values) : NULL;
    struct cw_str text = row ? cw_str_c(row->chinese) : english;
    struct cw_str before;
    size_t index;
    while (row && next_value(text, &before, &index)) {
        cw_buf_append(buf, before);
        translate(buf, values[index], depth + 1);
        text = cw_str_from(text, before.len + 2);
    }
    cw_buf_append(buf, text);
}

bool cw_translate(enum cw_language language, struct cw_str english, struct cw_arena *arena,
                  struct cw_str *ret_text)
{
    struct cw_buf buf;
    if (language == CW_LANGUAGE_EN || english.len == 0) {
        *ret_text = english;
        return true;
    }
    cw_buf_init(&buf, CW_LIMIT_RECORD);
    translate(&buf, english, 0);
    bool done = !buf.failed && cw_arena_str(arena, cw_buf_str(&buf), ret_text);
    cw_buf_done(&buf);
    return done;
}
