/* What the renderers say themselves, in the language of the reader.
 *
 * A phrase is written in English where it is said, and stands with its translations in one table,
 * phrase_table.c. "%1" to "%9" in it stand for values, which are never translated.
 */
#ifndef CW_REPORT_SAY_H
#define CW_REPORT_SAY_H

#include "base/arena.h"
#include "base/buf.h"
#include "cbswhy/output.h"

struct cw_phrase {
    const char *english;
};
/* Marks a literal as a phrase: a test holds all of them against the table. */
#define CW_SAY(literal) ((struct cw_phrase){"" literal})
/* The same as an initialiser, for tables. */
#define CW_PHRASE(literal)                                                                         \
    {                                                                                              \
        "" literal                                                                                 \
    }

struct cw_phrase_row {
    const char *english, *chinese;
};
struct cw_phrase_table {
    const struct cw_phrase_row *rows;
    size_t count;
};
extern const struct cw_phrase_table cw_phrases;   /* what renderers say */
extern const struct cw_phrase_table cw_sentences; /* what comes from earlier layers */

/* The phrase in `language`; in English when the table has no other. Static storage. */
struct cw_str cw_phrase_text(enum cw_language language, struct cw_phrase phrase);

/* Appends the phrase; the second puts `values` in it. */
void cw_say(struct cw_buf *buf, enum cw_language language, struct cw_phrase phrase);
void cw_say_with(struct cw_buf *buf, enum cw_language language, struct cw_phrase phrase,
                 const struct cw_str *values);
#define CW_VALUES(...) ((const struct cw_str[]){__VA_ARGS__})

/* "%1" is the count. */
void cw_say_count(struct cw_buf *buf, enum cw_language language, uint64_t count,
                  struct cw_phrase one, struct cw_phrase many);

enum { CW_NUMBER_TEXT = 24 };
struct cw_str cw_number_text(uint64_t number, char text[CW_NUMBER_TEXT]);

/* A sentence that an earlier layer made in English, in `language`; one that the table does not know
 * stays English. Values that are sentences themselves are translated, others stay. False when
 * memory is exhausted. */
bool cw_translate(enum cw_language language, struct cw_str english, struct cw_arena *arena,
                  struct cw_str *ret_text);

#endif
