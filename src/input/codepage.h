/* Text in an ANSI code page -> UTF-8, one quoted string at a time.
 *
 * SetupAPI writes its messages in English and the names of devices, drivers and files in the code
 * page of the machine, which stands nowhere in the log. So the words beyond ASCII are remembered
 * while a log is read, and the code page that makes the most sense of them is taken. A log may mix:
 * a string that is UTF-8 stays as it is. (Pairs of Chinese can look like UTF-8 of two bytes; among
 * other Chinese they are taken for what they are.)
 */
#ifndef CW_INPUT_CODEPAGE_H
#define CW_INPUT_CODEPAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/os.h"
#include "input/encoding.h"

/* What is known of the 8-bit text of one source. */
struct cw_codepage;

/* `encoding` is what the text is in: a code page, CW_ENCODING_UTF8, or CW_ENCODING_UNKNOWN to
 * tell it by the text. CW_ERR_NOMEM or 0. */
int cw_codepage_new(enum cw_encoding encoding, struct cw_codepage **ret_page);
void cw_codepage_free(struct cw_codepage *page);

/* Remembers the words of `text` that are neither ASCII nor UTF-8, up to CW_LIMIT_ENCODING_SAMPLE
 * bytes of them. Cheap when there are none. False when memory is exhausted. */
bool cw_codepage_learn(struct cw_codepage *page, struct cw_str text);

/* What the text is in, by what was learned so far: CW_ENCODING_UTF8 as long as there was nothing
 * else, CW_ENCODING_UNKNOWN when no code page makes sense of it. CW_ERR_NOMEM or 0. */
int cw_codepage_encoding(struct cw_codepage *page, enum cw_encoding *ret_encoding);
/* Whether that is a guess: not given, and not Unicode. */
bool cw_codepage_is_guess(const struct cw_codepage *page);

/* Whether some of the text is UTF-8 and some is not. */
bool cw_codepage_is_mixed(const struct cw_codepage *page);

/* `text` itself when it is ASCII or UTF-8, else its form in UTF-8 in the arena; what can not be
 * decoded becomes U+FFFD and is counted. A code page that was given comes before UTF-8. Learns from
 * the text when nothing was learned before. False when memory is exhausted. */
bool cw_codepage_convert(struct cw_codepage *page, struct cw_arena *arena, struct cw_str text,
                         struct cw_str *ret_text);

/* How many U+FFFD were put in. */
uint64_t cw_codepage_replaced(const struct cw_codepage *page);

/* The encoding of this name, when the system can convert it. CW_ERR_INVALID, CW_ERR_UNSUPPORTED,
 * CW_ERR_NOMEM. */
int cw_codepage_by_name(const char *name, enum cw_encoding *ret_encoding, struct cw_error *error);

/* Appends `text` in UTF-8; each byte that begins no character becomes U+FFFD and is counted.
 * CW_ERR_NOMEM or 0. */
int cw_codepage_decode(struct cw_os_converter *converter, struct cw_str text, struct cw_buf *into,
                       uint64_t *ret_replaced);

/* True when every byte is ASCII. */
bool cw_text_is_ascii(struct cw_str text);
/* True for valid UTF-8, and so for ASCII. */
bool cw_text_is_utf8(struct cw_str text);

#endif
