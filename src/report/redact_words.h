/* Words that mean something to who reads a report. A user of that name is not told from them where
 * they stand alone, and hiding them would hide what happened. */
#ifndef CW_REPORT_REDACT_WORDS_H
#define CW_REPORT_REDACT_WORDS_H

#include "base/buf.h"
#include "logs/identifier.h"
#include "rules/rule.h"

/* A set of words, without case, and of exempt values. {0} is empty. */
struct cw_redact_words {
    uint64_t *slots; /* hashes; 0 = free */
    size_t slot_count, count;
};

void cw_redact_words_done(struct cw_redact_words *words);

/* Adds the words of a text. False when memory is exhausted. */
bool cw_redact_words_add(struct cw_redact_words *words, struct cw_str text);
/* Adds what is common to names of users and machines, what the report says, and the words of the
 * rules: what they look for and what they say. */
bool cw_redact_words_add_common(struct cw_redact_words *words, const struct cw_rules *rules);

/* Whether the rules themselves show this value: the host of a reference. */
bool cw_redact_words_is_exempt(const struct cw_redact_words *words, enum cw_identifier kind,
                               struct cw_str value);

/* Whether every word of the folded text is in the set, or a number. */
bool cw_redact_words_has_all(const struct cw_redact_words *words, struct cw_str folded);

#endif
